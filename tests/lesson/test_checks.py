"""Finite differences against a derivative at 50 digits, and the article's printed numbers."""

import math
from dataclasses import replace
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

import mpmath
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from backprop_gui.core.network import Setup
from backprop_gui.lesson import article, checks
from backprop_gui.lesson.checks import (
    ALL_DIGITS,
    GradientCheck,
    gradient_checks,
    is_article,
    printed_in_article,
)
from backprop_gui.lesson.moment import Moment, Position
from tests.core.article import iteration
from tests.core.setups import ordinary, wild

# Copied from the article a second time, line by line.
ARTICLE = """
neth = .05 outh = .51249 neto = .25624 outo = .563711 E = .056545
-.336289 .24594 .51249 -.042386 .5 .24984 .1 -.001033
w1 = 0.5009298654 w2 = 0.538148
"""
TEXTS = [word for word in ARTICLE.split() if set(word) <= set("-.0123456789")]

CUT_OFF, WENT_ON, MORE_DIGITS = "Cut off", "Computed from", "more digits than it prints"
TOO_SMALL, BENT, NOT_FINITE = "Too small", "bends too much", "not finite"
BY_ROUNDING = "the true gradient is tiny"


def moment(setup: Setup) -> Moment:
    return Moment(setup, Position(1, 1), setup.w1, setup.w2)


def true_gradients(setup: Setup) -> tuple[mpmath.mpf, mpmath.mpf]:
    """Differentiate E numerically with 120 digits at work; about 50 of the result are right."""
    with mpmath.workdps(120):
        i, t, w1, w2 = map(mpmath.mpf, (setup.input, setup.target, setup.w1, setup.w2))

        def sigmoid(x):
            return 1 / (1 + mpmath.exp(-x))

        def error(a, b):
            return (t - sigmoid(sigmoid(i * a) * b)) ** 2 / 2

        return (
            mpmath.diff(lambda a: error(a, w2), w1),
            mpmath.diff(lambda b: error(w1, b), w2),
        )


def apart(a: float, b: float) -> mpmath.mpf:
    """Return the relative difference, without rounding."""
    with mpmath.workdps(50):
        largest = max(abs(mpmath.mpf(a)), abs(mpmath.mpf(b)))
        return abs(mpmath.mpf(a) - mpmath.mpf(b)) / largest if largest else mpmath.mpf(0)


def checks_of(setup: Setup) -> dict[str, GradientCheck]:
    return {check.name: check for check in gradient_checks(moment(setup))}


@given(ordinary())
def test_the_gradients_agree_in_as_many_digits_as_are_claimed_and_in_no_more(setup: Setup) -> None:
    for check in gradient_checks(moment(setup)):
        digits = check.agreeing_digits
        distance = apart(check.by_backpropagation, check.by_difference)
        if digits == ALL_DIGITS:
            assert distance == 0
        elif digits is not None:
            assert distance <= 10.0**-digits * 1.001
            assert digits == ALL_DIGITS - 1 or distance > 10.0 ** -(digits + 1) * 0.999


@given(ordinary())
def test_both_ways_come_as_near_to_the_true_gradient_as_they_agree(setup: Setup) -> None:
    for check, true in zip(gradient_checks(moment(setup)), true_gradients(setup), strict=True):
        if check.agreeing_digits is None:
            continue
        assume(check.by_backpropagation != 0)
        found = apart(check.by_backpropagation, float(true))
        assert found < 1e-6  # far from a wrong formula, also where t − outₒ cancels
        assert apart(check.by_difference, float(true)) <= 10.0**-check.agreeing_digits + 2 * found


@given(ordinary())
@example(Setup(input=-4.0, target=0.5, w1=0.5, w2=0.0))  # E is 0, and rounds beside it
def test_an_honest_gradient_is_never_called_wrong(setup: Setup) -> None:
    assert not any(check.is_wrong for check in gradient_checks(moment(setup)))


@given(wild())
@example(Setup(input=-1.7e308, target=-1.0, w1=-700.0, w2=-700.0))  # netₕ is infinite
def test_no_setup_makes_a_check_raise_or_a_false_alarm(setup: Setup) -> None:
    for check in gradient_checks(moment(setup)):
        assert check.agreeing_digits is None or 0 <= check.agreeing_digits <= ALL_DIGITS
        assert (check.agreeing_digits is not None) or check.remark
        assert not check.is_wrong


@given(st.floats(0.01, 0.99), st.floats(-2, 2), st.floats(-2, 2))
def test_a_gradient_that_matters_is_compared_in_seven_digits(
    target: float, w1: float, w2: float
) -> None:
    setup = Setup(input=1.0, target=target, w1=w1, w2=w2)
    gradients = true_gradients(setup)
    for check, true in zip(gradient_checks(moment(setup)), gradients, strict=True):
        assume(abs(true) > 1e-3)
        assert check.agreeing_digits is not None
        assert check.agreeing_digits >= 7
        assert not check.remark


@pytest.mark.parametrize("factor", [1.01, 2.0, -1.0, 1.0001])
@pytest.mark.parametrize("name", ["de_dw1", "de_dw2"])
def test_a_wrong_gradient_is_called_wrong(name: str, factor: float) -> None:
    at = moment(Setup())
    at.__dict__["values"] = at.values | {name: at.values[name] * factor}
    found = {check.name: check for check in gradient_checks(at)}
    assert found[name].is_wrong
    assert found[name].agreeing_digits <= 4
    others = [check for check in found.values() if check.name != name]
    assert not any(check.is_wrong for check in others)


def test_the_step_is_the_cube_root_of_epsilon_for_the_article_s_weights() -> None:
    for check in gradient_checks(moment(Setup())):
        assert check.step == pytest.approx(2.0 ** (-52 / 3), rel=1e-9)


def test_nought_beside_nought_agrees_wholly_and_needs_no_remark_where_it_is_true() -> None:
    check = checks_of(Setup(input=0.0))["de_dw1"]
    assert check.by_backpropagation == 0
    assert check.by_difference == 0
    assert (check.agreeing_digits, check.remark) == (ALL_DIGITS, "")


@pytest.mark.parametrize(
    ("setup", "name", "sentence"),
    [
        (Setup(w2=60.0), "de_dw1", TOO_SMALL),  # saturated, yet not flat in a double
        (Setup(w2=60.0), "de_dw2", TOO_SMALL),
        (Setup(w2=1e300), "de_dw2", BY_ROUNDING),
        (Setup(w1=1e300), "de_dw1", BY_ROUNDING),
        (Setup(w2=-800.0, target=0.0), "de_dw2", BY_ROUNDING),
        (Setup(target=1e200), "de_dw1", NOT_FINITE),
        (Setup(input=1e300, w1=1e300, w2=1.7e308, target=1e300), "de_dw2", NOT_FINITE),
        (Setup(target=0.5637139161734462), "de_dw2", BENT),  # E's minimum, to the last bit
    ],
)
def test_a_comparison_that_means_nothing_is_told_with_its_reason(
    setup: Setup, name: str, sentence: str
) -> None:
    check = checks_of(setup)[name]
    assert sentence in check.remark
    assert not check.is_wrong
    if sentence != BY_ROUNDING:
        assert check.agreeing_digits is None


@pytest.mark.parametrize("weight", [math.inf, -math.inf, math.nan])
def test_weights_that_are_not_finite_are_not_compared(weight: float) -> None:
    at = Moment(Setup(), Position(1, 1), weight, weight)
    assert [check.agreeing_digits for check in gradient_checks(at)] == [None, None]


def test_the_checks_are_of_the_moment_s_weights_whichever_step_is_known() -> None:
    at = Moment(Setup(), Position(7, 1), 0.7, -1.3)
    expected = iteration(Setup(), 0.7, -1.3)
    for check in gradient_checks(at):
        assert check.by_backpropagation == expected[check.name]


def test_the_article_s_setup_is_told_by_what_its_first_iteration_comes_from() -> None:
    assert is_article(replace(Setup(), tolerance=0.1, max_iterations=3))
    for name in ("input", "target", "w1", "w2", "eta"):
        assert not is_article(replace(Setup(), **{name: 0.123}))


def rounded(x: Decimal, text: str, rounding: str = ROUND_HALF_UP) -> Decimal:
    return x.quantize(Decimal(text), rounding)


def test_the_printed_texts_are_those_of_the_article_in_the_order_of_the_steps() -> None:
    printed = printed_in_article()
    assert [each.printed for each in printed] == TEXTS
    assert [each.name for each in printed] == [step.quantity.name for step in article.ARTICLE.steps]


def test_our_side_is_the_article_s_program_rounded_to_the_printed_decimals() -> None:
    values = iteration(Setup(), 0.5, 0.5)
    for each in printed_in_article():
        expected = rounded(Decimal(values[each.name]), each.printed)
        assert each.ours.replace("−", "-") == f"{expected:f}"
        assert each.agrees == (expected == Decimal(each.printed))


def test_seven_agree_and_one_of_them_with_a_note() -> None:
    printed = printed_in_article()
    agreeing = [each.name for each in printed if each.agrees]
    noted = [each.name for each in printed if each.agrees and each.reason]
    same = ["net_h", "dout_o_dnet_o", "dnet_o_dout_h", "dout_h_dnet_h", "dnet_h_dw1", "de_dw1"]
    assert agreeing == [*same, "new_w2"]
    assert noted == ["new_w2"]


def reason(name: str) -> str:
    return next(each.reason for each in printed_in_article() if each.name == name)


@pytest.mark.parametrize("name", ["out_h", "net_o", "dnet_o_dw2", "de_dw2", "new_w1"])
def test_what_is_called_cut_off_is_our_value_with_digits_cut_off(name: str) -> None:
    text = next(each.printed for each in printed_in_article() if each.name == name)
    value = Decimal(iteration(Setup(), 0.5, 0.5)[name])
    assert rounded(value, text, ROUND_DOWN) == Decimal(text) != rounded(value, text)
    assert reason(name).startswith(CUT_OFF)


D = Decimal
ON_PAPER = {  # the article's lines with the numbers that stand in them
    "out_o": (1 / (1 + D("-.25624").exp()), ROUND_DOWN),
    "error": (D("0.5") * (D(".9") - D(".563711")) ** 2, ROUND_HALF_UP),
    "de_dout_o": ((D(".9") - D(".563711")) * -1, ROUND_HALF_UP),
}


@pytest.mark.parametrize("name", ON_PAPER)
def test_what_is_said_to_go_on_from_printed_numbers_comes_of_them_and_not_of_ours(
    name: str,
) -> None:
    line, rounding = ON_PAPER[name]
    text = next(each.printed for each in printed_in_article() if each.name == name)
    value = Decimal(iteration(Setup(), 0.5, 0.5)[name])
    assert rounded(line, text, rounding) == Decimal(text)
    assert Decimal(text) not in (rounded(value, text), rounded(value, text, ROUND_DOWN))
    assert reason(name).startswith(WENT_ON)
    assert reason(name).endswith("then cut off.") == (rounding is ROUND_DOWN)
    assert f"{line.normalize():f}"[:9].replace("-", "−") in reason(name)


NOT_ON_PAPER = {
    "de_dw2": D("-.33628") * D(".24594") * D(".51249"),
    "new_w1": D(".5") + D(".9") * D(".001033"),
    "new_w2": D(".5") + D(".9") * D(".042386"),
}


def test_three_lines_do_not_follow_from_the_numbers_that_stand_in_them() -> None:
    told = {each.name for each in printed_in_article() if MORE_DIGITS in each.reason}
    assert told == set(NOT_ON_PAPER)
    for name, line in NOT_ON_PAPER.items():
        text = next(each.printed for each in printed_in_article() if each.name == name)
        assert Decimal(text) not in (rounded(line, text), rounded(line, text, ROUND_DOWN))
        assert f"{line:.7f}".replace("-", "−")[:9] in reason(name)


def test_a_misprint_would_be_told_with_its_size(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(checks._PRINTED, "out_h", ".52149")
    reasons = {each.name: each.reason for each in printed_in_article.__wrapped__()}
    assert "differs from ours by 0.0090" in reasons["out_h"]
    assert reasons["net_o"].startswith(CUT_OFF)


def test_no_reason_has_a_placeholder_left() -> None:
    assert not any("{" in each.reason for each in printed_in_article())
