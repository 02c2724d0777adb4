"""Lines rounded as on paper, but computed in doubles wherever these are near enough to be sure.

Decimals take several times as long. A double is taken where no number within the error that it can
have would be rounded differently; all other lines are computed in decimals, so that every bit is
theirs.
"""

import math
from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

from backprop_gui.lesson.arithmetic import DOUBLES
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.expression import (
    Difference,
    Expression,
    HalfSquare,
    Negative,
    Number,
    Product,
    Reference,
    Sigmoid,
)
from backprop_gui.lesson.listing import code

Write = Callable[[float, float], float]

_UNIT = 2.0**-50  # eight times what one operation is off by: the bounds below need no care
_SIGMOID_OFF = 8  # what exp and the division are off by, in such operations
# Five numbers within these have a product that no double loses; with eight decimals they have 15
# digits, which doubles hold.
_TAME = 1e-60, 1e6
_LEAST_OFF = 1e-300  # σ is never 0, but a double may be
_MOST_SCALED = 2.0**30  # above it, digits at the end of a double are no longer far from a half
_POWERS = tuple(10.0**n for n in range(23))  # which doubles hold exactly


def is_tame(values: Iterable[float]) -> bool:
    """Say whether lines may be computed in doubles from these numbers."""
    return all(x == 0 or _TAME[0] < abs(x) < _TAME[1] for x in values)


@lru_cache(maxsize=16)
def writer(digits: int, *, is_of_decimals: bool, is_cut: bool) -> Write:
    """Return what rounds a double that is off by `bound` units at most; nan where that is unsure.

    The result is the double nearest to the rounded decimal.
    """
    half = 0.0 if is_cut else 0.5

    def write(x: float, bound: float) -> float:
        size = abs(x)
        if not size and not bound:
            return 0.0  # exactly: a factor is 0
        if not _TAME[0] < size < _TAME[1]:
            return math.nan
        power = digits if is_of_decimals else digits - 1 - math.floor(math.log10(size))
        if not -22 <= power <= 22:
            return math.nan
        scaled = size * _POWERS[power] if power >= 0 else size / _POWERS[-power]
        if scaled >= _MOST_SCALED:
            return math.nan
        whole = math.floor(scaled + half)
        off = (bound / size + 2.0) * scaled * _UNIT
        # It is rounded up or down at the ends of [whole − half, whole − half + 1].
        if not off < scaled + half - whole < 1.0 - off:
            return math.nan
        if not (is_of_decimals or _POWERS[digits - 1] <= scaled < _POWERS[digits]):
            return math.nan  # the logarithm was off at a power of ten
        made = whole / _POWERS[power] if power >= 0 else whole * _POWERS[-power]
        return math.copysign(made, x) if whole else 0.0

    return write


@lru_cache(maxsize=1)
def compiled() -> Callable[..., tuple[float, ...]]:
    """Return the function that computes all lines of an iteration.

    It takes the given numbers by their names, `write`, and `exactly(name, values)`, which computes
    a line in decimals. Reading the trees in each iteration would take longer than all else.
    """
    lines = "".join(map(_lines, ARTICLE.step_of))
    head = f"def compute({', '.join(each.name for each in ARTICLE.given)}, write, exactly):\n"
    source = f"{head}{lines}    return {', '.join(ARTICLE.step_of)}\n"
    known: dict[str, Any] = {"sigmoid": DOUBLES.sigmoid}
    exec(compile(source, "<rounded>", "exec"), known)  # noqa: S102 - of our own trees
    made: Callable[..., tuple[float, ...]] = known["compute"]
    return made


def _lines(name: str) -> str:
    quantity = ARTICLE.quantities[name]
    formula = quantity.expression
    if formula is None or isinstance(formula, Reference):
        return f"    {name} = {code(formula)}\n" if formula else ""
    values = ", ".join(f"{each!r}: {each}" for each in quantity.uses)
    return (
        f"    x = {code(formula)}\n"
        f"    {name} = write(x, {_bound(formula, 'x')})\n"
        f"    if {name} != {name}:\n"
        f"        {name} = exactly({name!r}, {{{values}}})\n"
    )


def _bound(expression: Expression, value: str = "") -> str:
    """Return the code of by how many units a formula in doubles is off at most.

    Each number that it uses is off by one unit of itself, as each operation is. `value` is the
    code of the formula's value, where that is known already.
    """
    value = value or f"({code(expression)})"
    match expression:
        case Reference() | Number():
            return f"abs({value})"
        case Product(parts=parts) if all(isinstance(part, Reference) for part in parts):
            return f"{2 * len(parts)} * abs({value})"
        case Product(parts=(left, right)):
            left_off, right_off = (f"({_bound(part)})" for part in (left, right))
            ends = f"abs({code(left)}) * {right_off} + abs({code(right)}) * {left_off}"
            return f"{ends} + abs({value})"
        case Difference(parts=(left, right)):
            return f"{_bound(left)} + {_bound(right)} + abs({value})"
        case Negative(parts=(inner,)):
            return _bound(inner)
        case Sigmoid(parts=(inner,)):
            return f"{value} * ({_bound(inner)} + {_SIGMOID_OFF}) + {_LEAST_OFF}"
        case HalfSquare(parts=(inner,)):
            return f"abs({code(inner)}) * ({_bound(inner)}) + 2 * {value}"
    raise TypeError(f"no bound of a {type(expression).__name__}")
