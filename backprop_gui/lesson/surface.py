"""The error over the two weights: its contours, the curve of exact solutions, and readings.

E depends on the weights through net_o = σ(i·w1)·w2 alone, so each contour is a closed formula:
E = c where out_o = t ± √(2c), which is where w2 = logit(out_o) / σ(i·w1).
"""

import math
from collections.abc import Iterable, Iterator
from enum import Enum
from typing import NamedTuple

from backprop_gui.core.kernel import sigmoid
from backprop_gui.core.network import Setup, backward, forward
from backprop_gui.core.run import Trace
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.round_numbers import DIGITS, multiples, nice
from backprop_gui.system.texts import _

FARTHEST = 1e9  # weights that a picture goes to
_LEAST_SPAN = 1e-9  # of a range, and of a range in units of its ends: what doubles can tell apart
_USUAL_SPAN = 1.0  # the least that is shown where nobody chose
_MARGIN = 0.2  # around what is shown, in units of the larger span
_FINE_DECADES = 2  # below the highest error with all levels; below them powers of ten are enough
_MOST_DECADES = 7
_FEWEST_LEVELS = 3  # with fewer, levels are at equal distances
_EQUAL_LEVELS, _LINEAR_LEVELS = 6, 25
_OFF, _FINEST = 0.1, 10  # units that a line may be off its contour, and halvings until it is not
_NEARER, _WAYS = 0.8, 100  # steps from far to near, in which the nearest solution is looked for


class Region(NamedTuple):
    """A part of the plane of weights, from low to high."""

    w1_low: float
    w1_high: float
    w2_low: float
    w2_high: float

    @property
    def w1_span(self) -> float:
        """How far it reaches in w1."""
        return self.w1_high - self.w1_low

    @property
    def w2_span(self) -> float:
        """How far it reaches in w2."""
        return self.w2_high - self.w2_low

    def contains(self, w1: float, w2: float) -> bool:
        """Say whether it has these weights."""
        return self.w1_low <= w1 <= self.w1_high and self.w2_low <= w2 <= self.w2_high

    def widened(self, aspect: float) -> "Region":
        """Return the region with more on two sides, so that it is `aspect` times as wide as high.

        A picture of that shape has equal units of it along both axes.
        """
        wide = max(self.w1_span, self.w2_span * aspect)
        low1, high1 = _around((self.w1_low + self.w1_high) / 2, wide)
        low2, high2 = _around((self.w2_low + self.w2_high) / 2, wide / aspect)
        return Region(low1, high1, low2, high2)


class Layer(Enum):
    """What the colours of a landscape show; the values are the words of the command line."""

    ERROR = "error"
    ITERATIONS = "iterations"
    ENDS = "ends"


class StartReading(NamedTuple):
    """What a run has at its start where it starts with these weights."""

    w1: float
    w2: float
    error: float
    de_dw1: float
    de_dw2: float


def range_problem(low: float, high: float, numerals: Numerals = FILES) -> str | None:
    """Return why a picture cannot go from one weight to another, for after its name, or None."""
    ends = {"low": numerals.exact(low), "high": numerals.exact(high)}
    if not (math.isfinite(low) and math.isfinite(high)):
        return _("must go from one finite number to another, not from {low} to {high}").format(
            **ends
        )
    if low >= high:
        return _("must go from a smaller to a larger number, not from {low} to {high}").format(
            **ends
        )
    if max(-low, high) > FARTHEST:
        sentence = _("must stay between {least} and {most}, not go from {low} to {high}")
        least, most = numerals.exact(-FARTHEST), numerals.exact(FARTHEST)
        return sentence.format(least=least, most=most, **ends)
    least_span = _LEAST_SPAN * max(1.0, abs(low), abs(high))
    if high - low < least_span:
        sentence = _("must be at least {least} wide there, not go from {low} to {high}")
        return sentence.format(least=numerals.short(least_span, 1), **ends)
    return None


def region_problem(region: Region, numerals: Numerals = FILES) -> str | None:
    """Return in one sentence why this region cannot be shown, or None."""
    for symbol, low, high in (("w₁", *region[:2]), ("w₂", *region[2:])):
        if problem := range_problem(low, high, numerals):
            return f"{symbol} {problem}"
    return None


def usual_region(setup: Setup, path: Trace | None = None, aspect: float = 1.0) -> Region:
    """Return the region with the start, the path and the nearest part of the valley.

    Its units are equal in a picture that is `aspect` times as wide as high.
    """
    points = [(setup.w1, setup.w2)]
    if path is not None:
        points += [
            (bound(path.w1), bound(path.w2)) for bound in (min, max)
        ]  # the corners of the box around it
        points.append((path.w1[-1], path.w2[-1]))
    points += _nearest_solution(setup, *points[-1])
    w1s, w2s = ([_within(each) for each in axis] for axis in zip(*points, strict=True))
    middle = (min(w1s) + max(w1s)) / 2, (min(w2s) + max(w2s)) / 2
    least = max(_USUAL_SPAN, 1e-6 * max(map(abs, middle)))
    height = max(max(w2s) - min(w2s), (max(w1s) - min(w1s)) / aspect, least)
    height = min(height * (1 + 2 * _MARGIN), 2 * FARTHEST / max(aspect, 1.0))
    low1, high1 = _around(middle[0], height * aspect)
    low2, high2 = _around(middle[1], height)
    return Region(low1, high1, low2, high2)


def _around(middle: float, span: float) -> tuple[float, float]:
    """Return a range of this span around a middle, moved to where a picture can go."""
    low = max(min(middle - span / 2, FARTHEST - span), -FARTHEST)
    return low, min(low + span, FARTHEST)


def _within(weight: float) -> float:
    return min(max(weight, -FARTHEST), FARTHEST)


def _nearest_solution(setup: Setup, w1: float, w2: float) -> list[tuple[float, float]]:
    """Return the exact solution that is nearest to a point, as far as a picture goes."""
    if not 0 < setup.target < 1:
        return []
    away = min(abs(contour(setup, setup.target, [w1])[0] - w2), FARTHEST)
    ways = [away * _NEARER**n for n in range(_WAYS)]
    w1s = [w1, *(w1 + way for way in ways), *(w1 - way for way in ways)]
    found = zip(w1s, contour(setup, setup.target, w1s), strict=True)
    nearest = min(found, key=lambda point: math.hypot(point[0] - w1, point[1] - w2))
    return [nearest] if max(map(abs, nearest)) <= FARTHEST else []


def logit(out: float) -> float:
    """Return the net input of which the sigmoid is `out`, for 0 < out < 1."""
    return math.log(out / (1.0 - out))


def branches(setup: Setup, level: float) -> tuple[float, ...]:
    """Return the outputs with which E is `level`, as far as they are between 0 and 1."""
    away = math.sqrt(2.0) * math.sqrt(level)
    outs = {setup.target - away, setup.target + away}
    return tuple(sorted(out for out in outs if 0.0 < out < 1.0))


def contour(setup: Setup, out_o: float, w1s: Iterable[float]) -> list[float]:
    """Return for each w1 the w2 with which the output is `out_o`; it may be infinite."""
    net = logit(out_o)
    return [_quotient(net, sigmoid(setup.input * w1)) for w1 in w1s]


def _quotient(net: float, out_h: float) -> float:
    if net == 0.0:
        return 0.0
    return net / out_h if out_h else math.copysign(math.inf, net)


def contour_points(
    setup: Setup, out_o: float, region: Region, size: tuple[float, float]
) -> list[tuple[float, float]]:
    """Return points of a contour in a region, from left to right, none where it has no part of it.

    In a picture of this size the lines between them are where the contour is, to a tenth of its
    unit.
    """
    curve = _Contour(setup, logit(out_o), region, size)
    ends = curve.ends()
    return [*curve.bent(*ends, _FINEST), ends[1]] if ends else []


class _Contour:
    """A contour, on which the output neuron's net input is `net`; it is convex or concave."""

    def __init__(self, setup: Setup, net: float, region: Region, size: tuple[float, float]) -> None:
        self._input, self._net, self._region = setup.input, net, region
        self._per_w1, self._per_w2 = size[0] / region.w1_span, size[1] / region.w2_span

    def ends(self) -> tuple[tuple[float, float], tuple[float, float]] | None:
        """Return where the contour enters the region and where it leaves it, or None."""
        found = []
        for w1 in self._region[:2]:
            w2 = self._w2(w1)
            inside = min(max(w2, self._region.w2_low), self._region.w2_high)
            found.append((w1, w2) if w2 == inside else (self._w1(inside), inside))
        (start, _), (end, _) = found
        low, high = self._region[:2]
        return (found[0], found[1]) if low <= start < end <= high else None

    def bent(
        self, start: tuple[float, float], end: tuple[float, float], finer: int
    ) -> Iterator[tuple[float, float]]:
        """Yield the points from the first one on until before the last."""
        wide, high = (end[0] - start[0]) * self._per_w1, (end[1] - start[1]) * self._per_w2
        w1, w2 = (start[0] + end[0]) / 2, (start[1] + end[1]) / 2
        if abs(wide) >= abs(high):
            middle = w1, self._w2(w1)
            off = abs(middle[1] - w2) * self._per_w2
        else:
            middle = self._w1(w2), w2
            off = abs(middle[0] - w1) * self._per_w1
        if finer and off > _OFF and start[0] < middle[0] < end[0]:
            yield from self.bent(start, middle, finer - 1)
            yield from self.bent(middle, end, finer - 1)
        else:
            yield start

    def _w2(self, w1: float) -> float:
        return _quotient(self._net, sigmoid(self._input * w1))

    def _w1(self, w2: float) -> float:
        """Return the w1 at which the contour has this w2; not a number where it never has."""
        out_h = self._net / w2 if w2 else 0.0
        return logit(out_h) / self._input if 0.0 < out_h < 1.0 and self._input else math.nan


def error_range(setup: Setup, region: Region | None = None) -> tuple[float, float]:
    """Return the least and the largest E of a region, or of the whole plane.

    Both are infinite or not a number where the target is so far away.
    """
    outs = (0.0, 1.0)
    if region:
        nets = _nets(setup, region)
        outs = sigmoid(min(nets)), sigmoid(max(nets))
    ends = [error_of(setup.target, out) for out in outs]
    has_solution = outs[0] <= setup.target <= outs[1]
    return (0.0 if has_solution else min(ends)), max(ends)


def error_of(target: float, out: float) -> float:
    """Return E of an output."""
    remaining = target - out
    return 0.5 * (remaining * remaining)


def _nets(setup: Setup, region: Region) -> list[float]:
    """Return the net inputs of the output neuron at the corners, where its extremes are."""
    out_hs = [sigmoid(setup.input * w1) for w1 in region[:2]]
    return [out_h * w2 for out_h in out_hs for w2 in region[2:]]


def net_range(setup: Setup, region: Region) -> tuple[float, float]:
    """Return the least and the largest net input of the output neuron in a region."""
    nets = _nets(setup, region)
    return min(nets), max(nets)


def levels(setup: Setup, region: Region, *, is_linear: bool = False) -> tuple[float, ...]:
    """Return the errors of which the region has contours worth a line, in rising order.

    They are 1, 2 and 5 times powers of ten above the tolerance, fewer where E is small. Where the
    region has few of these, and with `is_linear`, they are round numbers at equal distances.
    """
    low, high = error_range(setup, region)
    if not (math.isfinite(high) and 0.0 <= low < high):
        return ()
    floor = max(low, setup.tolerance * 1.5, high * 10.0**-_MOST_DECADES)
    if floor >= high:
        return ()
    if is_linear:
        whole = error_range(setup)
        step = nice((whole[1] - whole[0]) / _LINEAR_LEVELS)
        return tuple(level for level in multiples(step, low, high) if level > floor)
    found = [level for level in _decades(floor, high) if level < high]
    if len(found) >= _FEWEST_LEVELS:
        return tuple(found)
    found = multiples(nice((high - max(low, floor)) / _EQUAL_LEVELS), low, high)
    return tuple(level for level in found if level > floor)


def _decades(floor: float, high: float) -> list[float]:
    top = math.floor(math.log10(high))
    bottom = max(math.floor(math.log10(floor)) if floor > 0 else top, -307)
    found = []
    for decade in range(bottom, top + 1):
        steps = DIGITS if decade >= top - _FINE_DECADES else (1,)
        found += [float(f"{step}e{decade}") for step in steps]
    return [level for level in found if floor < level]


def dot_iterations(last: int) -> tuple[int, ...]:
    """Return 1, 2, 5, 10, 20, 50, … up to the last iteration, and that."""
    found, power = [], 1
    while power < last:
        found += [n * power for n in DIGITS if n * power < last]
        power *= 10
    return (*found, last)


def reading(setup: Setup, w1: float, w2: float) -> StartReading:
    """Return E and both gradients at a point, as a run computes them."""
    seen = forward(setup, w1, w2)
    found = backward(setup, w2, seen)
    return StartReading(w1, w2, seen.error, found.de_dw1, found.de_dw2)
