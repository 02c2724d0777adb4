"""The curve that a person expects. What is drawn where is worked out by hand."""

import math

import pytest

from backprop_gui.core.network import MOST_ITERATIONS, Setup
from backprop_gui.core.run import Run, Stop
from backprop_gui.lesson.expected_curve import (
    NOTHING_EXPECTED,
    ExpectedCurve,
    Point,
    Stroke,
    how_it_went,
)

ARTICLE_ENDS_AT = 813  # as the article's own program says


def _drawn(*strokes: Stroke) -> ExpectedCurve:
    curve = NOTHING_EXPECTED
    for stroke in strokes:
        curve = curve.with_stroke(stroke)
    return curve


def _through(*points: tuple[int, float]) -> ExpectedCurve:
    return ExpectedCurve(tuple(Point(*point) for point in points))


def _run(**facts: float) -> Run:
    run = Run(Setup(**facts))
    run.advance(run.setup.max_iterations)
    return run


# In each the second point lies half way along the line on the screen.
STRAIGHT = {
    "linear": (Stroke((1, 0.1), (3, 0.3), False, False), Point(2, 0.2)),
    "logarithmic error": (Stroke((1, 1e-2), (3, 1e-4), False, True), Point(2, 1e-3)),
    "both logarithmic": (Stroke((1, 1e-2), (100, 1e-4), True, True), Point(10, 1e-3)),
    "logarithmic iterations": (Stroke((1, 0.1), (100, 0.3), True, False), Point(10, 0.2)),
}


@pytest.mark.parametrize("axes", STRAIGHT)
def test_a_stroke_is_straight_on_the_axes_it_was_drawn_on(axes: str) -> None:
    stroke, half_way = STRAIGHT[axes]
    assert _drawn(stroke).error(half_way.iteration) == pytest.approx(half_way.error, rel=0.02)
    drawn = stroke.points()
    assert [drawn[0], drawn[-1]] == [stroke.start, stroke.end]


def test_each_iteration_has_one_error_and_they_are_in_their_order() -> None:
    there = Stroke((1, 0.1), (40, 0.01))
    curve = _drawn(there, Stroke((40, 0.01), (20, 0.3)), Stroke((20, 0.3), (60, 1e-4)))
    iterations = [point.iteration for point in curve.points]
    assert iterations == sorted(set(iterations))


def test_dragging_back_corrects_what_was_drawn_there() -> None:
    curve = _drawn(Stroke((1, 0.1), (11, 0.1)), Stroke((11, 0.1), (6, 0.02)))
    assert curve.error(6) == 0.02
    assert curve.error(5) == pytest.approx(0.1)
    assert curve.error(11) == 0.1


@pytest.mark.parametrize("before", [[1, 500], [1, 100, 200, 500], list(range(1, 501))])
def test_touching_a_part_leaves_the_rest_where_it_was(before: list[int]) -> None:
    def fall(at: int) -> float:
        return 0.1 * 0.99 ** (at - 1)

    curve = _through(*((at, fall(at)) for at in before))
    curve = curve.with_stroke(Stroke((100, 0.5), (200, 0.5)))
    for at in (1, 2, 50, 99, 201, 300, 499, 500):
        assert curve.error(at) == pytest.approx(fall(at), rel=1e-9), at
    for at in (100, 150, 200):
        assert curve.error(at) == pytest.approx(0.5)
    assert curve.error(501) is None


def test_a_stroke_within_one_iteration_leaves_where_the_hand_was_last() -> None:
    assert _drawn(Stroke((6.8, 0.1), (7.3, 0.2))).points == (Point(7, 0.2),)


def test_what_lies_out_of_reach_is_drawn_at_its_edge() -> None:
    points = _drawn(Stroke((-5, -1), (1e30, 1e305), False, False)).points
    assert points[0] == (1, 0.0)
    assert points[-1] == (MOST_ITERATIONS, 1e300)
    with pytest.raises(ValueError, match="finite"):
        _drawn(Stroke((1, math.nan), (2, 0.1)))


def test_a_long_stroke_has_no_more_points_than_a_hand_draws() -> None:
    assert len(Stroke((1, 0.1), (1e9, 1e-9)).points()) < 50


def test_a_gap_is_crossed_by_the_same_factor_in_each_iteration() -> None:
    curve = _through((1, 1e-1), (5, 1e-5))
    assert curve.error(3) == pytest.approx(1e-3)
    assert dict(curve.course())[4] == pytest.approx(1e-4)
    assert _through((1, 0.4), (5, 0.0)).error(3) == pytest.approx(0.2)


@pytest.mark.parametrize(
    ("points", "first"),
    [
        ([(1, 0.2), (11, 2e-3)], 8),  # 0.0126 at 7, 0.00796 at 8
        ([(1, 1e-1), (10, 1e-2)], None),  # not below, but at it
        ([(1, 0.4), (5, 0.0)], 5),  # 0.1 at 4, straight
        ([(40, 1e-3), (50, 1e-4)], 40),
        ([(1, 1.0), (2, 1e-9), (3, 1.0), (4, 1e-9)], 2),
        ([], None),
    ],
)
def test_it_is_below_the_tolerance_from_the_first_iteration_that_is(
    points: list[tuple[int, float]], first: int | None
) -> None:
    assert _through(*points).below(1e-2) == first


HIGH = 0.1
SAID = {
    "sooner": (
        {},
        [(1, HIGH), (299, 5.1e-5), (304, 1e-6)],
        "You expected E below the tolerance after about 300 iterations; it took 813.",
    ),
    "later": (
        {},
        [(1, HIGH), (4321, 5e-5), (4322, 1e-6)],
        "You expected E below the tolerance after about 4,300 iterations; it took 813.",
    ),
    "never, though it was": (
        {},
        [(1, HIGH), (900, HIGH)],
        "You expected E to stay above the tolerance; it fell below after 813 iterations.",
    ),
    "a short curve": (
        {},
        [(1, HIGH), (500, HIGH)],
        "Your curve ends above the tolerance at iteration 500; E fell below it after 813 "
        "iterations.",
    ),
    "below, though it never was": (
        {"eta": 0.0, "max_iterations": 400},
        [(1, HIGH), (49, 6e-5), (50, 1e-6)],
        "You expected E below the tolerance after about 50 iterations; it was not below when the "
        "run ended, after 400.",
    ),
    "never, and it was not": (
        {"eta": 0.0, "max_iterations": 400},
        [(1, HIGH), (400, HIGH)],
        "You expected E to stay above the tolerance, and it did.",
    ),
    "short and never": (
        {"eta": 0.0, "max_iterations": 400},
        [(1, HIGH), (300, HIGH)],
        "Your curve ends above the tolerance at iteration 300; E was still above it at iteration "
        "400.",
    ),
    "no tolerance": ({"tolerance": 0.0, "max_iterations": 9}, [(1, HIGH), (9, 0.0)], ""),
    "no curve": ({}, [], ""),
}


@pytest.mark.parametrize("case", SAID)
def test_the_sentence_says_how_far_off_the_guess_was(case: str) -> None:
    facts, points, said = SAID[case]
    assert how_it_went(_through(*points), _run(**facts)) == said


def test_the_article_s_run_ends_where_its_program_says() -> None:
    assert _run().iteration == ARTICLE_ENDS_AT


def test_of_a_run_that_goes_on_or_has_no_errors_nothing_is_said() -> None:
    curve = _through((1, HIGH), (2, HIGH))
    assert how_it_went(curve, Run(Setup())) == ""
    lost = _run(target=1e200, eta=1e200)
    assert lost.stop is Stop.NOT_FINITE
    assert how_it_went(curve, lost) == ""
