"""Files that come from outside: dropped on the window, or given to a later start."""

from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, Qt, QTimer
from PySide6.QtGui import QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow

from backprop_gui.window.document import OpenDocument
from backprop_gui.window.preferences import Preferring


class Arrivals(QObject):
    """Opens what arrives, later: who gave it waits for the answer, and opening may ask."""

    def __init__(
        self, window: QMainWindow, documents: OpenDocument, preferring: Preferring
    ) -> None:
        super().__init__(window)
        self._window = window
        self._documents = documents
        self._preferring = preferring

    def take(self, path: Path | None) -> bool:
        """Open the file of a later start, or come to the front; say whether this window does so.

        It does not while a question waits for its answer.
        """
        is_asked = QApplication.activeModalWidget() is not None
        if is_asked or (path and self._preferring.opens_new_windows):
            return False
        if self._window.isMinimized():
            states = self._window.windowState()
            self._window.setWindowState(states & ~Qt.WindowState.WindowMinimized)
        self._window.raise_()
        self._window.activateWindow()
        if path:
            self._open_later(path)
        return True

    def open_dropped(self, event: QDropEvent) -> None:
        """Open the file that is dropped."""
        if path := accept_file(event):
            self._open_later(path)

    def _open_later(self, path: Path) -> None:
        QTimer.singleShot(0, self, partial(self._documents.open, path))


def accept_file(event: QDropEvent) -> Path | None:
    """Return the one file that another program drags here, accepted as a copy, or None.

    Never as a move, after which the other program removes the file.
    """
    urls = event.mimeData().urls()
    if len(urls) != 1 or not urls[0].isLocalFile():
        return None
    can_copy = event.possibleActions() & Qt.DropAction.CopyAction
    event.setDropAction(Qt.DropAction.CopyAction if can_copy else Qt.DropAction.IgnoreAction)
    event.accept()
    return Path(urls[0].toLocalFile())
