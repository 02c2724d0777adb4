"""What the lower layers may import."""

import subprocess
import sys

import pytest

LISTING = """
import importlib, pkgutil, sys
for name in sys.argv[1:]:
    package = importlib.import_module(name)
    for module in pkgutil.iter_modules(getattr(package, "__path__", []), f"{name}."):
        importlib.import_module(module.name)
print(*{name.partition(".")[0] for name in sys.modules})
"""


@pytest.mark.parametrize(
    "name", ["core", "lesson", "drawing", "storage.files", "cli.main", "cli.train"]
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
