"""The application: one window, its settings, and every way in which it may have to end."""

import signal
import socket
import sys
from dataclasses import replace
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QLockFile,
    QObject,
    QSocketNotifier,
    QStandardPaths,
    Signal,
)
from PySide6.QtGui import QFileOpenEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QStyleFactory

from backprop_gui import __version__, address, settings
from backprop_gui.assets import resource
from backprop_gui.i18n import _
from backprop_gui.paint.theme import interface_font
from backprop_gui.settings import Settings
from backprop_gui.window import MainWindow

if TYPE_CHECKING:
    from backprop_gui.instance import Instance

APP_ID = "backprop-gui"
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def open_window(path: Path | None = None, *, is_new: bool = False) -> int:
    """Show the window until it is closed, with a file or as before; return the exit code.

    Where the program is running already, that one shows the file, unless the window is to be
    a new one.
    """
    QCoreApplication.setApplicationName(APP_ID)
    lock = address.lock_of(_config())
    if address.is_held_by_another(lock) and not is_new and _is_taken(path):
        return 0
    app = _application()
    remembered, note = settings.load(_config() / "settings.json")
    window = MainWindow(remembered, _logs())
    if note:
        window.completed.connect(lambda: window.messages.refuse(note))
    window.remembered.connect(_remember)
    window.closed.connect(_remember)
    window.completed.connect(_show_icon)
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_DFL)  # until then there is nothing to be saved
    window.completed.connect(lambda: _Endings(window, app))
    window.opened.connect(lambda: _Attendance(window, path, lock, app))
    window.show()
    return app.exec()


class _Application(QApplication):
    """Also takes the files that macOS opens: they come as events, not as arguments.

    `file_asked_for_first` is one that came before anybody listened, or "".

    Signals:
        file_asked_for(str): the path of a file that is to be opened.
    """

    file_asked_for = Signal(str)
    file_asked_for_first = ""

    def event(self, event: QEvent) -> bool:
        """Ask for a file to be opened."""
        if isinstance(event, QFileOpenEvent):
            self.file_asked_for_first = event.file()
            self.file_asked_for.emit(event.file())
            return True
        return super().event(event)


def _application() -> _Application:
    QCoreApplication.setApplicationVersion(__version__)
    QGuiApplication.setDesktopFileName(APP_ID)
    QGuiApplication.setApplicationDisplayName("Backprop")
    app = _Application([APP_ID])
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setFont(interface_font())
    return app


def _is_taken(path: Path | None) -> bool:
    """Have the program that is running take the file; say whether it did."""
    from backprop_gui.instance import hand_over

    return hand_over(address.of(_config()), path)


def _show_icon() -> None:
    from PySide6.QtGui import QIcon

    QApplication.setWindowIcon(QIcon(str(resource("icons/backprop-gui.svg"))))


def _config() -> Path:
    places = QStandardPaths.StandardLocation
    return Path(QStandardPaths.writableLocation(places.AppConfigLocation))


def _data() -> Path:
    places = QStandardPaths.StandardLocation
    return Path(QStandardPaths.writableLocation(places.AppLocalDataLocation))


def _logs() -> Path:
    return _data() / "log"


def _remember(values: Settings) -> None:
    path = _config() / "settings.json"
    if values.recent:  # not cleared: other windows may have opened other files meanwhile
        known, _note = settings.load(path)
        recent = dict.fromkeys((*values.recent, *known.recent))
        values = replace(values, recent=tuple(recent)[: settings.MOST_RECENT])
    try:
        settings.save(values, path)
    except OSError as error:
        problem = _("The settings could not be saved: {reason}.").format(reason=error)
        if sys.stderr:
            sys.stderr.write(f"{problem}\n")


class _Attendance(QObject):
    """What stands by the window from its first frame on, in case that something fails.

    What follows when it is complete: a file, what was left, later starts, a welcome.
    """

    def __init__(
        self, window: MainWindow, path: Path | None, lock: QLockFile, app: _Application
    ) -> None:
        super().__init__(app)
        from backprop_gui.safeguards import Safeguards

        self._window = window
        self._path = Path(app.file_asked_for_first) if app.file_asked_for_first else path
        self._lock = lock
        self._instance: Instance | None = None
        self._safeguards: Safeguards = Safeguards(window, _data(), _logs())
        app.file_asked_for.connect(self._on_file_asked_for)
        window.completed.connect(self._on_completed)
        window.closed.connect(self._end)

    def _on_file_asked_for(self, path: str) -> None:
        from backprop_gui.instance import start_another

        if self._instance:
            if not self._window.take(Path(path)):
                start_another(Path(path))
        else:
            self._path = Path(path)  # the window is not complete yet

    def _on_completed(self) -> None:
        from backprop_gui.instance import Instance

        self._instance = Instance(address.of(_config()), self._lock, self._window.take, self)
        if self._path:
            self._window.documents.open(self._path)
        self._safeguards.settled.connect(self._on_settled)
        self._safeguards.offer_what_is_left()

    def _on_settled(self, is_restored: bool) -> None:
        guidance = self._window.guidance
        if guidance.is_welcome_wanted and not self._path and not is_restored:
            guidance.show_welcome()
            _remember(self._window.settings())  # it comes once, however this start ends

    def _end(self) -> None:
        if self._instance:
            self._instance.end()
        self._safeguards.end()


class _Endings(QObject):
    """Closes the window on Ctrl+C and SIGTERM, whatever Qt is waiting for."""

    def __init__(self, window: MainWindow, app: QApplication) -> None:
        super().__init__(app)
        self._window = window
        # Python runs a signal's handler between two of its own instructions; while Qt waits for
        # events there are none. The byte that the signal writes here wakes Qt.
        self._reader, self._writer = socket.socketpair()
        for end in (self._reader, self._writer):
            end.setblocking(False)
        signal.set_wakeup_fd(self._writer.fileno())
        self._notifier = QSocketNotifier(self._reader.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_woken)
        for number in _SIGNALS:
            signal.signal(number, self._on_signal)
        app.aboutToQuit.connect(self._forget)

    def _forget(self) -> None:
        signal.set_wakeup_fd(-1)
        self._notifier.setEnabled(False)
        self._reader.close()
        self._writer.close()

    def _on_woken(self) -> None:
        self._reader.recv(64)
        self._window.end()  # nobody may be there to answer; what is not saved is kept aside
        QCoreApplication.quit()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        """Do nothing: this runs in the middle of whatever the window does, which may hold a lock.

        The byte that the signal has written closes the window, from Qt's loop.
        """
