"""The measuring programs still run; what they measure is for a person to read."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import forking

HERE = Path(__file__).parent
PROGRAMS = sorted({path.stem for path in HERE.glob("*.py")} - {"measuring", "test_quick"})
LIMIT_S = 300.0
# As `python -m` does.
STARTED = """
import runpy, sys
sys.argv[:] = sys.argv[1:]
runpy.run_module(sys.argv[0], run_name="__main__", alter_sys=True)
"""


@pytest.fixture(scope="module")
def origin() -> Iterator[forking.Origin]:
    made = forking.origin("backprop_gui.window.main_window", "pyqtgraph")
    yield made
    made.end()


@pytest.mark.parametrize("name", PROGRAMS)
def test_a_measuring_program_starts_as_it_says_and_comes_to_its_end(
    origin: forking.Origin, name: str
) -> None:
    module = f"tests.benchmarks.{name}"
    assert f"python -m {module}" in (HERE / f"{name}.py").read_text("utf-8")
    environment = os.environ | {"QT_QPA_PLATFORM": "offscreen"}
    process = origin.start(STARTED, module, "--quick", env=environment)
    try:
        output, errors = process.communicate(LIMIT_S)
    finally:
        process.close()
    assert process.returncode == 0, errors
    assert output
