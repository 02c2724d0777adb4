"""What is written in a plot: the tolerance, and what the marks at its edges are."""

from collections.abc import Mapping, Sequence
from itertools import product
from typing import Any, NamedTuple

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, QSizeF
from PySide6.QtGui import QColor, QFont, QPen

from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.off_axis import Extreme, on_tolerance
from backprop_gui.widgets.plot_line import PlotLine, Sight
from backprop_gui.widgets.plot_scale import Scale

_TURNS_AT = 0.6  # of the width: the name of a mark further right stands on its left
_ON_TOP = 5.0  # of the curves
_ABOVE_A_MARK = 1.8  # of its own height, from a name's foot


class _Spot(NamedTuple):
    """Where a name stands: so far along the room that it leaves, above its line or below.

    Or it stands at the foot of the plot.
    """

    share: float
    is_above: bool
    is_at_foot: bool = False


_SPOTS = [
    _Spot(x, up) for some in ((0, 1), (0.5, 0.25, 0.75)) for up in (True, False) for x in some
]
_FOOT = _Spot(0, is_above=False, is_at_foot=True)


class Limit:
    """The tolerance: a line with its name, or for zero, which no error is below, the name alone."""

    def __init__(self, plot: Any) -> None:
        self._line = pg.InfiniteLine(angle=0, movable=False)
        self.name = pg.TextItem(anchor=(0, 1))
        self.name.setZValue(_ON_TOP)
        self.value = 0.0
        self._numerals = FILES
        self._ground = QColor()
        self._spot = _SPOTS[0]
        self.room: WordRoom | None = None  # that the name takes, where it is seen
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

    def set_pen(self, pen: QPen, colour: QColor, ground: QColor) -> None:
        """Draw the line with this pen, and write in this colour on this ground."""
        self._line.setPen(pen)
        self.name.setColor(colour)
        self._ground = ground

    def place(self, scale: Scale, sight: Sight, curves: Sequence[PlotLine]) -> bool:
        """Put the line where its number is, and its name beside it where no curve crosses it.

        The name stays where it is as long as it can, and below the line at the foot where it can
        stand nowhere else. Return whether there is a place; where there is none, it has a ground
        of its own. A line out of sight has no name.
        """
        height = scale.place(self.value) if self.value else sight.foot
        self._line.setValue(height)
        is_seen = not self.value or sight.low <= height <= sight.high
        self.name.setVisible(is_seen)
        self.room = None
        if not is_seen:
            return True
        first = _SPOTS[0] if self._spot.is_at_foot else self._spot
        rooms = {spot: self._room(spot, sight) for spot in (first, *_SPOTS, _FOOT)}
        is_below = rooms[_FOOT].high <= height
        free = (
            spot
            for spot, room in rooms.items()
            if is_free(room, sight, curves) and (is_below or not spot.is_at_foot)
        )
        found = next(free, None)
        self._spot = found or _SPOTS[0]
        self.name.fill = pg.mkBrush(None if found else self._ground)
        self.room = rooms[self._spot]
        self.name.setPos(self.room.left, self.room.low)
        return found is not None

    def share(self, sight: Sight) -> float:
        """Return which share of the plot's height the name takes."""
        high = float(self.name.boundingRect().height()) * sight.up
        return min(0.4, high / (sight.high - sight.low))

    def _room(self, spot: _Spot, sight: Sight) -> "WordRoom":
        """Return what the name takes; that of zero stands above the marks at the foot."""
        size = self.name.boundingRect()
        width, height = size.width() * sight.across, size.height() * sight.up
        left = sight.left + spot.share * (sight.right - sight.left - width)
        y = self._line.value()
        if spot.is_at_foot:
            low = sight.low
        elif self.value:
            low = y if spot.is_above else y - height
        else:
            low = y + (_ABOVE_A_MARK - 1) * height
        return WordRoom(left, left + width, low, low + height)


class WordRoom(NamedTuple):
    """A rectangle in a plot."""

    left: float
    right: float
    low: float
    high: float

    def meets(self, other: "WordRoom") -> bool:
        """Say whether the two have a part in common."""
        is_beside = other.right <= self.left or self.right <= other.left
        return not (is_beside or other.high <= self.low or self.high <= other.low)


def is_free(room: WordRoom, sight: Sight, curves: Sequence[PlotLine]) -> bool:
    """Say whether a room is in sight and no curve goes through it."""
    if room.low < sight.low or room.high > sight.high:
        return False
    if room.left < sight.left or room.right > sight.right:
        return False
    return not any(curve.enters(*room) for curve in curves)


def free_place(box: Any, size: QSizeF, curves: Sequence[PlotLine], name: Any) -> QPointF:
    """Return where words of a size, in pixels, hide neither a curve nor the tolerance's name.

    That is as high as can be, rather at the right than at the left: a falling curve is not there.
    Where nothing is free, it is in that corner.
    """
    room, taken = box.sceneBoundingRect(), name.sceneBoundingRect()
    sides = room.right() - size.width(), room.left()
    rows = range(int(room.top()), int(room.bottom() - size.height()), max(1, int(size.height())))
    for y, x in product(rows, sides):
        area = QRectF(QPointF(x, y), size)
        ends = map(box.mapSceneToView, (area.topLeft(), area.bottomRight()))
        seen = QRectF(*ends).normalized()
        edges = seen.left(), seen.right(), seen.top(), seen.bottom()
        is_crossed = any(curve.enters(*edges) for curve in curves)
        if not (is_crossed or (name.isVisible() and taken.intersects(area))):
            return area.topLeft()
    return QPointF(sides[0], room.top())


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
