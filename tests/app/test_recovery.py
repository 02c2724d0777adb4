"""Work that was not saved when a program ended without asking is offered back."""

import errno
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from backprop_gui.app import recovery
from backprop_gui.app.recovery import Recovery
from backprop_gui.app.restore import Restorer
from backprop_gui.core.network import Setup
from backprop_gui.dialogs import question
from backprop_gui.storage import experiment_file
from backprop_gui.storage.experiment_file import Document
from backprop_gui.widgets.banner import Banner
from backprop_gui.window.document import Unsaved
from backprop_gui.window.main_window import MainWindow
from tests.odd_files import ODD, odd

WORK = Unsaved(Path("/home/somebody/mine.backprop"), Document(Setup(w1=1 / 3), note="η"))

# Keeps work aside as the program does, and is killed.
LEAVING = """
import os, signal, sys
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from backprop_gui.core.network import Setup
from backprop_gui.dialogs import question
from backprop_gui.window.document import Unsaved
from backprop_gui.storage.experiment_file import Document
from backprop_gui.app.recovery import Recovery
app = QCoreApplication([])
work = Unsaved(Path(sys.argv[2]) if sys.argv[2] else None, Document(Setup(w1=float(sys.argv[3]))))
Recovery(Path(sys.argv[1]), lambda: work, app).keep_now()
if sys.argv[4] == "killed":
    os.kill(os.getpid(), signal.SIGKILL)
print("kept", flush=True)
sys.stdin.read()
"""


def leave(folder: Path, name: str = "", w1: float = 0.25) -> None:
    """Put into the folder what a program has kept there that was killed."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    for file, content in left_by_a_program(name, w1).items():
        (folder / file).write_bytes(content)


@cache
def left_by_a_program(name: str, w1: float) -> dict[str, bytes]:
    with TemporaryDirectory() as folder:
        words = [sys.executable, "-c", LEAVING, folder, name, str(w1), "killed"]
        assert subprocess.run(words).returncode == -signal.SIGKILL
        return {path.name: path.read_bytes() for path in Path(folder).iterdir()}


@pytest.fixture
def kept() -> list[Unsaved | None]:
    """What a program has not saved now; its last entry."""
    return [WORK]


@pytest.fixture
def keeper(qapp, tmp_path: Path, kept: list[Unsaved | None]) -> Iterator[Recovery]:
    made = Recovery(tmp_path / "recovery", lambda: kept[-1], qapp)
    yield made
    kept.append(None)
    made.end()


def test_unsaved_work_is_kept_every_few_seconds_and_gone_when_it_is_saved(
    qtbot: QtBot, keeper: Recovery, kept: list[Unsaved | None], tmp_path: Path
) -> None:
    folder = tmp_path / "recovery"
    keeper._timer.setInterval(1)
    qtbot.waitUntil(lambda: len(list(folder.glob("*.recovery"))) == 1)
    kept.append(None)
    qtbot.waitUntil(lambda: not list(folder.glob("*.recovery")))
    assert 1000 <= recovery._INTERVAL_MS <= 5000


def test_what_a_killed_program_left_is_found_to_the_last_bit(
    keeper: Recovery, tmp_path: Path
) -> None:
    leave(tmp_path / "recovery", "/home/somebody/mine.backprop", 1 / 3)
    (left,) = keeper.left()
    unsaved = left.read()
    assert unsaved == Unsaved(WORK.path, Document(Setup(w1=1 / 3)))
    left.forget()
    assert keeper.left() == []


def test_the_work_of_a_program_that_runs_is_not_offered(keeper: Recovery, tmp_path: Path) -> None:
    words = [sys.executable, "-c", LEAVING, str(tmp_path / "recovery"), "", "0.5", "stays"]
    with subprocess.Popen(
        words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout.readline() == "kept\n"
        assert list((tmp_path / "recovery").glob("*.recovery"))
        assert keeper.left() == []
        process.kill()
    assert len(keeper.left()) == 1


def test_what_is_left_for_later_is_found_again(keeper: Recovery, tmp_path: Path) -> None:
    leave(tmp_path / "recovery")
    keeper.left()[0].leave()
    assert len(keeper.left()) == 1


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"[]", b"\xff", b'{"format": "backprop recovery"}', b"[" * 10**5],
    ids=["empty", "cut off", "a list", "no text", "without work", "nested"],
)
def test_a_damaged_copy_is_no_work(keeper: Recovery, tmp_path: Path, content: bytes) -> None:
    leave(tmp_path / "recovery")
    next((tmp_path / "recovery").glob("*.recovery")).write_bytes(content)
    assert keeper.left()[0].read() is None


def test_a_folder_that_cannot_be_made_costs_only_this_safety(
    qtbot: QtBot, qapp, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    keeper = Recovery(tmp_path / "file" / "recovery", lambda: WORK, qapp)
    told: list[str] = []
    keeper.failed.connect(told.append)
    keeper._timer.setInterval(1)
    qtbot.waitUntil(lambda: bool(told))
    qtbot.waitUntil(lambda: keeper._worker.is_busy)  # it is tried again
    qtbot.waitUntil(lambda: not keeper._worker.is_busy)
    with pytest.raises(OSError):
        keeper.keep_now()
    keeper.end()
    assert len(told) == 1  # and told once


def test_a_folder_that_cannot_be_reached_is_no_matter_while_all_is_saved(
    qtbot: QtBot, qapp, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("")
    keeper = Recovery(tmp_path / "file" / "recovery", lambda: None, qapp)
    assert keeper.left() == []
    keeper._on_due()
    keeper.end()


def test_the_lock_of_a_program_that_left_no_work_goes(keeper: Recovery, tmp_path: Path) -> None:
    leave(tmp_path / "recovery")
    next((tmp_path / "recovery").glob("*.recovery")).unlink()
    assert list((tmp_path / "recovery").glob("*.lock"))
    assert keeper.left() == []
    assert not list((tmp_path / "recovery").glob("*.lock"))


FORMER = Path(__file__).parents[1] / "former"


@pytest.mark.parametrize("name", ["copy-1.recovery", "copy-2.recovery"])
def test_what_former_versions_have_kept_is_restored_for_ever(
    keeper: Recovery, tmp_path: Path, name: str
) -> None:
    leave(tmp_path / "recovery")
    next((tmp_path / "recovery").glob("*.recovery")).write_bytes((FORMER / name).read_bytes())
    (left,) = keeper.left()
    content = (FORMER / "experiment.backprop").read_bytes()
    known = content if name == "copy-2.recovery" else b""  # the first ones had none
    assert left.read() == Unsaved(WORK.path, experiment_file.decoded(content), known)


def test_a_working_of_a_former_version_is_restored_for_ever(
    keeper: Recovery, tmp_path: Path
) -> None:
    leave(tmp_path / "recovery")
    copy = (FORMER / "copy-3.recovery").read_bytes()
    next((tmp_path / "recovery").glob("*.recovery")).write_bytes(copy)
    (left,) = keeper.left()
    content = (FORMER / "experiment-3-working.backprop").read_bytes()
    assert left.read() == Unsaved(WORK.path, experiment_file.decoded(content))


def test_no_copy_however_damaged_is_more_than_no_work(keeper: Recovery, tmp_path: Path) -> None:
    leave(tmp_path / "recovery")
    path = next((tmp_path / "recovery").glob("*.recovery"))
    content = (FORMER / "copy-2.recovery").read_bytes()
    (left,) = keeper.left()
    chance = random.Random(12)
    for _each in range(1500):
        changed = bytearray(content)
        for _change in range(chance.randint(1, 3)):
            place = chance.randrange(len(changed))
            odd = (b'"', b"\\ud800", b"\\u0000", b"[" * 9, b"1" * 5000, b"null", b"\xff", b"")
            changed[place : place + chance.randrange(9)] = chance.choice(odd)
        path.unlink()
        path.write_bytes(
            changed[: chance.choice((len(changed), chance.randrange(len(changed) + 1)))]
        )
        assert isinstance(left.read(), Unsaved | None)
    path.write_bytes(content.replace(b'"known": "', b'"known": "\\ud800'))
    assert left.read() is None, "half a letter was in no file"


@pytest.mark.parametrize("kind", ODD)
def test_what_is_no_copy_keeps_no_start_waiting_and_no_other_work_from_it(
    keeper: Recovery, tmp_path: Path, kind: str
) -> None:
    leave(tmp_path / "recovery")
    odd(tmp_path / "recovery" / "1-12345678.recovery", kind)
    found = [left.read() for left in keeper.left()]
    assert [work for work in found if work] == [Unsaved(None, Document(Setup(w1=0.25)))]


@pytest.mark.parametrize("kind", [*ODD, "empty", "no lock"])
def test_what_is_no_lock_keeps_no_start_waiting_and_no_work_from_it(
    keeper: Recovery, tmp_path: Path, kind: str
) -> None:
    leave(tmp_path / "recovery")
    lock = next((tmp_path / "recovery").glob("*.lock"))
    lock.unlink()
    odd(lock, kind)
    if kind in ("empty", "no lock"):
        lock.write_bytes(b"" if kind == "empty" else b"\0" * 9)
    if kind in ("huge", "empty", "no lock"):
        os.utime(lock, (0, 0))  # one that is new may be about to get its content
    (left,) = keeper.left()
    assert left.read() == Unsaved(None, Document(Setup(w1=0.25)))
    left.forget()


def test_a_folder_that_vanishes_comes_back_with_the_lock_of_the_copy(
    qtbot: QtBot, keeper: Recovery, kept: list[Unsaved | None], tmp_path: Path, qapp
) -> None:
    folder = tmp_path / "recovery"
    keeper.keep_now()
    shutil.rmtree(folder)
    with qtbot.waitSignal(keeper._worker.ended):  # without a change of the work
        keeper._on_due()
    (copy,) = folder.glob("*.recovery")
    assert copy.with_suffix(".lock").exists()
    other = Recovery(folder, lambda: None, qapp)
    assert other.left() == [], "the copy is a living program's"
    other.end()
    shutil.rmtree(folder)
    keeper.end()  # in silence
    assert len(list(folder.glob("*.recovery"))) == 1
    assert not list(folder.glob("*.lock"))


def test_a_lock_that_vanishes_comes_back(
    qtbot: QtBot, keeper: Recovery, tmp_path: Path, qapp
) -> None:
    keeper.keep_now()
    keeper._lock_path.unlink()
    with qtbot.waitSignal(keeper._worker.ended):
        keeper._on_due()
    other = Recovery(tmp_path / "recovery", lambda: None, qapp)
    assert other.left() == []
    other.end()


def test_the_next_start_removes_what_was_being_written_when_a_program_was_killed(
    keeper: Recovery, tmp_path: Path
) -> None:
    folder = tmp_path / "recovery"
    for call in ("fsync", "replace"):
        dying = LEAVING.replace("app = ", f"os.{call} = lambda *_: os.kill(os.getpid(), 9)\napp = ")
        subprocess.run([sys.executable, "-c", dying, str(folder), "", "0.5", ""])
    (folder / ".1-12345678.recovery.abcd_234").touch()  # as former versions called it
    (folder / "somebody's").touch()
    # What the first left went with the second's saving.
    assert len([path for path in folder.iterdir() if path.name.startswith(".")]) == 2
    keeper.keep_now()
    assert keeper.left() == []
    names = {keeper._path.name, keeper._lock_path.name, "somebody's"}
    assert {path.name for path in folder.iterdir()} == names


def test_work_that_could_not_be_restored_is_told_and_not_kept(
    keeper: Recovery, kept: list[Unsaved | None], tmp_path: Path
) -> None:
    told: list[str] = []
    keeper.failed.connect(told.append)
    kept.append(Unsaved(None, Document(note="a" * 2_001)))
    keeper._on_due()
    assert told == ["“note” is longer than 2,000 characters"]
    assert not list((tmp_path / "recovery").glob("*.recovery"))


def test_a_full_disk_is_told_until_work_can_be_kept_again(
    qtbot: QtBot, window: MainWindow, restorer: Restorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(_path: Path, _data: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    def due() -> None:
        with qtbot.waitSignal(keeper._worker.ended):
            keeper._on_due()

    def banner() -> str:
        return window.findChild(Banner).text

    keeper = restorer._recovery
    keeper._timer.stop()
    with monkeypatch.context() as disk:
        disk.setattr(recovery.files, "write", fail)
        window.session.set_setup(Setup(w1=0.125))
        due()
        assert "Backprop cannot keep a copy of unsaved work (No space left" in banner()
        window.messages.say("Copied the picture")
        assert "No space left" in banner(), "it is still so"
        window.messages.refuse("Something else could not be done.")
        due()
        assert banner() == "Something else could not be done.", "there is a time to read it"
        window.messages.end_problem()
        assert "No space left" in banner()
        window.findChild(Banner).end()  # by the person
        window.session.set_setup(Setup(w1=0.25))
        due()
        assert "No space left" in banner(), "there is more to be lost now"
    due()
    assert banner() == ""
    assert window.messages.note.text() == "Backprop keeps a copy of unsaved work again"


def test_the_warning_ends_when_there_is_nothing_to_be_lost(
    qtbot: QtBot, window: MainWindow, restorer: Restorer, monkeypatch: pytest.MonkeyPatch
) -> None:
    keeper = restorer._recovery
    keeper._timer.stop()
    with monkeypatch.context() as disk:
        disk.setattr(recovery.Recovery, "_hold_lock", lambda _keeper: os.stat("/nowhere"))
        window.session.set_setup(Setup(w1=0.125))
        with qtbot.waitSignal(keeper._worker.ended):
            keeper._on_due()
        assert "cannot keep a copy of unsaved work" in window.findChild(Banner).text
        window.session.set_setup(Setup())
        keeper._on_due()
    assert window.findChild(Banner).text == ""


@pytest.fixture
def restorer(window: MainWindow, tmp_path: Path) -> Iterator[Restorer]:
    made = Restorer(window, tmp_path, tmp_path / "log")
    yield made
    made.end()


def click(window: MainWindow, text: str) -> str:
    """Press a button of the question that is open, and return what was asked."""
    box = window.findChild(QMessageBox)
    button = next(b for b in box.findChildren(QPushButton) if text in b.text().replace("&", ""))
    button.click()
    return box.text()


def test_the_next_start_offers_the_work_back(
    qtbot: QtBot, window: MainWindow, restorer: Restorer, tmp_path: Path
) -> None:
    leave(tmp_path / "recovery", str(tmp_path / "mine.backprop"), 1 / 3)
    with qtbot.waitSignal(restorer.settled) as settled:
        restorer.offer_what_is_left()
        asked = click(window, "Restore")
    assert re.fullmatch(
        r"Backprop stopped at \d\d:\d\d\. Restore the unsaved changes to mine\.backprop\?", asked
    )
    assert settled.args == [True], "whoever goes on with former work needs no welcome"
    assert window.session.setup == Setup(w1=1 / 3)
    assert window.documents.path == tmp_path / "mine.backprop"
    assert window.isWindowModified(), "it is still in no file"
    copies = list((tmp_path / "recovery").glob("*.recovery"))
    assert [path.name.split("-")[0] for path in copies] == [str(os.getpid())]


def test_restored_work_has_a_copy_at_every_moment(
    window: MainWindow, restorer: Restorer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    leave(tmp_path / "recovery", "", 1 / 3)
    restorer.offer_what_is_left()

    def fail(_path: Path, _data: bytes) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(recovery.files, "write", fail)
    click(window, "Restore")
    assert window.session.setup == Setup(w1=1 / 3)
    assert len(list((tmp_path / "recovery").glob("*.recovery"))) == 1
    assert "No space left" in window.findChild(Banner).text


def test_a_copy_of_a_newer_version_is_left_to_it(
    qtbot: QtBot, window: MainWindow, restorer: Restorer, tmp_path: Path
) -> None:
    leave(tmp_path / "recovery")
    copy = next((tmp_path / "recovery").glob("*.recovery"))
    newer = copy.read_text().replace('\\"version\\": 1', '\\"version\\": 2')
    assert newer != copy.read_text()
    copy.write_text(newer)
    with qtbot.waitSignal(restorer.settled):
        restorer.offer_what_is_left()
    assert copy.read_text() == newer


def test_what_is_discarded_is_not_offered_again_and_the_next_one_is(
    qtbot: QtBot, window: MainWindow, restorer: Restorer, tmp_path: Path
) -> None:
    leave(tmp_path / "recovery", "a.backprop")
    leave(tmp_path / "recovery", "b.backprop")
    restorer.offer_what_is_left()
    first = click(window, "Discard")
    box = next(b for b in window.findChildren(QMessageBox) if b.isVisible())
    assert box.text() != first
    with qtbot.waitSignal(restorer.settled) as settled:
        next(b for b in box.buttons() if "later" in b.text()).click()
    assert settled.args == [False]
    assert len(list((tmp_path / "recovery").glob("*.recovery"))) == 1
    assert window.session.setup == Setup()


def test_two_offers_without_a_name_are_told_apart_by_their_setups(
    window: MainWindow, restorer: Restorer, tmp_path: Path
) -> None:
    for w1 in (0.25, 1 / 3):
        leave(tmp_path / "recovery", w1=w1)
    restorer.offer_what_is_left()
    told = []
    for _each in range(2):
        box = next(b for b in window.findChildren(QMessageBox) if b.isVisible())
        assert box.text().endswith("Restore the unsaved changes to Untitled?")
        assert box.textFormat() == Qt.TextFormat.PlainText
        assert all(button.whatsThis() for button in box.buttons())
        told.append(box.informativeText())
        next(b for b in box.buttons() if "Discard" in b.text()).click()
    assert sorted(told) == [
        "i = 0.1 · t = 0.9 · w₁ = 0.25 · w₂ = 0.5 · η = 0.9 · iteration 1",
        "i = 0.1 · t = 0.9 · w₁ ≈ 0.3333 · w₂ = 0.5 · η = 0.9 · iteration 1",
    ]


def test_a_failure_says_whether_there_is_unsaved_work(
    window: MainWindow, restorer: Restorer
) -> None:
    assert restorer._keep() == "You have no unsaved work."
    window.session.set_setup(Setup(w1=0.125))
    assert restorer._keep().startswith("Backprop has kept a copy of your unsaved work")


def test_closing_and_discarding_leaves_nothing(
    window: MainWindow, restorer: Restorer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.session.set_setup(Setup(w1=0.125))
    restorer._keep()
    monkeypatch.setattr(question, "ask", lambda *_words: "discard")
    window.closed.connect(restorer.end)
    window.close()
    assert list((tmp_path / "recovery").iterdir()) == []


def test_ending_without_a_question_keeps_the_work(
    window: MainWindow, restorer: Restorer, tmp_path: Path
) -> None:
    window.session.set_setup(Setup(w1=0.125))
    window.closed.connect(restorer.end)
    window.end()
    (path,) = (tmp_path / "recovery").glob("*.recovery")
    assert "0.125" in json.loads(path.read_text())["experiment"]


def test_work_on_a_file_with_unusual_line_ends_in_its_note_can_be_kept_and_saved(
    window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "mine.backprop"
    content = experiment_file.encoded(Document(note="one\ntwo")).decode()
    path.write_text(content.replace("one\\ntwo", "one\u2028two\u2029"), encoding="utf-8")
    window.documents.open(path)
    window.session.set_setup(Setup(w1=0.25))
    keeper = Recovery(tmp_path / "recovery", lambda: window.unsaved, window)
    keeper.keep_now()
    keeper.end()
    (left,) = Recovery(tmp_path / "recovery", lambda: None, window).left()
    assert left.read() == window.unsaved
    left.leave()
    assert window.documents.save()
    assert experiment_file.read(path).note == "one\ntwo\n"
