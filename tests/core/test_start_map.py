"""Where runs end that start from anywhere."""

import struct
from dataclasses import replace

from hypothesis import example, given
from hypothesis import strategies as st

from backprop_gui.core.network import Setup
from backprop_gui.core.start_map import End, end_from
from tests.core.article import article_program, unroll
from tests.core.setups import ordinary, wild

SETTLING = Setup(tolerance=0.0, max_iterations=2_000_000_000)


def bits(end: End) -> bytes:
    return struct.pack("<dd", end.w1, end.w2)


def test_the_article_s_start_ends_where_the_article_s_program_does() -> None:
    _errors, _outo, w1, w2, ctr = article_program()
    end = end_from(Setup(w1=7, w2=7), 0.5, 0.5)
    assert (end.iterations, end.stop.value, end.w1, end.w2) == (ctr, "tolerance", w1, w2)


@given(setup=ordinary() | wild())
@example(setup=Setup(max_iterations=1))
@example(setup=Setup(tolerance=0, target=0.5, w2=0, max_iterations=300))
@example(setup=Setup(input=1e308, w1=1e308))
def test_any_start_ends_as_a_straight_loop_does(setup: Setup) -> None:
    straight = unroll(setup)
    end = end_from(replace(setup, w1=1, w2=-1), setup.w1, setup.w2)
    assert (end.iterations, end.stop.value) == (len(straight.weights), straight.stop)
    assert bits(end) == struct.pack("<dd", *straight.weights[-1])


def test_a_start_whose_weights_stay_as_they_are_ends_at_the_maximum_at_once() -> None:
    end = end_from(SETTLING, SETTLING.w1, SETTLING.w2)
    assert (end.iterations, end.stop.value) == (SETTLING.max_iterations, "max_iterations")
    assert end.is_settled
    further = end_from(replace(SETTLING, max_iterations=3), end.w1, end.w2)
    assert (further.w1, further.w2) == (end.w1, end.w2)


@given(limit=st.integers(1, 813 + 5))
@example(limit=812)
@example(limit=813)
def test_a_run_that_goes_on_beyond_a_limit_ends_there(limit: int) -> None:
    end = end_from(Setup(), 0.5, 0.5, limit)
    iteration = min(limit, 813)
    weights = unroll(Setup()).weights[iteration - 1]
    stop = "tolerance" if limit >= 813 else "max_iterations"
    assert (end.iterations, end.stop.value, end.is_settled) == (iteration, stop, False)
    assert (end.w1, end.w2) == weights


def test_a_negative_zero_is_a_start_like_zero() -> None:
    assert end_from(Setup(), -0.0, -0.0) == end_from(Setup(), 0.0, 0.0)
    assert struct.pack("<d", end_from(Setup(max_iterations=1), -0.0, 0).w1) == bytes(8)
