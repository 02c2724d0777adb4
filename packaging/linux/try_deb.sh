#!/bin/sh
# Installs dist/*.deb in a bare Debian 12, with what it depends on and nothing else, and starts the
# installed program there with a file, as a file manager does. As root:
#
#   sh packaging/linux/try_deb.sh [FOLDER]
#
# Needs debootstrap, Xvfb, xdotool and ImageMagick. The root is made in FOLDER (build/bare), the
# picture of the window is build/bare.png.
set -eu

case $0 in */*) linux=${0%/*} ;; *) linux=. ;; esac
project=$(CDPATH='' cd -- "$linux/../.." && pwd -P)
bare=${1:-$project/build/bare}
picture=$project/build/bare.png
sample=/home/person/An\ experiment.backprop

stop() {
    printf '%s\n' "$1" >&2
    exit 1
}

end() {
    for process in ${program:-} ${screen:-}; do kill "$process" 2>/dev/null || :; done
    wait
    umount "$bare/proc" 2>/dev/null || :
}
trap end EXIT

inside() { chroot "$bare" env -i HOME=/root PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C.UTF-8 "$@"; }

as_person() {
    inside setpriv --reuid 1000 --regid 1000 --clear-groups \
        env HOME=/home/person XDG_RUNTIME_DIR=/home/person "$@"
}

if [ ! -e "$bare/usr/bin/apt-get" ]; then
    debootstrap --variant=minbase bookworm "$bare"
    # This machine's mirrors and ways to them.
    cp /etc/resolv.conf "$bare/etc"
    cp -R /etc/apt/. "$bare/etc/apt"
    inside apt-get update
    inside useradd --uid 1000 --create-home person
fi
mountpoint -q "$bare/proc" || mount -t proc proc "$bare/proc"
cp "$project"/dist/backprop-gui_*.deb "$bare/root/backprop-gui.deb"
inside apt-get install -y --no-install-recommends --reinstall /root/backprop-gui.deb
cp "$project/resources/samples/saturated-neuron.backprop" "$bare$sample"
chown -R 1000:1000 "$bare/home/person"

as_person backprop-gui --version
as_person sh -c 'cd && backprop-gui train' | grep -x 'output.*0.8900135432882583'

number=77
Xvfb ":$number" -screen 0 1440x900x24 -nolisten tcp -noreset &
screen=$!
# What a file manager runs: the line of the installed menu entry, with the file.
# shellcheck disable=SC2046 # its words
set -- $(sed -n 's/^Exec=\(.*\) %f$/\1/p' "$bare/usr/share/applications/backprop-gui.desktop" | head -n 1)
as_person env DISPLAY=":$number" "$@" "$sample" &
program=$!
export DISPLAY=":$number"
tries=0
until xdotool search --name 'An experiment.backprop' >/dev/null 2>&1; do
    tries=$((tries + 1))
    [ "$tries" -lt 60 ] || stop "The installed program shows no window with the file."
    sleep 0.5
done
sleep 3 # for the plot
import -window root "$picture"
kill -0 "$program" || stop "The installed program ended."
echo "Installed and started; look at $picture."
