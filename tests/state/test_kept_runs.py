"""The runs that are kept for comparison, and what computes their traces."""

import threading
from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from backprop_gui.core.kept_run import MOST_KEPT, KeptRun
from backprop_gui.core.network import Iteration, Setup
from backprop_gui.core.run import Run, Stop
from backprop_gui.lesson.rounded import Rounded
from backprop_gui.state.kept_runs import KeptRuns
from backprop_gui.storage.experiment_file import Document, encoded
from backprop_gui.widgets.progress import ProgressPanel
from backprop_gui.window.main_window import MainWindow

MOST = 2_000_000_000
ENDLESS = tuple(
    KeptRun.numbered(n, Setup(target=1.4 + n / 10, max_iterations=MOST), 1_500_000_000)
    for n in range(1, 9)
)
SHORT = (KeptRun.numbered(1, Setup(), 813), KeptRun.numbered(2, Setup(eta=0.5), 500))


@pytest.fixture
def keeping(qtbot: QtBot):
    parent = QObject()
    made = KeptRuns(parent)
    yield made
    made.stop()


def _whole(setup: Setup, iterations: int) -> KeptRun:
    """So many iterations of a run, to be kept."""
    run = Run(setup)
    run.advance(iterations - 1)
    made = KeptRun(0, "one more", "", setup, iterations, run.stop)
    return replace(made, trace=run.trace(), is_whole=True)


def _known(keeping: KeptRuns, n: int) -> int:
    trace = keeping.runs[n].trace
    return trace.iterations[-1] if trace else 0


def _texts(window: MainWindow) -> list[str]:
    """What is on the screen."""
    parts = (*window.findChildren(QLabel), *window.findChildren(QPushButton))
    return [part.text() for part in parts if part.isVisible()]


def _button(window: MainWindow, text: str) -> QPushButton:
    return next(
        b for b in window.findChildren(QPushButton) if b.isVisible() and b.text().startswith(text)
    )


@pytest.fixture
def endless(qtbot: QtBot, window: MainWindow, tmp_path) -> MainWindow:
    """A window in which eight runs without an end are compared, computing."""
    path = tmp_path / "endless.backprop"
    document = Document(Setup(target=1.4, max_iterations=MOST), kept=ENDLESS)
    path.write_bytes(encoded(document))
    window.documents.open(path)
    progress = window.findChild(ProgressPanel)
    qtbot.waitUntil(progress.isVisible)
    return window


def test_what_comes_again_in_a_kept_run_is_not_computed_again(qtbot: QtBot, keeping) -> None:
    asked = []

    class Spied(Rounded):
        def iteration(self, setup: Setup, w1: float, w2: float) -> Iteration:
            asked.append((w1, w2))
            return super().iteration(setup, w1, w2)

    setup = Setup(1.9, 0.7, -1.8, 0.4, 100.0, 0.0, MOST, Spied(3))  # goes round from 31 on, by 12
    keeping.keep((KeptRun.numbered(1, setup, MOST),))
    qtbot.waitUntil(lambda: not keeping.is_busy)
    (kept,) = keeping.runs
    assert (kept.is_whole, kept.trace.last, kept.stop) == (True, MOST, Stop.MAX_ITERATIONS)
    assert len(asked) < 10_000


def test_short_curves_are_computed_at_once(keeping: KeptRuns) -> None:
    keeping.keep(SHORT)
    assert not keeping.is_busy
    assert [each.is_whole for each in keeping.runs] == [True, True]
    for kept in keeping.runs:
        run = Run(kept.setup)
        run.advance(kept.iterations - 1)
        assert kept.trace.errors == run.trace().errors
        assert kept.stop is run.stop


def test_a_stopped_comparison_shows_what_is_known_and_goes_on_from_there(
    qtbot: QtBot, keeping: KeptRuns
) -> None:
    kept = (SHORT[0], replace(ENDLESS[0], id=2))
    keeping.keep(kept)
    qtbot.waitUntil(lambda: keeping.computing.done > 300_000)
    seen = [0]
    for _each in range(3):
        keeping.stop()
        assert not keeping.is_busy
        assert [each.is_whole for each in keeping.runs] == [True, False]
        assert keeping.runs == kept
        assert keeping.computing is None
        seen.append(_known(keeping, 1))
        keeping.go_on()
        before = keeping.computing.done
        assert keeping.is_busy
        qtbot.waitUntil(lambda before=before: keeping.computing.done > before + 100_000)
    assert all(earlier < later for earlier, later in pairwise(seen)), "it began again"
    run = Run(ENDLESS[0].setup)
    run.advance(seen[1] - 1)
    keeping.stop()
    trace = keeping.runs[1].trace
    assert trace.errors[: len(run.trace().errors)] == run.trace().errors


def test_curves_that_are_stopped_in_between_become_the_same_in_the_end(
    qtbot: QtBot, keeping: KeptRuns
) -> None:
    kept = KeptRun.numbered(1, Setup(target=1.5), 1_000_000)
    keeping.keep([kept])
    while not keeping.runs[0].is_whole:
        with qtbot.waitSignal(keeping.changed):
            keeping.go_on()
        keeping.stop()
    run = Run(kept.setup)
    run.advance(999_999)
    assert keeping.runs[0].trace.errors == run.trace().errors
    assert keeping.computing is None


def test_a_run_that_makes_room_for_a_newer_one_is_computed_no_further(
    qtbot: QtBot, keeping: KeptRuns
) -> None:
    keeping.keep(ENDLESS)
    assert keeping.is_busy
    for n in range(MOST_KEPT):
        keeping.add(_whole(Setup(eta=n / 99), 1))
    qtbot.waitUntil(lambda: not keeping.is_busy)
    assert all(each.is_whole for each in keeping.runs)


def test_a_run_kept_again_keeps_its_id_and_what_it_is_called(keeping: KeptRuns) -> None:
    named = replace(SHORT[0], name="The article's", colour="update")
    keeping.keep([named, SHORT[1]])
    keeping.add(_whole(Setup(), 10))
    keeping.add(_whole(Setup(w1=0.25), 10))
    other = replace(KeptRun.numbered(3, Setup(w1=0.25), 10), name="one more", colour="run-1")
    assert keeping.runs == (SHORT[1], replace(named, iterations=10), other)


def test_after_pause_nothing_computes(qtbot: QtBot, endless: MainWindow) -> None:
    before = set(threading.enumerate())
    endless.session.start()
    assert endless.session._keeping.is_busy
    qtbot.keyClick(endless, Qt.Key.Key_Space)
    assert not endless.session.is_running
    assert not endless.session._keeping.is_busy
    assert set(threading.enumerate()) <= before
    assert not endless.findChild(ProgressPanel).isVisible()
    known = [each.trace for each in endless.session.state.kept if each.trace]
    assert len(known) == 1, "what is known is not shown"
    assert endless.session.state.kept == ENDLESS, "what is not computed is lost"


def test_what_computes_beside_the_run_says_so_and_can_be_stopped(
    qtbot: QtBot, endless: MainWindow
) -> None:
    for act in (endless.session.step_on, endless.lecture.toggle, endless.lecture.leave):
        act()
        assert endless.session._keeping.is_busy
        assert "Computing kept runs: 0 of 8 done" in _texts(endless)
    qtbot.mouseClick(_button(endless, "Stop"), Qt.MouseButton.LeftButton)
    assert not endless.session._keeping.is_busy
    assert not any("Computing" in text for text in _texts(endless))
    qtbot.mouseClick(_button(endless, "Continue 8"), Qt.MouseButton.LeftButton)
    assert endless.session._keeping.is_busy
    qtbot.waitUntil(lambda: "Computing kept runs: 0 of 8 done" in _texts(endless))
    assert not any(text.startswith("Continue") for text in _texts(endless))


@pytest.mark.parametrize("way", ["close", "end", "clear", "new document"])
def test_every_way_to_end_ends_the_comparison(endless: MainWindow, tmp_path, way: str) -> None:
    worker = endless.session._keeping._worker
    thread = worker._thread
    path = tmp_path / "short.backprop"
    path.write_bytes(encoded(Document(kept=SHORT)))
    {
        "close": endless.close,
        "end": endless.end,
        "clear": endless.session.clear_kept,
        "new document": lambda: endless.documents.open(path),
    }[way]()
    assert not worker.is_busy
    assert thread.isFinished()
    assert not endless.findChild(ProgressPanel).isVisible()
    assert not any(text.startswith("Continue") for text in _texts(endless))


def test_two_works_that_go_on_stand_one_below_the_other_in_a_window_of_any_size(
    qtbot: QtBot, endless: MainWindow
) -> None:
    first = endless.findChild(ProgressPanel)
    other = ProgressPanel(endless)
    other.begin("Writing")
    qtbot.waitUntil(other.isVisible)
    assert not first.geometry().intersects(other.geometry())
    endless.resize(1000, 700)
    first.show_progress(1, 2)
    assert endless.rect().contains(first.geometry())
    assert first.mapTo(endless, QPoint(first.width(), 0)).x() > 900
