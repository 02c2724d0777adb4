"""Where a file may stand, and what it may import."""

import ast
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "backprop_gui"

LISTING = """
import importlib, pkgutil, sys
for name in sys.argv[1:]:
    package = importlib.import_module(name)
    for module in pkgutil.iter_modules(getattr(package, "__path__", []), f"{name}."):
        importlib.import_module(module.name)
print(*{name.partition(".")[0] for name in sys.modules})
"""


@pytest.mark.parametrize(
    "name", ["core", "lesson", "drawing", "storage.files", "cli.main", "cli.train", "cli.map"]
)
def test_the_mathematics_the_lesson_and_the_command_line_load_no_window_library(name: str) -> None:
    command = [sys.executable, "-c", LISTING, f"backprop_gui.{name}"]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    assert "backprop_gui" in loaded
    assert not {"PySide6", "shiboken6", "pyqtgraph", "numpy"} & set(loaded)


def test_the_mathematics_know_no_other_layer() -> None:
    listing = LISTING.replace('.partition(".")[0]', "")
    command = [sys.executable, "-c", listing, "backprop_gui.core"]
    loaded = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    ours = {name for name in loaded if name.startswith("backprop_gui.")}
    above = {name for name in ours if not name.startswith("backprop_gui.core")}
    texts = {"backprop_gui.system.texts", "backprop_gui.system.resources"}
    assert above == {"backprop_gui.system", *texts}


def _files(package: Path) -> dict[str, Path]:
    """Return each module of a package by its dotted name; a folder's is its `__init__.py`."""
    files = {}
    for path in package.rglob("*.py"):
        parts = path.relative_to(package.parent).with_suffix("").parts
        files[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return files


def _named(path: Path, package: str) -> Iterator[tuple[str, str]]:
    """Yield (module, name) for each import of a file: at its top, in functions, for types alone."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, "") for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            above = package.split(".")[: 1 - node.level or None] if node.level else []
            module = ".".join([*above, *([node.module] if node.module else [])])
            yield from ((module, alias.name) for alias in node.names)


def _imports(package: Path) -> dict[str, set[str]]:
    """Return the files that each file of a package names.

    Those for types alone count, and those in a function: who reads the one has to read the other.
    """
    files = _files(package)
    graph: dict[str, set[str]] = {}
    for module, path in files.items():
        inside = module if path.stem == "__init__" else module.rpartition(".")[0]
        names = {
            whole if (whole := f"{other}.{name}") in files else other
            for other, name in _named(path, inside)
        }
        graph[module] = names & files.keys() - {module}
    return graph


def _circle(package: Path) -> list[str]:
    try:
        TopologicalSorter(_imports(package)).prepare()
    except CycleError as error:
        return list(error.args[1])
    return []


def test_no_files_import_each_other_in_a_circle() -> None:
    assert _circle(PACKAGE) == []


@pytest.mark.parametrize(
    ("way_there", "way_back"),
    [
        ("import house.room.b", "from house import a"),
        ("from house.room import b", "from house.a import x"),
        ("from .room.b import x", "from ..a import x"),
        ("from .room import b", "from .. import a"),
        ("def f():\n    from house.room.b import x", "import house.a as a"),
        ("if TYPE_CHECKING:\n    from house.room.b import x", "from house.a import x"),
    ],
)
def test_a_circle_would_be_found_however_it_is_written(
    tmp_path: Path, way_there: str, way_back: str
) -> None:
    room = tmp_path / "house" / "room"
    room.mkdir(parents=True)
    for folder in (room.parent, room):
        (folder / "__init__.py").touch()
    (room.parent / "a.py").write_text(f"{way_there}\n")
    (room / "b.py").write_text("import os\n")
    assert _circle(room.parent) == []
    (room / "b.py").write_text(f"{way_back}\n")
    assert set(_circle(room.parent)) == {"house.a", "house.room.b"}


def test_in_the_corridor_stand_only_the_package_and_its_start() -> None:
    assert {path.name for path in PACKAGE.glob("*.py")} == {"__init__.py", "__main__.py"}


def test_the_tests_have_the_rooms_of_the_package() -> None:
    rooms = {path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists()}
    tests = ROOT / "tests"
    tested = {path.parent.relative_to(tests).parts for path in tests.rglob("test_*.py")}
    others = {"house", "packaging", "benchmarks"}
    assert {parts[0] for parts in tested} == rooms | others
    beyond = {parts for parts in tested if parts[0] in rooms}
    assert all(Path(PACKAGE, *parts).is_dir() for parts in beyond)
