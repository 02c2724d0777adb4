"""The relief: what is nearer covers what is behind it, and the same path and point are on it."""

import itertools
import math
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_gui.core.network import Setup, forward
from backprop_gui.core.run import Run
from backprop_gui.drawing.relief import Viewpoint, draw_relief
from backprop_gui.drawing.scene import Path, Scene
from backprop_gui.drawing.shapes import Drawing, Ink, Line, Patch, Ring
from backprop_gui.lesson.moment import Position, moment_at
from backprop_gui.lesson.surface import Region, usual_region

SIZE = (600.0, 420.0)
ABOVE, BESIDE = Viewpoint(0.0, 85.0), Viewpoint(0.0, 10.0)


def scene(setup: Setup, iteration: int = 1, region: Region | None = None) -> Scene:
    run = Run(setup)
    run.advance(900)
    at = moment_at(run, Position(min(iteration, run.iteration), 5))
    path = Path(run.trace(), Ink.FORWARD, upto=run.iteration)
    return Scene(setup, region or usual_region(setup, run.trace()), paths=(path,), moment=at)


def point(drawing: Drawing) -> tuple[float, float]:
    (ring,) = (each for each in drawing.shapes if isinstance(each, Ring))
    return ring.x, ring.y


def path_length(drawing: Drawing) -> float:
    lines = (each for each in drawing.shapes if isinstance(each, Line))
    return sum(
        math.dist(line.points[0], line.points[-1])
        for line in lines
        if line.stroke.ink is Ink.FORWARD
    )


def test_the_point_is_the_higher_the_larger_its_error_is() -> None:
    heights, errors = [], []
    for iteration in (1, 50, 200, 813):
        made = scene(Setup(), iteration)
        drawing = draw_relief(made, SIZE, BESIDE)
        # Seen from the side, what lies farther back stands higher: take that off.
        assert made.moment is not None
        share = (made.moment.w2 - made.region.w2_low) / made.region.w2_span
        heights.append(
            -point(drawing)[1] - share * 2 * math.sin(math.radians(10)) * _scale(drawing)
        )
        errors.append(forward(Setup(), made.moment.w1, made.moment.w2).error)
    assert errors == sorted(errors, reverse=True)
    assert heights == sorted(heights, reverse=True)


def _scale(drawing: Drawing) -> float:
    """Return how many units half of the ground's front is long."""
    ground = next(each for each in drawing.shapes if isinstance(each, Line))
    return math.dist(ground.points[0], ground.points[1]) / 2


def test_from_above_the_whole_path_is_seen_and_from_behind_the_hill_hides_some() -> None:
    made = scene(Setup(w2=-8.0))
    seen = path_length(draw_relief(made, SIZE, ABOVE))
    hidden = path_length(draw_relief(made, SIZE, BESIDE))
    assert hidden < 0.8 * seen


@pytest.mark.parametrize("turn", [0.0, 35.0, 130.0, 250.0])
def test_what_is_behind_comes_first(turn: float) -> None:
    drawing = draw_relief(scene(Setup()), SIZE, Viewpoint(turn, 84.0))
    patches = [each for each in drawing.shapes if isinstance(each, Patch) and each.fill is None]
    # From above, what is farther back is higher up on the picture.
    lowest = [max(y for _x, y in each.points) for each in patches]
    falls = [before - after for before, after in itertools.pairwise(lowest)]
    tallest = max(max(y for _x, y in e.points) - min(y for _x, y in e.points) for e in patches)
    assert max(falls) <= tallest


def test_it_fills_its_ground_and_stays_within() -> None:
    for turn in range(0, 360, 45):
        drawing = draw_relief(scene(Setup()), SIZE, Viewpoint(float(turn), 38.0))
        corners = [p for each in drawing.shapes if isinstance(each, Patch) for p in each.points]
        xs, ys = zip(*corners, strict=True)
        assert min(xs) >= 8
        assert min(ys) >= 8
        assert max(xs) <= SIZE[0] - 8
        assert max(ys) <= SIZE[1] - 8
        assert max(max(xs) - min(xs), max(ys) - min(ys)) > 0.6 * min(SIZE)


@settings(max_examples=40, deadline=None)
@given(
    st.builds(Setup, *(st.floats(allow_nan=False, allow_infinity=False) for _each in range(4))),
    st.floats(0, 360),
    st.floats(10, 85),
)
def test_any_setup_can_be_drawn(setup: Setup, turn: float, tilt: float) -> None:
    setup = replace(setup, max_iterations=1)
    drawing = draw_relief(scene(setup), SIZE, Viewpoint(turn, tilt))
    for each in drawing.shapes:
        if isinstance(each, Line | Patch):
            assert all(map(math.isfinite, (c for p in each.points for c in p)))
