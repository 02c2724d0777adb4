#!/bin/sh
# Runs every check, up to the first that fails. Arguments go to pytest, which then runs alone.
set -eu

script=$0
if [ -L "$script" ]; then script=$(readlink -f -- "$script"); fi
case $script in */*) packaging=${script%/*} ;; *) packaging=. ;; esac
# shellcheck source=packaging/bootstrap.sh
. "$packaging/bootstrap.sh"

stage() {
    printf '== %s\n' "$*"
    env "$@"
}

# Programs that are not ours open what is exported, and look at the packages. The large ones, 1 GB
# of them, and what only packages need, are there where they are asked for; without them their tests
# are skipped, which pytest lists.
more=
if [ -n "${BACKPROP_ALL_TOOLS:-}" ]; then
    more="soffice:libreoffice-impress localc:libreoffice-calc pdflatex:texlive-latex-base ffmpeg:ffmpeg \
        lintian:lintian man:man-db appstreamcli:appstream dpkg-parsechangelog:dpkg-dev \
        readelf:binutils update-mime-database:shared-mime-info xdotool:xdotool \
        shellcheck:shellcheck"
fi
# shellcheck disable=SC2086 # a list of words
bootstrap dev Xvfb:xvfb desktop-file-validate:desktop-file-utils \
    pdftotext:poppler-utils rsvg-convert:librsvg2-bin $more
cd "$root"
PATH=$venv/bin:$PATH

if [ $# -gt 0 ]; then
    stage QT_QPA_PLATFORM=offscreen pytest --no-xvfb "$@"
    exit
fi
stage ruff check
stage ruff format --check
stage mypy
stage lint-imports
if [ -n "${BACKPROP_ALL_TOOLS:-}" ]; then stage sh packaging/build.sh; fi
# One process for each core; in a short folder, as the name of a socket has few letters. What
# depends on a window system runs once more, on X: pytest-xvfb starts a server for each process.
folder=$(mktemp -d "${TMPDIR:-/tmp}/bp.XXXX")
trap 'rm -rf "$folder"' EXIT
trap 'exit 1' INT TERM
set -- -n auto --maxprocesses 8 --dist worksteal --basetemp "$folder/t"
stage QT_QPA_PLATFORM=offscreen pytest --no-xvfb "$@"
# shellcheck disable=SC2046 # a list of paths: to import all tests takes longer than to run these
stage QT_QPA_PLATFORM=xcb pytest -m window "$@" $(grep -rl --include='*.py' 'mark\.window' tests)
