"""The command line: opens the window, or works without one."""

import argparse
import os
import re
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NoReturn

from backprop_gui import __version__
from backprop_gui.core.network import Setup, SetupError
from backprop_gui.core.run import Run
from backprop_gui.display import missing_display
from backprop_gui.i18n import _
from backprop_gui.lesson import numbers
from backprop_gui.lesson.fields import FIELDS
from backprop_gui.lesson.moment import Position, moment_at
from backprop_gui.lesson.outcome import outcome
from backprop_gui.lesson.steps import FORWARD_STEPS

_INTERRUPTED = 130
_NEGATIVE = re.compile(r"[-\N{MINUS SIGN}][\d.,]")
_PICTURE = Path("backprop.png")


def main(argv: Sequence[str] | None = None) -> int:
    """Run the program with these arguments and return its exit code; 2 is a wrong argument."""
    options = _parser().parse_args(_joined(sys.argv[1:] if argv is None else argv))
    try:
        if options.command == "train":
            return _train(options)
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


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say in one line what is wrong."""
        self.exit(2, f"{self.prog}: {message}\n")


def _parser() -> argparse.ArgumentParser:
    description = _("See, step through and check back-propagation. Opens the window.")
    parser = _Parser("backprop-gui", description=description, allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", parser_class=_Parser)
    train = commands.add_parser(
        "train", help=_("train without a window and print the end"), allow_abbrev=False
    )
    defaults = Setup()
    for field in FIELDS:
        train.add_argument(
            f"--{field.name.replace('_', '-')}",
            metavar="N",
            help=f"{field.hint} ({field.text(getattr(defaults, field.name))})",
        )
    train.add_argument("--json", action="store_true", help=_("print one JSON object"))
    train.add_argument("--csv", type=Path, metavar="FILE", help=_("write the table of iterations"))
    train.add_argument("--every", metavar="N", help=_("only every Nth iteration in the table"))
    train.add_argument(
        "--picture", type=Path, metavar="FILE.png", help=_("write the network at the end")
    )
    train.set_defaults(parser=train)
    return parser


def _joined(argv: Sequence[str]) -> list[str]:
    """Join an option with a negative number after it, which argparse takes for an option."""
    joined: list[str] = []
    for word in argv:
        if joined and re.fullmatch(r"--[a-z0-9-]+", joined[-1]) and _NEGATIVE.match(word):
            joined[-1] += f"={word}"
        else:
            joined.append(word)
    return joined


def _train(options: argparse.Namespace) -> int:
    parser: argparse.ArgumentParser = options.parser
    setup = _setup(options, parser)
    stride = _stride(options, parser)
    if options.picture and options.picture.suffix.lower() != ".png":
        parser.error(
            _("argument --picture: “{path}” does not end in .png").format(path=options.picture)
        )
    run = Run(setup)
    run.advance(setup.max_iterations)
    try:
        if options.csv:
            from backprop_gui.export.table import save_csv

            save_csv(run, stride, options.csv)
        if options.picture:
            _save_picture(run, options.picture)
    except OSError as error:
        name = options.csv if error.filename is None else error.filename
        parser.error(_("{path}: {reason}").format(path=name, reason=error.strerror or error))
    if options.json:
        from backprop_gui.export.table import as_json

        _print(as_json(run))
    else:
        _print(_report(run))
    return 0


def _setup(options: argparse.Namespace, parser: argparse.ArgumentParser) -> Setup:
    setup = Setup()
    for field in FIELDS:
        text = getattr(options, field.name)
        if text is not None:
            try:
                setup = field.changed(setup, text)
            except (numbers.NumberError, SetupError) as error:
                parser.error(f"argument --{field.name.replace('_', '-')}: {error}")
    return setup


def _stride(options: argparse.Namespace, parser: argparse.ArgumentParser) -> int:
    if options.every is None:
        return 1
    try:
        stride = numbers.parse_whole(options.every)
    except numbers.NumberError as error:
        parser.error(f"argument --every: {error}")
    if stride < 1:
        parser.error(_("argument --every: must be 1 or more; it was given as {n}").format(n=stride))
    if not options.csv:
        parser.error(_("argument --every: is of use with --csv only"))
    return stride


def _save_picture(run: Run, path: Path) -> None:
    from backprop_gui.app import save_network

    save_network(moment_at(run, Position(run.iteration, FORWARD_STEPS)), path)


def _report(run: Run) -> str:
    end = outcome(run)
    width = max(len(name) for name, _value in end.report)
    lines = [end.headline, *(f"{name.ljust(width)}  {value}" for name, value in end.report)]
    return "\n".join([*lines, *end.remarks])


def _train_without_display(problem: str) -> int:
    says = _("{problem} Training the article's setup here instead; the picture is {path}.")
    sys.stderr.write(says.format(problem=problem, path=_PICTURE) + "\n")
    run = Run(Setup())
    run.advance(run.setup.max_iterations)
    _print(_report(run))
    try:
        _save_picture(run, _PICTURE)
    except OSError as error:
        sys.stderr.write(f"{_PICTURE}: {error.strerror or error}\n")
        return 1
    return 0


def _print(text: str) -> None:
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()
