"""The command `train`: a run without a window, and the parser of the command line."""

import argparse
import re
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

from backprop_gui import __version__
from backprop_gui.core.network import Setup, SetupError
from backprop_gui.core.run import Run
from backprop_gui.i18n import _
from backprop_gui.lesson import numbers
from backprop_gui.lesson.fields import FIELDS
from backprop_gui.lesson.moment import Position, moment_at
from backprop_gui.lesson.outcome import outcome
from backprop_gui.lesson.steps import FORWARD_STEPS

_NEGATIVE = re.compile(r"[-\N{MINUS SIGN}][\d.,]")


def run_command(argv: Sequence[str]) -> None:
    """Do what the arguments ask for; a wrong one ends the program with one line and code 2."""
    parser = _parser()
    options = parser.parse_args(_joined(argv))
    if options.parser is None:
        parser.error(_("the command is missing; there is: train"))
    _train(options)


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        """Say in one line what is wrong."""
        self.exit(2, f"{self.prog}: {' '.join(message.split())}\n")


def _parser() -> argparse.ArgumentParser:
    description = _("See, step through and check back-propagation. Opens the window.")
    parser = _Parser("backprop-gui", description=description, allow_abbrev=False)
    parser.add_argument("--version", action="version", version=f"%(prog)s {__version__}")
    commands = parser.add_subparsers(metavar="COMMAND", parser_class=_Parser)
    parser.set_defaults(parser=None)
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


def _train(options: argparse.Namespace) -> None:
    parser: argparse.ArgumentParser = options.parser
    setup = _setup(options, parser)
    stride = _stride(options, parser)
    if options.picture and options.picture.suffix.lower() != ".png":
        parser.error(
            _("argument --picture: “{path}” does not end in .png").format(path=options.picture)
        )
    run = Run(setup)
    run.advance(setup.max_iterations)
    if options.csv:
        from backprop_gui.export.table import save_csv

        with _told(parser, options.csv):
            save_csv(run, stride, options.csv)
    if options.picture:
        with _told(parser, options.picture):
            save_end(run, options.picture)
    if options.json:
        from backprop_gui.export.table import as_json

        say(as_json(run))
    else:
        say(report(run))


@contextmanager
def _told(parser: argparse.ArgumentParser, path: Path) -> Iterator[None]:
    """Say in one line why a file cannot be written."""
    try:
        yield
    except OSError as error:
        parser.error(f"{path}: {error.strerror or error}")


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


def save_end(run: Run, path: Path) -> None:
    """Write a picture of the network at the run's end. Raises OSError."""
    from backprop_gui.export.picture import save_network

    save_network(moment_at(run, Position(run.iteration, FORWARD_STEPS)), path)


def report(run: Run) -> str:
    """Return what to say of a stopped run, as lines of text."""
    end = outcome(run)
    width = max(len(name) for name, _value in end.report)
    lines = [end.headline, *(f"{name.ljust(width)}  {value}" for name, value in end.report)]
    return "\n".join([*lines, *end.remarks])


def say(text: str) -> None:
    """Print text for a person or a program."""
    if sys.stdout:  # a Windows program without a console has none
        sys.stdout.write(f"{text}\n")
        sys.stdout.flush()
