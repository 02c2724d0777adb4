"""Long commands say on a terminal how far they are, and can be interrupted."""

import io
import re
from contextlib import redirect_stderr
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication

from backprop_gui.cli.main import main
from backprop_gui.export import computed_map
from backprop_gui.system import terminal

RUNS = str(Path(__file__).parents[1] / "former" / "experiment-3.backprop")
COMMANDS = [
    ("train", "--csv", "t.csv"),
    ("compare", "--eta", "0.1,5", "--csv", "c.csv"),
    ("map", "m.csv", "--size", "8"),
    ("export", "l.svg", "--what", "landscape", "--layer", "iterations"),
    ("export", "l.pptx", "--what", "landscape", "--layer", "ends", "--positions", "1"),
    ("export", "d.csv"),
    ("export", "c.pptx", "--what", "compare", "--runs", RUNS),
]


class Terminal(io.StringIO):
    """A terminal, at which a person may interrupt the program as soon as there is progress."""

    is_terminal, is_interrupted = True, False

    def isatty(self) -> bool:
        return self.is_terminal

    def obey(self, words: tuple[str, ...]) -> int:
        """Run the program with these words, its error output here."""
        with redirect_stderr(self):
            return main(words)

    def write(self, text: str) -> int:
        if "%" in text and self.is_interrupted:
            raise KeyboardInterrupt
        return super().write(text)

    @property
    def last_line(self) -> str:
        """What can be read on the last line."""
        shown: list[str] = []
        for part in self.getvalue().rsplit("\n", 1)[-1].split("\r"):
            shown[: len(part)] = part
        return "".join(shown)


@pytest.fixture
def seen(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, qapp: QApplication) -> Terminal:
    """The terminal of a person who is shown everything."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(terminal, "_PATIENCE_S", 0)
    monkeypatch.setattr(terminal, "_PACE_S", 0)
    monkeypatch.setattr(computed_map, "_SIDE", 8)
    return Terminal()


@pytest.mark.parametrize("words", COMMANDS)
def test_a_long_command_says_how_far_it_is_and_leaves_the_line_empty(
    words: tuple[str, ...], seen: Terminal, tmp_path: Path
) -> None:
    assert seen.obey(words) == 0
    assert re.search(r"Computing \d+ %", seen.getvalue())
    assert seen.last_line.strip() == ""
    assert len(list(tmp_path.iterdir())) == 1


@pytest.mark.parametrize("words", COMMANDS)
def test_an_interrupt_leaves_no_file_and_an_empty_line(
    words: tuple[str, ...], seen: Terminal, tmp_path: Path
) -> None:
    seen.is_interrupted = True
    assert seen.obey(words) == 130
    assert seen.last_line.strip() == ""
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("words", COMMANDS)
def test_what_is_no_terminal_gets_no_progress(words: tuple[str, ...], seen: Terminal) -> None:
    seen.is_terminal = False
    assert seen.obey(words) == 0
    assert seen.getvalue() == ""
