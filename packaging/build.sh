#!/bin/sh
# Freezes the program and packs it for Linux, as this checkout is:
#
#   dist/backprop-gui/                                the frozen program
#   dist/backprop-gui_VERSION_ARCHITECTURE.deb        for Debian and what descends from it
#   dist/backprop-gui-VERSION-linux-MACHINE.tar.xz    for a home directory, with install.sh
#
# What that needs is installed into build/venv. Where there is no dpkg there is no .deb.
set -eu

script=$0
if [ -L "$script" ]; then script=$(readlink -f -- "$script"); fi
case $script in */*) packaging=${script%/*} ;; *) packaging=. ;; esac
# shellcheck source=packaging/bootstrap.sh
. "$packaging/bootstrap.sh"

build=$root/build
dist=$root/dist
venv=$build/venv
python=$venv/bin/python
log=$build/build.log
frozen=$dist/backprop-gui
linux=$root/packaging/linux

# The system's own Python first: one that was built by hand says in its libraries where that was.
PATH=/usr/bin:$PATH

# The same checkout gives the same files, whenever it is packed.
day() { git -C "$root" log -1 --format=%cs 2>/dev/null || date +%F; }

install_tools() {
    look
    if [ -z "$cc" ]; then need_packages gcc libc6-dev; look; fi
    usable || make_venv
    rm -f "$venv/installing"
    # A kernel that is not compiled is the same, but slower; a release is not to be slower.
    can_compile || stop "The kernel cannot be compiled; the log is $log."
    say "Compiling the kernel"
    compile_wheel "$build/wheel" >>"$log" 2>&1 || fail "Compiling"
    say "Installing the program to freeze"
    wheel=$(echo "$build"/wheel/wheel/*.whl)
    pip install -r "$packaging/build-requirements.txt" "${wheel}[export]" ||
        fail "Installing the packages"
    pip install --force-reinstall --no-deps "$wheel" || fail "Installing the program"
    set -- xz:xz-utils strip:binutils
    if command -v dpkg >/dev/null; then set -- "$@" dpkg-shlibdeps:dpkg-dev; fi
    complete_system "$@"
}

freeze() {
    say "Freezing"
    rm -rf "$frozen" "$build/backprop-gui"
    (
        cd "$root" # where PyInstaller makes build and dist
        PYTHONHASHSEED=0 "$venv/bin/pyinstaller" --noconfirm --clean packaging/backprop-gui.spec
    ) >>"$log" 2>&1 || fail "Freezing"
    # Python's own parts may have what a debugger wants, and the kernel says where it was compiled.
    # Others are as their makers built them: OpenBLAS, for one, does not survive being stripped.
    find "$frozen/_internal" \( -name 'libpython*' -o -path '*/lib-dynload/*' \
        -o -path '*/backprop_gui/*.so' \) -type f -exec strip --strip-unneeded {} +
    find "$frozen" -type d -exec chmod 755 {} +
    find "$frozen" -type f -exec chmod 644 {} +
    chmod 755 "$frozen/backprop-gui"
}

# What desktops, software centres and `man` look for, below build/share: all packages have it.
make_share() {
    share=$build/share
    rm -rf "$share" "$build/texts"
    QT_QPA_PLATFORM=offscreen "$python" "$packaging/icons.py" "$build/icons"
    "$python" "$packaging/release_texts.py" "$build/texts" --date "$(day)"
    mkdir -p "$share/icons" "$share/applications" "$share/mime/packages" "$share/metainfo" \
        "$share/man/man1"
    cp -R "$build/icons/hicolor" "$share/icons"
    cp "$linux/backprop-gui.desktop" "$share/applications"
    cp "$linux/backprop-gui.xml" "$share/mime/packages"
    cp "$build/texts/backprop-gui.metainfo.xml" "$share/metainfo"
    (
        cd "$linux"
        SOURCE_DATE_EPOCH=$(date -u -d "$(day)" +%s) "$venv/bin/argparse-manpage" \
            --module backprop_gui.cli.main --function _parser --format single-commands-section \
            --prog backprop-gui --version "$version" --project-name Backprop \
            --description "see, step through and check back-propagation, number by number" \
            --manual-title "User Commands" --include manual.inc
    ) | gzip -9n >"$share/man/man1/backprop-gui.1.gz"
}

mkdir -p "$venv" "$dist"
: >"$log"
version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' "$root/backprop_gui/__init__.py")
[ -n "$version" ] || stop "backprop_gui/__init__.py states no version."
install_tools
freeze
make_share >>"$log" 2>&1 || fail "Making icons and texts"
say "Packing"
sh "$linux/archive.sh" "$version" & # both pack with one processor
archive=$!
if command -v dpkg >/dev/null; then sh "$linux/deb.sh" "$version"; fi
wait "$archive" || stop "Packing the archive failed."
(cd "$dist" && ls -- *"$version"*)
