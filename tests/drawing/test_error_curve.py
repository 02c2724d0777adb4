"""The small curve of the error, as shapes."""

import math
from itertools import pairwise

import hypothesis
import pytest
from hypothesis import settings
from hypothesis import strategies as st
from PySide6.QtCore import QLineF, QRectF
from PySide6.QtGui import QFontMetricsF
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backprop_gui.drawing.error_curve import Course, draw_error
from backprop_gui.drawing.shapes import Disc, Drawing, Line, Text
from backprop_gui.paint.theme import interface_font

SIZE, TEXT = (261.0, 132.0), 27.0  # in a lecture on a screen of 1024 × 768
ZIGZAG = [(n, 10.0 ** -(n % 2 * 4)) for n in range(1, 60)]
COURSES = {
    "falls": [(n, math.exp(-n / 80)) for n in range(1, 800)],
    "is flat": [(n, 0.3) for n in range(1, 200)],
    "falls at last": [(n, 0.3 if n < 195 else 1e-6) for n in range(1, 200)],
    "rises": [(n, 1e-5 * n) for n in range(1, 200)],
    "zigzags": ZIGZAG,
    "falls far below": [(1, 0.2), (2, 1e-12)],
    "is one dot": [(1, 1e-5)],
    "falls in a few": [(n, 0.0035 * 0.5 ** (n - 1)) for n in range(1, 8)],
}


def _drawn(points: list[tuple[float, float]], here: int = 0, *, is_log: bool = False) -> Drawing:
    course = Course(points[: max(1, here)], points, points[here], len(points), 5e-5, is_log)
    return draw_error(course, SIZE, TEXT)


def _ink(text: Text) -> QRectF:
    """Where the letters of a label are at the least: from their feet to the height of an x."""
    font = interface_font()
    font.setPixelSize(round(text.size))
    metrics = QFontMetricsF(font)
    wide, high = metrics.horizontalAdvance(text.text), metrics.capHeight()
    return QRectF(text.x - text.align * wide, text.y - high / 2, wide, high)


def _runs_through(line: Line, room: QRectF) -> bool:
    sides = [
        QLineF(room.topLeft(), room.topRight()),
        QLineF(room.topRight(), room.bottomRight()),
        QLineF(room.bottomRight(), room.bottomLeft()),
        QLineF(room.bottomLeft(), room.topLeft()),
    ]
    for (x0, y0), (x1, y1) in pairwise(line.points):
        part = QLineF(x0, y0, x1, y1)
        if room.contains(part.p1()):
            return True
        if any(part.intersects(s)[0] is QLineF.IntersectionType.BoundedIntersection for s in sides):
            return True
    return False


def _crossed(drawing: Drawing) -> list[str]:
    """Return the labels through which a line or the point runs."""
    lines = [shape for shape in drawing.shapes if isinstance(shape, Line)]
    discs = [shape for shape in drawing.shapes if isinstance(shape, Disc)]
    found = []
    for text in (shape for shape in drawing.shapes if isinstance(shape, Text)):
        room = _ink(text)
        dots = (QRectF(d.x - d.radius, d.y - d.radius, 2 * d.radius, 2 * d.radius) for d in discs)
        if any(_runs_through(line, room) for line in lines) or any(map(room.intersects, dots)):
            found.append(text.text)
    return found


@pytest.mark.parametrize("course", COURSES)
@pytest.mark.parametrize("share", [0.0, 0.5, 0.999])
@pytest.mark.parametrize("is_log", [False, True])
def test_neither_the_curve_nor_the_point_runs_through_a_label(
    qtbot: QtBot, course: str, share: float, is_log: bool
) -> None:
    points = COURSES[course]
    assert _crossed(_drawn(points, int(share * len(points)), is_log=is_log)) == []


@hypothesis.given(st.lists(st.floats(1e-12, 1e3), min_size=1, max_size=9), st.booleans())
@settings(deadline=None, max_examples=60)
def test_that_holds_for_any_errors(qapp: QApplication, errors: list[float], is_log: bool) -> None:
    assert _crossed(_drawn(list(enumerate(errors, start=1)), is_log=is_log)) == []


@pytest.mark.parametrize("course", COURSES)
def test_every_text_is_eight_pixels_from_the_ends_of_the_plot_s_ground(
    qtbot: QtBot, course: str
) -> None:
    drawing = _drawn(COURSES[course])
    for text in (shape for shape in drawing.shapes if isinstance(shape, Text)):
        assert _ink(text).right() <= SIZE[0] - 8
        assert text.size >= TEXT


@pytest.mark.parametrize("course", ["falls", "is flat", "falls in a few"])
def test_the_curve_is_named_and_not_flattened_for_its_name(qtbot: QtBot, course: str) -> None:
    drawing = _drawn(COURSES[course])
    assert {shape.text for shape in drawing.shapes if isinstance(shape, Text)} & {"error E", "E"}
    heights = [y for s in drawing.shapes if s.name == "error" for _x, y in s.points]
    assert min(heights) <= 0.2 * SIZE[1]


def test_what_is_known_of_a_run_lies_over_what_it_comes_to() -> None:
    drawing = _drawn(COURSES["falls"], 400)
    ghost, curve = (shape for shape in drawing.shapes if shape.name == "error")
    assert ghost.stroke.depth < curve.stroke.depth
    assert set(curve.points) <= set(ghost.points)


@pytest.mark.parametrize("is_log", [False, True])
@pytest.mark.parametrize("course", COURSES)
def test_what_is_expected_is_dashed_and_its_name_is_on_no_line(course: str, is_log: bool) -> None:
    points = COURSES[course]
    expected = [(n, 0.3 * 0.98**n) for n in range(1, 700)]
    last = max(700, len(points))
    made = Course(points[:1], points, points[0], last, 5e-5, is_log, expected)
    drawing = draw_error(made, SIZE, TEXT)
    [line] = [each for each in drawing.shapes if isinstance(each, Line) and each.dash]
    assert line.is_dashed
    (left, top), (right, bottom) = line.points[0], line.points[-1]
    assert left < right <= SIZE[0]
    assert 0 <= top < bottom <= SIZE[1]
    for name in drawing.shapes:
        if isinstance(name, Text) and name.text == "expected":
            assert not _runs_through(line, _ink(name))
            others = [each for each in drawing.shapes if isinstance(each, Text) and each != name]
            assert not any(_ink(name).intersects(_ink(each)) for each in others)
