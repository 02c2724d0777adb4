"""The application: one window, its settings, and every way in which it may have to end."""

import signal
import socket
import sys
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QObject, QSocketNotifier, QStandardPaths
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QStyleFactory

from backprop_gui import __version__, settings
from backprop_gui.assets import resource
from backprop_gui.i18n import _
from backprop_gui.paint.theme import interface_font
from backprop_gui.settings import Settings
from backprop_gui.window import MainWindow

if TYPE_CHECKING:
    from backprop_gui.lesson.remake import Experiment

APP_ID = "backprop-gui"
_SIGNALS = (signal.SIGINT, signal.SIGTERM)


def open_window(experiment: "Experiment | None" = None) -> int:
    """Show the window until it is closed, with an experiment or as before; return the exit code."""
    app = _application()
    remembered, note = settings.load(_settings_path())
    window = MainWindow(remembered)
    if note:
        window.completed.connect(lambda: window.show_notice(note))
    if experiment:
        window.completed.connect(lambda: window.open_experiment(experiment))
    window.closed.connect(_remember)
    window.completed.connect(_show_icon)
    for number in _SIGNALS:
        signal.signal(number, signal.SIG_DFL)  # until then there is nothing to be saved
    window.completed.connect(lambda: _Endings(window, app))
    window.show()
    return app.exec()


def _application() -> QApplication:
    QCoreApplication.setApplicationName(APP_ID)
    QCoreApplication.setApplicationVersion(__version__)
    QGuiApplication.setDesktopFileName(APP_ID)
    QGuiApplication.setApplicationDisplayName("Backprop")
    app = QApplication([APP_ID])
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setFont(interface_font())
    return app


def _show_icon() -> None:
    from PySide6.QtGui import QIcon

    QApplication.setWindowIcon(QIcon(str(resource("icons/backprop-gui.svg"))))


def _settings_path() -> Path:
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation)
    return Path(folder) / "settings.json"


def _remember(values: Settings) -> None:
    try:
        settings.save(values, _settings_path())
    except OSError as error:
        problem = _("The settings could not be saved: {reason}.").format(reason=error)
        sys.stderr.write(f"{problem}\n")


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
        self._window.close()
        QCoreApplication.quit()

    def _on_signal(self, _number: int, _frame: FrameType | None) -> None:
        """Do nothing: this runs in the middle of whatever the window does, which may hold a lock.

        The byte that the signal has written closes the window, from Qt's loop.
        """
