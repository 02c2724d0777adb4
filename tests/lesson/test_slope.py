"""Which steps stand on the curve of a sigmoid, and where."""

import math

import pytest

from backprop_gui.core.network import Setup
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.moment import Moment, Position
from backprop_gui.lesson.slope import CurvePoint, curve_point, has_curve, spoken_point
from tests.core.article import iteration


def test_the_steps_with_a_curve_are_those_of_the_two_sigmoids_and_their_slopes() -> None:
    names = {step.quantity.name for step in ARTICLE.steps if has_curve(step.quantity, ARTICLE)}
    assert names == {"out_h", "out_o", "dout_h_dnet_h", "dout_o_dnet_o"}


@pytest.mark.parametrize("step", ARTICLE.steps, ids=lambda step: step.quantity.name)
def test_the_point_is_that_of_the_article_s_program(step) -> None:
    point = curve_point(Moment(Setup(), Position(1, step.number), 0.5, 0.5))
    values = iteration(Setup(), 0.5, 0.5)
    expected = {
        "out_h": ("net_h", "out_h", None),
        "out_o": ("net_o", "out_o", None),
        "dout_o_dnet_o": ("net_o", "out_o", "dout_o_dnet_o"),
        "dout_h_dnet_h": ("net_h", "out_h", "dout_h_dnet_h"),
    }.get(step.quantity.name)
    if expected is None:
        assert point is None
        return
    net, out, slope = expected
    assert point == CurvePoint(
        net, out, values[net], values[out], slope, values[slope] if slope else None
    )


def test_a_number_that_is_not_finite_has_no_point() -> None:
    setup = Setup(input=1e200, w1=1e200)
    moment = Moment(setup, Position(1, 2), setup.w1, setup.w2)
    assert math.isinf(moment.values["net_h"])
    assert curve_point(moment) is None


def test_what_the_curve_shows_can_be_heard() -> None:
    def heard(step: int) -> str:
        point = curve_point(Moment(Setup(), Position(1, step), 0.5, 0.5))
        assert point
        return spoken_point(point, ARTICLE)

    mark = "The curve of the sigmoid has a mark where net o is 0.2562 and out o is 0.5637."
    assert heard(4) == mark
    assert heard(7) == f"{mark} The slope of the tangent there is 0.2459."
