"""A deck of PowerPoint slides, one for each position."""

from collections.abc import Sequence
from io import BytesIO
from typing import Any, BinaryIO, NamedTuple

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE, PP_ALIGN
from pptx.util import Emu, Pt
from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from backprop_gui.core.run import Trace
from backprop_gui.drawing.layout import DESK, LECTURE
from backprop_gui.drawing.network import draw
from backprop_gui.drawing.shapes import Ink
from backprop_gui.export.powerpoint.chart import ErrorChart
from backprop_gui.export.powerpoint.shapes import PIXEL, add_drawing, colour_of
from backprop_gui.export.render import png
from backprop_gui.lesson import notation, numbers
from backprop_gui.lesson.formula import Formula, formula
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.slope import curve_point, spoken_point
from backprop_gui.lesson.spoken import spoken_step
from backprop_gui.paint.formula_plan import plan
from backprop_gui.paint.theme import Theme, phase_ink
from backprop_gui.storage.restore_line import Experiment, line
from backprop_gui.system.job import Report
from backprop_gui.system.letters import one_line
from backprop_gui.system.texts import _

_TITLE_ONLY = 5  # the number of python-pptx's layout that has a title and nothing else
_FORMULA_DPI, _SLIDE_DPI = 300, 96
_FIGURE_TEXTS = (16.0, 24.0)  # pixels, for a desk and for a lecture hall
_FORMULA_SIZES = (64.0, 10.0)  # pixels per em, at the most and at the least


class _Places(NamedTuple):
    """Where things stand on a slide, in pixels, 96 to an inch."""

    width: int
    height: int
    title: QRectF
    sentence: QRectF
    network: QRectF
    formula: QRectF
    chart: QRectF


_WIDE = _Places(
    1280,
    720,
    QRectF(40, 16, 1200, 56),
    QRectF(40, 70, 1200, 34),
    QRectF(32, 116, 836, 410),
    QRectF(40, 540, 1200, 160),
    QRectF(884, 124, 372, 396),
)
_NARROW = _Places(
    960,
    720,
    QRectF(24, 12, 912, 52),
    QRectF(24, 62, 912, 34),
    QRectF(16, 104, 928, 400),
    QRectF(24, 520, 560, 184),
    QRectF(600, 512, 344, 196),
)


def write_deck(
    stream: BinaryIO,
    moments: Sequence[Moment],
    curve: Trace,
    *,
    is_wide: bool,
    theme: Theme,
    title: str,
    digits: int,
    is_large: bool,
    report: Report,
) -> None:
    """Write a deck with a slide for each moment, 16:9 or 4:3, and the error curve on each.

    `is_large` is for a lecture hall. `report` is called after each slide; what it raises ends
    this. Raises OSError where the stream does.
    """
    deck = _Deck(_WIDE if is_wide else _NARROW, theme, digits, is_large)
    chart = ErrorChart(curve, theme)
    for done, moment in enumerate(moments, start=1):
        deck.add(moment, chart)
        report(done, len(moments))
    deck.describe(title, moments[0])
    deck.presentation.save(stream)


class _Deck:
    """A presentation being made."""

    def __init__(self, places: _Places, theme: Theme, digits: int, is_large: bool) -> None:
        self.presentation: Any = Presentation()
        self.presentation.slide_width = Emu(places.width * PIXEL)
        self.presentation.slide_height = Emu(places.height * PIXEL)
        self._places = places
        self._theme = theme
        self._is_large = is_large
        self._numerals = Numerals(LECTURE.digits if is_large else digits)

    def describe(self, title: str, first: Moment) -> None:
        """Give the deck its title, and the restore line in two places."""
        properties = self.presentation.core_properties
        properties.title = one_line(title)[:255] or _("Back-propagation, step by step")
        properties.keywords = line(Experiment(first.setup, first.position))
        properties.comments = properties.keywords  # LibreOffice drops the colons of keywords
        properties.author = ""
        properties.last_modified_by = "Backprop"

    def add(self, moment: Moment, chart: ErrorChart) -> None:
        """Add the slide of a moment."""
        slide = self.presentation.slides.add_slide(self.presentation.slide_layouts[_TITLE_ONLY])
        ground = slide.background.fill
        ground.solid()
        ground.fore_color.rgb = colour_of(self._theme.ground)
        self._add_title(slide, moment)
        self._add_sentence(slide, moment)
        measures = LECTURE if self._is_large else DESK
        area = self._places.network
        drawing = draw(
            moment, area.width() / area.height(), measures, numerals=self._numerals, is_fitted=False
        )
        add_drawing(slide.shapes, drawing, area, self._theme, _("Network"))
        made = formula(moment, self._numerals)
        self._add_formula(slide, moment, made)
        chart.add(slide, _emu(self._places.chart), moment)
        slide.notes_slide.notes_text_frame.text = _notes(moment, made)

    def _add_title(self, slide: Any, moment: Moment) -> None:
        step = moment.step
        text = _("Iteration {iteration} · {phase} · {number} of {count}: {symbol}").format(
            iteration=FILES.count(moment.iteration),
            phase=step.phase.title,
            number=step.number,
            count=moment.lesson.last_step,
            symbol=notation.plain(step.quantity.symbol),
        )
        shape = slide.shapes.title
        _put(shape, self._places.title)
        colour = self._theme.inks[phase_ink(step.phase)]
        _write(shape, text, 28, colour, is_bold=True)

    def _add_sentence(self, slide: Any, moment: Moment) -> None:
        shape = slide.shapes.add_textbox(0, 0, 0, 0)
        shape.name = _("Why")
        _put(shape, self._places.sentence)
        points = 18 if self._places is _WIDE else 16
        _write(shape, moment.step.why, points, self._theme.inks[Ink.TEXT])

    def _add_formula(self, slide: Any, moment: Moment, made: Formula) -> None:
        room, theme = self._places.formula, self._theme
        colours = {
            None: theme.inks[Ink.TEXT],
            moment.step.quantity.name: theme.inks[phase_ink(moment.step.phase)],
        }
        text = _FIGURE_TEXTS[self._is_large]
        size = (room.width(), room.height())
        shown = plan(moment, self._numerals, size, text, *_FORMULA_SIZES)
        setting = shown.setting
        share = min(1.0, room.width() / setting.width, room.height() / setting.height)
        width, height = setting.width * share, setting.height * share
        data = _printed(setting.svg(colours, theme.ground), width, height)
        area = QRectF(room.x(), room.y(), width, height)
        picture = slide.shapes.add_picture(BytesIO(data), *_emu(area))
        picture.name = _("Formula")
        picture._element.nvPicPr.cNvPr.set("descr", made.latex)
        if figure := shown.figure:
            place = QRectF(room.x() + shown.x, room.y() + shown.y, figure.width, figure.height)
            group = add_drawing(slide.shapes, figure, place, theme, _("Curve of the sigmoid"))
            point = curve_point(moment)
            words = spoken_point(point, moment.lesson, self._numerals) if point else ""
            group._element.nvGrpSpPr.cNvPr.set("descr", words)


def _printed(svg: bytes, width: float, height: float) -> bytes:
    """Return a formula as PNG with as many pixels as print needs."""
    scale = _FORMULA_DPI / _SLIDE_DPI
    image = QImage(
        max(1, round(width * scale)),
        max(1, round(height * scale)),
        QImage.Format.Format_ARGB32_Premultiplied,
    )
    image.fill(0)
    painter = QPainter(image)
    QSvgRenderer(QByteArray(svg)).render(painter)
    painter.end()
    return png(image, "", "")


def _notes(moment: Moment, made: Formula) -> str:
    """Return the step in words and all that is known so far, exactly."""
    quantities = moment.lesson.quantities.values()
    values = (
        f"{notation.plain(quantity.symbol).removesuffix(' ←')} "
        f"{'←' if quantity.symbol.endswith('←') else '='} {numbers.exact(value)}"
        for quantity in quantities
        if (value := moment.value(quantity.name)) is not None
    )
    return "\n".join([moment.step.why, spoken_step(moment), made.text, "", *values])


def _put(shape: Any, area: QRectF) -> None:
    shape.left, shape.top, shape.width, shape.height = _emu(area)


def _emu(area: QRectF) -> tuple[Emu, Emu, Emu, Emu]:
    sides = area.x(), area.y(), area.width(), area.height()
    left, top, width, height = (Emu(round(side * PIXEL)) for side in sides)
    return left, top, width, height


def _write(shape: Any, text: str, points: float, colour: str, *, is_bold: bool = False) -> None:
    frame = shape.text_frame
    frame.word_wrap = True
    frame.auto_size = MSO_AUTO_SIZE.NONE
    frame.vertical_anchor = MSO_ANCHOR.MIDDLE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    paragraph = frame.paragraphs[0]
    paragraph.alignment = PP_ALIGN.LEFT
    run = paragraph.add_run()
    run.text = text
    run.font.size = Pt(points)
    run.font.bold = is_bold
    run.font.color.rgb = colour_of(colour)
