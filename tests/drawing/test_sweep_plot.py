"""The plot of iterations over a value: every point where it is, nothing over anything else."""

import itertools
import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_gui.drawing.shapes import Disc, Drawing, Ink, Ring, Text
from backprop_gui.drawing.sweep_plot import SweepPoint, draw_sweep
from backprop_gui.drawing.widths import width

SIZES = [(420.0, 300.0), (300.0, 200.0), (900.0, 500.0)]
ETAS = {0.1: 7321, 0.9: 813, 5.0: 146, 20.0: 36, 600.0: 22_000}


def points(found: dict[float, int], *, is_learned: bool = True) -> tuple[SweepPoint, ...]:
    made = (SweepPoint(value, count, is_learned, Ink.FORWARD) for value, count in found.items())
    return tuple(made)


def dots(drawing: Drawing) -> list[Disc]:
    return [each for each in drawing.shapes if isinstance(each, Disc)]


@pytest.mark.parametrize("size", SIZES)
def test_over_a_wide_range_equal_ratios_are_equally_far_apart(size: tuple[float, float]) -> None:
    found = {10.0**n: 2 * 100**n for n in range(4)}
    places = [(dot.x, dot.y) for dot in dots(draw_sweep("η", points(found), size))]
    steps = [(b[0] - a[0], b[1] - a[1]) for a, b in itertools.pairwise(places)]
    for across, up in steps:
        assert across == pytest.approx(steps[0][0])
        assert up == pytest.approx(steps[0][1])
        assert across > 0 > up


def test_over_a_small_range_equal_differences_are_equally_far_apart() -> None:
    found = {-1.0: 100, 0.0: 110, 1.0: 120}
    places = [(dot.x, dot.y) for dot in dots(draw_sweep("w_2", points(found), SIZES[0]))]
    (x0, y0), (x1, y1), (x2, y2) = places
    assert x1 - x0 == pytest.approx(x2 - x1)
    assert y1 - y0 == pytest.approx(y2 - y1)


def test_a_run_without_success_has_a_ring_and_a_word_says_so() -> None:
    drawing = draw_sweep("η", points(ETAS, is_learned=False), SIZES[0])
    assert sum(isinstance(each, Ring) for each in drawing.shapes) == len(ETAS)
    assert any("not below" in each.text for each in drawing.shapes if isinstance(each, Text))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("found", [ETAS, {-5.0: 56, 0.0: 24, 5.0: 42}, {0.5: 1, 0.6: 1}])
def test_no_text_covers_another_or_comes_close_to_the_border(
    size: tuple[float, float], found: dict[float, int]
) -> None:
    drawing = draw_sweep("η", points(found), size)
    boxes = []
    for each in (shape for shape in drawing.shapes if isinstance(shape, Text)):
        wide = min(width(each.text, each.size, each.symbols), each.max_width)
        left = each.x - wide * each.align
        box = left, each.y - each.size / 2, left + wide, each.y + each.size / 2
        assert min(box[0], box[1], size[0] - box[2], size[1] - box[3]) >= 7.9, each
        boxes.append(box)
    for one, other in itertools.combinations(boxes, 2):
        is_beside = one[2] <= other[0] or other[2] <= one[0]
        assert is_beside or one[3] <= other[1] or other[3] <= one[1]


@settings(max_examples=80, deadline=None)
@given(
    st.dictionaries(
        st.floats(allow_nan=False, allow_infinity=False),
        st.integers(1, 2_000_000_000),
        min_size=2,
        max_size=24,
    )
)
def test_any_values_can_be_drawn(found: dict[float, int]) -> None:
    for dot in dots(draw_sweep("η", points(found), SIZES[0])):
        assert math.isfinite(dot.x)
        assert 0 <= dot.x <= SIZES[0][0]
        assert 0 <= dot.y <= SIZES[0][1]
