"""Paper arithmetic: each line of an iteration as a person writes it down, and goes on with it."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal, localcontext
from typing import ClassVar

from backprop_gui.core.network import Iteration, Method, Setup
from backprop_gui.lesson import by_hand, numbers
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.expression import Reference
from backprop_gui.lesson.rounded_doubles import compiled, is_tame, writer
from backprop_gui.system.texts import _

_MOST_WHOLE = 1e9  # beyond it, numbers are written with a power of ten
DIGITS_RANGE = range(1, 9)  # products of five numbers are still exact, and doubles hold them


class _NotTameError(Exception):
    """A line is so large or small that the iteration has to be computed in decimals."""


@dataclass(frozen=True, slots=True)
class Rounded(Method):
    """Every line rounded to so many significant digits, or decimals, or cut off after them.

    A line is computed in decimals from the lines as they are written, and halves are rounded
    away from zero. What a line only copies stays as it is.
    """

    digits: int
    is_of_decimals: bool = False
    is_cut: bool = False
    has_digits: ClassVar[bool] = True

    @property
    def code(self) -> str:
        """The digits, their kind, and how: 3s, 4d, 3s-cut."""
        return f"{self.digits}{'d' if self.is_of_decimals else 's'}{'-cut' if self.is_cut else ''}"

    @property
    def title(self) -> str:
        """What a person calls it: "3 significant digits"."""
        kind = _("decimals") if self.is_of_decimals else _("significant digits")
        title = f"{self.digits} {kind}"
        return _("{title}, cut off").format(title=title) if self.is_cut else title

    def iteration(self, setup: Setup, w1: float, w2: float) -> Iteration:
        """Return the iteration as a person writes it down; the doubles hold the decimals."""
        given = {each.name: float(getattr(setup, each.name)) for each in ARTICLE.given}
        given |= {"w1": w1 + 0.0, "w2": w2 + 0.0}
        if is_tame(given.values()):
            write = writer(self.digits, is_of_decimals=self.is_of_decimals, is_cut=self.is_cut)
            with suppress(_NotTameError):
                return Iteration.of(compiled()(**given, write=write, exactly=self._line))
        return self.in_decimals(given)

    def in_decimals(self, given: Mapping[str, float]) -> Iteration:
        """Return the iteration from these numbers by their code names, all of it in decimals."""
        values = {name: Decimal(numbers.exact(x)) for name, x in given.items()}
        with localcontext(by_hand.CONTEXT):
            for step in ARTICLE.steps:
                quantity = step.quantity
                value = by_hand.computed(quantity, values)
                is_copied = isinstance(quantity.expression, Reference)
                values[quantity.name] = value if is_copied else self.written(value)
        made = [float(values[name]) + 0.0 for name in ARTICLE.step_of]  # -0.0 becomes 0.0
        return Iteration.of(made)

    def text(self, x: float) -> str:
        """Return a number as it stands on paper; one that was given with more digits has them."""
        exact = numbers.exact(x)
        if self.is_of_decimals:
            is_long = abs(x) >= _MOST_WHOLE
            number = Decimal(exact)
            text = f"{number.normalize():e}" if is_long else f"{number.quantize(self._unit):f}"
        else:
            text = numbers.with_digits(x, self.digits)
        return text if float(text) == x else exact

    def _line(self, name: str, values: Mapping[str, float]) -> float:
        """Return a line computed in decimals. Raises _NotTameError."""
        with localcontext(by_hand.CONTEXT):
            exact = {each: Decimal(numbers.exact(x)) for each, x in values.items()}
            value = self.written(by_hand.computed(ARTICLE.quantities[name], exact))
        made = float(value) + 0.0
        if not is_tame((made,)) or (value and not made):
            raise _NotTameError
        return made

    def written(self, value: Decimal) -> Decimal:
        """Return a number as a person writes it down."""
        rounding = ROUND_DOWN if self.is_cut else ROUND_HALF_UP
        if not self.is_of_decimals or not value.is_finite():
            return by_hand.rounded(value, self.digits, rounding)
        if value.adjusted() + self.digits >= by_hand.CONTEXT.prec:
            return value  # so large that its last digit is a whole one, or left of it
        return value.quantize(self._unit, rounding)

    @property
    def _unit(self) -> Decimal:
        return Decimal(1).scaleb(-self.digits)
