"""The desktop entry, by which a desktop lists and starts the program."""

import shutil
import subprocess
from pathlib import Path

ENTRY = Path(__file__).resolve().parents[2] / "packaging" / "linux" / "backprop-gui.desktop"


def test_the_desktop_entry_is_valid() -> None:
    validate = shutil.which("desktop-file-validate")
    assert validate, "desktop-file-validate is missing: install the package desktop-file-utils"
    done = subprocess.run([validate, ENTRY], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr  # a hint is no error


def test_the_desktop_entry_starts_the_command_that_the_package_installs() -> None:
    lines = ENTRY.read_text(encoding="utf-8").splitlines()
    project = (ENTRY.parents[2] / "pyproject.toml").read_text(encoding="utf-8")
    command = next(line.removeprefix("Exec=") for line in lines if line.startswith("Exec="))
    assert f'\n{command} = "backprop_gui.cli:main"\n' in project
