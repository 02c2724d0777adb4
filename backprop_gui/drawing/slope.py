"""The curve of a neuron's sigmoid as a drawing: where the neuron is, and how steep it is there.

Unlike the network's, its units are those of whoever asks for it, such as pixels.
"""

import math
from collections.abc import Iterator

from backprop_gui.core.kernel import sigmoid
from backprop_gui.drawing.shapes import Disc, Drawing, Ink, Line, Shape, Spot, Text, Tint
from backprop_gui.lesson.notation import plain
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.slope import CurvePoint
from backprop_gui.lesson.steps import Lesson
from backprop_gui.system.texts import _

LEAST_SIZE = (10.5, 4.4)  # of a figure, in units of its text
MOST_SIZE = (20.0, 13.0)
_ASPECT, _LEAST_ASPECT = 1.7, 1.2
_LEAST_WINDOW = 5.0  # to each side of 0; beyond, the usual curve is all but flat
_FULL = 0.85  # of the window, within which the point stays
_BEND = 8.0  # beyond, the curve is flat to the eye
_BENDS = 64  # stretches in which it is drawn up to there
_TANGENT = 0.25  # of the plot's width, from the point to each end
_BEYOND = 0.05  # of the plot's height, by which the tangent may leave it
_FINE = 15.0  # beyond this size of the text lines grow with it
_WIDTH_OF_A_DIGIT = 0.62  # in units of the text


def size_for(room: tuple[float, float], text: float) -> tuple[float, float] | None:
    """Return width and height of the figure in a room, or None where it would be too small."""
    width = min(_ASPECT * room[1], MOST_SIZE[0] * text, room[0])
    width = max(width, min(LEAST_SIZE[0] * text, room[0]))
    height = min(room[1], MOST_SIZE[1] * text, width / _LEAST_ASPECT)
    is_large_enough = width >= LEAST_SIZE[0] * text and height >= LEAST_SIZE[1] * text
    return (width, height) if is_large_enough else None


def window_for(net: float) -> float:
    """Return how far the curve is drawn to each side of 0: 5, 10, 20, 50, … with `net` in it.

    It is infinite where no double is large enough.
    """
    if abs(net) <= _FULL * _LEAST_WINDOW:
        return _LEAST_WINDOW
    decade = math.floor(math.log10(abs(net)))
    sizes = (float(f"{n}e{decade + more}") for more in (0, 1) for n in (1, 2, 5))
    return next(size for size in sizes if abs(net) <= _FULL * size)


def draw_slope(
    point: CurvePoint,
    lesson: Lesson,
    size: tuple[float, float],
    text: float,
    numerals: Numerals = FILES,
) -> Drawing | None:
    """Return the figure of a point, `size` wide and high, in letters of the size `text`.

    It is None for a point so far out that no double is beside it.
    """
    window = window_for(point.net)
    if not math.isfinite(window):
        return None
    pen = _CurvePen(point, lesson, size, text, numerals, window)
    return Drawing(*size, tuple(pen.shapes()), tuple(pen.spots()))


class _CurvePen:
    """A figure being drawn."""

    def __init__(
        self,
        point: CurvePoint,
        lesson: Lesson,
        size: tuple[float, float],
        text: float,
        numerals: Numerals,
        window: float,
    ) -> None:
        self._point, self._window, self._numerals, self._text = point, window, numerals, text
        names = (point.net_name, point.out_name)
        self._net_symbol, self._out_symbol = (lesson.quantities[name].symbol for name in names)
        self._ink = Ink.FORWARD
        if point.slope_name:
            self._ink = Ink(lesson.steps[lesson.step_of[point.slope_name] - 1].phase.value)
        self._dot = 0.32 * text
        self._bold = max(1.0, text / _FINE)
        self._left = text * (_WIDTH_OF_A_DIGIT * len(plain(self._out_symbol)) + 0.5)
        self._right = size[0] - self._dot - 1
        self._top, self._bottom = 0.55 * text, size[1] - 1.55 * text

    def shapes(self) -> Iterator[Shape]:
        """Yield the axes with their names, the curve, and what belongs to the point."""
        yield from self._axes()
        yield Line(
            tuple(self._curve()), Tint(Ink.TEXT, 0.6), 2.0 * self._bold, name=_("curve of σ")
        )
        x, y = self._place(self._point.net, self._point.out)
        if self._point.slope is None:
            way = ((x, self._bottom), (x, y), (self._left, y))
            name = _("from the net input to the output")
            yield Line(way, Tint(self._ink), 1.5 * self._bold, is_dashed=True, name=name)
        else:
            yield Line(
                self._tangent(self._point.slope),
                Tint(self._ink),
                2.5 * self._bold,
                name=_("tangent"),
            )
            yield self._slope_text(self._point.slope)
        yield Disc(x, y, self._dot, Tint(self._ink), _("where the neuron is"))

    def spots(self) -> Iterator[Spot]:
        """Yield the places of the quantities that the figure shows."""
        x, y = self._place(self._point.net, self._point.out)
        size = 2 * self._text
        middle = (self._left + self._right) / 2
        yield Spot(middle, self._bottom + self._text, size, size, self._point.net_name)
        yield Spot(self._left / 2, self._middle, self._left, size, self._point.out_name)
        shown = self._point.slope_name or self._point.out_name
        yield Spot(x, y, size, size, shown)

    def _axes(self) -> Iterator[Shape]:
        left, right, top, bottom = self._left, self._right, self._top, self._bottom
        line, faint = Tint(Ink.LINE), Tint(Ink.LINE, 0.6)
        centre, _y = self._place(0.0, 0.0)
        yield Line(((left, top), (right, top)), faint, 1.0, is_dashed=True, name=_("1"))
        yield Line(((centre, top), (centre, bottom)), faint, 1.0, is_dashed=True, name=_("0"))
        yield Line(((left, top), (left, bottom), (right, bottom)), line, 1.2, name=_("axes"))
        ends = self._numerals.exact(-self._window), self._numerals.exact(self._window)
        if len(ends[0]) > 6:
            ends = self._numerals.short(-self._window, 1), self._numerals.short(self._window, 1)
        low, y, width = left - 0.35 * self._text, bottom + 0.8 * self._text, (right - left) / 2
        yield self._label(ends[0], left, y, width, 0.0)
        yield self._label(ends[1], right, y, width, 1.0)
        used = 2 * len(ends[0]) + len(plain(self._net_symbol)) + 2
        if used * _WIDTH_OF_A_DIGIT * self._text <= right - left:
            yield self._label(self._net_symbol, (left + right) / 2, y, width, 0.5)
        yield self._label("1", low, top, left, 1.0)
        if bottom - top >= 3.2 * self._text:
            yield self._label(self._out_symbol, low, self._middle, left, 1.0)
        yield self._label("0", low, bottom - 0.1 * self._text, left, 1.0)

    def _label(self, text: str, x: float, y: float, room: float, align: float) -> Text:
        symbols = tuple({self._net_symbol, self._out_symbol} & {text})
        return Text(x, y, text, self._text, Ink.MUTED, room, False, plain(text), align, symbols)

    def _slope_text(self, slope: float) -> Text:
        """The slope in the corner that neither the curve nor the tangent comes to."""
        size, is_low = self._text, self._point.net >= 0
        room = (self._right - self._left) / 2 - 0.15 * size
        text = self._numerals.short(slope)
        for digits in range(self._numerals.digits - 1, 0, -1):
            if len(text) * _WIDTH_OF_A_DIGIT * size <= room:
                break
            text = self._numerals.short(slope, digits)
        x = self._right - 0.2 * size if is_low else self._left + 0.5 * size
        y = self._bottom - 0.8 * size if is_low else self._top + 0.9 * size
        align = 1.0 if is_low else 0.0
        return Text(x, y, text, size, self._ink, room, is_bold=True, name=_("slope"), align=align)

    def _curve(self) -> Iterator[tuple[float, float]]:
        """Yield the curve's points, of which one is the neuron's."""
        bend = min(_BEND, self._window)
        nets = {bend * (2 * n / _BENDS - 1) for n in range(_BENDS + 1)}
        point = self._point
        outs = {net: sigmoid(net) for net in (nets | {-self._window, self._window}) - {point.net}}
        outs[point.net] = point.out
        for net in sorted(outs):
            yield self._place(net, outs[net])

    def _tangent(self, slope: float) -> tuple[tuple[float, float], ...]:
        """Return the ends of the tangent, which ends where the plot does."""
        width = self._right - self._left
        per_net = width / self._window / 2
        reach = _TANGENT * width / math.hypot(per_net, slope * self._height)
        net, out, window = self._point.net, self._point.out, self._window
        to_left, to_right = min(reach, net + window), min(reach, window - net)
        if slope > 0:
            to_left = min(to_left, (out + _BEYOND) / slope)
            to_right = min(to_right, (1 - out + _BEYOND) / slope)
        return (
            self._place(net - to_left, out - slope * to_left),
            self._place(net + to_right, out + slope * to_right),
        )

    @property
    def _height(self) -> float:
        return self._bottom - self._top

    @property
    def _middle(self) -> float:
        return (self._top + self._bottom) / 2

    def _place(self, net: float, out: float) -> tuple[float, float]:
        share = 0.5 + net / self._window / 2
        return self._left + share * (self._right - self._left), self._bottom - out * self._height
