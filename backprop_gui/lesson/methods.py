"""The other ways to compute an iteration, by the names that files have for them."""

import re
from typing import TYPE_CHECKING

from backprop_gui.core.network import Method
from backprop_gui.lesson.numbers import quoted
from backprop_gui.system.texts import _

if TYPE_CHECKING:
    from backprop_gui.lesson.rounded import Rounded

_ROUNDED = re.compile(r"(\d\d?)([sd])(-cut)?", re.ASCII)
_MISTAKEN = re.compile(r"([a-z_\d]+)\.([a-z_]+)(?:\.(\d{1,3}))?", re.ASCII)


class MethodError(ValueError):
    """What is no method; the text is a sentence without a full stop."""


def method_of(code: str) -> Method:
    """Return the method with this code. Raises MethodError."""
    if _ROUNDED.fullmatch(code):
        return on_paper(code)
    if found := _MISTAKEN.fullmatch(code):
        from backprop_gui.lesson.mistaken import Mistaken

        try:
            return Mistaken(found[1], found[2], int(found[3] or 1))
        except KeyError as error:
            raise MethodError(_("is a mistake that Backprop does not know")) from error
    raise MethodError(_("is a way to compute that Backprop does not know"))


def on_paper(code: str) -> "Rounded":
    """Return the paper arithmetic with this code, such as 3s, 4d or 3s-cut. Raises MethodError."""
    if found := _ROUNDED.fullmatch(code):
        return rounded_of(int(found[1]), is_of_decimals=found[2] == "d", is_cut=bool(found[3]))
    raise MethodError(
        _("must be digits as 3s (significant), 4d (decimals) or 3s-cut, not “{code}”").format(
            code=quoted(code)
        )
    )


def rounded_of(digits: int, *, is_of_decimals: bool, is_cut: bool) -> "Rounded":
    """Return paper arithmetic with so many digits. Raises MethodError."""
    # Imported where it is used: the first frame does without.
    from backprop_gui.lesson.rounded import DIGITS_RANGE, Rounded

    if digits not in DIGITS_RANGE:
        sentence = _("must have {least} to {most} digits, not {n}")
        least, most = DIGITS_RANGE.start, DIGITS_RANGE.stop - 1
        raise MethodError(sentence.format(least=least, most=most, n=digits))
    return Rounded(digits, is_of_decimals, is_cut)
