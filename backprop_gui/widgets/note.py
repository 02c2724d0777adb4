"""A short note that goes away by itself."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QLabel, QMenuBar, QWidget

from backprop_gui.lesson.spoken import aloud
from backprop_gui.widgets.accessible import announce
from backprop_gui.widgets.plain import hint

_NOTE_MS = 6000
_MARGIN = 16
_SAID_MARGINS, _TOAST_MARGINS = (0, 4, 16, 0), (16, 8, 16, 8)  # around the text
_SPARE = 40  # pixels for these, and to tell the note from the menus


class Note(QLabel):
    """One line in the corner of the menu bar or, where that is hidden, over the picture.

    What does not fit there is left out in the middle: the tooltip has all of it.
    """

    def __init__(self, bar: QMenuBar, picture: QWidget) -> None:
        super().__init__(bar)
        self._bar, self._picture = bar, picture
        self._end = QTimer(self, singleShot=True, interval=_NOTE_MS)
        self._end.timeout.connect(self.end)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.hide()

    def say(self, text: str) -> None:
        """Show the note for a while."""
        self._show_text(text, is_over_picture=self._bar.isHidden())
        self._end.start()

    def stay(self, text: str) -> None:
        """Show the note until it ends; where the menus leave too little room, over the picture."""
        needed = self.fontMetrics().horizontalAdvance(text) + _SPARE
        is_long = needed > self._room_beside_menus()
        self._show_text(text, is_over_picture=is_long or self._bar.isHidden())
        self._end.stop()

    def _show_text(self, text: str, *, is_over_picture: bool) -> None:
        self.setObjectName("toast" if is_over_picture else "said")
        self.setContentsMargins(*(_TOAST_MARGINS if is_over_picture else _SAID_MARGINS))
        self.style().polish(self)
        room = (self._picture.width() if is_over_picture else self._room_beside_menus()) - _SPARE
        shown = self.fontMetrics().elidedText(text, Qt.TextElideMode.ElideMiddle, room)
        self.setText(shown)
        self.setToolTip(hint(text) if shown != text else "")
        if is_over_picture:
            # None, or the menu bar would go on placing the note; the stubs do not know of it.
            self._bar.setCornerWidget(None)  # type: ignore[arg-type]
            self.setParent(self._picture)
        else:
            self._bar.setCornerWidget(self)  # which takes the width that the text has now
        self.adjustSize()
        if is_over_picture:
            free = self._picture.size() - self.size()
            self.move(free.width() // 2, free.height() - _MARGIN)
        else:
            self._bar.adjustSize()
        self.setAccessibleName(aloud(text))  # all of it
        is_as_it_is = hint(text) == text
        self.setAccessibleDescription("" if is_as_it_is else text)  # else the tooltip's HTML
        self.show()
        announce(self, aloud(text))

    def end(self) -> None:
        """Take the note away."""
        self.clear()
        self.hide()

    def _room_beside_menus(self) -> int:
        menus = self._bar.actions()
        return (
            self._bar.window().width() - self._bar.actionGeometry(menus[-1]).right() if menus else 0
        )
