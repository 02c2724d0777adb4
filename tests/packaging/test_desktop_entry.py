"""The desktop entry, by which a desktop lists and starts the program."""

import re
import subprocess
import sys
import tomllib

import pytest

from tests.packaging.conftest import ROOT, Tool

ENTRY = ROOT / "packaging" / "linux" / "backprop-gui.desktop"
COMMANDS = re.findall(r"^Exec=(.*)$", ENTRY.read_text(encoding="utf-8"), re.MULTILINE)


def test_the_desktop_entry_is_valid(tool: Tool) -> None:
    done = tool("desktop-file-validate", ENTRY)
    assert done.returncode == 0, done.stdout + done.stderr  # a hint is no error


def test_the_desktop_entry_opens_a_file_and_a_new_window() -> None:
    assert [command.split()[1:] for command in COMMANDS] == [["--desktop", "%f"], ["--new-window"]]


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_the_one_that_the_package_installs(command: str) -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    scripts = project["project"]["gui-scripts"]
    assert scripts == {command.split()[0]: "backprop_gui.cli.main:main"}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_has_options_that_there_are(command: str) -> None:
    told = subprocess.run(
        [sys.executable, "-m", "backprop_gui", "--help"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    options = [word for word in command.split() if word.startswith("-")]
    assert options
    for option in options:
        assert re.search(rf"^  {option} ", told.stdout, re.MULTILINE)


def test_every_action_that_is_listed_has_its_group() -> None:
    text = ENTRY.read_text(encoding="utf-8")
    listed = re.findall(r"^Actions=(.*);$", text, re.MULTILINE)[0].split(";")
    assert re.findall(r"^\[Desktop Action (.*)\]$", text, re.MULTILINE) == listed
