"""The command `export`: pictures, slides, worked examples and data, without a window."""

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from backprop_gui.cli import arguments
from backprop_gui.core.run import Run
from backprop_gui.lesson import numbers, positions
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.moment import Moment
from backprop_gui.system.texts import _

if TYPE_CHECKING:
    from PySide6.QtGui import QGuiApplication

    from backprop_gui.export.formats import Format
    from backprop_gui.export.orders import PictureOrder, Pixels
    from backprop_gui.system.job import Job

_WHAT = ("network", "formula", "network+formula", "error", "values", "example")
_SIZES = {"gif": (960, 540), "webp": (960, 540), "apng": (960, 540), "mp4": (1280, 720)}
_SIZE = (1920, 1080)
_PICTURES, _SLIDES = (".png", ".svg", ".pdf"), (".pptx", ".gif", ".webp", ".apng", ".mp4")
_DRAWN = (*_PICTURES, *_SLIDES)
_EXAMPLES, _DATA = (".md", ".tex", ".html"), (".csv", ".json")
# What an option is of use for; elsewhere it is refused, since it would do nothing.
_OF_USE = {
    "what": (*_DRAWN, *_EXAMPLES),
    "positions": (*_DRAWN, *_EXAMPLES),
    "theme": _DRAWN,
    "transparent": (".png", ".svg", ".pdf", ".webp", ".apng"),
    "size": _DRAWN,
    "large": _DRAWN,
    "caption": (".png", ".svg", ".pdf", ".gif", ".webp", ".apng", ".mp4"),
    "texts": (".svg", ".pdf"),
    "digits": (*_DRAWN, *_EXAMPLES),
    "title": (*_DRAWN, *_EXAMPLES),
    "seconds": (".gif", ".webp", ".apng", ".mp4"),
    "loops": (".gif", ".webp", ".apng"),
    "per_page": (".pdf",),
    "blanked": (*_EXAMPLES, ".pdf"),
    "every": _DATA,
    "separator": (".csv",),
    "decimal": (".csv",),
}


def add_export(commands: Any) -> None:
    """Add the command to the parser's subparsers."""
    parser = commands.add_parser(
        "export",
        usage="%(prog)s [OPTION …] FILE",
        help=_("write a picture, slides, a worked example or data, without a window"),
    )
    add = parser.add_argument
    endings = "png,svg,pdf,pptx,gif,webp,apng,mp4,md,tex,html,csv,json"
    add(
        "path",
        type=arguments.file_path,
        metavar=f"OUT.{{{endings}}}",
        help=_("the file to write; its ending chooses the format"),
    )
    arguments.add_setup(parser)
    add(
        "--what",
        choices=_WHAT,
        help=_("what is shown (default network; of several network+formula)"),
    )
    add(
        "--positions",
        metavar="LIST",
        help=_("iterations and steps, such as {all},10,100,last").format(all=ARTICLE.all_steps()),
    )
    add("--theme", choices=("light", "dark"), help=_("the colours (default light)"))
    add("--transparent", action="store_true", help=_("leave the background transparent"))
    add("--size", metavar="WxH", help=_("size in pixels (default 1920x1080; animations 960x540)"))
    add("--large", action="store_true", help=_("use large text, for slides"))
    add("--caption", action="store_true", help=_("print the restore line below the picture"))
    add(
        "--texts",
        choices=("text", "outlines"),
        help=_("letters (default outlines in SVG, text in PDF)"),
    )
    add("--digits", metavar="N", help=_("significant digits, 3 to 17 (default 4; example 5)"))
    add("--title", metavar="TEXT", help=_("the heading"))
    add("--seconds", metavar="N", help=_("how long an animation shows each position (default 1)"))
    add(
        "--loops",
        metavar="N",
        help=_("how often an animation plays; 0 repeats it forever (default 0)"),
    )
    add("--per-page", choices=("1", "2", "4", "6"), help=_("slides on a page of a PDF (default 1)"))
    add("--blanked", action="store_true", help=_("an example with gaps; answers on the last page"))
    add("--every", metavar="N", help=_("write only every Nth iteration of the data"))
    arguments.add_dialect(parser)
    parser.set_defaults(parser=parser, command=export)


def export(options: argparse.Namespace) -> None:
    """Write the file that is asked for; a wrong option ends the program with one line."""
    from backprop_gui.export import formats
    from backprop_gui.export.orders import OrderError
    from backprop_gui.system.job import unheard

    parser: argparse.ArgumentParser = options.parser
    run = Run(arguments.setup_of(options, parser))
    try:
        kind = formats.of(options.path, formats.ALL)
        _refuse_useless(options, kind)
        if problem := formats.problem(kind):
            parser.error(problem)
        with arguments.told(parser, options.path):
            _job(options, kind, run)(unheard)
    except (formats.FormatError, OrderError) as error:
        parser.error(str(error))
    except positions.PositionsError as error:
        parser.error(f"argument --positions: {error}")


def save_network(moment: Moment, path: Path) -> None:
    """Write a picture of the network without a window or a display. Raises OSError."""
    from backprop_gui.export.orders import PictureOrder, Pixels, picture_job
    from backprop_gui.export.picture import Look, What, moment_picture
    from backprop_gui.paint.theme import interface_font
    from backprop_gui.system.job import unheard

    app = _application()
    size = Pixels(2000, 1250)
    order = PictureOrder(What.NETWORK, Look(), size.logical, size.scale)
    picture = moment_picture(order.what, moment, order.size, order.look, interface_font())
    picture_job(order, picture, moment, path)(unheard)
    del app


def _refuse_useless(options: argparse.Namespace, kind: "Format") -> None:
    for name, suffixes in _OF_USE.items():
        if getattr(options, name) not in (None, False) and kind.suffix not in suffixes:
            sentence = _("argument --{name}: has no effect on {suffix}")
            name = name.replace("_", "-")
            options.parser.error(sentence.format(name=name, suffix=kind.suffix))


def _refuse_with_example(options: argparse.Namespace) -> None:
    for name in ("theme", "transparent", "size", "large", "caption", "texts", "per_page"):
        if getattr(options, name) not in (None, False):
            sentence = _("argument --{name}: has no effect with --what example")
            options.parser.error(sentence.format(name=name.replace("_", "-")))


def _job(options: argparse.Namespace, kind: "Format", run: Run) -> "Job":
    from backprop_gui.export import formats
    from backprop_gui.export.orders import DataOrder, ExampleOrder, data_job, example_job

    parser, path = options.parser, options.path
    if kind in formats.DATA:
        stride = arguments.whole(options.every, 1, "--every", parser)
        return data_job(DataOrder(stride, dialect=arguments.dialect_of(options, parser)), run, path)
    if kind.suffix in _EXAMPLES or options.what == "example":
        if options.what not in (None, "example"):
            parser.error(
                _("argument --what: {suffix} is for --what example").format(suffix=kind.suffix)
            )
        _refuse_with_example(options)
        order = ExampleOrder(
            "1" if options.positions is None else options.positions,
            _digits(options, 5),
            options.blanked,
            _title(options),
        )
        options.app = _application()
        return example_job(order, run, path)
    if options.blanked:
        parser.error(_("argument --blanked: has an effect with --what example only"))
    return _drawn_job(options, kind, run)


def _drawn_job(options: argparse.Namespace, kind: "Format", run: Run) -> "Job":
    from backprop_gui.export import formats
    from backprop_gui.export.orders import SlidesOrder, picture_job, slides_job
    from backprop_gui.export.picture import What, moment_picture
    from backprop_gui.paint.theme import interface_font

    is_offer, text = options.positions is None, options.positions
    if text is None:
        text = "1" if kind in formats.PICTURES else ARTICLE.all_steps()
    moments = positions.moments(positions.parse(text), run, is_offer=is_offer)
    what = What(options.what or ("network" if len(moments) == 1 else "network+formula"))
    options.app = _application(has_widgets=what is What.ERROR)
    order = _picture_order(options, kind, what)
    is_one = kind in formats.PICTURES and len(moments) == 1 and options.per_page is None
    if what is What.ERROR and not is_one:
        options.parser.error(_("argument --what: the error plot is one picture; give one position"))
    if kind is formats.PPTX and options.what and what is not What.BOTH:
        options.parser.error(_("argument --what: slides have the network, the formula and a chart"))
    if kind is formats.PDF and options.texts == "outlines" and not is_one:
        options.parser.error(_("argument --texts: a PDF of several pages always has text as text"))
    if is_one:
        font = interface_font()
        if what is What.ERROR:
            from backprop_gui.export.widget_picture import plot_picture, run_plot

            positions.advance(run, run.setup.max_iterations)
            plot = run_plot(run, moments[0])
            picture = plot_picture(plot, moments[0], order.size, order.look, font)
        else:
            picture = moment_picture(what, moments[0], order.size, order.look, font)
        return picture_job(order, picture, moments[0], options.path)
    slides = SlidesOrder(
        order,
        text,
        seconds=_seconds(options),
        loops=_loops(options),
        per_page=int(options.per_page or 1),
        is_offer=is_offer,
    )
    if kind is formats.PPTX:
        positions.advance(run, run.setup.max_iterations)  # the chart shows the whole of it
    return slides_job(slides, run, None, interface_font(), options.path)


def _picture_order(options: argparse.Namespace, kind: "Format", what: Any) -> "PictureOrder":
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
    )
    size = _pixels(options, kind)
    texts = options.texts or ("outlines" if kind.suffix == ".svg" else "text")
    return PictureOrder(
        what, look, size.logical, size.scale, size.exact, has_outlines=texts == "outlines"
    )


def _pixels(options: argparse.Namespace, kind: "Format") -> "Pixels":
    from backprop_gui.export.orders import OrderError, Pixels

    parser: argparse.ArgumentParser = options.parser
    if options.size is None:
        return Pixels(*_SIZES.get(kind.suffix[1:], _SIZE))
    width, cross, height = options.size.lower().replace("×", "x").partition("x")
    if not (cross and width.isdecimal() and height.isdecimal() and len(options.size) < 16):
        sentence = _("argument --size: “{text}” is not a size; write it like 1920x1080")
        parser.error(sentence.format(text=numbers.clipped(options.size)))
    try:
        return Pixels(int(width), int(height)).checked(kind)
    except OrderError as error:
        parser.error(f"argument --size: {error}")


def _title(options: argparse.Namespace) -> str:
    from backprop_gui.export.orders import LONGEST_TITLE

    title: str = options.title or ""
    if len(title) > LONGEST_TITLE:
        sentence = _("argument --title: must have at most {most} letters; it has {n}")
        n = numbers.count(len(title))
        options.parser.error(sentence.format(most=LONGEST_TITLE, n=n))
    return title


def _digits(options: argparse.Namespace, default: int) -> int:
    digits = arguments.whole(options.digits, default, "--digits", options.parser)
    if digits not in numbers.DIGITS_RANGE:
        sentence = _("argument --digits: must be from 3 to 17; it was given as {n}")
        options.parser.error(sentence.format(n=digits))
    return digits


def _loops(options: argparse.Namespace) -> int:
    from backprop_gui.export.orders import LOOPS

    loops = arguments.whole(options.loops, 0, "--loops", options.parser, least=LOOPS.start)
    if loops not in LOOPS:
        sentence = _("argument --loops: must be from 0 to {most}; it was given as {n}")
        most = numbers.count(LOOPS.stop - 1)
        options.parser.error(sentence.format(most=most, n=numbers.count(loops)))
    return loops


def _seconds(options: argparse.Namespace) -> float:
    from backprop_gui.export.orders import SECONDS

    if options.seconds is None:
        return 1.0
    least, most = SECONDS
    try:
        seconds = numbers.parse(options.seconds)
    except numbers.NumberError as error:
        options.parser.error(f"argument --seconds: {error}")
    if not least <= seconds <= most:
        sentence = _("argument --seconds: must be from {least} to {most}; it was given as {text}")
        text = numbers.clipped(options.seconds)
        options.parser.error(sentence.format(least=least, most=round(most), text=text))
    return seconds


def _application(*, has_widgets: bool = False) -> "QGuiApplication":
    """Return the application that fonts need, or widgets, without a display."""
    if sys.platform not in ("win32", "darwin"):
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QApplication

    there = QGuiApplication.instance()
    if isinstance(there, QGuiApplication):
        return there
    return QApplication([]) if has_widgets else QGuiApplication([])
