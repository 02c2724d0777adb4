"""Jobs in a thread of their own."""

import threading

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from backprop_gui.state.worker import Cancelled, Worker


@pytest.fixture
def worker(qtbot: QtBot):
    parent = QObject()
    made = Worker(parent)
    yield made
    made.end()


def test_a_job_is_done_in_another_thread_and_its_end_is_told_in_ours(
    qtbot: QtBot, worker: Worker
) -> None:
    places = {}
    worker.ended.connect(lambda _failure: places.update(told=threading.get_ident()))
    with qtbot.waitSignal(worker.ended) as end:
        worker.start(lambda report: places.update(done=threading.get_ident()))
    assert end.args == [None]
    assert places["done"] != places["told"] == threading.get_ident()
    assert not worker.is_busy


def test_an_exception_reaches_who_waits(qtbot: QtBot, worker: Worker) -> None:
    def job(_report) -> None:
        raise OSError(28, "No space left on device")

    with qtbot.waitSignal(worker.ended) as end:
        worker.start(job)
    assert end.args[0].errno == 28


def test_progress_is_reported_up_to_the_end(qtbot: QtBot, worker: Worker) -> None:
    seen: list[tuple[int, int]] = []
    worker.progressed.connect(lambda *progress: seen.append(progress))

    def job(report) -> None:
        for done in range(1, 6):
            report(done, 5)

    with qtbot.waitSignal(worker.ended):
        worker.start(job)
    assert seen[-1] == (5, 5)


def _endless(begun: threading.Event):
    def job(report) -> None:
        while True:
            begun.set()
            report(1, 2)

    return job


def test_a_cancelled_job_ends_with_its_next_report(qtbot: QtBot, worker: Worker) -> None:
    begun = threading.Event()
    worker.start(_endless(begun))
    assert begun.wait(5)
    with qtbot.waitSignal(worker.ended) as end:
        worker.cancel()
    assert isinstance(end.args[0], Cancelled)


def test_when_end_returns_the_thread_is_gone_and_nothing_is_told(
    qtbot: QtBot, worker: Worker
) -> None:
    begun, told = threading.Event(), []
    worker.ended.connect(told.append)
    worker.start(_endless(begun))
    assert begun.wait(5)
    worker.end()
    assert not worker.is_busy
    qtbot.wait(1)
    assert told == []


def test_one_job_at_a_time(qtbot: QtBot, worker: Worker) -> None:
    begun = threading.Event()
    worker.start(_endless(begun))
    with pytest.raises(RuntimeError, match="one job"):
        worker.start(lambda report: None)


def test_progress_of_any_size_is_told_as_it_is(qtbot: QtBot, worker: Worker) -> None:
    seen: list[tuple[int, int]] = []
    worker.progressed.connect(lambda *progress: seen.append(progress))
    with qtbot.waitSignal(worker.ended):
        worker.start(lambda report: report(10**20, 10**20))
    assert seen == [(10**20, 10**20)]
