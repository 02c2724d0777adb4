"""A short note that goes away by itself."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QLabel, QMenuBar, QWidget

_NOTE_MS = 6000
_MARGIN = 16


class Note(QLabel):
    """One line in the corner of the menu bar or, where that is hidden, over the picture."""

    def __init__(self, bar: QMenuBar, picture: QWidget) -> None:
        super().__init__(bar)
        self._bar, self._picture = bar, picture
        self._end = QTimer(self, singleShot=True, interval=_NOTE_MS)
        self._end.timeout.connect(self.end)
        self.hide()

    def say(self, text: str) -> None:
        """Show the note for a while."""
        is_over_picture = self._bar.isHidden()
        self.setText(text)
        self.setObjectName("toast" if is_over_picture else "said")
        if is_over_picture:
            self.setParent(self._picture)
        else:
            self._bar.setCornerWidget(self)
        self.style().polish(self)
        self.adjustSize()
        if is_over_picture:
            room = self._picture.size() - self.size()
            self.move(room.width() // 2, room.height() - _MARGIN)
        self.show()
        self._bar.adjustSize()
        self._end.start()

    def end(self) -> None:
        """Take the note away."""
        self.clear()
        self.hide()
