"""One program per person and screen: a second start hands its file to the first and ends."""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from backprop_gui.app import instance_peers
from backprop_gui.storage.json_fields import parsed

TAKEN, NEW = b"taken\n", b"new\n"
_LONGEST = 1 << 16  # bytes of a message
_LONGEST_PATH = 1 << (15 if sys.platform == "win32" else 12)  # bytes that a system takes
_LONGEST_TOKEN = 512
_MOST_CALLERS = 16  # at a time
_PATIENCE_MS = 1500
_TAKE_OVER_MS = 2000
_START_S, _RETRY_S = 5.0, 0.05


def hand_over(address: str, path: Path | None) -> bool:
    """Have the program that is running take the file, or come to the front; say whether it did.

    One that has just been started takes a moment until it listens. One that hangs, or is somebody
    else's, is left alone.
    """
    socket = QLocalSocket()
    deadline = time.monotonic() + _START_S
    while not _connects(socket, address):
        if not address or time.monotonic() > deadline:
            return False
        time.sleep(_RETRY_S)
    if not instance_peers.is_ours(socket.socketDescriptor()):
        return False
    message = {
        "path": str(path.absolute()) if path else None,
        "token": os.environ.get("XDG_ACTIVATION_TOKEN") or os.environ.get("DESKTOP_STARTUP_ID"),
    }
    socket.write(json.dumps(message).encode() + b"\n")
    socket.waitForBytesWritten(_PATIENCE_MS)
    return _answer(socket) == TAKEN


def _answer(socket: QLocalSocket) -> bytes:
    """Return what is answered within the time that a start can wait."""
    answer = b""
    deadline = time.monotonic() + _PATIENCE_MS / 1000
    while b"\n" not in answer and len(answer) < len(TAKEN):
        left_ms = int(1000 * (deadline - time.monotonic()))
        if left_ms <= 0 or not socket.waitForReadyRead(left_ms):
            break
        answer += socket.read(len(TAKEN)).data()
    return answer


class SingleInstance(QObject):
    """Listens to later starts.

    `take` gets the path that one was given, or None; it says whether this window does with it
    what was asked. A start that is told no, or nothing, opens a window of its own. Whoever holds
    the lock listens; where that is another program, this one takes over when that has ended.
    """

    def __init__(
        self,
        address: str,
        lock: QLockFile,
        take: Callable[[Path | None], bool],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._lock = lock
        self._take = take
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connected)
        self._address = address
        self._was_damaged = False
        self._timer = QTimer(self, interval=_TAKE_OVER_MS)
        self._timer.timeout.connect(self._on_due)
        if address:
            self._timer.start()
            self._listen()

    @property
    def is_listening(self) -> bool:
        """Whether later starts come to this program."""
        return self._server.isListening()

    def end(self) -> None:
        """Listen no more."""
        self._timer.stop()
        self._server.close()
        self._lock.unlock()

    def _on_due(self) -> None:
        is_damaged = _is_damaged(self._lock)
        if is_damaged and self._was_damaged:  # it is not being written just now
            self._lock.removeStaleLockFile()
        self._was_damaged = is_damaged
        self._listen()

    def _listen(self) -> None:
        if not self._lock.isLocked() and not self._lock.tryLock(0):
            return
        QLocalServer.removeServer(self._address)  # of a program that did not come to its end
        if self._server.listen(self._address):
            self._timer.stop()
        else:
            self._lock.unlock()  # nobody waits for this one

    def _on_connected(self) -> None:
        while socket := self._server.nextPendingConnection():
            callers = self._server.findChildren(_Caller)
            if len(callers) < _MOST_CALLERS and instance_peers.is_ours(socket.socketDescriptor()):
                _Caller(socket, self._take)
            else:
                socket.abort()
                socket.deleteLater()


class _Caller(QObject):
    """One later start, from its message to the answer. What is no message of ours gets none."""

    def __init__(self, socket: QLocalSocket, take: Callable[[Path | None], bool]) -> None:
        super().__init__(socket)
        self._socket = socket
        self._take = take
        self._message = b""
        self._is_over = False
        socket.setReadBufferSize(_LONGEST)
        socket.disconnected.connect(socket.deleteLater)
        socket.readyRead.connect(self._on_ready)
        QTimer.singleShot(_PATIENCE_MS, self, self._drop)  # by then a start has given up
        self._on_ready()

    def _on_ready(self) -> None:
        if self._is_over:
            return
        self._message += self._socket.readAll().data()
        if len(self._message) > _LONGEST:
            self._drop()
        elif b"\n" in self._message:
            self._answer()

    def _drop(self) -> None:
        self._is_over = True
        self._socket.abort()
        self._socket.deleteLater()

    def _answer(self) -> None:
        self._is_over = True
        try:
            path, token = _read(self._message)
        except ValueError:
            self._drop()
            return
        if not instance_peers.is_waiting(self._socket.socketDescriptor()):
            self._drop()  # while this window was busy the start has opened one of its own
            return
        if token:
            os.environ["XDG_ACTIVATION_TOKEN"] = token  # with it the window may come to the front
        is_taken = self._take(path)
        self._socket.write(TAKEN if is_taken else NEW)
        self._socket.flush()
        self._socket.disconnectFromServer()


def _read(message: bytes) -> tuple[Path | None, str | None]:
    """Return the path and the token of a message, which anybody may have sent.

    Raises ValueError where it is none of ours.
    """
    fields = parsed(message, _LONGEST)
    path, token = fields.text_or_none("path"), fields.text_or_none("token")
    if token and not (token.isprintable() and len(token) <= _LONGEST_TOKEN):
        raise ValueError("no token")
    return (_path(path) if path else None), token


def _path(name: str) -> Path:
    """Return a path that a start can have sent. Raises ValueError, which a lone surrogate does."""
    if "\0" in name or len(os.fsencode(name)) > _LONGEST_PATH or not Path(name).is_absolute():
        raise ValueError("no path")
    return Path(name)


def _is_damaged(lock: QLockFile) -> bool:
    """Say whether a lock names no program, as a full disk or a power cut leaves it."""
    process, _host, _name = lock.getLockInfo()
    return not process and Path(lock.fileName()).is_file()


def _connects(socket: QLocalSocket, address: str) -> bool:
    socket.connectToServer(address)
    return socket.waitForConnected(_PATIENCE_MS)
