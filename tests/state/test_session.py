"""The one owner of state."""

import dataclasses
import math
from collections.abc import Callable

import pytest
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Stop
from backprop_gui.lesson.moment import START, Moment
from backprop_gui.state.session import Session
from backprop_gui.state.state import State
from backprop_gui.state.trainer import FULL_SPEED
from tests.core.article import iteration

ENDLESS = Setup(target=1.5, max_iterations=2_000_000_000)


@pytest.fixture
def session(qtbot: QtBot) -> Session:
    session = Session()
    yield session
    session.pause()


def _run_to_end(qtbot: QtBot, session: Session) -> None:
    session.set_speed(FULL_SPEED)
    with qtbot.waitSignal(
        session.state_changed, check_params_cb=lambda state: not state.is_running
    ):
        session.start()


def test_a_new_session_shows_the_forward_pass_of_the_article(session: Session) -> None:
    assert session.moment.position == START
    assert session.moment.value("out_o") == 0.5637139161734462
    assert session.moment.value("de_dw2") is None


def _positions(session: Session) -> list[tuple[int, int]]:
    seen: list[tuple[int, int]] = []
    _moments(session, lambda moment: seen.append(tuple(moment.position)))
    return seen


def _moments(session: Session, see: Callable[[Moment], object]) -> None:
    """Have each other moment seen, the first time that it is told of."""
    shown = [session.moment]

    def look(state: State) -> None:
        if state.moment is not shown[-1]:
            shown.append(state.moment)
            see(state.moment)

    session.state_changed.connect(look)


def _all_positions(iterations: int) -> list[tuple[int, int]]:
    whole = [(k, step) for k in range(1, iterations) for step in range(1, 16)]
    return [*whole, *((iterations, step) for step in range(1, 6))]


def test_steps_lead_through_every_position_of_a_run_and_back(session: Session) -> None:
    session.set_setup(Setup(max_iterations=4))
    session.go_to_first()
    seen = _positions(session)
    for _each in range(60):
        session.step_on()
    assert [(1, 1), *seen] == _all_positions(4)
    seen.clear()
    for _each in range(60):
        session.step_back()
    assert seen == _all_positions(4)[-2::-1]


def test_steps_back_give_the_moments_of_the_first_time(session: Session) -> None:
    seen = [session.moment]
    for _each in range(40):
        session.step_on()
        seen.append(session.moment)
    back = [session.moment]
    for _each in range(40):
        session.step_back()
        back.append(session.moment)
    assert back == seen[::-1]


def test_phases_end_with_their_last_step(session: Session) -> None:
    session.set_setup(Setup(max_iterations=3))
    session.go_to_first()
    seen = _positions(session)
    for _each in range(9):
        session.phase_on()
    assert seen == [(1, 5), (1, 13), (1, 15), (2, 5), (2, 13), (2, 15), (3, 5)]
    seen.clear()
    for _each in range(9):
        session.phase_back()
    assert seen == [(2, 15), (2, 13), (2, 5), (1, 15), (1, 13), (1, 5), (1, 1)]


def test_a_phase_ends_from_within_it_too(session: Session) -> None:
    for step, on, back in ((2, 5, 1), (7, 13, 5), (14, 15, 13)):
        session.go_to_step(step)
        session.phase_on()
        assert session.moment.position == (1, on)
        session.go_to_step(step)
        session.phase_back()
        assert session.moment.position == (1, back)


def test_iterations_keep_the_step(session: Session) -> None:
    session.go_to_step(9)
    seen = _positions(session)
    for move in (session.iteration_on, session.iteration_on, session.iteration_back):
        move()
    assert seen == [(2, 9), (3, 9), (2, 9)]


def test_iterations_on_end_with_the_article_s_numbers_and_no_further(session: Session) -> None:
    session.go_to_step(15)
    for _each in range(900):
        session.iteration_on()
    assert session.moment.position == (813, 5)
    assert session.moment.stop is Stop.TOLERANCE
    assert session.moment.value("out_o") == 0.8900135432882583
    assert session.moment.value("w2") == 4.005620243943087


def test_the_ends_of_a_run_are_one_move_away(session: Session) -> None:
    session.go_to_last()
    assert session.moment.position == (813, 5)
    assert session.known_iterations == 813
    session.go_to_first()
    assert session.moment.position == (1, 1)


def test_the_end_of_a_long_run_is_the_last_position_known(session: Session) -> None:
    session.set_setup(ENDLESS)
    session.go_to_last()
    iteration, step = session.moment.position
    assert (iteration, step) == (session.known_iterations, 15)
    assert session.moment.stop is None


def test_moves_beyond_the_ends_are_told_and_change_nothing(qtbot: QtBot, session: Session) -> None:
    session.go_to_last()
    seen = _positions(session)
    for move in (session.step_on, session.phase_on, session.iteration_on):
        with qtbot.waitSignal(session.end_met):
            move()
    assert not seen
    session.go_to_first()
    seen.clear()
    for move in (session.step_back, session.phase_back, session.iteration_back):
        with qtbot.waitSignal(session.beginning_met):
            move()
    assert not seen


@pytest.mark.parametrize(
    "move",
    ["step_on", "step_back", "phase_on", "phase_back", "iteration_on", "iteration_back"],
)
def test_a_move_while_running_pauses_and_goes_from_what_is_shown(
    qtbot: QtBot, session: Session, move: str
) -> None:
    session.set_setup(ENDLESS)
    session.set_speed(FULL_SPEED)
    with qtbot.waitSignal(
        session.state_changed, check_params_cb=lambda state: state.run.iterations > 1
    ):
        session.start()
    seen = _positions(session)
    getattr(session, move)()
    assert not session.is_running
    iteration, step = session.moment.position
    assert abs(iteration - seen[-2][0] if len(seen) > 1 else 0) <= 1
    assert 1 <= step <= 15


@pytest.mark.parametrize(
    ("setup", "last"),
    [
        (Setup(input=1e200, w1=1e200), 1),
        (Setup(target=1e200), 5),
        (Setup(input=1.0, w1=-700.0, w2=1e300, target=1e150), 13),
        (Setup(target=1e150, eta=1e300), 14),
        (Setup(input=0.0, target=1e150, eta=1e300), 15),
    ],
)
def test_a_run_that_overflows_ends_with_the_step_where_it_does(
    session: Session, setup: Setup, last: int
) -> None:
    session.set_setup(setup)
    session.go_to_last()
    moment = session.moment
    assert moment.stop is Stop.NOT_FINITE
    values = iteration(setup, moment.w1, moment.w2)
    lost = [not math.isfinite(value) for value in values.values()].index(True) + 1
    assert moment.position.step == lost == last


def test_running_ends_where_stepping_ends(qtbot: QtBot, session: Session) -> None:
    _run_to_end(qtbot, session)
    assert session.moment.position == (813, 5)
    assert session.known_iterations == 813
    assert not session.is_running


def test_every_iteration_is_shown_at_low_speed(qtbot: QtBot, session: Session) -> None:
    seen = _positions(session)
    session.set_setup(Setup(max_iterations=8))
    session.set_speed(30)
    with qtbot.waitSignal(
        session.state_changed, check_params_cb=lambda state: not state.is_running
    ):
        session.start()
    assert seen == [START, *((k, 15) for k in range(1, 8)), (8, 5)]


def test_an_edit_ends_the_run_and_begins_another(qtbot: QtBot, session: Session) -> None:
    session.set_setup(ENDLESS)
    session.set_speed(FULL_SPEED)
    with qtbot.waitSignal(
        session.state_changed, check_params_cb=lambda state: state.run.iterations > 1
    ):
        session.start()
    before = session.state.run.number
    session.set_setup(dataclasses.replace(ENDLESS, w1=0.25))
    assert not session.is_running
    assert session.state.run.number == before + 1
    assert session.moment.position == START
    assert session.moment.w1 == 0.25
    assert session.known_iterations == 1


def test_the_same_setup_again_changes_nothing(session: Session) -> None:
    session.iteration_on()
    run, moment = session.run, session.moment
    session.set_setup(Setup())
    assert session.run is run
    assert session.moment is moment


def test_a_late_look_at_the_trainer_does_not_undo_a_restart(session: Session) -> None:
    session.start()
    session.reset()
    session._on_display_due()
    assert session.moment.position == START
    assert session.known_iterations == 1


def test_going_to_an_iteration_stays_within_what_is_known(session: Session) -> None:
    for _each in range(9):
        session.iteration_on()
    for asked, shown in ((5, 5), (-3, 1), (10**9, 10)):
        session.go_to_iteration(asked)
        assert session.moment.iteration == shown


def test_an_iteration_that_is_soon_computed_is_reached_or_the_end_before_it(
    qtbot: QtBot, session: Session
) -> None:
    session.reach_iteration(400)
    assert (session.moment.iteration, session.known_iterations) == (400, 400)
    with qtbot.waitSignal(session.end_met):
        session.reach_iteration(5_000)
    assert (session.moment.iteration, session.moment.step.number) == (813, 5)
    session.set_setup(ENDLESS)
    session.reach_iteration(10**9)
    assert session.moment.iteration == session.known_iterations == 100_000
    session.reach_iteration(7)
    assert (session.moment.iteration, session.known_iterations) == (7, 100_000)


def test_going_somewhere_ends_the_running(qtbot: QtBot, session: Session) -> None:
    session.set_setup(ENDLESS)
    with qtbot.waitSignal(
        session.state_changed, check_params_cb=lambda state: state.run.iterations > 1
    ):
        session.start()
    session.go_to_iteration(1)
    assert not session.is_running
    assert session.moment.position == (1, 15)


def test_running_from_a_former_position_plays_the_run_on_from_there(
    qtbot: QtBot, session: Session
) -> None:
    _run_to_end(qtbot, session)
    session.go_to_iteration(790)
    session.set_speed(500)
    seen: list[Moment] = []
    _moments(session, seen.append)
    with qtbot.waitSignal(
        session.state_changed, check_params_cb=lambda state: not state.is_running
    ):
        session.start()
    assert seen[0].position == (790, 15)
    assert 790 < seen[1].iteration < 813
    assert seen[-1].position == (813, 5)


def test_a_run_at_its_end_is_run_once_more_from_its_beginning(
    qtbot: QtBot, session: Session
) -> None:
    _run_to_end(qtbot, session)
    seen = _positions(session)
    run = session.state.run
    _run_to_end(qtbot, session)
    assert seen[0] == (1, 15)
    assert session.moment.position == (813, 5)
    assert session.state.run is run


def test_a_run_of_one_iteration_has_nothing_to_run(qtbot: QtBot, session: Session) -> None:
    session.set_setup(Setup(max_iterations=1))
    session.go_to_last()
    with qtbot.waitSignal(session.end_met):
        session.start()
    assert not session.is_running


def test_a_failure_in_the_thread_is_told_and_leaves_the_run_where_it_was(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.iteration_on()

    def fail(_count: int) -> None:
        raise ValueError("on purpose")

    monkeypatch.setattr(session.run, "advance", fail)
    session.set_speed(FULL_SPEED)
    with (
        qtbot.captureExceptions() as unexpected,
        qtbot.waitSignal(session.run_failed) as failed,
    ):
        session.start()
    assert [str(error) for _kind, error, _trace in unexpected] == ["on purpose"]
    assert failed.args == ["on purpose"]
    assert session.moment.position == (2, 15)
    assert not session.is_running


def test_what_has_happened_is_told_after_the_state_that_it_is_about(
    qtbot: QtBot, session: Session
) -> None:
    session.set_setup(ENDLESS)
    session.start()
    told: list[object] = []
    session.state_changed.connect(lambda state: told.append(state.moment.iteration))
    session.end_met.connect(lambda: told.append("end"))
    session.go_to_last()
    assert told == [session.known_iterations, "end"]


def test_a_slot_that_changes_the_state_has_all_told_of_both_in_their_order(
    session: Session,
) -> None:
    told: list[int] = []

    def go_on(state: State) -> None:
        if state.moment.iteration == 2:
            session.iteration_on()

    session.state_changed.connect(go_on)
    session.state_changed.connect(lambda state: told.append(state.moment.iteration))
    session.iteration_on()
    assert told == [2, 3]


def test_a_move_that_leads_nowhere_makes_no_state(session: Session) -> None:
    before = session.state
    session.go_to_step(START.step)
    session.pause()
    session.set_setup(Setup())
    assert session.state is before
