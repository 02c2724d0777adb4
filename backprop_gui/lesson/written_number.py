"""A number as somebody wrote it: what it says, and how much its digits leave open.

A written number stands for an interval. Rounded, the true value is at most half a unit of its last
digit away; cut off, it is less than a whole unit further from zero. So 0.50 and 0.5 are two things.
"""

import re
from decimal import Decimal
from typing import NamedTuple

from backprop_gui.lesson import numbers, typed_numbers
from backprop_gui.lesson.arithmetic import Interval
from backprop_gui.lesson.numbers import NumberError, Numerals

_DIGITS = re.compile(
    r"(?P<sign>[+-]?)(?P<whole>\d*)(?:[.,](?P<part>\d*))?"
    r"(?:(?:[eE]|\*?10\^)\(?(?P<power>[+-]?\d+)\)?)?"
)
_LEAST_POWER = -400  # of ten; smaller units are no doubles


class WrittenNumber(NamedTuple):
    """What was written: its value as a double, and the unit of its last digit, 0 if it has none.

    A whole number such as 1400 may end with `zeros` that are there for its size alone.
    """

    value: float
    unit: float
    zeros: int = 0

    def with_digits(self, digits: int) -> "WrittenNumber":
        """Return the number of a person who writes so many significant digits."""
        if not self.zeros:
            return self
        surplus = len(f"{abs(self.value):.0f}") - digits
        return self._replace(unit=self.unit * 10.0 ** min(max(surplus, 0), self.zeros))

    def interval(self, units: float) -> Interval:
        """Return what the number stands for: its value, half a unit to either side.

        With a whole unit, of who cuts off, it is that unit further from zero: cutting never makes
        a number larger. It has its end: a machine makes 0.209 of 0.3 · 0.7, which is just below.
        """
        half, away = 0.5 * self.unit, units * self.unit
        below, above = (half if self.value > 0 else away), (half if self.value < 0 else away)
        return Interval(self.value - below, self.value + above)


def written_number(text: str, numerals: Numerals) -> WrittenNumber:
    """Return what a text says, read as the number boxes read it. Raises NumberError."""
    value = numbers.parse(text, numerals.decimal_sign)
    try:
        plain = typed_numbers.plain(text).replace(" ", "").replace("'", "")
    except typed_numbers.OddCharacterError as error:  # within what may stand around a number
        raise NumberError(str(error)) from error
    last = plain.rpartition("=")[2].strip("~$")
    found = _DIGITS.fullmatch(last)
    if found is None or not (found["whole"] or found["part"]):
        return WrittenNumber(value, 0.0)  # a fraction, which is exact
    power = int(found["power"] or 0) - len(found["part"] or "")
    unit = float(Decimal(1).scaleb(power)) if power > _LEAST_POWER else 0.0
    is_whole = found["part"] is None and found["power"] is None and value != 0.0
    whole = found["whole"]
    return WrittenNumber(value, unit, len(whole) - len(whole.rstrip("0")) if is_whole else 0)
