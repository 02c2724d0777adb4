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
        self._lasting = ""

    def hold(self, strip: QWidget) -> None:
        """Give a strip its place, just above the content."""
        self._column.insertWidget(self._column.count() - 1, strip)

    def say(self, text: str) -> None:
        """Say what was done; what went wrong before it is over, but for what still does."""
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
        self._column.activate()  # scrolling counts on the room that is left

    def end_problem(self) -> None:
        """Take away what went wrong, unless something still does."""
        if self._lasting:
            self.refuse(self._lasting)
        elif self._banner:
            self._banner.end()

    def take_back(self, text: str) -> None:
        """Take away what went wrong, if it is this."""
        if self._banner and self._banner.text == text:
            self.end_problem()

    def set_lasting(self, text: str) -> None:
        """Say what goes wrong from now on whenever nothing else does; "" is nothing any more."""
        shown = self._banner.text if self._banner else ""
        before, self._lasting = self._lasting, text
        if text and shown != text and (not shown or shown == before or not before):
            self.refuse(text)
        elif not text and shown == before and self._banner:
            self._banner.end()
