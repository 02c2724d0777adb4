"""The command line: opens the window, or works without one."""

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
    try:
        if words:
            from backprop_gui.train import run_command

            run_command(words)
            return 0
        problem = missing_display()
        if problem:
            return _train_without_display(problem)
        from backprop_gui.app import open_window

        return open_window()
    except KeyboardInterrupt:
        return _INTERRUPTED
    except BrokenPipeError:
        # Who read the output has left. What is still buffered must not be tried again at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


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
