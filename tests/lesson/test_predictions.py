"""What a person is asked before a step: the right answer, its reason, and how an answer was.

The right answers come from mpmath, by formulas that are written out here.
"""

import itertools
import math
from dataclasses import replace

import mpmath
import pytest
from mpmath import mpf

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run, Stop
from backprop_gui.lesson.mistaken import Mistaken
from backprop_gui.lesson.moment import Moment, Position, moment_at
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.predicted import Predicted
from backprop_gui.lesson.prediction_words import in_a_line, problem_of, result, verdict
from backprop_gui.lesson.predictions import QUESTIONS, Question, next_question, question
from backprop_gui.lesson.rounded import Rounded

BELOW, ON, ABOVE = SHRINKS, STAYS, GROWS = STEEP, BETWEEN, FLAT = LARGER, SAME, SMALLER = 1, 2, 3
UP, DOWN, ELSE = 1, 2, 3
ORDINARY = [
    Setup(input=i, target=t, w1=w1, w2=w2, eta=eta)
    for i, t, w1, w2, eta in itertools.product(
        (-1.3, 0.1, 2.0), (0.2, 0.9, 1.5), (-2.0, 0.5), (-1.7, 0.3, 8.0), (0.5,)
    )
]


def beginning(setup: Setup) -> Moment:
    return moment_at(Run(setup), Position(1, 15))


def asked(setup: Setup, name: str) -> Question:
    found = question(beginning(setup), name)
    assert found
    return found


def rights(setup: Setup) -> dict[str, int]:
    """Return the right answers as the formulas say, in 60 digits."""
    with mpmath.workdps(60):
        i, t, w1, w2 = map(mpf, (setup.input, setup.target, setup.w1, setup.w2))
        out_h = 1 / (1 + mpmath.exp(-i * w1))
        out_o = 1 / (1 + mpmath.exp(-out_h * w2))
        slope = out_o * (1 - out_o)
        de_dw2 = (out_o - t) * slope * out_h
        de_dw1 = (out_o - t) * slope * w2 * out_h * (1 - out_h) * i
        is_on = (t - out_o) ** 2 / 2 < setup.tolerance
        moves = {int(mpmath.sign(-setup.eta * g)) for g in (de_dw1, de_dw2)}
        return {
            "out_o": ON if is_on else BELOW if out_o < t else ABOVE,
            "dout_o_dnet_o": STEEP if slope >= 0.2 else FLAT if slope <= 0.05 else BETWEEN,
            "de_dw2": {-1: SHRINKS, 0: STAYS, 1: GROWS}[int(mpmath.sign(de_dw2))],
            "de_dw1": {1: LARGER, 0: SAME, -1: SMALLER}[
                int(mpmath.sign(abs(de_dw1) - abs(de_dw2)))
            ],
            "new_w1": UP if moves == {1} else DOWN if moves == {-1} else ELSE,
        }


@pytest.mark.parametrize("setup", ORDINARY)
def test_the_right_answers_are_those_of_the_formulas(setup: Setup) -> None:
    expected = rights(setup)
    assert {name: asked(setup, name).right for name in QUESTIONS} == expected


def test_among_ordinary_setups_every_answer_is_the_right_one_of_some() -> None:
    found = {(name, right) for setup in ORDINARY for name, right in rights(setup).items()}
    seldom = {("out_o", ON), ("de_dw2", STAYS), ("de_dw1", SAME)}
    assert found == {(name, right) for name in QUESTIONS for right in (1, 2, 3)} - seldom


EXTREMES: dict[str, tuple[Setup, dict[str, int]]] = {
    "no input": (Setup(input=0), {"de_dw2": SHRINKS, "de_dw1": SMALLER, "new_w1": ELSE}),
    "no weight to the output": (Setup(w2=0), {"de_dw1": SMALLER, "new_w1": ELSE}),
    "no learning rate": (Setup(eta=0), {"de_dw2": SHRINKS, "new_w1": ELSE}),
    "an output of 1": (
        Setup(w1=0, w2=1000),  # σ(500) is 1 as a double, and its slope 0
        {"out_o": ABOVE, "dout_o_dnet_o": FLAT, "de_dw2": STAYS, "de_dw1": SAME, "new_w1": ELSE},
    ),
    "an update too small for a digit": (
        Setup(eta=1e-30),
        {"de_dw2": SHRINKS, "de_dw1": SMALLER, "new_w1": ELSE},
    ),
    "the target itself, and no tolerance": (
        Setup(w2=0, target=0.5, tolerance=0),
        {"out_o": ON, "de_dw2": STAYS, "de_dw1": SAME, "new_w1": ELSE},
    ),
    "a target that no output reaches": (Setup(target=-1), {"out_o": ABOVE, "de_dw2": GROWS}),
}


@pytest.mark.parametrize("case", EXTREMES)
def test_extreme_numbers_have_a_right_answer_and_a_finite_reason(case: str) -> None:
    setup, expected = EXTREMES[case]
    assert {name: asked(setup, name).right for name in expected} == expected
    for name in expected:
        assert asked(setup, name).reason.endswith(".")


def test_where_the_error_is_below_the_tolerance_only_the_output_is_asked_about() -> None:
    setup = Setup(w2=0, target=0.5)  # σ(0) is the target
    moment = beginning(setup)
    assert moment.stop is Stop.TOLERANCE
    assert asked(setup, "out_o").right == ON
    assert [name for name in QUESTIONS if question(moment, name)] == ["out_o"]


def test_at_the_last_iteration_allowed_no_update_is_asked_about() -> None:
    moment = beginning(Setup(max_iterations=1))
    assert moment.stop is Stop.MAX_ITERATIONS
    assert [name for name in QUESTIONS if question(moment, name)] == ["out_o"]


@pytest.mark.parametrize(
    ("setup", "expected"),
    [
        (Setup(input=1e300, w1=1e300), []),  # net_h is infinite
        (Setup(target=1e200), []),  # E is infinite
        (Setup(eta=1e308, target=1e100), ["out_o", "dout_o_dnet_o", "de_dw2", "de_dw1"]),
    ],
)
def test_nothing_is_asked_about_what_is_not_finite(setup: Setup, expected: list[str]) -> None:
    moment = beginning(setup)
    assert [name for name in QUESTIONS if question(moment, name)] == expected


def test_nothing_is_asked_where_a_line_is_computed_by_mistake() -> None:
    moment = beginning(Setup(method=Mistaken("de_dw2", "sign_lost")))
    assert not any(question(moment, name) for name in QUESTIONS)


def test_a_number_that_rounds_to_0_is_0_on_paper() -> None:
    # With one decimal the gradients, −0.3 · 0.2 · 0.5 and less, are 0, and so is E.
    setup = Setup(tolerance=0, method=Rounded(1, is_of_decimals=True))
    assert asked(setup, "de_dw2").right == STAYS
    assert asked(setup, "de_dw1").right == SAME
    assert asked(setup, "new_w1").right == ELSE
    assert "computed as 0" in asked(setup, "de_dw2").reason  # no factor is


def test_a_question_comes_before_five_steps_of_an_iteration() -> None:
    moments = [moment_at(Run(Setup()), Position(1, step)) for step in range(1, 16)]
    found = {moment.position.step + 1: next_question(moment) for moment in moments}
    names = {step: each.name for step, each in found.items() if each}
    assert names == {4: "out_o", 7: "dout_o_dnet_o", 9: "de_dw2", 13: "de_dw1", 14: "new_w1"}


def test_a_reason_has_the_numbers() -> None:
    assert asked(Setup(), "out_o").reason == (
        "netₒ = 0.2562 gives outₒ = 0.5637; 0.9 would take netₒ = 2.197."
    )
    assert mpmath.nstr(mpmath.log(mpf("0.9") / mpf("0.1")), 4) == "2.197"
    comma = question(beginning(Setup()), "dout_o_dnet_o", Numerals(3, ","))
    assert comma
    assert comma.answers[0] == "0,2 or more"
    assert comma.reason.startswith("0,564 · (1 − 0,564) = 0,246;")


@pytest.mark.parametrize("setup", ORDINARY)
def test_a_reason_that_speaks_of_a_sign_speaks_of_the_right_one(setup: Setup) -> None:
    expected = rights(setup)["de_dw2"]
    is_less = "means less E" in asked(setup, "de_dw2").reason
    assert is_less == (expected == SHRINKS)


@pytest.mark.parametrize("off", [-1e-5, -1e-9, 1e-9, 1e-5])
@pytest.mark.parametrize("bound", ["0.2", "0.05"])
def test_a_slope_stands_on_its_side_of_what_is_steep_or_flat(bound: str, off: float) -> None:
    out = (1 + mpmath.sqrt(1 - 4 * (mpf(bound) + off))) / 2
    setup = Setup(w1=0, w2=float(2 * mpmath.log(out / (1 - out))))  # half of w2 gives that output
    found = asked(setup, "dout_o_dnet_o")
    assert found.right == rights(setup)["dout_o_dnet_o"]
    _formula, _equals, slope = found.reason.partition(";")[0].partition(" = ")
    assert found.right == (1 if float(slope) >= 0.2 else 3 if float(slope) <= 0.05 else 2)


# The article's iteration, computed by hand with 4 digits.
NUMBERS = {"out_o": "0.5637", "dout_o_dnet_o": "0.2459", "de_dw2": "-0.04239"}


@pytest.mark.parametrize("name", NUMBERS)
def test_a_typed_number_is_judged_by_the_digits_that_are_written(name: str) -> None:
    moment, number = beginning(Setup()), NUMBERS[name]
    assert verdict(moment, name, number, FILES).state == "good"
    assert verdict(moment, name, number[:-1], FILES).state == "good"  # each is cut off or rounded
    wrong = verdict(moment, name, number[:-2] + "8" + number[-1], FILES)
    assert (wrong.sign, wrong.state) == ("✗", "bad")
    assert "the sign is the other one" in verdict(moment, name, f"{-float(number)}", FILES).words


@pytest.mark.parametrize(("number", "sign"), [("0.2", "✓"), ("0", "?"), ("1", "✗")])
def test_a_number_of_one_digit_is_right_only_if_it_can_be_the_value(number: str, sign: str) -> None:
    assert verdict(beginning(Setup()), "dout_o_dnet_o", number, FILES).sign == sign


def test_a_typed_number_is_judged_from_the_numbers_as_they_are_shown() -> None:
    shown = Numerals(3)  # of −0.3363 · 0.2459 · 0.5125 they show −0.336, 0.246 and 0.512
    from_shown = 0.336 * 0.246 * 0.512
    assert not math.isclose(from_shown, 0.04239, abs_tol=5e-6)
    answer = f"-{from_shown:.4g}"
    assert verdict(beginning(Setup()), "de_dw2", answer, shown).state == "good"


def test_what_cannot_be_read_has_a_sentence() -> None:
    assert "two" in problem_of("two", FILES)
    assert problem_of(" ½ ", FILES) == problem_of("", FILES) == ""


def test_an_answer_is_told_by_sign_and_word() -> None:
    moment = beginning(Setup())
    right, wrong = (verdict(moment, "de_dw2", answer, FILES) for answer in (1, 3))
    assert (right.sign, right.words, right.state) == ("✓", "Right: E shrinks.", "good")
    assert (wrong.sign, wrong.state) == ("✗", "bad")
    assert wrong.words == "Not “E grows”, but “E shrinks”."
    assert verdict(moment, "de_dw2", None, FILES).words == ""


def test_a_line_has_a_question_with_its_answers_and_then_how_it_was() -> None:
    before = moment_at(Run(Setup()), Position(1, 8))
    asked = Predicted(is_on=True, asked="de_dw2")
    assert in_a_line(asked, before, FILES) == (
        "What does E do if w₂ grows a little? 1: E shrinks. 2: E stays. 3: E grows."
    )
    given = replace(asked, answer=3)
    assert in_a_line(given, before, FILES).endswith("a little? Your answer: E grows.")
    after = moment_at(Run(Setup()), Position(1, 9))
    seen = Predicted(is_on=True, seen=(("de_dw2", 3),))
    assert in_a_line(seen, after, FILES).startswith("Not “E grows”, but “E shrinks”.")
    assert in_a_line(Predicted(is_on=True), after, FILES) == ""


def test_at_the_end_of_an_iteration_a_line_says_how_it_went() -> None:
    moment = beginning(Setup())
    answers = (("out_o", 1), ("dout_o_dnet_o", 2), ("de_dw2", "-0.0424"), ("de_dw1", None))
    predicted = Predicted(is_on=True, seen=answers)
    assert result(predicted, moment, FILES).words == ("2 of 4 predictions right. 1 not answered.")
    before = moment_at(Run(Setup()), Position(1, 14))
    assert result(predicted, before, FILES).words == ""
    nothing = Predicted(is_on=True, seen=(("out_o", None),))
    assert result(nothing, moment, FILES).words == ""
