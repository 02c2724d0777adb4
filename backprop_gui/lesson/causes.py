"""Which mistakes give the number of a wrong line."""

from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from backprop_gui.lesson.arithmetic import DOUBLES, Interval, value
from backprop_gui.lesson.expression import Expression
from backprop_gui.lesson.mistakes import Mistake, mistakes, mistakes_within
from backprop_gui.lesson.slips import EXCHANGED
from backprop_gui.lesson.steps import Lesson
from backprop_gui.lesson.verdicts import Cause
from backprop_gui.lesson.written_intervals import HALF, WHOLE, hull, meets
from backprop_gui.lesson.written_number import WrittenNumber
from backprop_gui.system.texts import _

MOST_CAUSES = 3
_MOST_PAIRS = 400  # that are tried in one line, those of common mistakes first
# No digits that were kept or left out take a number so far: of itself, and units of the last digit.
_FAR, _UNITS_FAR = 0.2, 8.0


class OwnNumbers(NamedTuple):
    """What a person may have computed with, by code name.

    The numbers as they are written, the true ones, and the intervals that they stand for;
    `is_cutting` says whether any line is cut off.
    """

    points: Mapping[str, float]
    true: Mapping[str, float]
    boxes: Mapping[str, Interval]
    is_cutting: bool


def causes(
    name: str,
    written: WrittenNumber,
    formulas: tuple[Expression, ...],
    known: OwnNumbers,
    slips: Iterable[Mistake],
    lesson: Lesson,
) -> tuple[Cause, ...]:
    """Return at most three causes of a wrong number, the most likely first.

    `formulas` are the line's own and, where lines before it are missing, the one with theirs put
    in. One mistake in the line comes first, then one in a line before it that was written right,
    and two in one line are tried last.
    """
    single = tuple(chain.from_iterable(mistakes(name, each, lesson) for each in formulas))
    tried: tuple[Iterable[Mistake], ...] = (
        _exchanged_first(chain(single, slips)),
        mistakes_within(name, formulas[0], lesson),
        _pairs(name, formulas[-1], lesson),
    )
    for place, candidates in enumerate(tried):
        # What is far-fetched is not said of a number that it gives only where that is cut off.
        may_be_cut = known.is_cutting or place == 0
        found = _explaining(written, formulas[0], candidates, known, may_be_cut=may_be_cut)
        if found:
            return tuple(Cause(*each[:4]) for each in found[:MOST_CAUSES])
    return ()


def _exchanged_first(found: Iterable[Mistake]) -> list[Mistake]:
    """Return mistakes in their order, but first that two lines fit in each other's place."""
    return sorted(found, key=lambda mistake: mistake.id != EXCHANGED)


def is_explained(
    name: str, written: WrittenNumber, formula: Expression, known: OwnNumbers, lesson: Lesson
) -> bool:
    """Say whether one mistake in the line itself gives its number."""
    return bool(_explaining(written, formula, mistakes(name, formula, lesson), known))


def _explaining(
    written: WrittenNumber,
    right: Expression,
    candidates: Iterable[Mistake],
    known: OwnNumbers,
    *,
    may_be_cut: bool = True,
) -> list[Mistake]:
    """Return those of some mistakes that give a number, each value once.

    Those that give it from the very numbers written come first, then those for which it takes what
    the digits leave open, rounded and then cut off.
    """
    fits: tuple[list[Mistake], ...] = ([], [], [])
    # Two mistakes that cancel each other give what is right.
    values = [value(right, known.points, DOUBLES)]
    for mistake in candidates:
        point = _value(mistake.expression, known.points)
        fit = _fit(written, mistake.expression, point, known)
        if fit is not None and not any(_is_same(point, other) for other in values):
            values.append(point)
            fits[fit].append(mistake)
    return [mistake for each in fits[: 3 if may_be_cut else 2] for mistake in each]


def _fit(
    written: WrittenNumber, formula: Expression, point: float, known: OwnNumbers
) -> int | None:
    """Return how well a formula gives a number, from 0, or None where it does not."""
    rounded = written.interval(HALF)
    if rounded.lo <= point <= rounded.hi:
        return 0
    far = _FAR * (abs(written.value) + abs(point)) + _UNITS_FAR * written.unit
    if not abs(point - written.value) <= far:
        return None
    true = _value(formula, known.true)
    if rounded.lo <= true <= rounded.hi:
        return 0
    values = hull(formula, known.boxes)
    if meets(values, rounded):
        return 1
    return 2 if meets(values, written.interval(WHOLE)) else None


@lru_cache(maxsize=64)
def _pairs(name: str, formula: Expression, lesson: Lesson) -> tuple[Mistake, ...]:
    """Return two mistakes in one line, those of common ones first."""
    found = sorted(_all_pairs(name, formula, lesson), key=lambda pair: pair[0])
    return tuple(
        Mistake(
            f"{one.id}+{other.id}",
            other.expression,
            _("{one}, and {other}").format(one=one.text, other=other.text),
            one.question,
            rank,
        )
        for rank, one, other in found[:_MOST_PAIRS]
    )


def _all_pairs(
    name: str, formula: Expression, lesson: Lesson
) -> Iterator[tuple[int, Mistake, Mistake]]:
    for one in mistakes(name, formula, lesson):
        for other in mistakes(name, one.expression, lesson):
            if other.id != one.id:
                yield one.rank + other.rank, one, other


def _value(formula: Expression, values: Mapping[str, float]) -> float:
    try:
        return value(formula, values, DOUBLES)
    except OverflowError:
        return float("nan")


def _is_same(one: float, other: float) -> bool:
    return one == other or abs(one - other) <= 1e-12 * max(abs(one), abs(other))
