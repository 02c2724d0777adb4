"""The list of runs, and what a person does in it."""

import pytest
from PySide6.QtCore import QCoreApplication, QObject, Qt
from PySide6.QtWidgets import QLabel, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.drawing.run_style import style
from backprop_gui.drawing.shapes import Disc
from backprop_gui.lesson.mistaken import Mistaken
from backprop_gui.lesson.numbers import COMMA, Numerals
from backprop_gui.state.session import Session
from backprop_gui.views.runs_view import RunsView
from backprop_gui.widgets.race_reading import RaceReading
from backprop_gui.widgets.run_list import RunList
from backprop_gui.widgets.sweep_picture import SweepPicture


@pytest.fixture
def session(qtbot: QtBot):
    parent = QObject()
    made = Session(parent=parent)
    yield made
    made.end()


@pytest.fixture
def view(qtbot: QtBot, session: Session) -> RunsView:
    """A list bound to a session, as the window binds it."""
    made = RunsView(session.state)
    qtbot.addWidget(made)
    session.state_changed.connect(made.show_state)
    made.keep_requested.connect(session.keep_present)
    made.remove_requested.connect(session.remove_kept)
    made.present_requested.connect(session.make_present)
    made.rename_requested.connect(session.rename_kept)
    made.show_requested.connect(session.show_kept)
    made.resize(900, 300)
    made.show()
    return made


@pytest.fixture
def runs(view: RunsView, session: Session) -> RunList:
    """The list with the article's whole run kept, and one of η = 5 for the present one."""
    session.go_to_last()
    session.set_setup(Setup(eta=5.0))
    session.iteration_on()
    made = view.findChild(RunList)
    made.setCurrentCell(1, 0)
    return made


def _texts(runs: RunList) -> list[list[str]]:
    columns = range(runs.columnCount())
    return [[runs.item(row, column).text() for column in columns] for row in range(runs.rowCount())]


def test_while_no_run_is_kept_a_button_keeps_this_one(
    qtbot: QtBot, view: RunsView, session: Session
) -> None:
    (keep,) = (b for b in view.findChildren(QPushButton) if b.isVisible())
    assert keep.text() == "Keep this run"
    keep.click()
    assert [each.setup for each in session.state.kept] == [Setup()]
    assert not keep.isVisible()


def test_each_run_has_a_row_with_its_setup_and_its_end(runs: RunList) -> None:
    """The numbers of the article's run are those that its program prints."""
    present, kept = _texts(runs)
    assert (*present[:2], present[3]) == ("This run", "2", "can go on")
    assert kept == [
        "η = 0.9", "813", "4.986·10⁻⁵", "tolerance", "0.8800", "4.006",
        "i = 0.1, t = 0.9, w₁ = 0.5, w₂ = 0.5, η = 0.9",
    ]  # fmt: skip


def test_the_list_has_the_person_s_decimal_sign(view: RunsView, runs: RunList) -> None:
    view.show_numerals(Numerals(5, COMMA))
    assert _texts(runs)[1][2] == "4,9865·10⁻⁵"


def test_a_check_hides_the_curve_and_shows_it(runs: RunList, session: Session) -> None:
    for state, is_shown in ((Qt.CheckState.Unchecked, False), (Qt.CheckState.Checked, True)):
        runs.item(1, 0).setCheckState(state)
        assert session.state.kept[0].is_shown is is_shown
        assert runs.item(1, 0).checkState() == state


def test_a_name_is_typed_in_its_place(qtbot: QtBot, runs: RunList, session: Session) -> None:
    runs.setCurrentCell(1, 3)
    qtbot.keyClick(runs, Qt.Key.Key_F2)
    line = runs.indexWidget(runs.model().index(1, 0))
    line.setText("The article’s")
    qtbot.keyClick(line, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: session.state.kept[0].name == "The article’s")
    assert _texts(runs)[1][0] == "The article’s"


def test_keys_act_on_the_current_run(qtbot: QtBot, runs: RunList, session: Session) -> None:
    qtbot.keyClick(runs, Qt.Key.Key_H)
    assert not session.state.kept[0].is_shown
    qtbot.keyClick(runs, Qt.Key.Key_Return)
    assert session.setup == Setup()
    assert runs.current_id == 1, "another row is current now"
    qtbot.keyClick(runs, Qt.Key.Key_Delete)
    assert [each.setup for each in session.state.kept] == [Setup(eta=5.0)]


def test_the_present_run_is_neither_removed_nor_renamed(
    qtbot: QtBot, runs: RunList, session: Session
) -> None:
    before = session.state
    runs.setCurrentCell(0, 0)
    for key in (Qt.Key.Key_Delete, Qt.Key.Key_Return, Qt.Key.Key_H):
        qtbot.keyClick(runs, key)
    runs.begin_renaming()
    assert runs.findChild(QLineEdit) is None
    assert session.state is before


def test_runs_that_differ_in_one_value_are_plotted_over_it_in_their_colours(
    qtbot: QtBot, view: RunsView, session: Session
) -> None:
    plot = view.findChild(SweepPicture)
    assert not plot.isVisible()
    etas = (0.5, 5.0, 20.0)
    session.add_runs(Setup(eta=eta) for eta in etas)
    qtbot.waitUntil(lambda: not session.state.missing)
    assert plot.isVisible()
    dots = [each for each in plot.drawing.shapes if isinstance(each, Disc)]
    assert [dot.x for dot in dots] == sorted(dot.x for dot in dots)
    assert [dot.name for dot in dots] == ["η = 0.5", "η = 5", "η = 20"]
    assert [dot.fill.ink for dot in dots] == [style(run.colour)[0] for run in session.state.kept]


def test_the_plot_goes_when_fewer_than_two_runs_are_shown(
    qtbot: QtBot, view: RunsView, session: Session
) -> None:
    session.add_runs((Setup(eta=5.0), Setup(eta=20.0)))
    qtbot.waitUntil(lambda: not session.state.missing)
    plot = view.findChild(SweepPicture)
    assert plot.isVisible()
    session.show_kept(session.state.kept[0].id, False)
    assert not plot.isVisible()
    session.undo()
    assert plot.isVisible()


def test_the_plot_stands_beside_a_wide_list_below_a_high_one_and_nowhere_without_room(
    qtbot: QtBot, view: RunsView, session: Session
) -> None:
    session.add_runs((Setup(eta=5.0), Setup(eta=20.0)))
    qtbot.waitUntil(lambda: not session.state.missing)
    runs, plot = view.findChild(RunList), view.findChild(SweepPicture)
    view.resize(1000, 300)
    view.layout().activate()
    assert plot.isVisible()
    assert plot.x() > runs.geometry().right()
    view.resize(400, 600)
    QCoreApplication.sendPostedEvents()
    view.layout().activate()
    assert plot.isVisible()
    assert plot.y() > runs.geometry().bottom()
    view.resize(400, 220)
    assert not plot.isVisible()


def test_the_plot_is_not_drawn_again_while_the_run_goes_on(
    qtbot: QtBot, view: RunsView, session: Session
) -> None:
    session.add_runs((Setup(eta=5.0), Setup(eta=20.0)))
    qtbot.waitUntil(lambda: not session.state.missing)
    before = view.findChild(SweepPicture).drawing
    session.iteration_on()
    assert view.findChild(SweepPicture).drawing is before


def test_a_sweep_is_asked_for_in_the_heading(qtbot: QtBot, view: RunsView) -> None:
    (sweep,) = (b for b in view.page.tools.findChildren(QPushButton) if b.text() == "Sweep…")
    with qtbot.waitSignal(view.sweep_requested):
        sweep.click()


def _reading(view: RunsView) -> str:
    (reading,) = view.findChildren(RaceReading)
    return " ".join(label.text() for label in reading.findChildren(QLabel) if label.isVisible())


def test_a_race_is_read_at_the_iteration_that_is_shown(
    qtbot: QtBot, view: RunsView, session: Session
) -> None:
    """At iteration 1 both weights of the article are the same; later they differ."""
    assert not view.findChildren(RaceReading)
    session.go_to_last()
    session.race(Mistaken("dnet_o_dout_h", "other_weight"))
    qtbot.waitUntil(lambda: not session.state.missing)
    assert "does not agree" in _reading(view)
    assert "In iteration 813 the step points" in _reading(view)
    session.go_to_first()
    assert "In iteration 1 the step points along −∇E" in _reading(view)
    assert _reading(view).count("✓ agrees") == 2
    assert "a falling error proves nothing" in _reading(view)
    session.clear_kept()
    assert not view.findChild(RaceReading).isVisible()


def test_the_race_that_is_read_is_that_of_the_current_row_or_the_newest(
    qtbot: QtBot, view: RunsView, session: Session
) -> None:
    first, second = Mistaken("de_dw1", "sign_lost"), Mistaken("de_dw2", "sum_for_product")
    for mistaken in (first, second):
        session.race(mistaken)
    qtbot.waitUntil(lambda: not session.state.missing)
    assert second.title in _reading(view)
    view.findChild(RunList).setCurrentCell(2, 0)
    assert first.title in _reading(view)


def test_a_run_that_is_still_computed_says_so(view: RunsView, session: Session) -> None:
    session.race(Mistaken("de_dw1", "sign_lost"))
    session.stop_computing()
    assert "This run is being computed." in _reading(view) or not session.state.missing
