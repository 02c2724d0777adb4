"""The formulas in decimals, as a person computes them from the digits that are shown."""

import dataclasses
import math
import operator
from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, localcontext
from typing import NamedTuple

from backprop_gui.lesson import arithmetic, numbers
from backprop_gui.lesson.arithmetic import Arithmetic
from backprop_gui.lesson.expression import Reference
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.steps import Quantity

ERROR_AFTER = "error_after"  # E with the new weights, which is no step of its own

ROUNDINGS = (ROUND_HALF_EVEN, ROUND_HALF_UP)  # of a machine and of a person

# More than five numbers and their product can have; beyond the exponents it is 0 or infinite.
CONTEXT = Context(prec=64, Emax=999_999, Emin=-999_999, traps=[])
_LEAST = Decimal(1).scaleb(CONTEXT.Emin)
# Two doubles that are not equal differ in one of their first 17 digits, and what is left of them
# has digits of its own.
_MOST_MORE = 20
_MORE_OF_VALUE = 2  # digits of a value, where it lies halfway between two numbers with fewer
_MOST = numbers.DIGITS_RANGE.stop - 1
_FAR = Decimal("1.5")  # units of the last digit of a value


class Operands(NamedTuple):
    """The numbers to be put into a formula, as texts by their code names, and its `value`.

    `give_value` says that whoever computes with them, and rounds, gets that value; or that one of
    them is not finite, so that there is nothing to compute.
    """

    texts: dict[str, str]
    value: str
    give_value: bool


def operands(moment: Moment, numerals: Numerals) -> Operands:
    """Return the numbers for the formula of the moment's step, in these numerals.

    A number has more where the value needs them: where digits cancel, or where a product would
    come out differently in its last digit. So has the value where it lies halfway between two,
    which a person and a machine round differently. Doubles round each operation of their own, so
    from 15 digits on, and where all digits cancel, there are values that no digits of the operands
    give; then each has just as many, or all of its own where those would be far off.
    """
    found = _operands(moment, numerals.digits)
    texts = {name: numerals.editable(text) for name, text in found.texts.items()}
    return Operands(texts, numerals.editable(found.value), found.give_value)


def _operands(moment: Moment, digits: int) -> Operands:
    quantity = moment.step.quantity
    plain = {name: moment.text(name, Numerals(digits)) for name in quantity.uses}
    value = moment.text(quantity.name, Numerals(digits))
    # What is copied needs no digits, and on paper the operands are the numbers as written.
    if isinstance(quantity.expression, Reference) or moment.setup.is_on_paper:
        return Operands(plain, value, give_value=True)
    if not all(math.isfinite(_value(moment, name)) for name in (*quantity.uses, quantity.name)):
        return Operands(plain, value, give_value=True)
    of_value = range(digits, min(digits + _MORE_OF_VALUE, _MOST) + 1)
    with localcontext(CONTEXT):
        searches = [_Search(moment, plain, digits, each) for each in of_value]
        for ways in (ROUNDINGS, ROUNDINGS[:1]):
            for search in searches:
                if found := search.found(ways):
                    return found
        return searches[0].nearest()


def computed(quantity: Quantity, values: Mapping[str, Decimal]) -> Decimal:
    """Return a quantity, from the values of what its formula uses.

    Raises ValueError where it is given.
    """
    if quantity.expression is None:
        raise ValueError(f"{quantity.name} has no formula")
    return arithmetic.value(quantity.expression, values, DECIMALS)


def rounded(x: Decimal, digits: int, rounding: str) -> Decimal:
    """Return a number with so many significant digits, ROUND_HALF_UP or another way."""
    return Context(digits, rounding, CONTEXT.Emin, CONTEXT.Emax, traps=[]).plus(x)


class Sheet(NamedTuple):
    """How to compute an iteration by hand, each number from what was written before.

    Whoever writes `digits` significant digits and goes on with them gets the right values, but
    perhaps those that are `apart`, by their code names. `given` has the texts of the numbers to
    begin with, which have as many.
    """

    digits: int
    given: dict[str, str]
    apart: tuple[str, ...]


def sheet(moment: Moment, digits: int) -> Sheet:
    """Return how to compute the moment's iteration so that the values have `digits` right ones.

    Of a run on paper it has the digits of the run, and whoever rounds as the run does gets all.
    """
    if moment.setup.is_on_paper:
        return Sheet(digits, _given(moment, digits), ())
    most = digits + _MOST_MORE
    with localcontext(CONTEXT):
        with_most = _sheet(moment, digits, most)
        for write in range(digits, most):
            made = _sheet(moment, digits, write)
            if set(made.apart) <= set(with_most.apart):
                return made
    return with_most


def _sheet(moment: Moment, digits: int, write: int) -> Sheet:
    given = _given(moment, write)
    return Sheet(write, given, _apart(moment, digits, write, given))


def _given(moment: Moment, digits: int) -> dict[str, str]:
    names = (quantity.name for quantity in moment.lesson.given)
    return {name: moment.text(name, Numerals(digits)) for name in names}


def _apart(moment: Moment, digits: int, write: int, given: Mapping[str, str]) -> tuple[str, ...]:
    """Return what comes out differently by hand, whether rounded as by a person or a machine."""
    shown = {name: numbers.decimal(text) for name, text in given.items()}
    exact = {name: Decimal(numbers.exact(_value(moment, name))) for name in given}
    expected = _expected(moment)
    found = {
        name
        for begun in (shown, exact)
        for way in ROUNDINGS
        for name, value in _chain(moment, begun, write, way).items()
        if rounded(value, digits, way) != numbers.decimal(FILES.short(expected[name], digits))
    }
    return tuple(name for name in expected if name in found)


def _chain(
    moment: Moment, given: Mapping[str, Decimal], digits: int, rounding: str
) -> dict[str, Decimal]:
    """Return the values of the iteration, each from the rounded ones before it."""
    values = dict(given)

    def write(until: int) -> None:
        for step in moment.lesson.steps[:until]:
            exact = computed(step.quantity, values)
            values[step.quantity.name] = rounded(exact, digits, rounding)

    write(moment.last_step)
    found = {name: values[name] for name in _expected(moment) if name != ERROR_AFTER}
    if not moment.stop:
        values |= {"w1": values["new_w1"], "w2": values["new_w2"]}
        write(moment.lesson.stop_step)
        found[ERROR_AFTER] = values["error"]
    return found


def _expected(moment: Moment) -> dict[str, float]:
    """Return the finite values that the answers have, by the code names of their quantities."""
    names = (step.quantity.name for step in moment.lesson.steps[: moment.position.step])
    values = {name: _value(moment, name) for name in names}
    if not moment.stop:
        values[ERROR_AFTER] = error_after(moment)
    return {name: value for name, value in values.items() if math.isfinite(value)}


def error_after(moment: Moment) -> float:
    """Return E with the weights that the moment's iteration ends with."""
    values = moment.values
    after = dataclasses.replace(moment, w1=values["new_w1"], w2=values["new_w2"])
    return after.values["error"]


class _Search:
    """The search for the digits with which a step's operands give its value."""

    def __init__(
        self, moment: Moment, plain: Mapping[str, str], digits: int, of_value: int
    ) -> None:
        self._moment = moment
        self._quantity = moment.step.quantity
        self._digits = of_value
        self._plain = dict(plain)
        self._least = digits
        self._value = moment.text(self._quantity.name, Numerals(of_value))
        self._shown = numbers.decimal(self._value)
        self._shown_digits = max(digits, numbers.digits_of(self._shown))
        self._exact = {name: Decimal(_value(moment, name)) for name in plain}

    def found(self, ways: Sequence[str]) -> Operands | None:
        """Return operands with as few digits more as are needed, if any give the value."""
        texts = dict(self._plain)
        levels = dict.fromkeys(texts, self._least)
        if self._give_value(texts, ways):
            return Operands(texts, self._value, give_value=True)
        true = computed(self._quantity, self._exact)
        if not self._is_value(true, ways):
            return None
        offs = {name: self._off(name, text, true) for name, text in texts.items()}
        while not self._give_value(texts, ways):
            worst = max(offs, key=lambda name: offs[name])
            longer = self._longer(worst, texts[worst], levels) if offs[worst] else None
            if longer is None:
                return None
            texts[worst], offs[worst] = longer, self._off(worst, longer, true)
        return Operands(texts, self._value, give_value=True)

    def nearest(self) -> Operands:
        """Return operands that do not give the value, but nearly: with all digits if need be."""
        result = _from_texts(self._quantity, self._plain)
        unit = Decimal(1).scaleb(self._shown.adjusted() - self._digits + 1)
        texts = self._plain
        if abs(result - self._shown) > _FAR * unit:
            texts = {name: _text(self._moment, name, _MOST) for name in texts}
        return Operands(texts, self._value, give_value=False)

    def _give_value(self, texts: Mapping[str, str], ways: Sequence[str]) -> bool:
        return self._is_value(_from_texts(self._quantity, texts), ways)

    def _is_value(self, result: Decimal, ways: Sequence[str]) -> bool:
        return all(rounded(result, self._shown_digits, way) == self._shown for way in ways)

    def _off(self, name: str, text: str, true: Decimal) -> Decimal:
        """Return by how much the text of one operand alone puts the result off."""
        values = self._exact | {name: numbers.decimal(text)}
        return abs(computed(self._quantity, values) - true)

    def _longer(self, name: str, text: str, levels: dict[str, int]) -> str | None:
        """Return the next text of an operand that has more digits, or None."""
        for digits in range(levels[name] + 1, self._digits + _MOST_MORE):
            longer = _text(self._moment, name, digits)
            if longer != text:
                levels[name] = digits
                return longer
        return None


def _from_texts(quantity: Quantity, texts: Mapping[str, str]) -> Decimal:
    return computed(quantity, {name: numbers.decimal(text) for name, text in texts.items()})


def _text(moment: Moment, name: str, digits: int) -> str:
    if digits in numbers.DIGITS_RANGE:
        return moment.text(name, Numerals(digits))
    return FILES.short(_value(moment, name), digits)


def _value(moment: Moment, name: str) -> float:
    value = moment.value(name)
    if value is None:
        raise ValueError(f"{name} is not known yet")
    return value


def _sigmoid(x: Decimal) -> Decimal:
    return 1 / (1 + (-x).exp()) or _LEAST  # it is never 0


DECIMALS: Arithmetic[Decimal] = Arithmetic(
    Decimal,
    operator.mul,
    operator.sub,
    operator.neg,
    _sigmoid,
    lambda x: x * x / 2,
    {"exp": Decimal.exp, "tanh": lambda x: 2 * _sigmoid(2 * x) - 1, "log": Decimal.ln},
)
