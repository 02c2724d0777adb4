"""The error's curve in small as a drawing: the run, the tolerance, and where the person is."""

import math
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from backprop_gui.drawing.layout import Way
from backprop_gui.drawing.shapes import Drawing, Ink, Line, Shape, Text, Tint
from backprop_gui.drawing.small_plot import DOT, LabelPlace, SmallPlot
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.system.texts import _

_FOOT = 1.3  # of the tolerance's name below the curve, in units of the text
_TOP, _TOP_BELOW_NAME = 0.4, 1.4  # above the curve
_DEPTHS = (1.0, 0.45)  # of what is known, and of what comes

EXPECTED = Tint(Ink.TEXT, 0.75)  # as by a pencil; it is dashed, too
_PENCIL = 0.6, 0.4  # lengths on and off

Points = list[tuple[float, float]]


class Course(NamedTuple):
    """A run as (iteration, error): what is known of it, what it comes to, and one moment.

    All errors but that of the moment are positive and finite. `last` is the iteration at the right
    end of the axis, and a `tolerance` of 0 is none. `expected` is what a person expects instead.
    """

    known: Points
    ahead: Points
    here: tuple[int, float]
    last: int
    tolerance: float
    is_log_iterations: bool = False
    expected: Sequence[tuple[float, float]] = ()

    def share(self, iteration: float) -> float:
        """Return where an iteration is, from 0 at the left to 1, the last one's place."""
        last = max(2, self.last)
        if self.is_log_iterations:
            return math.log10(iteration) / math.log10(last)
        return (iteration - 1) / (last - 1)


class _Scale(NamedTuple):
    """The logarithms of the least and the greatest error on the axis."""

    least: float
    most: float

    @classmethod
    def of(cls, course: Course) -> "_Scale":
        """Return the scale on which all of these have a place that can have one."""
        errors = [error for _iteration, error in (*course.known, *course.ahead, *course.expected)]
        logs = [math.log10(error) for error in (*errors, course.tolerance) if error > 0]
        return cls(min(logs, default=0.0), max(logs, default=0.0))

    def share(self, error: float) -> float:
        """Return how high an error is, from 0 to 1."""
        if self.least == self.most:
            return 0.5
        return min(max((math.log10(error) - self.least) / (self.most - self.least), 0.0), 1.0)


def draw_error(
    course: Course, size: tuple[float, float], text: float, numerals: Numerals = FILES
) -> Drawing:
    """Return the curve of a run, `size` wide and high, in letters of the size `text`."""
    shapes = _CoursePen(course, size, text, numerals, _TOP).shapes()
    if shapes is None:  # it needs a line of its own for the name
        shapes = _CoursePen(course, size, text, numerals, _TOP_BELOW_NAME).shapes()
    return Drawing(*size, tuple(shapes or ()), ())


class _CoursePen:
    """A curve being drawn, that begins `top` texts below the upper end."""

    def __init__(
        self,
        course: Course,
        size: tuple[float, float],
        text: float,
        numerals: Numerals,
        top: float,
    ) -> None:
        self._course, self._numerals, self._text = course, numerals, text
        self._scale = _Scale.of(course)
        self._is_name_above = top == _TOP_BELOW_NAME
        foot = _FOOT if course.tolerance else DOT
        left = DOT * text + 1  # room for half of a point
        self._plot = SmallPlot.on(size, text, left=left, top=top * text, foot=foot * text)

    def shapes(self) -> list[Shape] | None:
        """Return the shapes, or None where the error's name has no place beside the curve."""
        plot, course = self._plot, self._course
        ways = [self._way(points) for points in (course.known, course.ahead)]
        shapes: list[Shape] = [plot.axes(plot.top), *self._tolerance()]
        lines = [shape.points for shape in shapes[1:] if isinstance(shape, Line)]
        for way, depth in reversed(list(zip(ways, _DEPTHS, strict=True))):
            if len(way) > 1:
                tint = Tint(Ink.FORWARD, depth)
                shapes.append(Line(way, tint, self._text / 10, name=_("error")))
        expected = self._way(course.expected)
        if expected:
            dash = _PENCIL[0] * self._text, _PENCIL[1] * self._text
            shapes.append(
                Line(expected, EXPECTED, self._text / 12, True, name=_("expected"), dash=dash)
            )
            ways.append(expected)
        if 0 < course.here[1] < math.inf:
            x, y = self._at(*course.here)
            shapes.append(plot.point(x, y, Ink.FORWARD, _("here")))
            lines += plot.around(x, y)
        name = self._name([*ways, *lines])
        if name is None:
            return None
        words = [self._around(each) for each in (*shapes, name) if isinstance(each, Text)]
        shapes += self._expected_name(expected, [*ways, *lines, *words])
        last = self._numerals.count(course.last) if course.last > 1 else ""
        return [*shapes, name, *plot.below("1", last, _("iteration"))]

    def _name(self, ways: list[Way]) -> Text | None:
        """The error's name, or its symbol alone, where no way comes; None where all is full."""
        plot, name, symbol = self._plot, _("error E"), "E"
        if self._is_name_above:
            return plot.label(name, LabelPlace(plot.right, 0.7 * self._text, 1.0))
        if place := plot.free(name, self._places(), ways):
            return plot.label(name, place)
        place = plot.free(symbol, self._places(), ways)
        return plot.label(symbol, place, is_symbol=True) if place else None

    def _expected_name(self, way: Way, ways: list[Way]) -> Iterator[Text]:
        """The name of the expected curve beside it, where no way comes."""
        plot, name, beside, high = self._plot, _("expected"), 0.3 * self._text, 0.6 * self._text
        places = (
            LabelPlace(x + (1 - 2 * align) * beside, y + up * high, align)
            for x, y in (way[len(way) * n // 6] for n in (3, 2, 4, 1, 5, 0) if way)
            for up, align in ((-1, 0.0), (1, 1.0), (1, 0.0), (-1, 1.0))
            if plot.top < y + up * high < plot.bottom - high
        )
        if place := plot.free(name, places, ways):
            yield plot.label(name, place, EXPECTED.ink)

    def _around(self, text: Text) -> Way:
        left, top, right, bottom = self._plot.room_of(
            text.text, LabelPlace(text.x, text.y, text.align)
        )
        return (left, top), (right, top), (right, bottom), (left, bottom), (left, top)

    def _tolerance(self) -> Iterator[Shape]:
        """The line of the tolerance, and its name between the least error and the axis."""
        plot, tolerance = self._plot, self._course.tolerance
        if not tolerance:
            return
        _x, y = self._at(1, tolerance)
        ends = ((plot.left, y), (plot.right, y))
        yield Line(ends, Tint(Ink.UPDATE), 2.0, is_dashed=True, name=_("tolerance"))
        name = _("E < {tolerance}").format(tolerance=self._numerals.exact(tolerance))
        place = LabelPlace(plot.left + 0.4 * self._text, plot.bottom - 0.55 * self._text, 0.0)
        yield plot.label(name, place, Ink.UPDATE)

    def _places(self) -> Iterator[LabelPlace]:
        """Where the error's name may stand: at the right first, where the error is small."""
        plot, text = self._plot, self._text
        for y in (0.7 * text, plot.foot - 0.8 * text):
            yield LabelPlace(plot.right, y, 1.0)
            yield LabelPlace(plot.left + 0.6 * text, y, 0.0)

    def _way(self, points: Sequence[tuple[float, float]]) -> Way:
        return tuple(self._at(*point) for point in points)

    def _at(self, iteration: float, error: float) -> tuple[float, float]:
        return self._plot.at(self._course.share(iteration), self._scale.share(error))
