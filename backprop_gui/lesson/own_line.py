"""A line of a person's working as a formula: with the person's own numbers, the wrong part marked.

What is marked is what tells the mistaken formula from the right one, piece by piece.
"""

from collections.abc import Mapping
from difflib import SequenceMatcher
from typing import NamedTuple

from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.expression import Expression, Reference
from backprop_gui.lesson.formula import Formula, with_numbers
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.own_working import OwnWorking
from backprop_gui.lesson.working import CheckedLine, CheckedWorking

_DIGITS = 4  # of a number that the person did not write


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
    marked = Marked(mistaken, _others(mistaken, right))
    missing = frozenset() if marked.marks else _others(right, mistaken)
    return OwnLine(marked, Marked(right, missing))


def _formula(name: str, tree: Expression, texts: Mapping[str, str], shown: str) -> Formula:
    return with_numbers(ARTICLE.quantities[name], tree, texts, shown, ARTICLE)


def _texts(checked: CheckedWorking, working: OwnWorking, numerals: Numerals) -> dict[str, str]:
    """Return the numbers of all quantities: the person's, else those that follow from them."""
    short, given = numerals.with_digits(_DIGITS), {}
    if begins := working.begins:
        values = {each.name: getattr(begins.setup, each.name) for each in ARTICLE.given}
        values |= {"w1": begins.w1, "w2": begins.w2}
        given = {name: numerals.given(value) for name, value in values.items()}
    for line in checked.lines:
        if line.written:
            given[line.name] = _shown(line.written, numerals)
        elif line.expected is not None:
            given[line.name] = short.short(line.expected)
    return given


def _shown(written: str, numerals: Numerals) -> str:
    """Return a number as a person has typed it, as numbers are shown."""
    return numerals.signed(written.strip().replace(",", ".").replace("−", "-"))


def _others(formula: Formula, other: Formula) -> frozenset[int]:
    """Return the places of pieces that a formula has and the other one has not.

    The symbols are compared; the same pieces are marked where numbers stand for them.
    """
    general, theirs = formula.rights[0][1:], other.rights[0][1:]
    compared = SequenceMatcher(
        None, [piece.text for piece in general], [piece.text for piece in theirs], autojunk=False
    )
    found = [
        place
        for kind, start, end, _start, _end in compared.get_opcodes()
        if kind in ("replace", "delete")
        for place in range(start, end)
    ]
    first = len(formula.left) + 1
    marks = {first + place for place in found}
    if len(formula.rights) > 2 and len(formula.rights[1]) == len(formula.rights[0]):
        marks |= {first + len(formula.rights[0]) + place for place in found}
    return frozenset(marks)
