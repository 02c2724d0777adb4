"""The command `train`: a run without a window, and what it ends with."""

import argparse
from dataclasses import replace
from pathlib import Path
from typing import Any

from backprop_gui.cli import arguments
from backprop_gui.core.run import Run
from backprop_gui.lesson import numbers, positions, rounding_cost
from backprop_gui.lesson.moment import end_of
from backprop_gui.lesson.outcome import outcome
from backprop_gui.system import terminal
from backprop_gui.system.texts import _


def add_train(commands: Any) -> None:
    """Add the command to the parser's subparsers."""
    train = commands.add_parser(
        "train",
        usage="%(prog)s [OPTION …]",
        help=_("train without a window and print the result"),
    )
    arguments.add_setup(train)
    arguments.add_mistake(train)
    train.add_argument("--json", action="store_true", help=_("print the result as one JSON object"))
    train.add_argument(
        "--csv", type=arguments.file_path, metavar="FILE", help=_("write the table of iterations")
    )
    train.add_argument("--every", metavar="N", help=_("only every Nth iteration in the table"))
    arguments.add_dialect(train)
    train.add_argument(
        "--picture",
        type=arguments.file_path,
        metavar="FILE.png",
        help=_("write a picture of the network at the end"),
    )
    surplus = _("“{word}” follows no option; name a file to write with --csv or --picture")
    train.set_defaults(parser=train, command=_train, surplus=surplus)


def _train(options: argparse.Namespace) -> None:
    parser: argparse.ArgumentParser = options.parser
    setup = arguments.setup_of(options, parser)
    mistaken = arguments.mistake_of(options.mistake, parser)
    if mistaken and setup.method:
        parser.error(arguments.NOT_ON_PAPER)
    setup = replace(setup, method=mistaken or setup.method)
    stride = arguments.whole(options.every, 1, "--every", parser)
    dialect = arguments.dialect_of(options, parser)
    arguments.refuse_without_csv(options, "every", "separator", "decimal")
    if options.picture and options.picture.suffix.lower() != ".png":
        parser.error(
            _("argument --picture: “{path}” does not end in .png").format(path=options.picture)
        )
    if options.picture and mistaken:
        parser.error(_("argument --picture: shows no run with a mistake"))
    arguments.refuse_one_file_twice(options)
    arguments.refuse_unwritable(parser, options.csv, options.picture)
    run = Run(setup)
    with arguments.computing() as report_done:
        positions.advance(run, setup.max_iterations, report_done)
    if options.csv:
        from backprop_gui.export.table import save_csv

        with arguments.told(parser, options.csv):
            save_csv(run, stride, options.csv, dialect=dialect)
    if options.picture:
        with arguments.told(parser, options.picture):
            save_end(run, options.picture)
    if options.json:
        from backprop_gui.export.table import as_json

        terminal.say(as_json(run))
    else:
        terminal.say(report(run))


def save_end(run: Run, path: Path) -> None:
    """Write a picture of the network at the run's end. Raises OSError."""
    from backprop_gui.cli.export import save_network

    save_network(end_of(run), path)


def report(run: Run) -> str:
    """Return what to say of a stopped run, as lines of text."""
    end = outcome(run)
    # What is typed and searched for at a terminal: w1 and 5e-5, as in files.
    rows = [(terminal.plain(name), numbers.exact(value)) for name, value in end.report]
    width = max(len(name) for name, _value in rows)
    lines = [end.headline, *(f"{name.ljust(width)}  {value}" for name, value in rows)]
    if run.setup.method and run.setup.is_mistaken:  # of which the remarks might not be true
        title = terminal.plain(run.setup.method.title)
        return "\n".join([_("With a mistake in {title}").format(title=title), *lines])
    return "\n".join([*lines, *end.remarks, *map(terminal.plain, _cost(run))])


def _cost(run: Run) -> list[str]:
    """Return what rounding costs a run on paper, in sentences."""
    if not run.setup.is_on_paper:
        return []
    exact = Run(run.setup.exact)
    exact.advance(exact.setup.max_iterations)
    return rounding_cost.words(run.setup, rounding_cost.end_of(run), rounding_cost.end_of(exact))
