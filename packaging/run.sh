#!/bin/sh
# Starts Backprop, with these arguments. The first start installs what it needs into .venv.
set -eu

script=$0
if [ -L "$script" ]; then script=$(readlink -f -- "$script"); fi
case $script in */*) packaging=${script%/*} ;; *) packaging=. ;; esac
# shellcheck source=packaging/bootstrap.sh
. "$packaging/bootstrap.sh"

bootstrap run
exec "$venv/bin/backprop-gui" "$@"
