"""A step's formula with symbols, with numbers put in, and its value: as text and as LaTeX."""

from collections.abc import Container, Mapping
from typing import NamedTuple

from backprop_gui.lesson import by_hand, notation, numbers
from backprop_gui.lesson.expression import Expression, Reference
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.steps import Lesson, Quantity
from backprop_gui.lesson.written import THICK, Piece, Write, as_latex, as_text, written

# As wide as a number written by hand, on a line with room for it.
_GAP_LATEX = r"\underline{\rule{0pt}{18pt}\hspace{28mm}}"
_RELATIONS = {"≈": r"\approx", "←": r"\leftarrow"}


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
        return as_text(self.pieces)

    @property
    def latex(self) -> str:
        """The formula on one line, as LaTeX."""
        return as_latex(self.pieces)


def formula(moment: Moment, numerals: Numerals = FILES) -> Formula:
    """Return the formula of the moment's step, its value in these numerals.

    The numbers put in have as many digits as it takes to get the value from them.
    """
    operands = by_hand.operands(moment, numerals)
    return _formula(moment, operands.texts, operands.value, is_exact=operands.give_value)


def blanked(moment: Moment, digits: int, given: Mapping[str, str]) -> Formula:
    """Return the formula with gaps in place of the numbers that are computed.

    `given` has the texts of all others; a gap is for a number of `digits` significant digits.
    """
    quantity, numerals = moment.step.quantity, Numerals(digits)
    texts = {name: given.get(name, moment.text(name, numerals)) for name in quantity.uses}
    shown = moment.text(quantity.name, numerals)
    made = _formula(moment, texts, shown, is_exact=True)
    general, *put_in = made.rights
    computed = moment.lesson.step_of
    gaps = (tuple(part for each in right for part in _blanked(each, computed)) for right in put_in)
    return Formula(made.left, (general, *gaps))


def with_numbers(
    quantity: Quantity,
    tree: Expression,
    texts: Mapping[str, str],
    result: tuple[str, str],
    lesson: Lesson,
) -> Formula:
    """Return a line of somebody's working: a tree in place of the quantity's, and its numbers.

    `texts` has the numbers by code name, `result` is what came out, behind its sign. Raises
    TypeError where a tree cannot be written on a line, and KeyError where it uses what has no
    number.
    """
    (left,), (general,) = with_symbols(quantity, tree, lesson)
    sign, shown = result
    value = _related(sign, (_number(quantity.name, shown),))
    if isinstance(tree, Reference):
        put_in = _number(tree.name, texts[tree.name])
        return Formula((left,), (general, _related("=", (put_in,)), value))
    numbers_in = written(tree, lambda name, is_inner: _number(name, texts[name], is_inner))
    return Formula((left,), (general, _related("=", tuple(numbers_in)), value))


def with_symbols(quantity: Quantity, tree: Expression, lesson: Lesson) -> Formula:
    """Return a line with a tree in place of the quantity's, and without numbers.

    Raises TypeError where a tree cannot be written on a line.
    """
    name, arrow, _rest = quantity.symbol.partition(" ←")
    left = Piece(notation.plain(name), notation.latex(name), quantity.name)
    general = _related("←" if arrow else "=", tuple(written(tree, _symbols(lesson))))
    return Formula((left,), (general,))


def _formula(moment: Moment, texts: Mapping[str, str], shown: str, *, is_exact: bool) -> Formula:
    quantity = moment.step.quantity
    name, arrow, _rest = quantity.symbol.partition(" ←")
    left = Piece(notation.plain(name), notation.latex(name), quantity.name)
    general = _related("←" if arrow else "=", _pieces(quantity, _symbols(moment.lesson)))
    if isinstance(quantity.expression, Reference):  # its number is the value
        sign = _sign(moment, {quantity.name: shown})
        return Formula((left,), (general, _related(sign, (_number(quantity.name, shown),))))
    put_in = _related(
        _sign(moment, texts),
        _pieces(quantity, lambda name, is_inner: _number(name, texts[name], is_inner)),
    )
    sign = _sign(moment, {**texts, quantity.name: shown}) if is_exact else "≈"
    value = _related(sign, (_number(quantity.name, shown),))
    return Formula((left,), (general, put_in, value))


def _blanked(piece: Piece, computed: Container[str | None]) -> tuple[Piece, ...]:
    if piece.quantity not in computed:
        return (piece,)
    gap = Piece("______", _GAP_LATEX, piece.quantity, piece.space, is_gap=True)
    if piece.is_number:
        return (gap,)
    opening = Piece("σ(", r"\sigma(", space=piece.space)
    return opening, gap._replace(space=0.0), Piece(")", ")")


def symbols(quantity: Quantity, lesson: Lesson) -> str:
    """Return the right side of a quantity's formula as LaTeX, with symbols."""
    return as_latex(_pieces(quantity, _symbols(lesson)))


def _related(relation: str, side: tuple[Piece, ...]) -> tuple[Piece, ...]:
    sign = Piece(relation, _RELATIONS.get(relation, relation), space=THICK, may_begin_line=True)
    return (sign, side[0]._replace(space=THICK), *side[1:])


def _pieces(quantity: Quantity, write: Write) -> tuple[Piece, ...]:
    """Return the right side of a quantity's formula, as `write` makes what it uses."""
    return tuple(written(quantity.expression, write)) if quantity.expression else ()


def _symbols(lesson: Lesson) -> Write:
    def write(name: str, _is_inner: bool) -> Piece:
        symbol = lesson.quantities[name].symbol
        base, arrow, _rest = symbol.partition(" ←")
        new = r"\mathrm{new}\;" if arrow else ""
        return Piece(notation.name(symbol), new + notation.latex(base), name)

    return write


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
