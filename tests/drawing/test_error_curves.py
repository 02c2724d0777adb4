"""The errors of compared runs: each where the axes say, and what they cannot show is named."""

import math
from itertools import pairwise

import pytest

from backprop_gui.drawing.error_curves import RunCurve, draw_curves
from backprop_gui.drawing.shapes import Disc, Drawing, Ink, Line, Text
from backprop_gui.lesson.numbers import FILES

SIZE = (900.0, 560.0)


def _drawn(errors: list[float], tolerance: float = 5e-5) -> Drawing:
    points = tuple((float(k), error) for k, error in enumerate(errors, start=1))
    curve = RunCurve(points, Ink.RUN_1, (), "a run")
    return draw_curves([curve], tolerance, SIZE, 20.0, FILES)


def _texts(drawing: Drawing) -> dict[str, Text]:
    return {shape.text: shape for shape in drawing.shapes if isinstance(shape, Text)}


def _ways(drawing: Drawing) -> list[tuple[tuple[float, float], ...]]:
    lines = (shape for shape in drawing.shapes if isinstance(shape, Line))
    return [line.points for line in lines if line.name == "a run"]


def test_errors_at_powers_of_ten_are_as_high_as_their_names() -> None:
    drawing = _drawn([1e-1, 1e-2, 1e-3, 1e-4])
    texts = _texts(drawing)
    (way,) = _ways(drawing)
    heights = [texts[name].y for name in ("10⁻¹", "10⁻²", "10⁻³", "10⁻⁴")]
    assert [y for _x, y in way] == pytest.approx(heights)
    steps = [after[0] - before[0] for before, after in pairwise(way)]
    assert steps == pytest.approx([steps[0]] * 3)


@pytest.mark.parametrize(
    ("error", "said", "is_at_foot"),
    [
        (0.0, "E = 0", True),
        (math.inf, "E = ∞", False),
        (math.nan, "E is not a number", False),
        (5e-324, "E = 0", True),
    ],
)
def test_an_error_that_has_no_place_on_the_axis_is_named_at_its_edge(
    error: float, said: str, is_at_foot: bool
) -> None:
    drawing = _drawn([1e-1, 1e-2, error])
    assert said in _texts(drawing)
    (mark,) = [shape for shape in drawing.shapes if isinstance(shape, Disc) and shape.name == said]
    assert (mark.y > SIZE[1] / 2) == is_at_foot


@pytest.mark.parametrize(
    "errors", [[0.0], [math.nan], [math.inf, 1.0], [1e-307] * 3, [9e307, 1e-300], [0.2]]
)
@pytest.mark.parametrize("tolerance", [0.0, 5e-324, 5e-5, 1e300])
def test_nothing_lies_beyond_the_drawing(errors: list[float], tolerance: float) -> None:
    for shape in _drawn(errors, tolerance).shapes:
        points = shape.points if isinstance(shape, Line) else [(shape.x, shape.y)]
        for x, y in points:
            assert -1 <= x <= SIZE[0] + 1
            assert -1 <= y <= SIZE[1] + 1
