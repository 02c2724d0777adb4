"""Measure how long hostile files take to be refused, and how much memory.

Run with `PYTHONPATH=. .venv/bin/python tests/benchmarks/hostile.py`.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

from tests.storage.test_opening import HOSTILE, MEASURED


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder, "hostile")
        for name, make in HOSTILE.items():
            path.write_bytes(make())
            command = [sys.executable, "-c", MEASURED, str(path)]
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            _said, seconds, kilobytes = done.stdout.splitlines()
            print(f"{name:32} {float(seconds):6.3f} s {int(kilobytes) / 1024:5.0f} MB")


if __name__ == "__main__":
    main()
