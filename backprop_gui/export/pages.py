"""Several positions as one PDF: a page for each, or a handout with some on each page."""

import math
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QColor, QPageSize, QPainter

from backprop_gui.drawing.shapes import Ink
from backprop_gui.export import render
from backprop_gui.export.picture import Picture
from backprop_gui.paint.theme import LIGHT
from backprop_gui.system.job import Report
from backprop_gui.system.letters import one_line
from backprop_gui.system.texts import _

_COLUMNS = {2: 1, 4: 2, 6: 2}
_MARGIN, _GAP, _FOOT = 48.0, 20.0, 24.0
_FOOT_PX = 10


def pdf_pages(
    pictures: Sequence[Picture],
    ground: str | None,
    title: str,
    line: str,
    *,
    per_page: int,
    report: Report,
) -> bytes:
    """Return the pictures as PDF: each a page of its own size, or 2, 4 or 6 on a page of A4."""
    sheet = pictures[0].size if per_page == 1 else _sheet(per_page)
    pages = math.ceil(len(pictures) / per_page)
    with render.pdf_painter(title, line, sheet) as (buffer, writer, painter):
        for done, picture in enumerate(pictures):
            if done and done % per_page == 0:
                writer.newPage()
            if per_page == 1:
                cell = QRectF(0, 0, sheet.width(), sheet.height())
            else:
                cell = _cell(done % per_page, per_page, sheet)
                if done % per_page == 0:
                    _paint_foot(painter, sheet, title, done // per_page + 1, pages)
            _paint_into(painter, picture, cell, ground, is_framed=per_page > 1)
            report(done + 1, len(pictures))
    return bytes(buffer.data().data())


def _sheet(per_page: int) -> QSizeF:
    """A4: upright, or on its side for four."""
    return render.A4.transposed() if per_page == 4 else render.A4


def _cell(place: int, per_page: int, sheet: QSizeF) -> QRectF:
    columns = _COLUMNS[per_page]
    rows = per_page // columns
    row, column = divmod(place, columns)
    width = (sheet.width() - 2 * _MARGIN - (columns - 1) * _GAP) / columns
    height = (sheet.height() - 2 * _MARGIN - _FOOT - (rows - 1) * _GAP) / rows
    return QRectF(_MARGIN + column * (width + _GAP), _MARGIN + row * (height + _GAP), width, height)


def _paint_into(
    painter: QPainter, picture: Picture, cell: QRectF, ground: str | None, *, is_framed: bool
) -> None:
    size = picture.size
    scale = min(cell.width() / size.width(), cell.height() / size.height())
    painter.save()
    painter.translate(cell.center())
    painter.scale(scale, scale)
    painter.translate(-size.width() / 2, -size.height() / 2)
    area = QRectF(0, 0, size.width(), size.height())
    if ground:
        painter.fillRect(area, QColor(ground))
    picture.paint(painter, 1.0)
    if is_framed:
        painter.setPen(QColor(LIGHT.border))
        painter.setBrush(QColor(0, 0, 0, 0))
        painter.drawRect(area)
    painter.restore()


def _paint_foot(painter: QPainter, sheet: QSizeF, title: str, page: int, pages: int) -> None:
    font = painter.font()
    font.setPixelSize(_FOOT_PX)
    painter.setFont(font)
    painter.setPen(LIGHT.ink(Ink.MUTED))
    place = QRectF(_MARGIN, sheet.height() - _MARGIN, sheet.width() - 2 * _MARGIN, _FOOT)
    title = one_line(title)
    said = _("page {page} of {pages}").format(page=page, pages=pages)
    painter.drawText(place, f"{title} · {said}" if title else said)


def sheet_name(per_page: int) -> str:
    """Return what so many positions on a page are called."""
    if per_page == 1:
        return _("one on a page")
    return _("handout, {count} on a page of {paper}").format(
        count=per_page, paper=QPageSize(QPageSize.PageSizeId.A4).name()
    )
