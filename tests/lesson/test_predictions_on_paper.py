"""Questions about a run on paper: their numbers are those on paper, and their reasons hold there.

The lines of the iterations come from the decimals of Python, rounded here by hand.
"""

import pytest

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.lesson.moment import Moment, Position, moment_at
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.predictions import Question, question
from backprop_gui.lesson.rounded import Rounded


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
