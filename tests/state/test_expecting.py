"""The curve that a person expects: how long it stays, and what it is judged by."""

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.lesson.expected_curve import NOTHING_EXPECTED, Stroke
from backprop_gui.lesson.moment import START
from backprop_gui.lesson.numbers import FILES
from backprop_gui.state.session import Session
from backprop_gui.state.state import Axes

STROKE = Stroke((1, 0.1), (300, 1e-5))


@pytest.fixture
def session(qtbot: QtBot):
    parent = QObject()
    made = Session(parent=parent)
    yield made
    made.end()


def _draw(session: Session) -> None:
    session.set_drawing(True)
    session.draw_expected(STROKE)


def test_a_stroke_is_one_state_and_one_signal(session: Session) -> None:
    session.set_drawing(True)
    told = []
    session.state_changed.connect(told.append)
    session.draw_expected(STROKE)
    assert [state.expected for state in told] == [NOTHING_EXPECTED.with_stroke(STROKE)]


def test_nothing_is_drawn_while_drawing_is_off(session: Session) -> None:
    session.draw_expected(STROKE)
    assert session.state.expected is NOTHING_EXPECTED


def test_the_curve_stays_through_steps_axes_a_setup_and_the_run(session: Session) -> None:
    _draw(session)
    curve = session.state.expected
    session.set_axes(Axes(is_log_iterations=True, is_log_error=False))
    session.go_to_step(4)
    session.set_setup(Setup(eta=1.0))
    session.go_to_last()
    session.reset()
    session.undo()
    assert session.state.expected is curve


def test_what_is_cleared_or_of_another_experiment_is_gone(session: Session) -> None:
    _draw(session)
    session.clear_expected()
    assert not session.state.expected
    _draw(session)
    session.open(Setup(), START)
    assert not session.state.expected
    assert not session.state.is_drawing


def test_drawing_ends_when_the_run_begins_and_at_its_end(session: Session) -> None:
    session.set_drawing(True)
    session.start()
    assert not session.state.is_drawing
    session.set_drawing(True)
    assert session.state.is_drawing
    assert not session.is_running, "it waits for the hand"
    session.go_to_last()
    assert not session.state.is_drawing


def _guess(session: Session) -> str:
    return session.state.guess(FILES)


def test_a_curve_that_is_drawn_before_the_end_is_a_guess_of_every_such_run(
    session: Session,
) -> None:
    _draw(session)
    session.go_to_last()
    guess = _guess(session)
    assert guess
    session.reset()
    session.go_to_last()
    assert _guess(session) == guess


def test_a_curve_that_is_drawn_after_the_end_is_no_guess_of_any_such_run(
    session: Session,
) -> None:
    session.go_to_last()
    _draw(session)
    assert not _guess(session)
    session.reset()
    session.go_to_last()
    assert not _guess(session)
    session.set_setup(Setup(eta=2.0))
    session.go_to_last()
    assert _guess(session), "of another setup it is one"
    _draw(session)
    session.undo()
    assert session.setup == Setup()
    assert not _guess(session), "it goes on to be none of the first"


def test_a_curve_that_is_drawn_beside_the_end_of_such_a_run_is_no_guess(session: Session) -> None:
    session.go_to_last()
    session.reset()
    _draw(session)
    session.go_to_last()
    assert not _guess(session), "the run before is kept"
    session.clear_expected()
    session.reset()
    session.clear_kept()
    _draw(session)
    session.go_to_last()
    assert _guess(session)


def test_drawing_is_off_wherever_a_change_leads_to_a_run_that_has_ended(session: Session) -> None:
    session.go_to_last()
    session.reset()
    session.set_drawing(True)
    session.undo()
    assert session.state.run.stop
    assert not session.state.is_drawing
    session.set_setup(Setup(eta=1.0))
    session.set_drawing(True)
    session.make_present(session.state.kept[0].id)
    assert session.state.run.stop
    assert not session.state.is_drawing
