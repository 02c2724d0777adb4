"""One edit makes one state and one signal, and each view is shown at most once for it."""

from collections import Counter
from collections.abc import Callable
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.state.state import Axes, State
from backprop_gui.views.error_plot import ErrorPlot
from backprop_gui.views.network_view import NetworkView
from backprop_gui.views.outcome_panel import OutcomePanel
from backprop_gui.views.setup_panel import SetupPanel
from backprop_gui.views.timeline import Timeline
from backprop_gui.views.transport import Transport
from backprop_gui.widgets.moment_view import MomentView
from backprop_gui.widgets.number_box import NumberBox
from backprop_gui.window.main_window import MainWindow

FILE = Path(__file__).parents[1] / "former" / "experiment.backprop"
INLETS = [
    (NetworkView, "show_moment"),
    (Timeline, "show_moment"),
    (MomentView, "show_moment"),
    (OutcomePanel, "show_moment"),
    (OutcomePanel, "show_outcome"),
    (OutcomePanel, "show_about"),
    (Transport, "show_state"),
    (ErrorPlot, "show_state"),
    (SetupPanel, "show_setup"),
    (NumberBox, "show_setup"),
]
Shown = Counter[tuple[QWidget, str]]


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch) -> Shown:
    """How often each view of a window that is made later was shown something."""
    count: Shown = Counter()

    def counted(show: Callable[..., None], name: str) -> Callable[..., None]:
        def counting(view: QWidget, *args: object, **kwargs: object) -> None:
            count[view, name] += 1
            show(view, *args, **kwargs)

        return counting

    for kind, name in INLETS:
        monkeypatch.setattr(kind, name, counted(getattr(kind, name), name))
    return count


def _type(window: MainWindow, qtbot: QtBot) -> None:
    box = window.setup_panel.boxes["w1"]
    box.setFocus()
    box.lineEdit().setText("0.25")
    qtbot.keyClick(box, Qt.Key.Key_Return)


def _nothing(window: MainWindow) -> None:
    """As the window begins."""


def _at_the_end(window: MainWindow) -> None:
    window.session.go_to_last()


EDITS = {
    "a typed number": (_nothing, _type),
    "a typed number, after a run": (_at_the_end, _type),
    "a step": (_nothing, lambda window, _: window.navigation.go_on("step")),
    "an iteration": (_nothing, lambda window, _: window.navigation.go_on("iteration")),
    "the end of the run": (_nothing, lambda window, _: window.session.go_to_last()),
    "run": (_nothing, lambda window, _: window.typed.toggle_running()),
    "pause": (
        lambda window: window.session.start(),
        lambda window, _: window.typed.toggle_running(),
    ),
    "a step while it runs": (
        lambda window: window.session.start(),
        lambda window, _: window.navigation.go_on("step"),
    ),
    "reset": (_nothing, lambda window, _: window.session.reset()),
    "reset, after a run": (_at_the_end, lambda window, _: window.session.reset()),
    "the article again": (
        lambda window: window.session.set_setup(Setup(eta=2.0)),
        lambda window, _: window.typed.reset_to_article(),
    ),
    "a file": (_nothing, lambda window, _: window.documents.open(FILE)),
    "the kept runs cleared": (
        lambda window: window.documents.open(FILE),
        lambda window, _: window.session.clear_kept(),
    ),
    "other axes": (
        _nothing,
        lambda window, _: window.session.set_axes(Axes(is_log_iterations=True)),
    ),
}


@pytest.mark.parametrize(("before", "edit"), EDITS.values(), ids=EDITS)
def test_one_edit_makes_one_consistent_state_and_shows_each_view_at_most_once(
    qtbot: QtBot, shown: Shown, make_window, before, edit
) -> None:
    window = make_window()
    session = window.session
    before(window)
    seen: list[State] = []

    def look(state: State) -> None:
        seen.append(state)
        assert state is session.state
        assert state.moment.setup == state.run.setup == state.run.trace.setup == session.setup
        assert state.moment.iteration <= state.run.iterations == session.known_iterations
        assert state.run.trace.iterations[-1] <= state.run.iterations
        assert state.moment.stop in (None, state.run.stop)
        assert state.is_running == session.is_running

    session.state_changed.connect(look)
    shown.clear()
    edit(window, qtbot)
    assert len(seen) == 1
    assert {each: times for each, times in shown.items() if times > 1} == {}
    window.session.pause()


def test_a_step_shows_no_view_what_it_shows_already(shown: Shown, make_window) -> None:
    window = make_window()
    shown.clear()
    window.navigation.go_on("step")
    views = {type(view) for view, _inlet in shown}
    assert not views & {SetupPanel, NumberBox}
    shown.clear()
    window.session.start()
    window.session.pause()
    assert not {type(view) for view, _inlet in shown} & {SetupPanel, NumberBox}


def test_the_plot_s_buttons_show_the_axes_that_the_session_has(window: MainWindow) -> None:
    plot = window.error_plot
    for axes in (Axes(True, False), Axes(False, True), Axes(True, True)):
        window.session.set_axes(axes)
        assert Axes(plot.tools.log_x.isChecked(), plot.tools.log_y.isChecked()) == axes
    plot.tools.log_y.click()
    assert window.session.state.axes == Axes(True, False)
    assert window.settings().is_log_iterations
    assert not window.settings().is_log_error
