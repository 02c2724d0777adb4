"""What a desktop learns of experiment files from the MIME type that the packages install."""

import shutil
from pathlib import Path

import pytest

from tests.packaging.conftest import ROOT, Tool

TYPE = "application/x-backprop-experiment"
SAMPLES = sorted((ROOT / "resources" / "samples").glob("*.backprop"))


@pytest.fixture(scope="module")
def database(tool: Tool, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("mime")
    (folder / "packages").mkdir()
    shutil.copy(ROOT / "packaging" / "linux" / "backprop-gui.xml", folder / "packages")
    done = tool("update-mime-database", folder)
    assert done.returncode == 0, done.stderr
    return folder


def test_a_file_is_known_by_its_name(database: Path) -> None:
    lines = (database / "globs2").read_text(encoding="utf-8").splitlines()
    assert f"50:{TYPE}:*.backprop" in lines


@pytest.mark.parametrize("sample", SAMPLES, ids=lambda path: path.stem)
def test_a_file_is_known_by_its_first_bytes(database: Path, sample: Path) -> None:
    # "[priority:type]\n>offset=", the length in two bytes, the value, and "+" how far it may be
    rule = (database / "magic").read_bytes().partition(f":{TYPE}]\n>".encode())[2]
    offset, _sign, rest = rule.partition(b"=")
    length = int.from_bytes(rest[:2], "big")
    value, reach = rest[2 : 2 + length], rest[2 + length :].strip()
    start = sample.read_bytes()[int(offset) : int(offset) + length + int(reach.lstrip(b"+"))]
    assert len(value) > 8
    assert value in start


def test_any_editor_of_json_can_open_it(database: Path) -> None:
    assert f"{TYPE} application/json" in (database / "subclasses").read_text().splitlines()


def test_the_type_has_the_icon_that_is_installed(database: Path) -> None:
    name = TYPE.replace("/", "-")
    assert f"{TYPE}:{name}" in (database / "icons").read_text().splitlines()
    assert (ROOT / "packaging" / "linux" / f"{name}.svg").is_file()


def test_it_is_the_type_that_the_menu_entry_opens() -> None:
    entry = (ROOT / "packaging" / "linux" / "backprop-gui.desktop").read_text(encoding="utf-8")
    assert f"\nMimeType={TYPE};\n" in entry
