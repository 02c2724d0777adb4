#!/bin/sh
# Installs Backprop for you alone, without root: into ~/.local, or where XDG_DATA_HOME says.
#
#   ./install.sh               installs it, or this version in place of another
#   ./install.sh --uninstall   removes it again; your experiments and settings stay
set -eu

here=$(CDPATH='' cd -- "$(dirname -- "$(readlink -f -- "$0")")" && pwd -P)
name=backprop-gui
bin=${HOME:?}/.local/bin
lib=$HOME/.local/lib/$name
case ${XDG_DATA_HOME-} in /*) data=$XDG_DATA_HOME ;; *) data=$HOME/.local/share ;; esac
new=$lib.new        # what is installed is made here first, and moved only when it is whole
list=$lib/installed # the files that were put elsewhere, and the folders, with a slash at the end
made=

say() { printf '%s\n' "$1"; }

stop() {
    printf '%s\n' "$1" >&2
    exit 1
}

refuse() { stop "$1 Nothing was changed."; }

# --- What is looked at before anything is changed -------------------------------------------------

refuse_running() {
    program=$(readlink -f -- "$lib/$name") || return 0
    for link in /proc/[0-9]*/exe; do
        [ "$(readlink "$link" 2>/dev/null)" != "$program" ] ||
            refuse "Backprop is running: close it first."
    done
}

is_ours() { [ "$(readlink "$bin/$name")" = "$lib/$name" ]; }

refuse_other() {
    if [ -e "$bin/$name" ] || [ -L "$bin/$name" ]; then
        is_ours || refuse "$bin/$name belongs to another installation: remove that one first."
    fi
}

check_system() {
    if said=$("$here/program/$name" --version 2>&1); then
        missing=$(find "$here/program" \( -name 'libqxcb.so' -o -name 'Qt*.abi3.so' \) \
            -exec env LD_LIBRARY_PATH="$here/program/_internal" ldd {} + 2>/dev/null |
            sed -n 's/^[[:space:]]*\([^ ]*\) => not found.*/\1/p' | sort -u | tr '\n' ' ')
        [ -z "$missing" ] ||
            refuse "Backprop needs libraries that are not installed on this system: ${missing% }."
        return
    fi
    case $said in
    *GLIBC_*) refuse "This system is too old for Backprop: it needs glibc 2.35 or newer, as in Debian 12 or Ubuntu 22.04." ;;
    *) refuse "Backprop does not start on this system: $(last_line "$said")." ;;
    esac
}

last_line() { printf '%s\n' "$1" | tail -n 1; }

# --- Installing -----------------------------------------------------------------------------------

# Makes a folder, with those above it, and notes those that were not there: the deepest first.
make_folder() {
    [ ! -d "$1" ] || return 0
    make_folder "${1%/*}"
    mkdir -- "$1" 2>/dev/null || refuse "The folder $1 cannot be created."
    made="$1/
$made"
}

remove_folders() {
    printf '%s\n' "$1" | while IFS= read -r folder; do
        case $folder in */) rmdir -- "$folder" 2>/dev/null || : ;; esac
    done
}

undo() {
    rm -rf -- "$new"
    remove_folders "$made"
}

remove_files() {
    [ -f "$list" ] || return 0
    while IFS= read -r path; do
        case $path in */) ;; *) rm -f -- "$path" ;; esac
    done <"$list"
}

# The line Exec of a menu entry is quoted twice: as an argument, and as a string.
quoted() { printf '%s\n' "$1" | sed 's/[\\"`$]/\\&/g; s/\\/\\\\/g; s/%/%%/g'; }

# ~/.local/bin need not be on the desktop's PATH.
with_whole_path() {
    command=$(quoted "$lib/$name")
    while IFS= read -r line; do
        case $line in
        "Exec=$name"*) printf 'Exec="%s"%s\n' "$command" "${line#"Exec=$name"}" ;;
        *) printf '%s\n' "$line" ;;
        esac
    done
}

# Makes $new, and the folders that its files will go to. A full disk is noticed here.
prepare() {
    rm -rf -- "$new"
    make_folder "${lib%/*}"
    make_folder "$bin"
    entry=share/applications/$name.desktop
    said=$({
        mkdir -- "$new" &&
            cp -R -- "$here/program/." "$new" &&
            cp -R -- "$here/share" "$here/install.sh" "$new" &&
            with_whole_path <"$here/$entry" >"$new/$entry" &&
            (cd "$new/share" && find . -type f) >"$new/files"
    } 2>&1) || refuse "Backprop could not be copied to $HOME/.local: $(reason "$said")."
    while IFS= read -r file; do
        target=$data/${file#./}
        make_folder "${target%/*}"
        printf '%s\n' "$target"
    done <"$new/files" >"$new/installed"
    printf '%s' "$made" >>"$new/installed"
    if [ -f "$list" ]; then sed -n '/\/$/p' "$list" >>"$new/installed"; fi
}

# What a program says after the file's name: "No space left on device".
reason() {
    said=$(last_line "$1")
    printf '%s' "${said##*: }"
}

install() {
    [ -x "$here/program/$name" ] ||
        refuse "The program is missing beside $0: unpack the whole archive."
    check_system
    refuse_running
    refuse_other
    trap undo EXIT
    trap 'exit 1' HUP INT TERM
    prepare
    remove_files
    if [ -d "$lib" ]; then mv -- "$lib" "$new/old"; fi
    mv -- "$new" "$lib"
    trap - EXIT HUP INT TERM
    while IFS= read -r file; do
        mv -f -- "$lib/share/$file" "$data/${file#./}"
    done <"$lib/files"
    rm -rf -- "$lib/old" "$lib/share" "$lib/files"
    ln -sf -- "$lib/$name" "$bin/$name"
    refresh
    say "Backprop is installed. Open it from your applications menu, or run $bin/$name."
    say "To remove Backprop: \"$lib/install.sh\" --uninstall"
}

# The caches of desktops; where such a program is missing, the desktop looks by itself.
refresh() {
    refresh_with update-desktop-database -q "$data/applications"
    refresh_with update-mime-database "$data/mime"
    icons=$data/icons/hicolor
    if [ -d "$icons" ]; then touch -- "$icons"; fi # says that there is something new
    if [ -f "$icons/icon-theme.cache" ]; then refresh_with gtk-update-icon-cache -q -t -f "$icons"; fi
}

refresh_with() {
    if command -v "$1" >/dev/null; then "$@" >/dev/null 2>&1 || :; fi
}

# --- Removing -------------------------------------------------------------------------------------

uninstall() {
    [ -d "$lib" ] || stop "Backprop is not installed in $HOME/.local."
    refuse_running
    remove_files
    if is_ours; then rm -f -- "$bin/$name"; fi
    folders=$(sed -n '/\/$/p' "$list" 2>/dev/null) || folders=
    rm -rf -- "$lib"
    refresh
    remove_empty_caches
    remove_folders "$folders"
    say "Backprop is removed. Settings and unsaved work stay in ${XDG_CONFIG_HOME:-$HOME/.config}/$name and $data/$name."
}

# What refresh made is of no use where nothing else is installed.
remove_empty_caches() {
    is_there "$data"/applications/*.desktop || rm -f -- "$data/applications/mimeinfo.cache"
    is_there "$data"/mime/packages/*.xml && return
    for cache in XMLnamespaces aliases generic-icons globs globs2 icons magic mime.cache subclasses \
        treemagic types version; do
        rm -f -- "$data/mime/$cache"
    done
    rmdir -- "$data/mime/application" 2>/dev/null || :
}

is_there() { [ -e "$1" ]; }

case ${1-} in
'') install ;;
--uninstall) uninstall ;;
*) stop "The option $1 is unknown; the only option is --uninstall." ;;
esac
