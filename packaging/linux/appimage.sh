#!/bin/sh
# Packs dist/backprop-gui and build/share, which build.sh makes:
# dist/Backprop-VERSION-x86_64.AppImage.
#
#   sh packaging/linux/appimage.sh           an AppImage; its two tools are downloaded and checked
#   sh packaging/linux/appimage.sh --appdir  only the folder that goes into it, build/AppDir
#
# APPIMAGETOOL and APPIMAGE_RUNTIME name the tools where they are already there.
set -eu

case $0 in */*) linux=${0%/*} ;; *) linux=. ;; esac
root=$(CDPATH='' cd -- "$linux/../.." && pwd -P)
frozen=$root/dist/backprop-gui
share=$root/build/share
appdir=$root/build/AppDir

# A tag can be moved, so the files are known by their sums. These were not computed from a download:
# they are what many projects pin the same files to, and a file that differs is not used. The
# runtime stands before the packed folder and mounts it; left to itself, appimagetool would download
# the newest one, whichever that is.
releases=https://github.com/AppImage
tool_url=$releases/appimagetool/releases/download/1.9.1/appimagetool-x86_64.AppImage
tool_sum=ed4ce84f0d9caff66f50bcca6ff6f35aae54ce8135408b3fa33abfc3cb384eb0
runtime_url=$releases/type2-runtime/releases/download/20251108/runtime-x86_64
runtime_sum=2fca8b443c92510f1483a883f60061ad09b46b978b2631c807cd873a47ec260d

stop() {
    printf '%s\n' "$1" >&2
    exit 1
}

make_appdir() {
    entry=$share/applications/backprop-gui.desktop
    theme=icons/hicolor
    icon=$share/$theme/scalable/apps/backprop-gui.svg
    pixels=$theme/256x256/apps/backprop-gui.png
    for needed in "$frozen/backprop-gui" "$entry" "$icon" "$share/$pixels"; do
        [ -f "$needed" ] || stop "There is no $needed: run packaging/build.sh."
    done
    rm -rf "$appdir"
    mkdir -p "$appdir/usr/bin" "$appdir/usr/lib"
    cp -R "$frozen" "$appdir/usr/lib/backprop-gui"
    cp -R "$share" "$appdir/usr/share"
    ln -s ../lib/backprop-gui/backprop-gui "$appdir/usr/bin/backprop-gui"
    ln -s usr/bin/backprop-gui "$appdir/AppRun"

    # What reads an AppImage without starting it looks for these at its top; the last has to be a PNG.
    cp "$entry" "$icon" "$appdir"
    ln -s "usr/share/$pixels" "$appdir/.DirIcon"
}

# fetch URL SUM FILE
fetch() {
    curl --fail --location --silent --show-error --retry 3 --output "$3" "$1" ||
        stop "$1 could not be downloaded."
    printf '%s  %s\n' "$2" "$3" | sha256sum --check --status || {
        rm -f "$3"
        stop "$1 is not the file that it was: its SHA-256 is not $2."
    }
    chmod +x "$3"
}

make_appimage() {
    tools=$root/build/appimage-tools
    mkdir -p "$tools"
    if [ -z "${APPIMAGETOOL:-}" ]; then
        APPIMAGETOOL=$tools/appimagetool
        fetch "$tool_url" "$tool_sum" "$APPIMAGETOOL"
    fi
    if [ -z "${APPIMAGE_RUNTIME:-}" ]; then
        APPIMAGE_RUNTIME=$tools/runtime
        fetch "$runtime_url" "$runtime_sum" "$APPIMAGE_RUNTIME"
    fi
    version=$(sed -n 's/^__version__ = "\(.*\)"$/\1/p' "$root/backprop_gui/__init__.py")
    [ -n "$version" ] || stop "backprop_gui/__init__.py states no version."
    # appimagetool is an AppImage itself; extracted it also runs where FUSE is missing.
    ARCH=x86_64 VERSION=$version APPIMAGE_EXTRACT_AND_RUN=1 "$APPIMAGETOOL" \
        --runtime-file "$APPIMAGE_RUNTIME" "$appdir" "$root/dist/Backprop-$version-x86_64.AppImage"
}

case ${1-} in
--appdir) make_appdir ;;
'')
    make_appdir
    make_appimage
    ;;
*) stop "There is one option, --appdir, and not $1." ;;
esac
