"""Python looks for unreachable objects, but not among what the window opened with."""

import subprocess
import sys

_MEASURED = """
import gc
from backprop_gui.system import collection
collection.postpone()
there = [{} for _each in range(9)]
print(gc.isenabled())
collection.begin()
print(gc.isenabled(), any(each is there for each in gc.get_objects()))
"""


def test_what_is_there_when_collecting_begins_is_never_gone_through() -> None:
    words = [sys.executable, "-c", _MEASURED]
    told = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    assert told.split() == ["False", "True", "False"]
