"""A PDF that compares runs, with a page for each slide of the deck, and what is on it."""

from functools import singledispatchmethod

import numpy as np
from PySide6.QtCore import QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from backprop_gui.core.run import Trace
from backprop_gui.drawing.error_curves import RunCurve, draw_curves
from backprop_gui.drawing.run_style import PRESENT_STYLE, style
from backprop_gui.drawing.shapes import Drawing, Ink
from backprop_gui.drawing.table import draw_table
from backprop_gui.export import render
from backprop_gui.export.comparison import (
    TEXT,
    Compared,
    CurvesPage,
    DrawnPage,
    Page,
    TablePage,
    beside_key,
    key_of,
    pages_of,
)
from backprop_gui.export.picture import Look
from backprop_gui.export.slide_places import NARROW, WIDE
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.paint.painter import paint
from backprop_gui.paint.theme import interface_font, print_font
from backprop_gui.storage.restore_line import Experiment, line
from backprop_gui.system.job import Report
from backprop_gui.system.letters import one_line
from backprop_gui.system.texts import _
from backprop_gui.widgets.thinning import thinned

_TITLE_PX, _FOOT_PX = 34, 15
_COLUMNS = 400  # of a curve, each with four points at the most


def comparison_pdf(compared: Compared, look: Look, report: Report, *, is_wide: bool) -> bytes:
    """Return a PDF of these runs, its pages 16:9 or 4:3; `report` is as in `pages_of`."""
    places = WIDE if is_wide else NARROW
    size = places.whole.width(), places.whole.height()
    pages = list(pages_of(compared, look, size, report))  # which may end it, before there is a PDF
    first, paper = compared.first, QSizeF(places.width, places.height)
    restore_line = line(Experiment(first.setup, first.position))
    with render.pdf_painter(look.title, restore_line, paper) as (buffer, writer, painter):
        made = _PaperPages(painter, compared, look, is_wide=is_wide)
        for number, page in enumerate(pages, start=1):
            if number > 1:
                writer.newPage()
            made.paint(page, number, len(pages))
            report(number, len(pages))
    return render.finished_pdf(buffer)


class _PaperPages:
    """Pages being painted, one after the other."""

    def __init__(self, painter: QPainter, compared: Compared, look: Look, *, is_wide: bool) -> None:
        self._painter, self._compared, self._look = painter, compared, look
        self._places = WIDE if is_wide else NARROW
        self._font = print_font(interface_font())

    def paint(self, page: Page, number: int, count: int) -> None:
        """Paint a page: its title, its content, and at the foot the whole's title."""
        places, ground = self._places, QColor(self._look.theme.ground)
        self._painter.fillRect(QRectF(0, 0, places.width, places.height), ground)
        self._write(places.title, page.title, _TITLE_PX, Ink.TEXT, is_bold=True)
        said = _("page {page} of {pages}").format(page=number, pages=count)
        taken = self._write(places.foot, said, _FOOT_PX, Ink.MUTED, is_right=True)
        rest = places.foot.adjusted(0, 0, -taken - 24, 0)
        self._write(rest, one_line(self._look.title), _FOOT_PX, Ink.MUTED)
        self._paint(page)

    @singledispatchmethod
    def _paint(self, page: Page) -> None:
        raise TypeError(f"no page for a {type(page).__name__}")

    @_paint.register
    def _(self, page: TablePage) -> None:
        area = self._places.whole
        size = area.width(), area.height()
        self._draw(draw_table(page.headings, page.rows, size), area)

    @_paint.register
    def _(self, page: DrawnPage) -> None:
        area = self._places.whole
        self._draw(page.drawing, self._with_key(area) if page.has_key else area)

    @_paint.register
    def _(self, _page: CurvesPage) -> None:
        room, compared = self._with_key(self._places.whole), self._compared
        curves = [_curve(compared.trace, PRESENT_STYLE, compared.rows[0].name)]
        for run in compared.kept:
            if run.trace:
                curves.append(_curve(run.trace, style(run.colour), run.name))
        tolerance, numerals = compared.rows[0].setup.tolerance, Numerals(self._look.digits)
        size = room.width(), room.height()
        self._draw(draw_curves(curves, tolerance, size, TEXT, numerals), room)

    def _with_key(self, area: QRectF) -> QRectF:
        """Paint the names of all runs, and return the area that they leave."""
        room, column = beside_key(area)
        self._draw(key_of(self._compared, (column.width(), column.height())), column)
        return room

    def _draw(self, drawing: Drawing, area: QRectF) -> None:
        paint(self._painter, drawing, area, self._look.theme, self._font)

    def _write(
        self,
        area: QRectF,
        text: str,
        px: int,
        ink: Ink,
        *,
        is_bold: bool = False,
        is_right: bool = False,
    ) -> float:
        """Write a line, cut where it is too long; return how wide it is."""
        painter, font = self._painter, QFont(self._font)
        font.setPixelSize(px)
        font.setBold(is_bold)
        painter.setFont(font)
        painter.setPen(self._look.theme.ink(ink))
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, round(area.width()))
        side = Qt.AlignmentFlag.AlignRight if is_right else Qt.AlignmentFlag.AlignLeft
        painter.drawText(area, int(side | Qt.AlignmentFlag.AlignVCenter), shown)
        return metrics.horizontalAdvance(shown)


def _curve(trace: Trace, look: tuple[Ink, tuple[float, ...]], name: str) -> RunCurve:
    """Return a run's curve, with as many points as can be seen."""
    iterations = np.array(trace.iterations, dtype=np.float64)
    errors = np.array(trace.errors, dtype=np.float64)
    x, y = thinned(iterations, errors, iterations[0], iterations[-1] + 1, _COLUMNS)
    return RunCurve(tuple(zip(x.tolist(), y.tolist(), strict=True)), *look, name)
