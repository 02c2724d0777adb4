"""Measure how long hostile files take to be refused, and how much memory.

Run with `.venv/bin/python -m tests.benchmarks.hostile`.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.benchmarks.measuring import is_quick
from tests.storage.test_opening import HOSTILE, MEASURED


def main() -> None:
    few = 3 if is_quick() else None
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "hostile")
        for name, make in list(HOSTILE.items())[:few]:
            path.write_bytes(make())
            command = [sys.executable, "-c", MEASURED, str(path)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            _said, seconds, kilobytes = done.stdout.splitlines()
            print(f"{name:32} {float(seconds):6.3f} s {int(kilobytes) / 1024:5.0f} MB")


if __name__ == "__main__":
    main()
