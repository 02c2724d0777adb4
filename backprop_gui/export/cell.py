"""A position as a handout shows it: a heading, and below it what the person asks for.

All is set for paper, where a logical pixel is a 96th of an inch, so that it can be asked how small
its smallest text is.
"""

from collections.abc import Iterable
from functools import cached_property
from typing import NamedTuple

from PySide6.QtCore import QByteArray, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtSvg import QSvgRenderer

from backprop_gui.drawing.layout import DESK, LECTURE, Measures
from backprop_gui.drawing.network import draw
from backprop_gui.drawing.shapes import Drawing, Ink
from backprop_gui.drawing.values import draw_table
from backprop_gui.export.contents import What
from backprop_gui.export.formats import Can
from backprop_gui.export.hidden_text import write_hidden
from backprop_gui.export.picture import Look, surface_picture
from backprop_gui.lesson import notation, numbers
from backprop_gui.lesson.formula import formula
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.paint.painter import least_size, paint
from backprop_gui.paint.theme import phase_ink, print_font
from backprop_gui.paint.typesetting import Setting, fit
from backprop_gui.system.texts import _

LEAST_PX = 12.0  # nine points
_SURFACE_TEXT = 12.0
_SURFACE_HEIGHTS = (420.0, 260.0)  # of the error surface, in units of which its text has so many
_TEXT_PX = 12.5
_LINE, _GAP = 1.35 * _TEXT_PX, {True: 6.0, False: 2.0}  # below a heading, in full or not
_FORMULA_PX = (19.0, 13.0)  # per em
_WRAP = int(Qt.TextFlag.TextWordWrap)


class Style(NamedTuple):
    """How a position is shown: in full, or with its formula as a text; and the drawing's sizes.

    Fitted, a number that is too long for its place in the drawing has a digit less.
    """

    is_full: bool
    measures: Measures
    is_fitted: bool = False


_PRINT = LECTURE._replace(pad=DESK.pad)  # large, but nobody reads it from afar
_DRAWN = ((DESK, False), (_PRINT, False), (_PRINT, True))
# The best one first.
STYLES = tuple(Style(is_full, *drawn) for is_full in (True, False) for drawn in _DRAWN)


class Cell:
    """What a handout shows of a moment."""

    def __init__(self, what: What, moment: Moment, look: Look, font: QFont) -> None:
        self._what = what
        self._moment = moment
        self._look = look
        self._font = print_font(font)
        self._font.setPixelSize(round(_TEXT_PX))

    def least_px(self, size: QSizeF, style: Style) -> float:
        """Return the size of the smallest text where there is so much room, 0 where too little."""
        room = self._below_heading(size, style)
        if (most := self._most_px(size.width(), room, style)) < LEAST_PX:
            return most
        if self._has_formula(style):
            setting = self._setting(size.width(), style)
            room -= setting.height + _GAP[style.is_full]
            if setting.size < LEAST_PX or setting.width > size.width():
                return 0.0
        if self._what is What.FORMULA:
            return _TEXT_PX if room >= 0 else 0.0
        if room < LEAST_PX:
            return 0.0
        drawing = self._drawing(size.width() / room, style)
        scale = min(size.width() / drawing.width, room / drawing.height)
        is_table = self._what is What.VALUES
        least = self._least_of_table if is_table else least_size(drawing, self._font)
        return min(_TEXT_PX, scale * least)

    def _most_px(self, width: float, room: float, style: Style) -> float:
        """Return what no text can exceed in so much room below a heading: it is soon known."""
        if room < LEAST_PX or self._what not in (What.BOTH, What.NETWORK):
            return 0.0 if room < LEAST_PX else _TEXT_PX
        measures = style.measures
        if not style.is_fitted:
            measures = measures.with_digits(self._numerals(style).digits)
        return measures.px((width, room))

    def formula_height(self, width: float, style: Style) -> float:
        """Return how high the formula is where it has so much width, 0 where there is none."""
        return self._setting(width, style).height if self._has_formula(style) else 0.0

    def paint(self, painter: QPainter, area: QRectF, style: Style, formula_room: float) -> None:
        """Paint what is shown into an area; below the drawing there is room for any formula."""
        theme, step = self._look.theme, self._moment.step
        colour = theme.inks[phase_ink(step.phase)]
        y = area.y()
        for text, ink, is_bold in self._heading(area.width(), style):
            height = self._height_of(text, area.width(), is_bold=is_bold)
            painter.setFont(self._sized(is_bold=is_bold))
            painter.setPen(QColor(colour if ink is None else theme.inks[ink]))
            painter.drawText(QRectF(area.x(), y, area.width(), height + 4), _WRAP, text)
            y += height
        y += _GAP[style.is_full]
        bottom = area.bottom()
        if self._has_formula(style):
            setting = self._setting(area.width(), style)
            room = max(formula_room, setting.height)
            top = y if self._what is What.FORMULA else bottom - room
            colours = {None: theme.inks[Ink.TEXT], step.quantity.name: colour}
            place = QRectF(area.x(), top, setting.width, setting.height)
            data = QByteArray(setting.svg(colours, theme.ground))
            QSvgRenderer(data).render(painter, place)
            write_hidden(painter, place.topLeft(), setting, self._font)
            bottom = place.top() - _GAP[style.is_full]
        if self._what is not What.FORMULA:
            ground = QRectF(area.x(), y, area.width(), bottom - y)
            drawing = self._drawing(ground.width() / ground.height(), style)
            paint(painter, drawing, ground, theme, self._font)

    def _has_formula(self, style: Style) -> bool:
        return self._what is What.FORMULA or (self._what is What.BOTH and style.is_full)

    def _below_heading(self, size: QSizeF, style: Style) -> float:
        heights = (
            self._height_of(text, size.width(), is_bold=is_bold)
            for text, _ink, is_bold in self._heading(size.width(), style)
        )
        return size.height() - sum(heights) - _GAP[style.is_full]

    def _heading(self, width: float, style: Style) -> Iterable[tuple[str, Ink | None, bool]]:
        """Yield lines: their texts, their inks, None being the phase's, and whether bold."""
        moment, step = self._moment, self._moment.step
        symbol = notation.name(step.quantity.symbol)
        place = _("Iteration {iteration} · {number} of {count}").format(
            iteration=FILES.count(moment.iteration),
            number=step.number,
            count=moment.lesson.last_step,
        )
        place = f"{place} · {moment.how}" if moment.how else place
        if self._what is What.BOTH and not style.is_full:
            yield self._with_formula(f"{place}: {symbol}", width, style), None, True
            return
        yield f"{place} · {step.phase.title}: {symbol}", None, True
        if style.is_full and self._what in (What.BOTH, What.FORMULA):
            yield step.why, Ink.TEXT, False

    def _with_formula(self, place: str, width: float, style: Style) -> str:
        """Return the heading with formula and value, or the value alone where that is long."""
        quantity = self._moment.step.quantity
        text = self._moment.text(quantity.name, self._numerals(style))
        value = self._moment.value(quantity.name) or 0.0
        end = f"{numbers.relation(text, value)} {text}"
        whole = f"{place} = {notation.plain(self._moment.lesson.formula(quantity))} {end}"
        is_short = QFontMetricsF(self._sized(is_bold=True)).horizontalAdvance(whole) <= width
        return whole if is_short else f"{place} {end}"

    def _numerals(self, style: Style) -> Numerals:
        return style.measures.numerals(self._look.digits)

    def _setting(self, width: float, style: Style) -> Setting:
        made = formula(self._moment, self._numerals(style))
        return fit(made, width, 3.4 * _FORMULA_PX[0], *_FORMULA_PX)

    def _drawing(self, aspect: float, style: Style) -> Drawing:
        if self._what is What.VALUES:
            return self._table
        if Can.REGION in self._what.can:
            height = _SURFACE_HEIGHTS[style.measures.is_large]
            size, text = (aspect * height, height), _SURFACE_TEXT
            return surface_picture(self._what, self._moment, size, text, self._look)
        numerals = self._numerals(style)
        return draw(
            self._moment, aspect, style.measures, numerals=numerals, is_fitted=style.is_fitted
        )

    @cached_property
    def _table(self) -> Drawing:
        return draw_table(self._moment, Numerals(self._look.digits))

    @cached_property
    def _least_of_table(self) -> float:
        return least_size(self._table, self._font)

    def _height_of(self, text: str, width: float, *, is_bold: bool) -> float:
        metrics = QFontMetricsF(self._sized(is_bold=is_bold))
        rows = metrics.boundingRect(QRectF(0, 0, width, 1e6), _WRAP, text).height()
        return max(_LINE, rows)

    def _sized(self, *, is_bold: bool) -> QFont:
        font = QFont(self._font)
        font.setBold(is_bold)
        return font
