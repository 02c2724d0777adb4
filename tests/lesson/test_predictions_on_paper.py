"""Questions about a run on paper: their numbers are those on paper, and their reasons hold there.

The lines of the iterations come from the decimals of Python, rounded here by hand.
"""

import random
from decimal import ROUND_DOWN, ROUND_HALF_UP, Context, Decimal, localcontext

import pytest

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.lesson.moment import Moment, Position, moment_at
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.prediction_words import verdict
from backprop_gui.lesson.predictions import QUESTIONS, Question, question
from backprop_gui.lesson.rounded import Rounded

METHODS = [Rounded(2), Rounded(3, is_cut=True), Rounded(2, is_of_decimals=True), Rounded(1)]


def written(x: Decimal, method: Rounded) -> Decimal:
    """Return a number as the method has it written down."""
    rounding = ROUND_DOWN if method.is_cut else ROUND_HALF_UP
    if method.is_of_decimals:
        return x.quantize(Decimal(1).scaleb(-method.digits), rounding)
    return Context(method.digits, rounding).plus(x)


def by_hand(setup: Setup, method: Rounded) -> dict[str, Decimal]:
    """Return the weights, their gradients and the new weights of the first iteration."""
    names = ("input", "target", "w1", "w2", "eta")
    i, t, w1, w2, eta = (Decimal(repr(getattr(setup, name))) for name in names)
    with localcontext(prec=60):
        out_h = written(1 / (1 + (-written(i * w1, method)).exp()), method)
        out_o = written(1 / (1 + (-written(out_h * w2, method)).exp()), method)
        delta = written(out_o - t, method), written(out_o * (1 - out_o), method)
        g2 = written(delta[0] * delta[1] * out_h, method)
        g1 = written(delta[0] * delta[1] * w2 * written(out_h * (1 - out_h), method) * i, method)
        new = {"new_w1": written(w1 - eta * g1, method), "new_w2": written(w2 - eta * g2, method)}
        return {"w1": w1, "w2": w2, "de_dw1": g1, "de_dw2": g2} | new


def random_setups() -> list[Setup]:
    """Return setups on paper; in some, numbers have more digits than are written there."""
    chance = random.Random(15)
    found = [Setup(w1=0.12349, w2=0.12349, target=0.53, tolerance=0, method=Rounded(2))]
    for method in METHODS * 12:
        digits = chance.choice((1, 5))
        ranges = {"input": 2, "target": 1, "w1": 2, "w2": 2}
        numbers = {name: round(chance.uniform(-x, x), digits) for name, x in ranges.items()}
        eta = chance.choice((0, 0.01, 0.9, 5))
        found.append(Setup(**numbers, eta=eta, tolerance=0, method=method))
    return found


def end(setup: Setup) -> Moment:
    return moment_at(Run(setup), Position(1, 15))


def asked(setup: Setup, name: str, numerals: Numerals | None = None) -> Question:
    found = question(end(setup), name, numerals or Numerals())
    assert found
    return found


@pytest.mark.parametrize("digits", [3, 6])
def test_a_number_on_paper_has_its_own_digits_wherever_it_is_said(digits: int) -> None:
    setup, numerals = Setup(method=Rounded(3)), Numerals(digits)
    assert "netₒ = 0.256 gives outₒ = 0.564;" in asked(setup, "out_o", numerals).reason
    assert "∂E/∂outₒ = −0.336 is" in asked(setup, "de_dw2", numerals).reason
    assert asked(setup, "de_dw1", numerals).text.endswith("∂E/∂w₂ = −0.0423?")
    assert "0.512 for w₂" in asked(setup, "de_dw1", numerals).reason
    assert "−0.00103 and −0.0423" in asked(setup, "new_w1", numerals).reason


def test_a_number_that_is_on_no_paper_has_the_usual_digits() -> None:
    setup = Setup(method=Rounded(3))
    assert asked(setup, "out_o").reason.endswith("0.9 would take netₒ = 2.197.")  # ln 9
    assert "make 0.01250 for w₁" in asked(setup, "de_dw1").reason  # 0.5 · 0.250 · 0.1


def sign(x: Decimal) -> int:
    return (x > 0) - (x < 0)


def claim(setup: Setup, values: dict[str, Decimal], weight: str) -> str:
    """Return what is true of a weight's move, as it is said."""
    gradient = values[f"de_d{weight}"]
    move = sign(values[f"new_{weight}"] - values[weight])
    push = -sign(gradient) if setup.eta else 0
    if not move:
        return "stays, for η is 0" if not setup.eta else "stays, for " + ("η ·" * bool(gradient))
    verb = "grows" if move > 0 else "shrinks"
    if move != push:
        return f"{verb}, for it is rounded to "
    return f"{verb}, for ∂E/∂w{'₁' if weight == 'w1' else '₂'} = " + "−" * (gradient < 0)


@pytest.mark.parametrize("setup", random_setups())
def test_a_reason_s_sign_is_that_of_the_gradient_on_paper(setup: Setup) -> None:
    assert isinstance(setup.method, Rounded)
    values = by_hand(setup, setup.method)
    gradients = values["de_dw1"], values["de_dw2"]
    moves = [sign(values[f"new_{weight}"] - values[weight]) for weight in ("w1", "w2")]
    assert asked(setup, "de_dw2").right == sign(gradients[1]) + 2
    reason = asked(setup, "de_dw2").reason
    assert ("less E" in reason, "more E" in reason) == (gradients[1] < 0, gradients[1] > 0)
    assert asked(setup, "de_dw1").right == 2 - sign(abs(gradients[0]) - abs(gradients[1]))
    way = asked(setup, "new_w1")
    assert way.right == (1 if moves == [1, 1] else 2 if moves == [-1, -1] else 3)
    if way.reason.startswith("The gradients"):
        (one,) = {sign(gradient) for gradient in gradients}
        assert moves == [-one, -one]
        assert f"are {'positive' if one > 0 else 'negative'}" in way.reason
    elif way.reason.startswith("η"):
        assert setup.eta == 0
        assert moves == [0, 0]
    else:
        for clause, weight, symbol in zip(way.reason.split("; "), ("w1", "w2"), "₁₂", strict=True):
            assert clause.startswith(f"w{symbol} {claim(setup, values, weight)}")


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("target", [0.56, 0.9])
@pytest.mark.parametrize("name", QUESTIONS)
def test_the_number_that_is_shown_is_a_right_answer(
    method: Rounded, target: float, name: str
) -> None:
    moment = end(Setup(target=target, tolerance=0, method=method))
    shown = moment.text(name)
    for typed in (shown, shown.replace("−", "-"), shown.replace(".", ",")):
        assert verdict(moment, name, typed, Numerals()).sign == "✓"


def test_a_zero_on_paper_is_right_as_it_stands_there() -> None:
    moment = end(Setup(target=0.56, tolerance=0, method=Rounded(2, is_of_decimals=True)))
    assert moment.text("de_dw2") == "0.00"
    said = verdict(moment, "de_dw2", "0.00", Numerals())
    assert said.words == "Right: 0.00."
    assert verdict(moment, "de_dw2", "0.1", Numerals()).sign == "✗"


def test_rounding_is_said_to_move_a_weight_against_its_gradient() -> None:
    setup = Setup(w1=0.12349, w2=0.12349, target=0.53, method=Rounded(2))
    assert asked(setup, "new_w1").reason == (
        "w₁ shrinks, for it is rounded to 0.12; w₂ shrinks, for it is rounded to 0.12."
    )


def test_an_error_that_rounds_to_less_than_the_tolerance_is_said_to_be_rounded() -> None:
    setup = Setup(target=0.6, tolerance=0.0005, method=Rounded(2, is_of_decimals=True))
    assert asked(setup, "out_o").right == 2
    assert "rounded to 0.00, is below" in asked(setup, "out_o").reason  # it is 0.04² / 2
