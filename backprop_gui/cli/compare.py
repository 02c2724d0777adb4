"""The command `compare`: the runs of all combinations of some values, side by side."""

import argparse
import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from backprop_gui.cli import arguments
from backprop_gui.cli.export import application
from backprop_gui.core.kept_run import MOST_KEPT
from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.export import formats
from backprop_gui.export.contents import What
from backprop_gui.lesson import notation, numbers, positions
from backprop_gui.lesson.fields import FIELDS, Field
from backprop_gui.lesson.moment import Moment, end_of
from backprop_gui.lesson.numbers import FILES
from backprop_gui.lesson.sweep import SweepError, refuse_more, setups
from backprop_gui.system import terminal
from backprop_gui.system.imports import import_plainly
from backprop_gui.system.texts import _

# Options that are no fields, by their destination: all of them are of how runs are computed.
_METHODS = {"mistake": "mistake", "on_paper": "paper"}
MOST_RUNS = 1_000  # of a table; a picture has as many as the eye can tell apart


class _InOrder(argparse.Action):
    """Notes the fields in the order of their options, which is the order of the combinations."""

    def __call__(
        self, _parser: Any, options: argparse.Namespace, values: Any, _option: str | None = None
    ) -> None:
        setattr(options, self.dest, values)
        before: tuple[str, ...] = options.varied or ()
        options.varied = (*(name for name in before if name != self.dest), self.dest)


def add_compare(commands: Any) -> None:
    """Add the command to the parser's subparsers."""
    compare = commands.add_parser(
        "compare",
        usage="%(prog)s [OPTION …]",
        help=_("train with each combination of values and print how the runs end"),
        description=_("A LIST is one value or several, such as 0.1,0.9,5."),
    )
    arguments.add_setup(compare, metavar="LIST", action=_InOrder)
    arguments.add_mistake(compare, metavar="LIST", action=_InOrder)
    compare.add_argument(
        "--json", action="store_true", help=_("print the results as a list of JSON objects")
    )
    compare.add_argument(
        "--csv", type=arguments.file_path, metavar="FILE", help=_("write the results as a table")
    )
    arguments.add_dialect(compare)
    compare.add_argument(
        "--picture",
        type=arguments.file_path,
        metavar="FILE",
        help=_("write a picture of the runs' error plot"),
    )
    surplus = _("“{word}” follows no option; name a file to write with --csv or --picture")
    compare.set_defaults(parser=compare, command=_compare, surplus=surplus, varied=None)


def _compare(options: argparse.Namespace) -> None:
    parser: argparse.ArgumentParser = options.parser
    dialect = arguments.dialect_of(options, parser)
    arguments.refuse_without_csv(options, "separator", "decimal")
    arguments.refuse_one_file_twice(options)
    fields = [field for name in options.varied or () for field in FIELDS if field.name == name]
    combined = _combinations(options)
    if options.picture:
        _refuse_picture(options, len(combined))
    arguments.refuse_unwritable(parser, options.csv, options.picture)
    from backprop_gui.export.table import as_json_list, end_values, save_ends

    ends, runs = [], []
    with arguments.computing() as report_done:
        goals = [(setup, setup.max_iterations) for setup in combined]
        for run in positions.followed(goals, report_done):
            ends.append(end_values(run))
            if options.picture:
                runs.append(run)
    if options.csv:
        with arguments.told(parser, options.csv):
            save_ends(ends, options.csv, dialect)
    if options.picture:
        with arguments.told(parser, options.picture):
            save_curves(runs, options.picture)
    if options.json:
        terminal.say(as_json_list(ends))
    else:
        terminal.say(report(ends, [field for field in fields if _differs(field, combined)]))


def _combinations(options: argparse.Namespace) -> tuple[Setup, ...]:
    """Return the article's setup with each combination; the last option's values change first."""
    combined: tuple[Setup, ...] = (Setup(),)
    if {*_METHODS} <= {*(options.varied or ())}:
        options.parser.error(arguments.NOT_ON_PAPER)
    for each in options.varied or ():
        option = f"argument --{_METHODS.get(each, each).replace('_', '-')}"
        try:
            name, values = _varied(options, each)
        except SweepError as error:
            options.parser.error(f"{option}: {error}")
        count = len(combined) * len(values)
        if count > MOST_RUNS:  # before they are made: there may be a million
            sentence = _("{option}: makes {n} combinations; at most {most} can be compared")
            n, most = FILES.count(count), FILES.count(MOST_RUNS)
            options.parser.error(sentence.format(option=option, n=n, most=most))
        combined = tuple(replace(setup, **{name: value}) for setup in combined for value in values)
    return combined


def _varied(options: argparse.Namespace, name: str) -> tuple[str, list[Any]]:
    """Return which value of a setup an option varies, by its name, and what it may be."""
    text = getattr(options, name)
    if name in _METHODS:
        words = tuple(dict.fromkeys(re.split(r"\s*[,;]\s*|\s+", text.strip())))
        refuse_more(len(words), MOST_RUNS)
        is_mistake = name == "mistake"
        read = arguments.mistake_of if is_mistake else arguments.method_on_paper
        return "method", [read(word, options.parser) for word in words]
    field = next(field for field in FIELDS if field.name == name)
    return name, [getattr(setup, name) for setup in setups(Setup(), field, text, MOST_RUNS)]


def save_curves(runs: Sequence[Run], path: Path) -> None:
    """Write a picture of the error plot with these runs, which have ended. Raises OSError."""
    import_plainly()
    from backprop_gui.export.making import Subject, carry_out
    from backprop_gui.export.orders import PictureOrder, Pixels
    from backprop_gui.export.picture import Look, Picture
    from backprop_gui.export.widget_picture import compared_plot, plot_picture
    from backprop_gui.paint.theme import interface_font

    app, kind = application(has_widgets=True), formats.of(path, formats.PICTURES)
    size = Pixels(*kind.wide)

    def make(order: PictureOrder, moment: Moment) -> Picture:
        plot = compared_plot(runs)
        return plot_picture(plot, moment, order.size, order.look, interface_font())

    has_outlines = kind.letters == "outlines"
    order = PictureOrder(What.ERROR, Look(), size.logical, size.scale, size.exact, has_outlines)
    carry_out(order, Subject(runs[0], end_of(runs[0]), make), path)
    del app


def _refuse_picture(options: argparse.Namespace, count: int) -> None:
    """Refuse a picture that cannot be, before anything is computed."""
    try:
        kind = formats.of(options.picture, formats.PICTURES)
    except formats.FormatError as error:
        options.parser.error(f"argument --picture: {error}")
    if problem := formats.problem(kind):
        options.parser.error(f"argument --picture: {problem}")
    if count > MOST_KEPT:
        sentence = _("argument --picture: shows at most {most} runs, not {n}")
        n, most = FILES.count(count), FILES.count(MOST_KEPT)
        options.parser.error(sentence.format(most=most, n=n))


def _differs(field: Field, combined: Sequence[Setup]) -> bool:
    return len({getattr(setup, field.name) for setup in combined}) > 1


def report(ends: Sequence[dict[str, Any]], varied: Sequence[Field]) -> str:
    """Return a table of how runs end, as lines of text, with what differs between them."""
    names = {"w1": "initial_w1", "w2": "initial_w2"}
    method = {_("method"): "method"} if any("method" in end for end in ends) else {}
    columns = {
        **method,
        **{_title(field): names.get(field.name, field.name) for field in varied},
        _("iterations"): "iterations",
        _("stopped"): "stopped",
        "E": "error",
        _("final {symbol}").format(symbol=notation.plain("w_1")): "w1",
        _("final {symbol}").format(symbol=notation.plain("w_2")): "w2",
    }
    rows = [[terminal.plain(title) for title in columns]]
    rows += [[_text(end.get(name, arguments.EXACT)) for name in columns.values()] for end in ends]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    lines = ("  ".join(map(str.ljust, row, widths)).rstrip() for row in rows)
    return "\n".join(lines)


def _title(field: Field) -> str:
    return notation.plain(field.symbol) or field.label.removesuffix(" E <").lower()


def _text(value: str | float | None) -> str:
    if value is None:
        return "nan"
    return value if isinstance(value, str) else numbers.exact(value)
