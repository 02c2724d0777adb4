"""How the cells of a table become text: what stands between them, and the decimal sign."""

from collections.abc import Iterable
from typing import NamedTuple

from backprop_gui.lesson import numbers
from backprop_gui.system.texts import _

# The words of the command line, and what they stand for.
SEPARATORS = {
    ",": ",", "comma": ",", ";": ";", "semicolon": ";", "tab": "\t", r"\t": "\t", "\t": "\t",
}  # fmt: skip
DECIMAL_SIGNS = {".": ".", "point": ".", ",": ",", "comma": ","}


class DialectError(ValueError):
    """A table that nobody could read; its own text is a sentence."""


class Dialect(NamedTuple):
    """What stands between two cells, and between a number's whole part and the rest of it."""

    separator: str = ","
    decimal_sign: str = numbers.POINT

    def cells(self, values: Iterable[float | None]) -> list[str]:
        """Return the texts of numbers, which give the doubles back; None is not known.

        What is not known is `nan` to programs, which want a number in every cell. A decimal comma
        is for spreadsheets, to which that would be a word: there the cell is empty.
        """
        has_comma = self.decimal_sign == numbers.COMMA
        missing = "" if has_comma else "nan"
        texts = [missing if value is None else numbers.exact(value) for value in values]
        return (
            [text.replace(numbers.POINT, numbers.COMMA) for text in texts] if has_comma else texts
        )


PROGRAMS = Dialect()
SHEETS = Dialect(";", numbers.COMMA)
DIALECTS = {
    "commas": PROGRAMS,
    "semicolons, comma": SHEETS,
    "semicolons": Dialect(";"),
    "tabs": Dialect("\t"),
    "tabs, comma": Dialect("\t", numbers.COMMA),
}


def usual(decimal_sign: str) -> Dialect:
    """Return the dialect of a person who has this decimal sign on the screen."""
    return SHEETS if decimal_sign == numbers.COMMA else PROGRAMS


def dialect_of(separator: str | None, decimal_sign: str | None) -> Dialect:
    """Return the dialect with what is given of it; after a decimal comma follow semicolons.

    Raises DialectError where both are a comma.
    """
    sign = decimal_sign or numbers.POINT
    made = Dialect(separator or (";" if sign == numbers.COMMA else ","), sign)
    if made.separator == made.decimal_sign:
        raise DialectError(
            _("a comma cannot be both the decimal sign and what stands between the cells")
        )
    return made
