"""How large the letters of a drawing are, in pixels of its ground."""

from itertools import pairwise

import pytest

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.drawing.layout import DESK, LECTURE, Measures
from backprop_gui.drawing.network import draw
from backprop_gui.drawing.shapes import Drawing, Text
from backprop_gui.lesson.moment import Position, moment_at

_MOMENT = moment_at(Run(Setup()), Position(1, 15))
_NINE_POINTS = 12.0  # pixels, 96 to an inch


def _drawn(ground: tuple[float, float], measures: Measures, text_scale: float) -> Drawing:
    return draw(_MOMENT, ground[0] / ground[1], measures, text_scale=text_scale)


def _least_px(ground: tuple[float, float], drawing: Drawing) -> float:
    scale = min(ground[0] / drawing.width, ground[1] / drawing.height)
    return scale * min(shape.size for shape in drawing.shapes if isinstance(shape, Text))


@pytest.mark.parametrize("ground", [(560.0, 220.0), (644.0, 360.0), (702.0, 400.0), (900.0, 500.0)])
def test_no_letter_is_below_nine_points_however_small_the_card(ground: tuple[float, float]) -> None:
    scale = DESK.legible(ground, _NINE_POINTS, 1.0)
    assert _least_px(ground, _drawn(ground, DESK, scale)) >= _NINE_POINTS


@pytest.mark.parametrize("ground", [(560.0, 300.0), (702.0, 400.0), (1100.0, 620.0)])
def test_a_larger_text_size_enlarges_the_letters_on_the_same_ground(
    ground: tuple[float, float],
) -> None:
    sizes = []
    for text_scale in (1.0, 1.25, 1.5):
        scale = DESK.legible(ground, _NINE_POINTS * text_scale, text_scale)
        assert scale >= text_scale
        sizes.append(_least_px(ground, _drawn(ground, DESK, scale)))
    assert all(after >= before for before, after in pairwise(sizes))
    assert sizes[-1] >= 1.15 * sizes[0]


def test_a_lecture_has_twenty_points_on_a_small_projector() -> None:
    ground = (998.0, 518.0)  # of a screen of 1024 × 768
    assert _least_px(ground, _drawn(ground, LECTURE, 1.0)) >= 20 / 72 * 96


def test_a_ground_that_is_too_small_has_the_largest_letters_that_it_can_have() -> None:
    ground = (300.0, 160.0)
    scale = DESK.legible(ground, _NINE_POINTS, 1.0)
    best = _least_px(ground, _drawn(ground, DESK, scale))
    for other in (1.0, 1.2, 1.5):
        assert best >= _least_px(ground, _drawn(ground, DESK, other))


@pytest.mark.parametrize("measures", [DESK, LECTURE], ids=["desk", "lecture"])
def test_what_a_wide_ground_has_to_spare_goes_to_the_edges_alone(measures: Measures) -> None:
    narrow, wide = (draw(_MOMENT, aspect, measures) for aspect in (2.1, 2.9))
    assert wide.width > narrow.width

    def others(drawing: Drawing) -> list[tuple[str, float]]:
        return [(s.name, s.size) for s in drawing.shapes if isinstance(s, Text)]

    assert others(narrow) == others(wide)
