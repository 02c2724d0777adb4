"""What a person may have computed with: the intervals that written numbers stand for."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import pairwise
from math import ceil, floor, inf, trunc

from backprop_gui.lesson.arithmetic import INTERVALS, Interval, value
from backprop_gui.lesson.expression import Expression, Reference
from backprop_gui.lesson.written_number import WrittenNumber

HALF, WHOLE = 0.5, 1.0  # units of the last digit: who rounds, and who cuts off
_SLACK = 0.05  # of a unit: who keeps some more digits rounds those, too
_MOST_UNITS = 1e15
_TIE = 1e-9  # of a unit: in binary, what lies halfway is not quite there
_PIECES = 8  # into which an interval is parted where a formula has it twice


def meets(one: Interval, other: Interval) -> bool:
    """Say whether two intervals have a number in common."""
    return one.lo <= other.hi and other.lo <= one.hi


def used_interval(written: WrittenNumber, follows: Interval | None, units: float) -> Interval:
    """Return what a person may go on with: the number as written, or the one that it stands for.

    A wrong number follows from none, and nothing more is known of it than its digits.
    """
    if follows is None:
        return written.interval(units)
    is_exact = follows.lo <= written.value <= follows.hi
    box, slack = written.interval(units), 0.0 if is_exact else _SLACK * written.unit
    ends = (written.value, max(follows.lo, box.lo), min(follows.hi, box.hi))
    return Interval(min(ends) - slack, max(ends) + slack)


def shortened(follows: Interval, units: Iterable[float], usual: float) -> Interval:
    """Return what numbers may become whose last digit has one of some units, or stay.

    Who cuts off, whose `usual` is a whole unit, may also round.
    """
    lo, hi = follows
    for unit in units:
        lowest, highest = follows.lo / unit if unit else inf, follows.hi / unit if unit else inf
        if not max(abs(lowest), abs(highest)) < _MOST_UNITS:
            continue  # no double has so many digits
        ends = [ceil(lowest - HALF - _TIE), floor(highest + HALF + _TIE)]
        if usual == WHOLE:
            ends += [trunc(end + tie) for end in (lowest, highest) for tie in (-_TIE, _TIE)]
        lo, hi = min(lo, (min(ends) - _TIE) * unit), max(hi, (max(ends) + _TIE) * unit)
    return Interval(lo, hi)


def hull(formula: Expression, boxes: Mapping[str, Interval]) -> Interval:
    """Return the values of a formula for numbers from intervals.

    Where it has a quantity more than once, that is parted into pieces: each use ranges over a
    piece only, so that the result is not much wider than it need be.
    """
    repeated = _repeated(formula)
    if repeated is None:
        return value(formula, boxes, INTERVALS)
    lo, hi = boxes[repeated]
    if not lo < hi:
        return value(formula, boxes, INTERVALS)
    ends = [lo + (hi - lo) * n / _PIECES for n in range(_PIECES)] + [hi]
    hulls = [
        value(formula, {**boxes, repeated: Interval(*piece)}, INTERVALS) for piece in pairwise(ends)
    ]
    return Interval(min(each.lo for each in hulls), max(each.hi for each in hulls))


def _repeated(formula: Expression) -> str | None:
    """Return the first quantity that a formula has more than once, or None."""
    seen: set[str] = set()
    for name in _all_names(formula):
        if name in seen:
            return name
        seen.add(name)
    return None


def _all_names(formula: Expression) -> Iterator[str]:
    if isinstance(formula, Reference):
        yield formula.name
    for part in formula.parts:
        yield from _all_names(part)
