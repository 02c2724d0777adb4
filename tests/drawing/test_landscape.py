"""The landscape: what is drawn is where it is, and all of it can be read."""

import dataclasses
import math

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.drawing.landscape import Path, Scene, aspect_of, draw_landscape, plane_of
from backprop_gui.drawing.shapes import Drawing, Ink, Line, Raster, Text
from backprop_gui.drawing.widths import width
from backprop_gui.lesson.moment import Position, moment_at
from backprop_gui.lesson.surface import FARTHEST, Region, region_problem, usual_region

ARTICLE = Setup()
SIZES = ((480.0, 360.0), (840.0, 650.0), (1920.0, 1080.0), (300.0, 900.0), (16.0, 16.0))
_any = st.floats(allow_nan=False, allow_infinity=False)
_weight = st.floats(-FARTHEST, FARTHEST)


def _scene(setup: Setup, region: Region | None = None, step: int = 9, text: float = 12.0,
           size: tuple[float, float] = SIZES[0], limit: int = 2_000) -> Scene:  # fmt: skip
    run = Run(setup)
    run.advance(limit)
    trace = run.trace()
    path = Path(trace, Ink.FORWARD, name="η = 0.9", upto=run.iteration)
    shown = region or usual_region(setup, trace, aspect_of(size, text))
    moment = moment_at(run, Position(1, step))
    return Scene(setup, shown, paths=(path,), moment=moment, text=text)


def _sides(text: Text) -> tuple[float, float, float, float]:
    """Return left, top, right and bottom of a text that is not turned."""
    wide = min(width(text.text, text.size, text.symbols), text.max_width)
    left = text.x - wide * text.align
    return left, text.y - 0.5 * text.size, left + wide, text.y + 0.5 * text.size


def _assert_sound(drawing: Drawing) -> None:
    for shape in drawing.shapes:
        points = shape.points if isinstance(shape, Line) else ((shape.x, shape.y),)
        assert all(math.isfinite(x) and math.isfinite(y) for x, y in points), shape
        if isinstance(shape, Line):
            assert len(shape.points) > 1
        if isinstance(shape, Raster):
            assert max(shape.field.indices(7, 5)) <= 255


@given(
    st.builds(
        Setup, input=_any, target=_any, w1=_any, w2=_any,
        eta=st.floats(0, 1e308), tolerance=st.floats(0, 1e308),
    ),
    st.one_of(st.none(), st.builds(Region, _weight, _weight, _weight, _weight)),
    st.sampled_from((9, 13, 14, 15)),
)  # fmt: skip
@example(Setup(tolerance=1.7e308), None, 9)
@example(Setup(input=1e308, target=1e-300, w1=-1e308, w2=1e308), None, 15)
@example(Setup(input=-7.2e-07, target=0.0, w1=979474094.0, w2=0.0), None, 9)
def test_any_setup_and_region_can_be_drawn(setup: Setup, region: Region | None, step: int) -> None:
    if region and region_problem(region):
        return
    _assert_sound(draw_landscape(_scene(setup, region, step, limit=20), SIZES[0]))


@given(st.builds(Setup, input=_any, target=_any, w1=_any, w2=_any), st.floats(0.2, 5))
@example(Setup(input=0.0, target=3.375778774751247e-84, w1=0.0, w2=802004629.0), 1.78125)
def test_the_usual_region_can_be_shown_for_any_setup(setup: Setup, aspect: float) -> None:
    region = usual_region(setup, None, aspect)
    assert region_problem(region) is None
    assert region.w1_span == pytest.approx(aspect * region.w2_span, rel=1e-6)


@pytest.mark.parametrize("size", SIZES[:4])
@pytest.mark.parametrize("target", [0.9, 1.5])
@pytest.mark.parametrize("is_linear", [False, True])
def test_no_text_covers_another_or_comes_close_to_the_border(
    size: tuple[float, float], target: float, *, is_linear: bool
) -> None:
    text = size[1] / 40 if size[0] > 1000 else 12.0
    setup = dataclasses.replace(ARTICLE, target=target)
    scene = _scene(setup, size=size, text=text)._replace(is_linear=is_linear)
    texts = [each for each in draw_landscape(scene, size).shapes if isinstance(each, Text)]
    assert min(each.size for each in texts) >= 12.0
    sides = [_sides(each) for each in texts if not each.turn]
    for left, top, right, bottom in sides:
        assert min(left, top, size[0] - right, size[1] - bottom) >= 7.9
    for number, one in enumerate(sides):
        for other in sides[number + 1 :]:
            assert min(one[2], other[2]) <= max(one[0], other[0]) or min(one[3], other[3]) <= max(
                one[1], other[1]
            ), (one, other)


def test_the_plane_finds_the_weights_of_each_place_again() -> None:
    plane = plane_of(_scene(ARTICLE), SIZES[1])
    for weights in ((0.5, 0.5), (-1.25, 4.0)):
        assert plane.weights(*plane.place(*weights)) == pytest.approx(weights)


def test_equal_units_are_usual_and_others_are_told() -> None:
    usual, size = _scene(ARTICLE), SIZES[0]
    plane = plane_of(usual, size)
    assert plane.units_per_w1 == pytest.approx(plane.units_per_w2)
    wide = usual._replace(region=Region(-10, 10, 0, 5))
    words = "w_2 is stretched"
    assert [words in str(draw_landscape(scene, size)) for scene in (usual, wide)] == [False, True]


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"target": 0.0}, "No exact solution"),
        ({"target": 1.0}, "No exact solution"),
        ({"target": 1.5}, "No exact solution"),
        ({"target": 1e200}, "E is not finite"),
        ({"input": 0.0}, "E does not depend on w_1"),
        ({}, "every point of this curve is an exact solution"),
        ({}, "tolerance 5·10⁻⁵"),
        ({}, "∂E/∂w_2 (×"),
    ],
)
def test_the_picture_says_what_is_so(change: dict[str, float], words: str) -> None:
    scene = _scene(dataclasses.replace(ARTICLE, **change), size=SIZES[1])  # type: ignore[arg-type]
    assert words in str(draw_landscape(scene, SIZES[1]))


@pytest.mark.parametrize(
    ("step", "is_across", "is_up"), [(9, False, True), (13, True, False), (14, True, False)]
)
def test_a_gradient_has_an_arrow_along_its_axis(step: int, is_across: bool, is_up: bool) -> None:
    shapes = draw_landscape(_scene(ARTICLE, step=step), SIZES[1]).shapes
    (arrow,) = [each for each in shapes if isinstance(each, Line) and each.has_arrow]
    (x0, y0), (x1, y1) = arrow.points[0], arrow.points[-1]
    assert (abs(x1 - x0) > 1, abs(y1 - y0) > 1) == (is_across, is_up)


def test_the_last_step_goes_where_the_run_goes() -> None:
    scene = _scene(ARTICLE, step=15, size=SIZES[1])
    shapes = draw_landscape(scene, SIZES[1]).shapes
    (arrow,) = [each for each in shapes if isinstance(each, Line) and each.has_arrow]
    run = Run(ARTICLE)
    run.advance(1)
    dw1, dw2 = run.w1 - ARTICLE.w1, run.w2 - ARTICLE.w2
    (x0, y0), (x1, y1) = arrow.points[0], arrow.points[-1]
    assert (x1 - x0) / (y0 - y1) == pytest.approx(dw1 / dw2, rel=1e-6)
