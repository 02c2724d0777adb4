"""What the window says to the person: what was done, for a while, and what went wrong."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QMainWindow, QVBoxLayout, QWidget

from backprop_gui.widgets.note import Note

if TYPE_CHECKING:
    from backprop_gui.widgets.banner import Banner


class Messages(QObject):
    """Makes room for messages above the content of a window, and says them one at a time."""

    def __init__(self, window: QMainWindow, content: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._column = QVBoxLayout()
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(0)
        self._column.addWidget(content, 1)
        center = QWidget()
        center.setLayout(self._column)
        window.setCentralWidget(center)
        self.note = Note(window.menuBar(), content)
        self._banner: Banner | None = None

    def say(self, text: str) -> None:
        """Say what was done; what went wrong before it is over."""
        self.end_problem()
        self.note.say(text)

    def refuse(self, text: str) -> None:
        """Say what went wrong, above everything, until something else is done."""
        if self._banner is None:
            from backprop_gui.widgets.banner import Banner

            self._banner = Banner()
            self._column.insertWidget(0, self._banner)
        self.note.end()
        self._banner.show_problem(text, is_large=self._window.menuBar().isHidden())

    def end_problem(self) -> None:
        """Take away what went wrong."""
        if self._banner:
            self._banner.end()
