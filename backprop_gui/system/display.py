"""Whether there is a screen to open a window on. Qt would abort the process where there is none."""

import os
import re
import socket
import sys
from pathlib import Path

from backprop_gui.system.texts import _

_X_DISPLAY = re.compile(r"(?P<host>[^:]*):(?P<number>\d+)(\.\d+)?")
_PATIENCE_S = 2.0
_NEED_DISPLAY = ("", "xcb", "wayland")  # Qt's other platforms are there wherever Qt is


def missing_display() -> str | None:
    """Return in one sentence why no window can be opened, or None where one can."""
    chosen = os.environ.get("QT_QPA_PLATFORM", "").partition(":")[0].partition(";")[0]
    if sys.platform in ("win32", "darwin") or chosen not in _NEED_DISPLAY:
        return None
    wayland, x11 = os.environ.get("WAYLAND_DISPLAY"), os.environ.get("DISPLAY")
    if not wayland and not x11:
        return _("There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set).")
    if wayland and _answers_wayland(wayland):
        return None
    if x11 and _answers_x11(x11):
        return None
    return _("The display {name} does not answer.").format(name=x11 or wayland)


def _answers_wayland(name: str) -> bool:
    return _connects(str(Path(os.environ.get("XDG_RUNTIME_DIR", "/"), name)))


def _answers_x11(name: str) -> bool:
    found = _X_DISPLAY.fullmatch(name)
    if not found:
        return False
    host, number = found["host"], int(found["number"])
    if host in ("", "unix"):
        path = f"/tmp/.X11-unix/X{number}"  # noqa: S108 - where X servers listen
        return _connects(path) or _connects(f"\0{path}")
    try:
        socket.create_connection((host, 6000 + number), _PATIENCE_S).close()
    except (OSError, UnicodeError):  # not there, or no name of a machine
        return False
    return True


def _connects(path: str) -> bool:
    with socket.socket(socket.AF_UNIX) as client:
        client.settimeout(_PATIENCE_S)
        try:
            return client.connect_ex(path) == 0
        except OSError:  # too long for the path of a socket
            return False
