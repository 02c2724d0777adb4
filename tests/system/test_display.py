"""Whether a window can be opened."""

import socket
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from backprop_gui.system.display import missing_display

pytestmark = pytest.mark.skipif(
    sys.platform in ("win32", "darwin"), reason="there Qt needs no variable to find the screen"
)


@pytest.fixture(autouse=True)
def _no_display(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(tmp_path))


@pytest.fixture
def local() -> Iterator[socket.socket]:
    with socket.socket(socket.AF_UNIX) as server:
        yield server


def test_without_variables_there_is_no_display() -> None:
    expected = "There is no display (neither DISPLAY nor WAYLAND_DISPLAY is set)."
    assert missing_display() == expected


@pytest.mark.parametrize("platform", ["xcb", "xcb:x", "wayland", "wayland;xcb"])
def test_a_platform_that_needs_a_display_is_not_believed_to_have_one(
    monkeypatch: pytest.MonkeyPatch, platform: str
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", platform)
    monkeypatch.setenv("DISPLAY", ":987654")
    assert missing_display() == "The display :987654 does not answer."


def test_empty_variables_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.setenv(name, "")
    problem = missing_display()
    assert problem is not None
    assert "neither" in problem


@pytest.mark.parametrize(
    "name", [":987654", "unix:987654.0", "127.0.0.1:59535", "127.0.0.1:99999", "nonsense", "[::1]:"]
)
def test_an_x_display_that_does_not_answer_is_named(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("DISPLAY", name)
    assert missing_display() == f"The display {name} does not answer."


@pytest.mark.parametrize("has_file", [False, True])
def test_a_wayland_display_that_does_not_answer_is_named(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, local: socket.socket, has_file: bool
) -> None:
    if has_file:
        local.bind(str(tmp_path / "wayland-0"))  # as a compositor that crashed leaves it
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert missing_display() == "The display wayland-0 does not answer."


@pytest.mark.parametrize("is_absolute", [False, True])
def test_a_wayland_socket_that_listens_is_a_display(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, local: socket.socket, is_absolute: bool
) -> None:
    path = tmp_path / "wayland-0"
    local.bind(str(path))
    local.listen()
    monkeypatch.setenv("WAYLAND_DISPLAY", str(path) if is_absolute else path.name)
    assert missing_display() is None


@pytest.mark.skipif(sys.platform != "linux", reason="abstract sockets are Linux's")
@pytest.mark.parametrize("name", [":987653", ":987653.0", "unix:987653"])
def test_an_x_socket_that_listens_is_a_display(
    monkeypatch: pytest.MonkeyPatch, local: socket.socket, name: str
) -> None:
    local.bind("\0/tmp/.X11-unix/X987653")
    local.listen()
    monkeypatch.setenv("DISPLAY", name)
    assert missing_display() is None


def test_an_x_server_on_another_computer_is_a_display(monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setenv("DISPLAY", f"127.0.0.1:{server.getsockname()[1] - 6000}.0")
        assert missing_display() is None


def test_one_display_that_answers_is_enough(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, local: socket.socket
) -> None:
    local.bind(str(tmp_path / "wayland-0"))
    local.listen()
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    monkeypatch.setenv("DISPLAY", ":987654")
    assert missing_display() is None
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-1")
    assert missing_display() is not None


def test_a_platform_chosen_for_qt_is_believed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    assert missing_display() is None


@pytest.mark.parametrize(
    ("variable", "name"),
    [("WAYLAND_DISPLAY", "w" * 200), ("DISPLAY", "a..b:0"), ("DISPLAY", f"{'h' * 70}:0")],
)
def test_a_name_that_cannot_be_one_is_a_display_that_does_not_answer(
    monkeypatch: pytest.MonkeyPatch, variable: str, name: str
) -> None:
    monkeypatch.setenv(variable, name)
    assert missing_display() == f"The display {name} does not answer."
