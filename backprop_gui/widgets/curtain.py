"""A curtain over the whole window, for a lecture: nothing is seen until somebody wants to."""

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QMouseEvent, QPalette
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from backprop_gui.system.texts import _
from backprop_gui.widgets.accessible import announce

_MODIFIERS = (
    Qt.Key.Key_Shift,
    Qt.Key.Key_Control,
    Qt.Key.Key_Alt,
    Qt.Key.Key_AltGr,
    Qt.Key.Key_Meta,
)


class Curtain(QWidget):
    """A black surface over its parent, until a key or a click takes it away.

    Signals:
        opened(): the curtain is gone.
    """

    opened = Signal()

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("The screen is blank. Any key or a click brings it back."))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setAutoFillBackground(True)
        palette = self.palette()
        palette.setColor(QPalette.ColorRole.Window, QColor("black"))
        self.setPalette(palette)
        self._window = parent
        self._had_focus: QWidget | None = None
        self.hide()

    def close_up(self) -> None:
        """Hide everything."""
        self._had_focus = self._window.focusWidget()
        self._window.installEventFilter(self)
        self._cover()
        self.raise_()
        self.show()
        self.setFocus()
        announce(self, self.accessibleName())

    def open_up(self) -> None:
        """Show everything again, with the focus where it was."""
        if self.isHidden():
            return
        self._window.removeEventFilter(self)
        if self._had_focus and isValid(self._had_focus):
            self._had_focus.setFocus()  # before Qt looks for the next one, as a Tab would
        self.hide()
        self.opened.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Cover a window that has become larger."""
        if event.type() == QEvent.Type.Resize:
            self._cover()
        return super().eventFilter(watched, event)

    def event(self, event: QEvent) -> bool:
        """Keep the keys of all commands: each of them only takes the curtain away."""
        if event.type() == QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the curtain away, unless the key is only held for another one."""
        if event.key() not in _MODIFIERS and not event.isAutoRepeat():
            self.open_up()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the curtain away."""
        self.open_up()

    def _cover(self) -> None:
        self.setGeometry(self._window.rect())
