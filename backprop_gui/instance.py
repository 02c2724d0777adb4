"""One program per person and screen: a second start hands its file to the first and ends."""

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLockFile, QObject, QProcess, QTimer
from PySide6.QtNetwork import QLocalServer, QLocalSocket

TAKEN, NEW = b"taken\n", b"new\n"
_LONGEST = 1 << 16  # bytes of a message
_PATIENCE_MS = 1500
_TAKE_OVER_MS = 2000
_START_S, _RETRY_S = 5.0, 0.05


def start_another(path: Path | None = None) -> bool:
    """Start the program once more, with a window of its own; say whether that succeeded."""
    is_frozen = getattr(sys, "frozen", False)
    words = [] if is_frozen else ["-m", "backprop_gui"]
    files = [str(path)] if path else []
    words += ["--new-window", "--desktop", *files]
    started, _number = QProcess.startDetached(sys.executable, words)
    return bool(started)


def hand_over(address: str, path: Path | None) -> bool:
    """Have the program that is running take the file, or come to the front; say whether it did.

    One that has just been started takes a moment until it listens.
    """
    socket = QLocalSocket()
    deadline = time.monotonic() + _START_S
    while not _connects(socket, address):
        if time.monotonic() > deadline:
            return False
        time.sleep(_RETRY_S)
    message = {
        "path": str(path.absolute()) if path else None,
        "token": os.environ.get("XDG_ACTIVATION_TOKEN") or os.environ.get("DESKTOP_STARTUP_ID"),
    }
    socket.write(json.dumps(message).encode() + b"\n")
    socket.waitForBytesWritten(_PATIENCE_MS)
    answer = b""
    while b"\n" not in answer and socket.waitForReadyRead(_PATIENCE_MS):
        answer += socket.readAll().data()
    return answer == TAKEN


class Instance(QObject):
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
        self._timer = QTimer(self, interval=_TAKE_OVER_MS)
        self._timer.timeout.connect(self._listen)
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

    def _listen(self) -> None:
        if not self._lock.isLocked() and not self._lock.tryLock(0):
            return
        QLocalServer.removeServer(self._address)  # of a program that did not come to its end
        if self._server.listen(self._address):
            self._timer.stop()
        else:
            self._lock.unlock()  # nobody is to wait for this one

    def _on_connected(self) -> None:
        while socket := self._server.nextPendingConnection():
            _Caller(socket, self._take)


class _Caller(QObject):
    """One later start, from its message to the answer."""

    def __init__(self, socket: QLocalSocket, take: Callable[[Path | None], bool]) -> None:
        super().__init__(socket)
        self._socket = socket
        self._take = take
        self._message = b""
        socket.disconnected.connect(socket.deleteLater)
        socket.readyRead.connect(self._on_ready)
        self._on_ready()

    def _on_ready(self) -> None:
        self._message += self._socket.readAll().data()
        if len(self._message) > _LONGEST:
            self._socket.abort()
        elif self._message.endswith(b"\n"):
            self._answer()

    def _answer(self) -> None:
        try:
            path, token = _read(self._message)
        except (ValueError, TypeError, KeyError, RecursionError):
            self._socket.abort()
            return
        if token:
            os.environ["XDG_ACTIVATION_TOKEN"] = token  # with it the window may come to the front
        is_taken = self._take(Path(path) if path else None)
        self._socket.write(TAKEN if is_taken else NEW)
        self._socket.flush()
        self._socket.disconnectFromServer()


def _read(message: bytes) -> tuple[str | None, str | None]:
    """Return the path and the token of a message, which anybody may have sent."""
    values: Any = json.loads(message)
    path, token = values["path"], values["token"]
    if not isinstance(path, str | None) or not isinstance(token, str | None):
        raise TypeError("no message of ours")
    if path and "\0" in path:
        raise ValueError("no path")
    return path, token


def _connects(socket: QLocalSocket, address: str) -> bool:
    socket.connectToServer(address)
    return socket.waitForConnected(_PATIENCE_MS)
