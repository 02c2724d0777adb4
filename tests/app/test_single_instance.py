"""A second start hands its file to the program that runs."""

import json
import os
import select
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLockFile, QObject, QTimer
from PySide6.QtNetwork import QLocalSocket
from PySide6.QtWidgets import QApplication, QDialog
from pytestqt.qtbot import QtBot

from backprop_gui.app import instance_address, instance_peers
from backprop_gui.app import single_instance as instance_module
from backprop_gui.app.single_instance import SingleInstance, hand_over
from backprop_gui.core.network import Setup
from backprop_gui.storage.experiment_file import Document, encoded
from backprop_gui.window.main_window import MainWindow

# Later starts, each up to where it would open a window of its own: one for each line.
LATER = """
import json, sys
from pathlib import Path
from backprop_gui.app import single_instance
for line in sys.stdin:
    place, path, single_instance._PATIENCE_MS = json.loads(line)
    taken = single_instance.hand_over(place, Path(path) if path else None)
    print(taken, flush=True)
"""
PATIENCE_MS = 1500
Start = Callable[..., bool]


@pytest.fixture
def place(tmp_path: Path) -> str:
    return instance_address.of(tmp_path)


@pytest.fixture
def instance(window: MainWindow, place: str) -> Iterator[SingleInstance]:
    made = SingleInstance(place, lock_at(place), window.arrivals.take, window)
    yield made
    made.end()


class Asked(QObject):
    """Stands in for a window: takes whatever it is asked to open, and remembers it."""

    def __init__(self) -> None:
        super().__init__()
        self.paths: list[Path | None] = []

    def take(self, path: Path | None) -> bool:
        self.paths.append(path)
        return True


@pytest.fixture
def asked(qapp: QApplication) -> Asked:
    return Asked()


@pytest.fixture
def listening(asked: Asked, place: str) -> Iterator[SingleInstance]:
    made = SingleInstance(place, lock_at(place), asked.take, asked)
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


class Later:
    """The process in which the program starts once more, again and again."""

    def __init__(self, process: "subprocess.Popen[str]") -> None:
        self._process = process

    def begin(self, place: str, path: str, patience_ms: int = PATIENCE_MS) -> None:
        """Start the program with a path, "" for none."""
        self._process.stdin.write(json.dumps([place, path, patience_ms]) + "\n")
        self._process.stdin.flush()

    def is_answered(self) -> bool:
        return bool(select.select([self._process.stdout], [], [], 0)[0])

    def is_taken(self) -> bool:
        """Wait for the start to end; say whether the first one took what it was given."""
        return self._process.stdout.readline() == "True\n"


@pytest.fixture(scope="module")
def later() -> Iterator[Later]:
    with subprocess.Popen(
        [sys.executable, "-c", LATER], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        yield Later(process)
        process.kill()


@pytest.fixture
def is_taken(qtbot: QtBot, later: Later, place: str) -> Start:
    """Start the program once more with a path, "" for none; say whether the first one took it."""

    def start(path: str = "") -> bool:
        later.begin(place, path)
        qtbot.waitUntil(later.is_answered, timeout=20_000)
        return later.is_taken()

    return start


@pytest.mark.window
def test_a_second_double_click_opens_in_the_window_that_is_there(
    qtbot: QtBot, window: MainWindow, instance: SingleInstance, path: Path, is_taken: Start
) -> None:
    assert is_taken(str(path))
    qtbot.waitUntil(lambda: window.documents.path == path)
    assert window.session.setup == Setup(w1=0.25)


def test_a_relative_path_is_that_of_the_later_start(
    qtbot: QtBot, window: MainWindow, instance: SingleInstance, path: Path, is_taken: Start
) -> None:
    relative = os.path.relpath(path, Path.cwd())
    assert is_taken(relative)
    qtbot.waitUntil(lambda: window.documents.path is not None)
    assert window.documents.path.resolve() == path


def test_a_second_start_without_a_file_is_taken_and_changes_nothing(
    window: MainWindow, instance: SingleInstance, is_taken: Start
) -> None:
    run = window.session.run
    assert is_taken()
    assert window.session.run is run


def test_by_choice_a_file_opens_in_a_new_window(
    window: MainWindow, instance: SingleInstance, path: Path, is_taken: Start
) -> None:
    window.preferring.opens_new_windows = True
    assert not is_taken(str(path))
    assert window.documents.path is None


def test_while_a_question_waits_a_later_start_has_its_own_window(
    window: MainWindow, instance: SingleInstance, path: Path, is_taken: Start
) -> None:
    question = QDialog(window)
    question.open()
    assert not is_taken(str(path))
    question.reject()


def test_where_nobody_listens_nothing_is_handed_over(
    qapp: QApplication, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instance_module, "_START_S", 0.2)
    assert not hand_over(place, None)


def test_a_socket_that_a_killed_program_left_is_taken_over(
    asked: Asked, place: str, is_taken: Start
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
    instance = SingleInstance(place, lock_at(place), asked.take, asked)
    assert is_taken()
    instance.end()
    assert not Path(place).exists()


def test_when_the_first_program_ends_the_second_one_answers(
    qtbot: QtBot,
    asked: Asked,
    place: str,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_taken: Start,
) -> None:
    monkeypatch.setattr(instance_module, "_TAKE_OVER_MS", 5)
    first = SingleInstance(place, lock_at(place), lambda _path: False, asked)
    second = SingleInstance(place, lock_at(place), asked.take, asked)
    assert (first.is_listening, second.is_listening) == (True, False)
    assert not is_taken(str(path))
    first.end()
    qtbot.waitUntil(lambda: second.is_listening)
    assert is_taken(str(path))
    second.end()


def test_a_start_in_the_same_moment_waits_until_the_first_one_listens(
    asked: Asked, place: str, path: Path, is_taken: Start
) -> None:
    lock = lock_at(place)
    assert not instance_address.is_held_by_another(lock)
    assert instance_address.is_held_by_another(lock_at(place))
    made: list[SingleInstance] = []
    QTimer.singleShot(300, lambda: made.append(SingleInstance(place, lock, asked.take, asked)))
    assert is_taken(str(path))
    assert asked.paths == [path]
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
    qtbot: QtBot,
    asked: Asked,
    listening: SingleInstance,
    place: str,
    name: str,
    monkeypatch,
    is_taken: Start,
) -> None:
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    socket = QLocalSocket()
    socket.connectToServer(place)
    assert socket.waitForConnected(1000)
    with qtbot.waitSignal(socket.disconnected):
        socket.write(ODD[name])
        socket.flush()
    assert socket.readAll().data() == b""
    assert asked.paths == []
    assert "XDG_ACTIVATION_TOKEN" not in os.environ
    assert is_taken()


def test_callers_who_say_nothing_keep_nobody_out_for_long(
    qtbot: QtBot,
    listening: SingleInstance,
    place: str,
    monkeypatch: pytest.MonkeyPatch,
    is_taken: Start,
) -> None:
    monkeypatch.setattr(instance_module, "_PATIENCE_MS", 300)
    silent = []
    for _each in range(200):
        socket = QLocalSocket()
        socket.connectToServer(place)
        silent.append(socket)
        QApplication.processEvents()
    callers = listening.findChildren(instance_module._Caller)
    assert len(callers) <= instance_module._MOST_CALLERS
    qtbot.waitUntil(lambda: not any(s.state() == s.LocalSocketState.ConnectedState for s in silent))
    assert is_taken()


def test_nothing_is_answered_twice(
    qtbot: QtBot, asked: Asked, listening: SingleInstance, place: str, path: Path
) -> None:
    socket = QLocalSocket()
    socket.connectToServer(place)
    assert socket.waitForConnected(1000)
    with qtbot.waitSignal(socket.disconnected):
        socket.write(said(str(path)))
        socket.flush()
        qtbot.waitUntil(lambda: bool(asked.paths))
        socket.write(said(str(path)))
        socket.flush()
    assert asked.paths == [path]


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
    time.sleep(0.02)
"""
needs_sockets = pytest.mark.skipif(sys.platform == "win32", reason="there they are pipes")


@needs_sockets
@pytest.mark.parametrize("manner", ["silent", "endless"])
def test_a_start_waits_for_no_program_that_hangs(
    place: str, manner: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instance_module, "_PATIENCE_MS", 300)
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
    asked: Asked, listening: SingleInstance, place: str, path: Path, is_taken: Start, later: Later
) -> None:
    """The start has opened a window of its own: the same file would be open twice."""
    later.begin(place, str(path), patience_ms=100)
    assert not later.is_taken()  # this thread, in which the window is, does nothing meanwhile
    assert is_taken()
    assert asked.paths == [None]


@needs_sockets
def test_a_program_of_somebody_else_s_is_neither_told_nor_heard(
    asked: Asked,
    listening: SingleInstance,
    place: str,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    is_taken: Start,
) -> None:
    monkeypatch.setattr(instance_peers, "_user", lambda _descriptor: os.geteuid() + 1)
    assert not is_taken(str(path))
    assert not hand_over(place, path)
    assert asked.paths == []


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid(), reason="only root becomes others")
def test_another_user_is_known_by_the_system_s_own_word(qtbot: QtBot, asked: Asked) -> None:
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
        made = SingleInstance(place, lock_at(place), asked.take, asked)
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
    assert asked.paths == []


def test_a_lock_that_names_no_program_is_taken_over(
    qtbot: QtBot, asked: Asked, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(instance_module, "_TAKE_OVER_MS", 5)
    lock = lock_at(place)
    Path(lock.fileName()).write_bytes(b"")  # as a full disk leaves it
    made = SingleInstance(place, lock, asked.take, asked)
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
def test_a_link_is_not_followed_twice(
    monkeypatch: pytest.MonkeyPatch, short: Path, later: Later
) -> None:
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
    asked: Asked, monkeypatch: pytest.MonkeyPatch, short: Path, length: int
) -> None:
    runtime = short / ("r" * (length - len(f"{short}/") - len("/backprop-gui-00000000")))
    runtime.mkdir(mode=0o700)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(runtime))
    made = SingleInstance(
        instance_address.of(short), instance_address.lock_of(short), asked.take, asked
    )
    assert made.is_listening
    made.end()


def test_the_address_is_the_person_s_and_the_screen_s(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen = set()
    for screen in (":0", ":1"):
        monkeypatch.setenv("DISPLAY", screen)
        monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
        seen |= {instance_address.of(tmp_path), instance_address.of(tmp_path / "somebody else")}
    assert len(seen) == 4


def test_an_activation_token_reaches_the_window(
    qtbot: QtBot, listening: SingleInstance, place: str, monkeypatch
) -> None:
    monkeypatch.delenv("XDG_ACTIVATION_TOKEN", raising=False)
    socket = QLocalSocket()
    socket.connectToServer(place)
    assert socket.waitForConnected(1000)
    with qtbot.waitSignal(socket.disconnected):
        socket.write(json.dumps({"path": None, "token": "abc"}).encode() + b"\n")
        socket.flush()
    assert os.environ.pop("XDG_ACTIVATION_TOKEN") == "abc"
