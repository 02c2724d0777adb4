"""Who is at the other end of a local socket."""

import os
import socket
import struct
import sys
from contextlib import closing

_CREDENTIALS = struct.Struct("3i")  # Linux: process, user, group


def is_ours(descriptor: int) -> bool:
    """Say whether a program of this person's is at the other end.

    Windows is not asked: there the pipe is made for this person alone.
    """
    if sys.platform == "win32":
        return True
    return _user(descriptor) == os.geteuid()


def is_waiting(descriptor: int) -> bool:
    """Say whether the other end is still open."""
    if sys.platform == "win32":
        return True
    with closing(socket.socket(fileno=os.dup(descriptor))) as end:
        try:
            return end.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT) != b""
        except BlockingIOError:
            return True
        except OSError:
            return False


def _user(descriptor: int) -> int | None:
    """Return the user of the other end, or None where the system does not tell."""
    if not hasattr(socket, "SO_PEERCRED"):
        return _user_on_bsd(descriptor)
    with closing(socket.socket(fileno=os.dup(descriptor))) as end:
        try:
            found = end.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, _CREDENTIALS.size)
        except OSError:
            return None
    _process, user, _group = _CREDENTIALS.unpack(found)
    return int(user)


def _user_on_bsd(descriptor: int) -> int | None:
    """As `_user`, on macOS and the BSDs."""
    import ctypes

    user, group = ctypes.c_uint(), ctypes.c_uint()
    ask = ctypes.CDLL(None).getpeereid
    is_told = ask(descriptor, ctypes.byref(user), ctypes.byref(group)) == 0
    return user.value if is_told else None
