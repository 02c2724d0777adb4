"""The error surface: its contours against the mathematics of mpmath and of the core."""

import math
import random
from itertools import pairwise

import mpmath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_gui.core.network import Setup, forward
from backprop_gui.lesson.surface import (
    Region,
    branches,
    contour,
    contour_points,
    dot_iterations,
    error_range,
    levels,
    range_problem,
    reading,
    region_problem,
)

ARTICLE = Setup()
SQUARE = Region(-5.0, 5.0, -5.0, 5.0)


def _error(setup: Setup, w1: float, w2: float) -> mpmath.mpf:
    """The error at 40 digits."""
    with mpmath.workdps(40):
        i, t, w1, w2 = map(mpmath.mpf, (setup.input, setup.target, w1, w2))
        out_h = 1 / (1 + mpmath.exp(-i * w1))
        return (t - 1 / (1 + mpmath.exp(-out_h * w2))) ** 2 / 2


def test_a_contour_has_its_level_to_eleven_digits() -> None:
    draw = random.Random(15)
    for _ in range(100):
        target, level = draw.uniform(0.05, 0.95), 10 ** draw.uniform(-6, -1)
        setup = Setup(input=draw.uniform(-2, 2), target=target)
        w1 = draw.uniform(-5, 5)
        for out_o in branches(setup, level):
            (w2,) = contour(setup, out_o, [w1])
            assert forward(setup, w1, w2).error == pytest.approx(level, rel=1e-11)
            assert float(_error(setup, w1, w2)) == pytest.approx(level, rel=1e-11)


def test_the_band_of_the_article_is_where_its_facts_say() -> None:
    outs = branches(ARTICLE, ARTICLE.tolerance)
    assert [contour(ARTICLE, out, [0.5])[0] for out in outs] == pytest.approx(
        [4.0795, 4.5144], abs=5e-5
    )


@pytest.mark.parametrize(
    ("target", "level", "count"), [(0.9, 0.0, 1), (0.9, 1e-3, 2), (0.9, 0.1, 1), (0.9, 0.5, 0),
                                   (1.0, 0.0, 0), (1.5, 0.2, 1), (1e200, 1.0, 0)]
)  # fmt: skip
def test_as_many_outputs_have_an_error_as_lie_between_0_and_1(
    target: float, level: float, count: int
) -> None:
    assert len(branches(Setup(target=target), level)) == count


def test_a_reading_has_the_slopes_of_the_surface() -> None:
    seen, step = reading(ARTICLE, 0.5, 0.5), 1e-9
    over = [
        (_error(ARTICLE, 0.5 + dw1, 0.5 + dw2) - _error(ARTICLE, 0.5 - dw1, 0.5 - dw2)) / 2 / step
        for dw1, dw2 in ((step, 0.0), (0.0, step))
    ]
    assert (seen.de_dw1, seen.de_dw2) == pytest.approx([float(each) for each in over], rel=1e-6)


@given(st.floats(-6, 6), st.floats(-6, 6), st.floats(0.01, 3), st.floats(0.01, 3))
def test_no_error_of_a_region_is_outside_its_range(
    w1: float, w2: float, wide: float, high: float
) -> None:
    region = Region(w1, w1 + wide, w2, w2 + high)
    least, most = error_range(ARTICLE, region)
    for at1 in (0.0, 0.3, 1.0):
        for at2 in (0.0, 0.7, 1.0):
            error = forward(ARTICLE, w1 + at1 * wide, w2 + at2 * high).error
            assert least - 1e-15 <= error <= most + 1e-15
    assert all(least <= level <= most for level in levels(ARTICLE, region))


def test_levels_are_decades_and_where_these_are_few_equal_steps() -> None:
    assert {0.2, 0.1, 0.05, 0.001} <= set(levels(ARTICLE, SQUARE))
    assert min(levels(ARTICLE, SQUARE)) > ARTICLE.tolerance
    near = levels(ARTICLE, Region(0.5, 0.501, 0.5, 0.501))
    assert len(near) >= 3
    steps = [high - low for low, high in pairwise(near)]
    assert steps == [pytest.approx(steps[0])] * len(steps)


@pytest.mark.parametrize("level", [0.0, 1e-3, 0.05])
@pytest.mark.parametrize("input", [5.0, 0.1, -2.0, 0.0])
def test_the_lines_of_a_contour_are_where_it_is(input: float, level: float) -> None:
    setup, region, size = Setup(input=input), Region(-4.0, 4.0, -8.0, 8.0), 800.0
    for out_o in branches(setup, level):
        points = contour_points(setup, out_o, region, (size, size))
        assert len(points) < 60
        for (w1, w2), (next_w1, next_w2) in pairwise(points):
            assert w1 < next_w1
            assert region.w2_low <= w2 <= region.w2_high
            slope = (next_w2 - w2) / (next_w1 - w1)
            for share in (0.25, 0.5, 0.75):
                at = w1 + share * (next_w1 - w1)
                (exact,) = contour(setup, out_o, [at])
                off = (w2 + share * (next_w2 - w2) - exact) * size / region.w2_span
                steepness = math.hypot(1.0, slope * region.w1_span / region.w2_span)
                assert abs(off) / steepness < 0.15


def test_a_contour_beside_the_region_has_no_points() -> None:
    assert contour_points(ARTICLE, 0.9, Region(0.0, 1.0, 0.0, 1.0), (800.0, 800.0)) == []


@pytest.mark.parametrize(
    ("last", "expected"),
    [(1, (1,)), (2, (1, 2)), (10, (1, 2, 5, 10)), (813, (1, 2, 5, 10, 20, 50, 100, 200, 500, 813))],
)
def test_dots_stand_at_1_2_5_10_and_the_last(last: int, expected: tuple[int, ...]) -> None:
    assert dot_iterations(last) == expected


@pytest.mark.parametrize(
    "ends", [(0, 0), (1, -1), (math.nan, 1), (-math.inf, 1), (-1e300, 1e300), (4.0, 4.0 + 1e-12)]
)
def test_a_range_that_cannot_be_shown_is_refused_in_a_sentence(ends: tuple[float, float]) -> None:
    assert (range_problem(*ends) or "").startswith("must ")
    assert (region_problem(Region(*ends, 0, 1)) or "").startswith("w₁ must ")
    assert (region_problem(Region(0, 1, *ends)) or "").startswith("w₂ must ")
    assert region_problem(SQUARE) is None
