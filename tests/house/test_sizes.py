"""How large a file and a function may be, and that a name stands for one thing."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = sorted((ROOT / "backprop_gui").rglob("*.py"))
ALL = [*PACKAGE, *sorted((ROOT / "packaging").glob("*.py"))]
MOST_IN_FILE, MOST_IN_FUNCTION = 400, 50


def too_long(path: Path) -> Iterator[str]:
    """Yield the name of a file that is too long, and of each function in it that is."""
    text = path.read_text(encoding="utf-8")
    if text.count("\n") > MOST_IN_FILE:
        yield path.name
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno
            if node.end_lineno - node.lineno >= MOST_IN_FUNCTION:
                yield node.name


@pytest.mark.parametrize("path", ALL, ids=lambda path: str(path.relative_to(ROOT)))
def test_no_file_and_no_function_is_too_long_to_be_read_at_once(path: Path) -> None:
    assert list(too_long(path)) == []


def test_a_file_and_a_function_that_are_too_long_are_found(tmp_path: Path) -> None:
    long = tmp_path / "long.py"
    long.write_text("def short():\n" + "    pass\n" * 49 + "def long():\n" + "    pass\n" * 50)
    assert list(too_long(long)) == ["long"]
    long.write_text("x = 0\n" * 401)
    assert list(too_long(long)) == ["long.py"]


def test_a_class_s_name_is_used_once_in_the_package() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for path in PACKAGE:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.ClassDef):
                places[node.name].append(str(path.relative_to(ROOT)))
    assert {name: files for name, files in places.items() if len(files) > 1} == {}
