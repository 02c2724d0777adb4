"""A symbol of the lesson, as the drawings have it."""

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontInfo, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from backprop_gui.drawing.shapes import Drawing, Ink, Text
from backprop_gui.lesson.steps import Quantity
from backprop_gui.paint.painter import paint, width
from backprop_gui.paint.theme import LIGHT, Theme
from backprop_gui.system.exceptions import handed_on

_LEADING = 1.5


class SymbolLabel(QWidget):
    """A quantity's symbol at the left, in the letters of formulas."""

    def __init__(self, quantity: Quantity) -> None:
        super().__init__()
        self._symbol, self._theme = quantity.symbol, LIGHT
        self.setAccessibleName(quantity.spoken)
        self.setToolTip(quantity.title)

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        self._theme = theme
        self.update()

    def sizeHint(self) -> QSize:
        """Return the room that the symbol needs."""
        room = width(self._text(0.0), self.font().toString())
        return QSize(round(room) + 2, round(_LEADING * self._px))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the symbol."""
        area = QRectF(self.rect())
        shapes = (self._text(area.width()),)
        with handed_on(), QPainter(self) as painter:
            drawing = Drawing(area.width(), area.height(), shapes, ())
            paint(painter, drawing, area, self._theme, self.font())

    @property
    def _px(self) -> int:
        return QFontInfo(self.font()).pixelSize()

    def _text(self, room: float) -> Text:
        y, name = self.height() / 2, self.accessibleName()
        symbol = self._symbol
        return Text(0, y, symbol, self._px, Ink.TEXT, room, False, name, 0.0, (symbol,))
