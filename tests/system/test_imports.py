"""With PySide there, modules are imported without a look at their source."""

import subprocess
import sys

_MEASURED = """
import inspect
read = []
inspect.getsource = lambda module, of=inspect.getsource: read.append(module) or of(module)
{begin}
import wave
assert "wave" in globals()
print("wave" in [each.__name__ for each in read])
"""


def _told(begin: str) -> str:
    words = [sys.executable, "-c", _MEASURED.format(begin=begin)]
    return subprocess.run(words, capture_output=True, text=True, check=True).stdout.strip()


def test_no_source_is_read_to_import_a_module() -> None:
    assert _told("import PySide6.QtCore") == "True", "PySide has left the habit: so can we"
    begin = "from backprop_gui.system.imports import import_plainly; import_plainly()"
    assert _told(begin) == "False"
