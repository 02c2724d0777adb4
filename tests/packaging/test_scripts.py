"""The shell scripts of packaging."""

import pytest

from tests.packaging.conftest import ROOT, Tool

PACKAGING = ROOT / "packaging"
SCRIPTS = sorted([*PACKAGING.glob("*.sh"), *(PACKAGING / "linux").glob("*.sh"), ROOT / ".ci/run"])


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.name)
def test_shellcheck_finds_nothing(tool: Tool, script: object) -> None:
    words = ("--external-sources", f"--source-path={ROOT}")
    done = tool("shellcheck", *words, script)
    assert done.returncode == 0, done.stdout


def test_the_scripts_are_found() -> None:
    assert {"build.sh", "install.sh", "test.sh"} <= {script.name for script in SCRIPTS}
