"""No file of the package imports another one that leads back to it."""

import ast
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import backprop_gui

PACKAGE = Path(backprop_gui.__file__).parent


def _name(path: Path) -> str:
    parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def _imported(path: Path, known: set[str]) -> set[str]:
    """Return which files a file imports, within functions and for types, too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            inner = {f"{node.module}.{alias.name}" for alias in node.names}
            found |= inner & known or {node.module or ""}
    return found & known


def test_no_files_import_each_other_in_a_circle() -> None:
    paths = {_name(path): path for path in PACKAGE.rglob("*.py")}
    graph = {name: _imported(path, set(paths)) - {name} for name, path in paths.items()}
    assert sum(map(len, graph.values())) > 500
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as error:
        pytest.fail(" imports ".join(reversed(error.args[1])))
