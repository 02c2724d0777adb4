"""The program as a process: how it starts and every way in which it ends."""

import errno
import json
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from backprop_gui.app import application
from backprop_gui.core.network import Setup
from backprop_gui.storage import files, settings
from backprop_gui.storage.experiment_file import Document, encoded
from backprop_gui.storage.settings import Settings
from tests.forking import Origin, Process

LIMIT_S = 30.0  # other tests run beside these

# Opens the window as the program does, runs at full speed, and says when it does.
RUNNING = """
import sys
from PySide6.QtCore import QTimer
from backprop_gui.app import application
from backprop_gui.window import main_window
class Window(main_window.MainWindow):
    def complete(self):
        super().complete()
        self.session.set_speed(float("inf"))
        self.session.start()
        QTimer.singleShot(100, lambda: print("running", flush=True))
        if sys.argv[1:] == ["close"]:
            QTimer.singleShot(300, self.close)
application.MainWindow = Window
sys.exit(application.open_window())
"""
# Is asked by the system to open a file, at a moment in its life, and prints what it has opened.
ASKED = """
import sys
from PySide6.QtCore import QCoreApplication, QTimer
from PySide6.QtGui import QFileOpenEvent
from backprop_gui.app import application
from backprop_gui.window import main_window
def ask():
    QCoreApplication.sendEvent(QCoreApplication.instance(), QFileOpenEvent(sys.argv[1]))
class Window(main_window.MainWindow):
    def __init__(self, *words):
        super().__init__(*words)
        if sys.argv[2] == "before the first frame":
            ask()
        self.documents.opened.connect(self.tell)
    def complete(self):
        self.opened.connect(lambda: sys.argv[2] == "before it is complete" and ask())
        super().complete()
        if sys.argv[2] == "when it is complete":
            QTimer.singleShot(0, ask)
    def tell(self):
        print(self.documents.path, flush=True)
        QTimer.singleShot(0, self.close)
application.MainWindow = Window
sys.exit(application.open_window())
"""
# Fails while the window is being completed, and prints what is told of it.
INCOMPLETE = """
import sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QPlainTextEdit
from backprop_gui.app import application
from backprop_gui.dialogs.failure_dialog import FailureDialog
from backprop_gui.views.error_plot import ErrorPlot
def fail(*_words):
    raise RuntimeError("no plot here")
def tell(dialog):
    print("no plot here" in dialog.findChild(QPlainTextEdit).toPlainText(), flush=True)
    QTimer.singleShot(0, QApplication.quit)
ErrorPlot.load = fail
FailureDialog.open = tell
sys.exit(application.open_window())
"""
ENDLESS = {"input": 0.1, "target": 1.5, "w1": 0.5, "w2": 0.5, "eta": 0.9, "tolerance": 5e-05}


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "backprop-gui"
    folder.mkdir()
    settings = {
        "setup": {**ENDLESS, "max_iterations": 2_000_000_000},
        "theme": "system",
        "speed": None,
        "is_log_error": True,
        "is_log_iterations": False,
        "geometry": "",
        "is_welcome_wanted": False,
    }
    (folder / "settings.json").write_text(json.dumps(settings))
    return tmp_path


Start = Callable[..., Process]


@pytest.fixture
def start(home: Path, origin: Origin) -> Iterator[Start]:
    """Start a program, its text given; it is ended with the test."""
    started: list[Process] = []

    def begin(*arguments: str, program: str = RUNNING) -> Process:
        environment = {**os.environ, "XDG_CONFIG_HOME": str(home)}
        started.append(origin.start(program, *arguments, env=environment))
        return started[-1]

    yield begin
    for process in started:
        process.close()


def _told(errors: str) -> str:
    """Return what was written on errors, without what the offscreen plugin says."""
    lines = errors.splitlines()
    return "\n".join(line for line in lines if not line.startswith("This plugin does not support"))


@pytest.mark.window
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_signal_while_running_ends_the_program_in_silence(
    start: Start, number: signal.Signals
) -> None:
    program = start()
    assert program.readline(LIMIT_S) == "running\n"
    program.send_signal(number)
    _output, errors = program.communicate(LIMIT_S)
    assert errors == ""
    assert program.returncode == 0


@pytest.mark.window
def test_closing_the_window_while_running_ends_the_program_in_silence(
    home: Path, start: Start
) -> None:
    process = start("close")
    output, errors = process.communicate(LIMIT_S)
    assert (output, errors, process.returncode) == ("running\n", "", 0)


def test_a_damaged_settings_file_is_set_aside_and_the_program_starts(
    home: Path, start: Start
) -> None:
    path = home / "backprop-gui" / "settings.json"
    path.write_bytes(b"\x00not json")
    process = start("close")
    output, errors = process.communicate(LIMIT_S)
    assert (output, _told(errors), process.returncode) == ("running\n", "", 0)
    assert (home / "backprop-gui" / "settings.damaged.json").read_bytes() == b"\x00not json"
    assert json.loads(path.read_text())["setup"]["target"] == 0.9


# Starts as the program does; the disk gives the settings back only after the start.
UNREAD = """
import errno, os, sys
from PySide6.QtCore import QTimer
from backprop_gui.app import application
from backprop_gui.storage import files
from backprop_gui.window import main_window
is_open = files.open_regular
def fail(path):
    if path.name == "settings.json":
        raise OSError(errno.EIO, os.strerror(errno.EIO))
    return is_open(path)
files.open_regular = fail
class Window(main_window.MainWindow):
    def complete(self):
        super().complete()
        files.open_regular = is_open
        print(self.messages._banner.accessibleName(), flush=True)
        self.remembered.emit(self.settings())
        QTimer.singleShot(0, self.close)
application.MainWindow = Window
sys.exit(application.open_window())
"""


def test_settings_that_could_not_be_read_at_the_start_are_not_written_over(
    home: Path, start: Start
) -> None:
    path = home / "backprop-gui" / "settings.json"
    before = path.read_bytes()
    process = start(program=UNREAD)
    output, errors = process.communicate(LIMIT_S)
    assert process.returncode == 0, errors
    assert output == (
        "Backprop could not read the settings (Input/output error). It uses the defaults, and does "
        "not save changes to them.\n"
    )
    assert "could not be saved: they could not be read at the start (Input/output" in errors
    assert path.read_bytes() == before


def test_settings_that_are_damaged_or_unread_only_at_the_end_are_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "settings.json"
    settings.save(Settings(theme="dark"), path)
    memory, told = application._Memory(path), []
    assert memory.load() == (Settings(theme="dark"), None)
    path.write_bytes(b"[]")
    memory.save(Settings(theme="light"), told.append)
    assert told.pop().startswith(
        "The settings were damaged: Backprop uses the defaults. The old file is now"
    )
    assert (tmp_path / "settings.damaged.json").read_bytes() == b"[]"
    assert settings.load(path) == (Settings(theme="light"), None)
    memory.save(Settings(theme="dark"), told.append)
    assert told == []
    settings.save(Settings(theme="system", recent=("/a",)), path)  # another window does
    memory.save(Settings(theme="dark", digits=9), told.append)
    assert settings.load(path) == (Settings(theme="system", digits=9, recent=("/a",)), None)

    def fail(_path: Path) -> None:
        raise OSError(errno.EIO, os.strerror(errno.EIO))

    before = path.read_bytes()
    monkeypatch.setattr(files, "open_regular", fail)
    memory.save(Settings(theme="system"), told.append)
    assert told == ["The settings could not be saved: Input/output error."]
    assert path.read_bytes() == before


def test_what_another_version_remembers_outlives_a_start(home: Path, start: Start) -> None:
    path = home / "backprop-gui" / "settings.json"
    values = json.loads(path.read_text()) | {"momentum": 0.9, "theme": "dark", "digits": 99}
    del values["speed"]
    path.write_text(json.dumps(values))
    process = start("close")
    output, errors = process.communicate(LIMIT_S)
    assert (output, _told(errors), process.returncode) == ("running\n", "", 0)
    kept = json.loads(path.read_text())
    assert (kept["momentum"], kept["theme"], kept["digits"]) == (0.9, "dark", 4)
    assert kept["setup"]["target"] == 1.5


@pytest.mark.parametrize("name", ["settings.json", "lock"])
def test_a_pipe_in_the_place_of_a_file_keeps_no_start_waiting(
    home: Path, start: Start, name: str
) -> None:
    folder = home / "backprop-gui"
    if name == "lock":
        process = start()  # to learn what the lock is called
        assert process.readline(LIMIT_S) == "running\n"
        (path,) = folder.glob("*.lock")
        process.close()
        path.unlink()
    else:
        path = folder / name
        path.unlink()
    os.mkfifo(path)
    process = start("close")
    output, errors = process.communicate(LIMIT_S)
    assert (output, _told(errors), process.returncode) == ("running\n", "", 0)


@pytest.mark.parametrize(
    "moment", ["before the first frame", "before it is complete", "when it is complete"]
)
def test_a_file_that_the_system_asks_for_opens_whenever_it_does(
    home: Path, start: Start, moment: str
) -> None:
    path = home / "mine.backprop"
    path.write_bytes(encoded(Document(Setup(w1=0.25))))
    process = start(str(path), moment, program=ASKED)
    output, errors = process.communicate(LIMIT_S)
    assert (output, _told(errors), process.returncode) == (f"{path}\n", "", 0)


def test_a_window_that_cannot_be_completed_says_so(home: Path, start: Start) -> None:
    process = start(program=INCOMPLETE)
    output, errors = process.communicate(LIMIT_S)
    assert (output, errors, process.returncode) == ("True\n", "", 0)


# Starts as the program does, does what it is told, and says what it asks or shows.
LIVING = """
import os, signal, sys
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QDialog, QMessageBox
from backprop_gui.app import application
from backprop_gui.window import main_window
from backprop_gui.core.network import Setup
from backprop_gui.widgets.welcome import Welcome
class Window(main_window.MainWindow):
    def complete(self):
        super().complete()
        QTimer.singleShot(200, self.tell)
    def tell(self):
        shown = [w for w in QApplication.topLevelWidgets() if w.isVisible()]
        for box in shown:
            if isinstance(box, QMessageBox):
                print("asks:", box.text(), box.informativeText(), flush=True)
            if any(strip.isVisible() for strip in box.findChildren(Welcome)):
                print("welcomes", flush=True)
        if sys.argv[1] == "be killed":
            self.session.set_setup(Setup(w1=0.125))
            QTimer.singleShot(0, self.wait_for_copy)
        else:
            QTimer.singleShot(0, lambda: os.kill(os.getpid(), signal.SIGTERM))
    def wait_for_copy(self):
        keeper = self.findChild(Recovery)
        keeper._on_due()
        keeper._worker.ended.connect(lambda _: os.kill(os.getpid(), signal.SIGKILL))
from backprop_gui.app.recovery import Recovery
application.MainWindow = Window
sys.exit(application.open_window())
"""


def _lived(origin: Origin, folder: Path, action: str) -> tuple[str, int]:
    """Return what a start showed, and how it ended."""
    places = {"XDG_CONFIG_HOME": "config", "XDG_DATA_HOME": "data", "XDG_RUNTIME_DIR": "runtime"}
    environment = {**os.environ, **{name: str(folder / place) for name, place in places.items()}}
    process = origin.start(LIVING, action, env=environment)
    try:
        output, errors = process.communicate(LIMIT_S)
    finally:
        process.close()
    assert _told(errors) == ""
    return output, process.returncode


@pytest.mark.window
def test_the_welcome_comes_with_the_first_start_alone(origin: Origin, tmp_path: Path) -> None:
    assert _lived(origin, tmp_path, "end") == ("welcomes\n", 0)
    assert _lived(origin, tmp_path, "end") == ("", 0)


def test_a_program_that_is_killed_with_unsaved_work_offers_it_at_the_next_start(
    origin: Origin, tmp_path: Path
) -> None:
    assert _lived(origin, tmp_path, "be killed") == ("welcomes\n", -signal.SIGKILL)
    shown, code = _lived(origin, tmp_path, "end")
    assert code == 0
    assert shown.startswith("asks: Backprop stopped at ")
    assert "w₁ = 0.125" in shown
    assert _lived(origin, tmp_path, "end")[0] == shown, "who has not answered is asked again"
