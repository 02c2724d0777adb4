"""Predict, then see: when a session asks, when it shows, and what it forgets."""

from collections.abc import Callable
from typing import TYPE_CHECKING

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.lesson.predicted import Predicted
from backprop_gui.state.session import Session

if TYPE_CHECKING:
    from backprop_gui.state.state import State


@pytest.fixture
def session(qtbot: QtBot):
    parent = QObject()
    made = Session(parent=parent)
    made.go_to_first()
    made.set_predicting(True)
    yield made
    made.end()


def steps_on(session: Session, count: int) -> list[tuple[int, str]]:
    """Go on so many times; return where that leads each time, and what is asked there."""
    found = []
    for _each in range(count):
        session.step_on()
        found.append((session.moment.position.step, session.state.predicted.asked))
    return found


def test_five_steps_of_an_iteration_ask_first_and_then_go_on(session: Session) -> None:
    assert steps_on(session, 19) == [
        (2, ""),
        (3, ""),
        (3, "out_o"),
        (4, ""),
        (5, ""),
        (6, ""),
        (6, "dout_o_dnet_o"),
        (7, ""),
        (8, ""),
        (8, "de_dw2"),
        (9, ""),
        (10, ""),
        (11, ""),
        (12, ""),
        (12, "de_dw1"),
        (13, ""),
        (13, "new_w1"),
        (14, ""),
        (15, ""),
    ]


def test_off_which_is_so_at_first_it_asks_nothing(qtbot: QtBot) -> None:
    parent = QObject()
    session = Session(parent=parent)
    session.go_to_first()
    assert steps_on(session, 14) == [(step, "") for step in range(2, 16)]
    assert session.state.predicted == Predicted()


def test_an_answer_may_be_changed_until_the_number_is_shown(session: Session) -> None:
    steps_on(session, 3)
    for answer in (3, "0.56", None, 1):
        session.predict(answer)
        assert session.state.predicted.answer == answer
    session.step_on()
    session.predict(2)
    assert session.state.predicted.seen == (("out_o", 1),)


def test_not_to_answer_is_allowed(session: Session) -> None:
    steps_on(session, 4)
    assert session.state.predicted.seen == (("out_o", None),)


def test_asking_and_answering_are_one_state_each(session: Session) -> None:
    steps_on(session, 2)
    told: list[State] = []
    session.state_changed.connect(told.append)
    session.step_on()
    session.predict(2)
    session.step_on()
    assert [(s.moment.position.step, s.predicted.asked, s.predicted.answer) for s in told] == [
        (3, "out_o", None),
        (3, "out_o", 2),
        (4, "", None),
    ]


OTHER_WAYS: dict[str, Callable[[Session], None]] = {
    "back": lambda s: s.step_back(),
    "to the phase's end": lambda s: s.phase_on(),
    "to another iteration": lambda s: s.iteration_on(),
    "to the first step": lambda s: s.go_to_first(),
    "to the end": lambda s: s.go_to_last(),
    "to a step": lambda s: s.go_to_step(2),
    "a new run": lambda s: s.reset(),
    "another setup": lambda s: s.set_setup(Setup(w2=0.7)),
    "a run": lambda s: s.start(),
    "the mode off": lambda s: s.set_predicting(False),
}


@pytest.mark.parametrize("way", OTHER_WAYS)
def test_every_other_way_drops_a_question_that_waits(session: Session, way: str) -> None:
    session.iteration_on()
    session.iteration_back()
    steps_on(session, 3)
    session.predict(1)
    OTHER_WAYS[way](session)
    session.pause()
    predicted = session.state.predicted
    assert (predicted.asked, predicted.answer, predicted.seen) == ("", None, ())


def test_a_question_that_was_dropped_is_asked_when_its_step_comes_again(session: Session) -> None:
    steps_on(session, 3)
    session.step_back()
    assert steps_on(session, 2) == [(3, ""), (3, "out_o")]


def test_what_has_been_seen_is_not_asked_again_in_the_iteration(session: Session) -> None:
    steps_on(session, 3)
    session.predict(1)
    session.step_on()
    session.step_back()
    assert steps_on(session, 1) == [(4, "")]
    assert session.state.predicted.seen == (("out_o", 1),)


def test_another_iteration_begins_with_no_answers(session: Session) -> None:
    steps_on(session, 3)
    session.predict(1)
    session.step_on()
    session.iteration_on()
    assert session.state.predicted == Predicted(is_on=True)
    session.iteration_back()
    session.go_to_step(3)
    assert steps_on(session, 1) == [(3, "out_o")]


def test_a_step_that_pauses_a_run_asks_nothing(session: Session) -> None:
    session.set_speed(1)
    session.go_to_step(3)
    session.start()
    session.step_on()
    assert not session.state.is_running
    assert session.state.predicted.asked == ""


def test_undoing_brings_back_no_question_and_leaves_the_mode(session: Session) -> None:
    session.set_setup(Setup(w2=0.7))
    session.go_to_step(3)
    steps_on(session, 1)
    assert session.state.undoable
    session.undo()
    assert session.setup == Setup()
    assert session.state.predicted == Predicted(is_on=True)
    assert session.state.undoable is None


def test_the_iteration_in_which_a_run_stops_asks_no_more_than_it_has_steps(
    session: Session,
) -> None:
    session.go_to_last()
    session.go_to_step(3)
    assert steps_on(session, 4) == [(3, "out_o"), (4, ""), (5, ""), (5, "")]
