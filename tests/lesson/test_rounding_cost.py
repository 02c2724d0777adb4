"""What rounding costs, against both runs by hand: one in decimals, one in doubles."""

import random
from decimal import Context, localcontext

import pytest

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Cycle, Stop
from backprop_gui.lesson.checks import gradient_checks
from backprop_gui.lesson.methods import method_of
from backprop_gui.lesson.moment import Moment, Position
from backprop_gui.lesson.rounded import Rounded
from backprop_gui.lesson.rounding_cost import COUNTS, RunEnd, apart, words
from tests.lesson.pencil import RIGHT
from tests.lesson.test_rounded import _pencil


def _by_hand(setup: Setup, w1: float, w2: float) -> list[float]:
    values = {"input": setup.input, "target": setup.target, "eta": setup.eta, "w1": w1, "w2": w2}
    for name, formula in RIGHT.items():
        values[name] = formula(values)
    return [values[name] for name in RIGHT]


@pytest.mark.parametrize("code", ["3s", "4d", "3s-cut"])
def test_a_run_on_paper_is_off_by_what_both_runs_by_hand_say(code: str) -> None:
    dice = random.Random(code)
    values = [round(dice.uniform(0.1, 1.0), 1) for _one in range(4)]
    setup = Setup(*values, eta=0.5, tolerance=0.0, method=method_of(code))
    ours = theirs = (setup.w1, setup.w2)
    expected = {}
    for count in range(1, max(COUNTS) + 1):
        with localcontext(Context(prec=80)):
            ours = (*_pencil(code, setup, *ours)[-2:],)
            error = _pencil(code, setup, *ours)[4]
        theirs = (*_by_hand(setup, *theirs)[-2:],)
        both = (ours, error), (theirs, _by_hand(setup, *theirs)[4])
        expected[count] = [
            both[0][0][0] - both[1][0][0], both[0][0][1] - both[1][0][1], both[0][1] - both[1][1],
        ]  # fmt: skip
    found = apart(setup)
    assert [each.iterations for each in found] == list(COUNTS)
    for each in found:
        assert each[1:] == pytest.approx(expected[each.iterations], rel=1e-9, abs=1e-13)


def test_what_comes_after_a_run_has_stopped_is_not_compared() -> None:
    assert [each.iterations for each in apart(Setup(eta=30.0, method=Rounded(4)))] == [1, 10]
    assert apart(Setup(method=Rounded(1, is_of_decimals=True))) == ()  # E is 0.0 at once


@pytest.mark.parametrize(
    ("end", "said"),
    [
        (RunEnd(818, Stop.TOLERANCE), "On paper the run reaches the tolerance at iteration 818."),
        (
            RunEnd(9, Stop.NOT_FINITE),
            "On paper the run goes beyond the largest double at iteration 9.",
        ),
        (
            RunEnd(5_000, Stop.MAX_ITERATIONS, 468),
            "On paper the run changes no weight from iteration 468 on.",
        ),
        (
            RunEnd(5_000, Stop.MAX_ITERATIONS, cycle=Cycle(31, 12)),
            "On paper the run goes round in a circle from iteration 31 on.",
        ),
        (
            RunEnd(5_000, Stop.MAX_ITERATIONS),
            "On paper the run ends at the maximum of 5,000 iterations.",
        ),
    ],
)
def test_it_is_said_where_each_run_stops(end: RunEnd, said: str) -> None:
    sentences = words(Setup(method=Rounded(3)), end, RunEnd(813, Stop.TOLERANCE))
    # w₂ is 0.538 where exactly it is 0.538148: by hand.
    assert sentences[0].startswith("After 1 iteration w₁ is off by +7.0·10⁻⁵, w₂ by −0.00015,")
    assert sentences[-2:] == [said, "The exact run reaches the tolerance at iteration 813."]
    assert words(Setup(method=Rounded(3)), RunEnd(7, None), None) == sentences[:-2]


def test_a_rounded_gradient_is_not_called_a_wrong_one() -> None:
    moment = Moment(Setup(method=Rounded(3)), Position(1, 15), 0.5, 0.5)
    for check in gradient_checks(moment):
        assert not check.is_wrong
        assert check.remark == "Back-propagation is rounded on paper here (3 significant digits)."
