"""The curve that a person draws into the plot: by the mouse, and what is seen of it."""

import math

import pytest
from PySide6.QtCore import QPoint, QPointF, Qt
from PySide6.QtGui import QColor, QImage
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.drawing.error_curve import EXPECTED
from backprop_gui.lesson.expected_curve import NOTHING_EXPECTED, ExpectedCurve, Point, Stroke
from backprop_gui.paint.theme import DARK, LIGHT
from backprop_gui.widgets.curve_plot import CurvePlot

CURVE = ExpectedCurve((Point(1, 0.05), Point(400, 1e-3), Point(600, 1e-6)))


@pytest.fixture
def plot(qtbot: QtBot) -> CurvePlot:
    made = CurvePlot()
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show_tolerance(5e-5)
    made.show_curve(Run(Setup()).trace(), is_growing=False)
    made.show()
    return made


def _box(plot: CurvePlot):
    return plot._plot.getPlotItem().getViewBox()


def _on_screen(plot: CurvePlot, across: float, down: float) -> QPoint:
    area = _box(plot).sceneBoundingRect()
    place = QPointF(area.left() + across * area.width(), area.top() + down * area.height())
    return plot._plot.mapFromScene(place)


def _drag(plot: CurvePlot, *places: tuple[float, float]) -> list[Stroke]:
    """Drag the mouse over these places, and return what was drawn."""
    drawn: list[Stroke] = []
    plot._plot.grab()  # as the person sees it
    plot.stroked.connect(drawn.append)
    screen, points = plot._plot.viewport(), [_on_screen(plot, *place) for place in places]
    QTest.mousePress(screen, Qt.MouseButton.LeftButton, pos=points[0])
    for point in points[1:]:
        QTest.mouseMove(screen, point)
    QTest.mouseRelease(screen, Qt.MouseButton.LeftButton, pos=points[-1])
    plot.stroked.disconnect(drawn.append)
    return drawn


def _ranges(plot: CurvePlot) -> list[list[float]]:
    return [list(ends) for ends in _box(plot).viewRange()]


def _is_seen(plot: CurvePlot, theme) -> bool:
    image: QImage = plot._plot.grab().toImage()
    wanted = QColor(theme.colour(EXPECTED)).name()
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return any(image.pixelColor(*place).name() == wanted for place in places)


@pytest.mark.parametrize("is_log_x", [False, True])
@pytest.mark.parametrize("is_log_y", [False, True])
def test_a_drag_draws_from_where_it_begins_to_where_it_ends(
    plot: CurvePlot, is_log_x: bool, is_log_y: bool
) -> None:
    plot.set_log(is_log_x, is_log_y)
    plot.set_drawing(True, 1000)
    before = _ranges(plot)
    drawn = _drag(plot, (0.25, 0.25), (0.5, 0.5), (0.75, 0.6))
    assert _ranges(plot) == before
    assert len(drawn) == 2
    assert drawn[0].end == drawn[1].start
    assert {stroke[2:] for stroke in drawn} == {(is_log_x, is_log_y)}
    (left, right), (low, high) = before
    wanted = left + 0.25 * (right - left), high - 0.25 * (high - low)
    pixel = (right - left) / _box(plot).width(), (high - low) / _box(plot).height()
    found = [
        math.log10(number) if is_log else number
        for number, is_log in zip(drawn[0].start, (is_log_x, is_log_y), strict=True)
    ]
    assert [abs(a - b) <= p for a, b, p in zip(found, wanted, pixel, strict=True)] == [True, True]


def test_the_axis_goes_so_far_that_there_is_something_to_draw_on(plot: CurvePlot) -> None:
    fitted = _ranges(plot)
    plot.set_drawing(True, 1000)
    (_left, right), (low, high) = _ranges(plot)
    assert right >= 1000
    assert low < fitted[1][0] < fitted[1][1] < high
    plot.set_drawing(False)
    assert _ranges(plot) == fitted


def test_what_a_person_zoomed_to_is_what_is_drawn_on(plot: CurvePlot) -> None:
    plot.zoom(0.5)
    zoomed = _ranges(plot)
    plot.set_drawing(True, 1000)
    plot.show_expected(CURVE)
    assert _ranges(plot) == zoomed


def test_the_axes_stay_while_the_curve_is_drawn_and_hold_it_afterwards(plot: CurvePlot) -> None:
    plot.set_drawing(True, 1000)
    before = _ranges(plot)
    plot.show_expected(CURVE)
    assert _ranges(plot) == before
    plot.set_drawing(False)
    (_left, right), (low, _high) = _ranges(plot)
    assert right >= 600
    assert low < -6


def test_a_drag_leaves_the_plot_s_edge_but_draws_within_it(plot: CurvePlot) -> None:
    plot.set_drawing(True, 1000)
    (left, right), (low, high) = _ranges(plot)
    pixel = (right - left) / _box(plot).width(), (high - low) / _box(plot).height()
    drawn = _drag(plot, (0.5, 0.5), (1.2, 1.2))
    assert drawn
    for iteration, error in (stroke.end for stroke in drawn):
        assert iteration == pytest.approx(right, abs=pixel[0])
        assert math.log10(error) == pytest.approx(low, abs=pixel[1])


def test_a_click_draws_nothing_and_goes_nowhere(plot: CurvePlot) -> None:
    clicked = []
    plot.clicked_at.connect(clicked.append)
    plot.set_drawing(True, 1000)
    assert _drag(plot, (0.5, 0.5)) == []
    assert clicked == []


def test_without_drawing_a_drag_moves_the_axes(plot: CurvePlot) -> None:
    before = _ranges(plot)
    assert _drag(plot, (0.2, 0.2), (0.4, 0.4), (0.6, 0.6)) == []
    assert _ranges(plot) != before


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_the_curve_is_seen_with_its_name_until_it_is_cleared(plot: CurvePlot, theme) -> None:
    plot.set_theme(theme)
    for curve in (NOTHING_EXPECTED, CURVE, NOTHING_EXPECTED):
        plot.show_expected(curve)
        assert _is_seen(plot, theme) == bool(curve)
        assert plot._expected._name.isVisible() == bool(curve)


@pytest.mark.parametrize("is_log_x", [False, True])
@pytest.mark.parametrize("is_log_y", [False, True])
def test_the_name_stands_within_the_plot_and_on_no_curve(
    plot: CurvePlot, is_log_x: bool, is_log_y: bool
) -> None:
    plot.set_log(is_log_x, is_log_y)
    plot.show_expected(CURVE)
    plot._plot.grab()  # which puts words where they belong
    name = plot._expected._name
    room = name.mapRectToScene(name.boundingRect())
    assert _box(plot).sceneBoundingRect().contains(room)
    area = name.mapRectToParent(name.boundingRect().adjusted(1, 1, -1, -1))
    edges = area.left(), area.right(), area.top(), area.bottom()
    assert not any(line.enters(*edges) for line in plot._lines())
    limit = plot._limit.name
    assert not limit.mapRectToScene(limit.boundingRect()).intersects(room)


def test_a_curve_that_comes_to_zero_has_a_mark_on_a_logarithmic_axis(plot: CurvePlot) -> None:
    plot.show_expected(ExpectedCurve((Point(1, 0.05), Point(300, 0.0))))
    assert plot._expected._line.extremes
    plot.show_expected(NOTHING_EXPECTED)
    assert not plot._expected._line.extremes


def test_an_exported_picture_shows_the_curve_as_the_screen_does(plot: CurvePlot) -> None:
    plot.show_expected(CURVE)
    twin = plot.twin()
    assert twin._expected.curve == CURVE
    assert _is_seen(twin, LIGHT)


def test_a_frame_of_the_run_paints_the_curve_as_it_was_painted_before(plot: CurvePlot) -> None:
    """While a run grows into its room, nothing of the drawn curve is done again."""
    plot.show_expected(CURVE)
    run = Run(Setup())
    run.advance(100)
    plot.show_curve(run.trace(), is_growing=True)
    plot._plot.grab()
    picture, x = plot._expected._picture, plot._expected._line.item.getData()[0]
    run.advance(100)
    plot.show_curve(run.trace(), is_growing=True)
    plot._plot.grab()
    assert plot._expected._picture is picture
    assert plot._expected._line.item.getData()[0] is x
