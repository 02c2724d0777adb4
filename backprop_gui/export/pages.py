"""Several positions as one PDF: a page for each, or a handout with some on each page."""

import math
from collections.abc import Sequence
from dataclasses import replace

from PySide6.QtCore import QPointF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QPainter

from backprop_gui.drawing.shapes import Ink
from backprop_gui.export import render
from backprop_gui.export.cell import Cell, Style
from backprop_gui.export.grid import FOOT_PX, RULE_PX, Grid, Place, grid_of
from backprop_gui.export.orders import SlidesOrder
from backprop_gui.export.picture import Picture
from backprop_gui.lesson.moment import Moment
from backprop_gui.paint.theme import Theme, print_font
from backprop_gui.system.job import Report
from backprop_gui.system.letters import one_line
from backprop_gui.system.texts import _

_MEASURED = 60  # positions of which the smallest text is looked for


def pdf_pages(
    pictures: Sequence[Picture], ground: str | None, title: str, line: str, report: Report
) -> bytes:
    """Return the pictures as PDF: each a page of its own size."""
    size = pictures[0].size
    with render.pdf_painter(title, line, size) as (buffer, writer, painter):
        for done, picture in enumerate(pictures, start=1):
            if done > 1:
                writer.newPage()
            if ground:
                painter.fillRect(render.area_of(size), QColor(ground))
            picture.paint(painter, 1.0)
            report(done, len(pictures))
    return render.finished_pdf(buffer)


def handout_pages(
    moments: Sequence[Moment], order: SlidesOrder, font: QFont, line: str, report: Report
) -> bytes:
    """Return positions as PDF, as many on a page as the order says, if they can be read there."""
    each = order.picture
    cells = _cells(moments, order, font)
    some = cells[:: max(1, len(cells) // _MEASURED)]
    grid = _grid(some, order)
    count, style = len(grid.places), grid.style
    # As high everywhere, so that the drawings are as large.
    room = max(cell.formula_height(grid.places[0].cell.width(), style) for cell in some)
    pages, size = math.ceil(len(cells) / count), grid.sheet.size
    theme, title = each.look.theme, one_line(each.look.title)
    with render.pdf_painter(title, line, size) as (buffer, writer, painter):
        for done, cell in enumerate(cells):
            if done % count == 0:
                if done:
                    writer.newPage()
                _begin_page(painter, grid, theme, font, title, (done // count + 1, pages))
            place = grid.places[done % count]
            cell.paint(painter, place.cell, style, room)
            _rule(painter, place, theme)
            report(done + 1, len(cells))
    return render.finished_pdf(buffer)


def most_on_page(moment: Moment, order: SlidesOrder, font: QFont) -> int:
    """Return how many steps of a moment's iteration can be read on a page of an order."""
    last = replace(moment, position=moment.position._replace(step=moment.last_step))
    return len(_grid(_cells((last,), order, font), order).places)


def _cells(moments: Sequence[Moment], order: SlidesOrder, font: QFont) -> list[Cell]:
    each = order.picture
    return [Cell(each.what, moment, each.look, font) for moment in moments]


def _grid(cells: Sequence[Cell], order: SlidesOrder) -> Grid:
    def least_px(size: QSizeF, style: Style) -> float:
        return min(cell.least_px(size, style) for cell in cells)

    return grid_of(order.per_page, order.sheet, least_px, has_lines=order.has_lines)


def _begin_page(
    painter: QPainter, grid: Grid, theme: Theme, font: QFont, title: str, page: tuple[int, int]
) -> None:
    """Paint the ground where it is dark, and the foot: the title, and the page's number."""
    if theme.is_dark:
        painter.fillRect(render.area_of(grid.sheet.size), QColor(theme.ground))
    written = print_font(font)
    written.setPixelSize(FOOT_PX)
    painter.setFont(written)
    painter.setPen(theme.ink(Ink.MUTED))
    number, pages = page
    said = _("page {page} of {pages}").format(page=number, pages=pages)
    right = int(Qt.AlignmentFlag.AlignRight)
    painter.drawText(grid.foot, right, said)
    room = grid.foot.width() - painter.fontMetrics().horizontalAdvance(said) - 24
    shown = painter.fontMetrics().elidedText(title, Qt.TextElideMode.ElideRight, round(room))
    painter.drawText(grid.foot, int(Qt.AlignmentFlag.AlignLeft), shown)


def _rule(painter: QPainter, place: Place, theme: Theme) -> None:
    """Draw lines to write on."""
    if place.lines is None:
        return
    painter.setPen(QColor(theme.inks[Ink.LINE]))
    area = place.lines
    for number in range(1, int(area.height() / RULE_PX) + 1):
        y = area.top() + number * RULE_PX
        painter.drawLine(QPointF(area.left(), y), QPointF(area.right(), y))


def remark_on(held: int) -> str:
    """Say how many positions a page holds, where more are asked for."""
    sentence = _("This paper holds {count} a page: with more, texts would be under 9 points.")
    return sentence.format(count=held)


def sheet_name(per_page: int) -> str:
    """Return what so many positions on a page are called."""
    if per_page == 1:
        return _("one on a page, as a slide")
    return _("handout, up to {count} on a page").format(count=per_page)
