"""The one owner of state."""

import dataclasses

import pytest
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Stop
from backprop_gui.lesson.moment import START, Moment, Position
from backprop_gui.session import Session
from backprop_gui.trainer import FULL_SPEED, Progress

ENDLESS = Setup(target=1.5, max_iterations=2_000_000_000)


@pytest.fixture
def session(qtbot: QtBot) -> Session:
    session = Session()
    yield session
    session.pause()


def _run_to_end(qtbot: QtBot, session: Session) -> None:
    session.set_speed(FULL_SPEED)
    with qtbot.waitSignal(session.running_changed, check_params_cb=lambda on: not on):
        session.start()


def test_a_new_session_shows_the_forward_pass_of_the_article(session: Session) -> None:
    assert session.moment.position == START
    assert session.moment.value("out_o") == 0.5637139161734462
    assert session.moment.value("de_dw2") is None


def test_a_step_finishes_the_iteration_and_then_does_the_next(session: Session) -> None:
    positions = []
    for _each in range(3):
        session.step()
        positions.append(session.moment.position)
    assert positions == [(1, 15), (2, 15), (3, 15)]


def test_stepping_to_the_end_reaches_the_article_s_numbers_and_no_further(
    session: Session,
) -> None:
    for _each in range(900):
        session.step()
    assert session.moment.position == (813, 5)
    assert session.moment.stop is Stop.TOLERANCE
    assert session.moment.value("out_o") == 0.8900135432882583
    assert session.moment.value("w2") == 4.005620243943087


def test_going_back_gives_the_moments_of_the_first_time(session: Session) -> None:
    seen = [session.moment]
    for _each in range(40):
        session.step()
        seen.append(session.moment)
    back = [session.moment]
    for _each in range(40):
        session.step_back()
        back.append(session.moment)
    assert back == seen[::-1]
    session.step_back()
    assert session.moment.position == START


def test_running_ends_where_stepping_ends(qtbot: QtBot, session: Session) -> None:
    _run_to_end(qtbot, session)
    assert session.moment.position == (813, 5)
    assert session.known_iterations == 813
    assert not session.is_running


def test_every_iteration_is_shown_at_low_speed(qtbot: QtBot, session: Session) -> None:
    seen: list[Position] = []
    session.moment_changed.connect(lambda moment: seen.append(moment.position))
    session.set_setup(Setup(max_iterations=8))
    session.set_speed(30)
    with qtbot.waitSignal(session.running_changed, check_params_cb=lambda on: not on):
        session.start()
    assert seen == [START, *((k, 15) for k in range(1, 8)), (8, 5)]


def test_an_edit_ends_the_run_and_begins_another(qtbot: QtBot, session: Session) -> None:
    session.set_setup(ENDLESS)
    session.set_speed(FULL_SPEED)
    with qtbot.waitSignal(session.run_extended):
        session.start()
    with qtbot.waitSignal(session.run_started) as started:
        session.set_setup(dataclasses.replace(ENDLESS, w1=0.25))
    assert not session.is_running
    assert started.args[0] is session.run
    assert session.moment.position == START
    assert session.moment.w1 == 0.25
    assert session.known_iterations == 1


def test_the_same_setup_again_changes_nothing(session: Session) -> None:
    session.step()
    run, moment = session.run, session.moment
    session.set_setup(Setup())
    assert session.run is run
    assert session.moment is moment


def test_a_late_record_does_not_undo_a_restart(session: Session) -> None:
    old = session.run
    session.reset()
    session._accept(Progress(old, 500, 9.0, 9.0, None))
    assert session.moment.position == START
    assert session.known_iterations == 1


def test_going_to_an_iteration_stays_within_what_is_known(session: Session) -> None:
    for _each in range(10):
        session.step()
    for asked, shown in ((5, 5), (-3, 1), (10**9, 10)):
        session.go_to_iteration(asked)
        assert session.moment.iteration == shown


def test_going_somewhere_ends_the_running(qtbot: QtBot, session: Session) -> None:
    session.set_setup(ENDLESS)
    with qtbot.waitSignal(session.run_extended):
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
    session.moment_changed.connect(seen.append)
    with qtbot.waitSignal(session.running_changed, check_params_cb=lambda on: not on):
        session.start()
    assert 790 < seen[0].iteration < 813
    assert seen[-1].position == (813, 5)


def test_a_stopped_run_does_not_start_again_at_its_end(qtbot: QtBot, session: Session) -> None:
    _run_to_end(qtbot, session)
    session.start()
    assert not session.is_running


def test_a_failure_in_the_thread_is_told_and_leaves_the_run_where_it_was(
    qtbot: QtBot, session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    session.step()

    def fail(_count: int) -> None:
        raise ValueError("on purpose")

    monkeypatch.setattr(session.run, "advance", fail)
    session.set_speed(FULL_SPEED)
    with qtbot.waitSignal(session.run_failed) as failed:
        session.start()
    assert failed.args == ["on purpose"]
    assert session.moment.position == (1, 15)
    assert not session.is_running
