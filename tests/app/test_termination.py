"""Every way to end that a process can notice keeps the work, ends the threads, leaves no trace."""

import json
import os
import re
import select
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import qInstallMessageHandler, qWarning
from PySide6.QtWidgets import QApplication

from backprop_gui.system import termination
from backprop_gui.system.termination import Termination
from tests import screens
from tests.forking import Origin, Process

needs_signals = pytest.mark.skipif(sys.platform == "win32", reason="signals are POSIX's")

# Opens the window as the program does, has work that is in no file, trains without end, and does
# what it is told. It says when that is so: too early for the copy that is made every few seconds.
RUNNING = """
import signal, sys
for name in sys.argv[2:]:
    signal.signal(getattr(signal, name), signal.SIG_IGN)  # as nohup has it
from PySide6.QtCore import QTimer
from backprop_gui.app import application, recovery
from backprop_gui.window import main_window
from backprop_gui.core.network import Setup
recovery._INTERVAL_MS = 10**8
class Window(main_window.MainWindow):
    def complete(self):
        self.help_menu.is_welcome_wanted = False
        super().complete()
        self.session.set_setup(Setup(w1=0.125, target=1.5, max_iterations=2_000_000_000))
        self.session.set_speed(float("inf"))
        self.session.start()
        does = {
            "train": int,
            "lecture": self.lecture.toggle,
            "dialog": self.preferring.ask,
            "file dialog": self.documents.ask_for_file,
            "question": self.close,
            "export": self.export,
        }
        QTimer.singleShot(0, does[sys.argv[1]])
        QTimer.singleShot(200, lambda: print("running", flush=True))
        if sys.argv[2:]:
            QTimer.singleShot(500, lambda: print("still running", flush=True))
    def export(self):
        def endless(report):
            while True:
                report(1, 10**9)
        self.exporting._worker.start(endless)
application.MainWindow = Window
sys.exit(application.open_window())
"""
SITUATIONS = ["train", "lecture", "dialog", "file dialog", "question", "export"]

LIMIT_S = 30.0  # other tests run beside these
Start = Callable[..., Process]


@pytest.fixture
def home(tmp_path: Path) -> Path:
    (tmp_path / "run").mkdir(mode=0o700)
    return tmp_path


@pytest.fixture
def start(home: Path, origin: Origin) -> Iterator[Start]:
    """Start the program, and return when it trains."""
    started: list[Process] = []

    def begin(situation: str = "train", *ignored: str, **more: str) -> Process:
        names = {"XDG_CONFIG_HOME": "config", "XDG_DATA_HOME": "data", "XDG_RUNTIME_DIR": "run"}
        places = {name: str(home / folder) for name, folder in names.items()}
        process = origin.start(RUNNING, situation, *ignored, env={**os.environ, **places, **more})
        started.append(process)
        assert_says(process, "running")
        return process

    yield begin
    for process in started:
        process.close()


def assert_says(process: Process, word: str) -> None:
    """Wait for a line; where it does not come, tell what the program has said of its failure."""
    if process.readline(LIMIT_S) != f"{word}\n":
        process.kill()
        pytest.fail(f"it does not say “{word}”: {process.communicate(LIMIT_S)}")


@pytest.fixture
def x_server() -> Iterator[tuple["subprocess.Popen[bytes]", str]]:
    """An X server of the test's own, and its display."""
    if shutil.which("Xvfb") is None:
        pytest.skip("Xvfb is not installed")
    with screens.x_server("1366x768") as server_and_display:
        yield server_and_display


def told(errors: str) -> str:
    """Return what was written on errors, without what the offscreen plugin says."""
    lines = errors.splitlines()
    return "\n".join(line for line in lines if not line.startswith("This plugin does not support"))


def assert_all_is_kept(home: Path) -> None:
    """What was not saved is kept; whoever starts next finds neither a socket nor a lock."""
    (kept,) = (home / "data").rglob("*.recovery")
    assert json.loads(json.loads(kept.read_text())["experiment"])["setup"]["w1"] == 0.125
    assert list((home / "data").rglob("*.lock")) == []
    assert list((home / "run").iterdir()) == []
    assert (home / "config").is_dir(), "what is remembered is remembered"


@pytest.mark.parametrize("situation", SITUATIONS)
@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="there is no X server")
def test_when_the_display_is_lost_the_work_is_kept_and_nothing_is_in_the_way(
    start: Start, home: Path, x_server, situation: str
) -> None:
    server, display = x_server
    process = start(situation, DISPLAY=display, QT_QPA_PLATFORM="xcb", WAYLAND_DISPLAY="")
    server.kill()
    _output, errors = process.communicate(LIMIT_S)
    assert process.returncode == 1, "it did not abort"
    assert re.fullmatch(r"The X11 connection broke.*\n", errors), "Qt says so, in one of two ways"
    assert_all_is_kept(home)


@needs_signals
@pytest.mark.parametrize(
    ("name", "situation"),
    [
        *(("SIGHUP", situation) for situation in SITUATIONS),
        *((name, "train") for name in ("SIGTERM", "SIGINT", "SIGQUIT")),
    ],
)
def test_a_signal_that_asks_for_the_end_keeps_the_work(
    start: Start, home: Path, name: str, situation: str
) -> None:
    process = start(situation)
    process.send_signal(getattr(signal, name))
    _output, errors = process.communicate(LIMIT_S)
    assert (told(errors), process.returncode) == ("", 0)
    assert_all_is_kept(home)


@needs_signals
@pytest.mark.parametrize("names", [["SIGINT"] * 5, ["SIGHUP", "SIGHUP"], ["SIGTERM", "SIGHUP"]])
def test_several_signals_are_as_one(start: Start, home: Path, names: list[str]) -> None:
    process = start()
    for name in names:
        process.send_signal(getattr(signal, name))
    _output, errors = process.communicate(LIMIT_S)
    assert (told(errors), process.returncode) == ("", 0)
    assert_all_is_kept(home)


@needs_signals
@pytest.mark.parametrize("name", ["SIGHUP", "SIGINT"])
def test_a_signal_that_was_ignored_at_the_start_is_ignored(
    start: Start, home: Path, name: str
) -> None:
    process = start("train", name)
    process.send_signal(getattr(signal, name))
    assert_says(process, "still running")
    process.send_signal(signal.SIGTERM)
    _output, errors = process.communicate(LIMIT_S)
    assert (told(errors), process.returncode) == ("", 0)
    assert_all_is_kept(home)


@needs_signals
def test_a_terminal_that_is_closed_is_no_reason_to_lose_anything(home: Path) -> None:
    """A terminal of its own: its other side closes, and sends what a window of it would."""
    import pty

    ours, theirs = pty.openpty()
    attach = "import fcntl, os, termios\nos.setsid()\nfcntl.ioctl(0, termios.TIOCSCTTY, 0)\n"
    names = {"XDG_CONFIG_HOME": "config", "XDG_DATA_HOME": "data", "XDG_RUNTIME_DIR": "run"}
    with subprocess.Popen(
        [sys.executable, "-c", attach + RUNNING, "train"],
        stdin=theirs,
        stdout=subprocess.PIPE,
        stderr=theirs,
        text=True,
        env={**os.environ, **{name: str(home / folder) for name, folder in names.items()}},
    ) as process:
        try:
            assert select.select([process.stdout], [], [], LIMIT_S)[0], "it does not begin"
            assert process.stdout.readline() == "running\n"
            os.close(theirs)
            os.close(ours)
            assert process.wait(LIMIT_S) == 0
        finally:
            process.kill()
    assert_all_is_kept(home)


class Told:
    """What was asked of the window."""

    def __init__(self) -> None:
        self.words: list[str] = []

    def keep(self) -> None:
        self.words.append("keep")

    def end(self) -> None:
        self.words.append("end")


@pytest.fixture
def asked(qapp: QApplication) -> Iterator[Told]:
    """Termination of the test's own application; what they have taken is given back."""
    handlers = {number: signal.getsignal(number) for number in termination._SIGNALS}
    made = Told()
    stands_by = Termination(made.keep, made.end, qapp)
    yield made
    if "end" not in made.words or "exit 1" in made.words:
        stands_by._on_quitting()
    stands_by.deleteLater()
    for number, handler in handlers.items():
        signal.signal(number, handler)


@pytest.mark.parametrize("name", ["commitDataRequest", "saveStateRequest"])
def test_when_the_session_may_end_the_work_is_kept_and_the_program_goes_on(
    qapp: QApplication, asked: Told, name: str
) -> None:
    getattr(qapp, name).emit(None)
    assert asked.words == ["keep"]


def test_when_the_session_ends_the_threads_end(qapp: QApplication, asked: Told) -> None:
    qapp.aboutToQuit.emit()  # as Qt does when Windows ends the session, without any event after it
    assert asked.words == ["end"]


@pytest.mark.qt_log_ignore("connection")
@pytest.mark.parametrize(
    "message",
    [
        "The X11 connection broke (error 1). Did the X11 server die?",
        "The X11 connection broke: I/O error (code 1)",
        "The Wayland connection broke. Did the Wayland compositor die?",
        "The Wayland connection broke during blocking read event. Did the Wayland compositor die?",
        "The Wayland connection experienced a fatal error: Protocol error",
    ],
)
def test_whatever_qt_says_of_a_lost_display_all_is_kept_before_it_ends(
    monkeypatch: pytest.MonkeyPatch, asked: Told, message: str
) -> None:
    monkeypatch.delenv("QT_WAYLAND_RECONNECT", raising=False)
    monkeypatch.setattr(os, "_exit", lambda code: asked.words.append(f"exit {code}"))
    qWarning(message)
    assert asked.words == ["keep", "end", "exit 1"]


@pytest.mark.qt_log_ignore("connection")
def test_a_display_that_may_come_back_is_waited_for(
    monkeypatch: pytest.MonkeyPatch, asked: Told
) -> None:
    monkeypatch.setenv("QT_WAYLAND_RECONNECT", "1")
    qWarning("The Wayland connection broke. Did the Wayland compositor die?")
    assert asked.words == ["keep"]


@pytest.mark.qt_log_ignore("weather")
def test_other_messages_of_qt_s_pass_to_whoever_takes_them(asked: Told) -> None:
    qWarning("the weather is fine")
    assert asked.words == []


def test_messages_go_where_they_went_before(qapp: QApplication, request) -> None:
    seen: list[str] = []
    before = qInstallMessageHandler(lambda _kind, _context, text: seen.append(text))
    asked = request.getfixturevalue("asked")
    qWarning("while it stands by")
    qapp.aboutToQuit.emit()
    qWarning("afterwards")
    qInstallMessageHandler(before)
    assert (seen, asked.words) == (["while it stands by", "afterwards"], ["end"])
