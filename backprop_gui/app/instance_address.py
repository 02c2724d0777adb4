"""Where a running program listens for later starts, and how a start knows that there is one."""

import os
import stat
import sys
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from PySide6.QtCore import QDir, QLockFile

from backprop_gui.storage.locks import lock_at

_LONGEST = 100  # bytes of a socket's path: systems take from 104 on, with a zero at the end
_SHARED = stat.S_IWGRP | stat.S_IWOTH
_ROOT = 0


def of(config_folder: Path) -> str:
    """Return where the program listens that has this folder for its settings and this screen.

    Where no folder is safe from other people it is "": then each start is alone.
    """
    name = _name(config_folder)
    if sys.platform == "win32":
        return name
    folder = _folder(config_folder)
    return str(folder / name) if folder else ""


def lock_of(config_folder: Path) -> QLockFile:
    """Return the lock that the listening program holds; it goes with the program, however it ends.

    By it, not by the address, two starts at the same moment agree on who listens. Where no folder
    is safe it is one that cannot be taken.
    """
    folder = _folder(config_folder)
    return lock_at(folder / f"{_name(config_folder)}.lock") if folder else QLockFile("")


def is_held_by_another(lock: QLockFile) -> bool:
    """Take the lock, or say that another program has it; where there can be none, nobody has."""
    return not lock.tryLock(0) and lock.error() == QLockFile.LockError.LockFailedError


def _name(config_folder: Path) -> str:
    screen = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or ""
    # Not hashlib, which takes longer to import than the whole of this takes otherwise.
    key = crc32(os.fsencode(f"{config_folder}\n{screen}"))
    return f"backprop-gui-{key:08x}"


def _folder(config_folder: Path) -> Path | None:
    """Return the first folder in which nobody else can put, replace or remove anything."""
    if sys.platform == "win32":  # below the person's profile, which is closed to others
        with suppress(OSError):  # then there is no lock to be had either
            config_folder.mkdir(parents=True, exist_ok=True)
        return config_folder
    runtime = os.environ.get("XDG_RUNTIME_DIR")
    given = [Path(runtime)] if runtime else []
    ours = Path(QDir.tempPath(), f"backprop-gui-{os.geteuid()}")
    name = _name(config_folder)
    for folder in (*given, config_folder, ours):
        if folder not in given:
            with suppress(OSError):  # the next one may do
                folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        real = Path(os.path.realpath(folder))  # a link could lead elsewhere later
        is_short = len(os.fsencode(real / name)) <= _LONGEST
        if folder.is_absolute() and is_short and _is_private(real):
            return real
    return None


def _is_private(folder: Path) -> bool:
    """Say whether a folder is ours, and only we can write to it or move it away.

    Whoever can write to a folder above it can put another in its place, unless that one is sticky,
    as /tmp is.
    """
    try:
        own, *above = (os.lstat(each) for each in (folder, *folder.parents))
    except OSError:
        return False
    is_own = stat.S_ISDIR(own.st_mode) and own.st_uid == os.geteuid() and not own.st_mode & _SHARED
    return is_own and all(
        each.st_uid in (_ROOT, os.geteuid())
        and (not each.st_mode & _SHARED or each.st_mode & stat.S_ISVTX)
        for each in above
    )
