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
data=${XDG_DATA_HOME:-$HOME/.local/share}
list=$lib/installed

say() { printf '%s\n' "$1"; }

stop() {
    printf '%s\n' "$1" >&2
    exit 1
}

refuse_running() {
    for link in /proc/[0-9]*/exe; do
        [ "$(readlink "$link" 2>/dev/null)" != "$lib/$name" ] ||
            stop "Backprop is running: close it first. Nothing was changed."
    done
}

# Says what this system lacks, before anything is changed.
check_system() {
    if said=$("$here/program/$name" --version 2>&1); then
        missing=$(find "$here/program" \( -name 'libqxcb.so' -o -name 'Qt*.abi3.so' \) \
            -exec env LD_LIBRARY_PATH="$here/program/_internal" ldd {} + 2>/dev/null |
            sed -n 's/^[[:space:]]*\([^ ]*\) => not found.*/\1/p' | sort -u | tr '\n' ' ')
        [ -z "$missing" ] ||
            stop "Backprop needs libraries that this system lacks: ${missing% }. Nothing was changed."
        return
    fi
    case $said in
    *GLIBC_*) stop "This system is too old for Backprop: it needs glibc 2.36 or newer, as in Debian 12 or Ubuntu 22.10. Nothing was changed." ;;
    *) stop "Backprop does not start on this system: $said. Nothing was changed." ;;
    esac
}

remove_listed() {
    [ -f "$list" ] || return 0
    while IFS= read -r path; do
        rm -f -- "$path"
        # Folders that were made for it alone go, too.
        rmdir -p --ignore-fail-on-non-empty -- "${path%/*}" 2>/dev/null || :
    done <"$list"
}

# The caches of desktops; where such a program is missing, the desktop looks by itself.
refresh() {
    for command in "update-desktop-database -q $data/applications" "update-mime-database $data/mime" \
        "gtk-update-icon-cache -q -t -f $data/icons/hicolor"; do
        # shellcheck disable=SC2086 # a program and its words
        set -- $command
        if command -v "$1" >/dev/null; then "$@" >/dev/null 2>&1 || :; fi
    done
}

install() {
    [ -x "$here/program/$name" ] || stop "There is no program beside $0: unpack the whole archive."
    check_system
    refuse_running
    mkdir -p "$bin" "$data" "${lib%/*}"
    rm -rf "$lib.new"
    # Unpacked beside the old version first: a full disk leaves that as it was.
    cp -R "$here/program" "$lib.new" || {
        rm -rf "$lib.new"
        stop "There is not enough room in $HOME. Nothing was changed."
    }
    cp "$here/install.sh" "$lib.new"
    remove_listed
    rm -rf "$lib"
    mv "$lib.new" "$lib"
    (cd "$here/share" && find . -type f) | while IFS= read -r file; do
        target=$data/${file#./}
        mkdir -p "${target%/*}"
        cp "$here/share/$file" "$target"
        printf '%s\n' "$target"
    done >"$list"
    ln -sf "$lib/$name" "$bin/$name"
    printf '%s\n' "$bin/$name" >>"$list"
    # ~/.local/bin need not be on the desktop's PATH.
    entry=$data/applications/$name.desktop
    sed "s|^Exec=$name|Exec=\"$lib/$name\"|" "$here/share/applications/$name.desktop" >"$entry"
    refresh
    say "Backprop is installed: it is in the menu, and as $bin/$name."
    say "To remove it: $lib/install.sh --uninstall"
}

uninstall() {
    [ -d "$lib" ] || stop "Backprop is not installed in $HOME/.local."
    refuse_running
    remove_listed
    rm -rf "$lib"
    refresh
    say "Backprop is removed. Settings and unsaved work stay in ${XDG_CONFIG_HOME:-$HOME/.config}/$name and $data/$name."
}

case ${1-} in
'') install ;;
--uninstall) uninstall ;;
*) stop "There is one option, --uninstall, and not $1." ;;
esac
