"""What fingers and calculators do to a number, whatever the formula is."""

from collections.abc import Iterator, Mapping

from backprop_gui.lesson import notation
from backprop_gui.lesson.expression import Expression, Negative, Number, Product
from backprop_gui.lesson.mistakes import Mistake
from backprop_gui.lesson.steps import Lesson
from backprop_gui.lesson.written_number import WrittenNumber
from backprop_gui.system.texts import _

_NEAR = 2.0  # units of the last digit: whether it fits is decided with all numbers
_FAR = 8.0  # the same where lines before it may be wrong, or rounded
_SHIFTS = (1, -1, 2, -2, 3, -3)  # places by which a decimal point is moved

EXCHANGED = "lines_exchanged"


def exchanged(written: Mapping[str, WrittenNumber], true: Mapping[str, float]) -> dict[str, str]:
    """Return which lines stand in each other's place, and not in their own."""
    away = [name for name, each in written.items() if not _is_near(true[name], each, _FAR)]
    return {
        name: other
        for name in away
        for other in away
        if _is_near(true[other], written[name], _FAR) and _is_near(true[name], written[other], _FAR)
    }


def slips(
    name: str,
    formula: Expression,
    text: str,
    written: WrittenNumber,
    expected: float,
    other: str | None,
    after: Mapping[str, float],
    lesson: Lesson,
) -> Iterator[Mistake]:
    """Yield the slips that may have made a line's number.

    `formula` gives `expected`, the number that should stand there. `other` is the line with which
    it is `exchanged`, or None; `after` has the values of the next iteration.
    """
    question = _("Look at the number once more: how was it copied?")
    if other is not None:
        symbol = notation.plain(lesson.quantities[other].symbol)
        words = _("exchanged with the line of {symbol}").format(symbol=symbol)
        yield Mistake(EXCHANGED, Number(written.value), words, question, 0)
    for places in _SHIFTS:
        if _is_near(expected * 10.0**places, written):
            moved = Product(formula, Number(10.0**places))
            yield Mistake("point_moved", moved, _("the decimal point is moved"), question, 0)
    if _is_near(-expected, written):
        yield Mistake("sign_dropped", Negative(formula), _("the sign is dropped"), question, 1)
    if any(_is_near(expected, swapped) for swapped in _swapped(text, written)):
        number = Number(written.value)
        yield Mistake("digits_swapped", number, _("two digits are exchanged"), question, 2)
    if name in after and _is_near(after[name], written):
        words = _("the next iteration's value")
        asked = _("Of which iteration is this?")
        yield Mistake("next_iteration", Number(after[name]), words, asked, 4)


def _is_near(value: float, written: WrittenNumber, units: float = _NEAR) -> bool:
    return abs(value - written.value) <= max(units * written.unit, 1e-12 * abs(value))


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
