"""The command line: opens the window, or works without one."""

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.display import missing_display
from backprop_gui.i18n import _

_INTERRUPTED = 130
_PICTURE = Path("backprop.png")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with these arguments and return its exit code; 2 is a wrong argument."""
    words = sys.argv[1:] if argv is None else argv
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # not every terminal has a true minus sign
    try:
        if words:
            return _run_command(words)
        problem = missing_display()
        if problem:
            return _train_without_display(problem)
        from backprop_gui.app import open_window

        return open_window()
    except KeyboardInterrupt:
        return _INTERRUPTED


def _run_command(words: Sequence[str]) -> int:
    from backprop_gui.train import run_command

    try:
        run_command(words)
    except OSError as error:
        # What is still buffered for an output that has gone must not be tried again at exit.
        if sys.stdout:
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(
            error, BrokenPipeError
        ):  # who read the output has left, and needs no word
            sys.stderr.write(f"backprop-gui: {error.strerror or error}\n")
        return 1
    return 0


def _train_without_display(problem: str) -> int:
    says = _("{problem} Training the article's setup here instead; the picture is {path}.")
    from backprop_gui.train import report, save_end, say

    sys.stderr.write(says.format(problem=problem, path=_PICTURE) + "\n")
    run = Run(Setup())
    run.advance(run.setup.max_iterations)
    say(report(run))
    try:
        save_end(run, _PICTURE)
    except OSError as error:
        sys.stderr.write(f"{_PICTURE}: {error.strerror or error}\n")
        return 1
    return 0
