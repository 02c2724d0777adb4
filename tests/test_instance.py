"""A second start hands its file to the program that runs."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile, QTimer
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from backprop_gui import address
from backprop_gui import instance as instance_module
from backprop_gui.core.network import Setup
from backprop_gui.experiment import Document, encoded
from backprop_gui.instance import Instance
from backprop_gui.window import MainWindow

pytestmark = pytest.mark.window

# A later start, up to where it would open a window of its own.
LATER = """
import sys
from pathlib import Path
from backprop_gui.instance import hand_over
print(hand_over(sys.argv[1], Path(sys.argv[2]) if sys.argv[2] else None))
"""


@pytest.fixture
def place(tmp_path: Path) -> str:
    return address.of(tmp_path)


@pytest.fixture
def instance(window: MainWindow, place: str) -> Iterator[Instance]:
    made = Instance(place, lock_at(place), window.take, window)
    yield made
    made.end()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "mine.backprop"
    path.write_bytes(encoded(Document(Setup(w1=0.25))))
    return path


def lock_at(place: str) -> QLockFile:
    return address.lock_of(Path(place).parent)


def start_later(qtbot: QtBot, place: str, path: str) -> bool:
    """Start the program once more with a path, "" for none; say whether the first one took it."""
    with subprocess.Popen(
        [sys.executable, "-c", LATER, place, path], stdout=subprocess.PIPE, text=True
    ) as process:
        qtbot.waitUntil(lambda: process.poll() is not None, timeout=20_000)
        return process.stdout.read() == "True\n"


def test_a_second_double_click_opens_in_the_window_that_is_there(
    qtbot: QtBot, window: MainWindow, instance: Instance, place: str, path: Path
) -> None:
    assert start_later(qtbot, place, str(path))
    qtbot.waitUntil(lambda: window.documents.path == path)
    assert window.session.setup == Setup(w1=0.25)


def test_a_relative_path_is_that_of_the_later_start(
    qtbot: QtBot, window: MainWindow, instance: Instance, place: str, path: Path
) -> None:
    relative = os.path.relpath(path, Path.cwd())
    assert start_later(qtbot, place, relative)
    qtbot.waitUntil(lambda: window.documents.path is not None)
    assert window.documents.path.resolve() == path


def test_a_second_start_without_a_file_is_taken_and_changes_nothing(
    qtbot: QtBot, window: MainWindow, instance: Instance, place: str
) -> None:
    run = window.session.run
    assert start_later(qtbot, place, "")
    assert window.session.run is run


def test_by_choice_a_file_opens_in_a_new_window(
    qtbot: QtBot, window: MainWindow, instance: Instance, place: str, path: Path
) -> None:
    window.opens_new_windows = True
    assert not start_later(qtbot, place, str(path))
    assert window.documents.path is None


def test_while_a_question_waits_a_later_start_has_its_own_window(
    qtbot: QtBot, window: MainWindow, instance: Instance, place: str, path: Path
) -> None:
    question = QDialog(window)
    question.open()
    assert not start_later(qtbot, place, str(path))
    question.reject()


def test_where_nobody_listens_nothing_is_handed_over(qtbot: QtBot, place: str) -> None:
    assert not start_later(qtbot, place, "")  # after some seconds


def test_a_socket_that_a_killed_program_left_is_taken_over(
    qtbot: QtBot, window: MainWindow, place: str
) -> None:
    killed = (
        "import os, signal, sys\n"
        "from pathlib import Path\n"
        "from PySide6.QtCore import QCoreApplication\n"
        "from backprop_gui import address\n"
        "from backprop_gui.instance import Instance\n"
        "app = QCoreApplication([])\n"
        "lock = address.lock_of(Path(sys.argv[1]).parent)\n"
        "made = Instance(sys.argv[1], lock, lambda path: True, app)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", killed, place])
    assert Path(place).exists()
    instance = Instance(place, lock_at(place), window.take, window)
    assert start_later(qtbot, place, "")
    instance.end()
    assert not Path(place).exists()


def test_when_the_first_program_ends_the_second_one_answers(
    qtbot: QtBot, window: MainWindow, place: str, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instance_module, "_TAKE_OVER_MS", 5)
    first = Instance(place, lock_at(place), lambda _path: False, window)
    second = Instance(place, lock_at(place), window.take, window)
    assert (first.is_listening, second.is_listening) == (True, False)
    assert not start_later(qtbot, place, str(path))
    first.end()
    qtbot.waitUntil(lambda: second.is_listening)
    assert start_later(qtbot, place, str(path))
    second.end()


def test_a_start_in_the_same_moment_waits_until_the_first_one_listens(
    qtbot: QtBot, window: MainWindow, place: str, path: Path
) -> None:
    lock = lock_at(place)
    assert not address.is_held_by_another(lock)
    assert address.is_held_by_another(lock_at(place))
    made: list[Instance] = []
    QTimer.singleShot(300, lambda: made.append(Instance(place, lock, window.take, window)))
    assert start_later(qtbot, place, str(path))
    qtbot.waitUntil(lambda: window.documents.path == path)
    made[0].end()


def test_where_no_lock_can_be_made_nobody_is_waited_for(tmp_path: Path) -> None:
    lock = address.lock_of(tmp_path)
    tmp_path.rmdir()
    assert not address.is_held_by_another(lock)


@pytest.mark.parametrize(
    "message",
    [b"\n", b"[]\n", b"{}\n", b'{"path": 5, "token": null}\n', b"[" * 10**5 + b"\n", b"x" * 10**6],
    ids=["empty", "a list", "no path", "a number", "nested", "endless"],
)
def test_whatever_else_is_said_there_does_no_harm(
    qtbot: QtBot, window: MainWindow, instance: Instance, place: str, message: bytes
) -> None:
    socket = QLocalSocket()
    socket.connectToServer(place)
    assert socket.waitForConnected(1000)
    with qtbot.waitSignal(socket.disconnected):
        socket.write(message)
        socket.flush()
    assert window.documents.path is None
    assert start_later(qtbot, place, "")


def test_the_address_is_the_person_s_and_the_screen_s(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen = set()
    for screen in (":0", ":1"):
        monkeypatch.setenv("DISPLAY", screen)
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        seen |= {address.of(tmp_path), address.of(tmp_path / "somebody else")}
    assert len(seen) == 4


def test_an_activation_token_reaches_the_window(
    qtbot: QtBot, window: MainWindow, instance: Instance, place: str, monkeypatch
) -> None:
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    socket = QLocalSocket()
    socket.connectToServer(place)
    assert socket.waitForConnected(1000)
    with qtbot.waitSignal(socket.disconnected):
        socket.write(json.dumps({"path": None, "token": "abc"}).encode() + b"\n")
        socket.flush()
    assert os.environ.pop("XDG_ACTIVATION_TOKEN") == "abc"
