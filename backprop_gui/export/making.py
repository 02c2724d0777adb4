"""Carries orders out. What is made is written whole or not at all."""

import math
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtGui import QFont

from backprop_gui.core.run import Run, Trace
from backprop_gui.export import formats, render
from backprop_gui.export import svg as svg_texts
from backprop_gui.export.computed_map import MappedSurface, mapped
from backprop_gui.export.contents import What
from backprop_gui.export.formats import Can, Format
from backprop_gui.export.orders import (
    ComparisonOrder,
    DataOrder,
    ExampleOrder,
    Order,
    OrderError,
    PictureOrder,
    RunsOrder,
    SlidesOrder,
    is_wide,
)
from backprop_gui.export.picture import Picture, moment_picture
from backprop_gui.export.table import save_csv, save_json
from backprop_gui.lesson import positions
from backprop_gui.lesson.moment import Moment, end_of
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.own_working import NO_WORKING, OwnWorking, checked
from backprop_gui.lesson.run_table import RunRow
from backprop_gui.paint.theme import interface_font
from backprop_gui.storage import files
from backprop_gui.storage.restore_line import Experiment, line
from backprop_gui.system.job import Job, Report, unheard
from backprop_gui.system.texts import _

if TYPE_CHECKING:
    from PySide6.QtWidgets import QWidget

    from backprop_gui.lesson.working import CheckedWorking
    from backprop_gui.widgets.curve_plot import CurvePlot


Maker = Callable[[PictureOrder, Moment], Picture]
Painting = Generator[None, None, Job]  # steps for the window's thread, and what then writes

MOST_COMPUTED = 100_000  # iterations of a run whose error slides show as a whole
_BAND = 400  # rows of pixels that are painted in one go


@dataclass(frozen=True, slots=True)
class Subject:
    """What an order is carried out on.

    `run` is the export's own: it is advanced as far as is needed. A picture is of `moment`, and
    `make` makes it, see `picture_of`. `curve` is the error that slides show, None is that of `run`.
    What is said of it has numbers as in `numerals`. `rows` are those of the list of runs,
    `working` is the person's own.
    """

    run: Run
    moment: Moment
    make: Maker
    curve: Trace | None = None
    numerals: Numerals = FILES
    rows: tuple[RunRow, ...] = ()
    working: OwnWorking = NO_WORKING


def picture_of(
    order: PictureOrder,
    moment: Moment,
    font: QFont,
    plot: "Callable[[], CurvePlot]",
    cards: "QWidget | None" = None,
) -> Picture:
    """Return the picture of an order; `plot` and `cards` are what the screen shows."""
    if order.what is What.ERROR:
        from backprop_gui.export.widget_picture import plot_picture

        return plot_picture(plot(), moment, order.size, order.look, font)
    if order.what is What.WINDOW and cards:
        from backprop_gui.export.widget_picture import widget_picture

        return widget_picture(cards)
    return moment_picture(order.what, moment, order.size, order.look, font)


def begin(order: Order, subject: Subject, path: Path, *, is_stepwise: bool = True) -> Painting:
    """Return the steps in which an order is carried out; they end with the job that writes.

    The steps are for the window's thread, which can do other things between them; the job is for
    another one, but where a live picture is not made stepwise. Raises OrderError, PositionsError
    or FormatError where there can be no such file.
    """
    if isinstance(order, PictureOrder):
        kind = formats.of(path, formats.PICTURES)
        return _picture_steps(order, kind, subject, path, is_stepwise=is_stepwise)
    if isinstance(order, SlidesOrder):
        return _ready(_slides_job(order, formats.of(path, formats.SLIDES), subject, path))
    if isinstance(order, ExampleOrder):
        formats.of(path, formats.EXAMPLES)
        return _ready(_example_job(order, subject, path))
    if isinstance(order, ComparisonOrder):
        kind = formats.of(path, formats.COMPARISONS)
        return _ready(_comparison_job(order, kind, subject, path))
    if isinstance(order, RunsOrder):
        return _ready(_runs_job(order, formats.of(path, formats.RUNS), subject, path))
    return _ready(_data_job(order, formats.of(path, formats.DATA), subject.run, path))


def carry_out(order: Order, subject: Subject, path: Path, report: Report = unheard) -> None:
    """Carry out an order at once, with reports. Raises what `begin` does, and OSError."""
    steps = begin(order, subject, path, is_stepwise=False)
    while True:
        try:
            next(steps)
        except StopIteration as end:
            end.value(report)
            return


def _ready(job: Job) -> Painting:
    """Return the steps of what needs none."""
    yield from ()
    return job


def _picture_steps(
    order: PictureOrder, kind: Format, subject: Subject, path: Path, *, is_stepwise: bool
) -> Painting:
    title, restore_line = order.look.title, _line(subject.moment)
    picture = subject.make(order, subject.moment)
    if not (picture.is_live and is_stepwise):

        def encode(report: Report) -> None:
            known = mapped(order, subject.moment, report)
            made = picture if known is order else subject.make(known, subject.moment)
            files.write(path, _encoded(order, kind, made, title, restore_line))

        return encode
    yield
    if kind is formats.PNG:
        made = render.blank(order.size, order.scale, order.ground, order.pixels)
        yield
        for top in range(0, made.height(), _BAND):
            render.paint_band(picture, made, top, min(_BAND, made.height() - top))
            yield
        return lambda _report: files.write(path, render.png(made, title, restore_line))
    if kind is formats.PDF and not order.has_outlines:
        data = render.pdf(picture, order.ground, title, restore_line, outlines=False)
        return lambda _report: files.write(path, data)
    raw, size = render.raw_svg(picture, order.ground), picture.size

    def work(_report: Report) -> None:
        sides = size.toSize().width(), size.toSize().height()
        made = svg_texts.finished(raw, title, restore_line, sides, outlines=order.has_outlines)
        if kind is formats.PDF:
            outlined = render.svg_picture(made, size)
            made = render.pdf(outlined, order.ground, title, restore_line, outlines=False)
        files.write(path, made)

    return work


def _slides_job(order: SlidesOrder, kind: Format, subject: Subject, path: Path) -> Job:
    run, each, numerals = subject.run, order.picture, subject.numerals
    spans = positions.parse(order.positions, numerals)

    def work(report: Report) -> None:
        moments = positions.moments(spans, run, report, numerals, is_offer=order.is_offer)
        if kind is formats.PPTX:
            has_chart = Can.REGION not in each.what.can
            curve = _whole_curve(run, subject.curve, report) if has_chart else None
            _write_pptx(order, moments, curve, path, report)
            return
        shown = mapped(each, moments[0], report)
        if order.per_page > 1:
            from backprop_gui.export.pages import handout_pages

            handout, font = replace(order, picture=shown), interface_font()
            files.write(path, handout_pages(moments, handout, font, _line(moments[0]), report))
            return
        made = [subject.make(shown, moment) for moment in moments]
        _write_slides(order, kind, list(map(_line, moments)), made, path, report)

    return work


def _whole_curve(run: Run, known: Trace | None, report: Report) -> Trace | None:
    """Return the error of the whole run, where it is one with an end that is soon computed.

    Of another run it is what is known of it, where a person or an export has gone further.
    """
    positions.advance(run, MOST_COMPUTED, report)
    traces = [trace for trace in (run.trace(), known) if trace]
    farthest = max(traces, key=lambda trace: trace.iterations[-1])
    is_far = run.stop is not None or farthest.iterations[-1] > MOST_COMPUTED
    return farthest if is_far and farthest.size > 1 else None


def _example_job(order: ExampleOrder, subject: Subject, path: Path) -> Job:
    from backprop_gui.export.handout.handout import save_handout
    from backprop_gui.export.handout.worked_example import worked_example

    run, numerals = subject.run, subject.numerals
    if order.method:
        run = Run(replace(run.setup, method=order.method))
    spans = positions.parse(order.iteration, numerals)
    if not positions.is_one_iteration(spans):
        raise OrderError(_("a worked example has one iteration; give a number or last"))

    def work(report: Report) -> None:
        moment = positions.moments(spans, run, report, numerals)[0]
        moment = end_of(run, moment.iteration)
        yours = None
        if order.has_yours:  # which begin with the weights of the run that the person is in
            positions.advance(subject.run, moment.iteration)
            theirs = end_of(subject.run, min(moment.iteration, subject.run.iteration))
            yours = _checked_working(subject.working, theirs, numerals)
        handout = worked_example(
            moment, order.digits, is_blanked=order.is_blanked, title=order.title, yours=yours
        )
        save_handout(handout, path, order.sheet)

    return work


def _checked_working(working: OwnWorking, moment: Moment, numerals: Numerals) -> "CheckedWorking":
    """Return the verdicts on a working of the iteration of a moment. Raises OrderError."""
    found = checked(working, numerals)
    if working.is_silent:
        raise OrderError(_("your numbers are those of a test: hand it in first"))
    if found is None or not working.is_of(moment):
        sentence = _("you have typed no numbers of your own for iteration {iteration}")
        raise OrderError(sentence.format(iteration=numerals.count(moment.iteration)))
    return found


def _data_job(order: DataOrder, kind: Format, run: Run, path: Path) -> Job:
    def work(report: Report) -> None:
        positions.advance(run, order.until or run.setup.max_iterations, report)
        if kind is formats.CSV:
            save_csv(run, order.stride, path, report, order.dialect)
        elif kind is formats.XLSX:
            from backprop_gui.export.spreadsheet import save_xlsx

            save_xlsx(run, order.stride, path, report)
        else:
            save_json(run, order.stride, path, report)

    return work


def _runs_job(order: RunsOrder, kind: Format, subject: Subject, path: Path) -> Job:
    def work(_report: Report) -> None:
        from backprop_gui.export.runs_table import save_runs

        save_runs(subject.rows, kind, path, order.dialect, Numerals(order.digits))

    return work


def _comparison_job(order: ComparisonOrder, kind: Format, subject: Subject, path: Path) -> Job:
    def work(report: Report) -> None:
        from backprop_gui.export.comparison import Compared

        present, *others = subject.rows
        known = subject.curve
        if known is None or known.setup != present.setup:  # nobody has computed it yet
            run = Run(present.setup)
            positions.advance(run, present.iterations, report)
            known = run.trace()
        shown = [row for row in others if row.end and row.kept and row.kept.is_shown]
        compared = Compared((present, *shown), known)
        shape = is_wide(order.size)
        if kind is formats.PDF:
            from backprop_gui.export.comparison_pages import comparison_pdf

            files.write(path, comparison_pdf(compared, order.look, report, is_wide=shape))
            return
        from backprop_gui.export.powerpoint.comparison import write_comparison

        with files.replacing(path) as stream:
            write_comparison(stream, compared, order.look, report, is_wide=shape)
        report(1, 1)

    return work


def sequence_names(path: Path, count: int) -> list[str]:
    """Return the names of `count` files after one: steps.png, to steps-01.png, steps-02.png."""
    if count == 1:
        return [path.name]
    digits = max(2, math.floor(math.log10(count)) + 1)
    return [f"{path.stem}-{n:0{digits}}{path.suffix}" for n in range(1, count + 1)]


def names_of(order: Order, path: Path, run: Run, numerals: Numerals = FILES) -> list[str]:
    """Return the names of all files that an order can become, before the run is computed.

    Raises PositionsError, or FormatError where there can be no such file.
    """
    if not (isinstance(order, SlidesOrder) and formats.of(path, formats.SLIDES).is_numbered):
        return [path.name]
    spans = positions.parse(order.positions, numerals)
    most = positions.most_moments(spans, run.setup.max_iterations)
    # Fewer pictures may have fewer digits in their names.
    counts = {min(most, count) for count in (1, 99, 999, most)}
    return [name for count in sorted(counts) for name in sequence_names(path, count)]


def _write_pptx(
    order: SlidesOrder, moments: Sequence[Moment], curve: Trace | None, path: Path, report: Report
) -> None:
    from backprop_gui.export.powerpoint.deck import write_deck

    look, size, what = order.picture.look, order.picture.size, order.picture.what
    is_surface = Can.REGION in what.can
    with files.replacing(path) as stream:
        write_deck(
            stream,
            moments,
            curve,
            is_wide=is_wide(size),
            theme=look.theme,
            title=look.title,
            digits=look.digits,
            is_large=look.is_large,
            surface=MappedSurface(what, look, report) if is_surface else None,
            report=report,
        )


def _write_slides(
    order: SlidesOrder,
    kind: Format,
    lines: Sequence[str],
    pictures: Sequence[Picture],
    path: Path,
    report: Report,
) -> None:
    each, title = order.picture, order.picture.look.title
    if kind is formats.PDF:
        from backprop_gui.export.pages import pdf_pages

        files.write(path, pdf_pages(pictures, each.ground, title, lines[0], report))
    elif Can.SECONDS in kind.can:
        from backprop_gui.export.animation import write_animation

        with files.replacing(path) as stream:
            write_animation(
                stream,
                kind,
                pictures,
                each.scale,
                each.ground if Can.TRANSPARENT in kind.can else each.look.theme.ground,
                seconds=order.seconds,
                loops=order.loops,
                line=lines[0],
                report=report,
            )
    else:
        with files.replacing_all(path.parent) as write:
            names = sequence_names(path, len(pictures))
            for done, (name, picture, restore_line) in enumerate(
                zip(names, pictures, lines, strict=True), start=1
            ):
                write(name, _encoded(each, kind, picture, title, restore_line))
                report(done, len(pictures))


def _line(moment: Moment) -> str:
    return line(Experiment(moment.setup, moment.position))


def _encoded(
    order: PictureOrder, kind: Format, picture: Picture, title: str, restore_line: str
) -> bytes:
    if kind is formats.SVG:
        return render.svg(picture, order.ground, title, restore_line, outlines=order.has_outlines)
    if kind is formats.PDF:
        return render.pdf(picture, order.ground, title, restore_line, outlines=order.has_outlines)
    made = render.image(picture, order.scale, order.ground, order.pixels)
    return render.png(made, title, restore_line)
