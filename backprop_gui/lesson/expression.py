"""Formulas as trees, built as they are written: `w1 - eta * de_dw1`, `Sigmoid.of(net_h)`.

What can be made of a formula is a function that reads the tree: its text and LaTeX (`written`),
its words (`spoken`), its line of the program (`listing`) and its value (`arithmetic`). A mistaken
formula is another tree: see `replaced`.
"""

import dataclasses
from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar, Self


@dataclass(frozen=True)
class Expression:
    """A part of a formula, made of smaller `parts`.

    `strength` says how tightly it holds together: where a part is weaker than its place asks for,
    it stands in brackets.
    """

    SUM: ClassVar = 1
    PRODUCT: ClassVar = 2
    ATOM: ClassVar = 3

    parts: tuple["Expression", ...] = dataclasses.field(default=(), kw_only=True)
    strength: ClassVar[int] = ATOM

    @classmethod
    def of(cls, *parts: "Expression") -> Self:
        """Return this kind of expression, made of these parts."""
        return cls(parts=parts)

    def __mul__(self, factor: "Expression") -> "Product":
        """Multiply from left to right: a * b * c is one product of three."""
        return Product.of(*(self.parts if isinstance(self, Product) else (self,)), factor)

    def __sub__(self, other: "Expression") -> "Difference":
        return Difference.of(self, other)

    def __neg__(self) -> "Negative":
        return Negative.of(self)


@dataclass(frozen=True)
class Reference(Expression):
    """The quantity with this code name."""

    name: str


@dataclass(frozen=True)
class Number(Expression):
    """A number that is part of the formula itself."""

    value: int


class Product(Expression):
    """Two factors or more, multiplied from left to right."""

    strength = Expression.PRODUCT


class Difference(Expression):
    """The first part minus the second."""

    strength = Expression.SUM


class Negative(Expression):
    """Minus its part."""

    strength = Expression.SUM


class Sigmoid(Expression):
    """σ of its part, 1 / (1 + e^-x)."""


class HalfSquare(Expression):
    """Half the square of its part."""

    strength = Expression.PRODUCT


def uses(expression: Expression) -> tuple[str, ...]:
    """Return the code names of the quantities in a formula, each once, in reading order."""
    return tuple(dict.fromkeys(_names(expression)))


def replaced(expression: Expression, old: Expression, new: Expression) -> Expression:
    """Return the formula with `new` wherever it has `old`."""
    if expression == old:
        return new
    parts = tuple(replaced(part, old, new) for part in expression.parts)
    return dataclasses.replace(expression, parts=parts)


def _names(expression: Expression) -> Iterator[str]:
    if isinstance(expression, Reference):
        yield expression.name
    for part in expression.parts:
        yield from _names(part)
