"""A person's own working: what is done with it, and what is not lost of it."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.lesson.own_working import NO_WORKING, Help, OwnWorking
from backprop_gui.state.session import Session


@pytest.fixture
def session(qtbot: QtBot):
    parent = QObject()
    made = Session(parent=parent)
    yield made
    made.end()


def test_the_lines_are_as_they_were_typed_in_the_lesson_s_order(session: Session) -> None:
    session.set_working_text("out_h", "0,51 ")
    session.set_working_text("net_h", "½")
    assert session.state.working.lines == (("net_h", "½"), ("out_h", "0,51"))


def test_a_line_without_a_text_is_none_and_the_last_one_leaves_no_iteration(
    session: Session,
) -> None:
    session.set_working_text("net_h", "1")
    session.set_working_text("net_h", "  ")
    assert session.state.working == NO_WORKING


CHANGES: dict[str, Callable[[Session], None]] = {
    "working_line": lambda s: s.set_working_text("net_h", "0.06"),
    "working_paste": lambda s: s.paste_working({"net_h": "0.06", "error": "1"}),
    "working_clear": lambda s: s.clear_working(),
    "working_move": lambda s: s.move_working(),
}


@pytest.mark.parametrize("command", CHANGES)
def test_each_change_of_the_numbers_is_undone_and_done_again(
    session: Session, command: str
) -> None:
    session.set_working_text("net_h", "0.05")
    session.iteration_on()
    before, place = session.state.working, session.position
    CHANGES[command](session)
    after = session.state.working
    assert after != before
    assert session.state.undoable.command == command
    session.undo()
    assert (session.state.working, session.position) == (before, place)
    session.redo()
    assert (session.state.working, session.position) == (after, place)


def test_what_changes_no_number_is_nothing_to_undo(session: Session) -> None:
    session.set_working_text("net_h", "0.05")
    undoable = session.state.undoable
    session.set_working_text("net_h", "0.05")
    session.ask_help("net_h", Help.QUESTION)
    session.set_test_mode(True)
    session.finish_test()
    assert session.state.undoable is undoable


def test_nothing_typed_is_lost_wherever_the_person_goes_and_it_stays_of_its_iteration(
    session: Session,
) -> None:
    session.iteration_on()
    w1, w2 = session.moment.w1, session.moment.w2
    session.set_working_text("net_h", "0.05")
    working = session.state.working
    assert working.begins == (Setup(), 2, w1, w2)
    moves: tuple[Callable[[], None], ...] = (
        session.go_to_last,
        session.go_to_first,
        lambda: session.set_setup(Setup(eta=2.0)),
        session.reset,
        session.undo,
    )
    for move in moves:
        move()
        assert session.state.working == working
        assert not working.is_of(session.moment)
    session.set_working_text("out_h", "0.5")
    assert session.state.working.begins == working.begins


def test_undoing_a_setup_does_not_undo_the_numbers_typed_before_it(session: Session) -> None:
    session.set_working_text("net_h", "0.05")
    session.set_setup(Setup(w1=0.3))
    session.undo()
    assert session.state.working.texts == {"net_h": "0.05"}
    session.undo()
    assert session.state.working == NO_WORKING


def test_moved_here_the_numbers_are_of_the_iteration_that_is_shown(session: Session) -> None:
    session.set_working_text("net_h", "0.05")
    session.ask_help("net_h", Help.WHERE)
    session.set_setup(Setup(w1=0.3))
    session.move_working()
    working = session.state.working
    assert working.is_of(session.moment)
    assert (working.begins.w1, working.texts, working.help) == (0.3, {"net_h": "0.05"}, ())


def test_help_with_a_line_closes_when_its_number_is_another_one(session: Session) -> None:
    session.paste_working({"net_h": "1", "out_h": "2"})
    session.ask_help("net_h", Help.LINE)
    session.ask_help("out_h", Help.QUESTION)
    session.set_working_text("net_h", "3")
    assert session.state.working.help == (("out_h", Help.QUESTION),)


def test_a_test_is_silent_until_it_is_handed_in(session: Session) -> None:
    session.set_working_text("net_h", "1")
    session.set_test_mode(True)
    assert session.state.working.is_silent
    session.finish_test()
    assert not session.state.working.is_silent
    session.set_test_mode(True)
    assert session.state.working.is_silent


def test_who_is_in_no_test_can_hand_none_in(session: Session) -> None:
    session.finish_test()
    assert session.state.working == NO_WORKING


def test_another_document_has_its_own_working(session: Session) -> None:
    session.set_working_text("net_h", "1")
    working = session.state.working
    session.open(Setup(), session.position, working=OwnWorking(is_test=True))
    assert session.state.working == OwnWorking(is_test=True)
    session.open(Setup(), session.position, working=working)
    assert (session.state.working, session.state.undoable) == (working, None)


def test_each_act_tells_one_state(session: Session, qtbot: QtBot) -> None:
    told = []
    session.state_changed.connect(told.append)
    session.paste_working({"net_h": "1", "out_h": "2", "error": "3"})
    session.clear_working()
    assert len(told) == 2
