"""What the tests of packages share: what was built, the tools, and a screen of their own."""

import os
import re
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from tests.screens import x_server

ROOT = Path(__file__).resolve().parents[2]
SOURCES = ("backprop_gui", "resources", "packaging", "pyproject.toml", "CHANGELOG.md", "LICENSE")
LIMIT_S = 60.0

Tool = Callable[..., subprocess.CompletedProcess[str]]
OpenEntry = Callable[[Path, Path, dict[str, str]], str]


def _do_without(reason: str) -> NoReturn:
    """Skip the test; where everything is asked for, as in CI, fail it."""
    if os.environ.get("BACKPROP_ALL_TOOLS"):
        pytest.fail(reason)
    pytest.skip(reason)


def _built(pattern: str) -> Path:
    """Return what was built of the sources as they are: a former build tells nothing of them."""
    text = (ROOT / "backprop_gui" / "__init__.py").read_text(encoding="utf-8")
    version = re.findall(r'^__version__ = "(.+)"$', text, re.MULTILINE)[0]
    found = list(ROOT.glob(pattern.replace("VERSION", version)))
    if len(found) != 1:
        _do_without(f"there is no {pattern}, which `sh packaging/build.sh` makes")
    sources = (path for name in SOURCES for path in (ROOT / name, *(ROOT / name).rglob("*")))
    changed = max(path.stat().st_mtime for path in sources if is_source(path))
    if changed > found[0].stat().st_mtime:
        _do_without(f"{found[0]} is older than its sources; `sh packaging/build.sh` makes it again")
    return found[0]


def is_source(path: Path) -> bool:
    """Say whether this is a file that somebody wrote."""
    return path.is_file() and path.suffix != ".pyc"


@pytest.fixture(scope="session")
def deb() -> Path:
    return _built("dist/backprop-gui_VERSION_*.deb")


@pytest.fixture(scope="session")
def archive() -> Path:
    return _built("dist/backprop-gui-VERSION-linux-*.tar.xz")


@pytest.fixture(scope="session")
def frozen() -> Path:
    return _built("dist/backprop-gui")


@pytest.fixture(scope="session")
def share() -> Path:
    """What desktops look for, as build.sh collects it for all packages."""
    return _built("build/share")


@pytest.fixture(scope="session")
def tool() -> Tool:
    """Run a program that is not ours; do without the test where it is not."""

    def run(
        name: str, *words: object, env: dict[str, str] | None = None, stdin: str | None = None
    ) -> subprocess.CompletedProcess[str]:
        if shutil.which(name) is None:
            _do_without(f"{name} is not installed")
        return subprocess.run(
            [name, *map(str, words)],
            env={**os.environ, **(env or {})},
            input=stdin,
            capture_output=True,
            text=True,
            check=False,
            timeout=10 * LIMIT_S,
        )

    return run


@pytest.fixture(scope="session")
def unpacked_deb(deb: Path, tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The files of the Debian package."""
    folder = tmp_path_factory.mktemp("deb")
    done = tool("dpkg-deb", "-x", deb, folder)
    assert done.returncode == 0, done.stderr
    return folder


@pytest.fixture
def screen() -> Iterator[str]:
    """The name of an X display that nobody else uses."""
    if shutil.which("Xvfb") is None:
        _do_without("Xvfb is not installed")
    with x_server("1440x900") as (_server, display):
        yield display


@pytest.fixture
def open_entry(screen: str, tool: Tool, tmp_path: Path) -> OpenEntry:
    """Start what a menu entry says, with a file, until there is a window; return its title.

    The command is looked for as a desktop would: below `root`, on a PATH without ~/.local/bin.
    """

    def run(entry: Path, root: Path, variables: dict[str, str]) -> str:
        sample = tmp_path / "An experiment.backprop"
        shutil.copy(ROOT / "resources" / "samples" / "saturated-neuron.backprop", sample)
        command = [word.replace("%f", str(sample)) for word in words_of(entry)]
        path = f"{root}/usr/bin:/usr/bin:/bin"
        assert str(sample) in command
        program = shutil.which(command[0], path=path)
        assert program is not None, f"{command[0]} is not found"
        assert Path(program).is_relative_to(root)
        environment = {"HOME": str(tmp_path), "LC_ALL": "C.UTF-8", **variables}
        environment |= {"PATH": path, "DISPLAY": screen}
        said = tmp_path / "said"
        with said.open("w") as output:
            started = subprocess.Popen(
                [program, *command[1:]], env=environment, stdout=output, stderr=output, cwd="/"
            )
        try:
            wanted = "search", "--name", r"An experiment\.backprop", "getwindowname"
            deadline = time.monotonic() + LIMIT_S
            while (found := tool("xdotool", *wanted, env={"DISPLAY": screen})).returncode != 0:
                assert started.poll() is None, f"it has ended: {said.read_text()}"
                assert time.monotonic() < deadline, f"no window has the file: {said.read_text()}"
        finally:
            _end(started)
        assert started.returncode == 0, said.read_text()  # SIGTERM closes the window in good order
        title: str = found.stdout
        return title

    return run


def words_of(entry: Path) -> list[str]:
    """Return the words of the first line Exec, by the rules of the desktop entry specification."""
    text = entry.read_text(encoding="utf-8")
    value = re.findall(r"^Exec=(.*)$", text, re.MULTILINE)[0]
    value = re.sub(r"\\(.)", lambda escape: {"s": " "}.get(escape[1], escape[1]), value)  # a string
    words = re.findall(r'"((?:[^"\\]|\\.)*)"|(\S+)', value)
    return [
        (re.sub(r"\\(.)", r"\1", quoted) if quoted else plain).replace("%%", "%")
        for quoted, plain in words
    ]


def _end(process: subprocess.Popen[bytes] | subprocess.Popen[str]) -> None:
    process.terminate()
    try:
        process.wait(LIMIT_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
