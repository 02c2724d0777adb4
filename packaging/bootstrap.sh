# shellcheck shell=sh
# Sourced by run.sh and test.sh, which set $packaging, this folder: makes .venv in the project's
# root and keeps it fit for use. (build.sh uses its parts, for an environment of its own.)
#
#   bootstrap run|dev [PROGRAM:DEBIAN-PACKAGE ...]
#
# Three things are kept, each with a stamp in .venv, so that a start with nothing to do is cheap:
#   .venv/installed   packages from PyPI; made from pyproject.toml, in this folder, by this Python
#   .venv/system      Qt's libraries and a font; lists the libraries, all of which must still exist
#   .venv/kernel      the compiled kernel, or "plain"; made from kernel.py, by this compiler
# .venv/installing exists while packages are installed. Found at a start, that was interrupted.

# shellcheck disable=SC2154 # set by who sources this
root=$(CDPATH='' cd -- "$packaging/.." && pwd -P) || exit 1
venv=$root/.venv
python=$venv/bin/python
log=$venv/install.log

bootstrap() {
    wanted=$1
    shift
    look
    if installed && system_ready "$@" && kernel_settled; then return; fi

    mkdir -p "$venv" 2>/dev/null || :
    [ -w "$venv" ] || stop "$venv cannot be written."
    unset HATCH_BUILD_HOOK_ENABLE_MYPYC HATCH_BUILD_HOOKS_ENABLE # they would compile in the tree
    lock
    look
    : >"$log"
    installed || install
    system_ready "$@" || complete_system "$@"
    kernel_settled || settle_kernel
    exec 9<&-
}

say() { printf '%s\n' "$1" >&2; }

stop() {
    say "$1"
    exit 1
}

fail() { stop "$1 failed; the log is $log."; }

# Two first starts at once would install into the same .venv. A lock ends with its process.
lock() {
    exec 9<"$root"
    command -v flock >/dev/null || return 0
    flock -n 9 || {
        say "Waiting for another start that is installing"
        flock 9 || :
    }
}

# Everything that the stamps are compared with, in few forks: this runs at every start.
look() {
    set -f
    # shellcheck disable=SC2046 # split into words on purpose: sum, size, name; three times; a path
    set -- $(cd "$root" &&
        cksum backprop_gui/core/kernel.py pyproject.toml packaging/compiled_kernel.py &&
        readlink -f "$python")
    set +f
    kernel_sum="$1 $2" sums="$4 $5 $7 $8"
    shift 9
    real_python=$*
    place="$root $real_python" # a .venv holds absolute paths: it cannot be moved
    cc=${CC:-}
    for name in cc gcc clang; do
        if [ -z "$cc" ] && command -v "$name" >/dev/null; then cc=$name; fi
    done
    kernel_key="$kernel_sum ${cc:-none}"
    if [ -e "${real_python%/bin/*}/include/${real_python##*/}/Python.h" ]; then
        kernel_key="$kernel_key Python.h"
    fi
}

# --- Packages from PyPI ---------------------------------------------------------------------------

installed() {
    [ ! -e "$venv/installing" ] && [ -x "$venv/bin/backprop-gui" ] || return 1
    [ -f "$venv/installed" ] && read -r stamp <"$venv/installed" || return 1
    # What the tests need contains what the program needs.
    [ "$stamp" = "$wanted $sums $place" ] || [ "$stamp" = "dev $sums $place" ]
}

install() {
    fresh=
    usable || make_venv
    : >"$venv/installing"
    say "Installing Qt and the other packages"
    case $wanted in dev) project='.[dev]' ;; *) project='.[export]' ;; esac
    if ! (cd "$root" && pip install -e "$project") || ! install_finder; then
        # pip undoes what failed in an orderly way. What was there before is worth keeping.
        [ -n "$fresh" ] || rm -f "$venv/installing"
        fail "Installing the packages"
    fi
    rm -f "$venv/system" "$venv/kernel" # to be looked at again
    printf '%s\n' "$wanted $sums $place" >"$venv/installed"
    rm -f "$venv/installing"
}

usable() {
    [ ! -e "$venv/installing" ] || return 1
    if [ -f "$venv/installed" ] && read -r stamp <"$venv/installed"; then
        case $stamp in *" $place") ;; *) return 1 ;; esac
    fi
    "$python" -c 'import pip, sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

make_venv() {
    base=$(find_python) || stop "Python 3.11 or newer is needed, and there is none here."
    fresh=yes
    : >"$venv/installing" # first, and spared below: interrupted here, the next start begins again
    find "$venv" -mindepth 1 -maxdepth 1 ! -name installing ! -name install.log \
        -exec rm -rf {} + 2>>"$log" || fail "Emptying .venv"
    say "Making .venv"
    if ! "$base" -c 'import ensurepip' 2>/dev/null && ! borrow_pip; then
        need_packages "$base-venv"
    fi
    [ -x "$venv/bin/pip" ] || "$base" -m venv "$venv" >>"$log" 2>&1 || fail "Making .venv"
    look
}

find_python() {
    for name in python3 python3.13 python3.12 python3.11; do
        if "$name" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null; then
            echo "$name"
            return
        fi
    done
    return 1
}

# Debian splits ensurepip off into python3-venv. Where there is a pip, it can be done without.
borrow_pip() {
    "$base" -m venv --without-pip "$venv" >>"$log" 2>&1 &&
        "$base" -m pip --python "$python" install pip >>"$log" 2>&1 </dev/null
}

pip() {
    "$python" -m pip --no-input --disable-pip-version-check "$@" >>"$log" 2>&1 </dev/null
}

install_finder() {
    site=$(site_packages) &&
        cp "$packaging/compiled_kernel.py" "$site/backprop_compiled_kernel.py" &&
        echo 'import backprop_compiled_kernel; backprop_compiled_kernel.install()' \
            >"$site/backprop_compiled_kernel.pth" &&
        # Where PYTHONDONTWRITEBYTECODE is set, every start would compile all of this again.
        "$python" -m compileall -q "$site/backprop_compiled_kernel.py" "$root/backprop_gui" \
            >>"$log" 2>&1
}

site_packages() {
    "$python" -c 'import sysconfig; print(sysconfig.get_path("purelib"))'
}

# --- What the system has to have ------------------------------------------------------------------

system_ready() {
    [ -f "$venv/system" ] && read -r libraries <"$venv/system" || return 1
    for library in $libraries; do
        [ -e "$library" ] || return 1
    done
    for tool; do
        command -v "${tool%%:*}" >/dev/null || return 1
    done
}

complete_system() {
    site=$(site_packages)
    libraries=$(missing_libraries)
    if command -v apt-get >/dev/null; then
        packages=$(for library in $libraries; do debian_package "$library"; done | sort -u)
        has_font || packages="$packages fonts-inter fonts-dejavu-core"
        for tool; do
            command -v "${tool%%:*}" >/dev/null || packages="$packages ${tool#*:}"
        done
        # shellcheck disable=SC2086 # a list of words
        [ -z "$packages" ] || need_packages $packages
        libraries=$(missing_libraries)
    fi
    [ -z "$libraries" ] ||
        stop "Qt needs libraries that this system lacks: $(one_line "$libraries")."
    for tool; do
        command -v "${tool%%:*}" >/dev/null || stop "The tests need the program ${tool%%:*}."
    done
    one_line "$(qt_needs | sed -n 's/.* => \(\/[^ ]*\) (0x.*/\1/p' | grep -vF "$venv/" | sort -u)" \
        >"$venv/system"
}

# shellcheck disable=SC2086 # split into words on purpose
one_line() { echo $1; }

missing_libraries() { qt_needs | sed -n 's/^[[:space:]]*\([^ ]*\) => not found.*/\1/p' | sort -u; }

# Nothing is listed where there is no ldd: on macOS Qt brings all that it needs.
qt_needs() {
    ldd "$site/PySide6/QtWidgets.abi3.so" "$site/PySide6/QtSvg.abi3.so" \
        "$site/PySide6/QtPrintSupport.abi3.so" "$site/PySide6/QtTest.abi3.so" \
        "$site/PySide6/Qt/plugins/platforms/libqxcb.so" \
        "$site/PySide6/Qt/plugins/platforms/libqoffscreen.so" 2>/dev/null
}

# Debian names a library's package after it: libEGL.so.1 is in libegl1, libX11.so.6 in libx11-6.
debian_package() {
    case $1 in
    libglib-2.0.so.0 | libgthread-2.0.so.0) echo libglib2.0-0 ;;
    *[0-9].so.*) echo "${1%.so.*}-${1##*.so.}" ;;
    *) echo "${1%.so.*}${1##*.so.}" ;;
    esac | tr '[:upper:]' '[:lower:]'
}

has_font() {
    [ -n "$(find -L /usr/share/fonts /usr/local/share/fonts "${HOME:-/}/.local/share/fonts" \
        "${HOME:-/}/.fonts" -name '*.[ot]t[fc]' 2>/dev/null | head -n 1)" ]
}

need_packages() {
    may_install ||
        stop "Run this as root, then start again: apt-get update && apt-get install -y $*"
    install_packages "$@" || fail "Installing system packages"
}

may_install() {
    command -v apt-get >/dev/null && { [ "$(id -u)" = 0 ] || sudo -n true 2>/dev/null; }
}

install_packages() {
    say "Installing system packages ($#)"
    {
        as_root dpkg --configure -a # an apt-get that was interrupted
        as_root apt-get update
        as_root apt-get install -y --no-install-recommends -o DPkg::Lock::Timeout=120 "$@"
    } >>"$log" 2>&1 </dev/null
}

as_root() {
    if [ "$(id -u)" = 0 ]; then
        env DEBIAN_FRONTEND=noninteractive "$@" 9<&-
    else
        sudo -n env DEBIAN_FRONTEND=noninteractive "$@" 9<&-
    fi
}

# --- The compiled kernel --------------------------------------------------------------------------

kernel_settled() {
    [ -f "$venv/kernel" ] && read -r stamp <"$venv/kernel" || return 1
    case $stamp in
    "$kernel_key plain") ;;
    "$kernel_key "*) [ -d "$venv/compiled/${stamp##* }" ] ;;
    *) return 1 ;;
    esac
}

settle_kernel() {
    hash=$(source_hash "$root/backprop_gui/core/kernel.py") || fail "Reading kernel.py"
    if [ ! -d "$venv/compiled/$hash" ]; then
        rm -rf "$venv/compiled"
        if ! can_compile; then
            hash=plain
        elif say "Compiling the kernel" && ! compile_kernel >>"$log" 2>&1; then
            say "Compiling failed, so the plain Python kernel is used; the log is $log."
            rm -rf "$venv/compiled"
            hash=plain
        fi
        rm -rf "$venv/build"
    fi
    printf '%s\n' "$kernel_key $hash" >"$venv/kernel"
}

source_hash() {
    "$python" -c 'import sys; from importlib.util import source_hash
print(source_hash(open(sys.argv[1], "rb").read()).hex())' "$1"
}

can_compile() {
    if [ -z "$cc" ]; then
        say "There is no C compiler, so the plain Python kernel is used."
        return 1
    fi
    has_headers && return
    package=lib${real_python##*/}-dev
    case $real_python in
    /usr/bin/*) if may_install && install_packages "$package"; then look; fi ;;
    esac
    has_headers && return
    say "There is no Python.h (Debian: $package), so the plain Python kernel is used."
    return 1
}

has_headers() {
    [ -e "$("$python" -c 'import sysconfig; print(sysconfig.get_path("include"))')/Python.h" ]
}

compile_kernel() {
    build=$venv/build
    compile_wheel "$build" || return 1
    mkdir -p "$build/so" "$venv/compiled" || return 1
    hash=$(source_hash "$build/backprop_gui/core/kernel.py") || return 1
    "$python" -m zipfile -e "$build"/wheel/*.whl "$build/unpacked" &&
        find "$build/unpacked" -name '*.so' -exec mv {} "$build/so" \; &&
        mv "$build/so" "$venv/compiled/$hash" &&
        (cd "$build" && BACKPROP_PLAIN_KERNEL='' "$python" -c 'import sys
from backprop_gui.core import kernel
sys.exit(kernel.__file__.endswith(".py"))')
}

# Makes the wheel, with the kernel compiled, in the folder wheel of this folder. The sources are
# copied there, since the build hook renames pyproject.toml and leaves its work beside them.
compile_wheel() {
    rm -rf "$1"
    mkdir -p "$1" || return 1
    (cd "$root" && cp -R pyproject.toml README.md LICENSE backprop_gui resources "$1") || return 1
    find "$1" -name '*.so' -exec rm -f {} +
    find "$1" -name __pycache__ -prune -exec rm -rf {} +
    : >"$1/.gitignore" # ends hatchling's search for one, by which *.so would be left out
    # setuptools takes CFLAGS instead of Python's own: those, and no fused multiply-add, which would
    # change the numbers.
    cflags=$("$python" -c 'import sysconfig; print(sysconfig.get_config_var("CFLAGS"))')
    (
        export HATCH_BUILD_HOOK_ENABLE_MYPYC=1 CC="$cc" CFLAGS="$cflags -ffp-contract=off"
        cd "$1" && pip wheel . --no-deps -w wheel
    )
}
