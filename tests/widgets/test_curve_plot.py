"""The plot over all doubles. Where a number belongs is computed by Decimal."""

import itertools
import math
import re
from array import array
from dataclasses import replace
from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pyqtgraph import TextItem
from PySide6.QtCore import QPointF, Qt
from PySide6.QtGui import QColor
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backprop_gui.core.kept_run import COLOURS, KeptRun
from backprop_gui.core.network import MOST_ITERATIONS, Setup
from backprop_gui.core.run import Checkpoints, Run, Trace
from backprop_gui.drawing.run_style import style
from backprop_gui.drawing.shapes import Ink
from backprop_gui.export.widget_picture import compared_plot, run_plot
from backprop_gui.lesson.moment import Position, moment_at
from backprop_gui.paint.theme import LIGHT
from backprop_gui.widgets.curve_plot import CurvePlot
from backprop_gui.widgets.plot_axis import Axis
from backprop_gui.widgets.plot_scale import Scale
from tests.extent import spread
from tests.shown import typed

LEAST, MOST = 5e-324, 1.7976931348623157e308
SPANS = {
    "all doubles": (MOST, 1e200, 1.0, 1e-100, 2.2e-308, LEAST),
    "subnormal": (9e-323, 5e-323, LEAST),
    "the largest": (MOST, 1e308, 3e307),
    "below 1e-16": (0.05, 1e-10, 1e-16, 1e-17, 1e-20),
    "one number": (0.3, 0.3, 0.3),
    "the next double": (0.3, math.nextafter(0.3, 0), math.nextafter(0.3, 1)),
}
DIGITS = str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹−", "-0123456789-")
# A target that is hit exactly, so that E is 0 from the second iteration on, and one too far away.
HIT = Setup(target=1.0, eta=5000.0, tolerance=0.0, max_iterations=500)
FAR = Setup(target=1e200)


def _curve(errors) -> Trace:
    size = len(errors)
    iterations, zeros = array("q", range(1, size + 1)), array("d", bytes(8 * size))
    return Trace(Setup(), Checkpoints(iterations, zeros, zeros, array("d", errors)), size)


def _kept(trace: Trace) -> KeptRun:
    return replace(KeptRun.numbered(1, Setup(), trace.size), trace=trace)


@pytest.fixture
def plot(qtbot: QtBot) -> CurvePlot:
    made = CurvePlot()
    qtbot.addWidget(made)
    made.resize(600, 300)
    made.show_tolerance(1e-9)
    made.show()
    return made


def _box(plot: CurvePlot):
    return plot._plot.getPlotItem().getViewBox()


def _words(plot: CurvePlot) -> set[str]:
    """What is written within the axes."""
    items = plot._plot.getPlotItem().items
    return {item.toPlainText() for item in items if isinstance(item, TextItem) and item.isVisible()}


def _exactly(value: float, *, is_log: bool) -> Decimal:
    with localcontext() as context:
        context.prec = 40
        return Decimal(value).log10() if is_log else Decimal(value)


@pytest.mark.parametrize("is_log", [True, False], ids=["logarithmic", "linear"])
@pytest.mark.parametrize("name", SPANS)
def test_every_positive_double_is_drawn_where_it_is(
    plot: CurvePlot, name: str, is_log: bool
) -> None:
    errors = SPANS[name]
    plot.set_log(False, is_log)
    plot.show_tolerance(min(errors))
    plot.show_curve(_curve(errors), is_growing=False)
    plot.mark(1, errors[0])
    x, y = plot._line.item.getData()
    assert list(x) == list(range(1, len(errors) + 1))
    unit = Decimal(1) if is_log else Decimal(10) ** plot._y_scale.exponent
    for place, error in zip(y, errors, strict=True):
        right = float(_exactly(error, is_log=is_log) / unit)
        assert place == pytest.approx(right, rel=1e-14, abs=1e-14)
        assert _box(plot).viewRect().contains(1.0, place)
    assert plot._marks.marker.getData()[1][0] == y[0]
    assert plot._limit._line.value() == min(y)
    assert not plot.grab().isNull()


def test_the_end_of_a_run_is_below_its_tolerance_in_the_picture_too(qtbot: QtBot) -> None:
    run = Run(Setup(tolerance=1e-20))
    run.advance(100_000)
    end = moment_at(run, Position(run.iteration, 5))
    for plot in (run_plot(run, end), run_plot(run, end).twin()):
        qtbot.addWidget(plot)
        _x, y = plot._line.item.getData()
        assert y[-1] == pytest.approx(math.log10(end.values["error"]))
        assert y[-1] < plot._limit._line.value() == pytest.approx(-20)
        assert y[0] > y[len(y) // 2] > y[-1] + 1, "it is flat"


@pytest.mark.parametrize("is_kept", [False, True])
@pytest.mark.parametrize("is_log", [True, False])
@pytest.mark.parametrize(
    ("odd", "words"), [(0.0, "E = 0"), (math.inf, "E = ∞"), (math.nan, "E is not a number")]
)
def test_what_is_no_number_of_the_axis_has_a_mark_at_its_edge_and_words(
    plot: CurvePlot, odd: float, words: str, is_log: bool, is_kept: bool
) -> None:
    plot.set_log(False, is_log)
    usual = _curve([0.5, 0.25, 0.125, 0.1])
    curve = _curve([0.5, 0.25, odd, odd])
    plot.show_kept([_kept(curve)] if is_kept else [])
    plot.show_curve(usual if is_kept else curve, is_growing=False)
    plot.mark(3, odd)
    plot.point(4, odd)
    is_drawn = odd == 0 and not is_log
    assert (words in _words(plot)) == (not is_drawn)
    if is_drawn:
        assert plot._marks.marker.getData()[1][0] == 0.0
        return
    (marks,) = (line._marks for line in (plot._kept.lines if is_kept else [plot._line]))
    (mark,) = marks.values()
    x, _y = mark.symbols.getData()
    assert list(x) == [3, 4]
    for _each in range(3):
        low, high = _box(plot).viewRange()[1]
        place = (mark.symbols.getData()[1][0] - low) / (high - low)
        assert 0 < place < 0.1 if odd == 0 else 0.9 < place < 1
        assert plot._marks.marker.getData()[1][0] == mark.symbols.getData()[1][0]
        assert plot._marks.cross_dot.getData()[1][0] == mark.symbols.getData()[1][0]
        _box(plot).scaleBy((1.0, 0.8))
    line = plot._kept.lines[0] if is_kept else plot._line
    assert list(line.item.getData()[0]) == [1, 2], "a number was made of what is none"
    plot.show_kept([])
    plot.show_curve(usual, is_growing=False)
    assert words not in _words(plot)


@pytest.mark.parametrize("setup", [HIT, FAR], ids=["zero", "infinity"])
def test_marks_are_painted(qtbot: QtBot, setup: Setup) -> None:
    run = Run(setup)
    run.advance(500)
    plot = run_plot(run, moment_at(run, Position(1, 5)))
    qtbot.addWidget(plot)
    plot.resize(600, 300)
    plot.mark(1, 0.1)
    image = plot.grab().toImage()
    ink = QColor(LIGHT.ink(Ink.FORWARD)).rgb()
    rows = [y for y in range(300) for x in range(60, 600) if image.pixel(x, y) == ink]
    edge = max(rows) if setup is HIT else min(rows)
    assert 200 < edge < 300 if setup is HIT else 0 < edge < 40


def test_a_number_that_stands_alone_between_marks_is_seen(plot: CurvePlot) -> None:
    plot.show_curve(_curve([0.5, 0.0, 0.0, 0.25, 0.0]), is_growing=False)
    assert list(plot._line._dots.getData()[0]) == [1, 4]


def test_a_line_does_not_go_through_what_is_no_number(plot: CurvePlot) -> None:
    plot.show_curve(_curve([0.5, 0.4, 0.0, 0.3, 0.2]), is_growing=False)
    assert list(plot._line.item.opts["connect"]) == [1, 0, 1, 0]


@pytest.mark.parametrize("is_log", [True, False])
def test_a_tolerance_of_zero_has_no_line_but_words(plot: CurvePlot, is_log: bool) -> None:
    plot.set_log(False, is_log)
    plot.show_curve(_curve([0.5, 0.25]), is_growing=False)
    plot.show_tolerance(0.0)
    assert not plot._limit._line.isVisible()
    assert "tolerance 0: no E is below it" in _words(plot)
    plot.show_tolerance(1e-20)
    plot.fit()
    assert plot._limit._line.isVisible()
    assert "tolerance 10⁻²⁰" in _words(plot)


def test_a_twin_has_the_marks_the_words_and_the_numbers_of_its_plot(
    qtbot: QtBot, plot: CurvePlot
) -> None:
    for is_log in (True, False):
        plot.set_log(False, is_log)
        plot.show_tolerance(0.0)
        plot.show_kept([_kept(_curve([MOST, 0.0, LEAST]))])
        plot.show_curve(_curve([math.inf, 0.25, 0.0, math.nan]), is_growing=False)
        plot.zoom(1.1)
        twin = plot.twin()
        qtbot.addWidget(twin)
        assert _words(twin) == _words(plot)
        assert _box(twin).viewRange()[1] == pytest.approx(_box(plot).viewRange()[1])
        for one, other in zip(plot._lines(), twin._lines(), strict=True):
            assert [list(d) for d in one.item.getData()] == [list(d) for d in other.item.getData()]


def test_other_units_show_the_same_part_of_a_linear_axis(plot: CurvePlot) -> None:
    plot.set_log(False, False)
    plot.show_curve(_curve([4e-200, 1e-200]), is_growing=False)
    plot.zoom(0.5)
    before = [Decimal(y).scaleb(plot._y_scale.exponent) for y in _box(plot).viewRange()[1]]
    plot.show_curve(_curve([4e-200, 1e-200, 3e-195]), is_growing=False)
    after = [Decimal(y).scaleb(plot._y_scale.exponent) for y in _box(plot).viewRange()[1]]
    assert [float(y.scaleb(200)) for y in after] == pytest.approx(
        [float(y.scaleb(200)) for y in before]
    )


@pytest.mark.parametrize(
    ("name", "is_log_y", "is_log_x"),
    spread(
        list(itertools.product(("all doubles", "the next double"), (True, False), (True, False))), 4
    ),
)
def test_zooming_and_moving_end_where_nothing_can_be_drawn(
    plot: CurvePlot, name: str, is_log_x: bool, is_log_y: bool
) -> None:
    plot.set_log(is_log_x, is_log_y)
    plot.show_curve(_curve((*SPANS[name], 0.0, math.inf)), is_growing=False)
    whole = _box(plot).viewRange()
    for factor in (0.7, 1 / 0.7):
        for _each in range(90):
            plot.zoom(factor)
            _box(plot).translateBy(x=3.0, y=-3.0)
        plot.grab()
        assert all(math.isfinite(end) for ends in _box(plot).viewRange() for end in ends)
    plot.fit()
    assert _box(plot).viewRange() == whole


def _number(text: str) -> Decimal:
    """The number that the name of a tick says."""
    mantissa, power = re.fullmatch(r"(?:([^·]+?)·)?(?:10([⁻⁰¹²³⁴-⁹]+))?|.*", text).groups()
    if power:
        return Decimal(mantissa or 1).scaleb(int(power.translate(DIGITS)))
    return Decimal(text.replace(",", ""))


@given(low=st.floats(-330, 308), span=st.floats(1e-8, 640), size=st.integers(80, 1500))
@pytest.mark.parametrize("is_whole", [False, True])
def test_ticks_of_a_logarithmic_axis_are_few_and_named_rightly(
    qapp, low: float, span: float, size: int, is_whole: bool
) -> None:
    axis = Axis("bottom" if is_whole else "left", is_whole)
    axis.show_scale(Scale(True))
    levels = axis.tickValues(low, low + span, size)
    names = {}
    for spacing, values in levels:
        assert len(set(values)) == len(values) <= max(size / 4, 12)
        for value, text in zip(values, axis.tickStrings(values, 1.0, spacing), strict=True):
            if text:
                names[value] = text
    assert len(set(names.values())) == len(names) <= size / 12 + 10
    for place, text in names.items():
        exact = _exactly_log(_number(text))
        assert float(exact) == pytest.approx(place, abs=1e-9)
        assert not is_whole or _number(text) == _number(text).to_integral_value()
    is_within = low > -320 and low + span < 307
    assert names or is_whole or not is_within, "nothing is named"


def _exactly_log(number: Decimal) -> Decimal:
    with localcontext() as context:
        context.prec = 40
        return number.log10()


@pytest.mark.parametrize("exponent", [-323, -100, 0, 100, 308])
def test_ticks_of_a_linear_axis_are_named_in_the_numbers_not_in_its_units(
    qapp, exponent: int
) -> None:
    axis = Axis("left")
    axis.show_scale(Scale(False, exponent))
    for spacing, values in axis.tickValues(0.0, 9.0, 300):
        for value, text in zip(values, axis.tickStrings(values, 1.0, spacing), strict=True):
            named = Decimal(typed(text))
            assert named == Decimal(repr(round(value, 6))).scaleb(exponent)


@pytest.mark.window
@pytest.mark.parametrize("is_log_x", [True, False])
def test_a_click_however_far_out_is_an_iteration_that_there_can_be(
    qtbot: QtBot, plot: CurvePlot, is_log_x: bool
) -> None:
    plot.set_log(is_log_x, True)
    plot.show_curve(_curve([0.5, 0.25, 0.125]), is_growing=False)
    clicked: list[int] = []
    pointed: list[int] = []
    plot.clicked_at.connect(clicked.append)
    plot.pointed_at.connect(pointed.append)
    for _each in range(80):
        plot.zoom(1 / 0.7)
    plot.grab()
    area = _box(plot).sceneBoundingRect()
    for share in (0.02, 0.5, 0.98):
        scene = QPointF(area.left() + share * area.width(), area.center().y())
        place = plot._plot.mapFromScene(scene)
        qtbot.mouseMove(plot._plot.viewport(), place)
        qtbot.mouseClick(plot._plot.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert len(clicked) == 3
    assert (min(clicked), max(clicked)) == (1, MOST_ITERATIONS)
    assert all(1 <= iteration <= MOST_ITERATIONS for iteration in pointed)


def test_the_crosshair_says_that_an_error_is_zero_or_infinite(qtbot: QtBot, window) -> None:
    for setup, iteration, words in ((HIT, 2, "E = 0"), (FAR, 1, "E = ∞")):
        window.session.set_setup(setup)
        window.session.go_to_last()
        window.session.clear_kept()
        window.error_plot._on_pointed_at(iteration)
        reading = window.error_plot.findChild(QWidget, "reading")
        assert reading.text() == f"iteration {iteration}\n{words}"


def test_the_crosshair_is_on_what_is_below_the_pointer_also_where_that_changes(
    qtbot: QtBot, window
) -> None:
    window.session.go_to_last()
    view = window.error_plot
    plot = view._plot
    area = _box(plot).sceneBoundingRect()
    place = plot._plot.mapFromScene(QPointF(area.left() + 0.3 * area.width(), area.center().y()))
    qtbot.mouseMove(plot._plot.viewport(), place)
    plot._pointer._on_moved(plot._plot.mapToScene(place))

    def shown() -> int:
        words = re.search(r"iteration ([\d,]+)", view._reading.text())
        return int(words[1].replace(",", ""))

    before = shown()
    for change in (view.zoom_in, view.zoom_in, view.fit):
        change()
        assert shown() == plot._pointer._iteration_at(plot._plot.mapToScene(place))
    assert shown() == before
    window.session.set_setup(Setup(w1=0.7))
    assert not view._reading.isVisible()  # the run that it spoke of has gone
    assert not plot._marks.cross.isVisible()


def test_runs_that_are_compared_are_named_by_what_differs_in_the_colours_of_kept_runs(
    qtbot: QtBot,
) -> None:
    runs = [Run(Setup(eta=eta)) for eta in (0.9, 5.0, 20.0)]
    for run in runs:
        run.advance(1000)
    plot = compared_plot(runs)
    qtbot.addWidget(plot)
    entries = [(each.name, each.ink, each.dash) for each in plot._legend._entries]
    names = ["η = 0.9", "η = 5", "η = 20"]
    looks = map(style, COLOURS)
    assert entries == [(name, *look) for name, look in zip(names, looks, strict=False)]
    assert [each.trace.iterations[-1] for each in plot._kept.lines] == [813, 146, 36]
