"""The installer for Windows; only Inno Setup itself, in the release workflow, can compile it."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = (ROOT / "packaging" / "windows" / "backprop-gui.iss").read_text(encoding="utf-8")
SETUP = dict(re.findall(r"^(\w+)=(.*)$", SCRIPT, re.MULTILINE))


def test_the_app_id_is_that_of_every_release() -> None:
    assert SETUP["AppId"] == "{{67EA1CC1-2974-4F34-B963-BEC42ED23C9D}"


def test_no_administrator_is_asked_for() -> None:
    assert SETUP["PrivilegesRequired"] == "lowest"
    assert "{autopf}" in SETUP["DefaultDirName"]
    assert not re.search(r"Root: HK(?!A;)", SCRIPT)


def test_every_path_is_the_program_s_own() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    (program,) = project["project"]["gui-scripts"]
    assert set(re.findall(r"\{app\}\\([\w.-]+\.exe)", SCRIPT)) == {f"{program}.exe"}
    assert (ROOT / SETUP["LicenseFile"]).is_file()


@pytest.mark.parametrize("line", [line for line in SCRIPT.splitlines() if line.startswith("Root:")])
def test_the_uninstaller_undoes_what_is_registered(line: str) -> None:
    key = re.findall(r'Subkey: "([^"]+)"', line)[0]
    undone = re.findall(r'Subkey: "([^"]+)".*uninsdeletekey$', SCRIPT, re.MULTILINE)
    assert "uninsdelete" in line or any(key.startswith(f"{above}\\") for above in undone)


def test_a_file_is_opened_with_its_name_quoted() -> None:
    assert r'ValueData: """{app}\backprop-gui.exe"" ""%1"""' in SCRIPT
