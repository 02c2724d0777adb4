"""How many iterations runs take over the one value in which they differ."""

import math
from collections.abc import Iterator
from typing import NamedTuple

from backprop_gui.drawing.axes import axis_below, ticks_beside
from backprop_gui.drawing.clipping import Frame, Point
from backprop_gui.drawing.scene import BORDER, TEXT
from backprop_gui.drawing.shapes import Disc, Drawing, Ink, Line, Ring, Shape, Text, Tint
from backprop_gui.lesson.fields import FIELDS
from backprop_gui.lesson.notation import plain
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.round_numbers import by_roundness, multiples, nice
from backprop_gui.system.texts import _

_LOG_FROM = 20.0  # times from the least to the most, from where on an axis is logarithmic
_LEFT, _TOP, _RIGHT, _BOTTOM = 4.6, 2.0, 1.0, 1.9  # margins, in letters
_NUMBER = 4.2  # of iterations at the most, in letters
_MARGIN = 0.06  # of an axis, around all points
_ACROSS, _UP = 5.0, 2.6  # letters from one tick to the next
_MOST_SPAN = 1e306


class SweepPoint(NamedTuple):
    """A run: the value in which it differs, its iterations, and whether it reached the tolerance.

    It has the colour of its curve.
    """

    value: float
    iterations: int
    is_learned: bool
    colour: Ink
    name: str = ""


def draw_sweep(
    symbol: str,
    points: tuple[SweepPoint, ...],
    size: tuple[float, float],
    text: float = TEXT,
    numerals: Numerals = FILES,
) -> Drawing:
    """Return the plot of two runs or more, `size` wide and high; `symbol` is in
    `notation`, or a word where the value has none.

    Runs that did not get below the tolerance have a ring instead of a dot.
    """
    pen = _SweepPen(symbol, points, size, text, numerals)
    return Drawing(*size, tuple(pen.shapes()), ())


class _Axis(NamedTuple):
    """Where numbers stand in a drawing."""

    low: float
    high: float
    is_log: bool
    start: float
    end: float

    @classmethod
    def of(cls, values: list[float], start: float, end: float) -> "_Axis":
        low, high = min(values), max(values)
        is_log = low > 0 and high / _LOG_FROM >= low
        if low == high:
            low, high = low - max(1.0, abs(low) / 2), high + max(1.0, abs(high) / 2)
        return cls(low, high, is_log, start, end)

    def place(self, value: float) -> float:
        places = (value, self.low, self.high)
        # In quarters, so that the distance between the largest doubles is a number, too.
        at, low, high = ((math.log10(each) if self.is_log else each) / 4 for each in places)
        share = (at - low) / (high - low)
        margin = _MARGIN * (self.end - self.start)
        return self.start + margin + share * (self.end - self.start - 2 * margin)

    def marks(self, apart: float) -> list[float]:
        """Return numbers for ticks, the rounder first where they would be nearer than `apart`."""
        most = max(1.0, abs(self.end - self.start) / apart)
        if not self.is_log:
            span = self.high / 4 - self.low / 4
            if span > _MOST_SPAN:
                return [self.low, self.high]
            return multiples(nice(4 * span / most), self.low, self.high)
        kept: list[float] = []
        for value in by_roundness(self.low, self.high):
            if all(abs(self.place(value) - self.place(other)) >= apart for other in kept):
                kept.append(value)
        return kept


class _SweepPen:
    def __init__(
        self,
        symbol: str,
        points: tuple[SweepPoint, ...],
        size: tuple[float, float],
        text: float,
        numerals: Numerals,
    ) -> None:
        self._symbol, self._text, self._numerals = symbol, text, numerals
        self._symbols = tuple({each.symbol for each in FIELDS if each.symbol == symbol})
        self._points = sorted(points)
        right, bottom = size[0] - BORDER - _RIGHT * text, size[1] - BORDER - _BOTTOM * text
        frame = self._frame = Frame(BORDER + _LEFT * text, BORDER + _TOP * text, right, bottom)
        self._x = _Axis.of([each.value for each in points], frame.left, frame.right)
        counts = [float(each.iterations) for each in points]
        self._y = _Axis.of(counts, frame.bottom, frame.top)

    def shapes(self) -> Iterator[Shape]:
        """Yield axes, the line through the points, and these."""
        frame, text = self._frame, self._text
        corners = (frame.left, frame.top), (frame.left, frame.bottom), (frame.right, frame.bottom)
        yield Line(corners, Tint(Ink.LINE), 1.2, name=_("axes"))
        title = _("iterations over {symbol}").format(symbol=self._symbol)
        yield Text(BORDER, BORDER + 0.6 * text, title, text, Ink.TEXT, frame.right - BORDER,
                   name=plain(title), align=0.0, symbols=self._symbols)  # fmt: skip
        yield from self._ticks()
        places = [self._place(each) for each in self._points]
        if len(places) > 1:
            yield Line(tuple(places), Tint(Ink.MUTED, 0.5), 1.2, name=_("iterations"))
        radius = 0.36 * text
        for each, (x, y) in zip(self._points, places, strict=True):
            name = each.name or self._numerals.count(each.iterations)
            if each.is_learned:
                yield Disc(x, y, radius, Tint(each.colour), name)
            else:
                yield Disc(x, y, radius, Tint(Ink.LINE, 0.0), name)
                yield Ring(x, y, radius, Tint(each.colour), 2.0, name)
        if not all(each.is_learned for each in self._points):
            words = _("○ not below the tolerance")
            yield Text(frame.right, BORDER + 0.6 * text, words, text, Ink.MUTED,
                       frame.width / 2, name=words, align=1.0)  # fmt: skip

    def _place(self, each: SweepPoint) -> Point:
        return self._x.place(each.value), self._y.place(each.iterations)

    def _ticks(self) -> Iterator[Shape]:
        frame, text = self._frame, self._text
        values, counts = self._x.marks(_ACROSS * text), self._y.marks(_UP * text)
        across = ((self._x.place(value), self._numerals.exact(value)) for value in values)
        yield from axis_below(frame, across, self._symbol, text, frame.right, self._symbols)
        up = (
            (self._y.place(count), self._numerals.count(round(count)))
            for count in counts
            if count == round(count) and count >= 1
        )
        yield from ticks_beside(frame, up, text, _NUMBER * text)
