"""What fingers and calculators do to a number, whatever the formula is."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from backprop_gui.lesson import notation
from backprop_gui.lesson.expression import Expression, Negative, Number, Product
from backprop_gui.lesson.steps import Lesson
from backprop_gui.lesson.written_number import WrittenNumber
from backprop_gui.system.texts import _

_NEAR = 2.0  # units of the last digit: whether it fits is decided with all numbers
_SHIFTS = (1, -1, 2, -2, 3, -3)  # places by which a decimal point is moved


class Slip(NamedTuple):
    """A slip: its kind, the value that it gives as a formula, what was done, and a question."""

    id: str
    expression: Expression
    text: str
    question: str


def slips(
    name: str,
    formula: Expression,
    text: str,
    written: WrittenNumber,
    expected: float,
    others: Mapping[str, float],
    after: Mapping[str, float],
    lesson: Lesson,
) -> Iterator[Slip]:
    """Yield the slips that may have made a line's number.

    `formula` gives `expected`, the number that should stand there; `others` are the numbers of the
    other lines, and `after` those of the next iteration.
    """
    question = _("Look at the number once more: how was it copied?")
    for places in _SHIFTS:
        if _is_near(expected * 10.0**places, written):
            moved = Product(formula, Number(10.0**places))
            yield Slip("point_moved", moved, _("the decimal point is moved"), question)
    if _is_near(-expected, written):
        yield Slip("sign_dropped", Negative(formula), _("the sign is dropped"), question)
    if any(_is_near(expected, swapped) for swapped in _swapped(text, written)):
        number = Number(written.value)
        yield Slip("digits_swapped", number, _("two digits are exchanged"), question)
    for other, value in others.items():
        if _is_near(expected, WrittenNumber(value, written.unit)):
            symbol = notation.plain(lesson.quantities[other].symbol)
            words = _("exchanged with the line of {symbol}").format(symbol=symbol)
            yield Slip("lines_exchanged", Number(written.value), words, question)
    if name in after and _is_near(after[name], written):
        words = _("the next iteration's value")
        yield Slip("next_iteration", Number(after[name]), words, _("Of which iteration is this?"))


def _is_near(value: float, written: WrittenNumber) -> bool:
    return abs(value - written.value) <= max(_NEAR * written.unit, 1e-12 * abs(value))


def _swapped(text: str, written: WrittenNumber) -> Iterator[WrittenNumber]:
    """Yield the number with each two neighbouring digits exchanged."""
    for place in range(len(text) - 1):
        one, other = text[place], text[place + 1]
        if one.isdigit() and other.isdigit() and one != other:
            swapped = f"{text[:place]}{other}{one}{text[place + 2 :]}"
            try:
                yield WrittenNumber(
                    float(swapped.replace(",", ".").replace("−", "-")), written.unit
                )
            except ValueError:
                return
