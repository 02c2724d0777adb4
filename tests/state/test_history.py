"""What is done can be undone and redone, to the last bit."""

import dataclasses
import struct
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pytestqt.qtbot import QtBot

from backprop_gui.core.kept_run import MOST_KEPT
from backprop_gui.core.network import Setup
from backprop_gui.lesson.moment import START, Position
from backprop_gui.state.history import MOST_CHANGES
from backprop_gui.state.session import Session
from backprop_gui.state.state import Change, State
from tests.core.article import unroll

ENDLESS = Setup(target=1.5, max_iterations=2_000_000_000)
VALUES = (0.5, 0.31, -0.0, 0.0, 1 / 3, 5e-324)
EDITS = st.one_of(
    st.tuples(st.sampled_from(["w1", "w2", "input", "eta"]), st.sampled_from(VALUES)),
    st.sampled_from([("article",), ("reset",), ("clear",)]),
)
MOVES = st.tuples(st.just("iteration_on"), st.integers(1, 3))


@pytest.fixture
def session(qtbot: QtBot) -> Iterator[Session]:
    session = Session()
    yield session
    session.end()


def _do(session: Session, what: str, *how: float) -> None:
    acts: dict[str, Callable[[], None]] = {"reset": session.reset, "clear": session.clear_kept}
    if what in acts:
        acts[what]()
    elif what == "article":
        session.set_setup(Setup())
    elif what == "iteration_on":
        for _each in range(int(how[0])):
            session.iteration_on()
    else:
        session.set_setup(dataclasses.replace(session.setup, **{what: how[0]}))


def _bits(state: State) -> object:
    """All that a person could see of a state, each double as its eight bytes."""

    def of(setup: Setup) -> tuple[object, ...]:
        return tuple(
            struct.pack("d", value) if isinstance(value, float) else value
            for value in dataclasses.astuple(setup)
        )

    kept = [(each.id, each.name, of(each.setup), each.iterations) for each in state.kept]
    weights = struct.pack("2d", state.moment.w1, state.moment.w2)
    run = (of(state.run.setup), state.run.iterations, state.run.stop, state.run.trace.errors)
    return run, state.moment.position, weights, kept


def _is_change(act: tuple, before: State, after: State) -> bool:
    """Say whether an act is to be undone: no move, and nothing that changes nothing."""
    if act[0] == "reset":
        return before.run.iterations > 1
    return act[0] != "iteration_on" and (before.run, before.kept) != (after.run, after.kept)


def _undo_all(session: Session) -> None:
    while session.state.undoable:
        session.undo()


@settings(max_examples=60, deadline=None)
@given(st.lists(EDITS, max_size=12))
def test_edits_undone_give_the_first_state_and_redone_the_last(edits: list[tuple]) -> None:
    session = Session()
    session.iteration_on()
    first = _bits(session.state)
    for each in edits:
        _do(session, *each)
    last = _bits(session.state)
    _undo_all(session)
    assert _bits(session.state) == first
    while session.state.redoable:
        session.redo()
    assert _bits(session.state) == last


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(EDITS, MOVES), max_size=12))
def test_each_run_comes_back_where_it_was_left(acts: list[tuple]) -> None:
    session = Session()
    left = []
    for each in acts:
        before = session.state
        _do(session, *each)
        if _is_change(each, before, session.state):
            left.append(before)
    while left:
        expected, here = left.pop(), session.state
        session.undo()
        assert session.state.kept == expected.kept
        if expected.run.number == here.run.number:
            assert session.moment == here.moment  # a run that stays is not moved
        else:
            assert _bits(session.state) == _bits(expected)
    assert session.state.undoable is None


@settings(max_examples=30, deadline=None)
@given(EDITS, EDITS)
def test_an_edit_after_an_undo_ends_redoing(first: tuple, second: tuple) -> None:
    session = Session(Setup(w1=0.7))
    session.iteration_on()
    _do(session, *first)
    session.undo()
    undone = session.state.redoable
    _do(session, *second)
    is_edit = session.state.undoable is not None
    assert session.state.redoable is (None if is_edit else undone)


def test_undoing_and_redoing_tell_one_state_each(session: Session) -> None:
    session.go_to_last()
    session.set_setup(Setup(w2=0.31))
    seen: list[State] = []
    session.state_changed.connect(seen.append)
    session.undo()
    session.redo()
    assert [state.run.setup.w2 for state in seen] == [0.5, 0.31]
    session.redo()
    session.undo()
    session.undo()
    assert len(seen) == 3  # there was nothing to redo, and then nothing to undo


def test_the_article_s_run_comes_back_with_all_that_was_known_of_it(session: Session) -> None:
    session.go_to_last()
    session.go_to_iteration(400)
    session.go_to_step(9)
    session.set_setup(Setup(w2=0.31))
    session.go_to_last()
    session.undo()
    assert session.known_iterations == 813
    assert session.moment.position == (400, 9)
    assert (session.moment.w1, session.moment.w2) == unroll(Setup()).weights[399]
    assert session.state.kept == ()
    session.redo()
    assert [each.setup for each in session.state.kept] == [Setup()]
    assert session.moment.position == (session.known_iterations, 5)


def test_undoing_while_the_run_goes_on_pauses_it(qtbot: QtBot, session: Session) -> None:
    session.set_setup(ENDLESS)
    with qtbot.waitSignal(
        session.state_changed, check_params_cb=lambda state: state.run.iterations > 1
    ):
        session.start()
    session.undo()
    assert not session.is_running
    assert session.moment.position == START
    session.redo()
    assert session.known_iterations > 1
    assert session.moment.iteration == session.known_iterations


def test_clearing_the_kept_runs_is_undone_without_moving_the_run(session: Session) -> None:
    session.go_to_last()
    session.set_setup(Setup(w2=0.31))
    kept = session.state.kept
    session.clear_kept()
    for _each in range(7):
        session.iteration_on()
    session.undo()
    assert session.state.kept == kept
    assert [each.trace for each in session.state.kept] == [kept[0].trace]
    assert session.known_iterations == session.moment.iteration == 8


def test_a_kept_run_that_made_room_for_others_comes_back(session: Session) -> None:
    for n in range(MOST_KEPT + 1):
        session.set_setup(Setup(w2=n / 10))
        session.iteration_on()
    oldest = session.state.kept[0]
    session.set_setup(Setup())
    assert oldest not in session.state.kept
    session.undo()
    assert session.state.kept[0] == oldest


def test_the_changes_of_one_visit_to_a_box_are_undone_together(session: Session) -> None:
    session.iteration_on()
    session.set_setup(Setup(w2=0.6))
    for w2 in (0.7, 0.8):
        session.set_setup(Setup(w2=w2), goes_on=True)
    assert session.state.undoable == Change(Setup(), Setup(w2=0.8))
    session.undo()
    assert session.setup == Setup()
    assert session.state.undoable is None
    session.redo()
    assert session.setup == Setup(w2=0.8)


def test_back_within_the_visit_is_as_if_nothing_had_been_done(session: Session) -> None:
    session.iteration_on()
    before = _bits(session.state)
    session.set_setup(Setup(w2=0.6))
    session.set_setup(Setup(), goes_on=True)
    assert _bits(session.state) == before
    assert session.state.undoable is None
    session.set_setup(Setup(w2=0.4), goes_on=True)
    session.undo()
    assert _bits(session.state) == before


@pytest.mark.parametrize("between", ["undo", "reset", "clear_kept"])
def test_a_change_joins_none_that_something_else_came_after(session: Session, between: str) -> None:
    session.iteration_on()
    session.set_setup(Setup(w2=0.6))
    session.set_setup(Setup(w2=0.7))
    session.iteration_on()
    getattr(session, between)()
    here = session.setup
    session.set_setup(Setup(w2=0.8), goes_on=True)
    session.undo()
    assert session.setup == here


def test_a_change_after_iterations_joins_none_so_that_they_are_kept(session: Session) -> None:
    session.set_setup(Setup(w2=0.6))
    session.iteration_on()
    session.set_setup(Setup(w2=0.7), goes_on=True)
    session.undo()
    assert (session.setup, session.known_iterations) == (Setup(w2=0.6), 2)


def test_the_oldest_changes_are_forgotten(session: Session) -> None:
    for n in range(MOST_CHANGES + 3):
        session.set_setup(Setup(w2=float(n)))
    _undo_all(session)
    assert session.setup.w2 == 2.0


def test_another_file_begins_another_history(session: Session) -> None:
    session.set_setup(Setup(w2=0.31))
    session.set_setup(Setup(w2=0.32))
    session.undo()
    session.open(Setup(eta=2.0), Position(3, 4))
    assert session.state.undoable is None
    assert session.state.redoable is None
    session.undo()
    session.redo()
    assert session.setup == Setup(eta=2.0)
    assert session.moment.position == (3, 4)
