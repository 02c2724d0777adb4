"""A curve in a plot: its line, and the marks of what has no place on the axes."""

from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtGui import QColor, QPen

from backprop_gui.lesson.off_axis import Extreme
from backprop_gui.widgets.plot_scale import Floats, Scale
from backprop_gui.widgets.thinning import thinned

if TYPE_CHECKING:
    from array import array

_SYMBOLS = {Extreme.ZERO: "t", Extreme.INFINITE: "t1", Extreme.NO_NUMBER: "x"}
_MARK_SIZE, _DOT_SIZE = 10, 5
_EDGE_PX = 9.0  # from an edge to the middle of a mark that stands there


class Sight(NamedTuple):
    """What is seen of a plane: its edges, how many columns of pixels, and where marks stand.

    `foot` and `top`, within the edges, are the heights of what lies below or above every number.
    `across` and `up` are the lengths of a pixel of the screen along the axes.
    """

    left: float
    right: float
    low: float
    high: float
    columns: int
    foot: float
    top: float
    across: float
    up: float

    @classmethod
    def of(cls, box: Any, pen_scale: float) -> "Sight":
        """Return what pyqtgraph's view box shows, with so many pixels of the screen for one."""
        (left, right), (low, high) = box.viewRange()
        edge = min(_EDGE_PX / max(box.height(), 1.0), 0.25) * (high - low)
        columns = max(1, round(box.width() * pen_scale))
        across = (right - left) / max(box.width(), 1.0)
        up = (high - low) / max(box.height(), 1.0)
        return cls(left, right, low, high, columns, low + edge, high - edge, across, up)


class Curve(Protocol):
    """Errors over iterations, as a trace has them, in arrays of shape (size,)."""

    @property
    def iterations(self) -> "array[int]":
        """The iterations, strictly increasing."""

    @property
    def errors(self) -> "array[float]":
        """The error of each."""


class Extent(NamedTuple):
    """Between which numbers above 0 the errors of a curve lie, and what else there is of them."""

    least: float | None
    most: float | None
    extremes: frozenset[Extreme]


class PlotLine:
    """A curve and the items that draw it; the line itself may be drawn by another `item`."""

    def __init__(self, plot: Any, height: float = 0.0, item: Any = None) -> None:
        self.trace: Curve | None = None
        self.extent = Extent(None, None, frozenset())
        self._plot = plot
        self._height = height
        self._pen, self._colour = QPen(), QColor()
        self.item = item or plot.plot(skipFiniteCheck=True, antialias=True)
        self.item.setZValue(height)
        self.item.curve.setSegmentedLineMode("on")
        self._is_for_vectors = False
        self.coarseness = 1  # columns of pixels for each that is told from the next
        self._dots: Any = None  # of numbers that stand alone between marks
        self._marks: dict[Extreme, _Marks] = {}
        self.extremes: dict[Extreme, float] = {}  # where each is first seen

    def show(self, trace: Curve) -> None:
        """Draw another curve from now on; `place` puts it on the axes."""
        self.trace = trace
        errors = np.frombuffer(trace.errors, dtype=np.float64)
        positive = errors[(errors > 0) & np.isfinite(errors)]
        extremes = frozenset(kind for kind, mask in _masks(errors).items() if mask.any())
        if positive.size:
            self.extent = Extent(float(positive.min()), float(positive.max()), extremes)
        else:
            self.extent = Extent(None, None, extremes)

    def remove(self) -> None:
        """Take the curve out of the plot."""
        for item in self._items():
            self._plot.removeItem(item)

    def set_pen(self, pen: QPen, colour: QColor) -> None:
        """Draw the line with this pen, and marks in this colour."""
        self._pen, self._colour = pen, colour
        self.item.setPen(pen)
        if self._dots:
            self._dots.setBrush(colour)
        for marks in self._marks.values():
            marks.set_pen(pen, colour)

    def draw_for_vectors(self) -> None:
        """Draw as one path and without small pictures, for a file."""
        self._is_for_vectors, self.coarseness = True, 1
        self.item.curve.setSegmentedLineMode("off")
        for dots in (self._dots, *(marks.symbols for marks in self._marks.values())):
            if dots:
                dots.opts["useCache"] = False

    def place(self, x_scale: Scale, y_scale: Scale, sight: Sight) -> None:
        """Put the curve on the axes as they are, in no more points than can be seen."""
        if self.trace is None:
            return
        sight = sight._replace(columns=max(1, sight.columns // self.coarseness))
        iterations = np.frombuffer(self.trace.iterations, dtype=np.int64).astype(np.float64)
        errors = np.frombuffer(self.trace.errors, dtype=np.float64)
        x = x_scale.places(iterations)
        has_place = y_scale.has_place(errors)
        if has_place.all():
            self.item.setData(*_seen(x, y_scale.places(errors), sight), connect="all")
        else:
            self._place_stretches(x, errors, has_place, y_scale, sight)
        self._place_marks(x, errors, has_place, y_scale, sight)

    def _place_stretches(
        self,
        x: Floats,
        errors: Floats,
        has_place: NDArray[np.bool_],
        y_scale: Scale,
        sight: Sight,
    ) -> None:
        """Draw the line, which has gaps where there is no number."""
        xs, ys, joints = [np.empty(0)], [np.empty(0)], [np.empty(0, np.int32)]
        for first, end in _stretches(has_place):
            some_x, some_y = _seen(x[first:end], y_scale.places(errors[first:end]), sight)
            is_joined = np.ones(len(some_x), np.int32)
            is_joined[-1:] = 0
            xs.append(some_x)
            ys.append(some_y)
            joints.append(is_joined)
        self.item.setData(np.concatenate(xs), np.concatenate(ys), connect=np.concatenate(joints))

    def enters(self, left: float, right: float, low: float, high: float) -> bool:
        """Say whether the line, as it is placed, goes through a rectangle."""
        x, y = self.item.getData()
        if x is None or not len(x) or right < x[0] or left > x[-1]:
            return False
        within = (x > left) & (x < right)
        ends = np.interp([max(left, x[0]), min(right, x[-1])], x, y)
        heights = np.concatenate((y[within], ends))
        return bool(heights.min() < high and heights.max() > low)

    def _place_marks(
        self,
        x: Floats,
        errors: Floats,
        has_place: NDArray[np.bool_],
        y_scale: Scale,
        sight: Sight,
    ) -> None:
        self.extremes = {}
        if not has_place.all():
            for extreme, mask in _masks(errors).items():
                self._place_mark(extreme, x, mask & ~has_place, sight)
            alone = [first for first, end in _stretches(has_place) if end - first == 1]
            self._place_dots(x[alone], y_scale.places(errors[alone]))
        else:
            for marks in self._marks.values():
                marks.clear()
            if self._dots:
                self._dots.clear()

    def _place_mark(
        self, extreme: Extreme, x: Floats, mask: NDArray[np.bool_], sight: Sight
    ) -> None:
        if not mask.any():
            if extreme in self._marks:
                self._marks[extreme].clear()
            return
        if extreme not in self._marks:
            self._marks[extreme] = _Marks(self._plot, extreme, self._height)
            self._marks[extreme].set_pen(self._pen, self._colour)
            self._marks[extreme].symbols.opts["useCache"] = not self._is_for_vectors
        ends = np.array([(x[first], x[end - 1]) for first, end in _stretches(mask)])
        seen = ends[(ends[:, 1] >= sight.left) & (ends[:, 0] <= sight.right)]
        self._marks[extreme].place(seen, sight)
        if len(seen):
            self.extremes[extreme] = max(float(seen[0, 0]), sight.left)

    def _place_dots(self, x: Floats, y: Floats) -> None:
        if not len(x) and not self._dots:
            return
        if not self._dots:
            self._dots = _added(self._plot, pg.ScatterPlotItem(size=_DOT_SIZE, pen=None))
            self._dots.setZValue(self._height)
            self._dots.setBrush(self._colour)
            self._dots.opts["useCache"] = not self._is_for_vectors
        self._dots.setData(x, y)

    def _items(self) -> list[Any]:
        marks = [item for each in self._marks.values() for item in (each.symbols, each.along)]
        return [self.item, *marks, *([self._dots] if self._dots else [])]


class _Marks:
    """The marks of one extreme: a symbol where it begins and ends, dots along the edge between."""

    def __init__(self, plot: Any, extreme: Extreme, height: float) -> None:
        self._is_at_foot = extreme.is_at_foot
        self.along = _added(plot, pg.PlotCurveItem(connect="pairs"))
        self.symbols = _added(plot, pg.ScatterPlotItem(size=_MARK_SIZE, symbol=_SYMBOLS[extreme]))
        for item in (self.along, self.symbols):
            item.setZValue(height)

    def set_pen(self, pen: QPen, colour: QColor) -> None:
        """Draw in this colour, the dots as thick as the line is."""
        self.symbols.setPen(pg.mkPen(colour, width=1.5))
        self.symbols.setBrush(colour)
        self.along.setPen(pg.mkPen(colour, width=pen.widthF(), dash=[1, 3]))

    def place(self, ends: Floats, sight: Sight) -> None:
        """Mark stretches of the axis of iterations, given as pairs of their ends."""
        y = sight.foot if self._is_at_foot else sight.top
        x = np.clip(ends, sight.left, sight.right).ravel()
        self.along.setData(x, np.full(len(x), y))
        x = np.unique(ends[(ends >= sight.left) & (ends <= sight.right)])
        self.symbols.setData(x, np.full(len(x), y))

    def clear(self) -> None:
        """Mark nothing."""
        self.along.setData([], [])
        self.symbols.clear()


def _masks(errors: Floats) -> dict[Extreme, NDArray[np.bool_]]:
    return {
        Extreme.ZERO: errors == 0,
        Extreme.INFINITE: np.isinf(errors),
        Extreme.NO_NUMBER: np.isnan(errors),
    }


def _added(plot: Any, item: Any) -> Any:
    plot.addItem(item, ignoreBounds=True)
    return item


def _seen(x: Floats, y: Floats, sight: Sight) -> tuple[Floats, Floats]:
    return thinned(x, y, sight.left, sight.right, sight.columns)


def _stretches(mask: NDArray[np.bool_]) -> list[tuple[int, int]]:
    """Return (first, end) of each stretch of the mask that is true without a gap."""
    edges = np.flatnonzero(np.diff(np.concatenate(([False], mask, [False])).astype(np.int8)))
    return [(int(first), int(end)) for first, end in edges.reshape(-1, 2)]
