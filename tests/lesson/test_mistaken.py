"""Races of mistakes: against formulas transcribed by hand, and figures found by another program."""

import math
import random

import pytest

from backprop_gui.core.iteration import advance, iteration
from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run, Stop
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.mistaken import Mistaken, all_mistaken
from tests.lesson.pencil import RIGHT, WRONG

ALL = tuple(all_mistaken())
# Mistakes in a line before, of which the person wrote the right number: raced as that line's.
WITHIN = {
    ("de_dw2", "slope_incomplete"),
    ("de_dw2", "two_kept"),
    ("de_dw1", "new_weight"),
    ("de_dw1", "other_weight"),
}
_SIGN_LOST = Setup(0.7, 0.8, 0.2, -0.8, 0.5, max_iterations=100_000)
_SLOPE_FORGOTTEN = Setup(1.1, 0.7, -0.9, -1.3, 0.5, max_iterations=100_000)


def _random_setup(dice: random.Random) -> Setup:
    return Setup(*(dice.uniform(0.1, 2.0) * dice.choice((1, -1)) for _each in range(4)), eta=0.7)


def _lines(setup: Setup) -> dict[str, float]:
    made = iteration(setup, setup.w1, setup.w2)
    return dict(zip(RIGHT, (value for part in made for value in part), strict=True))


def _by_hand(setup: Setup, name: str, value: float) -> dict[str, float]:
    """Return all lines, one of which has this value whatever its formula says."""
    lines = {each: float(getattr(setup, each)) for each in ("input", "target", "w1", "w2", "eta")}
    for each, formula in RIGHT.items():
        lines[each] = value if each == name else formula(lines)
    return {each: lines[each] for each in RIGHT}


@pytest.mark.parametrize("mistaken", ALL, ids=lambda mistaken: mistaken.code)
def test_a_mistake_stands_in_its_line_and_all_others_follow_it(mistaken: Mistaken) -> None:
    setup = Setup(0.37, 0.71, 0.53, -0.83, 0.29, method=mistaken)
    lines = _lines(setup)
    by_hand = _by_hand(setup, mistaken.name, lines[mistaken.name])
    for name, value in lines.items():
        assert value == pytest.approx(by_hand[name], rel=1e-12, nan_ok=True), name


@pytest.mark.parametrize(("name", "kind"), [each for each in WRONG if each not in WITHIN])
def test_a_mistake_transcribed_by_hand_can_be_raced(name: str, kind: str) -> None:
    setup = _random_setup(random.Random(f"{name} {kind}"))
    expected = WRONG[name, kind](_by_hand(setup, "", 0.0) | _given(setup))
    raced = [m for m in ALL if m.name == name and m.id == kind.partition(" ")[0]]
    values = [_lines(Setup(*_numbers(setup), method=m))[name] for m in raced]
    assert any(math.isclose(value, expected, rel_tol=1e-12) for value in values)


def _given(setup: Setup) -> dict[str, float]:
    return dict(zip(("input", "target", "w1", "w2", "eta"), _numbers(setup), strict=True))


def _numbers(setup: Setup) -> tuple[float, ...]:
    return setup.input, setup.target, setup.w1, setup.w2, setup.eta


@pytest.mark.parametrize(
    ("setup", "name", "id", "iterations"),
    [
        (Setup(), "dnet_o_dout_h", "new_weight", 813),
        (Setup(), "dout_o_dnet_o", "slope_forgotten", 104),
        (_SIGN_LOST, "new_w1", "plus_for_minus", None),
        (_SIGN_LOST, "de_dw1", "sign_lost", None),
        (_SLOPE_FORGOTTEN, "de_dw1", "left_out", None),
    ],
)
def test_a_race_ends_where_another_program_found_its_end(
    setup: Setup, name: str, id: str, iterations: int | None
) -> None:
    ends = []
    for mistaken in (m for m in ALL if (m.name, m.id) == (name, id)):
        run = Run(Setup(*_numbers(setup), max_iterations=setup.max_iterations, method=mistaken))
        run.advance(5_000 if iterations is None else 1_000)
        ends.append(run.iteration if run.stop is Stop.TOLERANCE else None)
    assert iterations in ends


def test_a_mistake_never_needs_its_own_line() -> None:
    with pytest.raises(KeyError):
        Mistaken("net_h", "new_weight")
    with pytest.raises(KeyError):
        Mistaken("net_h", "no_such_mistake")


def test_every_line_that_is_computed_has_a_mistake() -> None:
    assert {mistaken.name for mistaken in ALL} == set(ARTICLE.step_of)


def test_codes_of_mistakes_tell_them_apart_and_fit_into_files() -> None:
    codes = [mistaken.code for mistaken in ALL]
    assert len(set(codes)) == len(codes)
    assert all(len(code) <= 64 for code in codes)


def test_a_setup_without_a_mistake_advances_as_the_three_functions_do() -> None:
    weights, by_functions = (0.5, 0.5), (0.5, 0.5)
    for _each in range(50):
        _done, *weights = advance(Setup(), *weights, 1)
        by_functions = iteration(Setup(), *by_functions).updated
    assert tuple(weights) == by_functions
