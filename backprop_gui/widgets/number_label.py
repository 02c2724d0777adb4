"""A number on a panel, short, with all of its digits at hand."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QHelpEvent, QMouseEvent
from PySide6.QtWidgets import QLabel, QToolTip, QWidget

from backprop_gui.lesson import numbers

_UNKNOWN = "–"
_DIGITS = 6


class NumberLabel(QLabel):
    """Shows a number with six digits; pointing at it shows all 17.

    Signals:
        clicked(str): the person clicked the number; its exact text.
    """

    clicked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: float | None = None
        self.setObjectName("value")
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def show_number(self, value: float | None) -> None:
        """Show a number, or a dash while it is not known."""
        self._value = value
        self.setText(_UNKNOWN if value is None else numbers.short(value, _DIGITS))
        has_number = value is not None
        shape = Qt.CursorShape.PointingHandCursor if has_number else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)

    def event(self, event: QEvent) -> bool:
        """Show all digits under the pointer."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = "" if self._value is None else numbers.full(self._value)
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Report a click."""
        if self._value is not None and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(numbers.exact(self._value))
