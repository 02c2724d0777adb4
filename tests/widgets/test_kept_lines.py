"""The curves of kept runs in the plot, their names, and what the crosshair reads of them."""

from dataclasses import replace

import pytest
from PySide6.QtGui import QColor, QFont, QImage
from pytestqt.qtbot import QtBot

from backprop_gui.core.kept_run import COLOURS, KeptRun
from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.drawing.run_style import style
from backprop_gui.drawing.shapes import Text, pieces
from backprop_gui.paint.theme import DARK, LIGHT
from backprop_gui.state.session import Session
from backprop_gui.views.error_plot import ErrorPlot
from backprop_gui.widgets.curve_plot import CurvePlot
from backprop_gui.widgets.run_legend import RunLegend, entries_of
from tests.core.article import article_program


def _kept(number: int, setup: Setup, iterations: int, **facts: object) -> KeptRun:
    run = Run(setup)
    run.advance(iterations - 1)
    made = KeptRun(number, f"run {number}", COLOURS[number - 1], setup, iterations, run.stop)
    return replace(made, trace=run.trace(), is_whole=True, **facts)


RUNS = tuple(_kept(n, Setup(eta=0.1 + n, tolerance=0.0), 60) for n in range(1, 5))


@pytest.fixture
def plot(qtbot: QtBot) -> CurvePlot:
    made = CurvePlot()
    qtbot.addWidget(made)
    made.resize(700, 400)
    made.show_tolerance(0.0)
    made.show_curve(Run(Setup()).trace(), is_growing=False)
    made.show()
    return made


def _colours(image: QImage) -> set[str]:
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {image.pixelColor(*place).name() for place in places}


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_each_curve_has_its_colour_until_it_is_hidden(plot: CurvePlot, theme) -> None:
    plot.set_theme(theme)
    for hidden in (None, 2, None):
        plot.show_kept([replace(run, is_shown=run.id != hidden) for run in RUNS])
        seen = _colours(plot._plot.grab().toImage())
        for run in RUNS:
            colour = QColor(theme.inks[style(run.colour)[0]]).name()
            assert (colour in seen) == (run.id != hidden), run.name


def test_the_picture_of_the_curves_follows_the_axes(plot: CurvePlot) -> None:
    """What is kept of the last painting is not what is seen after a zoom, nor after a change."""
    plot.show_kept(RUNS)
    before = plot._plot.grab().toImage()
    plot.zoom(0.5)
    zoomed = plot._plot.grab().toImage()
    assert zoomed != before
    plot.fit()
    assert plot._plot.grab().toImage() == before
    plot.show_kept(RUNS[:2])
    plot.show_kept(RUNS)
    assert plot._plot.grab().toImage() == before


def test_the_legend_stands_below_the_plot_and_names_each_curve(plot: CurvePlot) -> None:
    legend = plot.findChild(RunLegend)
    assert not legend.isVisible(), "nothing needs a name"
    plot.show_kept(RUNS)
    assert not legend.geometry().intersects(plot._plot.geometry())
    names = [entry.name for row in legend._rows for _x, entry in row]
    assert names == ["this run", *(run.name for run in RUNS)]


def test_a_legend_that_is_cut_off_says_how_many_it_leaves_out(qtbot: QtBot) -> None:
    legend = RunLegend()
    qtbot.addWidget(legend)
    legend.resize(320, 20)
    runs = [_kept(n, Setup(eta=float(n)), 2) for n in range(1, 25)]
    legend.take_of(100)
    legend.show_entries(entries_of(runs))
    shown = [entry for row in legend._rows for _x, entry in row]
    assert shown[-1] == f"and {25 - (len(shown) - 1)} more"
    legend.take_of(None)
    assert sum(map(len, legend._rows)) == 25
    for row in legend._rows:
        x, last = row[-1]
        assert x + legend._width(last) <= 320


def test_the_crosshair_reads_every_curve_that_is_shown(qtbot: QtBot) -> None:
    session = Session()
    view = ErrorPlot(session.state)
    qtbot.addWidget(view)
    session.state_changed.connect(view.show_state)
    view.resize(600, 300)
    view.show()
    view.load(QFont())
    session.go_to_last()
    session.keep_present()
    session.set_setup(Setup(eta=5.0))
    session.go_to_last()
    errors = article_program()[0]
    view._on_pointed_at(100)
    this, kept = view._readings._readings
    assert view._readings.isVisible()
    assert kept.text == view._numerals.short(errors[99])
    view._on_pointed_at(400)  # where the present run is over
    this, kept = view._readings._readings
    assert this.text == f"up to iteration {session.known_iterations}"
    assert kept.text == view._numerals.short(errors[399])
    session.show_kept(session.state.kept[0].id, False)
    view._on_pointed_at(400)
    assert not view._readings.isVisible()
    session.end()


def test_a_person_s_underscores_are_written_as_they_are(plot: CurvePlot) -> None:
    plot.show_kept([replace(RUNS[0], name="a_b__c_")])
    texts = [shape for shape in plot.findChild(RunLegend)._shapes() if isinstance(shape, Text)]
    written = "".join(piece.text for piece in pieces(texts[-1].text))
    assert written == "a_b__c_"
    assert not any(piece.is_lowered for piece in pieces(texts[-1].text))
