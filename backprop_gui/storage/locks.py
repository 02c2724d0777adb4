"""Locks that end with their program, however it ends, whatever stands in their place."""

import os
import re
import time
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QLockFile

from backprop_gui.storage import files

_LARGEST = 4_096  # bytes; Qt writes a process, a program and a computer
_OPENING = re.compile(rb"[1-9]\d{0,18}\n")  # the process
_YOUNG_S = 10.0  # in which a lock may not have its content yet


def lock_at(path: Path) -> QLockFile:
    """Return the lock of this path, which counts as long as its program lives, not by its age.

    What is no lock goes before that: Qt would wait for a pipe, and take a lock that has lost its
    content, as when the power fails, for one that is held for ever.
    """
    _put_away_other(path)
    lock = QLockFile(str(path))
    lock.setStaleLockTime(0)
    return lock


def _put_away_other(path: Path) -> None:
    if os.path.lexists(path) and not path.is_file():
        with suppress(OSError):  # where it cannot be moved, no lock can be made either
            path.replace(path.with_name(f"{path.name}.damaged"))
        return
    with suppress(OSError):  # it is not there, or of somebody else: Qt says whether it can be had
        with files.open_regular(path) as stream:
            content = stream.read(_LARGEST + 1)
        is_lock = len(content) <= _LARGEST and _OPENING.match(content) is not None
        if not is_lock and time.time() - path.stat().st_mtime > _YOUNG_S and not _is_held(path):
            path.unlink()


def _is_held(path: Path) -> bool:
    """Say whether a program has the file locked; where that cannot be asked, it is not removed."""
    try:
        import fcntl
    except ImportError:
        return False  # there a file that is held cannot be removed
    with files.open_regular(path) as stream:
        try:
            fcntl.flock(stream, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            return True
    return False
