"""The formulas in decimals, as a person computes them from the digits that are shown."""

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Context, Decimal, localcontext
from typing import NamedTuple

from backprop_gui.core.network import forward
from backprop_gui.lesson import numbers
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.steps import FORWARD_STEPS, GIVEN, QUANTITIES, STEPS, Quantity

ERROR_AFTER = "error_after"  # E with the new weights, which is no step of its own

ROUNDINGS = (ROUND_HALF_EVEN, ROUND_HALF_UP)  # of a machine and of a person

# More than five numbers and their product can have; beyond the exponents it is 0 or infinite.
_CONTEXT = Context(prec=64, Emax=999_999, Emin=-999_999, traps=[])
_LEAST = Decimal(1).scaleb(_CONTEXT.Emin)
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


def operands(moment: Moment, digits: int) -> Operands:
    """Return the numbers for the formula of the moment's step, with `digits` significant digits.

    A number has more where the value needs them: where digits cancel, or where a product would
    come out differently in its last digit. So has the value where it lies halfway between two,
    which a person and a machine round differently. Doubles round each operation of their own, so
    from 15 digits on, and where all digits cancel, there are values that no digits of the operands
    give; then each has just `digits`, or all of its own where those would be far off.
    """
    quantity = moment.step.quantity
    plain = {name: moment.text(name, digits) for name in quantity.uses}
    value = moment.text(quantity.name, digits)
    if is_single(quantity):
        return Operands(plain, value, give_value=True)
    if not all(math.isfinite(_value(moment, name)) for name in (*quantity.uses, quantity.name)):
        return Operands(plain, value, give_value=True)
    of_value = range(digits, min(digits + _MORE_OF_VALUE, _MOST) + 1)
    with localcontext(_CONTEXT):
        searches = [_Search(moment, plain, digits, each) for each in of_value]
        for ways in (ROUNDINGS, ROUNDINGS[:1]):
            for search in searches:
                if found := search.found(ways):
                    return found
        return searches[0].nearest()


def is_single(quantity: Quantity) -> bool:
    """Say whether a quantity is just another one, so that nothing is to be computed."""
    return quantity.template in {f"{{{name}}}" for name in quantity.uses}


def computed(name: str, values: Iterable[Decimal]) -> Decimal:
    """Return a quantity by its code name, from what its formula uses, in reading order."""
    return _COMPUTE.get(name, _product)(*values)


def rounded(x: Decimal, digits: int, rounding: str) -> Decimal:
    """Return a number with so many significant digits, ROUND_HALF_UP or another way."""
    return Context(digits, rounding, _CONTEXT.Emin, _CONTEXT.Emax, traps=[]).plus(x)


class Sheet(NamedTuple):
    """How an iteration is to be computed by hand, each number from what was written before.

    Whoever writes `digits` significant digits and goes on with them gets the right values, but
    perhaps those that are `apart`, by their code names. `given` has the texts of the numbers to
    begin with, shown with `given_digits`.
    """

    digits: int
    given: dict[str, str]
    given_digits: int
    apart: tuple[str, ...]


def sheet(moment: Moment, digits: int) -> Sheet:
    """Return how to compute the moment's iteration so that the values have `digits` right ones."""
    most = digits + _MOST_MORE
    with localcontext(_CONTEXT):
        with_most = _sheet(moment, digits, most)
        for write in range(digits, most):
            made = _sheet(moment, digits, write)
            if set(made.apart) <= set(with_most.apart):
                return made
    return with_most


def _sheet(moment: Moment, digits: int, write: int) -> Sheet:
    texts = ((moment.text(q.name, digits), _value(moment, q.name)) for q in GIVEN)
    given_digits = write if any(numbers.is_rounded(*pair) for pair in texts) else digits
    given = {q.name: moment.text(q.name, given_digits) for q in GIVEN}
    return Sheet(write, given, given_digits, _apart(moment, digits, write, given))


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
        if rounded(value, digits, way) != numbers.decimal(numbers.short(expected[name], digits))
    }
    return tuple(name for name in expected if name in found)


def _chain(
    moment: Moment, given: Mapping[str, Decimal], digits: int, rounding: str
) -> dict[str, Decimal]:
    """Return the values of the iteration, each from the rounded ones before it."""
    values = dict(given)

    def write(name: str) -> Decimal:
        used = (values[other] for other in QUANTITIES[name].uses)
        return rounded(computed(name, used), digits, rounding)

    for step in STEPS[: moment.last_step]:
        values[step.quantity.name] = write(step.quantity.name)
    found = {name: values[name] for name in _expected(moment) if name != ERROR_AFTER}
    if not moment.stop:
        values |= {"w1": values["new_w1"], "w2": values["new_w2"]}
        for step in STEPS[:FORWARD_STEPS]:
            values[step.quantity.name] = write(step.quantity.name)
        found[ERROR_AFTER] = values["error"]
    return found


def _expected(moment: Moment) -> dict[str, float]:
    """Return the finite values that the answers have, by the code names of their quantities."""
    names = (step.quantity.name for step in STEPS[: moment.position.step])
    values = {name: _value(moment, name) for name in names}
    if not moment.stop:
        values[ERROR_AFTER] = error_after(moment)
    return {name: value for name, value in values.items() if math.isfinite(value)}


def error_after(moment: Moment) -> float:
    """Return E with the weights that the moment's iteration ends with."""
    made = moment.update
    return forward(moment.setup, made.new_w1, made.new_w2).error


class _Search:
    """The search for the digits with which a step's operands give its value."""

    def __init__(
        self, moment: Moment, plain: Mapping[str, str], digits: int, of_value: int
    ) -> None:
        self._moment = moment
        self._name = moment.step.quantity.name
        self._digits = of_value
        self._plain = dict(plain)
        self._least = digits
        self._value = moment.text(self._name, of_value)
        self._shown = numbers.decimal(self._value)
        self._shown_digits = max(digits, numbers.digits_of(self._shown))
        self._exact = {name: Decimal(_value(moment, name)) for name in plain}

    def found(self, ways: Sequence[str]) -> Operands | None:
        """Return operands with as few digits more as are needed, if any give the value."""
        texts = dict(self._plain)
        levels = dict.fromkeys(texts, self._least)
        if self._give_value(texts, ways):
            return Operands(texts, self._value, give_value=True)
        true = computed(self._name, self._exact.values())
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
        result = computed(self._name, map(numbers.decimal, self._plain.values()))
        unit = Decimal(1).scaleb(self._shown.adjusted() - self._digits + 1)
        texts = self._plain
        if abs(result - self._shown) > _FAR * unit:
            texts = {name: _text(self._moment, name, _MOST) for name in texts}
        return Operands(texts, self._value, give_value=False)

    def _give_value(self, texts: Mapping[str, str], ways: Sequence[str]) -> bool:
        return self._is_value(computed(self._name, map(numbers.decimal, texts.values())), ways)

    def _is_value(self, result: Decimal, ways: Sequence[str]) -> bool:
        return all(rounded(result, self._shown_digits, way) == self._shown for way in ways)

    def _off(self, name: str, text: str, true: Decimal) -> Decimal:
        """Return by how much the text of one operand alone puts the result off."""
        values = self._exact | {name: numbers.decimal(text)}
        return abs(computed(self._name, values.values()) - true)

    def _longer(self, name: str, text: str, levels: dict[str, int]) -> str | None:
        """Return the next text of an operand that has more digits, or None."""
        for digits in range(levels[name] + 1, self._digits + _MOST_MORE):
            longer = _text(self._moment, name, digits)
            if longer != text:
                levels[name] = digits
                return longer
        return None


def _text(moment: Moment, name: str, digits: int) -> str:
    if digits in numbers.DIGITS_RANGE:
        return moment.text(name, digits)
    return numbers.short(_value(moment, name), digits)


def _value(moment: Moment, name: str) -> float:
    value = moment.value(name)
    if value is None:
        raise ValueError(f"{name} is not known yet")
    return value


def _product(*factors: Decimal) -> Decimal:
    return math.prod(factors, start=Decimal(1))


def _sigmoid(x: Decimal) -> Decimal:
    return 1 / (1 + (-x).exp()) or _LEAST  # it is never 0


def _slope(out: Decimal) -> Decimal:
    return out * (1 - out)


def _descent(w: Decimal, eta: Decimal, gradient: Decimal) -> Decimal:
    return w - eta * gradient


# What is not a product; each takes what its quantity uses, in reading order.
_COMPUTE: dict[str, Callable[..., Decimal]] = {
    "out_h": _sigmoid,
    "out_o": _sigmoid,
    "error": lambda target, out_o: (target - out_o) ** 2 / 2,
    "de_dout_o": lambda target, out_o: -(target - out_o),
    "dout_o_dnet_o": _slope,
    "dout_h_dnet_h": _slope,
    "new_w1": _descent,
    "new_w2": _descent,
}
