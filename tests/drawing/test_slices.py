"""The slices: curves that go through E, tangents whose slope is the gradient."""

from dataclasses import replace
from decimal import Decimal, localcontext
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.drawing.scene import Scene
from backprop_gui.drawing.shapes import Drawing, Ink, Line, Text
from backprop_gui.drawing.slices import draw_slices
from backprop_gui.drawing.widths import width
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.moment import Moment, Position, moment_at
from backprop_gui.lesson.surface import Region

SIZES = [(800.0, 360.0), (380.0, 520.0), (240.0, 160.0)]
REGION = Region(-3.0, 3.0, -2.0, 6.0)
STEPS = {"w1": "de_dw1", "w2": "de_dw2"}


def moment(setup: Setup, step: int, iteration: int = 1) -> Moment:
    run = Run(setup)
    run.advance(iteration - 1)
    return moment_at(run, Position(iteration, step))


def sliced(at: Moment, size: tuple[float, float] = SIZES[0]) -> Drawing:
    return draw_slices(Scene(at.setup, REGION, moment=at), size)


def tangents(drawing: Drawing) -> list[Line]:
    return [
        each
        for each in drawing.shapes
        if isinstance(each, Line) and each.stroke.ink is Ink.BACKWARD
    ]


def near_border(drawing: Drawing) -> list[Text]:
    """Return the texts that are less than 8 from the border."""
    found = []
    for text in (each for each in drawing.shapes if isinstance(each, Text)):
        wide = min(width(text.text, text.size, text.symbols), text.max_width)
        left = text.x - wide * text.align
        sides = (left, drawing.width - left - wide, text.y - text.size / 2)
        if min(*sides, drawing.height - text.y - text.size / 2) < 7.9:
            found.append(text)
    return found


def covers(one: Text, other: Text) -> bool:
    """Say whether two texts have more than their edges in common."""
    if abs(one.y - other.y) >= (one.size + other.size) / 2 - 0.1:
        return False
    ends = []
    for text in (one, other):
        wide = min(width(text.text, text.size, text.symbols), text.max_width)
        ends.append((text.x - wide * text.align, text.x + wide * (1 - text.align)))
    (left, right), (other_left, other_right) = ends
    return min(right, other_right) - max(left, other_left) > 0.1


def error(setup: Setup, w1: Decimal, w2: Decimal) -> Decimal:
    def sigmoid(x: Decimal) -> Decimal:
        return 1 / (1 + (-x).exp())

    out = sigmoid(w2 * sigmoid(Decimal(setup.input) * w1))
    return (Decimal(setup.target) - out) ** 2 / 2


def differences(setup: Setup) -> tuple[float, float]:
    """Return the slopes of E along w1 and w2 by central differences at forty digits."""
    with localcontext() as context:
        context.prec = 40
        w1, w2, h = Decimal(setup.w1), Decimal(setup.w2), Decimal("1e-12")
        along = (
            (error(setup, w1 + h, w2) - error(setup, w1 - h, w2)) / (2 * h),
            (error(setup, w1, w2 + h) - error(setup, w1, w2 - h)) / (2 * h),
        )
        return float(along[0]), float(along[1])


@pytest.mark.parametrize("size", SIZES[:2])
@pytest.mark.parametrize(
    "setup", [Setup(), Setup(w1=-1.0, w2=2.5), Setup(input=-2.0, target=0.2, w1=0.3, w2=-0.7)]
)
def test_each_tangent_has_the_slope_of_the_error_along_its_weight(
    setup: Setup, size: tuple[float, float]
) -> None:
    drawing = sliced(moment(setup, ARTICLE.last_step), size)
    frames = [each for each in drawing.shapes if getattr(each, "name", "") == "frame"]
    ticks = [each for each in drawing.shapes if isinstance(each, Text) and each.align == 1.0]
    for line, frame, slope, (low, high) in zip(
        tangents(drawing), frames, differences(setup), (REGION[:2], REGION[2:]), strict=True
    ):
        (x0, y0), (x1, y1) = line.points[0], line.points[-1]
        per_weight = frame.width / (high - low)
        # Two names beside the axis of E say how high a unit of it is.
        marks = [
            t for t in ticks if frame.x - frame.width / 2 - 60 < t.x < frame.x - frame.width / 2
        ]
        marks = [t for t in marks if abs(t.y - frame.y) <= frame.height / 2 + 1]
        first, last = marks[0], marks[-1]
        per_error = (first.y - last.y) / (float(last.text) - float(first.text))
        found = (y0 - y1) / per_error / ((x1 - x0) / per_weight)
        assert found == pytest.approx(slope, rel=1e-6)


@pytest.mark.parametrize("step", range(1, 16))
def test_a_tangent_is_there_as_soon_as_the_lesson_has_its_slope(step: int) -> None:
    at = moment(Setup(), step)
    known = [name for name in ("de_dw1", "de_dw2") if at.value(name) is not None]
    assert len(tangents(sliced(at))) == len(known)


def test_the_tangent_of_the_step_is_the_only_one_that_is_solid_and_bold() -> None:
    step = next(s.number for s in ARTICLE.steps if s.quantity.name == "de_dw1")
    lines = tangents(sliced(moment(Setup(), step)))
    assert [line.is_dashed for line in lines] == [False, True]


@pytest.mark.parametrize("size", SIZES)
def test_no_text_is_near_a_border(size: tuple[float, float]) -> None:
    for step in (1, 9, 13, 15):
        assert near_border(sliced(moment(Setup(), step), size)) == []


@pytest.mark.parametrize("size", SIZES)
def test_no_text_covers_another(size: tuple[float, float]) -> None:
    for setup in (Setup(), Setup(w1=2.9, w2=5.9), Setup(w1=-2.9, target=0.1)):
        for step in (1, 9, 14, 15):
            texts = [s for s in sliced(moment(setup, step), size).shapes if isinstance(s, Text)]
            assert [pair for pair in combinations(texts, 2) if covers(*pair)] == []


@settings(max_examples=60)
@given(
    st.builds(
        Setup,
        *(st.floats(allow_nan=False, allow_infinity=False) for _each in range(4)),
    ),
    st.sampled_from(SIZES),
)
def test_any_setup_can_be_drawn(setup: Setup, size: tuple[float, float]) -> None:
    drawing = sliced(moment(replace(setup, max_iterations=1), 5), size)
    for each in drawing.shapes:
        if isinstance(each, Line):
            assert all(abs(x) < 1e6 and abs(y) < 1e6 for x, y in each.points)
