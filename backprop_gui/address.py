"""Where a running program listens for later starts, and how a start knows that there is one."""

import os
import sys
from contextlib import suppress
from pathlib import Path
from zlib import crc32

from PySide6.QtCore import QLockFile


def of(config_folder: Path) -> str:
    """Return where the program listens that has this folder for its settings and this screen."""
    name = _name(config_folder)
    return name if sys.platform == "win32" else str(_folder(config_folder) / name)


def lock_of(config_folder: Path) -> QLockFile:
    """Return the lock that the listening program holds; it goes with the program, however it ends.

    By it, not by the address, two starts at the same moment agree on who listens.
    """
    folder = _folder(config_folder)
    with suppress(OSError):  # then there is no lock to be had either, see `is_held_by_another`
        folder.mkdir(parents=True, exist_ok=True)
    lock = QLockFile(str(folder / f"{_name(config_folder)}.lock"))
    lock.setStaleLockTime(0)  # by whether its program lives, not by its age
    return lock


def is_held_by_another(lock: QLockFile) -> bool:
    """Take the lock, or say that another program has it; where there can be none, nobody has."""
    return not lock.tryLock(0) and lock.error() == QLockFile.LockError.LockFailedError


def _name(config_folder: Path) -> str:
    screen = os.environ.get("WAYLAND_DISPLAY") or os.environ.get("DISPLAY") or ""
    # Not hashlib, which takes longer to import than the whole of this takes otherwise.
    key = crc32(f"{config_folder}\n{screen}".encode())
    return f"backprop-gui-{key:08x}"


def _folder(config_folder: Path) -> Path:
    return Path(os.environ.get("XDG_RUNTIME_DIR") or config_folder)
