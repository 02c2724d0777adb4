"""Round numbers: 1, 2 and 5 times the powers of ten, which are rungs of a ladder, and multiples."""

import math
from collections.abc import Iterator

DIGITS = (1, 2, 5)
_LEAST, _MOST = -323, 308  # decades in which there are doubles
_NEARLY = 1e-9  # by which rounding may have moved a number above a rung


def rung_above(x: float) -> float:
    """Return the lowest rung that is not below a positive number; it may be infinite."""
    return next(rung for rung in _rungs_near(x) if rung >= x)


def rung_below(x: float) -> float:
    """Return the highest rung that is not above a positive number."""
    return max(rung for rung in _rungs_near(x) if rung <= x)


def nice(x: float) -> float:
    """Return the rung for a step of about `x`, 0 or more: the one at it or next above.

    It is infinite where no double is that large.
    """
    return rung_above(max(x, 1e-300) * (1 - _NEARLY))


def multiples(step: float, low: float, high: float, most: int = 60) -> list[float]:
    """Return the multiples of a rung between two numbers, as their shortest decimals.

    There are none where they would be more than `most`, or the step is infinite.
    """
    first, last = math.ceil(low / step), math.floor(high / step)
    if last - first >= most or math.isinf(step):
        return []
    digits = max(0, -math.floor(math.log10(step)))
    return [round(n * step, min(digits, 300)) for n in range(first, last + 1)]


def by_roundness(low: float, high: float) -> Iterator[float]:
    """Yield the rungs from a positive number to another: powers of ten, then 5 and 2 times them."""
    bottom, top = math.floor(math.log10(low)), math.floor(math.log10(high))
    for digit in (1, 5, 2):
        for decade in range(max(bottom, _LEAST), min(top, _MOST) + 1):
            rung = float(f"{digit}e{decade}")
            if low <= rung <= high:
                yield rung


def _rungs_near(x: float) -> Iterator[float]:
    """Yield the rungs from below a positive number to above it, in rising order."""
    decade = math.floor(math.log10(x))  # it may be off by one: a logarithm is rounded
    for near in (decade - 1, decade, decade + 1):
        yield from (float(f"{digit}e{near}") for digit in DIGITS)
