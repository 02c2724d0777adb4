"""The fifteen steps."""

from collections import Counter

import pytest

from backprop_gui.core.network import BackwardPass, ForwardPass, Update
from backprop_gui.lesson import notation
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.steps import Phase


def test_an_iteration_has_five_eight_and_two_steps() -> None:
    assert Counter(step.phase for step in ARTICLE.steps) == {
        Phase.FORWARD: 5,
        Phase.BACKWARD: 8,
        Phase.UPDATE: 2,
    }
    assert [step.number for step in ARTICLE.steps] == list(range(1, 16))


def test_the_steps_are_the_fields_of_the_core_in_their_order() -> None:
    fields = (*ForwardPass._fields, *BackwardPass._fields, *Update._fields)
    assert tuple(step.quantity.name for step in ARTICLE.steps) == fields
    assert fields[-2:] == ("new_w1", "new_w2")  # w1 first, as the article does


def test_every_quantity_is_listed_once_under_its_name() -> None:
    assert len(ARTICLE.quantities) == len(ARTICLE.given) + len(ARTICLE.steps)
    assert all(name == quantity.name for name, quantity in ARTICLE.quantities.items())
    assert {
        name: ARTICLE.steps[number - 1].quantity.name for name, number in ARTICLE.step_of.items()
    } == {name: name for name in ARTICLE.step_of}


@pytest.mark.parametrize("kind", ["symbol", "title", "spoken"])
def test_no_two_quantities_are_called_alike(kind: str) -> None:
    called = [getattr(quantity, kind) for quantity in ARTICLE.quantities.values()]
    assert all(called)
    assert len(set(called)) == len(called)


def test_every_step_has_a_formula_of_symbols_known_before_it() -> None:
    known = {quantity.symbol for quantity in ARTICLE.given}
    for step in ARTICLE.steps:
        words = (
            ARTICLE.formula(step.quantity).translate(str.maketrans("()σ²½·−", "       ")).split()
        )
        assert words
        assert {word for word in words if word != "1"} <= known, step.quantity.name
        known.add(step.quantity.symbol)


SYMBOLS = {
    "w_1": ("w₁", "w<sub>1</sub>"),
    "net_h": ("netₕ", "net<sub>h</sub>"),
    "∂E/∂w_2": ("∂E/∂w₂", "∂E/∂w<sub>2</sub>"),
    "∂out_o/∂net_o": ("∂outₒ/∂netₒ", "∂out<sub>o</sub>/∂net<sub>o</sub>"),
    "w_1 ←": ("w₁ ←", "w<sub>1</sub> ←"),
    "η": ("η", "η"),
}


@pytest.mark.parametrize(("symbol", "written"), SYMBOLS.items())
def test_a_symbol_lowers_the_character_after_an_underscore(
    symbol: str, written: tuple[str, str]
) -> None:
    assert (notation.plain(symbol), notation.rich(symbol)) == written


def test_every_symbol_and_formula_can_be_written() -> None:
    for quantity in ARTICLE.quantities.values():
        for text in (quantity.symbol, ARTICLE.formula(quantity)):
            for written in (notation.plain(text), notation.rich(text)):
                assert "_" not in written
            runs = notation.runs(text)
            assert "".join("_" * lowered + piece for piece, lowered in runs) == text
