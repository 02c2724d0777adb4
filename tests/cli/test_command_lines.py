"""Whatever the words of a command line are: a file, or one line and exit code 2.

`BACKPROP_COMMAND_LINES=10000` tries so many; tests/command_lines.py does the same by itself.
"""

import argparse
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from backprop_gui.cli.main import _parser
from tests.command_lines import BAD_BYTES, KNOWN, SUFFIXES, prepare, tried, words_of

pytestmark = pytest.mark.skipif(os.name != "posix", reason="there are links to devices in the way")

COUNT = int(os.environ.get("BACKPROP_COMMAND_LINES", "48"))
BATCHES = 12
FEW = ("--max-iterations", "3")
SMALL = ("--size", "64x64", "--positions", "1:1-2", *FEW)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Iterator[Path]:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    prepare(tmp_path)
    yield tmp_path
    hidden = [path.name for path in tmp_path.rglob(".*")]
    assert hidden == []


@pytest.mark.parametrize("command", KNOWN)
def test_the_random_command_lines_have_every_option_that_there_is(command: str) -> None:
    actions = _parser()._actions
    (commands,) = (a.choices for a in actions if isinstance(a, argparse._SubParsersAction))
    assert set(commands) == set(KNOWN)
    options = {name for each in commands[command]._actions for name in each.option_strings}
    assert options - {"-h", "--help"} == KNOWN[command]
    said = {word.partition("=")[0] for seed in range(2000) for word in words_of(seed)}
    assert KNOWN[command] <= said


@pytest.mark.parametrize("batch", range(BATCHES))
def test_any_command_line_gives_a_file_or_one_line_and_code_2(folder: Path, batch: int) -> None:
    faults = {}
    for seed in range(batch, COUNT, BATCHES):
        words = words_of(seed)
        if fault := tried(words, folder).fault:
            faults[seed] = [word[:60] for word in words], fault
    assert faults == {}


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (["p.gif", "--loops", "70000", *SMALL], 2),
        (["p.webp", "--loops", "65536", *SMALL], 2),
        (["p.apng", "--loops", "-1", *SMALL], 2),
        (["p.gif", "--loops", "65535", *SMALL], 0),
        (["p.webp", "--loops", "65535", *SMALL], 0),
        (["p.gif", "--loops", "00", *SMALL], 0),
        (["p.gif", "--seconds", "1e-300", *SMALL], 2),
        (["p.gif", "--seconds", "nan", *SMALL], 2),
        (["p.webp", "--size", "16384x16", *FEW], 2),
        (["p.webp", "--size", "16383x16", "--positions", "1:1", *FEW], 0),
        (["p.mp4", "--size", "16x16384", *FEW], 2),
        (["p.pptx", "--tolerance", "1.7e308", *FEW], 0),
        (["p.pptx", "--tolerance", "5e-324", "--target", "0.6", *SMALL], 0),
        (["p.png", "--title", "--theme", "dark"], 2),
        (["p.png", "--title=--theme", *SMALL[:2]], 0),
        (["p.png", "--title=-x", *SMALL[:2]], 0),
        (["p.png", "--title", "-5 degrees", *SMALL[:2]], 0),
        (["p.png", "--title", "x" * 100_000], 2),
        (["p.png", "--title=--"], 2),
        (["p.png", "--w1=--"], 2),
        (["p.png", "--what=--"], 2),
        (["p.png", "--positions=--"], 2),
        (["p.png", "--max-iterations=--"], 2),
        (["--", "p.png", *SMALL], 2),
        ([*SMALL[:2], "--", "p.png"], 0),
        (["--", "--"], 2),
        (["p.svg", "--eta", "-1/3"], 2),
        (["p.svg", "--w1", "-.5", "--w2", "-1/3", *SMALL[:2]], 0),
        (["p.svg", "--w1", "-" + "½½"], 2),
        (["p.svg", "q.svg"], 2),
        (["p.svg", "--pos", "1"], 2),
        (["a\0.svg"], 2),
        (["\ud800.svg"], 2),
        ([f"{BAD_BYTES}.svg", *SMALL[:2]], 0),
        ([f"{BAD_BYTES}.{BAD_BYTES}"], 2),
        (["full.svg"], 2),
        (["p.pptx", "--what", "values", *SMALL], 2),
        (["p.pptx", "--what", "network+formula", *SMALL], 0),
        (["p.pdf", "--what", "error", "--per-page", "2", *FEW], 2),
        (["p.pdf", "--per-page", "2", "--size", "64x64", *FEW], 2),
        (["p.pdf", "--texts", "outlines", *SMALL], 2),
        (["p.pdf", "--what", "example", "--size", "64x64", *FEW], 2),
        (["n" * 300 + ".csv", *FEW], 2),
    ],
    ids=lambda value: None,
)
def test_a_value_at_the_edge_is_taken_or_refused_in_one_line(
    folder: Path, words: list[str], code: int
) -> None:
    outcome = tried(["export", *words], folder)
    assert outcome.fault == ""
    assert outcome.code == code


@pytest.mark.parametrize("suffix", SUFFIXES)
@pytest.mark.parametrize(
    "setup",
    [
        ("--tolerance", "1.7976931348623157e308"),
        ("--tolerance", "0", "--target", "0.5", "--w2", "0"),  # E is 0 from the beginning
        ("--target", "1e308"),  # E is infinite
        ("--input", "1e308", "--w1", "1e308"),  # net_h is
        ("--eta", "1.7e308", "--w1", "-1e308"),
    ],
    ids=" ".join,
)
def test_every_setup_that_is_taken_can_be_exported_as_every_kind_of_file(
    folder: Path, suffix: str, setup: tuple[str, ...]
) -> None:
    size = ("--size", "64x64") if suffix in SUFFIXES[:8] else ()
    size += ("--positions", "1:1-2") if suffix in SUFFIXES[3:8] else ()
    outcome = tried(["export", f"p.{suffix}", *size, *setup, *FEW], folder)
    assert outcome.fault == ""


def test_one_file_is_not_written_twice(folder: Path) -> None:
    for other in ("p.png", "./p.png", str(folder / "p.png")):
        outcome = tried(["train", "--csv", "p.png", "--picture", other, *FEW], folder)
        assert (outcome.code, outcome.fault) == (2, "")
        assert not (folder / "p.png").exists()
