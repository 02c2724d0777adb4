"""What the tests of exports share."""

import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

Tool = Callable[..., str]


@pytest.fixture
def tool() -> Tool:
    """Run a program that is not ours and return what it prints; skip the test where it is not."""

    def run(name: str, *words: object, cwd: Path | None = None) -> str:
        if shutil.which(name) is None:
            pytest.skip(f"{name} is not installed")
        command = [name, *map(str, words)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=cwd, check=False)
        assert done.returncode == 0, f"{command}: {done.stdout[-2000:]}{done.stderr[-2000:]}"
        return done.stdout

    return run
