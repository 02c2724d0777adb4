"""What a person can ask to be exported, and the making of it: for the window and for Makefiles.

An order says what; a subject, of which run and where. What is made is written whole or not at all.
"""

import math
from collections.abc import Callable, Generator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import QSize, QSizeF
from PySide6.QtGui import QFont

from backprop_gui.core.run import Run, Trace
from backprop_gui.export import formats, render
from backprop_gui.export import svg as svg_texts
from backprop_gui.export.picture import Look, Picture, What, moment_picture
from backprop_gui.export.table import save_csv, save_json
from backprop_gui.lesson import numbers, positions
from backprop_gui.lesson.dialect import PROGRAMS, Dialect
from backprop_gui.lesson.moment import Moment, end_of
from backprop_gui.storage import files
from backprop_gui.storage.restore_line import Experiment, line
from backprop_gui.system.job import Job, Report
from backprop_gui.system.texts import _

LONGEST_TITLE = 500  # letters
SECONDS = (0.02, 600.0)  # that an animation can show a picture
LOOPS = range(65_536)  # that an animation can be shown, as GIF and WebP count them
LEAST_SIDE, MOST_SIDE, MOST_PIXELS = 16, 20_000, 80_000_000
_BAND = 400  # rows of pixels that are painted in one go
_USUAL = QSizeF(960, 540)  # logical pixels: smaller, a picture's texts would be crowded


class OrderError(ValueError):
    """An order that cannot be carried out; its text is a sentence for a person."""


class Pixels(NamedTuple):
    """The size of a picture in pixels. Raises OrderError where it is beyond what is sensible."""

    width: int
    height: int

    def checked(self, kind: formats.Format | None = None) -> "Pixels":
        """Return this size. Raises OrderError where it is too small or too large for the format."""
        most = (kind and kind.most_side) or MOST_SIDE
        for side in self:
            if not LEAST_SIDE <= side <= most:
                sentence = _("a side of {side} pixels: it must be from {least} to {most}")
                raise OrderError(
                    sentence.format(
                        side=numbers.count(side), least=LEAST_SIDE, most=numbers.count(most)
                    )
                )
        if self.width * self.height > MOST_PIXELS:
            sentence = _("{width} × {height} pixels are more than {most} million")
            most = MOST_PIXELS // 1_000_000
            raise OrderError(sentence.format(width=self.width, height=self.height, most=most))
        return self

    @property
    def scale(self) -> float:
        """Pixels for each logical pixel, such that there is room for a usual picture."""
        return min(self.width / _USUAL.width(), self.height / _USUAL.height())

    @property
    def exact(self) -> QSize:
        """The size as Qt has it."""
        return QSize(self.width, self.height)

    @property
    def logical(self) -> QSizeF:
        """The size in logical pixels."""
        return QSizeF(self.width / self.scale, self.height / self.scale)


@dataclass(frozen=True, slots=True)
class PictureOrder:
    """A picture of one moment.

    `size` is in logical pixels and `scale` is pixels for each of them, which SVG and PDF do
    without. `pixels` is the exact size where it matters, else it follows.
    """

    what: What
    look: Look
    size: QSizeF
    scale: float
    pixels: QSize | None = None
    has_outlines: bool = False

    @property
    def ground(self) -> str | None:
        """The colour behind the picture, or None."""
        return None if self.look.is_transparent else self.look.theme.ground


@dataclass(frozen=True, slots=True)
class SlidesOrder:
    """Pictures of several positions, which `positions` names.

    `is_offer` says that no person wrote them, so they go as far as the run does. `seconds` is for
    each picture of an animation, which is shown `loops` times (0: without end);
    `per_page` is for PDF.
    """

    picture: PictureOrder
    positions: str
    seconds: float = 1.0
    loops: int = 0
    per_page: int = 1
    is_offer: bool = False


@dataclass(frozen=True, slots=True)
class ExampleOrder:
    """A whole iteration worked out, in full or with gaps."""

    iteration: str
    digits: int
    is_blanked: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class DataOrder:
    """The iterations of a run up to `until`: every `stride`-th of them. None is up to its end.

    `dialect` is how the cells of a table are written.
    """

    stride: int = 1
    until: int | None = None
    dialect: Dialect = PROGRAMS


Order = PictureOrder | SlidesOrder | ExampleOrder | DataOrder


def picture_job(order: PictureOrder, picture: Picture, moment: Moment, path: Path) -> Job:
    """Return what writes a picture as the name of the file says."""
    kind = formats.of(path, formats.PICTURES)
    title, remake = order.look.title, line(Experiment(moment.setup, moment.position))

    def work(_report: Report) -> None:
        files.write(path, _encoded(order, kind, picture, title, remake))

    return work


def painting(
    order: PictureOrder, make: Callable[[], Picture], moment: Moment, path: Path
) -> Generator[None, None, Job]:
    """Paint a widget's picture, step by step, and return what then writes it.

    The steps are for the window's thread, which can do other things between them.
    """
    kind = formats.of(path, formats.PICTURES)
    title, remake = order.look.title, line(Experiment(moment.setup, moment.position))
    picture = make()
    yield
    if kind is formats.PNG:
        made = render.blank(order.size, order.scale, order.ground, order.pixels)
        yield
        for top in range(0, made.height(), _BAND):
            render.paint_band(picture, made, top, min(_BAND, made.height() - top))
            yield
        return lambda _report: files.write(path, render.png(made, title, remake))
    if kind is formats.PDF and not order.has_outlines:
        data = render.pdf(picture, order.ground, title, remake, outlines=False)
        return lambda _report: files.write(path, data)
    raw, size = render.raw_svg(picture, order.ground), picture.size

    def work(report: Report) -> None:
        sides = size.toSize().width(), size.toSize().height()
        svg = svg_texts.finished(raw, title, remake, sides, outlines=order.has_outlines)
        if kind is formats.SVG:
            files.write(path, svg)
        else:
            outlined = render.svg_picture(svg, size)
            picture_job(replace(order, has_outlines=False), outlined, moment, path)(report)

    return work


def slides_job(order: SlidesOrder, run: Run, curve: Trace | None, font: QFont, path: Path) -> Job:
    """Return what writes the positions of a run as the name of the file says.

    The run is the job's own: it is advanced as far as the positions need. `curve` is the error
    to be shown with them; None is that of the run.
    """
    kind = formats.of(path, formats.SLIDES)
    spans = positions.parse(order.positions)
    look = order.picture.look

    def work(report: Report) -> None:
        moments = positions.moments(spans, run, report, is_offer=order.is_offer)
        if kind is formats.PPTX:
            _write_pptx(order, moments, curve or run.trace(), path, report)
            return
        made = [
            moment_picture(order.picture.what, moment, order.picture.size, look, font)
            for moment in moments
        ]
        _write_slides(order, kind, moments, made, path, report)

    return work


def example_job(order: ExampleOrder, run: Run, path: Path) -> Job:
    """Return what writes an iteration as a handout, as the name of the file says."""
    from backprop_gui.export.handout.handout import save_handout
    from backprop_gui.export.handout.worked_example import worked_example

    formats.of(path, formats.EXAMPLES)
    spans = positions.parse(order.iteration)
    if not positions.is_one_iteration(spans):
        raise OrderError(_("a worked example has one iteration; give a number or last"))

    def work(report: Report) -> None:
        moment = positions.moments(spans, run, report)[0]
        moment = end_of(run, moment.iteration)
        handout = worked_example(
            moment, order.digits, is_blanked=order.is_blanked, title=order.title
        )
        save_handout(handout, path)

    return work


def data_job(order: DataOrder, run: Run, path: Path) -> Job:
    """Return what writes the iterations of a run as the name of the file says."""
    kind = formats.of(path, formats.DATA)

    def work(report: Report) -> None:
        positions.advance(run, order.until or run.setup.max_iterations, report)
        if kind is formats.CSV:
            save_csv(run, order.stride, path, report, order.dialect)
        else:
            save_json(run, order.stride, path, report)

    return work


def sequence_names(path: Path, count: int) -> list[str]:
    """Return the names of `count` files after one: steps.png, to steps-01.png, steps-02.png."""
    if count == 1:
        return [path.name]
    digits = max(2, math.floor(math.log10(count)) + 1)
    return [f"{path.stem}-{n:0{digits}}{path.suffix}" for n in range(1, count + 1)]


def _write_pptx(
    order: SlidesOrder, moments: Sequence[Moment], curve: Trace, path: Path, report: Report
) -> None:
    from backprop_gui.export.powerpoint.deck import write_deck

    look, size = order.picture.look, order.picture.size
    with files.replacing(path) as stream:
        write_deck(
            stream,
            moments,
            curve,
            is_wide=size.width() / size.height() > 1.5,
            theme=look.theme,
            title=look.title,
            digits=look.digits,
            is_large=look.is_large,
            report=report,
        )


def _write_slides(
    order: SlidesOrder,
    kind: formats.Format,
    moments: Sequence[Moment],
    pictures: Sequence[Picture],
    path: Path,
    report: Report,
) -> None:
    each, title = order.picture, order.picture.look.title
    lines = [line(Experiment(moment.setup, moment.position)) for moment in moments]
    if kind is formats.PDF:
        from backprop_gui.export.pages import pdf_pages

        data = pdf_pages(
            pictures, each.ground, title, lines[0], per_page=order.per_page, report=report
        )
        files.write(path, data)
    elif kind in formats.ANIMATIONS:
        from backprop_gui.export.animation import write_animation

        has_ground = kind in (formats.GIF, formats.MP4)  # they know no half transparent colours
        with files.replacing(path) as stream:
            write_animation(
                stream,
                kind,
                pictures,
                each.scale,
                each.look.theme.ground if has_ground else each.ground,
                seconds=order.seconds,
                loops=order.loops,
                line=lines[0],
                report=report,
            )
    else:
        with files.replacing_all(path.parent) as write:
            names = sequence_names(path, len(pictures))
            for done, (name, picture, remake) in enumerate(
                zip(names, pictures, lines, strict=True), start=1
            ):
                write(name, _encoded(each, kind, picture, title, remake))
                report(done, len(pictures))


def _encoded(
    order: PictureOrder, kind: formats.Format, picture: Picture, title: str, remake: str
) -> bytes:
    if kind is formats.SVG:
        return render.svg(picture, order.ground, title, remake, outlines=order.has_outlines)
    if kind is formats.PDF:
        return render.pdf(picture, order.ground, title, remake, outlines=order.has_outlines)
    made = render.image(picture, order.scale, order.ground, order.pixels)
    return render.png(made, title, remake)
