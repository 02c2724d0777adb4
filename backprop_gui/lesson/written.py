"""A formula's tree as the pieces that are set on a line, as text and as LaTeX."""

from collections.abc import Callable, Iterable, Iterator
from typing import NamedTuple

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

# Spaces in em, as TeX sets them: beside a bracket, beside an operator, beside a relation.
THIN, MEDIUM, THICK = 3 / 18, 4 / 18, 5 / 18


class Piece(NamedTuple):
    """A part of a formula that is never broken: an operator, a bracket, a symbol or a number.

    `quantity` is the code name of what it stands for, or None; `space` stands before it, in em;
    a line may begin with it where `may_begin_line`. A `number` is made of digits and signs; a
    gap stands for a number to fill in by hand.
    """

    text: str
    latex: str
    quantity: str | None = None
    space: float = 0.0
    may_begin_line: bool = False
    is_number: bool = False
    is_gap: bool = False


_SIGNS = {Difference: ("−", "-"), Sum: ("+", "+")}
_NAMES = {"log": "ln"}  # of functions, where paper has another one than Python

# Makes the piece of a quantity: of its code name, and whether it stands behind an operator.
Write = Callable[[str, bool], Piece]


def as_text(pieces: Iterable[Piece]) -> str:
    """Return pieces as one line of text."""
    return "".join((" " if piece.space else "") + piece.text for piece in pieces)


def as_latex(pieces: Iterable[Piece]) -> str:
    """Return pieces as one line of LaTeX."""
    return " ".join(piece.latex for piece in pieces)


def written(expression: Expression, write: Write, is_inner: bool = False) -> Iterator[Piece]:
    """Yield the pieces of a formula, its quantities as `write` makes them."""
    match expression:
        case Reference(name):
            yield write(name, is_inner)
        case Number(value):
            yield Piece(f"{value}", f"{value}")
        case Sigmoid(parts=(inner,)):
            yield _sigmoid(inner, write)
        case Negative(parts=(inner,)):
            yield Piece("−", "-")
            yield from _part(inner, write, Expression.PRODUCT)
        case HalfSquare(parts=(inner,)):
            yield Piece("½", r"\frac{1}{2}")
            yield from _spaced(THIN, _bracketed(inner, write, Piece(")²", ")^{2}")))
        case Function(parts=(inner,)):
            yield _function(expression, inner, write)
        case Difference(parts=(left, right)) | Sum(parts=(left, right)):
            yield from written(left, write, is_inner)
            yield Piece(*_SIGNS[type(expression)], space=MEDIUM)
            yield from _spaced(MEDIUM, _part(right, write, Expression.PRODUCT))
        case Product(parts=(first, *others)):
            yield from _part(first, write, Expression.PRODUCT, is_inner)
            for factor in others:
                yield from _factor(factor, write)
        case _:
            raise TypeError(f"a {type(expression).__name__} cannot be written")


def _factor(factor: Expression, write: Write) -> Iterator[Piece]:
    """Yield a further factor: what stands in brackets needs no sign of multiplication."""
    if factor.strength < Expression.ATOM:
        yield from _spaced(THIN, _bracketed(factor, write))
    else:
        yield Piece("·", r"\cdot", space=MEDIUM, may_begin_line=True)
        yield from _spaced(MEDIUM, written(factor, write, is_inner=True))


def _part(part: Expression, write: Write, least: int, is_inner: bool = True) -> Iterator[Piece]:
    """Yield a part, in brackets where it is weaker than `least`."""
    return _bracketed(part, write) if part.strength < least else written(part, write, is_inner)


def _bracketed(part: Expression, write: Write, closing: Piece | None = None) -> Iterator[Piece]:
    yield Piece("(", "(")
    yield from written(part, write)
    yield closing or Piece(")", ")")


def _spaced(space: float, pieces: Iterator[Piece]) -> Iterator[Piece]:
    yield next(pieces)._replace(space=space)
    yield from pieces


def _sigmoid(inner: Expression, write: Write) -> Piece:
    shown = as_text(written(inner, write))
    exponent = as_latex(_part(inner, write, Expression.ATOM))
    name = inner.name if isinstance(inner, Reference) else None
    return Piece(f"σ({shown})", rf"\frac{{1}}{{1+e^{{-{exponent}}}}}", name)


def _function(function: Function, inner: Expression, write: Write) -> Piece:
    name = _NAMES.get(function.name, function.name)
    pieces = tuple(written(inner, write))
    quantity = inner.name if isinstance(inner, Reference) else None
    return Piece(f"{name}({as_text(pieces)})", rf"\{name}({as_latex(pieces)})", quantity)
