"""The error curve that a person expects of a run, drawn by hand, and how it turned out."""

import math
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import NamedTuple

from backprop_gui.core.network import MOST_ITERATIONS, Setup
from backprop_gui.core.run import Known, Stop
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.system.texts import _, ngettext

_MOST_BETWEEN = 32  # points of one stroke, which is a few pixels long
_MOST_ERROR = 1e300


class Point(NamedTuple):
    """An iteration, from 1, and the error E that a person expects there: 0 or more, finite."""

    iteration: int
    error: float


class Stroke(NamedTuple):
    """A piece of a line drawn by hand, straight on axes that are logarithmic or linear.

    `start` and `end` are (iteration, error); iterations need not be whole, nor lie in their order.
    """

    start: tuple[float, float]
    end: tuple[float, float]
    is_log_iterations: bool = False
    is_log_error: bool = True

    def points(self) -> list[Point]:
        """Return the stroke as points of whole iterations in their order, one for each of a few.

        What lies out of reach is moved to where there are iterations and errors. Raises ValueError
        for what is no number.
        """
        if not all(map(math.isfinite, (*self.start, *self.end))):
            raise ValueError(f"a stroke has four finite numbers: {self.start}, {self.end}")
        (first, start), (last, end) = (
            (_whole(iteration), min(max(error, 0.0), _MOST_ERROR))
            for iteration, error in (self.start, self.end)
        )
        if first == last:
            return [Point(last, end)]  # the hand was there last
        left, right = self._across(first), self._across(last)
        places = {first: 0.0, last: 1.0}
        count = min(abs(last - first), _MOST_BETWEEN)
        for each in range(1, count):
            iteration = _whole(self._iteration(left + (right - left) * each / count))
            places[iteration] = (self._across(iteration) - left) / (right - left)
        is_log = self.is_log_error
        return [Point(at, between(start, end, places[at], is_log=is_log)) for at in sorted(places)]

    def _across(self, iteration: float) -> float:
        return math.log(iteration) if self.is_log_iterations else iteration

    def _iteration(self, place: float) -> float:
        return math.exp(place) if self.is_log_iterations else place


@dataclass(frozen=True, slots=True)
class ExpectedCurve:
    """One error for each iteration, as far as it is drawn: `points` in the order of iterations.

    Between two of them E changes by the same factor in each iteration. `known` are the setups of
    the runs whose end could be seen when a piece of the curve was drawn.
    """

    points: tuple[Point, ...] = ()
    known: frozenset[Setup] = frozenset()

    def __bool__(self) -> bool:
        return bool(self.points)

    def with_stroke(self, stroke: Stroke) -> "ExpectedCurve":
        """Return the curve with what the stroke goes over as it draws it; the rest stays."""
        drawn = stroke.points()
        first, last = drawn[0].iteration, drawn[-1].iteration
        # A stroke in a gap between two points leaves the rest of the line where it was.
        beside = ((at, self.error(at)) for at in (first - 1, last + 1))
        points = dict(self.points) | {at: error for at, error in beside if error is not None}
        rest = [Point(at, error) for at, error in points.items() if not first <= at <= last]
        return replace(self, points=tuple(sorted([*rest, *drawn])))

    def error(self, iteration: int) -> float | None:
        """Return the error that is expected of an iteration, or None where nothing is drawn."""
        for (first, start), (last, end) in pairwise(self.points):
            if first <= iteration <= last:
                return between(start, end, (iteration - first) / (last - first))
        return next((error for at, error in self.points if at == iteration), None)

    def course(self) -> tuple[Point, ...]:
        """Return so many points that straight lines between them show the curve on all axes."""
        course = list(self.points[:1])
        for (first, start), (last, end) in pairwise(self.points):
            course += Stroke((first, start), (last, end)).points()[1:]
        return tuple(course)

    def below(self, tolerance: float) -> int | None:
        """Return the first iteration whose error is below the tolerance, or None."""
        for at, error in self.points[:1]:
            if error < tolerance:
                return at
        for (first, start), (last, end) in pairwise(self.points):
            if end < tolerance:
                whole = math.floor((last - first) * _share(start, end, tolerance))
                return min(first + whole + 1, last)
        return None


NOTHING_EXPECTED = ExpectedCurve()


def between(start: float, end: float, share: float, *, is_log: bool = True) -> float:
    """Return the error at a share of the way, from 0 to 1, between two: by factors, or straight.

    Straight, too, where one of them is 0, which no factor leads to.
    """
    if share in (0.0, 1.0):
        return end if share else start
    if is_log and start and end:
        return math.exp(math.log(start) + (math.log(end) - math.log(start)) * share)
    return start + (end - start) * share


def how_it_went(curve: ExpectedCurve, run: Known, numerals: Numerals = FILES) -> str:
    """Return in a sentence how far from the curve a run ended, "" where that cannot be told."""
    tolerance = run.setup.tolerance
    if not curve or not tolerance or run.stop is None:
        return ""
    expected = curve.below(tolerance)
    is_learned = run.stop is Stop.TOLERANCE
    if expected is not None:
        return _on_fall(_rounded(expected), run.iteration, numerals, is_learned=is_learned)
    if run.stop is Stop.NOT_FINITE:
        return ""
    last = curve.points[-1].iteration
    if last < run.iteration:
        return _on_short_curve(last, run.iteration, numerals, is_learned=is_learned)
    if is_learned:
        text = ngettext(
            "You expected E to stay above the tolerance; it fell below after {count} iteration.",
            "You expected E to stay above the tolerance; it fell below after {count} iterations.",
            run.iteration,
        )
    else:
        text = _("You expected E to stay above the tolerance, and it did.")
    return text.format(count=numerals.count(run.iteration))


def _on_fall(expected: int, ended: int, numerals: Numerals, *, is_learned: bool) -> str:
    guess = ngettext(
        "You expected E below the tolerance after about {expected} iteration",
        "You expected E below the tolerance after about {expected} iterations",
        expected,
    ).format(expected=numerals.count(expected))
    if is_learned:
        text = _("{guess}; it took {count}.")
    else:
        text = _("{guess}; it was not below when the run ended, after {count}.")
    return text.format(guess=guess, count=numerals.count(ended))


def _on_short_curve(last: int, ended: int, numerals: Numerals, *, is_learned: bool) -> str:
    if is_learned:
        text = _(
            "Your curve ends above the tolerance at iteration {last}; E fell below it after "
            "{count} iterations."
        )
    else:
        text = _(
            "Your curve ends above the tolerance at iteration {last}; E was still above it at "
            "iteration {count}."
        )
    return text.format(last=numerals.count(last), count=numerals.count(ended))


def _rounded(count: int) -> int:
    """Return a count to two digits: a hand draws no better."""
    return round(count, min(0, 2 - len(str(count))))


def _share(start: float, end: float, error: float) -> float:
    """Return at which share of the way from `start` down to `end`, below it, the error is."""
    if end:
        return (math.log(start) - math.log(error)) / (math.log(start) - math.log(end))
    return (start - error) / start


def _whole(iteration: float) -> int:
    return min(max(round(iteration), 1), MOST_ITERATIONS)
