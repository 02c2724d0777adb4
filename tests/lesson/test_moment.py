"""What is known at a position of a run."""

import dataclasses
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_gui.core.network import Setup, backward, forward, update
from backprop_gui.core.run import Run, Stop
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.moment import START, Position, moment_at
from backprop_gui.lesson.numbers import Numerals
from tests.core.setups import ordinary
from tests.extent import extent
from tests.shown import typed

RUN = Run(Setup())
RUN.advance(RUN.setup.max_iterations)


@given(iteration=st.integers(1, 812), step=st.integers(1, 15))
@settings(deadline=None)
def test_a_moment_knows_the_core_s_numbers_up_to_its_step_and_nothing_beyond(
    iteration: int, step: int
) -> None:
    moment = moment_at(RUN, Position(iteration, step))
    setup, (w1, w2) = RUN.setup, RUN.weights(iteration)
    seen = forward(setup, w1, w2)
    found = backward(setup, w2, seen)
    computed = [*seen, *found, *update(setup, w1, w2, found)]
    known = [moment.value(step.quantity.name) for step in ARTICLE.steps]
    assert known == computed[:step] + [None] * (15 - step)
    given_ = {"input": 0.1, "target": 0.9, "w1": w1, "w2": w2, "eta": 0.9}
    assert {
        name: moment.value(name) for name in ARTICLE.quantities if name not in ARTICLE.step_of
    } == given_


def test_the_weights_of_a_moment_are_those_before_the_update() -> None:
    before, after = (moment_at(RUN, Position(k, 15)) for k in (7, 8))
    assert (before.value("new_w1"), before.value("new_w2")) == (after.w1, after.w2)
    assert (before.w1, before.w2) != (after.w1, after.w2)


@pytest.mark.parametrize("step", [1, 5, 6, 15])
def test_the_iteration_where_a_run_stops_ends_with_its_forward_pass(step: int) -> None:
    moment = moment_at(RUN, Position(813, step))
    assert moment.position == Position(813, min(step, 5))
    assert moment.stop is Stop.TOLERANCE
    assert moment.value("de_dout_o") is None


def test_only_the_last_moments_of_a_run_say_why_it_stops() -> None:
    assert moment_at(RUN, Position(812, 15)).stop is None
    unfinished = Run(Setup())
    assert moment_at(unfinished, Position(1, 15)).stop is None


def test_a_run_is_first_shown_with_the_forward_pass_of_iteration_1() -> None:
    moment = moment_at(RUN, START)
    assert (moment.iteration, moment.value("error") is None) == (1, False)
    assert moment.value("de_dout_o") is None


@pytest.mark.parametrize("iteration", [0, 814])
def test_a_moment_that_the_run_has_not_got_to_is_refused(iteration: int) -> None:
    with pytest.raises(IndexError, match=str(iteration)):
        moment_at(RUN, Position(iteration, 1))


def test_a_moment_of_an_unknown_quantity_is_refused() -> None:
    with pytest.raises(KeyError):
        moment_at(RUN, START).value("momentum")


def test_equal_positions_of_equal_runs_are_equal_moments() -> None:
    again = Run(Setup())
    again.advance(100)
    position = Position(50, 9)
    assert moment_at(RUN, position) == moment_at(again, position)


@given(setup=ordinary(), digits=st.integers(3, 17), share=st.floats(0.9999, 1.0001))
@settings(deadline=None, max_examples=extent(200, 40))
def test_an_error_is_shown_on_its_side_of_the_tolerance(
    setup: Setup, digits: int, share: float
) -> None:
    error = moment_at(Run(setup), Position(1, 5)).values["error"]
    run = Run(dataclasses.replace(setup, tolerance=error * share))
    moment = moment_at(run, Position(1, 5))
    shown = Decimal(typed(moment.text("error", Numerals(digits))))
    assert (float(shown) < run.setup.tolerance) == (error < run.setup.tolerance)
    assert float(shown) == float(f"{error:.{len(shown.as_tuple().digits)}g}") or not error
