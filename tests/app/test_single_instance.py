"""A second start hands its file to the program that runs."""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile, QTimer
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from backprop_gui.app import instance_address, instance_peers
from backprop_gui.app import single_instance as instance_module
from backprop_gui.app.single_instance import SingleInstance, hand_over
from backprop_gui.core.network import Setup
from backprop_gui.storage.experiment_file import Document, encoded
from backprop_gui.widgets.banner import Banner
from backprop_gui.window.main_window import MainWindow

# A later start, up to where it would open a window of its own.
LATER = """
import sys
from pathlib import Path
from backprop_gui.app.single_instance import hand_over
print(hand_over(sys.argv[1], Path(sys.argv[2]) if sys.argv[2] else None))
"""


@pytest.fixture
def place(tmp_path: Path) -> str:
    return instance_address.of(tmp_path)


@pytest.fixture
def instance(window: MainWindow, place: str) -> Iterator[SingleInstance]:
    made = SingleInstance(place, lock_at(place), window.arrivals.take, window)
    yield made
    made.end()


@pytest.fixture
def short() -> Iterator[Path]:
    """A folder with a short path: those of sockets are limited."""
    with tempfile.TemporaryDirectory() as folder:
        yield Path(folder)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "mine.backprop"
    path.write_bytes(encoded(Document(Setup(w1=0.25))))
    return path


def lock_at(place: str) -> QLockFile:
    return instance_address.lock_of(Path(place).parent)


def start_later(qtbot: QtBot, place: str, path: str) -> bool:
    """Start the program once more with a path, "" for none; say whether the first one took it."""
    with subprocess.Popen(
        [sys.executable, "-c", LATER, place, path], stdout=subprocess.PIPE, text=True
    ) as process:
        qtbot.waitUntil(lambda: process.poll() is not None, timeout=20_000)
        return process.stdout.read() == "True\n"


@pytest.mark.window
def test_a_second_double_click_opens_in_the_window_that_is_there(
    qtbot: QtBot, window: MainWindow, instance: SingleInstance, place: str, path: Path
) -> None:
    assert start_later(qtbot, place, str(path))
    qtbot.waitUntil(lambda: window.documents.path == path)
    assert window.session.setup == Setup(w1=0.25)


def test_a_relative_path_is_that_of_the_later_start(
    qtbot: QtBot, window: MainWindow, instance: SingleInstance, place: str, path: Path
) -> None:
    relative = os.path.relpath(path, Path.cwd())
    assert start_later(qtbot, place, relative)
    qtbot.waitUntil(lambda: window.documents.path is not None)
    assert window.documents.path.resolve() == path


def test_a_second_start_without_a_file_is_taken_and_changes_nothing(
    qtbot: QtBot, window: MainWindow, instance: SingleInstance, place: str
) -> None:
    run = window.session.run
    assert start_later(qtbot, place, "")
    assert window.session.run is run


def test_by_choice_a_file_opens_in_a_new_window(
    qtbot: QtBot, window: MainWindow, instance: SingleInstance, place: str, path: Path
) -> None:
    window.preferring.opens_new_windows = True
    assert not start_later(qtbot, place, str(path))
    assert window.documents.path is None


def test_while_a_question_waits_a_later_start_has_its_own_window(
    qtbot: QtBot, window: MainWindow, instance: SingleInstance, place: str, path: Path
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
        "from backprop_gui.app import instance_address\n"
        "from backprop_gui.app.single_instance import SingleInstance\n"
        "app = QCoreApplication([])\n"
        "lock = instance_address.lock_of(Path(sys.argv[1]).parent)\n"
        "made = SingleInstance(sys.argv[1], lock, lambda path: True, app)\n"
        "os.kill(os.getpid(), signal.SIGKILL)\n"
    )
    subprocess.run([sys.executable, "-c", killed, place])
    assert Path(place).exists()
    instance = SingleInstance(place, lock_at(place), window.arrivals.take, window)
    assert start_later(qtbot, place, "")
    instance.end()
    assert not Path(place).exists()


def test_when_the_first_program_ends_the_second_one_answers(
    qtbot: QtBot, window: MainWindow, place: str, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instance_module, "_TAKE_OVER_MS", 5)
    first = SingleInstance(place, lock_at(place), lambda _path: False, window)
    second = SingleInstance(place, lock_at(place), window.arrivals.take, window)
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
    assert not instance_address.is_held_by_another(lock)
    assert instance_address.is_held_by_another(lock_at(place))
    made: list[SingleInstance] = []
    QTimer.singleShot(
        300, lambda: made.append(SingleInstance(place, lock, window.arrivals.take, window))
    )
    assert start_later(qtbot, place, str(path))
    qtbot.waitUntil(lambda: window.documents.path == path)
    made[0].end()


def test_where_no_lock_can_be_made_nobody_is_waited_for(tmp_path: Path) -> None:
    lock = instance_address.lock_of(tmp_path)
    tmp_path.rmdir()
    assert not instance_address.is_held_by_another(lock)


def said(path: object = None, token: object = None) -> bytes:
    return json.dumps({"path": path, "token": token}).encode() + b"\n"


ODD = {
    "empty": b"\n",
    "a list": b"[]\n",
    "no path": b"{}\n",
    "a number": said(5),
    "nested": b"[" * 10**5 + b"\n",
    "endless": b"x" * 10**6,
    "half": said("/a")[:9],
    "not UTF-8": b'{"path": "/\xff", "token": null}\n',
    "twice": said("/a") + said("/b"),
    "zero in the path": said("/a\0b"),
    "zero in the token": said(None, "a\0b"),
    "lone surrogate in the path": said("/\ud800"),
    "lone surrogate in the token": said(None, "\ud800"),
    "relative path": said("a.backprop"),
    "up from nowhere": said("../a.backprop"),
    "path that no system takes": said("/" + "a" * 40_000),
    "long token": said(None, "a" * 10_000),
    "token of two lines": said(None, "a\nb"),
}


@pytest.mark.parametrize("name", ODD)
def test_whatever_else_is_said_there_is_dropped_and_not_shown(
    qtbot: QtBot, window: MainWindow, instance: SingleInstance, place: str, name: str, monkeypatch
) -> None:
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    asked: list[object] = []
    monkeypatch.setattr(instance, "_take", lambda path: asked.append(path) or True)
    socket = QLocalSocket()
    socket.connectToServer(place)
    assert socket.waitForConnected(1000)
    with qtbot.waitSignal(socket.disconnected):
        socket.write(ODD[name])
        socket.flush()
    assert socket.readAll().data() == b""
    assert asked == []
    assert "XDG_ACTIVATION_TOKEN" not in os.environ
    assert window.findChild(Banner) is None or window.findChild(Banner).isHidden()
    assert start_later(qtbot, place, "")


def test_callers_who_say_nothing_keep_nobody_out_for_long(
    qtbot: QtBot, window: MainWindow, instance: SingleInstance, place: str
) -> None:
    silent = []
    for _each in range(200):
        socket = QLocalSocket()
        socket.connectToServer(place)
        silent.append(socket)
        QApplication.processEvents()
    callers = instance.findChildren(instance_module._Caller)
    assert len(callers) <= instance_module._MOST_CALLERS
    qtbot.waitUntil(lambda: not any(s.state() == s.LocalSocketState.ConnectedState for s in silent))
    assert start_later(qtbot, place, "")


def test_nothing_is_answered_twice(
    qtbot: QtBot, window: MainWindow, instance: SingleInstance, place: str, path: Path
) -> None:
    opened: list[Path] = []
    instance._take = lambda path: opened.append(path) or True
    socket = QLocalSocket()
    socket.connectToServer(place)
    assert socket.waitForConnected(1000)
    with qtbot.waitSignal(socket.disconnected):
        socket.write(said(str(path)))
        socket.flush()
        qtbot.waitUntil(lambda: bool(opened))
        socket.write(said(str(path)))
        socket.flush()
    assert opened == [path]


# Stands in for a program that hangs, or that answers without end. Takes the address and says when.
HANGING = """
import socket, sys, time
server = socket.socket(socket.AF_UNIX)
server.bind(sys.argv[1])
server.listen()
print("listens", flush=True)
if sys.argv[2] == "silent":
    sys.stdin.read()
caller, _ = server.accept()
while True:
    try:
        caller.send(b"t")
    except OSError:
        break
    time.sleep(0.2)
"""
needs_sockets = pytest.mark.skipif(sys.platform == "win32", reason="there they are pipes")


@needs_sockets
@pytest.mark.parametrize("manner", ["silent", "endless"])
def test_a_start_waits_for_no_program_that_hangs(place: str, manner: str) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", HANGING, place, manner],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    ) as process:
        assert process.stdout.readline() == b"listens\n"
        assert not hand_over(place, None)
        process.kill()


@needs_sockets
def test_what_a_start_has_given_up_is_not_done_when_the_window_is_free_again(
    qtbot: QtBot, window: MainWindow, instance: SingleInstance, place: str, path: Path
) -> None:
    """The start has opened a window of its own: the same file would be open twice."""
    done = subprocess.run(  # this thread, in which the window is, does nothing meanwhile
        [sys.executable, "-c", LATER, place, str(path)], capture_output=True, text=True
    )
    assert done.stdout == "False\n"
    asked: list[object] = []
    instance._take = lambda path: asked.append(path) or True
    assert start_later(qtbot, place, "")
    assert asked == [None]


@needs_sockets
def test_a_program_of_somebody_else_s_is_neither_told_nor_heard(
    qtbot: QtBot, instance: SingleInstance, place: str, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[object] = []
    instance._take = lambda path: asked.append(path) or True
    monkeypatch.setattr(instance_peers, "_user", lambda _descriptor: os.geteuid() + 1)
    assert not start_later(qtbot, place, str(path))
    assert not hand_over(place, path)
    assert asked == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid(), reason="only root becomes others")
def test_another_user_is_known_by_the_system_s_own_word(qtbot: QtBot, window: MainWindow) -> None:
    asked: list[object] = []
    calls = (
        "import os, socket, sys\n"
        "os.setuid(65534)\n"
        "caller = socket.socket(socket.AF_UNIX)\n"
        "caller.connect(sys.argv[1])\n"
        "print('connected', flush=True)\n"
        "caller.sendall(sys.argv[2].encode())\n"
        "print(caller.recv(100))\n"
    )
    with tempfile.TemporaryDirectory() as folder:
        Path(folder).chmod(0o755)
        place = f"{folder}/listens"
        made = SingleInstance(
            place, lock_at(place), lambda path: asked.append(path) or True, window
        )
        Path(place).chmod(0o666)  # the socket is open to all, as if it were in a folder of theirs
        with subprocess.Popen(
            [sys.executable, "-c", calls, place, said("/a").decode()],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        ) as process:
            qtbot.waitUntil(lambda: process.poll() is not None, timeout=20_000)
            assert process.stdout.read().replace("b''\n", "") == "connected\n"
        made.end()
    assert asked == []


def test_a_lock_that_names_no_program_is_taken_over(
    qtbot: QtBot, window: MainWindow, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instance_module, "_TAKE_OVER_MS", 5)
    lock = lock_at(place)
    Path(lock.fileName()).write_bytes(b"")  # as a full disk leaves it
    made = SingleInstance(place, lock, window.arrivals.take, window)
    qtbot.waitUntil(lambda: made.is_listening)
    made.end()


needs_modes = pytest.mark.skipif(sys.platform == "win32", reason="there folders have no modes")


def places_in(folder: Path) -> tuple[Path, Path]:
    """Return the folders of the socket and of the lock, with this folder for the settings."""
    return Path(instance_address.of(folder)).parent, Path(
        instance_address.lock_of(folder).fileName()
    ).parent


@needs_modes
@pytest.mark.parametrize("mode", [0o777, 0o770, 0o722, 0o1777, 0o757])
def test_a_runtime_folder_that_others_can_write_to_is_not_used(
    monkeypatch: pytest.MonkeyPatch, short: Path, mode: int
) -> None:
    runtime, config = short / "runtime", short / "config"
    runtime.mkdir()
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    runtime.chmod(0o700)
    assert places_in(config) == (runtime, runtime)
    runtime.chmod(mode)
    assert places_in(config) == (config, config)
    assert list(runtime.iterdir()) == []


@needs_modes
def test_where_no_folder_is_private_one_is_made(
    monkeypatch: pytest.MonkeyPatch, short: Path
) -> None:
    config, temporary = short / "config", short / "t"
    for folder in (config, temporary):
        folder.mkdir()
        folder.chmod(0o1777)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(config))
    monkeypatch.setenv("TMPDIR", str(temporary))
    (made,) = set(places_in(config))
    assert made.parent == temporary
    assert made.stat().st_mode & 0o777 == 0o700
    made.chmod(0o777)  # and where that is not ours alone either, each start is alone
    assert instance_address.of(config) == ""
    assert not instance_address.is_held_by_another(instance_address.lock_of(config))


@needs_modes
def test_a_folder_that_somebody_can_move_away_is_not_used(
    monkeypatch: pytest.MonkeyPatch, short: Path
) -> None:
    above = short / "above"
    runtime = above / "runtime"
    runtime.mkdir(parents=True, mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    above.chmod(0o777)
    assert places_in(short / "config")[0] != runtime
    above.chmod(0o1777)  # as /tmp is: only the owner of what is in it can move it
    assert places_in(short / "config")[0] == runtime


@needs_modes
@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid(), reason="only root gives away")
def test_a_folder_of_somebody_else_s_is_not_used(
    monkeypatch: pytest.MonkeyPatch, short: Path
) -> None:
    runtime = short / "runtime"
    runtime.mkdir(mode=0o700)
    os.chown(runtime, 65534, 65534)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    assert places_in(short / "config")[0] != runtime
    linked = short / "linked"
    linked.symlink_to(runtime)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(linked))
    assert places_in(short / "config")[0] != runtime


@needs_modes
def test_a_link_is_not_followed_twice(monkeypatch: pytest.MonkeyPatch, short: Path) -> None:
    """What it leads to now was looked at; it may lead elsewhere later."""
    real = short / "real"
    real.mkdir(mode=0o700)
    (short / "link").symlink_to(real)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(short / "link"))
    assert places_in(short / "config") == (real, real)


@pytest.mark.parametrize("runtime", ["", "relative", "/nowhere", "/etc/passwd"])
def test_a_runtime_folder_that_is_none_is_not_used(
    monkeypatch: pytest.MonkeyPatch, short: Path, runtime: str
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", runtime)
    assert places_in(short) == (short, short)


@needs_sockets
@pytest.mark.parametrize("length", range(85, 115))
def test_wherever_the_folder_is_the_program_can_listen_there(
    qtbot: QtBot,
    window: MainWindow,
    monkeypatch: pytest.MonkeyPatch,
    short: Path,
    length: int,
) -> None:
    runtime = short / ("r" * (length - len(f"{short}/") - len("/backprop-gui-00000000")))
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    made = SingleInstance(
        instance_address.of(short), instance_address.lock_of(short), window.arrivals.take, window
    )
    assert made.is_listening
    made.end()


@pytest.mark.window
def test_the_address_is_the_person_s_and_the_screen_s(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen = set()
    for screen in (":0", ":1"):
        monkeypatch.setenv("DISPLAY", screen)
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        seen |= {instance_address.of(tmp_path), instance_address.of(tmp_path / "somebody else")}
    assert len(seen) == 4


@pytest.mark.window
def test_an_activation_token_reaches_the_window(
    qtbot: QtBot, window: MainWindow, instance: SingleInstance, place: str, monkeypatch
) -> None:
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    socket = QLocalSocket()
    socket.connectToServer(place)
    assert socket.waitForConnected(1000)
    with qtbot.waitSignal(socket.disconnected):
        socket.write(json.dumps({"path": None, "token": "abc"}).encode() + b"\n")
        socket.flush()
    assert os.environ.pop("XDG_ACTIVATION_TOKEN") == "abc"
