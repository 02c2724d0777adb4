"""What is written in a plot: the tolerance, and what the marks at its edges are."""

from collections.abc import Mapping
from typing import Any

import pyqtgraph as pg
from PySide6.QtGui import QColor, QFont, QPen

from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.off_axis import Extreme, on_tolerance
from backprop_gui.widgets.plot_line import Sight
from backprop_gui.widgets.plot_scale import Scale

_TURNS_AT = 0.6  # of the width: the name of a mark further right stands on its left
_NEAR_TOP = 0.12  # of the height, in which a name has no room above its line
_ABOVE_A_MARK = 1.8  # of its own height, from a name's foot


class Limit:
    """The tolerance: a line with its name, or for zero, which no error is below, the name alone."""

    def __init__(self, plot: Any) -> None:
        self._line = pg.InfiniteLine(angle=0, movable=False)
        self.name = pg.TextItem(anchor=(0, 1))
        self.value = 0.0
        self._numerals = FILES
        for part in (self._line, self.name):
            plot.addItem(part, ignoreBounds=True)

    def show(self, value: float) -> None:
        """Show a tolerance, 0 or more; `place` says where."""
        self.value = value
        self._line.setVisible(value > 0)
        self.name.setText(on_tolerance(self._numerals.exact(value), is_zero=value == 0))

    def show_numerals(self, numerals: Numerals) -> None:
        """Write the tolerance like this from now on."""
        self._numerals = numerals
        self.show(self.value)

    def set_pen(self, pen: QPen, colour: QColor) -> None:
        """Draw the line with this pen, and write in this colour."""
        self._line.setPen(pen)
        self.name.setColor(colour)

    def place(self, scale: Scale, sight: Sight) -> None:
        """Put the line where its number is; the name of zero stands above the marks at the foot."""
        if self.value == 0:
            self.name.setAnchor((0, _ABOVE_A_MARK))
            self.name.setPos(sight.left, sight.foot)
            return
        y = scale.place(self.value)
        is_near_top = y > sight.high - _NEAR_TOP * (sight.high - sight.low)
        self.name.setAnchor((0, 0 if is_near_top else 1))
        self.name.setPos(sight.left, y)
        self._line.setValue(y)


class ExtremeNames:
    """The names of the marks at the edges, each beside the first one of its kind."""

    def __init__(self, plot: Any) -> None:
        self._plot = plot
        self._names: dict[Extreme, Any] = {}
        self._font, self._colour = QFont(), QColor()

    def set_font(self, font: QFont) -> None:
        """Write in this font."""
        self._font = font
        for name in self._names.values():
            name.setFont(font)

    def set_colour(self, colour: QColor) -> None:
        """Write in this colour."""
        self._colour = colour
        for name in self._names.values():
            name.setColor(colour)

    def place(self, first: Mapping[Extreme, float], sight: Sight) -> None:
        """Name these marks, of which the first ones stand at these places on the lower axis."""
        for kind, name in self._names.items():
            name.setVisible(kind in first)
        for kind, x in first.items():
            is_right = x > sight.left + _TURNS_AT * (sight.right - sight.left)
            name = self._named(kind)
            name.setAnchor((float(is_right), 1.0 if kind.is_at_foot else 0.0))
            name.setPos(x, sight.foot if kind.is_at_foot else sight.top)

    def _named(self, kind: Extreme) -> Any:
        if kind not in self._names:
            name = pg.TextItem(kind.value, color=self._colour)
            name.setFont(self._font)
            self._plot.addItem(name, ignoreBounds=True)
            self._names[kind] = name
        return self._names[kind]
