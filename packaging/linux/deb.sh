#!/bin/sh
# Packs dist/backprop-gui and build/share, which build.sh makes, for Debian:
# dist/backprop-gui_VERSION_ARCHITECTURE.deb.
set -eu

case $0 in */*) linux=${0%/*} ;; *) linux=. ;; esac
root=$(CDPATH='' cd -- "$linux/../.." && pwd -P)
version=$1
name=backprop-gui
architecture=$(dpkg --print-architecture)
work=$root/build/deb
tree=$work/tree
texts=$root/build/texts

rm -rf "$work"
mkdir -p "$tree/DEBIAN" "$tree/usr/bin" "$tree/usr/lib" "$tree/usr/share/doc/$name" \
    "$tree/usr/share/lintian/overrides" "$work/debian"
cp -R "$root/dist/$name" "$tree/usr/lib/$name"
ln -s "../lib/$name/$name" "$tree/usr/bin/$name"
cp -R "$root/build/share/." "$tree/usr/share"
cp "$linux/copyright" "$tree/usr/share/doc/$name"
gzip -9nc "$texts/changelog" >"$tree/usr/share/doc/$name/changelog.gz"
cp "$linux/lintian-overrides" "$tree/usr/share/lintian/overrides/$name"
chmod -R u=rwX,go=rX "$tree"
find "$tree" -type d -exec chmod 755 {} +

# Which packages have the libraries that are not brought along. GTK's is needed for its look alone,
# where there is GTK anyway.
elf_files() {
    find "$tree/usr/lib/$name" -type f \( -name '*.so' -o -name '*.so.*' \) ! -name 'libqgtk3.so'
    echo "$tree/usr/lib/$name/$name"
}
printf 'Source: %s\n\nPackage: %s\nArchitecture: any\n' "$name" "$name" >"$work/debian/control"
depends=$(
    cd "$work"
    folders=$(find "$tree/usr/lib/$name" -name '*.so*' -exec dirname {} + | sort -u | sed 's/^/-l/')
    # shellcheck disable=SC2046,SC2086 # lists of words: no name has a space
    dpkg-shlibdeps -O --ignore-missing-info $folders $(elf_files) 2>"$work/shlibdeps.log" |
        sed -n 's/^shlibs:Depends=//p'
)
[ -n "$depends" ] || {
    echo "dpkg-shlibdeps found no libraries; see $work/shlibdeps.log." >&2
    exit 1
}

cat >"$tree/DEBIAN/control" <<END
Package: $name
Version: $version
Section: education
Priority: optional
Architecture: $architecture
Maintainer: $(sed -n 's/^MAINTAINER = "\(.*\)"$/\1/p' "$root/packaging/release_texts.py")
Installed-Size: $(du -k -s --apparent-size "$tree/usr" | cut -f1)
Depends: $depends, fonts-dejavu-core | fonts-inter | fonts-noto-core
Recommends: fonts-inter, shared-mime-info
Suggests: ffmpeg
Homepage: $(sed -n 's/^Homepage = "\(.*\)"$/\1/p' "$root/pyproject.toml")
Description: see, step through and check back-propagation
 Shows every number of back-propagation on the smallest network that has a
 hidden layer: one input, one sigmoid neuron, one sigmoid output, two weights.
 One factor of the chain rule per key press, forwards and backwards through
 a whole training, each as a drawing, a formula and a line of a program.
 .
 Exports slides, pictures, worked examples and data.
END
(cd "$tree" && find usr -type f -exec md5sum {} + >DEBIAN/md5sums)

SOURCE_DATE_EPOCH=$(git -C "$root" log -1 --format=%ct 2>/dev/null || date +%s)
export SOURCE_DATE_EPOCH
dpkg-deb --root-owner-group -Zxz -z6 --build "$tree" \
    "$root/dist/${name}_${version}_$architecture.deb" >/dev/null
