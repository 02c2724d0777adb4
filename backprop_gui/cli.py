"""The command line: opens the window, or works without one."""

import io
import os
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from backprop_gui import __version__
from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.display import missing_display
from backprop_gui.i18n import _

if TYPE_CHECKING:
    from backprop_gui.arguments import Parser

_INTERRUPTED = 130
_PICTURE = Path("backprop.png")
_COMMANDS = ("train", "export")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with these arguments and return its exit code; 2 is a wrong argument."""
    words = sys.argv[1:] if argv is None else argv
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # not every terminal has a true minus sign
    try:
        if len(words) == 1 and _names_a_file(words[0]):
            return _open(Path(words[0]))
        if words:
            return _run_command(words)
        problem = missing_display()
        if problem:
            return _train_without_display(problem)
        from backprop_gui.app import open_window

        return open_window()
    except KeyboardInterrupt:
        return _INTERRUPTED


def _names_a_file(word: str) -> bool:
    """Say whether a word alone stands for a file; a command is one only with its folder."""
    return not word.startswith("-") and word not in _COMMANDS


def _open(path: Path) -> int:
    from backprop_gui.origin import OriginError, read

    try:
        experiment = read(path)
    except FileNotFoundError:
        sentence = _("“{name}” is neither a file nor a command; there are: {commands}")
        name, commands = " ".join(str(path).split()), ", ".join(_COMMANDS)
        return _refuse(sentence.format(name=name, commands=commands))
    except OSError as error:
        return _refuse(f"{path}: {error.strerror}")
    except OriginError as error:
        return _refuse(str(error))
    if problem := missing_display():
        sys.stderr.write(f"{problem}\n")
        return 1
    from backprop_gui.app import open_window

    return open_window(experiment)


def _refuse(sentence: str) -> int:
    sys.stderr.write(f"backprop-gui: {sentence}\n")
    return 2


def _run_command(words: Sequence[str]) -> int:
    from backprop_gui.arguments import joined

    try:
        parser = _parser()
        options = parser.parse_args(joined(words))
        if options.parser is None:
            sentence = _("the command is missing; there are: {commands}")
            parser.error(sentence.format(commands=", ".join(_COMMANDS)))
        options.command(options)
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


def _parser() -> "Parser":
    from backprop_gui.arguments import Parser
    from backprop_gui.export_command import add_export
    from backprop_gui.train import add_train

    description = _("See, step through and check back-propagation. Opens the window.")
    parser = Parser("backprop-gui", usage="%(prog)s [FILE | COMMAND …]", description=description)
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", parser_class=Parser, prog=parser.prog)
    parser.set_defaults(parser=None)
    add_train(commands)
    add_export(commands)
    return parser


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
