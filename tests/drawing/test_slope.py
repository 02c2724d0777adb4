"""The curve of a neuron's sigmoid, as shapes."""

import math
from itertools import pairwise

import hypothesis
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from mpmath import mp, mpf

from backprop_gui.core.network import Setup
from backprop_gui.drawing.shapes import Disc, Drawing, Line, Text
from backprop_gui.drawing.slope import draw_slope, size_for, window_for
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.moment import Moment, Position
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.slope import curve_point

SIZE, TEXT = (270.0, 156.0), 12.0
PIXEL = 1 / 8  # of the drawing's units: nobody sees less


def figure(setup: Setup, step: int, numerals: Numerals = FILES) -> Drawing | None:
    point = curve_point(Moment(setup, Position(1, step), setup.w1, setup.w2))
    return draw_slope(point, ARTICLE, SIZE, TEXT, numerals) if point else None


def named(drawing: Drawing, name: str) -> Line:
    return next(s for s in drawing.shapes if isinstance(s, Line) and s.name == name)


def axes(drawing: Drawing) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the plot."""
    (left, top), (_left, bottom), (right, _bottom) = named(drawing, "axes").points
    return left, top, right, bottom


def sigma(net: float) -> mpf:
    return 1 / (1 + mp.exp(-mpf(net)))


# With an input of 1 the net input of the hidden neuron is w1.
nets = st.floats(-60, 60) | st.floats(-1e300, 1e300)


@hypothesis.given(net=nets, step=st.sampled_from([2, 11]))
@settings(deadline=None, max_examples=60)
def test_the_point_and_the_whole_curve_lie_on_the_sigmoid(net: float, step: int) -> None:
    drawing = figure(Setup(input=1.0, w1=net), step)
    assert drawing
    left, top, right, bottom = axes(drawing)
    window = window_for(net)
    curve = named(drawing, "curve of σ").points
    dot = next(shape for shape in drawing.shapes if isinstance(shape, Disc))
    assert (dot.x, dot.y) in curve
    assert dot.x == pytest.approx(left + (right - left) * (net / window + 1) / 2)
    for x, y in curve:
        at = ((x - left) / (right - left) * 2 - 1) * window
        if window <= 100:  # of a larger one no double tells the pixels of the bend apart
            assert (bottom - y) / (bottom - top) == pytest.approx(float(sigma(at)), abs=1e-9)


@hypothesis.given(net=st.floats(-60, 60))
@settings(deadline=None, max_examples=60)
def test_the_tangent_rises_as_steeply_as_the_sigmoid_at_the_point(net: float) -> None:
    drawing = figure(Setup(input=1.0, w1=net), 11)
    assert drawing
    left, top, right, bottom = axes(drawing)
    (x0, y0), (x1, y1) = named(drawing, "tangent").points
    with mp.workdps(40):
        slope = mp.diff(sigma, net)
        per_net = (right - left) / (2 * window_for(net))
        rise = slope * (bottom - top) / per_net * (x1 - x0)
    assert abs(float(rise) - (y0 - y1)) < PIXEL
    dot = next(shape for shape in drawing.shapes if isinstance(shape, Disc))
    across = (dot.x - x0) * (y1 - y0) - (dot.y - y0) * (x1 - x0)
    assert abs(across) / math.hypot(x1 - x0, y1 - y0) < PIXEL


@hypothesis.given(net=nets, step=st.sampled_from([2, 11]), digits=st.integers(3, 17))
@settings(deadline=None, max_examples=60)
def test_every_shape_lies_within_the_figure(net: float, step: int, digits: int) -> None:
    drawing = figure(Setup(input=1.0, w1=net), step, Numerals(digits))
    assert drawing
    for shape in drawing.shapes:
        points = shape.points if isinstance(shape, Line) else ((shape.x, shape.y),)
        for x, y in points:
            assert -1e-6 <= x <= SIZE[0] + 1e-6, shape
            assert -1e-6 <= y <= SIZE[1] + 1e-6, shape
        if isinstance(shape, Text):
            assert shape.size >= TEXT


@pytest.mark.parametrize("digits", [3, 4, 5, 9, 17])
@pytest.mark.parametrize("net", [0.05, -0.4, 2.5, -6.0, 30.0])
@pytest.mark.parametrize("size", [SIZE, (12 * TEXT, 4.4 * TEXT)])
def test_the_slope_has_the_formula_s_digits_or_no_place(
    digits: int, net: float, size: tuple[float, float]
) -> None:
    setup, numerals = Setup(input=1.0, w1=net), Numerals(digits)
    moment = Moment(setup, Position(1, 11), setup.w1, setup.w2)
    point = curve_point(moment)
    drawing = point and draw_slope(point, ARTICLE, size, TEXT, numerals)
    assert drawing
    shown = [shape for shape in drawing.shapes if isinstance(shape, Text) and shape.is_bold]
    assert [each.text for each in shown] in ([], [moment.text("dout_h_dnet_h", numerals)])
    assert shown or digits > 4 or abs(net) > 2
    for text in shown:  # at its feet and its head, from end to end
        left = text.x - text.align * 0.6 * len(text.text) * TEXT
        room = (left, left + 0.6 * len(text.text) * TEXT)
        for line in (named(drawing, "curve of σ"), named(drawing, "tangent")):
            for (x0, y0), (x1, y1) in pairwise(line.points):
                for n in range(21):
                    x, y = x0 + n / 20 * (x1 - x0), y0 + n / 20 * (y1 - y0)
                    assert not (room[0] < x < room[1] and abs(y - text.y) < 0.36 * TEXT)


def test_the_window_follows_a_saturated_neuron() -> None:
    assert [window_for(net) for net in (0, 4, -4.5, 35, 1234, -9e4)] == [
        5,
        5,
        10,
        50,
        2000,
        2e5,
    ]


@pytest.mark.parametrize("net", [math.inf, -math.inf, 1.7e308])
def test_there_is_no_figure_where_numbers_end(net: float) -> None:
    setup = (
        Setup(input=1e200, w1=math.copysign(1e200, net)) if math.isinf(net) else Setup(1, w1=net)
    )
    assert figure(setup, 2) is None
    assert figure(setup, 11) is None


def test_the_numbers_at_the_axes_are_the_person_s() -> None:
    drawing = figure(Setup(input=1.0, w1=1.0), 11, Numerals(3, ","))
    assert drawing
    shown = [shape.text for shape in drawing.shapes if isinstance(shape, Text)]
    assert "−5" in shown
    assert "0,197" in shown


@pytest.mark.parametrize("room", [(90.0, 200.0), (400.0, 40.0)])
def test_a_room_too_small_for_its_letters_has_no_figure(room: tuple[float, float]) -> None:
    assert size_for(room, 12.0) is None
