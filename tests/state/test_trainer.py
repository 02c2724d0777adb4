"""The thread that unrolls a run."""

import threading

import pytest
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run, Stop
from backprop_gui.state.trainer import FULL_SPEED, Progress, Trainer

ENDLESS = Setup(target=1.5, max_iterations=2_000_000_000)


def _finish(qtbot: QtBot, run: Run, speed: float, iteration: int = 1) -> Progress:
    trainer = Trainer(run, iteration, speed)
    with qtbot.waitSignal(trainer.finished, timeout=10_000):
        trainer.start()
    trainer.stop()
    return trainer.progress


def test_at_full_speed_the_run_ends_as_it_does_without_a_thread(qtbot: QtBot) -> None:
    progress = _finish(qtbot, Run(Setup()), FULL_SPEED)
    assert (progress.iteration, progress.stop) == (813, Stop.TOLERANCE)
    assert (progress.w1, progress.w2) == (0.8800250148952212, 4.005620243943087)
    assert progress.is_finished
    assert progress.failure is None


def test_a_settled_run_is_finished_at_once(qtbot: QtBot) -> None:
    setup = Setup(eta=0, max_iterations=2_000_000_000)
    progress = _finish(qtbot, Run(setup), speed=50)
    assert (progress.iteration, progress.stop) == (2_000_000_000, Stop.MAX_ITERATIONS)


def test_stop_ends_the_thread_at_any_speed(qtbot: QtBot) -> None:
    for speed in (5e-324, 1e-300, 0.001, 1.0, 1e6, FULL_SPEED):
        trainer = Trainer(Run(ENDLESS), 1, speed)
        with qtbot.waitSignal(trainer.started):
            trainer.start()
        trainer.stop()
        assert trainer.isFinished()


def test_a_slow_run_can_be_sped_up_at_once(qtbot: QtBot) -> None:
    trainer = Trainer(Run(Setup()), 1, speed=0.001)
    trainer.start()
    with qtbot.waitSignal(trainer.finished, timeout=10_000):
        trainer.set_speed(FULL_SPEED)
    trainer.stop()
    assert trainer.progress.stop is Stop.TOLERANCE


def test_known_iterations_are_played_again_one_by_one(qtbot: QtBot) -> None:
    run = Run(Setup())
    run.advance(1000)
    progress = _finish(qtbot, run, speed=10_000, iteration=800)
    assert progress.iteration == 813


def test_the_speed_is_kept(qtbot: QtBot) -> None:
    trainer = Trainer(Run(ENDLESS), 1, speed=200.0)
    trainer.start()
    qtbot.wait(500)
    trainer.stop()
    # 100 iterations are due; a busy machine does fewer, none may ever do more.
    assert 20 <= trainer.progress.iteration <= 110


def test_an_error_in_the_thread_is_reported_and_not_a_finished_run(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = Run(Setup())

    def fail(_count: int) -> None:
        raise ZeroDivisionError("on purpose")

    monkeypatch.setattr(run, "advance", fail)
    progress = _finish(qtbot, run, FULL_SPEED)
    assert isinstance(progress.failure, ZeroDivisionError)
    assert progress.stop is None


def test_a_record_never_changes(qtbot: QtBot) -> None:
    progress = _finish(qtbot, Run(Setup()), FULL_SPEED)
    with pytest.raises(AttributeError):
        progress.iteration = 1  # type: ignore[misc]


@pytest.mark.parametrize("speed", [5e-324, 1e-300, 1e-12, 1e300])
def test_at_any_speed_the_thread_waits_no_longer_than_a_system_can(
    monkeypatch: pytest.MonkeyPatch, speed: float
) -> None:
    trainer = Trainer(Run(ENDLESS), 1, speed)
    waits: list[float] = []

    def wait(seconds: float) -> None:
        waits.append(seconds)
        trainer._is_stopping = True

    monkeypatch.setattr(trainer._wake, "wait", wait)
    trainer._train()
    assert 0 < waits[0] <= threading.TIMEOUT_MAX
