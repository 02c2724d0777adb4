"""Whoever starts the program in a folder of other people's files runs none of them."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.export import formats
from backprop_gui.storage.experiment_file import Document, encoded
from backprop_gui.system import programs
from backprop_gui.window import second_window
from backprop_gui.window.main_window import MainWindow
from backprop_gui.window.second_window import Another, start_another

NAMES = (
    "json.py", "PySide6.py", "numpy/__init__.py", "sitecustomize.py", "usercustomize.py", "pptx.py",
    "PIL.py", "subprocess.py", "socket.py", "tempfile.py", "logging.py", "pyqtgraph.py",
    "ziamath.py", "gettext.py", "dataclasses.py", "backprop_gui/__init__.py",
)  # fmt: skip


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A folder with files that are called as modules are, and each say that they were run."""
    folder = tmp_path / "from a student"
    for name in NAMES:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"open({str(tmp_path / 'run.txt')!r}, 'a').write({name!r})\n")
    return folder


def were_run(hostile: Path) -> str:
    told = hostile.parent / "run.txt"
    return told.read_text() if told.exists() else ""


def run(hostile: Path, *words: str, **more: str) -> "subprocess.CompletedProcess[str]":
    """Run the program in that folder."""
    return subprocess.run(
        [*words], cwd=hostile, env={**os.environ, **more}, capture_output=True, text=True
    )


MODULE = (sys.executable, "-m", "backprop_gui")
SCRIPT = (str(Path(sys.executable).with_name("backprop-gui")),)
WORDS = [
    ("train",),
    ("export", "network.png"),
    ("export", "curve.png", "--what", "error"),
    ("export", "step.pptx", "--positions", "1:9"),
    ("export", "run.gif", "--positions", "1-2"),
    ("export", "run.json"),
]


@pytest.mark.parametrize("words", WORDS, ids=[" ".join(words[:2]) for words in WORDS])
def test_a_command_runs_no_file_of_the_working_folder(
    hostile: Path, words: tuple[str, ...]
) -> None:
    """As a module Python itself reads that folder until the program begins: hence no package."""
    shutil.rmtree(hostile / "backprop_gui")
    (hostile / "dataclasses.py").unlink()  # Python's own `-m` reads it before there is a program
    done = run(hostile, *MODULE, *words)
    assert (done.returncode, done.stderr) == (0, "")
    assert were_run(hostile) == ""


@pytest.mark.skipif(not Path(SCRIPT[0]).exists(), reason="the command is not installed here")
def test_the_installed_command_runs_no_file_of_the_working_folder(hostile: Path) -> None:
    done = run(hostile, *SCRIPT, "export", "step.pptx", "--positions", "1:9")
    assert (done.returncode, done.stderr) == (0, "")
    assert were_run(hostile) == ""


@pytest.mark.parametrize("search", [os.pathsep, f".{os.pathsep}nowhere"])
def test_a_search_path_with_an_empty_place_runs_no_file_once_the_program_has_begun(
    hostile: Path, search: str
) -> None:
    for name in ("sitecustomize.py", "usercustomize.py", "dataclasses.py"):
        (hostile / name).unlink()  # Python reads these before there is a program
    shutil.rmtree(hostile / "backprop_gui")
    done = run(hostile, *MODULE, "export", "step.pptx", "--positions", "1:9", PYTHONPATH=search)
    assert (done.returncode, done.stderr) == (0, "")
    assert were_run(hostile) == ""


@pytest.mark.parametrize("search", ["", os.pathsep, "."])
def test_another_window_runs_no_file_of_the_working_folder(
    qtbot: QtBot,
    window: MainWindow,
    hostile: Path,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    search: str,
) -> None:
    path = hostile / "mine.backprop"
    path.write_bytes(encoded(Document(Setup(w1=0.25))))
    (tmp_path / "home").mkdir()
    monkeypatch.chdir(hostile)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PYTHONPATH", search)
    settings = Path(os.environ["XDG_CONFIG_HOME"], "backprop-gui", "settings.json")
    refused: list[str] = []
    other = start_another(window, refused.append, Path("mine.backprop"))
    assert other is not None
    # The new window has opened the file when it remembers it as the last one.
    qtbot.waitUntil(
        lambda: bool(refused) or (settings.exists() and str(path) in settings.read_text()),
        timeout=60_000,
    )
    other.process.terminate()
    qtbot.waitUntil(lambda: other.process.poll() is not None, timeout=20_000)
    assert (refused, other.process.returncode) == ([], 0)
    assert were_run(hostile) == ""


def test_new_window_is_said_to_have_failed_when_it_has(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        programs, "ourselves", lambda: [sys.executable, "-c", "raise SystemExit(3)"]
    )
    window.commands["new_window"].trigger()
    qtbot.waitUntil(lambda: "code 3" in said(window), timeout=20_000)
    qtbot.waitUntil(lambda: not window.findChildren(Another))
    window.messages.end_problem()
    monkeypatch.setattr(programs, "ourselves", lambda: ["/nowhere/python"])
    window.commands["new_window"].trigger()
    assert said(window).startswith("Another window could not be opened: No such file")


def test_how_a_window_ends_later_is_its_own_matter(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(second_window, "_LOOK_MS", 1)
    monkeypatch.setattr(second_window, "_LOOKS", 1)
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    code = f"import sys; open({str(pipe)!r}).read(); sys.exit(3)"
    monkeypatch.setattr(programs, "ourselves", lambda: [sys.executable, "-c", code])
    refused: list[str] = []
    other = start_another(window, refused.append)
    qtbot.waitUntil(lambda: other._looks > 1)
    with qtbot.waitSignal(other.destroyed, timeout=20_000):
        pipe.open("w").close()  # which waits until the program reads; then that ends
    assert refused == []


def said(window: MainWindow) -> str:
    from backprop_gui.widgets.banner import Banner

    banner = window.findChild(Banner)
    return banner.accessibleName() if banner else ""


def make_program(folder: Path, name: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(f"#!/bin/sh\necho {path} >>'{folder}.run'\n")
    path.chmod(path.stat().st_mode | stat.S_IXUSR)
    return path


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
@pytest.mark.parametrize("search", ["", ".", "{s}", "{s}.", "here", "./here{s}"])
def test_a_program_of_the_working_folder_is_none_of_ours(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, search: str
) -> None:
    make_program(tmp_path, "ffmpeg")
    make_program(tmp_path / "here", "ffmpeg")
    good = make_program(tmp_path / "good", "ffmpeg")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", search.format(s=os.pathsep))
    assert programs.found("ffmpeg") is None
    assert "add it to the PATH" in formats.problem(formats.MP4)
    monkeypatch.setenv("PATH", os.pathsep.join((search.format(s=os.pathsep), str(good.parent))))
    assert programs.found("ffmpeg") == str(good)


@pytest.mark.skipif(sys.platform == "win32", reason="a script is no program there")
@pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="ffmpeg is not installed")
def test_a_video_is_made_by_no_program_of_the_working_folder(hostile: Path) -> None:
    make_program(hostile, "ffmpeg")
    search = os.pathsep.join(("", ".", os.environ["PATH"]))
    done = run(hostile, *SCRIPT, "export", "run.mp4", "--positions", "1-2", PATH=search)
    assert (done.returncode, done.stderr) == (0, "")
    assert b"ftyp" in (hostile / "run.mp4").read_bytes()[:16]
    assert not Path(f"{hostile}.run").exists()


@pytest.mark.skipif(sys.platform == "win32", reason="there PATH alone does not decide it")
@pytest.mark.parametrize("search", ["", ".", "{s}{s}", "here{s}.{s}"])
def test_what_others_start_for_us_is_not_of_the_working_folder_either(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, search: str
) -> None:
    """As Qt starts xdg-open by its name, and that starts others by theirs."""
    make_program(tmp_path, "backprop-viewer")
    make_program(tmp_path / "here", "backprop-viewer")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PATH", search.format(s=os.pathsep))
    programs.forget_working_folder()
    with pytest.raises(FileNotFoundError):
        subprocess.run(["backprop-viewer"])
    assert all(Path(folder).is_absolute() for folder in os.environ["PATH"].split(os.pathsep))


def test_from_a_folder_that_is_gone_the_program_still_starts(tmp_path: Path) -> None:
    gone = tmp_path / "gone"
    gone.mkdir()
    begin = f"import os, sys; os.rmdir(os.getcwd()); os.execv(sys.executable, {[*MODULE, 'train']})"
    done = subprocess.run(
        [sys.executable, "-P", "-c", begin], cwd=gone, capture_output=True, text=True
    )
    assert "813" in done.stdout, done.stderr


def test_where_the_package_itself_is_what_else_is_there_comes_last(tmp_path: Path) -> None:
    """A checkout that is not installed: `python -m backprop_gui` in its folder."""
    root = Path(programs._ROOT)
    shutil.copytree(root / "backprop_gui", tmp_path / "backprop_gui")
    shutil.copytree(root / "resources", tmp_path / "resources")
    (tmp_path / "json.py").write_text("raise SystemExit('json.py was run')")
    code = "import sys, runpy; sys.argv[1:] = ['export', 'run.json']; "
    code += "runpy.run_module('backprop_gui', run_name='__main__', alter_sys=True)"
    for words in (MODULE[1:], ("-c", code), ("-P", "backprop_gui/__main__.py")):
        more = () if words[0] == "-c" else ("export", "run.json")
        done = run(tmp_path, sys.executable, *words, *more)
        assert (done.returncode, done.stderr) == (0, ""), words
        (tmp_path / "run.json").unlink()
