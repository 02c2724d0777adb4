"""A step's formula with symbols, with numbers put in, and its value: as text and as LaTeX."""

import re
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from backprop_gui.lesson import by_hand, notation, numbers
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.steps import QUANTITIES, STEP_OF, Quantity

# Spaces in em, as TeX sets them: beside a bracket, beside an operator, beside a relation.
_THIN, _MEDIUM, _THICK = 3 / 18, 4 / 18, 5 / 18

_TOKENS = re.compile(r"σ\(\{(?P<sigmoid>\w+)\}\)|\{(?P<name>\w+)\}|(?P<sign>\)²|\S)")
_LATEX = {"·": r"\cdot", "−": "-", "½": r"\frac{1}{2}", ")²": ")^{2}", "≈": r"\approx"}
_LATEX |= {"←": r"\leftarrow"}


class Piece(NamedTuple):
    """A part of a formula that is never broken: an operator, a bracket, a symbol or a number.

    `quantity` is the code name of what it stands for, or None; `space` stands before it, in em;
    a line may begin with it where `may_begin_line`. A `number` is made of digits and signs; a
    gap is to be filled in by hand.
    """

    text: str
    latex: str
    quantity: str | None = None
    space: float = 0.0
    may_begin_line: bool = False
    is_number: bool = False
    is_gap: bool = False


class Formula(NamedTuple):
    """The left side, and the right sides from the symbols to the value, each with its relation."""

    left: tuple[Piece, ...]
    rights: tuple[tuple[Piece, ...], ...]

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """All pieces in reading order."""
        return (*self.left, *(piece for right in self.rights for piece in right))

    @property
    def text(self) -> str:
        """The formula on one line, with Unicode's symbols."""
        return "".join((" " if piece.space else "") + piece.text for piece in self.pieces)

    @property
    def latex(self) -> str:
        """The formula on one line, as LaTeX."""
        return " ".join(piece.latex for piece in self.pieces)


def formula(moment: Moment, digits: int = numbers.DIGITS) -> Formula:
    """Return the formula of the moment's step, its value with `digits` significant digits.

    The numbers put in have as many digits as it takes to get the value from them.
    """
    operands = by_hand.operands(moment, digits)
    return _formula(moment, operands.texts, operands.value, is_exact=operands.give_value)


def blanked(moment: Moment, digits: int, given: Mapping[str, str]) -> Formula:
    """Return the formula with gaps in place of the numbers that are computed.

    `given` has the texts of all others; a gap is for a number of `digits` significant digits.
    """
    texts = {name: given.get(name, moment.text(name, digits)) for name in moment.step.quantity.uses}
    shown = moment.text(moment.step.quantity.name, digits)
    made = _formula(moment, texts, shown, is_exact=True)
    general, *put_in = made.rights
    gaps = (tuple(part for piece in right for part in _blanked(piece)) for right in put_in)
    return Formula(made.left, (general, *gaps))


def _formula(moment: Moment, texts: Mapping[str, str], shown: str, *, is_exact: bool) -> Formula:
    quantity = moment.step.quantity
    name, arrow, _rest = quantity.symbol.partition(" ←")
    left = Piece(notation.plain(name), notation.latex(name), quantity.name)
    general = _related("←" if arrow else "=", tuple(_pieces(quantity)))
    if by_hand.is_single(quantity):  # its number is the value
        sign = _sign(moment, {quantity.name: shown})
        return Formula((left,), (general, _related(sign, (_number(quantity.name, shown),))))
    put_in = _related(_sign(moment, texts), tuple(_pieces(quantity, texts)))
    sign = _sign(moment, {**texts, quantity.name: shown}) if is_exact else "≈"
    value = _related(sign, (_number(quantity.name, shown),))
    return Formula((left,), (general, put_in, value))


def _blanked(piece: Piece) -> tuple[Piece, ...]:
    if piece.quantity not in STEP_OF:
        return (piece,)
    gap = Piece("______", r"\underline{\hspace{3.5em}}", piece.quantity, piece.space, is_gap=True)
    if piece.is_number:
        return (gap,)
    opening = Piece("σ(", r"\sigma(", space=piece.space)
    return opening, gap._replace(space=0.0), Piece(")", ")")


def symbols(quantity: Quantity) -> str:
    """Return the right side of a quantity's formula as LaTeX, with symbols."""
    return " ".join(piece.latex for piece in _pieces(quantity))


def _related(relation: str, side: tuple[Piece, ...]) -> tuple[Piece, ...]:
    sign = Piece(relation, _LATEX.get(relation, relation), space=_THICK, may_begin_line=True)
    return (sign, side[0]._replace(space=_THICK), *side[1:])


def _pieces(quantity: Quantity, texts: Mapping[str, str] | None = None) -> Iterator[Piece]:
    """Yield the right side with symbols or, where there are texts of its numbers, with them."""
    before = ""  # the token before this one
    for token in _TOKENS.finditer(quantity.template):
        space = _space(before, token)
        if sign := token["sign"]:
            breaks = bool(before) and sign == "·"
            yield Piece(sign, _LATEX.get(sign, sign), None, space, breaks)
        elif name := token["sigmoid"]:
            yield _sigmoid(name, texts)._replace(space=space)
        elif texts is None:
            symbol = QUANTITIES[token["name"]].symbol
            yield Piece(notation.plain(symbol), notation.latex(symbol), token["name"], space)
        else:
            name, is_inner = token["name"], before not in ("", "(")
            yield _number(name, texts[name], is_inner)._replace(space=space)
        before = token[0]


def _space(before: str, token: re.Match[str]) -> float:
    if before == "" or (before in "−(" and token.start() == 1):
        return 0.0  # a sign in front, and what follows it
    if token[0] in "·−" or before in "·−":
        return _MEDIUM
    return _THIN if token.string[token.start() - 1] == " " else 0.0


def _sigmoid(name: str, texts: Mapping[str, str] | None) -> Piece:
    if texts is None:
        symbol = QUANTITIES[name].symbol
        text, latex = notation.plain(symbol), notation.latex(symbol)
    else:
        text, latex = texts[name], _number(name, texts[name], is_inner=True).latex
    return Piece(f"σ({text})", rf"\frac{{1}}{{1+e^{{-{latex}}}}}", name)


def _number(name: str, text: str, is_inner: bool = False) -> Piece:
    """Return a number, in brackets where it has a sign and stands behind an operator."""
    latex = numbers.latex(text)
    if is_inner and text.startswith(numbers.MINUS):
        text, latex = f"({text})", f"({latex})"
    return Piece(text, latex, name, is_number=True)


def _sign(moment: Moment, texts: Mapping[str, str]) -> str:
    """Return ≈ where a text leaves digits of its number out, else =."""
    values = ((text, moment.value(name)) for name, text in texts.items())
    signs = {numbers.relation(text, value) for text, value in values if value is not None}
    return "≈" if "≈" in signs else "="
