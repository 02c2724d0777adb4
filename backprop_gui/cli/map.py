"""The command `map`: where the runs from many starts end, as a table or a picture."""

import argparse
from collections.abc import Iterable, Iterator
from contextlib import closing
from itertools import chain
from typing import Any

from backprop_gui.cli import arguments
from backprop_gui.core.network import Setup
from backprop_gui.core.start_map import Ends, Starts
from backprop_gui.export import formats, start_table
from backprop_gui.lesson import numbers
from backprop_gui.lesson.numbers import FILES
from backprop_gui.lesson.start_map import SIDES, StartMap, starts_in
from backprop_gui.lesson.surface import Region
from backprop_gui.state.map_processes import pieces
from backprop_gui.system.imports import import_plainly
from backprop_gui.system.job import Report
from backprop_gui.system.texts import _

KINDS = (formats.CSV, formats.JSON, formats.PNG, formats.SVG, formats.PDF)
_RANGE, _SIZE = "-5:5", "256"  # where nothing else is asked for


def add_map(commands: Any) -> None:
    """Add the command to the parser's subparsers."""
    known = ", ".join(kind.suffix[1:] for kind in KINDS)
    hint = _("the file to write; its ending chooses the format: {endings}")
    parser = commands.add_parser(
        "map",
        usage="%(prog)s FILE [OPTION …]",
        help=_("train from many starts: write how many iterations each takes, and why it stops"),
    )
    add = parser.add_argument
    add("path", type=arguments.file_path, metavar="FILE", help=hint.format(endings=known))
    for option, metavar, words, usual in (
        ("--range-w1", "A:B", _("the weights w1 to start from (default {usual})"), _RANGE),
        ("--range-w2", "A:B", _("the weights w2 to start from (default {usual})"), _RANGE),
        ("--size", "N[xM]", _("so many weights w1 and w2 (default {usual})"), _SIZE),
    ):
        add(option, metavar=metavar, help=words.format(usual=usual))
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
    ranges = (
        arguments.weights(_RANGE if text is None else text, name, parser)
        for name, text in (("--range-w1", options.range_w1), ("--range-w2", options.range_w2))
    )
    region = Region(*chain(*ranges))
    starts = starts_in(region, *_size(options))
    _refuse_start(options, kind)
    arguments.refuse_unwritable(parser, options.path)
    with (
        arguments.told(parser, options.path),
        arguments.computing() as report,
        closing(pieces(setup, starts)) as computed,
    ):
        ends = _reported(computed, starts.total, report)
        if kind is formats.CSV:
            start_table.save_csv(starts, ends, options.path)
        elif kind is formats.JSON:
            start_table.save_json(setup, region, starts, ends, options.path)
        else:
            _save_picture(setup, options, kind, _whole(setup, region, starts, ends))


def _reported(pieces: Iterable[Ends], total: int, report: Report) -> Iterator[Ends]:
    done = 0
    for ends in pieces:
        done += len(ends)
        report(done, total)
        yield ends


def _whole(setup: Setup, region: Region, starts: Starts, pieces: Iterable[Ends]) -> StartMap:
    ends = Ends()
    for piece in pieces:
        ends.extend(piece)
    return StartMap(setup, region, len(starts.w1s), len(starts.w2s), ends)


def _save_picture(
    setup: Setup, options: argparse.Namespace, kind: formats.Format, made: StartMap
) -> None:
    import_plainly()
    from backprop_gui.cli.export import application
    from backprop_gui.export.start_picture import save_picture
    from backprop_gui.paint.theme import interface_font

    app = application()
    save_picture(setup, made, kind, options.path, interface_font())
    del app


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
