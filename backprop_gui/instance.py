"""One program per person and screen: a second start hands its file to the first and ends."""

import json
import os
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QProcess
from PySide6.QtNetwork import QLocalServer, QLocalSocket

TAKEN, NEW = b"taken\n", b"new\n"
_LONGEST = 1 << 16  # bytes of a message
_PATIENCE_MS = 1500


def start_another() -> bool:
    """Start the program once more, with a window of its own; say whether that succeeded."""
    is_frozen = getattr(sys, "frozen", False)
    words = [] if is_frozen else ["-m", "backprop_gui"]
    started, _number = QProcess.startDetached(sys.executable, [*words, "--new-window"])
    return bool(started)


def hand_over(address: str, path: Path | None) -> bool:
    """Have a program that is running take the file, or come to the front; say whether it did."""
    socket = QLocalSocket()
    socket.connectToServer(address)
    if not socket.waitForConnected(_PATIENCE_MS):
        return False
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
    what was asked. A start that is told no, or nothing, opens a window of its own.
    """

    def __init__(self, address: str, take: Callable[[Path | None], bool], parent: QObject) -> None:
        super().__init__(parent)
        self._take = take
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._on_connected)
        if not self._server.listen(address) and not _is_answered(address):
            QLocalServer.removeServer(address)  # of a program that did not come to its end
            self._server.listen(address)

    def end(self) -> None:
        """Listen no more."""
        self._server.close()

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
    return path, token


def _is_answered(address: str) -> bool:
    socket = QLocalSocket()
    socket.connectToServer(address)
    return socket.waitForConnected(_PATIENCE_MS)
