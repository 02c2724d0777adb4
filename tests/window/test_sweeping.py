"""A sweep: asked for, computed beside the present run and kept, or a sentence says why not."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backprop_gui.core.kept_run import MOST_KEPT
from backprop_gui.core.network import Setup
from backprop_gui.dialogs.sweep_dialog import SweepDialog
from backprop_gui.lesson.numbers import FILES
from backprop_gui.state.session import Session
from backprop_gui.window.sweeping import ask_for_sweep

Answer = Callable[[SweepDialog], object]


@pytest.fixture
def session(qtbot: QtBot):
    parent = QObject()
    made = Session(parent=parent)
    yield made
    made.end()


def _asked(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch, answer: Answer
) -> list[str]:
    """Answer the dialog, and return what is said instead of it."""
    parent, said = QWidget(), []
    qtbot.addWidget(parent)
    monkeypatch.setattr(SweepDialog, "exec", answer)
    ask_for_sweep(session, parent, FILES, said.append)
    return said


def _fill(session: Session, count: int) -> None:
    session.add_runs(Setup(w1=n / 8, max_iterations=3) for n in range(1, count + 1))


def test_a_sweep_is_of_the_present_setup_and_its_runs_are_kept_up_to_their_ends(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.set_setup(Setup(w1=1.0))

    def answer(dialog: SweepDialog) -> None:
        dialog.values.setText("5, 20")
        dialog.go.click()

    assert _asked(qtbot, session, monkeypatch, answer) == []
    qtbot.waitUntil(lambda: not session.state.missing)
    kept = session.state.kept
    assert [run.setup for run in kept] == [Setup(w1=1.0, eta=eta) for eta in (5.0, 20.0)]
    assert [run.name for run in kept] == ["η = 5", "η = 20"]
    assert all(run.stop and run.is_own for run in kept)
    assert session.setup == Setup(w1=1.0)


def test_a_sweep_that_is_cancelled_changes_nothing(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = session.state
    assert _asked(qtbot, session, monkeypatch, lambda dialog: dialog.reject()) == []
    assert session.state is before


def test_a_sweep_has_as_many_values_as_there_is_room_for(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    _fill(session, MOST_KEPT - 3)
    problems = []

    def answer(dialog: SweepDialog) -> None:
        dialog.values.setText("1, 2, 3, 4")
        dialog.go.click()
        problems.append(dialog.problem)

    _asked(qtbot, session, monkeypatch, answer)
    assert problems == ["at most 3 values can be compared, not 4."]
    assert len(session.state.kept) == MOST_KEPT - 3


@pytest.mark.parametrize("kept", [MOST_KEPT - 1, MOST_KEPT])
def test_where_there_is_no_room_for_a_sweep_a_sentence_says_so(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch, kept: int
) -> None:
    _fill(session, kept)
    said = _asked(qtbot, session, monkeypatch, lambda _dialog: pytest.fail("it asks in vain"))
    assert said == [f"{kept} of 24 runs are kept. Remove some to make room for a sweep."]


def test_runs_that_nobody_asked_for_leave_their_room_to_a_sweep(session: Session) -> None:
    session.iteration_on()
    session.set_setup(Setup(eta=5.0))
    assert len(session.state.kept) == 1
    assert session.room == MOST_KEPT
