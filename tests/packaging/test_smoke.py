"""The smoke run accepts this program, and nothing that computes or writes something else."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
SMOKE = ROOT / "packaging" / "smoke.py"


def smoke(*program: str) -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run(
        [sys.executable, SMOKE, *program],
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def test_this_program_passes() -> None:
    done = smoke(sys.executable, "-m", "backprop_gui")
    assert (done.returncode, done.stderr) == (0, "")
    assert "output: 0.8900135432882583" in done.stdout
    assert "step.pptx: " in done.stdout
    assert "run.xlsx: " in done.stdout


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        ("print('output 0.8900135432882583\\niterations 812')", "iterations should be 813"),
        ("print('output 0.8900135432882584\\niterations 813')", "output should be 0.8900135432882"),
        ("print('output 0.8900135432882583\\niterations 813')", "network.png was not written"),
        ("", "iterations should be 813: it is not printed"),
        ("import sys; sys.exit('no Qt here')", "no Qt here"),
    ],
)
def test_a_program_that_does_something_else_does_not(code: str, reason: str) -> None:
    done = smoke(sys.executable, "-c", code)
    assert done.returncode == 1
    assert reason in done.stderr
