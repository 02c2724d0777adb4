"""The former runs that stay for comparison, and what computes their curves."""

import threading
from itertools import pairwise

import pytest
from PySide6.QtCore import QObject, QPoint, Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.state.kept_runs import Comparison, Standing
from backprop_gui.storage.experiment_file import Compared, Document, encoded
from backprop_gui.widgets.progress import Progress
from backprop_gui.window.main_window import MainWindow

MOST = 2_000_000_000
ENDLESS = tuple(
    Compared(Setup(target=1.5 + n / 10, max_iterations=MOST), 1_500_000_000) for n in range(8)
)
SHORT = (Compared(Setup(), 813), Compared(Setup(eta=0.5), 500))


@pytest.fixture
def comparison(qtbot: QtBot):
    parent = QObject()
    made = Comparison(parent)
    yield made
    made.stop()


def _known(comparison: Comparison, n: int) -> int:
    curve = comparison.former[n].curve
    return curve.iterations[-1] if curve else 0


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
    document = Document(Setup(target=1.4, max_iterations=MOST), compared=ENDLESS)
    path.write_bytes(encoded(document))
    window.documents.open(path)
    progress = window.findChild(Progress)
    qtbot.waitUntil(progress.isVisible)
    return window


def test_short_curves_are_computed_at_once(comparison: Comparison) -> None:
    comparison.keep(SHORT)
    assert not comparison.is_busy
    assert [each.is_whole for each in comparison.former] == [True, True]
    for former, (setup, iterations) in zip(comparison.former, SHORT, strict=True):
        run = Run(setup)
        run.advance(iterations - 1)
        assert former.curve.errors == run.trace().errors


def test_a_stopped_comparison_shows_what_is_known_and_goes_on_from_there(
    qtbot: QtBot, comparison: Comparison
) -> None:
    compared = (Compared(Setup(), 813), ENDLESS[0])
    comparison.keep(compared)
    qtbot.waitUntil(lambda: comparison.standing.done > 300_000)
    seen = [0]
    for _each in range(3):
        comparison.stop()
        assert not comparison.is_busy
        assert [each.is_whole for each in comparison.former] == [True, False]
        assert tuple(each.compared for each in comparison.former) == compared
        seen.append(_known(comparison, 1))
        before = comparison.standing.done
        comparison.go_on()
        assert comparison.is_busy
        qtbot.waitUntil(lambda before=before: comparison.standing.done > before + 100_000)
    assert all(earlier < later for earlier, later in pairwise(seen)), "it began anew"
    run = Run(ENDLESS[0].setup)
    run.advance(seen[1] - 1)
    comparison.stop()
    curve = comparison.former[1].curve
    assert curve.errors[: len(run.trace().errors)] == run.trace().errors


def test_curves_that_are_stopped_in_between_become_the_same_in_the_end(
    qtbot: QtBot, comparison: Comparison
) -> None:
    compared = Compared(Setup(target=1.5), 1_000_000)
    comparison.keep([compared])
    while not comparison.former[0].is_whole:
        with qtbot.waitSignal(comparison.progressed):
            comparison.go_on()
        comparison.stop()
    run = Run(compared.setup)
    run.advance(999_999)
    assert comparison.former[0].curve.errors == run.trace().errors
    assert comparison.standing == Standing(False, comparison.standing.done, 1_000_000, 0, 1)


def test_a_run_that_makes_room_for_a_newer_one_is_computed_no_further(
    qtbot: QtBot, comparison: Comparison
) -> None:
    comparison.keep(ENDLESS)
    assert comparison.is_busy
    curve = Run(Setup()).trace()
    for n in range(8):
        comparison.add(Compared(Setup(eta=n / 8), 1), curve)
    qtbot.waitUntil(lambda: not comparison.is_busy)
    assert all(each.is_whole for each in comparison.former)


def test_after_pause_nothing_computes(qtbot: QtBot, endless: MainWindow) -> None:
    before = set(threading.enumerate())
    endless.session.start()
    assert endless.session._comparing.is_busy
    qtbot.keyClick(endless, Qt.Key.Key_Space)
    assert not endless.session.is_running
    assert not endless.session._comparing.is_busy
    assert set(threading.enumerate()) <= before
    assert not endless.findChild(Progress).isVisible()
    assert len(endless.session.former_curves) == 1, "what is known is not shown"
    assert endless.session.compared == ENDLESS, "what is not computed is lost"


def test_what_computes_beside_the_run_says_so_and_can_be_stopped(
    qtbot: QtBot, endless: MainWindow
) -> None:
    for act in (endless.session.step_on, endless.toggle_lecture, endless.leave_alone):
        act()
        assert endless.session._comparing.is_busy
        assert "Computing former curves: 0 of 8 done" in _texts(endless)
    qtbot.mouseClick(_button(endless, "Stop"), Qt.MouseButton.LeftButton)
    assert not endless.session._comparing.is_busy
    assert not any("Computing" in text for text in _texts(endless))
    qtbot.mouseClick(_button(endless, "Go on with 8 curves"), Qt.MouseButton.LeftButton)
    assert endless.session._comparing.is_busy
    qtbot.waitUntil(lambda: "Computing former curves: 0 of 8 done" in _texts(endless))
    assert not any(text.startswith("Go on") for text in _texts(endless))


@pytest.mark.parametrize("way", ["close", "end", "clear", "new document"])
def test_every_way_to_end_ends_the_comparison(endless: MainWindow, tmp_path, way: str) -> None:
    worker = endless.session._comparing._worker
    thread = worker._thread
    path = tmp_path / "short.backprop"
    path.write_bytes(encoded(Document(compared=SHORT)))
    {
        "close": endless.close,
        "end": endless.end,
        "clear": endless.session.clear_former,
        "new document": lambda: endless.documents.open(path),
    }[way]()
    assert not worker.is_busy
    assert thread.isFinished()
    assert not endless.findChild(Progress).isVisible()
    assert not any(text.startswith("Go on") for text in _texts(endless))


def test_two_works_that_go_on_stand_one_below_the_other_in_a_window_of_any_size(
    qtbot: QtBot, endless: MainWindow
) -> None:
    first = endless.findChild(Progress)
    other = Progress(endless)
    other.begin("Writing")
    qtbot.waitUntil(other.isVisible)
    assert not first.geometry().intersects(other.geometry())
    endless.resize(1000, 700)
    first.show_progress(1, 2)
    assert endless.rect().contains(first.geometry())
    assert first.mapTo(endless, QPoint(first.width(), 0)).x() > 900
