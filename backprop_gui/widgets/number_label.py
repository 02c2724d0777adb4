"""A number on a panel, short, with all of its digits at hand."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QLabel, QWidget

from backprop_gui.lesson import numbers
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.spoken import aloud
from backprop_gui.system.texts import _

_UNKNOWN = "–"
_LEAST_DIGITS = 3
_WIDEST = "−1.23·10⁻¹²³"  # with so many


class NumberLabel(QLabel):
    """Shows a number with the person's digits; pointing at it shows all 17.

    Signals:
        clicked(str): the person clicked the number; its exact text.
        pointed(bool): the pointer came, or left.
    """

    clicked = Signal(str)
    pointed = Signal(bool)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._value: float | None = None
        self._numerals = FILES
        self.setObjectName("value")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)

    def show_numerals(self, numerals: Numerals) -> None:
        """Show the number like this from now on."""
        if numerals == self._numerals:
            return
        self._numerals = numerals
        self.show_number(self._value)

    def show_number(self, value: float | None) -> None:
        """Show a number, or a dash while it is not known."""
        self._value = value
        self.setText(_UNKNOWN if value is None else self._fitted(value))
        said = _("not known yet") if value is None else aloud(self.text())
        self.setAccessibleName("" if said == self.text() else said)  # none means its text
        has_number = value is not None
        shape = Qt.CursorShape.PointingHandCursor if has_number else Qt.CursorShape.ArrowCursor
        if shape != self.cursor().shape():
            self.setCursor(shape)
        if self.underMouse():
            self._show_digits()

    def _fitted(self, value: float) -> str:
        """Return the number with as many of its digits as there is room for."""
        metrics, text = self.fontMetrics(), ""
        for digits in range(self._numerals.digits, _LEAST_DIGITS - 1, -1):
            text = self._numerals.with_digits(digits).short(value)
            if metrics.horizontalAdvance(text) <= self.contentsRect().width():
                break
        return text

    def sizeHint(self) -> QSize:
        """Return the room for all digits that the person has chosen."""
        text = _UNKNOWN if self._value is None else self._numerals.short(self._value)
        return QSize(self.fontMetrics().horizontalAdvance(text), super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the room without which even few digits are cut off."""
        return QSize(self.fontMetrics().horizontalAdvance(_WIDEST), super().sizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as many digits as there is room for now."""
        super().resizeEvent(event)
        self.show_number(self._value)

    # Not event() with its ToolTip: while training, each call from Qt into Python waits its turn.
    def enterEvent(self, event: QEnterEvent) -> None:
        """Have all digits at hand under the pointer."""
        self._show_digits()
        self.pointed.emit(True)

    def leaveEvent(self, event: QEvent) -> None:
        """Report that the pointer left."""
        self.pointed.emit(False)

    def show_lit(self, is_lit: bool) -> None:
        """Light the number, or not."""
        if self.property("isLit") != is_lit:
            self.setProperty("isLit", is_lit)
            self.style().polish(self)

    def _show_digits(self) -> None:
        self.setToolTip("" if self._value is None else self._numerals.full(self._value))

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Keep a double click on a number from the card, which it would enlarge."""
        event.setAccepted(self._value is not None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Report a click."""
        if self._value is not None and event.button() == Qt.MouseButton.LeftButton:
            self.clicked.emit(numbers.exact(self._value))
