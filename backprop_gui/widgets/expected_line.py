"""The curve that a person expects, in a plot: dashed as by a pencil, with its name beside it."""

from array import array
from collections.abc import Sequence
from itertools import product
from typing import Any, NamedTuple

import numpy as np
import pyqtgraph as pg
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont, QPen

from backprop_gui.drawing.error_curve import EXPECTED
from backprop_gui.lesson.expected_curve import NOTHING_EXPECTED, ExpectedCurve
from backprop_gui.paint.theme import Theme
from backprop_gui.system.texts import _
from backprop_gui.widgets.pictured_lines import PicturedLines
from backprop_gui.widgets.plot_line import PlotLine, Sight
from backprop_gui.widgets.plot_scale import Scale
from backprop_gui.widgets.plot_words import WordRoom, is_free

_WIDTH, _DASH = 2.0, (5.0, 3.0)  # lengths on and off, in widths of the line
_BELOW, _ON_TOP, _ABOVE_ALL = -5.0, 5.0, 10.0  # the present run's curve; all curves; words
_PLACES = (0.5, 0.35, 0.65, 0.2, 0.8, 0.05, 1.0)  # of what is seen of the curve, for its name


class _Course(NamedTuple):
    iterations: "array[int]"
    errors: "array[float]"


class ExpectedLine(PicturedLines):
    """The line of an expected curve: none in `lines` while nothing is expected."""

    def __init__(self, plot: Any) -> None:
        super().__init__(plot, _BELOW)
        self.curve = NOTHING_EXPECTED
        self._line = self.made_line()
        self._name = pg.TextItem(_("expected"), anchor=(0, 1))
        self._name.setZValue(_ON_TOP)
        self._name.hide()
        plot.addItem(self._name, ignoreBounds=True)

    def show_curve(self, curve: ExpectedCurve) -> None:
        """Draw another curve from now on; `place` puts it on the axes."""
        self.curve = curve
        self.lines = [self._line] if curve else []
        course = curve.course()
        iterations = array("q", (point.iteration for point in course))
        self._line.show(_Course(iterations, array("d", (point.error for point in course))))
        self.forget_picture()

    def place(self, x_scale: Scale, y_scale: Scale, sight: Sight) -> None:
        """Put the line on the axes as they are."""
        self._line.place(x_scale, y_scale, sight)

    def set_drawing(self, is_on: bool) -> None:
        """Lie above all words under the hand that draws, or behind the present run's curve."""
        self.setZValue(_ABOVE_ALL if is_on else _BELOW)

    def set_pen(self, theme: Theme, scale: float) -> None:
        """Draw in the colours of a theme, `scale` times as thick as on an ordinary screen."""
        colour = theme.colour(EXPECTED)
        pen: QPen = pg.mkPen(colour, width=_WIDTH * scale)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern(_DASH)
        self._line.set_pen(pen, colour)
        self._name.setColor(colour)

    def set_font(self, font: QFont) -> None:
        """Write the name in this font."""
        italic = QFont(font)
        italic.setItalic(True)
        self._name.setFont(italic)

    def place_name(self, sight: Sight, curves: Sequence[PlotLine], taken: WordRoom | None) -> None:
        """Put the name beside the curve where no curve goes through, nor other words stand.

        Where there is no such place, it stands where it is whole.
        """
        x, y = self._line.item.getData() if self.lines else (np.empty(0), np.empty(0))
        is_seen = (x >= sight.left) & (x <= sight.right) & (y >= sight.low) & (y <= sight.high)
        seen = np.flatnonzero(is_seen)
        self._name.setVisible(bool(len(seen)))
        if not len(seen):
            return
        first, last = x[seen[0]], x[seen[-1]]
        points = [seen[np.abs(x[seen] - first - s * (last - first)).argmin()] for s in _PLACES]
        points += [seen[round(share * (len(seen) - 1))] for share in _PLACES]
        rooms = [
            self._room(x[at], y[at], anchor, sight)
            for at, anchor in product(points, ((0, 1), (1, 0), (0, 0), (1, 1)))
        ]
        whole = [room for room in rooms if is_free(room, sight, ())]
        free = (
            room
            for room in whole
            if is_free(room, sight, curves) and not (taken and taken.meets(room))
        )
        room = next(free, (whole or rooms)[0])
        self._name.setPos(room.left, room.low)

    def _room(self, x: float, y: float, anchor: tuple[int, int], sight: Sight) -> WordRoom:
        """Return what the name takes with this of its corners, (right, top is 0), at a point."""
        size = self._name.boundingRect()
        width, height = size.width() * sight.across, size.height() * sight.up
        left, low = x - anchor[0] * width, y - (1 - anchor[1]) * height
        return WordRoom(left, left + width, low, low + height)
