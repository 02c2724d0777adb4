"""The curve of a neuron's sigmoid as a drawing: where the neuron is, and how steep it is there.

Unlike the network's, its units are those of whoever asks for it, such as pixels.
"""

import math
from collections.abc import Iterator

from backprop_gui.core.kernel import sigmoid
from backprop_gui.drawing.layout import Way
from backprop_gui.drawing.shapes import Drawing, Ink, Line, Shape, Spot, Text, Tint
from backprop_gui.drawing.small_plot import LabelPlace, SmallPlot
from backprop_gui.drawing.widths import width
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.slope import CurvePoint
from backprop_gui.lesson.steps import Lesson
from backprop_gui.system.texts import _

LEAST_SIZE = (12.0, 4.4)  # of a figure, in units of its text
MOST_SIZE = (20.0, 13.0)
_ASPECT, _LEAST_ASPECT = 1.7, 1.2
_LEAST_WINDOW = 5.0  # to each side of 0; beyond, the usual curve is all but flat
_FULL = 0.85  # of the window, within which the point stays
_BEND = 8.0  # beyond, the curve is flat to the eye
_BENDS = 64  # stretches in which it is drawn up to there
_TANGENT = 0.25  # of the plot's width, from the point to each end
_BEYOND = 0.05  # of the plot's height, by which the tangent may leave it
_FINE = 15.0  # beyond this size of the text lines grow with it
_LONGEST_END = 6  # letters of a number at an end of the axis
_LEAST_HEIGHT = 3.2  # of a plot with a symbol beside it, in units of the text


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
        self._bold = max(1.0, text / _FINE)
        aside = width(self._out_symbol, text, (self._out_symbol,)) + 0.5 * text
        self._plot = SmallPlot.on(size, text, left=aside, top=0.55 * text)
        self._at = self._place(point.net, point.out)
        self._curve = tuple(self._made_curve())

    def shapes(self) -> Iterator[Shape]:
        """Yield the axes with their names, the curve, and what belongs to the point."""
        point, plot, tint, name = self._point, self._plot, Tint(self._ink), _("curve of σ")
        lines = [Line(self._curve, Tint(Ink.TEXT, 0.6), 2.0 * self._bold, name=name)]
        label = None
        if point.slope is None:
            x, y = self._at
            way: Way = ((x, plot.bottom), self._at, (plot.left, y))
            name = _("from the net input to the output")
            lines.append(Line(way, tint, 1.5 * self._bold, is_dashed=True, name=name))
        else:
            way = self._tangent(point.slope)
            lines.append(Line(way, tint, 2.5 * self._bold, name=_("tangent")))
            label = self._slope_text(point.slope, way)
        yield from self._axes(label)
        yield from lines
        if label:
            yield label
        yield plot.point(*self._at, self._ink, _("where the neuron is"))

    def spots(self) -> Iterator[Spot]:
        """Yield the places of the quantities that the figure shows."""
        plot, size = self._plot, 2 * self._text
        across, up = plot.middle
        yield Spot(across, plot.bottom + self._text, size, size, self._point.net_name)
        yield Spot(plot.left / 2, up, plot.left, size, self._point.out_name)
        shown = self._point.slope_name or self._point.out_name
        yield Spot(*self._at, size, size, shown)

    def _axes(self, label: Text | None) -> Iterator[Shape]:
        plot, text, faint = self._plot, self._text, Tint(Ink.LINE, 0.6)
        top = ((plot.left, plot.top), (plot.right, plot.top))
        yield Line(top, faint, 1.0, is_dashed=True, name=_("1"))
        yield Line(self._middle_line(label), faint, 1.0, is_dashed=True, name=_("0"))
        yield plot.axes()
        ends = self._numerals.exact(-self._window), self._numerals.exact(self._window)
        if len(ends[0]) > _LONGEST_END:
            ends = self._numerals.short(-self._window, 1), self._numerals.short(self._window, 1)
        yield from plot.below(*ends, self._net_symbol, is_symbol=True)
        low = plot.left - 0.35 * text
        yield plot.label("1", LabelPlace(low, plot.top, 1.0))
        if plot.bottom - plot.top >= _LEAST_HEIGHT * text:
            place = LabelPlace(low, plot.middle[1], 1.0)
            yield plot.label(self._out_symbol, place, is_symbol=True)
        yield plot.label("0", LabelPlace(low, plot.bottom - 0.1 * text, 1.0))

    def _middle_line(self, label: Text | None) -> Way:
        """Return the upright line at 0, which ends where the slope stands."""
        plot = self._plot
        x, _y = self._place(0.0, 0.0)
        top, bottom = plot.top, plot.bottom
        if label:
            place = LabelPlace(label.x, label.y, label.align)
            left, upper, right, lower = plot.room_of(label.text, place)
            if left <= x <= right:
                top, bottom = (top, upper) if label.align else (lower, bottom)
        return (x, top), (x, bottom)

    def _slope_text(self, slope: float, tangent: Way) -> Text | None:
        """The slope, as in the formula, where neither the curve nor the tangent comes to."""
        plot, size = self._plot, self._text
        low = LabelPlace(plot.right - 0.2 * size, plot.bottom - 0.8 * size, 1.0)
        high = LabelPlace(plot.left + 0.5 * size, plot.top + 0.9 * size, 0.0)
        text = self._numerals.short(slope)
        places = (low, high) if self._point.net >= 0 else (high, low)
        ways = (self._curve, tangent, *plot.around(*self._at))
        place = plot.free(text, places, ways)
        if place is None:
            return None  # the formula beside it has the number, and it is one number there and here
        made = plot.label(text, place, self._ink)
        return made._replace(is_bold=True, name=_("slope"))

    def _made_curve(self) -> Iterator[tuple[float, float]]:
        """Yield the curve's points, of which one is the neuron's."""
        bend = min(_BEND, self._window)
        nets = {bend * (2 * n / _BENDS - 1) for n in range(_BENDS + 1)}
        point = self._point
        outs = {net: sigmoid(net) for net in (nets | {-self._window, self._window}) - {point.net}}
        outs[point.net] = point.out
        for net in sorted(outs):
            yield self._place(net, outs[net])

    def _tangent(self, slope: float) -> Way:
        """Return the ends of the tangent, which ends where the plot does."""
        wide, high = self._plot.right - self._plot.left, self._plot.bottom - self._plot.top
        reach = _TANGENT * wide / math.hypot(wide / self._window / 2, slope * high)
        net, out, window = self._point.net, self._point.out, self._window
        to_left, to_right = min(reach, net + window), min(reach, window - net)
        if slope > 0:
            to_left = min(to_left, (out + _BEYOND) / slope)
            to_right = min(to_right, (1 - out + _BEYOND) / slope)
        return (
            self._place(net - to_left, out - slope * to_left),
            self._place(net + to_right, out + slope * to_right),
        )

    def _place(self, net: float, out: float) -> tuple[float, float]:
        return self._plot.at(0.5 + net / self._window / 2, out)
