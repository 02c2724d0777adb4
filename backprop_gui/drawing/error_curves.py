"""The errors of compared runs over their iterations, on a logarithmic axis."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from backprop_gui.drawing.axes import axis_below, ticks_beside
from backprop_gui.drawing.clipping import Frame, Point
from backprop_gui.drawing.decades import Decades, is_held
from backprop_gui.drawing.scene import BORDER
from backprop_gui.drawing.shapes import Disc, Drawing, Ink, Line, Shape, Text, Tint
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.off_axis import Extreme, extreme, on_tolerance
from backprop_gui.lesson.round_numbers import multiples, nice
from backprop_gui.system.texts import _

_LEFT, _TOP, _RIGHT, _BOTTOM = 4.0, 2.0, 2.2, 1.9  # margins, in letters
_ACROSS = 5.5  # letters from one tick to the next
_DOT, _STROKE = 0.25, 2.5  # of a mark in letters, and of a curve


class RunCurve(NamedTuple):
    """A run's error as (iteration, E), in the order of the iterations, in its colour and dash."""

    points: tuple[tuple[float, float], ...]
    ink: Ink
    dash: tuple[float, ...]
    name: str


def draw_curves(
    curves: Sequence[RunCurve],
    tolerance: float,
    size: tuple[float, float],
    text: float,
    numerals: Numerals,
) -> Drawing:
    """Return the curves, `size` wide and high, in letters of the size `text`; at least one.

    What has no place on the axis is a mark at its edge, which is named.
    """
    return Drawing(*size, tuple(_CurvesPen(curves, tolerance, size, text, numerals).shapes()), ())


class _CurvesPen:
    def __init__(
        self,
        curves: Sequence[RunCurve],
        tolerance: float,
        size: tuple[float, float],
        text: float,
        numerals: Numerals,
    ) -> None:
        self._curves, self._tolerance = curves, tolerance
        self._text, self._numerals = text, numerals
        right, bottom = size[0] - BORDER - _RIGHT * text, size[1] - BORDER - _BOTTOM * text
        frame = self._frame = Frame(BORDER + _LEFT * text, BORDER + _TOP * text, right, bottom)
        self._last = max(2.0, *(curve.points[-1][0] for curve in curves))
        errors = [e for curve in curves for _k, e in curve.points if is_held(e)]
        named = tolerance if is_held(tolerance) else None
        self._scale = Decades.around(errors, named, frame.height)

    def shapes(self) -> Iterator[Shape]:
        """Yield the axes, the tolerance, the curves, and what lies beside the axis."""
        frame, text = self._frame, self._text
        corners = (frame.left, frame.top), (frame.left, frame.bottom), (frame.right, frame.bottom)
        yield Line(corners, Tint(Ink.LINE), 1.2, name=_("axes"))
        yield self._said(BORDER, BORDER + 0.6 * text, _("error E"), Ink.TEXT, 0.0)
        yield from self._ticks()
        yield from self._limit()
        for curve in reversed(self._curves):  # the present run above all
            yield from self._curve(curve)
        yield from self._extremes()

    def _ticks(self) -> Iterator[Shape]:
        frame, text = self._frame, self._text
        step = max(1.0, nice(self._last * _ACROSS * text / frame.width))
        marks = multiples(step, 0.0, self._last)
        across = ((self._x(k), self._numerals.count(round(k))) for k in marks)
        yield from axis_below(frame, across, _("iteration"), text, frame.right + _RIGHT * text)
        up = ((self._y(error), name) for error, name in self._scale.ticks)
        yield from ticks_beside(frame, up, text, (_LEFT - 0.5) * text)

    def _limit(self) -> Iterator[Shape]:
        """Yield the tolerance, and below its line what it is: no run goes on there."""
        frame, tolerance = self._frame, self._tolerance
        words = on_tolerance(self._numerals.exact(tolerance), is_zero=tolerance == 0)
        if not is_held(tolerance):
            yield self._said(frame.right, BORDER + 0.6 * self._text, words, Ink.UPDATE, 1.0)
            return
        y = self._y(tolerance)
        ends = (frame.left, y), (frame.right, y)
        yield Line(ends, Tint(Ink.UPDATE), 1.5, is_dashed=True, name=_("tolerance"))
        away = 0.75 * self._text
        y += away if self._scale.has_room_below else -away
        said = self._said(frame.right, y, words, Ink.UPDATE, 1.0)
        yield said._replace(halo=not self._scale.has_room_below)

    def _curve(self, curve: RunCurve) -> Iterator[Shape]:
        parts: list[list[Point]] = [[]]
        for iteration, error in curve.points:
            if is_held(error):
                parts[-1].append((self._x(iteration), self._y(error)))
            elif parts[-1]:
                parts.append([])
        for part in parts:
            if len(part) > 1:
                way = tuple(part)
                yield Line(way, Tint(curve.ink), _STROKE, name=curve.name, dash=curve.dash)
        ends = [part[-1] for part in parts if part][-1:]
        for x, y in ends:
            yield Disc(x, y, _DOT * self._text, Tint(curve.ink), curve.name)

    def _extremes(self) -> Iterator[Shape]:
        """Yield marks for what is beyond the axis, where each begins and ends, and one name."""
        named = set[str]()
        for curve in self._curves:
            ends: dict[Extreme, list[float]] = {}
            for iteration, error in curve.points:
                if not is_held(error):
                    ends.setdefault(_kind(error), []).append(iteration)
            for kind, found in ends.items():
                y = self._frame.bottom if kind.is_at_foot else self._frame.top
                for x in {self._x(found[0]), self._x(found[-1])}:
                    yield Disc(x, y, 1.4 * _DOT * self._text, Tint(curve.ink), kind.value)
                if kind.value not in named:
                    away = (-1.0 if kind.is_at_foot else 1.0) * (0.5 + len(named)) * self._text
                    middle = (self._frame.left + self._frame.right) / 2
                    named.add(kind.value)
                    yield self._said(middle, y + 1.5 * away, kind.value, Ink.MUTED, 0.5)

    def _said(self, x: float, y: float, words: str, ink: Ink, align: float) -> Text:
        room = self._frame.width
        return Text(x, y, words, self._text, ink, room, name=words, align=align, halo=True)

    def _x(self, iteration: float) -> float:
        return self._frame.left + iteration / self._last * self._frame.width

    def _y(self, error: float) -> float:
        low, high = math.log10(self._scale.low), math.log10(self._scale.high)
        share = (math.log10(error) - low) / (high - low)
        return self._frame.bottom - share * self._frame.height


def _kind(error: float) -> Extreme:
    """Return what an error is that no axis holds: what is next to zero is as good as zero."""
    return extreme(error, is_log=True) or (Extreme.ZERO if error < 1 else Extreme.INFINITE)
