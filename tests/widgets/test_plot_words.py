"""Where the tolerance's name stands, and what a drag does to the plot."""

import math
from array import array

import numpy as np
import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Checkpoints, Trace
from backprop_gui.widgets.curve_plot import CurvePlot

N = 120
CURVES = {
    "falls": [0.1 * 0.93**k for k in range(N)],
    "falls at once": [0.1, *[9e-4] * N],
    "ends at the tolerance": [0.05 * 0.97**k + 1e-3 for k in range(N)],
    "rises through it": [1e-4 * 1.05**k for k in range(N)],
    "is above on both ends": [1e-3 * (1 + (k - 60) ** 2 / 30) for k in range(N)],
    "goes to and fro across it": [1e-3 * (3 if k % 2 else 0.3) for k in range(N)],
    "lies on it": [1e-3] * N,
    "one point": [1.02e-3],
}
SIZES = [(240, 110), (600, 300), (1300, 600)]


def _trace(errors: list[float]) -> Trace:
    size = len(errors)
    iterations, zeros = array("q", range(1, size + 1)), array("d", bytes(8 * size))
    return Trace(Setup(), Checkpoints(iterations, zeros, zeros, array("d", errors)), size)


@pytest.fixture
def plot(qtbot: QtBot) -> CurvePlot:
    made = CurvePlot()
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show_tolerance(1e-3)
    made.show()
    return made


def _points(plot: CurvePlot) -> list[QPointF]:
    """Points along the curve as it is painted, in pixels."""
    box = plot._plot.getPlotItem().getViewBox()
    x, y = plot._line.item.getData()
    along = np.linspace(0, 1, 50)
    ends = zip(x, x[1:], y, y[1:], strict=False)
    points = [(a + (b - a) * t, c + (d - c) * t) for a, b, c, d in ends for t in along]
    return [box.mapViewToScene(QPointF(*point)) for point in [*points, (x[0], y[0])]]


def _is_crossed(plot: CurvePlot) -> bool:
    """Whether a point of the curve lies within the tolerance's name."""
    name = plot._limit.name.sceneBoundingRect().adjusted(1, 1, -1, -1)
    return any(name.contains(point) for point in _points(plot))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("name", CURVES)
def test_no_curve_crosses_the_tolerance_s_name(
    plot: CurvePlot, name: str, size: tuple[int, int]
) -> None:
    plot.resize(*size)
    for points in (10.0, 15.0):
        font = QFont()
        font.setPointSizeF(points)
        plot.set_interface_font(font)
        for is_log_x in (False, True):
            plot.set_log(is_log_x, True)
            plot.show_curve(_trace(CURVES[name]), is_growing=False)
            plot.grab()
            has_ground = plot._limit.name.fill.style() != Qt.BrushStyle.NoBrush
            assert not _is_crossed(plot)
            assert not has_ground


def test_a_plot_that_is_large_again_gives_the_name_s_room_to_the_curve(plot: CurvePlot) -> None:
    def foot() -> float:
        return plot._plot.getPlotItem().getViewBox().viewRange()[1][0]

    plot.show_curve(_trace(CURVES["ends at the tolerance"]), is_growing=False)
    plot.grab()
    before = foot()
    for size in ((200, 90), (600, 300)):
        plot.resize(*size)
        plot.grab()
    assert foot() == pytest.approx(before)


def test_the_name_stays_where_it_is_while_a_run_grows(plot: CurvePlot) -> None:
    places = set()
    for end in range(2, N, 7):
        plot.show_curve(_trace(CURVES["ends at the tolerance"][:end]), is_growing=True)
        places.add(plot._limit._spot)
    assert len(places) == 1


@pytest.mark.parametrize("is_log", [(False, True), (True, True), (False, False)])
@pytest.mark.parametrize("name", ["falls", "is above on both ends", "rises through it"])
def test_words_that_are_free_to_stand_anywhere_hide_no_curve(
    plot: CurvePlot, name: str, is_log: tuple[bool, bool]
) -> None:
    plot.set_log(*is_log)
    plot.show_curve(_trace(CURVES[name]), is_growing=False)
    plot.grab()
    box = plot._plot.getPlotItem().getViewBox()
    size = QSizeF(180, 20)
    words = QRectF(plot.free_place(size), size)
    assert box.sceneBoundingRect().adjusted(-1, -1, 1, 1).contains(words)
    assert not words.intersects(plot._limit.name.sceneBoundingRect())
    assert not [point for point in _points(plot) if words.contains(point)]


def test_a_tolerance_out_of_sight_has_no_name(plot: CurvePlot) -> None:
    plot.show_curve(_trace(CURVES["falls"]), is_growing=False)
    plot.grab()
    box = plot._plot.getPlotItem().getViewBox()
    assert plot._limit.name.isVisible()
    for ends in ((-2.9, -1.0), (-8.0, -3.1)):  # the tolerance is 10⁻³
        box.setYRange(*ends, padding=0)
        assert not plot._limit.name.isVisible()
    plot.fit()
    assert plot._limit.name.isVisible()
    plot.show_tolerance(0.0)
    assert plot._limit.name.isVisible()


@pytest.mark.window
def test_a_quick_press_drag_and_release_pans_and_does_not_click(
    qtbot: QtBot, plot: CurvePlot
) -> None:
    plot.show_curve(_trace(CURVES["falls"]), is_growing=False)
    plot.grab()
    clicked: list[int] = []
    plot.clicked_at.connect(clicked.append)
    area, box = plot._plot.viewport(), plot._plot.getPlotItem().getViewBox()
    start, left = QPoint(300, 100), Qt.MouseButton.LeftButton
    before = box.viewRange()
    qtbot.mouseMove(area, start - QPoint(1, 0))
    for place in (start, start):  # a click at once before it makes no difference
        qtbot.mousePress(area, left, pos=place)
        qtbot.mouseMove(area, place + QPoint(90, 0))
        qtbot.mouseRelease(area, left, pos=place + QPoint(90, 0))
        (low, _high), _y = box.viewRange()
        assert low < before[0][0]
        before = box.viewRange()
    assert not clicked
    assert not plot.is_fitted
    assert all(math.isfinite(end) for ends in box.viewRange() for end in ends)


@pytest.mark.parametrize("name", CURVES)
def test_the_name_does_not_stand_on_its_line_in_any_size(plot: CurvePlot, name: str) -> None:
    plot.show_curve(_trace(CURVES[name]), is_growing=False)
    box = plot._plot.getPlotItem().getViewBox()
    for size, points in ((SIZES[0], 9), (SIZES[2], 16), (SIZES[0], 9), (SIZES[1], 12)):
        font = QFont()
        font.setPointSize(points)
        plot.resize(*size)
        plot.set_interface_font(font)
        plot.fit()
        plot.grab()
        words = plot._limit.name.sceneBoundingRect()
        line = box.mapViewToScene(QPointF(0, plot._limit._line.value())).y()
        assert not words.top() + 2 < line < words.bottom() - 2
