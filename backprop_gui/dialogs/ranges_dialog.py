"""The dialog that asks which part of the plane of weights is shown."""

import math
from collections.abc import Iterator

from PySide6.QtWidgets import QWidget

from backprop_gui.dialogs.asking import AnswerError, Asking
from backprop_gui.lesson import numbers
from backprop_gui.lesson.numbers import FILES, NumberError, Numerals
from backprop_gui.lesson.surface import Region, region_problem
from backprop_gui.system.texts import _

_DIGITS = 3  # of a span
_ROWS = (_("w₁ &from"), _("w₁ &to"), _("w₂ f&rom"), _("w₂ t&o"))


class RangesDialog(Asking):
    """Asks for the ends of both ranges."""

    def __init__(self, region: Region, parent: QWidget, numerals: Numerals = FILES) -> None:
        super().__init__(_("Ranges"), _("Show"), parent)
        self._numerals = numerals
        hint = _("The part of the plane of weights that the landscape shows.")
        self.lines = tuple(
            self.line(label, numerals.editable(numbers.exact(end)), hint)
            for label, end in zip(_ROWS, _rounded(region), strict=True)
        )

    def answer(self) -> Region:
        """Return the region. Raises AnswerError."""
        ends = []
        for label, line in zip(_ROWS, self.lines, strict=True):
            try:
                ends.append(numbers.parse(line.text(), self._numerals.decimal_sign))
            except NumberError as error:
                raise AnswerError(f"{label.replace('&', '')}: {error}") from error
        region = Region(*ends)
        if problem := region_problem(region, self._numerals):
            raise AnswerError(problem)
        return region


def _rounded(region: Region) -> Iterator[float]:
    """Yield the ends of a region with a thousandth of its spans, however far one has zoomed in."""
    for low, high in (region[:2], region[2:]):
        decimals = max(0, _DIGITS - math.floor(math.log10(high - low)))
        yield from (round(end, decimals) + 0.0 for end in (low, high))
