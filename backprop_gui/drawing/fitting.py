"""Numbers that fit their places: in two lines, or with a digit less, and never squeezed."""

import math
import re
from typing import NamedTuple

from backprop_gui.drawing.widths import width
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import Numerals, relation

_LEAST_DIGITS = 1
_ROUNDING = 1e-6
_BROKEN_AT = re.compile(r"(?<=[\d.,])(?=[e·×])|(?<=\w) (?=\w)")  # before the power, between words


class Rooms(NamedTuple):
    """How wide a number can be, in logical units: in one line, or in each of two."""

    one: float
    two: tuple[float, float] | None = None


class Written(NamedTuple):
    """A number as one line or two, of a size in logical units."""

    lines: tuple[str, ...]
    size: float


def written(
    moment: Moment,
    name: str,
    numerals: Numerals,
    size: float,
    rooms: Rooms,
    *,
    is_exact: bool,
    before: str = "",
) -> Written:
    """Return a quantity as it fits, behind its symbol: in two lines before a digit is left out.

    With `is_exact` no digit is: what does not fit is smaller. So is what does not fit with one.
    """
    symbols = tuple(before.split()[:1])
    least = numerals.digits if is_exact else _LEAST_DIGITS
    for digits in range(numerals.digits, least - 1, -1):
        text = _signed(moment, name, numerals.with_digits(digits), before)
        for lines, room in _ways(text, rooms):
            wide = (width(line, size, symbols) for line in lines)
            if all(each <= most + _ROUNDING for each, most in zip(wide, room, strict=True)):
                return Written(lines, size)
    text = _signed(moment, name, numerals.with_digits(least), before)
    shares = {
        lines: min(each / width(line, 1.0, symbols) for line, each in zip(lines, room, strict=True))
        for lines, room in _ways(text, rooms)
    }
    best = max(shares, key=lambda lines: shares[lines])
    return Written(best, min(size, math.floor(shares[best])))  # a font's size is whole


def _signed(moment: Moment, name: str, numerals: Numerals, before: str) -> str:
    """Return the text of a quantity behind its symbol, where = becomes ≈ for what is rounded."""
    text = moment.text(name, numerals)
    if "=" in before:
        before = before.replace("=", relation(text, moment.value(name) or 0.0))
    return before + text


def _ways(text: str, rooms: Rooms) -> list[tuple[tuple[str, ...], tuple[float, ...]]]:
    """Return the lines that a text can have, each with the lines' rooms."""
    ways: list[tuple[tuple[str, ...], tuple[float, ...]]] = [((text,), (rooms.one,))]
    first, *rest = _BROKEN_AT.split(text, maxsplit=1)
    if rooms.two and rest:
        ways.append(((first, rest[0].strip()), rooms.two))
    return ways
