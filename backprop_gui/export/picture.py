"""What a picture shows: the drawing of a moment, its formula, its values, alone or together.

A picture is painted in logical pixels, by the one painter, whatever it becomes: pixels, SVG, PDF.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QFont, QPainter
from PySide6.QtSvg import QSvgRenderer

from backprop_gui.core.kept_run import KeptRun
from backprop_gui.drawing.layout import DESK, LECTURE, Measures
from backprop_gui.drawing.network import draw
from backprop_gui.drawing.scene import aspect_of, size_of
from backprop_gui.drawing.shapes import Drawing, Ink
from backprop_gui.drawing.values import draw_table
from backprop_gui.export.contents import SURFACES, What
from backprop_gui.export.hidden_text import write_hidden
from backprop_gui.export.surface import known_trace, scene_of, surface_drawing
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import DIGITS, FILES, Numerals
from backprop_gui.lesson.start_map import StartMap
from backprop_gui.lesson.surface import Layer, Region, usual_region
from backprop_gui.paint.formula_plan import plan
from backprop_gui.paint.painter import paint, paints_pdf
from backprop_gui.paint.theme import LIGHT, Theme, phase_ink, print_font
from backprop_gui.storage.restore_line import Experiment, line
from backprop_gui.system.letters import one_line
from backprop_gui.system.texts import _

_MARGIN = 16.0
_CAPTION_PX = 9.0
_TITLE_SHARE = 0.07  # of the height
_FORMULA_SHARES = (0.30, 0.34)  # of the height, below the network; the larger where text is large
_LARGEST_EM = 2.2  # of a formula, in units of the sentence above it
_NARROWEST = 0.5  # of its usual size: a longer line is cut
_LEAST_EM = 8.0  # in pixels
_LEAST_TEXT_PX = 12.0  # of the figure beside the formula: 9 points
_LARGE_TEXT_PX = 20.0  # of the error surface on slides: 20 points where they are 1,280 pixels wide
_FIGURE_TEXT = 0.7  # in units of the sentence above the formula


@dataclass(frozen=True, slots=True)
class Look:
    """How a picture looks, whatever it shows.

    `is_large` is for slides: text for the last row of a lecture hall. `is_captioned` prints the
    line that restores the picture's experiment below it. `digits` are significant ones. Pictures
    of the error surface show a `region`, or the usual one, in the colours of a `layer`; one that
    `is_widened` has more on two sides where that makes the units equal along both axes. They show
    the runs that are `kept`, and where there is one, a `start_map` that is known already.
    """

    theme: Theme = LIGHT
    is_transparent: bool = False
    is_large: bool = False
    is_captioned: bool = False
    digits: int = DIGITS
    title: str = ""
    region: Region | None = None
    layer: Layer = Layer.ERROR
    is_linear: bool = False
    is_widened: bool = False
    kept: tuple[KeptRun, ...] = ()
    start_map: StartMap | None = None

    @property
    def measures(self) -> Measures:
        """The measures of the drawing."""
        return LECTURE if self.is_large else DESK

    @property
    def numerals(self) -> Numerals:
        """How numbers look in the drawing and in the formula: with few digits where it is large."""
        return self.measures.numerals(self.digits)


class Picture(NamedTuple):
    """A size in logical pixels, and what paints it, given the pixels for each of them.

    One that `is_live` is painted by widgets, so it is painted in the window's thread.
    """

    size: QSizeF
    paint: Callable[[QPainter, float], None]
    is_live: bool = False


def moment_picture(what: What, moment: Moment, size: QSizeF, look: Look, font: QFont) -> Picture:
    """Return the picture of a moment.

    Raises ValueError for the error plot and the window, which are widgets.
    """
    paint_content = _PAINTERS.get(what)
    if paint_content is None:
        raise ValueError(f"no moment is shown by {what}")

    def paint_picture(painter: QPainter, _scale: float) -> None:
        paint_content(painter, room_within(size, look), moment, look, font)

    return framed(Picture(size, paint_picture), moment, look, font)


def room_within(size: QSizeF, look: Look) -> QRectF:
    """Return the part of a picture that its content has, between title and caption."""
    top = _MARGIN + (size.height() * _TITLE_SHARE if look.title else 0.0)
    bottom = _MARGIN + (1.2 * _CAPTION_PX if look.is_captioned else 0.0)
    width, height = size.width() - 2 * _MARGIN, size.height() - top - bottom
    return QRectF(_MARGIN, top, max(width, 1.0), max(height, 1.0))


def framed(picture: Picture, moment: Moment, look: Look, font: QFont) -> Picture:
    """Return the picture with the title and the caption that the look asks for."""
    size = picture.size

    def paint_framed(painter: QPainter, scale: float) -> None:
        picture.paint(painter, scale)
        room = room_within(size, look)
        if look.title:
            px = 0.6 * _TITLE_SHARE * size.height()
            place = QRectF(room.x(), 0.6 * _MARGIN, room.width(), 1.6 * px)
            title = one_line(look.title)
            _write(painter, place, title, font, px, look.theme.inks[Ink.TEXT], is_bold=True)
        if look.is_captioned:
            place = QRectF(room.x(), room.bottom() + 0.4 * _MARGIN, room.width(), 14)
            caption = line(Experiment(moment.setup, moment.position))
            _write(painter, place, caption, font, _CAPTION_PX, look.theme.inks[Ink.MUTED])

    return Picture(size, paint_framed, picture.is_live)


def _paint_network(
    painter: QPainter, area: QRectF, moment: Moment, look: Look, font: QFont
) -> None:
    drawing = draw(
        moment, area.width() / area.height(), look.measures, numerals=look.numerals, is_fitted=False
    )
    paint(painter, drawing, area, look.theme, font)


def surface_picture(
    what: What, moment: Moment, size: tuple[float, float], text: float, look: Look
) -> Drawing:
    """Return the drawing of the error surface with a moment's run, in letters of a size."""
    side = min(size)
    shape = (side, side) if what is What.RELIEF else size  # whose ground is a square
    is_map = what is What.LANDSCAPE and look.layer is not Layer.ERROR
    known = look.start_map if is_map else None
    if known and look.region and look.is_widened:
        region = look.region
        size = size_of(region, size, text)  # beyond the region nothing is known
    else:
        region = region_of(moment, shape, text, look)
    scene = scene_of(
        moment,
        text,
        region=region,
        layer=look.layer if is_map else Layer.ERROR,
        is_linear=look.is_linear,
        numerals=look.numerals,
        kept=look.kept,
        start_map=known,
    )
    return surface_drawing(what, scene, size)


def region_of(moment: Moment, size: tuple[float, float], text: float, look: Look) -> Region:
    """Return the part of the weights that a picture of the error surface shows, without a map."""
    aspect = aspect_of(size, text)
    if look.region is None:
        return usual_region(moment.setup, known_trace(moment.setup), aspect)
    return look.region.widened(aspect) if look.is_widened else look.region


def text_px(look: Look) -> float:
    """Return the size of the letters in a picture of the error surface."""
    return _LARGE_TEXT_PX if look.is_large else _LEAST_TEXT_PX


def _paint_surface(
    what: What, painter: QPainter, area: QRectF, moment: Moment, look: Look, font: QFont
) -> None:
    size = area.width(), area.height()
    drawing = surface_picture(what, moment, size, text_px(look), look)
    paint(painter, drawing, area, look.theme, font)


def _paint_values(painter: QPainter, area: QRectF, moment: Moment, look: Look, font: QFont) -> None:
    paint(painter, draw_table(moment, Numerals(look.digits)), area, look.theme, font)


def _paint_both(painter: QPainter, area: QRectF, moment: Moment, look: Look, font: QFont) -> None:
    height = _FORMULA_SHARES[look.is_large] * area.height()
    _paint_network(painter, area.adjusted(0, 0, 0, -height), moment, look, font)
    below = QRectF(area.x(), area.bottom() - height, area.width(), height)
    _paint_formula(painter, below, moment, look, font)


def _paint_formula(
    painter: QPainter, area: QRectF, moment: Moment, look: Look, font: QFont
) -> None:
    """Paint where the step stands, why it is done, and below its formula and its curve.

    All begin at the left, so that nothing jumps from one picture of a series to the next.
    """
    step, theme = moment.step, look.theme
    px = min(max(area.height() * (0.13 if look.is_large else 0.115), 11.0), area.width() / 34)
    place = _("Iteration {iteration} · {phase} · {number} of {count}").format(
        iteration=FILES.count(moment.iteration),
        phase=step.phase.title,
        number=step.number,
        count=moment.lesson.last_step,
    )
    place = f"{place} · {moment.how}" if moment.how else place
    colour = theme.inks[phase_ink(step.phase)]
    row = QRectF(area.x(), area.y(), area.width(), 1.4 * px)
    _write(painter, row, place, font, px, colour, is_bold=True, is_left=True)
    row.translate(0, 1.45 * px)
    _write(painter, row, step.why, font, px, theme.inks[Ink.TEXT], is_left=True)
    room = area.adjusted(0, 3.0 * px, 0, 0)
    text = px if look.is_large else max(_LEAST_TEXT_PX, _FIGURE_TEXT * px)
    size = (room.width(), room.height())
    shown = plan(moment, look.numerals, size, text, _LARGEST_EM * px, _LEAST_EM)
    y = room.y() + max(0.0, (room.height() - shown.height) / 2)
    setting = shown.setting
    share = min(1.0, room.height() / setting.height, room.width() / setting.width)
    colours = {None: theme.inks[Ink.TEXT], step.quantity.name: colour}
    renderer = QSvgRenderer(QByteArray(setting.svg(colours, theme.ground)))
    renderer.render(painter, QRectF(room.x(), y, setting.width * share, setting.height * share))
    if share == 1.0:
        write_hidden(painter, QPointF(room.x(), y), setting, font)
    if figure := shown.figure:
        area = QRectF(room.x() + shown.x, room.y() + shown.y, figure.width, figure.height)
        paint(painter, figure, area, theme, font)


def _write(
    painter: QPainter,
    area: QRectF,
    text: str,
    font: QFont,
    px: float,
    colour: str,
    *,
    is_bold: bool = False,
    is_left: bool = False,
) -> None:
    """Write one line in the middle of the area; narrower and, where it is still too long, cut.

    It may begin at the left instead.
    """
    painter.save()
    written = print_font(font) if paints_pdf(painter) else QFont(font)
    written.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    written.setPixelSize(max(1, round(px)))
    written.setBold(is_bold)
    painter.setFont(written)
    painter.setPen(colour)
    metrics = painter.fontMetrics()
    room = round(area.width() / _NARROWEST)
    text = metrics.elidedText(text, Qt.TextElideMode.ElideRight, room)
    width = metrics.horizontalAdvance(text)
    share = min(1.0, area.width() / max(1, width))
    painter.translate(
        area.x() + share * width / 2 if is_left else area.center().x(), area.center().y()
    )
    painter.scale(share, share)
    line_area = QRectF(-width / 2 - 2, -area.height() / 2, width + 4, area.height())
    painter.drawText(line_area, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextDontClip), text)
    painter.restore()


_PAINTERS: dict[What, Callable[[QPainter, QRectF, Moment, Look, QFont], None]] = {
    What.NETWORK: _paint_network,
    What.FORMULA: _paint_formula,
    What.BOTH: _paint_both,
    What.VALUES: _paint_values,
    **{what: partial(_paint_surface, what) for what in SURFACES},
}
