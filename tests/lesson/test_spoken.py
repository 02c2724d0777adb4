"""A moment in words."""

import pytest

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.formula import formula
from backprop_gui.lesson.moment import Position, moment_at
from backprop_gui.lesson.notation import plain
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.spoken import (
    aloud,
    spoken,
    spoken_equation,
    spoken_formula,
    spoken_number,
    spoken_step,
)
from backprop_gui.lesson.steps import Quantity, Step

RUN = Run(Setup(input=0.0, w1=-0.5, tolerance=0.0))
RUN.advance(1500)


@pytest.mark.parametrize("step", range(1, 16))
def test_every_known_quantity_is_spoken_once_and_no_other(step: int) -> None:
    moment = moment_at(RUN, Position(3, step))
    sentences = spoken(moment).split(". ")
    for quantity in ARTICLE.quantities.values():
        said = [s for s in sentences if s.startswith(f"{quantity.spoken} is ")]
        assert len(said) == (moment.value(quantity.name) is not None), quantity.name
    assert len(sentences) == 2 + 5 + step  # the iteration, the step, what is given, what is known


def test_the_iteration_is_spoken_first() -> None:
    assert spoken(moment_at(RUN, Position(1234, 1))).startswith("Iteration 1,234. ")


def test_a_minus_sign_is_spoken_as_a_word() -> None:
    words = spoken(moment_at(RUN, Position(1, 15)))
    assert "w1 is minus 0.5000." in words
    assert not set(words) & {"-", "−"}


def test_a_step_is_spoken_with_its_value_and_how_it_is_found() -> None:
    run = Run(Setup())
    assert spoken_step(moment_at(run, Position(1, 9))) == (
        "Step 9 of 15, backward: dE by dw2 is minus 0.04239, "
        "the product of dE by dout o, dout o by dnet o and dnet o by dw2."
    )
    assert spoken_step(moment_at(run, Position(1, 5))) == (
        "Step 5 of 15, forward: error is 0.05654, half the square of target minus out o."
    )


@pytest.mark.parametrize("step", ARTICLE.steps)
def test_every_formula_is_spoken_with_all_that_it_uses_and_no_sign(step: Step) -> None:
    words = spoken_formula(step.quantity)
    for name in step.quantity.uses:
        assert ARTICLE.quantities[name].spoken in words
    assert not set(words) & set("σ½²·−()_{}∂")


def test_a_power_of_ten_is_spoken_in_words() -> None:
    run = Run(Setup())
    run.advance(900)
    assert "error is 4.986 times 10 to the minus 5, half" in spoken_step(
        moment_at(run, Position(813, 5))
    )


@pytest.mark.parametrize("quantity", ARTICLE.quantities.values())
def test_a_symbol_in_a_sentence_is_read_as_the_quantity_is(quantity: Quantity) -> None:
    words = aloud(f"So {plain(quantity.symbol)} grows.")
    assert not set(words) & set("ₕₒ₁₂∂η←")
    if set(plain(quantity.symbol)) & set("ₕₒ₁₂∂"):
        assert words == f"So {quantity.spoken} grows."


def test_what_the_eye_alone_needs_is_not_read() -> None:
    assert aloud("⚠ a\u200bb · c") == "ab, c"


def test_a_power_of_ten_in_a_sentence_is_read_as_one() -> None:
    text = "E = −4.986·10⁻⁵ is below 10⁻⁴ in 10 of 110 steps"
    words = "E = minus 4.986 times 10 to the minus 5 is below 10 to the minus 4 in 10 of 110 steps"
    assert aloud(text) == words
    assert aloud("4,986·10⁻⁵.") == "4,986 times 10 to the minus 5."


@pytest.mark.parametrize(
    ("shown", "words"),
    [
        ("−0,25", "minus 0,25"),
        ("4.986·10⁻⁵", "4.986 times 10 to the minus 5"),
        ("−∞", "minus infinity"),
        ("10³⁰⁰", "10 to the 300"),
    ],
)
def test_a_number_is_read_as_it_is_shown(shown: str, words: str) -> None:
    assert spoken_number(shown) == words


@pytest.mark.parametrize("step", ARTICLE.steps)
@pytest.mark.parametrize("iteration", [1, 1500])
def test_an_equation_is_read_with_every_number_that_it_shows(step: Step, iteration: int) -> None:
    made = formula(moment_at(RUN, Position(iteration, step.number)), Numerals(7))
    words = spoken_equation(step.quantity, made)
    assert words.startswith(f"{step.quantity.spoken} is {spoken_formula(step.quantity)}, which is")
    for piece in made.pieces:
        if piece.is_number:
            assert spoken_number(piece.text.strip("()")) in words
    assert words.count("about") == made.text.count("≈")
    assert not set(words) & set("σ½²·−()_{}∂e≈=") - {"e"}
