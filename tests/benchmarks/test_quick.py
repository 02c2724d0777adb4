"""The measuring programs still run; what they measure is for a person to read."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
PROGRAMS = sorted({path.stem for path in HERE.glob("*.py")} - {"measuring", "test_quick"})
LIMIT_S = 300.0


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_measuring_program_starts_as_it_says_and_comes_to_its_end(name: str) -> None:
    command = f"python -m tests.benchmarks.{name}"
    assert command in (HERE / f"{name}.py").read_text("utf-8")
    done = subprocess.run(
        [sys.executable, *command.split()[1:], "--quick"],
        cwd=HERE.parents[1],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        check=False,
        timeout=LIMIT_S,
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout
