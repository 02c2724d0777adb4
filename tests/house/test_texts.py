"""Every text that a person reads goes through gettext, so that languages can follow."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = Path(__file__).parents[1] / "untranslated.py"


def test_in_another_language_no_text_is_left_in_english(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": str(SCRIPT.parent.parent),
        "XDG_CONFIG_HOME": str(tmp_path),
        "XDG_DATA_HOME": str(tmp_path),
    }
    done = subprocess.run(
        [sys.executable, str(SCRIPT)], env=environment, capture_output=True, text=True
    )
    assert (done.stdout, done.returncode) == ("", 0), done.stderr


def test_a_text_that_bypasses_gettext_would_be_found(monkeypatch: pytest.MonkeyPatch) -> None:
    code = "from tests.untranslated import outside; print([outside(t).split() for t in {!r}])"
    texts = ("⟦Iteration 3⟧", "Iteration 3", "⟦Saved ⟧mine", "w₁ = 0.5", "⟦a ⟦b⟧ c⟧", "∂E/∂w₂")
    done = subprocess.run(
        [sys.executable, "-c", code.format(texts)],
        env={**os.environ, "PYTHONPATH": str(SCRIPT.parent.parent)},
        capture_output=True,
        text=True,
    )
    assert done.stdout == "[[], ['Iteration', '3'], ['mine'], [], [], []]\n", done.stderr
