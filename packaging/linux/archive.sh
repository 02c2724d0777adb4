#!/bin/sh
# Packs dist/backprop-gui and build/share, which build.sh makes, with install.sh:
# dist/backprop-gui-VERSION-linux-MACHINE.tar.xz.
set -eu

case $0 in */*) linux=${0%/*} ;; *) linux=. ;; esac
root=$(CDPATH='' cd -- "$linux/../.." && pwd -P)
name=backprop-gui-$1
tree=$root/build/archive

rm -rf "$tree"
mkdir -p "$tree/$name"
cp -R "$root/dist/backprop-gui" "$tree/$name/program"
cp -R "$root/build/share" "$tree/$name/share"
cp "$root/LICENSE" "$root/CHANGELOG.md" "$tree/$name"
# Of what is brought along, and the licence of Qt, which refers to the GPL.
cp "$linux/copyright" "$tree/$name/COPYRIGHT"
for licence in LGPL-3 GPL-3; do
    if [ -e "/usr/share/common-licenses/$licence" ]; then
        cp -L "/usr/share/common-licenses/$licence" "$tree/$name"
    fi
done
cp "$linux/install.sh" "$tree/$name"
chmod 755 "$tree/$name/install.sh"

# Machine code is packed better as such; by one thread, for then it is packed as a whole.
day=$(git -C "$root" log -1 --format=%ct 2>/dev/null || date +%s)
tar -C "$tree" --sort=name --owner=0 --group=0 --numeric-owner --mtime="@$day" -cf - "$name" |
    xz --x86 --lzma2=preset=6,dict=64MiB -T1 \
        >"$root/dist/$name-linux-$(uname -m).tar.xz"
