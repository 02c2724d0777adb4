"""A deck of PowerPoint slides, one for each position."""

from collections.abc import Callable, Sequence
from io import BytesIO
from typing import Any, BinaryIO

from pptx import Presentation
from pptx.enum.text import MSO_ANCHOR
from pptx.util import Emu, Pt
from PySide6.QtCore import QByteArray, QRectF
from PySide6.QtGui import QImage, QPainter
from PySide6.QtSvg import QSvgRenderer

from backprop_gui.core.run import Trace
from backprop_gui.drawing.layout import DESK, LECTURE
from backprop_gui.drawing.network import draw
from backprop_gui.drawing.shapes import Drawing, Ink
from backprop_gui.drawing.widths import width
from backprop_gui.export.powerpoint.chart import ErrorChart
from backprop_gui.export.powerpoint.foot import add_foot, tidy
from backprop_gui.export.powerpoint.shapes import PIXEL, add_drawing, colour_of
from backprop_gui.export.render import png
from backprop_gui.export.slide_places import NARROW, WIDE, Places
from backprop_gui.lesson import notation, numbers
from backprop_gui.lesson.formula import Formula, formula
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import FILES
from backprop_gui.lesson.slope import curve_point, spoken_point
from backprop_gui.lesson.spoken import spoken_step
from backprop_gui.paint.formula_plan import plan
from backprop_gui.paint.theme import Theme, phase_ink
from backprop_gui.storage.restore_line import Experiment, line
from backprop_gui.system.job import Report
from backprop_gui.system.letters import one_line
from backprop_gui.system.texts import _

_OPENING, _TITLE_ONLY = 0, 5  # numbers of python-pptx's layouts: a title slide, a title alone
_FORMULA_DPI, _SLIDE_DPI = 300, 96
_FIGURE_TEXTS = (16.0, 24.0)  # pixels, for a desk and for a lecture hall
_TITLE_POINTS = (28, 26, 24, 22, 20, 18)  # the largest in which all titles have one line
_SURFACE_TEXTS = (16.0, 27.0)  # 12 points, and 20 for a lecture hall
_FORMULA_SIZES = (46.0, 10.0)  # pixels per em, at the most and at the least

# What draws the error surface with a moment's run: of a size, in letters of a size.
Surface = Callable[[Moment, tuple[float, float], float], Drawing]


def write_deck(
    stream: BinaryIO,
    moments: Sequence[Moment],
    curve: Trace | None,
    *,
    is_wide: bool,
    theme: Theme,
    title: str,
    digits: int,
    is_large: bool,
    report: Report,
    surface: Surface | None = None,
) -> None:
    """Write a deck with a slide for each moment, 16:9 or 4:3, and the error curve on each.

    Without a curve the network has its room. With a `surface` the slides have its drawings
    instead of all these. A title has a slide of its own, and the foot of all
    others, beside their numbers. `is_large` is for a lecture hall. `report` is called after each
    slide; what it raises ends this. Raises OSError where the stream does.
    """
    deck = Deck(WIDE if is_wide else NARROW, theme, digits, is_large, one_line(title))
    deck.make_room(moments)
    chart = ErrorChart(curve, theme) if curve else None
    deck.open(moments[0])
    for done, moment in enumerate(moments, start=1):
        if surface:
            deck.add_surface(moment, surface)
        else:
            deck.add(moment, chart)
        report(done, len(moments))
    deck.describe(moments[0])
    deck.presentation.save(stream)


class Deck:
    """A presentation being made."""

    def __init__(
        self, places: Places, theme: Theme, digits: int, is_large: bool, title: str
    ) -> None:
        self.presentation: Any = Presentation()
        self.presentation.slide_width = Emu(places.width * PIXEL)
        self.presentation.slide_height = Emu(places.height * PIXEL)
        self._places = places
        self._theme = theme
        self._title = title
        self._measures = LECTURE if is_large else DESK
        self._numerals = self._measures.numerals(digits)
        self._title_points = _TITLE_POINTS[0]

    def make_room(self, moments: Sequence[Moment]) -> None:
        """Have titles of one size, in which each has one line in any font."""
        room = 0.75 * self._places.title.width()
        widest = max(width(_title(moment), 1.0) for moment in moments)
        points = (points for points in _TITLE_POINTS if points * widest <= room)
        self._title_points = next(points, _TITLE_POINTS[-1])

    def describe(self, first: Moment) -> None:
        """Give the deck its title, and the restore line in two places."""
        properties = self.presentation.core_properties
        properties.title = self._title[:255] or _("Back-propagation, step by step")
        properties.keywords = line(Experiment(first.setup, first.position))
        properties.comments = properties.keywords  # LibreOffice drops the colons of keywords
        properties.language = "en"
        properties.author = ""
        properties.last_modified_by = "Backprop"

    def open(self, first: Moment) -> None:
        """Begin with the title, if there is one, and what the run is made from."""
        if not self._title:
            return
        slide = self._slide(_OPENING)
        title, given = slide.placeholders
        wide, high = self._places.width, self._places.height
        _put(title, QRectF(0.08 * wide, 0.2 * high, 0.84 * wide, 0.3 * high))
        _put(given, QRectF(0.08 * wide, 0.54 * high, 0.84 * wide, 0.2 * high))
        size = 44 if len(self._title) <= 60 else 28 if len(self._title) <= 160 else 16
        _write(title, self._title, size, self._theme.inks[Ink.TEXT], is_bold=True)
        title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM
        values = (
            f"{notation.name(quantity.symbol)} = {FILES.given(value)}"
            for quantity in first.lesson.given
            if (value := first.value(quantity.name)) is not None
        )
        _write(given, ",  ".join(values), 20, self._theme.inks[Ink.MUTED])
        given.text_frame.vertical_anchor = MSO_ANCHOR.TOP

    def add_surface(self, moment: Moment, surface: Surface) -> None:
        """Add the slide of a moment on the error surface."""
        slide, area = self._begin(moment), self._places.whole
        text = _SURFACE_TEXTS[self._measures.is_large]
        drawing = surface(moment, (area.width(), area.height()), text)
        group = add_drawing(slide.shapes, drawing, area, self._theme, _("Landscape"))
        words = spoken_step(moment, self._numerals)
        group._element.nvGrpSpPr.cNvPr.set("descr", words)
        self._end(slide, moment, formula(moment, self._numerals))

    def page(self, title: str) -> Any:
        """Return a new slide with a title."""
        slide = self._slide(_TITLE_ONLY)
        _put(slide.shapes.title, self._places.title)
        colour = self._theme.inks[Ink.TEXT]
        _write(slide.shapes.title, title, _TITLE_POINTS[0], colour, is_bold=True)
        return slide

    def finish(self, slide: Any, notes: str) -> None:
        """Give a slide its foot and its notes."""
        if self._title:
            number = len(self.presentation.slides)
            add_foot(slide, self._places.foot, self._title, number, self._theme)
        slide.notes_slide.notes_text_frame.text = notes

    def _begin(self, moment: Moment) -> Any:
        slide = self._slide(_TITLE_ONLY)
        self._add_title(slide, moment)
        self._add_sentence(slide, moment)
        return slide

    def add(self, moment: Moment, chart: ErrorChart | None) -> None:
        """Add the slide of a moment."""
        slide, places = self._begin(moment), self._places
        self._add_network(slide, moment, places.network if chart else places.alone(places.network))
        made = formula(moment, self._numerals)
        self._add_formula(
            slide, moment, made, places.formula if chart else places.alone(places.formula)
        )
        if chart:
            chart.add(slide, emu(places.chart), moment)
        self._end(slide, moment, made)

    def _end(self, slide: Any, moment: Moment, made: Formula) -> None:
        self.finish(slide, _notes(moment, made))

    def _slide(self, layout: int) -> Any:
        slide = self.presentation.slides.add_slide(self.presentation.slide_layouts[layout])
        ground = slide.background.fill
        ground.solid()
        ground.fore_color.rgb = colour_of(self._theme.ground)
        return slide

    def _add_network(self, slide: Any, moment: Moment, area: QRectF) -> None:
        aspect = area.width() / area.height()
        drawing = draw(moment, aspect, self._measures, numerals=self._numerals, is_fitted=False)
        group = add_drawing(slide.shapes, drawing, area, self._theme, _("Network"))
        words = spoken_step(moment, self._numerals)
        group._element.nvGrpSpPr.cNvPr.set("descr", words)

    def _add_title(self, slide: Any, moment: Moment) -> None:
        shape = slide.shapes.title
        _put(shape, self._places.title)
        colour = self._theme.inks[phase_ink(moment.step.phase)]
        _write(shape, _title(moment), self._title_points, colour, is_bold=True)

    def _add_sentence(self, slide: Any, moment: Moment) -> None:
        shape = slide.shapes.add_textbox(0, 0, 0, 0)
        shape.name = _("Why")
        _put(shape, self._places.sentence)
        points = 18 if self._places is WIDE else 16
        _write(shape, moment.step.why, points, self._theme.inks[Ink.TEXT])

    def _add_formula(self, slide: Any, moment: Moment, made: Formula, room: QRectF) -> None:
        theme = self._theme
        colours = {
            None: theme.inks[Ink.TEXT],
            moment.step.quantity.name: theme.inks[phase_ink(moment.step.phase)],
        }
        text = _FIGURE_TEXTS[self._measures.is_large]
        size = (room.width(), room.height())
        shown = plan(moment, self._numerals, size, text, *_FORMULA_SIZES)
        setting = shown.setting
        share = min(1.0, room.width() / setting.width, room.height() / setting.height)
        wide, high = setting.width * share, setting.height * share
        data = _printed(setting.svg(colours, theme.ground), wide, high)
        area = QRectF(room.x(), room.y(), wide, high)
        picture = slide.shapes.add_picture(BytesIO(data), *emu(area))
        picture.name = _("Formula")
        picture._element.nvPicPr.cNvPr.set("descr", made.latex)
        if figure := shown.figure:
            place = QRectF(room.x() + shown.x, room.y() + shown.y, figure.width, figure.height)
            group = add_drawing(slide.shapes, figure, place, theme, _("Curve of the sigmoid"))
            point = curve_point(moment)
            numerals = self._numerals.of(moment.setup)
            words = spoken_point(point, moment.lesson, numerals) if point else ""
            group._element.nvGrpSpPr.cNvPr.set("descr", words)


def _title(moment: Moment) -> str:
    step = moment.step
    place = _("Iteration {iteration} · {phase} · {number} of {count}").format(
        iteration=FILES.count(moment.iteration),
        phase=step.phase.title,
        number=step.number,
        count=moment.lesson.last_step,
    )
    place = f"{place} · {moment.how}" if moment.how else place
    return f"{place}: {notation.name(step.quantity.symbol)}"


def _printed(svg: bytes, wide: float, high: float) -> bytes:
    """Return a formula as PNG with as many pixels as print needs."""
    scale = _FORMULA_DPI / _SLIDE_DPI
    image = QImage(
        max(1, round(wide * scale)),
        max(1, round(high * scale)),
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
        f"{notation.name(quantity.symbol)} = {numbers.exact(value)}"
        for quantity in quantities
        if (value := moment.value(quantity.name)) is not None
    )
    return "\n".join([moment.step.why, spoken_step(moment), made.text, "", *values])


def _put(shape: Any, area: QRectF) -> None:
    shape.left, shape.top, shape.width, shape.height = emu(area)


def emu(area: QRectF) -> tuple[Emu, Emu, Emu, Emu]:
    """Return the left, top, width and height of an area in pixels of a slide, as PowerPoint's."""
    sides = area.x(), area.y(), area.width(), area.height()
    left, top, width, height = (Emu(round(side * PIXEL)) for side in sides)
    return left, top, width, height


def _write(shape: Any, text: str, points: float, colour: str, *, is_bold: bool = False) -> None:
    frame = shape.text_frame
    tidy(frame)
    run = frame.paragraphs[0].add_run()
    run.text = text
    run.font.size = Pt(points)
    run.font.bold = is_bold
    run.font.color.rgb = colour_of(colour)
