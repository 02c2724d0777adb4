"""The command `map`: where the runs from many starts end, as a table."""

import argparse
from contextlib import closing
from typing import Any

from backprop_gui.cli import arguments, map_processes
from backprop_gui.export import formats
from backprop_gui.lesson import numbers
from backprop_gui.lesson.numbers import FILES
from backprop_gui.lesson.start_map import SIDES, starts_in
from backprop_gui.lesson.surface import Region, range_problem
from backprop_gui.system.texts import _

KINDS = (formats.CSV, formats.JSON)
_RANGE, _SIZE = "-5:5", "256"  # where nothing else is asked for


def add_map(commands: Any) -> None:
    """Add the command to the parser's subparsers."""
    known = ", ".join(kind.suffix for kind in KINDS)
    parser = commands.add_parser(
        "map",
        usage="%(prog)s FILE [OPTION …]",
        help=_("train from many starts: write how many iterations each takes, and why it stops"),
    )
    add = parser.add_argument
    add("path", type=arguments.file_path, metavar="FILE", help=known)
    add("--range-w1", metavar="A:B", help=_("the weights w1 to start from (default -5:5)"))
    add("--range-w2", metavar="A:B", help=_("the weights w2 to start from (default -5:5)"))
    add("--size", metavar="N[xM]", help=_("so many weights w1 and w2 (default 256)"))
    arguments.add_setup(parser)
    surplus = _("“{word}” is one too many; the only word without an option is the file to write")
    parser.set_defaults(parser=parser, command=_map, surplus=surplus)


def _map(options: argparse.Namespace) -> None:
    parser: argparse.ArgumentParser = options.parser
    try:
        kind = formats.of(options.path, KINDS)
    except formats.FormatError as error:
        parser.error(str(error))
    setup = arguments.setup_of(options, parser)
    region = Region(*_range(options, "w1"), *_range(options, "w2"))
    starts = starts_in(region, *_size(options))
    _refuse_start(options, kind)

    from backprop_gui.export import start_table

    with (
        arguments.told(parser, options.path),
        closing(map_processes.pieces(setup, starts)) as pieces,
    ):
        if kind is formats.CSV:
            start_table.save_csv(starts, pieces, options.path)
        else:
            start_table.save_json(setup, region, starts, pieces, options.path)


def _range(options: argparse.Namespace, name: str) -> tuple[float, float]:
    parser, option = options.parser, f"--range-{name}"
    given = getattr(options, f"range_{name}")
    text: str = _RANGE if given is None else given
    words = text.split(":")
    if len(words) != 2:
        sentence = _("argument {name}: “{text}” is not a range; write it like -5:5")
        parser.error(sentence.format(name=option, text=numbers.clipped(text)))
    try:
        low, high = map(numbers.parse, words)
    except numbers.NumberError as error:
        parser.error(f"argument {option}: {error}")
    if problem := range_problem(low, high):
        parser.error(f"argument {option}: {problem}")
    return low, high


def _size(options: argparse.Namespace) -> tuple[int, int]:
    text: str = _SIZE if options.size is None else options.size
    words = text.lower().replace("×", "x").split("x", 1)
    columns, rows = (_side(word, options.parser) for word in (words * 2)[:2])
    return columns, rows


def _side(text: str, parser: argparse.ArgumentParser) -> int:
    number = arguments.whole(text, 0, "--size", parser, SIDES.start)
    if number not in SIDES:
        sentence = _("argument --size: must be {most} or less, not {n}")
        most, n = FILES.count(SIDES[-1]), numbers.clipped(FILES.count(number))
        parser.error(sentence.format(most=most, n=n))
    return number


def _refuse_start(options: argparse.Namespace, kind: formats.Format) -> None:
    """Refuse a start where nothing would tell of it; other files can be opened with it."""
    for name in ("w1", "w2"):
        if kind is formats.CSV and getattr(options, name) is not None:
            sentence = _("argument --{name}: has no effect on {suffix}, which has --range-{name}")
            options.parser.error(sentence.format(name=name, suffix=kind.suffix))
