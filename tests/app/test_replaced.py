"""What a program still does whose files are replaced or removed while it runs."""

import json
import os
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

import backprop_gui
from backprop_gui.system.resources import resource
from tests.forking import Origin, Process

# Starts as the program does, from a copy of its own. When it is complete the copy goes, or nothing
# can be imported any more, whatever it is; then it does what it is told and prints what is shown.
PROGRAM = """
import os, shutil, signal, sys
from pathlib import Path
root, manner, action = sys.argv[1:]
sys.path.insert(0, root)
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QFileDialog, QLabel, QLineEdit, QPushButton
from backprop_gui.app import application, recovery
from backprop_gui.window import main_window
from backprop_gui.core.network import Setup
assert application.__file__.startswith(root)
recovery._INTERVAL_MS = 10**8

class Gone:
    def find_spec(self, name, path=None, target=None):
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)

def go():
    if manner == "removed":
        shutil.rmtree(root)
    elif manner == "emptied":
        for path in Path(root).rglob("*.py"):
            path.write_text("")
        for path in Path(root).rglob("__pycache__"):
            shutil.rmtree(path)
    else:
        sys.meta_path.insert(0, Gone())

def shown():
    for top in QApplication.topLevelWidgets():
        if top.isVisible() and not isinstance(top, main_window.MainWindow):
            labels = [top] if isinstance(top, QLabel) else top.findChildren(QLabel)
            print(type(top).__name__, *(label.text() for label in labels if label.isVisible()),
                  sep="|", flush=True)
            print("buttons", [b.text() for b in top.findChildren(QPushButton)], flush=True)

class Window(main_window.MainWindow):
    def complete(self):
        self.help_menu.is_welcome_wanted = False
        super().complete()
        self.path = Path(os.environ["XDG_DATA_HOME"], "mine.backprop")
        self.path.parent.mkdir(exist_ok=True)
        self.session.set_setup(Setup(w1=0.125, target=1.5))
        QTimer.singleShot(0, self.begin)
    def begin(self):
        if self._preparing is None or self._preparing.is_alive():  # it imports the typesetting
            QTimer.singleShot(20, self.begin)
            return
        if action == "answer":
            self.documents._write(self.path)
            self.session.set_setup(Setup(w1=0.375))
        go()
        QTimer.singleShot(0, getattr(self, action))
    def on_shown(self, go_on):
        others = (t for t in QApplication.topLevelWidgets() if t.isVisible() and t is not self)
        if any(not isinstance(top, main_window.MainWindow) for top in others):
            go_on()
        else:
            QTimer.singleShot(20, lambda: self.on_shown(go_on))
    def export(self):
        self.on_shown(self.look)
        self.exporting.export_picture()
    def look(self):
        shown()
        for top in QApplication.topLevelWidgets():
            if type(top).__name__ == "FailureDialog":
                top.reject()
        QTimer.singleShot(100, self.again)
        self.exporting.export_picture()
    def again(self):
        banner = self.messages._banner
        print("banner", banner.isVisible() and banner.accessibleName(), flush=True)
        self.interrupt()
    def plainly(self):
        def broken(*_words, **_more):
            raise RuntimeError("no dialog")
        import backprop_gui.app.crash_handler
        backprop_gui.app.crash_handler.FailureDialog = broken
        self.on_shown(self.look_plainly)
        self.exporting.export_picture()
    def look_plainly(self):
        shown()
        self.interrupt()
    def interrupt(self):
        os.kill(os.getpid(), signal.SIGTERM)
    def give(self):
        dialog = QApplication.activeModalWidget()
        if isinstance(dialog, QFileDialog):
            dialog.findChild(QLineEdit).setText(str(self.path))
            dialog.accept()
        else:
            QTimer.singleShot(50, self.give)
    def answer_and_name(self):
        self.give()
        self.answer()
    def answer(self):
        def click():
            box = QApplication.activeModalWidget()
            if box and (buttons := box.findChildren(QPushButton)):
                next(b for b in buttons if "Save" in b.text()).click()
            else:
                QTimer.singleShot(20, click)
        QTimer.singleShot(0, click)
        self.close()
application.MainWindow = Window
code = application.open_window()
sys.stdout.flush()
os._exit(code)  # what Python itself does at its end may want to import something
"""
MANNERS = ["removed", "emptied", "nothing can be imported"]
CHANGED = "Backprop was changed or removed while it was running"


@pytest.fixture
def root(tmp_path: Path) -> Path:
    folder = tmp_path / "program"
    package = Path(backprop_gui.__file__).parent
    shutil.copytree(package, folder / "backprop_gui", ignore=shutil.ignore_patterns("resources"))
    shutil.copytree(resource(""), folder / "resources")
    return folder


@dataclass(frozen=True)
class Done:
    """What a program has said, and how it has ended."""

    returncode: int | None
    stdout: str
    stderr: str


Live = Callable[[str, str], Done]


@pytest.fixture
def live(root: Path, bare_origin: Origin) -> Iterator[Live]:
    """Run the program, and return what came of it."""
    (root.parent / "run").mkdir(mode=0o700)
    names = {"XDG_CONFIG_HOME": "config", "XDG_DATA_HOME": "data", "XDG_RUNTIME_DIR": "run"}
    places = {name: str(root.parent / folder) for name, folder in names.items()}
    started: list[Process] = []

    def run(manner: str, action: str) -> Done:
        process = bare_origin.start(
            PROGRAM, str(root), manner, action, env={**os.environ, **places}
        )
        started.append(process)
        output, errors = process.communicate(40)
        return Done(process.returncode, output, errors)

    yield run
    for process in started:
        process.close()


def kept(root: Path) -> float:
    """Return the weight in the work that was kept aside."""
    (path,) = (root.parent / "data").rglob("*.recovery")
    setup = json.loads(json.loads(path.read_text())["experiment"])["setup"]
    return float(setup["w1"])


@pytest.mark.parametrize("manner", MANNERS)
def test_what_cannot_be_loaded_any_more_is_told_and_the_work_kept(
    root: Path, live: Live, manner: str
) -> None:
    done = live(manner, "export")
    first, buttons, again = done.stdout.splitlines()
    assert first.startswith(f"FailureDialog|{CHANGED}"), done.stdout + done.stderr
    assert "Save your work, then start Backprop again." in first
    assert "Backprop has kept a copy of your unsaved work" in first
    assert "Co&ntinue" in buttons
    assert CHANGED in again, "who tries again is told again"
    assert done.returncode == 0
    assert kept(root) == 0.125
    (log,) = (root.parent / "data").rglob("backprop.log")
    assert "Error" in log.read_text()


@pytest.mark.parametrize("manner", MANNERS)
def test_where_not_even_the_dialog_comes_the_person_is_told_plainly(
    root: Path, live: Live, manner: str
) -> None:
    done = live(manner, "plainly")
    assert done.stdout.startswith(f"QLabel|{CHANGED}"), done.stdout + done.stderr
    assert "Backprop has kept a copy of your unsaved work" in done.stdout
    assert CHANGED in done.stderr
    assert kept(root) == 0.125


@pytest.mark.parametrize("manner", MANNERS)
def test_a_signal_ends_such_a_program_in_order(root: Path, live: Live, manner: str) -> None:
    done = live(manner, "interrupt")
    assert (done.returncode, done.stdout) == (0, "")
    assert kept(root) == 0.125
    assert list((root.parent / "run").iterdir()) == []


@pytest.mark.parametrize("manner", MANNERS)
def test_work_without_a_name_can_still_be_saved_and_the_window_closed(
    root: Path, live: Live, manner: str
) -> None:
    done = live(manner, "answer_and_name")
    assert done.stdout == "", done.stderr
    assert done.returncode == 0
    saved = json.loads((root.parent / "data" / "mine.backprop").read_text())
    assert saved["setup"]["w1"] == 0.125
    assert list((root.parent / "data").rglob("*.recovery")) == []


@pytest.mark.parametrize("manner", MANNERS)
def test_the_work_can_still_be_saved_and_the_window_closed(
    root: Path, live: Live, manner: str
) -> None:
    done = live(manner, "answer")
    assert done.stdout == "", done.stderr
    assert done.returncode == 0
    saved = json.loads((root.parent / "data" / "mine.backprop").read_text())
    assert saved["setup"]["w1"] == 0.375
    assert list((root.parent / "data").rglob("*.recovery")) == []
