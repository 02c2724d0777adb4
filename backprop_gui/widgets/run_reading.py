"""What the crosshair of a plot reads of several curves at once, beside the plot."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QFontInfo, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from backprop_gui.drawing.shapes import Box, Drawing, Ink, Shape, Text, Tint
from backprop_gui.lesson.notation import literal
from backprop_gui.paint.painter import paint, width
from backprop_gui.paint.theme import LIGHT, Theme
from backprop_gui.system.exceptions import handed_on
from backprop_gui.widgets.plain import TEXT_PX
from backprop_gui.widgets.run_legend import SWATCH, Named, swatch

_LEADING, _MARGIN, _GAP, _BETWEEN = 1.5, 10.0, 8.0, 20.0  # the first in units of the letters
_LONGEST = 28  # letters of a name
_FROM_PLOT = 12


class Reading(NamedTuple):
    """A curve, and what is read of it."""

    entry: Named
    text: str


class RunReading(QWidget):
    """A line for each curve under a title. It lies over the window and takes no clicks."""

    def __init__(self, plot: QWidget) -> None:
        super().__init__(plot.window())
        self._plot = plot
        self._title = ""
        self._readings: Sequence[Reading] = ()
        self._theme: Theme = LIGHT
        self._columns: list[tuple[float, float]] = []  # of names and of numbers, in pixels
        self._in_column = 1
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()

    def show_readings(self, title: str, readings: Sequence[Reading], theme: Theme) -> None:
        """Show these beside the plot, where the window has room, in columns if it takes more."""
        self._title, self._readings, self._theme = title, readings, theme
        window = self._plot.window()
        if self.parentWidget() is not window:
            self.setParent(window)
        line = _LEADING * self._size
        fitting = int((window.height() - 2 * _MARGIN) / line) - 2
        count = math.ceil(len(readings) / max(1, fitting))
        self._in_column = math.ceil(len(readings) / max(1, count))
        parts = [readings[n * self._in_column :][: self._in_column] for n in range(count)]
        self._columns = [
            (max(self._width(_short(each.entry.name)) for each in part),
             max(self._width(each.text) for each in part))
            for part in parts
        ]  # fmt: skip
        lead = SWATCH * self._size / TEXT_PX + 2 * _GAP
        across = sum(lead + sum(column) for column in self._columns) + _BETWEEN * (count - 1)
        across = max(across, self._width(title))
        self.resize(
            math.ceil(across + 2 * _MARGIN),
            math.ceil((self._in_column + 1) * line + 1.6 * _MARGIN),
        )
        self._place(window)
        self.raise_()
        self.show()
        self.update()

    def _place(self, window: QWidget) -> None:
        corner = self._plot.mapTo(window, QPoint(0, 0))
        left = corner.x() - self.width() - _FROM_PLOT
        x = left if left >= 0 else corner.x() + self._plot.width() + _FROM_PLOT
        x = min(x, window.width() - self.width())
        self.move(max(0, x), max(0, min(corner.y(), window.height() - self.height() - 4)))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the lines on a ground of their own."""
        with handed_on(), QPainter(self) as painter:
            area = QRectF(self.rect())
            drawing = Drawing(area.width(), area.height(), tuple(self._shapes()), ())
            paint(painter, drawing, area, self._theme, self.font())

    @property
    def _size(self) -> float:
        return float(QFontInfo(self.font()).pixelSize())

    def _width(self, text: str) -> float:
        return width(self._text(0, 0, text, 0.0), self.font().toString())

    def _text(self, x: float, y: float, text: str, align: float) -> Text:
        return Text(x, y, literal(text), self._size, Ink.TEXT, 4000.0, name=text, align=align)

    def _shapes(self) -> Iterator[Shape]:
        w, h, line = float(self.width()), float(self.height()), _LEADING * self._size
        length = SWATCH * self._size / TEXT_PX
        yield Box(w / 2, h / 2, w - 2, h - 2, Tint(Ink.LINE, 0.0), Tint(Ink.LINE), 1.2)
        y = 0.8 * _MARGIN + line / 2
        yield self._text(_MARGIN, y, self._title, 0.0)._replace(is_bold=True)
        x = _MARGIN
        for number, (names, numbers) in enumerate(self._columns):
            part = self._readings[number * self._in_column :][: self._in_column]
            end = x + length + 2 * _GAP + names + numbers
            for row, each in enumerate(part, start=1):
                at = y + row * line
                yield swatch(each.entry, x, at, length, 2.0)
                yield self._text(x + length + _GAP, at, _short(each.entry.name), 0.0)
                yield self._text(end, at, each.text, 1.0)
            x = end + _BETWEEN


def _short(name: str) -> str:
    """Return a name, of a long one its beginning and its end."""
    if len(name) <= _LONGEST:
        return name
    return f"{name[: _LONGEST // 2]}…{name[1 - _LONGEST // 2 :]}"
