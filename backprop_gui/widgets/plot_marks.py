"""The marks of two places in a plot: where the person is, and where the pointer is."""

from collections.abc import Callable
from typing import Any

import pyqtgraph as pg
from PySide6.QtGui import QColor, QPen

from backprop_gui.drawing.shapes import Ink, Tint
from backprop_gui.paint.theme import Theme


class PlaceMarks:
    """A dot at the position, and a crosshair with a smaller one where the pointer is."""

    def __init__(self, plot: Any) -> None:
        self.marker = pg.ScatterPlotItem(size=11)
        self.cross = pg.InfiniteLine(angle=90, movable=False)
        self.cross_dot = pg.ScatterPlotItem(size=8)
        for part in (self.cross, self.cross_dot, self.marker):
            plot.addItem(part, ignoreBounds=True)
        self.cross.hide()

    def mark(self, x: float, y: float) -> None:
        """Put the dot here."""
        self.marker.setData([x], [y])

    def point(self, x: float, y: float | None) -> None:
        """Show the crosshair here; without a y it has no dot."""
        self.cross.setValue(x)
        self.cross_dot.setData(pos=[] if y is None else [(x, y)])
        self.cross.show()
        self.cross_dot.show()

    def hide_crosshair(self) -> None:
        """Take the crosshair away."""
        self.cross.hide()
        self.cross_dot.hide()

    def set_pens(self, pen: Callable[[Tint, float], QPen], theme: Theme) -> None:
        """Draw in the colours of a theme; `pen` makes a pen of a tint and a width."""
        self.marker.setPen(pen(Tint(Ink.LINE, 0.0), 2.0))
        self.marker.setBrush(theme.ink(Ink.FORWARD))
        self.cross.setPen(pen(Tint(Ink.MUTED, 0.7), 1.0))
        self.cross_dot.setPen(pen(Tint(Ink.MUTED), 1.5))
        self.cross_dot.setBrush(QColor(theme.ground))

    def draw_for_vectors(self) -> None:
        """Draw the dots as paths instead of small pictures from now on."""
        for dots in (self.marker, self.cross_dot):
            dots.opts["useCache"] = False
