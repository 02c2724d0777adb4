"""Races: angles and finite differences against mpmath, and formulas written by hand."""

import math
import random
from dataclasses import replace

import mpmath
import pytest

from backprop_gui.core.iteration import iteration
from backprop_gui.core.kept_run import KeptRun
from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run, Stop
from backprop_gui.lesson.mistaken import Mistaken, all_mistaken, mistaken_in
from backprop_gui.lesson.race import (
    Race,
    race_of,
    raceable,
    raced_length,
    raced_step,
)
from backprop_gui.lesson.race_words import race_words
from backprop_gui.lesson.spoken import aloud
from backprop_gui.lesson.working import check_working
from tests.lesson.pencil import RIGHT, WRONG

SIGN_LOST = Mistaken("de_dw1", "sign_lost")
OTHER_WEIGHT = Mistaken("dnet_o_dout_h", "other_weight")


def exact_error(setup: Setup, w1, w2):
    """Return E in 60 digits, of weights that may be numbers of mpmath."""

    def sigma(x):
        return 1 / (1 + mpmath.exp(-x))

    out_o = sigma(sigma(mpmath.mpf(setup.input) * w1) * w2)
    return (mpmath.mpf(setup.target) - out_o) ** 2 / 2


def gradient(setup: Setup, w1: float, w2: float) -> tuple[mpmath.mpf, mpmath.mpf]:
    with mpmath.workdps(60):
        e = mpmath.mpf
        h = e(10) ** -20
        w1, w2 = e(w1), e(w2)
        by_w1 = (exact_error(setup, w1 + h, w2) - exact_error(setup, w1 - h, w2)) / (2 * h)
        by_w2 = (exact_error(setup, w1, w2 + h) - exact_error(setup, w1, w2 - h)) / (2 * h)
        return by_w1, by_w2


def random_setup(dice: random.Random, mistaken: Mistaken) -> Setup:
    numbers = (dice.uniform(0.1, 1.5) * dice.choice((1, -1)) for _each in range(4))
    return Setup(*numbers, eta=dice.uniform(0.1, 2.0), method=mistaken)


@pytest.mark.parametrize("mistaken", tuple(all_mistaken()), ids=lambda mistaken: mistaken.code)
def test_the_angle_is_that_between_the_step_and_the_steepest_descent(mistaken: Mistaken) -> None:
    dice = random.Random(mistaken.code)
    for _each in range(3):
        setup = random_setup(dice, mistaken)
        found = raced_step(setup, 1, setup.w1, setup.w2)
        descent = [-each for each in gradient(setup, setup.w1, setup.w2)]
        step = [mpmath.mpf(each) for each in found.step]
        if found.angle is None:
            assert not any(step)
            continue
        lengths = mpmath.hypot(*step) * mpmath.hypot(*descent)
        cosine = (step[0] * descent[0] + step[1] * descent[1]) / lengths
        assert math.cos(math.radians(found.angle)) == pytest.approx(float(cosine), abs=1e-9)
        assert found.descent == pytest.approx([float(each) for each in descent], rel=1e-9)


@pytest.mark.parametrize("kind", [each for each in WRONG if each[0].startswith("de_d")])
def test_a_gradient_agrees_where_the_mistake_does_not_change_it(kind: tuple[str, str]) -> None:
    """The mistake is written by hand, and whether it changes the gradients is seen from that."""
    name, id = kind[0], kind[1].partition(" ")[0]
    dice = random.Random(str(kind))
    for mistaken in mistaken_in(name):
        if mistaken.id != id:
            continue
        setup = random_setup(dice, mistaken)
        found = raced_step(setup, 1, setup.w1, setup.w2)
        for check, exact in zip(found.checks, gradient(setup, setup.w1, setup.w2), strict=True):
            is_same = math.isclose(check.by_backpropagation, exact, rel_tol=1e-6)
            assert check.is_wrong is not is_same
            assert check.by_difference == pytest.approx(float(exact), rel=1e-5, abs=1e-9)


def test_a_wrong_forward_pass_is_compared_with_the_exact_error() -> None:
    setup = Setup(method=Mistaken("out_h", "sigmoid_forgotten"))
    found = raced_step(setup, 1, setup.w1, setup.w2)
    exact = gradient(setup, setup.w1, setup.w2)
    assert [each.by_difference for each in found.checks] == pytest.approx(
        [float(each) for each in exact], rel=1e-8
    )
    assert any(each.is_wrong for each in found.checks)


def raced(setup: Setup, iterations: int = 2_000) -> KeptRun:
    run = Run(setup)
    run.advance(iterations - 1)
    return KeptRun(
        1, "", "run-1", setup, run.iteration, run.stop, run.trace(), is_whole=True, is_own=True
    )


def known(kept: KeptRun, wanted: int) -> Race:
    found = race_of(kept, wanted)
    assert found
    return found


def test_a_race_is_seen_at_the_iteration_asked_for_or_at_its_last_step() -> None:
    kept = raced(Setup(method=Mistaken("dout_o_dnet_o", "slope_forgotten")))
    assert kept.last == 104
    for wanted, shown in ((1, 1), (50, 50), (103, 103), (104, 103), (813, 103)):
        assert known(kept, wanted).at.iteration == shown


def test_the_other_weight_cannot_be_seen_where_both_are_the_same() -> None:
    kept = raced(Setup(method=OTHER_WEIGHT))
    first, later = (race_words(known(kept, wanted)) for wanted in (1, 100))
    assert [each.is_good for each in first.checks] == [True, True]
    assert first.angle == "In iteration 1 the step points along −∇E, < 0.1° off."
    assert [each.is_good for each in later.checks] == [False, True]


def test_the_sign_of_all_lost_goes_straight_uphill_and_the_curve_shows_it() -> None:
    kept = raced(Setup(method=Mistaken("de_dout_o", "sign_lost")), 10)
    assert known(kept, 1).at.angle == pytest.approx(180)
    shown = race_words(known(kept, 1))
    assert shown.angle.endswith("which is uphill.")
    assert "E rose" in shown.learned


def test_an_update_with_a_plus_passes_the_check_of_its_gradients() -> None:
    setup = Setup(method=Mistaken("new_w1", "plus_for_minus"))
    found = raced_step(setup, 1, setup.w1, setup.w2)
    assert not any(each.is_wrong for each in found.checks)
    exact = gradient(setup, setup.w1, setup.w2)
    assert found.step == pytest.approx([float(0.9 * exact[0]), float(-0.9 * exact[1])])


def test_a_falling_error_is_told_to_prove_nothing() -> None:
    kept = raced(Setup(method=Mistaken("dout_o_dnet_o", "slope_forgotten")))
    learned = race_words(known(kept, 1)).learned
    assert learned.startswith("E fell from 0.05654 to ")
    assert learned.endswith(
        "in 104 iterations with a wrong gradient: a falling error proves nothing. "
        "Without the mistake it is done after 813 iterations."
    )


def test_an_error_that_falls_and_rises_is_told_so() -> None:
    """The least error and its iteration are those of the sample, checked there by hand."""
    setup = Setup(0.7, 0.8, 0.2, -0.8, 0.5, method=SIGN_LOST)
    learned = race_words(known(raced(setup, 4_610), 1)).learned
    assert learned == (
        "E fell from 0.08217 to 0.004204, and then rose to 0.04380, with a wrong gradient. "
        "Without the mistake it is done after 461 iterations."
    )


@pytest.mark.parametrize(
    ("setup", "words"),
    [
        (Setup(eta=0.0, method=SIGN_LOST), "no weight changes"),
        (Setup(input=0.0, w2=0.0, target=0.5, tolerance=0.0, method=Mistaken("de_dw2", "left_out")),
         "the gradient of E is 0"),
        (Setup(eta=1e308, target=-1e3, method=Mistaken("de_dw1", "sum_for_product")),
         "no longer finite"),
        (Setup(tolerance=1.0, method=SIGN_LOST), "ends before its first step"),
    ],
)  # fmt: skip
def test_where_a_step_or_the_gradient_has_no_direction_a_sentence_says_so(
    setup: Setup, words: str
) -> None:
    kept = raced(setup, 2)
    if "finite" in words:
        kept = replace(kept, stop=None)
    shown = race_words(known(kept, 1))
    assert words in shown.angle


def test_the_direction_of_steepest_descent_is_read_aloud_in_words() -> None:
    shown = race_words(known(raced(Setup(method=SIGN_LOST)), 1))
    assert aloud(shown.angle).endswith("away from minus the gradient of E.")


def test_nothing_is_said_of_a_right_run_and_of_one_that_is_not_computed() -> None:
    assert race_of(raced(Setup()), 1) is None
    assert race_of(KeptRun(1, "", "run-1", Setup(method=SIGN_LOST), 100), 1) is None


@pytest.mark.parametrize(
    ("setup", "length"),
    [
        (Setup(), 8_130),  # ten times the article's 813
        (Setup(eta=20.0), 1_000),
        (Setup(max_iterations=50), 50),
        (Setup(target=2.0), 100_000),
        (Setup(method=SIGN_LOST), 8_130),
    ],
)
def test_a_mistake_is_raced_ten_times_as_far_as_the_right_run_goes(
    setup: Setup, length: int
) -> None:
    assert raced_length(setup) == length


NUMBERS = {"input": 0.37, "target": 0.71, "w1": 0.53, "w2": -0.83, "eta": 0.29}
SETUP = Setup(*NUMBERS.values())


def written(name: str, value: float, without: tuple[str, ...] = ()) -> dict[str, str]:
    """Return a working with this number in one line, and all others worked out from it."""
    values = dict(NUMBERS)
    for each, formula in RIGHT.items():
        values[each] = value if each == name else formula(values)
    return {each: f"{values[each]:.8g}" for each in RIGHT if each not in without}


def causes_of(name: str, value: float, without: tuple[str, ...] = ()):
    checked = check_working(SETUP, SETUP.w1, SETUP.w2, written(name, value, without))
    line = next(each for each in checked.lines if each.name == name)
    return [(cause, raceable(name, cause, checked)) for cause in line.causes]


def test_the_cause_of_a_wrong_line_is_raced_as_just_that_mistake() -> None:
    values = dict(NUMBERS)
    for each, formula in RIGHT.items():
        values[each] = formula(values)
    ((_cause, found), *_others) = causes_of("de_dw1", -values["de_dw1"])
    assert found == SIGN_LOST
    lines = RIGHT | {"de_dw1": lambda v: -RIGHT["de_dw1"](v)}
    by_hand = dict(NUMBERS)
    for each, formula in lines.items():
        by_hand[each] = formula(by_hand)
    made = found.iteration(SETUP, SETUP.w1, SETUP.w2)
    assert made.updated.new_w1 == pytest.approx(by_hand["new_w1"], rel=1e-14)


def test_a_mistake_in_a_line_that_is_missing_is_raced_as_that_line_s() -> None:
    values = dict(NUMBERS)
    for each, formula in RIGHT.items():
        values[each] = formula(values)
    value = values["de_dw1"] / values["dout_h_dnet_h"] * values["out_h"] ** 2
    found = [raced for _cause, raced in causes_of("de_dw1", value, ("dout_h_dnet_h",))]
    assert Mistaken("dout_h_dnet_h", "slope_squared") in found


def test_two_mistakes_a_slip_and_one_within_a_right_line_are_not_raced() -> None:
    values = dict(NUMBERS)
    for each, formula in RIGHT.items():
        values[each] = formula(values)
    slip = causes_of("net_h", values["net_h"] * 10)
    within = causes_of("de_dw1", values["de_dw1"] / values["dout_h_dnet_h"] * values["out_h"] ** 2)
    two = causes_of("de_dw2", -values["de_dout_o"] * values["dnet_o_dw2"])
    for found in (slip, within, two):
        assert found
        assert all(raced is None for _cause, raced in found), found


def test_a_gradient_of_nought_agrees_only_where_the_true_one_is() -> None:
    # The true gradient is 1.6e-20, of which no finite difference of doubles has a trace.
    setup = Setup(1.6, 0.3, 1.6, -1.9, 1.0, method=Mistaken("out_o", "power_alone", 1))
    weights = iteration(setup, setup.w1, setup.w2).updated
    found = raced_step(setup, 2, *weights)
    true = gradient(setup, *weights)[0]
    check = found.checks[0]
    assert check.by_backpropagation == check.by_difference == 0.0
    assert 0 < abs(true) < 1e-18
    assert check.agreeing_digits is None


def test_a_run_that_breaks_off_is_said_to_whatever_its_last_error_is() -> None:
    setup = Setup(eta=1e308, method=Mistaken("out_h", "sigmoid_forgotten"))
    run = Run(setup)
    run.advance(50)
    kept = KeptRun(1, "a", "run-1", setup, run.iteration, run.stop, run.trace(), is_whole=True)
    race = race_of(kept, 1)
    assert run.stop is Stop.NOT_FINITE
    assert math.isfinite(run.trace().errors[-1])
    assert race is not None
    assert "no longer finite" in race_words(race).learned
