"""Formulas as trees, built as they are written: `w1 - eta * de_dw1`, `Sigmoid(net_h)`.

What can be made of a formula is a function that reads the tree: its text and LaTeX (`written`),
its words (`spoken`), its line of the program (`listing`) and its value (`arithmetic`). A mistaken
formula is another tree: see `replaced`.
"""

from collections.abc import Iterator
from typing import ClassVar, Final


class Expression:
    """A part of a formula, made of smaller `parts`. Two that are written alike are equal.

    `strength` says how tightly it holds together: where a part is weaker than its place asks for,
    it stands in brackets.
    """

    # No dataclass: the program begins with this file, and writing the methods of one takes longer
    # than all the rest of it.
    SUM: ClassVar = 1
    PRODUCT: ClassVar = 2
    ATOM: ClassVar = 3

    strength: ClassVar[int] = ATOM

    def __init__(self, *parts: "Expression") -> None:
        self.parts: Final = parts

    def __eq__(self, other: object) -> bool:
        return type(self) is type(other) and vars(self) == vars(other)

    def __hash__(self) -> int:
        return hash((type(self), *vars(self).values()))

    def __repr__(self) -> str:
        inside = self.parts or tuple(vars(self).values())[1:]
        return f"{type(self).__name__}({', '.join(map(repr, inside))})"

    def __mul__(self, factor: "Expression") -> "Product":
        """Multiply from left to right: a * b * c is one product of three."""
        return Product(*(self.parts if isinstance(self, Product) else (self,)), factor)

    def __sub__(self, other: "Expression") -> "Difference":
        return Difference(self, other)

    def __neg__(self) -> "Negative":
        return Negative(self)


class Reference(Expression):
    """The quantity with this code name."""

    __match_args__ = ("name",)

    def __init__(self, name: str) -> None:
        super().__init__()
        self.name: Final = name


class Number(Expression):
    """A number that is part of the formula itself."""

    __match_args__ = ("value",)

    def __init__(self, value: float) -> None:
        super().__init__()
        self.value: Final = value


class Product(Expression):
    """Two factors or more, multiplied from left to right."""

    strength = Expression.PRODUCT


class Difference(Expression):
    """The first part minus the second."""

    strength = Expression.SUM


class Sum(Expression):
    """The first part plus the second."""

    strength = Expression.SUM


class Negative(Expression):
    """Minus its part."""

    strength = Expression.SUM


class Sigmoid(Expression):
    """σ of its part, 1 / (1 + e^-x)."""


class HalfSquare(Expression):
    """Half the square of its part."""

    strength = Expression.PRODUCT


class Function(Expression):
    """A function of its part that no network here has, but that people take for another one.

    `name` is what Python's math calls it.
    """

    name: ClassVar[str]


class Exponential(Function):
    """e to the power of its part."""

    name = "exp"


class Tanh(Function):
    """The hyperbolic tangent of its part."""

    name = "tanh"


class Logarithm(Function):
    """The natural logarithm of its part."""

    name = "log"


def uses(expression: Expression) -> tuple[str, ...]:
    """Return the code names of the quantities in a formula, each once, in reading order."""
    return tuple(dict.fromkeys(_names(expression)))


def replaced(expression: Expression, old: Expression, new: Expression) -> Expression:
    """Return the formula with `new` wherever it has `old`."""
    if expression == old:
        return new
    if not expression.parts:
        return expression
    return type(expression)(*(replaced(part, old, new) for part in expression.parts))


def _names(expression: Expression) -> Iterator[str]:
    if isinstance(expression, Reference):
        yield expression.name
    for part in expression.parts:
        yield from _names(part)
