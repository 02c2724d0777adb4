"""Several values of one thing, to be compared: a list as it is typed, or a range.

The values come from a person, so whatever is wrong is said in a sentence.
"""

import re
from collections.abc import Sequence
from decimal import Context, Decimal
from itertools import pairwise

from backprop_gui.core.network import Setup, SetupError
from backprop_gui.lesson import numbers
from backprop_gui.lesson.fields import Field
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.system.texts import _

_EXACTLY = Context(prec=800)  # sums and products of doubles, a share of their distance
_CLOSELY = Context(prec=40)
_DIGITS = Context(prec=15)  # as many as every decimal number keeps in a double
_LINES = re.compile(r"[;\n]")


class SweepError(ValueError):
    """A list or a range that cannot be; its own text is a sentence without its full stop."""


def setups(
    setup: Setup, field: Field, text: str, most: int, numerals: Numerals = FILES
) -> tuple[Setup, ...]:
    """Return the setup with each value of a list such as `0.1, 0.5, 5` in turn.

    Semicolons or new lines separate the values, too, and alone do where the decimal sign is a
    comma. Raises SweepError.
    """
    parts = _parts(text, numerals)
    refuse_more(len(parts), most, numerals)
    return tuple(_changed(setup, field, part, numerals) for part in parts)


def spaced(
    low: float, high: float, count: int, *, is_log: bool, numerals: Numerals = FILES
) -> tuple[float, ...]:
    """Return so many numbers from `low` to `high`, both included, at equal distances or ratios.

    They are the doubles nearest to the decimal numbers that a person would write. Raises
    SweepError.
    """
    if count < 2:
        raise SweepError(_("a range has two values or more"))
    if not low < high:
        sentence = _("a range goes up: {low} is not less than {high}")
        raise SweepError(sentence.format(low=numerals.given(low), high=numerals.given(high)))
    if is_log and low <= 0:
        sentence = _("with equal ratios all values are above 0: {low} is not")
        raise SweepError(sentence.format(low=numerals.given(low)))
    first, last = Decimal(repr(low)), Decimal(repr(high))
    between = _ratios if is_log else _distances
    made = (low, *map(float, between(first, last, count)), high)
    if any(after <= before for before, after in pairwise(made)):
        raise SweepError(_("there are not so many numbers between these two"))
    return made


def refuse_more(count: int, most: int, numerals: Numerals = FILES) -> None:
    """Raise SweepError where there are more values than can be compared."""
    if count > most:
        sentence = _("at most {most} values can be compared, not {n}")
        raise SweepError(sentence.format(most=numerals.count(most), n=numerals.count(count)))


def texts(values: Sequence[float], numerals: Numerals = FILES) -> str:
    """Return values as a list that `setups` reads."""
    sign = ", " if numerals.decimal_sign == numbers.POINT else "; "
    return sign.join(numerals.editable(numbers.exact(value)) for value in values)


def _parts(text: str, numerals: Numerals) -> list[str]:
    if _LINES.search(text):
        parts = _LINES.split(text)
    elif numerals.decimal_sign == numbers.POINT:
        parts = text.split(",")
    else:
        parts = [text]
    while parts and not parts[-1].strip():
        parts.pop()  # a list may end with its separator
    if not parts:
        raise SweepError(_("there is no value"))
    return parts


def _changed(setup: Setup, field: Field, text: str, numerals: Numerals) -> Setup:
    if not text.strip():
        raise SweepError(_("a value is missing between two separators"))
    try:
        return field.changed(setup, text, numerals.decimal_sign)
    except (numbers.NumberError, SetupError) as error:
        raise SweepError(str(error)) from error


def _distances(first: Decimal, last: Decimal, count: int) -> list[Decimal]:
    span = _EXACTLY.subtract(last, first)
    steps = (_EXACTLY.divide(_EXACTLY.multiply(span, n), count - 1) for n in range(1, count - 1))
    return [_DIGITS.plus(_EXACTLY.add(first, step)) for step in steps]


def _ratios(first: Decimal, last: Decimal, count: int) -> list[Decimal]:
    low = _CLOSELY.ln(first)
    span = _CLOSELY.subtract(_CLOSELY.ln(last), low)
    powers = (_CLOSELY.divide(_CLOSELY.multiply(span, n), count - 1) for n in range(1, count - 1))
    return [_DIGITS.plus(_CLOSELY.exp(_CLOSELY.add(low, power))) for power in powers]
