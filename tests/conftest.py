"""What all tests share."""

import gc
import itertools
import os
import signal
import threading
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings
from PySide6.QtCore import QCoreApplication, QEvent, QThread
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from backprop_gui.storage.settings import Settings
from backprop_gui.window.main_window import MainWindow

MakeWindow = Callable[..., MainWindow]

# How long an example takes is no matter of a test; a machine with other work is slow.
settings.register_profile("untimed", suppress_health_check=[HealthCheck.too_slow], deadline=None)
settings.load_profile("untimed")

# A shell lets what it starts in the background ignore these, and so would the programs that the
# tests start: they take it for a wish.
for _number in (signal.SIGINT, getattr(signal, "SIGQUIT", signal.SIGINT)):
    if signal.getsignal(_number) == signal.SIG_IGN:
        signal.signal(_number, signal.default_int_handler)


def pytest_collection_finish() -> None:
    """Spare Python's collector the thousands of tests, which are there until the end."""
    gc.collect()
    gc.freeze()


@pytest.fixture(autouse=True)
def _no_thread_left(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test that leaves a thread alive: a QThread destroyed while running aborts."""
    before = set(threading.enumerate())
    yield
    left = [t for t in set(threading.enumerate()) - before if t.is_alive()]
    assert not left, f"threads left alive: {left}"


@pytest.fixture(scope="session")
def _places(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """Paths for folders, without end; pytest looks through all that there are for each new one."""
    folder = tmp_path_factory.mktemp("h")  # short, as the name of a socket is
    return (folder / f"{number:x}" for number in itertools.count())


@pytest.fixture(autouse=True)
def _deleted_with_its_test() -> Iterator[None]:
    """Delete the windows of a test with it: in a later one they would go amid its events."""
    yield
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture(autouse=True)
def _own_settings_folder(monkeypatch: pytest.MonkeyPatch, _places: Iterator[Path]) -> None:
    """Keep the settings of whoever runs the tests out of them."""
    for name in ("XDG_CONFIG_HOME", "XDG_DATA_HOME"):
        folder = next(_places)
        folder.mkdir(mode=0o700)
        monkeypatch.setenv(name, str(folder))
    monkeypatch.delenv("XDG_RUNTIME_DIR", raising=False)


@pytest.fixture(autouse=True)
def _no_wait_for_the_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    """Write as usual, without waiting until it is on the disk; what is no open file still fails."""
    monkeypatch.setattr(os, "fsync", os.fstat)


@pytest.fixture(autouse=True)
def _own_look() -> Iterator[None]:
    """Keep the size of text and the colours that a test has chosen out of the others."""
    app = QApplication.instance()
    font, palette = (app.font(), app.palette()) if isinstance(app, QApplication) else (None, None)
    yield
    if font and palette:
        QApplication.setFont(font)
        QApplication.setPalette(palette)


@pytest.fixture(autouse=True, scope="session")
def _clipboard_emptied_at_the_end() -> Iterator[None]:
    """Empty the clipboard: without a display Qt would delete what Python made after Python's end.

    That ends the process by a segmentation fault, when all tests have passed.
    """
    yield
    if isinstance(QApplication.instance(), QApplication):
        QApplication.clipboard().clear()


@pytest.fixture(autouse=True)
def _no_unanswered_question(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test in which the program asks what the test does not answer; it would wait."""

    def fail(box: QMessageBox) -> int:
        raise AssertionError(f"nobody answers: {box.text()}")

    monkeypatch.setattr(QMessageBox, "exec", fail)


@pytest.fixture
def make_window(qtbot: QtBot) -> Iterator[MakeWindow]:
    """Make windows with their plots in place; they are closed when the test ends."""
    made: list[MainWindow] = []

    def make(
        settings: Settings | None = None, *, size: tuple[int, int] = (1440, 900)
    ) -> MainWindow:
        window = MainWindow(settings or Settings())
        made.append(window)
        qtbot.addWidget(window, before_close_func=lambda closing: closing.end())
        window.resize(*size)
        with qtbot.waitSignal(window.completed):
            window.show()
        with qtbot.waitActive(window):
            window.activateWindow()
        return window

    yield make
    for window in made:
        running = [thread for thread in window.findChildren(QThread) if thread.isRunning()]
        assert not running, "a trainer outlived its window"


@pytest.fixture
def window(make_window: MakeWindow) -> MainWindow:
    return make_window()
