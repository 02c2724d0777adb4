"""Every way in which the program has to end that is not the person's own closing of the window."""

import os
import signal
import socket
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import Any, cast

from PySide6.QtCore import (
    QCoreApplication,
    QMessageLogContext,
    QObject,
    QSocketNotifier,
    QtMsgType,
    qFormatLogMessage,
    qInstallMessageHandler,
)
from PySide6.QtWidgets import QApplication

from backprop_gui.system.terminal import tell_lines

_SIGNALS = tuple(
    getattr(signal, name)
    for name in ("SIGINT", "SIGTERM", "SIGHUP", "SIGQUIT", "SIGBREAK")
    if hasattr(signal, name)
)
# What Qt says as its last word before it ends the process: it knows no other way to tell.
_DISPLAY_LOST = (
    "The X11 connection broke",
    "The Wayland connection broke",
    "The Wayland connection experienced a fatal error",
)
_RECONNECTS = "QT_WAYLAND_RECONNECT"  # set, Qt waits for the compositor to come back
_LOST = 1  # the exit code, which is Qt's own
_CONSOLE_CLOSED = 2  # CTRL_CLOSE_EVENT
_PATIENCE_S = 4.5  # Windows ends the process after five

_Handler = Callable[[QtMsgType, QMessageLogContext, str], Any]


def _heeded() -> list[signal.Signals]:
    """Return the signals that are not to be ignored, as `nohup` wants it of one of them."""
    return [number for number in _SIGNALS if signal.getsignal(number) != signal.SIG_IGN]


class Termination(QObject):
    """Ends the program in order: on a signal, with the session, and when the display is lost.

    `keep` keeps aside what is not saved, and goes on; `end` does so and ends all threads. Nobody
    is asked, since nobody may be there to answer.
    """

    def __init__(
        self, keep: Callable[[], None], end: Callable[[], None], app: QApplication
    ) -> None:
        super().__init__(app)
        self._keep = keep
        self._end = end
        self._has_ended = threading.Event()
        self._is_lost = False
        # Python runs a signal's handler between two of its own instructions; while Qt waits for
        # events there are none. The byte that the signal writes here wakes Qt.
        self._reader, self._writer = socket.socketpair()
        for side in (self._reader, self._writer):
            side.setblocking(False)
        signal.set_wakeup_fd(self._writer.fileno())
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_woken)
        for number in _heeded():
            signal.signal(number, self._on_signal)
        self._console = _Console(self._on_console_closed) if sys.platform == "win32" else None
        self._tell = cast("_Handler | None", qInstallMessageHandler(self._on_message))
        app.commitDataRequest.connect(self._on_session_ending)
        app.saveStateRequest.connect(self._on_session_ending)
        app.aboutToQuit.connect(self._on_quitting)

    def _on_quitting(self) -> None:
        """Whatever made Qt quit, a session that ends for one."""
        self._end()
        self._has_ended.set()
        if self._console:
            self._console.leave()
        qInstallMessageHandler(self._tell)
        signal.set_wakeup_fd(-1)
        self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()

    def _on_woken(self) -> None:
        self._reader.recv(64)
        try:
            self._end()
        finally:
            QCoreApplication.quit()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        """Do nothing: this runs in the middle of whatever the window does, which may hold a lock.

        The byte that the signal has written closes the window, from Qt's loop. Neither does a
        second one: a terminal that is closed sends several, and the first is still at work.
        """

    def _on_session_ending(self) -> None:
        self._keep()  # the person may still stay; who leaves gets `aboutToQuit` as well

    def _on_console_closed(self) -> None:
        """Called in a thread of the system's, which ends the process when this returns."""
        self._writer.send(b"\0")
        self._has_ended.wait(_PATIENCE_S)

    def _on_message(self, kind: QtMsgType, context: QMessageLogContext, text: str) -> None:
        """Pass a message of Qt's on; where it is Qt's last one, come before the end."""
        if self._tell:
            self._tell(kind, context, text)
        else:
            tell_lines(qFormatLogMessage(kind, context, text))
        if text.startswith(_DISPLAY_LOST):
            self._on_display_lost()

    def _on_display_lost(self) -> None:
        """Keep the work and end all threads, then end the process.

        Qt would call exit(), by which C++ destroys threads that run, and so aborts.
        """
        if threading.current_thread() is not threading.main_thread():
            return  # the window's thread meets the same
        if os.environ.get(_RECONNECTS) is not None:
            self._keep()
            return
        if self._is_lost:  # again, while what follows was asking for the display
            os._exit(_LOST)
        self._is_lost = True
        try:
            self._keep()
            self._end()
        finally:
            os._exit(_LOST)


class _Console:
    """The console of Windows, which tells a program that it closes, and waits a moment."""

    def __init__(self, closed: Callable[[], None]) -> None:
        import ctypes

        self._closed = closed
        self._kernel = ctypes.windll.kernel32  # type: ignore[attr-defined,unused-ignore]
        kind = ctypes.WINFUNCTYPE(  # type: ignore[attr-defined,unused-ignore]
            ctypes.c_int, ctypes.c_uint
        )
        self._handler = kind(self._on_event)  # as long as this is known, it may be called
        self._kernel.SetConsoleCtrlHandler(self._handler, 1)

    def leave(self) -> None:
        """Be told no more."""
        self._kernel.SetConsoleCtrlHandler(self._handler, 0)

    def _on_event(self, event: int) -> int:
        if event != _CONSOLE_CLOSED:
            return 0  # Python makes signals of the others
        self._closed()
        return 1
