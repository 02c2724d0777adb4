"""A line of a person's working as a formula: with the person's own numbers, the wrong part marked.

What is marked is what tells the mistaken formula's tree from the right one, in both.
"""

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from backprop_gui.lesson import arithmetic, numbers
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.by_hand import DECIMALS
from backprop_gui.lesson.expression import Difference, Expression, Reference, Sum, uses
from backprop_gui.lesson.formula import Formula, with_numbers, with_symbols
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.own_working import OwnWorking
from backprop_gui.lesson.working import CheckedLine, CheckedWorking, Verdict
from backprop_gui.lesson.written import Piece, written

_DIGITS = 4  # of a number that the person did not write
_BRACKETS = ("(", ")")


class Marked(NamedTuple):
    """A formula, and the places of its pieces that are marked, from 0 in reading order."""

    formula: Formula
    marks: frozenset[int]


class OwnLine(NamedTuple):
    """What the person seems to have computed, None where nobody knows, and the right line."""

    mistaken: Marked | None
    right: Marked


def own_line(
    line: CheckedLine, checked: CheckedWorking, working: OwnWorking, numerals: Numerals
) -> OwnLine:
    """Return a wrong line of a checked working with the person's own numbers in it."""
    texts = _texts(checked, working, numerals)
    quantity = ARTICLE.quantities[line.name]
    tree = quantity.expression or Reference(line.name)
    expected = numerals.short(line.expected) if line.expected is not None else "?"
    right = _formula(line.name, tree, texts, expected)
    cause = line.causes[0] if line.causes else None
    if cause is None or cause.expression == tree:
        return OwnLine(None, Marked(right, frozenset()))
    try:
        mistaken = _formula(line.name, cause.expression, texts, _shown(line.written, numerals))
    except (TypeError, KeyError):  # a formula that cannot be written on a line
        return OwnLine(None, Marked(right, frozenset()))
    marked = Marked(mistaken, _marks(mistaken, cause.expression, tree))
    return OwnLine(marked, Marked(right, _marks(right, tree, cause.expression)))


def mistaken_line(name: str, mistaken: Expression) -> OwnLine:
    """Return a line computed by a mistaken formula, and the right one, with symbols alone."""
    quantity = ARTICLE.quantities[name]
    tree = quantity.expression or Reference(name)
    lines = {each: with_symbols(quantity, each, ARTICLE) for each in (mistaken, tree)}
    return OwnLine(
        Marked(lines[mistaken], _marks(lines[mistaken], mistaken, tree)),
        Marked(lines[tree], _marks(lines[tree], tree, mistaken)),
    )


def _formula(name: str, tree: Expression, texts: Mapping[str, str], shown: str) -> Formula:
    sign = "=" if _gives(tree, texts, shown) else "≈"
    return with_numbers(ARTICLE.quantities[name], tree, texts, (sign, shown), ARTICLE)


def _gives(tree: Expression, texts: Mapping[str, str], shown: str) -> bool:
    """Say whether a number is exactly what a tree gives with the others as they stand there."""
    try:
        values = {name: numbers.decimal(texts[name]) for name in uses(tree)}
        return arithmetic.value(tree, values, DECIMALS) == numbers.decimal(shown)
    except (ArithmeticError, ValueError, TypeError, AttributeError):  # such as 1/3, or tanh
        return False


def _texts(checked: CheckedWorking, working: OwnWorking, numerals: Numerals) -> dict[str, str]:
    """Return the numbers of all quantities: the person's, else those that follow from them."""
    short, given = numerals.with_digits(_DIGITS), {}
    if begins := working.begins:
        values = {each.name: getattr(begins.setup, each.name) for each in ARTICLE.given}
        values |= {"w1": begins.w1, "w2": begins.w2}
        given = {name: numerals.given(value) for name, value in values.items()}
    for line in checked.lines:
        if line.written and line.verdict is not Verdict.UNREADABLE:
            given[line.name] = _shown(line.written, numerals)
        elif line.expected is not None:
            given[line.name] = short.short(line.expected)
    return given


def _shown(written: str, numerals: Numerals) -> str:
    """Return a number as a person has typed it, as numbers are shown."""
    return numerals.signed(written.strip().replace(",", ".").replace("−", "-"))


def _marks(formula: Formula, tree: Expression, other: Expression) -> frozenset[int]:
    """Return the places of the pieces that tell a tree's formula from another tree's.

    The same are marked where the symbols stand and where numbers stand for them.
    """
    general, *others = formula.rights
    first = len(formula.left) + 1  # behind the relation
    found = {first + place for place in _apart(tree, other, 0, is_whole=True)}
    if others and len(others[0]) == len(general):
        found |= {place + len(general) for place in found}
    return frozenset(found)


def _apart(tree: Expression, other: Expression, at: int, *, is_whole: bool = False) -> set[int]:
    """Return the places of a tree's pieces, the first one `at`, that are not in another tree.

    A part that stands for a longer one is marked; of a whole formula that does, nothing is.
    """
    texts = _texts_of(tree)
    everything = set(range(at, at + len(texts)))
    if tree == other or (is_whole and tree in other.parts):
        return set()
    starts = _starts(tree, at)
    if other in tree.parts and starts:
        kept = starts[tree.parts.index(other)]
        beside = everything - set(range(kept, kept + len(_texts_of(other))))
        return {place for place in beside if texts[place - at] not in _BRACKETS}
    is_other_sign = {type(tree), type(other)} == {Sum, Difference}
    if not starts or not (type(tree) is type(other) or is_other_sign):
        return everything
    if len(tree.parts) == len(other.parts):
        triples = list(zip(tree.parts, other.parts, starts, strict=True))
        found = set().union(*(_apart(part, theirs, start) for part, theirs, start in triples))
        if is_other_sign:
            inside = {place for part, _other, start in triples for place in _range(part, start)}
            found |= {n for n in everything - inside if texts[n - at] not in _BRACKETS}
        return found
    compared = SequenceMatcher(None, tree.parts, other.parts, autojunk=False)
    others = [
        place
        for kind, first, end, _first, _end in compared.get_opcodes()
        if kind in ("replace", "delete")
        for place in range(first, end)
    ]
    return {place for n in others for place in _range(tree.parts[n], starts[n])}


def _range(tree: Expression, start: int) -> range:
    return range(start, start + len(_texts_of(tree)))


def _starts(tree: Expression, at: int) -> list[int]:
    """Return where the pieces of each part begin, or nothing where a part is none of its own."""
    texts, starts, here = _texts_of(tree), [], 0
    for part in tree.parts:
        inside = _texts_of(part)
        ends = range(here, len(texts) - len(inside) + 1)
        found = next((n for n in ends if texts[n : n + len(inside)] == inside), None)
        if found is None:
            return []
        starts.append(at + found)
        here = found + len(inside)
    return starts


def _texts_of(tree: Expression) -> list[str]:
    return [piece.text for piece in written(tree, lambda name, _is_inner: Piece(name, "", name))]
