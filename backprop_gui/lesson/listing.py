"""A short program that does this training: the same numbers, without a window."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from backprop_gui.core.network import Setup
from backprop_gui.lesson import numbers
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.expression import (
    Difference,
    Expression,
    Function,
    HalfSquare,
    Negative,
    Number,
    Product,
    Reference,
    Sigmoid,
    Sum,
)
from backprop_gui.lesson.steps import Phase, Quantity
from backprop_gui.system.texts import _

# It stops where the window's run stops: below the tolerance, at the last iteration allowed, or
# where a quantity is no longer finite. Where exp() would overflow, σ(x) is e^x to the last bit.
_SIGMOID = """\
from math import exp, isfinite
def sigmoid(x):
    return 1 / (1 + exp(-x)) if x >= -709.782712893384 else exp(x)"""

_REMARK = _("# It keeps all digits of a double. The run on paper has {how}.")


class ProgramLine(NamedTuple):
    """A line of the program; `quantity` is the code name of what it computes, or None."""

    text: str
    quantity: str | None = None


def program(setup: Setup) -> str:
    """Return the program that trains as the setup says, and prints what its run ends with.

    It computes in doubles, and says so where the setup's run is rounded as on paper.

    It prints target, output, E, w1, w2 and the number of iterations, each on a line.
    Python writes 1e-05 and 5.0 where the window shows 1e-5 and 5: the same doubles.
    """
    return "".join(f"{line.text}\n" for line in lines(setup))


@lru_cache(maxsize=4)
def lines(setup: Setup) -> tuple[ProgramLine, ...]:
    """Return the program line by line."""
    return tuple(_lines(setup))


def _lines(setup: Setup) -> Iterator[ProgramLine]:
    i, t, w1, w2, eta, tolerance = (
        numbers.exact(getattr(setup, name))
        for name in ("input", "target", "w1", "w2", "eta", "tolerance")
    )
    most = setup.max_iterations
    new_w1, new_w2 = (quantity for quantity in _made_in(Phase.UPDATE))
    if setup.method and setup.is_on_paper:
        yield ProgramLine(_REMARK.format(how=setup.method.title))
    yield from map(ProgramLine, _SIGMOID.splitlines())
    yield ProgramLine(f"input, target, eta = {i}, {t}, {eta}", "input")
    yield ProgramLine(f"w1, w2 = {w1}, {w2}", "w1")
    yield ProgramLine(f"for iteration in range(1, {most} + 1):")
    yield from map(_assignment, _made_in(Phase.FORWARD))
    yield ProgramLine("    is_finite = isfinite(net_h) and isfinite(error)")
    yield ProgramLine(f"    if error < {tolerance} or iteration == {most} or not is_finite:")
    yield ProgramLine("        break")
    yield from map(_assignment, _made_in(Phase.BACKWARD))
    yield ProgramLine(f"    if not (isfinite({_code(new_w1)}) and isfinite({_code(new_w2)})):")
    yield ProgramLine("        break")
    yield from map(_assignment, _made_in(Phase.UPDATE))
    yield ProgramLine('print(target, out_o, error, w1, w2, iteration, sep="\\n")')


def _made_in(phase: Phase) -> Iterator[Quantity]:
    return (step.quantity for step in ARTICLE.steps if step.phase is phase)


def _assignment(quantity: Quantity) -> ProgramLine:
    name = quantity.name.removeprefix("new_")  # a new weight takes the old one's place
    return ProgramLine(f"    {name} = {_code(quantity)}", quantity.name)


def _code(quantity: Quantity) -> str:
    return code(quantity.expression) if quantity.expression else ""


def code(expression: Expression) -> str:
    """Return a formula as Python, which computes in the order of the tree."""
    match expression:
        case Reference(name):
            return name
        case Number(value):
            return f"{value}"
        case Sigmoid(parts=(inner,)):
            return f"sigmoid({code(inner)})"
        case Function(name=name, parts=(inner,)):
            return f"{name}({code(inner)})"
        case HalfSquare(parts=(inner,)):
            root = _part(inner, Expression.ATOM)
            return f"0.5 * ({root} * {root})"
        case Negative(parts=(inner,)):
            return f"-{_part(inner, Expression.PRODUCT)}"
        case Difference(parts=(left, right)):
            return f"{code(left)} - {_part(right, Expression.PRODUCT)}"
        case Sum(parts=(left, right)):
            return f"{code(left)} + {_part(right, Expression.PRODUCT)}"
        case Product(parts=(first, *others)):
            factors = (_part(factor, Expression.ATOM) for factor in others)
            return " * ".join((_part(first, Expression.PRODUCT), *factors))
    raise TypeError(f"no code for a {type(expression).__name__}")


def _part(part: Expression, least: int) -> str:
    """Return a part, in brackets where it is weaker than `least`."""
    return f"({code(part)})" if part.strength < least else code(part)
