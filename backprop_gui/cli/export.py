"""The command `export`: pictures, slides, worked examples and data, without a window."""

import argparse
import os
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backprop_gui.cli import arguments
from backprop_gui.cli.runs import listed
from backprop_gui.core.run import Run
from backprop_gui.export import contents, formats
from backprop_gui.export.contents import What
from backprop_gui.export.formats import LOOPS, Can, Format
from backprop_gui.export.options import OPTIONS, Plan, form, refusal
from backprop_gui.export.paper import Orientation, Paper, sheet_named
from backprop_gui.lesson import numbers, positions
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.moment import Moment, Position, moment_at
from backprop_gui.lesson.numbers import FILES
from backprop_gui.lesson.own_working import NO_WORKING, OwnWorking
from backprop_gui.lesson.surface import Layer, Region, usual_region
from backprop_gui.system import terminal
from backprop_gui.system.imports import import_plainly
from backprop_gui.system.texts import _

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication

    from backprop_gui.export.orders import Order, PictureOrder, Pixels
    from backprop_gui.export.picture import Picture

_SHEETS = tuple(each.word for each in Paper)


def add_export(commands: Any) -> None:
    """Add the command to the parser's subparsers."""
    parser = commands.add_parser(
        "export",
        usage="%(prog)s [OPTION …] FILE",
        help=_("write a picture, slides, a worked example or data, without a window"),
    )
    endings = ", ".join(kind.suffix[1:] for kind in formats.ALL)
    parser.add_argument(
        "path",
        type=arguments.file_path,
        metavar="FILE",
        help=_("the file to write; its ending chooses the format: {endings}").format(
            endings=endings
        ),
    )
    arguments.add_setup(parser, is_alone=False)
    _add_options(parser)
    arguments.add_dialect(parser)
    surplus = _("“{word}” is one too many: the command writes one file at a time")
    parser.set_defaults(parser=parser, command=export, surplus=surplus, on_paper=None)


def _add_options(parser: argparse.ArgumentParser) -> None:
    def add(name: str, text: str, **how: Any) -> None:
        kinds = " ".join(kind.suffix[1:] for kind in formats.that(OPTIONS[name]))
        hint = _("{text} [{kinds}]").format(text=text, kinds=kinds)
        parser.add_argument(f"--{name}", help=hint, **how)

    whats = [what.word for what in contents.CHOICES]
    usual, small, video = (
        "{}x{}".format(*kind.wide) for kind in (formats.PNG, formats.GIF, formats.MP4)
    )
    size = _("size in pixels (default {usual}; animations {small}, videos {video})")
    size = size.format(usual=usual, small=small, video=video)
    add("what", _("what is shown (default network; of several network+formula)"), choices=whats)
    wanted = _("iterations and steps, such as {all},10,100,last").format(all=ARTICLE.all_steps())
    add("positions", wanted, metavar="LIST")
    add("theme", _("the colours (default light)"), choices=("light", "dark"))
    add("transparent", _("leave the background transparent"), action="store_true")
    add("size", size, metavar="WxH")
    add("large", _("use large text, for slides"), action="store_true")
    add("caption", _("print the restore line below the picture"), action="store_true")
    add("texts", _("letters (default outlines in SVG, text in PDF)"), choices=("text", "outlines"))
    add("digits", _("significant digits, 3 to 17 (default 4; example 5)"), metavar="N")
    for axis in ("w1", "w2"):
        hint = _("the weights {axis} that the landscape shows (default: run and solutions)")
        add(f"range-{axis}", hint.format(axis=axis), metavar="A:B")
    layers = [layer.value for layer in Layer]
    add("layer", _("what the colours of the landscape are (default error)"), choices=layers)
    add("title", _("the heading"), metavar="TEXT")
    add("seconds", _("how long an animation shows each position (default 1)"), metavar="N")
    add("loops", _("how often an animation plays; 0 repeats it forever (default 0)"), metavar="N")
    _add_paper(add)
    add("blanked", _("an example with gaps; answers on the last page"), action="store_true")
    add("yours", _("your own numbers beside ours, as `check` reads them"), metavar="FILE")
    add(
        "runs",
        _("the experiment whose kept runs are listed or compared"),
        type=arguments.file_path,
        metavar="FILE",
    )
    add("every", _("write only every Nth iteration of the data"), metavar="N")


class _SheetOrNumbers(argparse.Action):
    """Takes a word for the sheet, or for how numbers are written on paper; both may be given."""

    def __call__(
        self, _parser: Any, options: argparse.Namespace, word: Any, _option: str | None = None
    ) -> None:
        setattr(options, self.dest if word in _SHEETS else "on_paper", word)


def _add_paper(add: Callable[..., None]) -> None:
    add(
        "per-page",
        _(
            "slides on a page of a PDF, or as many as can be read there: 6 need paper on its side "
            "without lines (default 1)"
        ),
        choices=[str(n) for n in formats.PER_PAGE],
    )
    add("lines", _("lines to write on beside each slide of a handout"), action="store_true")
    sheets = " ".join(_SHEETS)
    paper = _("the paper: {sheets} (default: the usual size in your region)").format(sheets=sheets)
    also = _("{paper}; or, beside it, {numbers}").format(paper=paper, numbers=arguments.ON_PAPER)
    add("paper", also, action=_SheetOrNumbers, metavar="PAPER")
    add(
        "orientation",
        _("the paper upright or on its side (default: whichever reads best)"),
        choices=[each.word for each in Orientation],
    )


def export(options: argparse.Namespace) -> None:
    """Write the file that is asked for; a wrong option ends the program with one line."""
    import_plainly()
    from backprop_gui.export.making import Subject, carry_out
    from backprop_gui.export.orders import OrderError

    parser: argparse.ArgumentParser = options.parser
    run = Run(arguments.setup_of(options, parser))
    try:
        kind = formats.of(options.path, formats.ALL)
        plan, moment = _planned(options, kind, run)
        _refuse_useless(options, plan)
        if problem := formats.problem(kind):
            parser.error(problem)
        order = _order(options, plan)
        if plan.what is not What.DATA:
            options.app = application(has_widgets=plan.what is What.ERROR)
        rows = listed(options) if Can.RUNS in plan.what.can else ()
        with arguments.told(parser, options.path), arguments.computing() as report:
            working = _working(options, order, run)
            subject = Subject(run, moment, partial(_picture, run), rows=rows, working=working)
            carry_out(order, subject, options.path, report)
        if plan.is_handout:
            _tell_held(order, moment)
    except (formats.FormatError, OrderError) as error:
        parser.error(str(error))
    except positions.PositionsError as error:
        parser.error(f"argument --positions: {error}")


def _working(options: argparse.Namespace, order: "Order", run: Run) -> OwnWorking:
    """Return the working that stands beside an example, or none."""
    from backprop_gui.export.orders import ExampleOrder

    if options.yours is None or not isinstance(order, ExampleOrder):
        return NO_WORKING
    from backprop_gui.cli.working_file import tell, working_in

    written = working_in(options.yours, options.parser)
    tell(options.parser, written.problems)
    moment = positions.moments(positions.parse(order.iteration), run)[0]
    return NO_WORKING.with_texts(written.texts, moment)


def _tell_held(order: "Order", moment: Moment) -> None:
    """Say where a handout has fewer slides on a page than were asked for."""
    from backprop_gui.export.orders import SlidesOrder
    from backprop_gui.export.pages import most_on_page, remark_on
    from backprop_gui.paint.theme import interface_font

    if isinstance(order, SlidesOrder):
        held = most_on_page(moment, order, interface_font())
        if held < order.per_page:
            terminal.say(remark_on(held))


def save_network(moment: Moment, path: Path) -> None:
    """Write a picture of the network without a window or a display. Raises OSError."""
    import_plainly()
    from backprop_gui.export.making import Subject, carry_out
    from backprop_gui.export.orders import PictureOrder, Pixels
    from backprop_gui.export.picture import Look

    app, size, run = application(), Pixels(2000, 1250), Run(moment.setup)
    order = PictureOrder(What.NETWORK, Look(), size.logical, size.scale)
    carry_out(order, Subject(run, moment, partial(_picture, run)), path)
    del app


def _picture(run: Run, order: "PictureOrder", moment: Moment) -> "Picture":
    from backprop_gui.export.making import picture_of
    from backprop_gui.paint.theme import interface_font

    def plot() -> Any:
        from backprop_gui.export.widget_picture import run_plot

        positions.advance(run, run.setup.max_iterations)
        return run_plot(run, moment)

    return picture_of(order, moment, interface_font(), plot)


def _planned(options: argparse.Namespace, kind: Format, run: Run) -> tuple[Plan, Moment]:
    """Return what the options come to, and the moment of one picture."""
    what = contents.named(options.what) if options.what else None
    if options.runs and not what:
        of_runs = {Can.LISTED: What.RUNS, Can.COMPARED: What.COMPARE}
        what = next((each for can, each in of_runs.items() if can in kind.can), None)
    if Can.SEVERAL not in kind.can or what in (What.EXAMPLE, What.RUNS, What.COMPARE):
        usual = What.DATA if Can.DATA in kind.can else What.EXAMPLE
        return Plan(kind, what or usual), moment_at(run, Position(1, ARTICLE.first_step))
    text, is_offer = _positions(options, kind)
    with arguments.computing() as report:
        moments = positions.moments(positions.parse(text), run, report, is_offer=is_offer)
    is_alone = len(moments) == 1
    usual = What.NETWORK if is_alone and Can.ONE in kind.can else What.BOTH
    is_handout = int(options.per_page or 1) > 1
    is_one = is_alone and not options.per_page
    return Plan(kind, what or usual, is_one, options.large, is_handout), moments[0]


def _positions(options: argparse.Namespace, kind: Format) -> tuple[str, bool]:
    """Return which positions are shown, and whether that was left to the program."""
    usual = "1" if form(Plan(kind, What.NETWORK, is_one=True)) is Can.ONE else ""
    usual = usual or ARTICLE.all_steps()
    is_offer = options.positions is None
    return usual if is_offer else options.positions, is_offer


def _refuse_useless(options: argparse.Namespace, plan: Plan) -> None:
    kind, what = plan.kind, plan.what
    anyway = {
        "texts": kind.letters,
        "what": What.BOTH.word if kind is formats.PPTX else "",
    }
    for name in OPTIONS:
        value = getattr(options, name.replace("-", "_"))
        if value in (None, False) or value == anyway.get(name):
            continue
        if said := refusal(name, plan):
            options.parser.error(f"argument --{name}: {said}")
    if form(plan) is None:
        sentence = _("argument --what: {suffix} cannot show “{word}”")
        if what is What.ERROR:
            sentence = _("argument --what: {suffix} shows “{word}” of one position, as one picture")
        options.parser.error(sentence.format(suffix=kind.suffix, word=what.word))


def _order(options: argparse.Namespace, plan: Plan) -> "Order":
    from backprop_gui.export.orders import (
        ComparisonOrder,
        DataOrder,
        ExampleOrder,
        RunsOrder,
        SlidesOrder,
        seconds,
        whole,
    )

    how = form(plan)
    if how is Can.DATA:
        stride = arguments.whole(options.every, 1, "--every", options.parser)
        return DataOrder(stride, dialect=arguments.dialect_of(options, options.parser))
    if how is Can.COMPARED:
        picture = _picture_order(options, plan)
        return ComparisonOrder(picture.look, picture.size)
    if how is Can.LISTED:
        dialect = arguments.dialect_of(options, options.parser)
        return RunsOrder(_digits(options, numbers.DIGITS), dialect)
    sheet = sheet_named(options.paper, options.orientation)
    if how is Can.EXAMPLE:
        iteration = "1" if options.positions is None else options.positions
        digits = _digits(options, contents.EXAMPLE_DIGITS)
        has_yours = options.yours is not None
        return ExampleOrder(iteration, digits, options.blanked, _title(options), sheet, has_yours)
    picture = _picture_order(options, plan)
    if how is Can.ONE:
        return picture
    text, is_offer = _positions(options, plan.kind)
    each = 1.0 if options.seconds is None else seconds(options.seconds, "argument --seconds")
    loops = whole("0" if options.loops is None else options.loops, "argument --loops", LOOPS)
    per_page = int(options.per_page or 1)
    return SlidesOrder(picture, text, each, loops, per_page, is_offer, sheet, options.lines)


def _picture_order(options: argparse.Namespace, plan: Plan) -> "PictureOrder":
    from backprop_gui.export.orders import PictureOrder
    from backprop_gui.export.picture import Look
    from backprop_gui.paint.theme import DARK, LIGHT

    look = Look(
        theme=DARK if options.theme == "dark" else LIGHT,
        is_transparent=options.transparent,
        is_large=options.large,
        is_captioned=options.caption,
        digits=_digits(options, numbers.DIGITS),
        title=_title(options),
        region=_region(options),
        layer=Layer(options.layer or Layer.ERROR),
    )
    size = _pixels(options, plan)
    has_outlines = (options.texts or plan.kind.letters) == "outlines"
    return PictureOrder(plan.what, look, size.logical, size.scale, size.exact, has_outlines)


def _region(options: argparse.Namespace) -> Region | None:
    """Return the part of the weights that is asked for; an axis without a range has the usual."""
    given = options.range_w1, options.range_w2
    if given == (None, None):
        return None
    from backprop_gui.export.surface import known_trace

    setup = arguments.setup_of(options, options.parser)
    usual = usual_region(setup, known_trace(setup))
    w1, w2 = (
        usual_range if text is None else arguments.weights(text, f"--range-{axis}", options.parser)
        for text, usual_range, axis in zip(given, (usual[:2], usual[2:]), ("w1", "w2"), strict=True)
    )
    return Region(*w1, *w2)


def _pixels(options: argparse.Namespace, plan: Plan) -> "Pixels":
    from backprop_gui.export.orders import OrderError, Pixels

    parser: argparse.ArgumentParser = options.parser
    kind = plan.kind
    usual = Pixels(*kind.wide)
    if options.size is None:
        return usual
    width, cross, height = options.size.lower().replace("×", "x").partition("x")
    if not (cross and width.isdecimal() and height.isdecimal() and len(options.size) < 16):
        sentence = _("argument --size: “{text}” is not a size; write it like 1920x1080")
        parser.error(sentence.format(text=numbers.clipped(options.size)))
    try:
        size = Pixels(int(width), int(height)).checked(kind)
    except OrderError as error:
        parser.error(f"argument --size: {error}")
    if size != usual and size.is_as_good_as(usual, kind, plan.what):
        sentence = _("argument --size: has no effect on {suffix}, which always has this shape")
        parser.error(sentence.format(suffix=kind.suffix))
    return size


def _title(options: argparse.Namespace) -> str:
    from backprop_gui.export.orders import LONGEST_TITLE

    title: str = options.title or ""
    if len(title) > LONGEST_TITLE:
        sentence = _("argument --title: must have at most {most} letters; it has {n}")
        n = FILES.count(len(title))
        options.parser.error(sentence.format(most=LONGEST_TITLE, n=n))
    return title


def _digits(options: argparse.Namespace, usual: int) -> int:
    from backprop_gui.export.orders import whole

    text = str(usual) if options.digits is None else options.digits
    return whole(text, "argument --digits", numbers.DIGITS_RANGE)


def application(*, has_widgets: bool = False) -> "QGuiApplication":
    """Return the application that fonts need, or widgets, without a display."""
    if sys.platform not in ("win32", "darwin"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QApplication

    there = QGuiApplication.instance()
    if isinstance(there, QGuiApplication):
        return there
    return QApplication([]) if has_widgets else QGuiApplication([])
