"""The pointer in a lecture: it hides when nobody moves it, and lights nothing then."""

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QCursor
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

_LOOKS_EVERY_MS = 150
_HIDES_AFTER = 12  # looks at which it stands still


class QuietPointer(QObject):
    """Hides the pointer while it stands still, between `begin` and `end`.

    It looks where the pointer is, now and then: a filter of all events would be called for each of
    them, while the training wants the time.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._place = QCursor.pos()
        self._looks = 0
        self.is_hidden = False
        self._timer = QTimer(self, interval=_LOOKS_EVERY_MS)
        self._timer.timeout.connect(self.look)

    def begin(self) -> None:
        """Hide the pointer from now on whenever it stands still."""
        self._place, self._looks = QCursor.pos(), 0
        self._timer.start()

    def end(self) -> None:
        """Show the pointer, whatever it does."""
        self._timer.stop()
        self._show()

    def look(self) -> None:
        """See whether the pointer has moved."""
        place = QCursor.pos()
        if place != self._place:
            self._place, self._looks = place, 0
            self._show()
            return
        self._looks += 1
        is_elsewhere = QApplication.activeWindow() not in (None, self._window)
        if self._looks >= _HIDES_AFTER and not self.is_hidden and not is_elsewhere:
            self._hide()

    def _hide(self) -> None:
        self.is_hidden = True
        QApplication.setOverrideCursor(Qt.CursorShape.BlankCursor)
        QToolTip.hideText()
        below = self._window.childAt(self._window.mapFromGlobal(self._place))
        while below and below is not self._window:  # as if the pointer had left them
            below.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, False)
            QApplication.sendEvent(below, QEvent(QEvent.Type.Leave))
            below = below.parentWidget()

    def _show(self) -> None:
        if self.is_hidden:
            self.is_hidden = False
            QApplication.restoreOverrideCursor()
