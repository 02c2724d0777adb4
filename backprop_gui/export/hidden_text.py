"""Formulas as text that a PDF has but does not show: they can be found there, and copied."""

from itertools import groupby

from PySide6.QtCore import QPointF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter

from backprop_gui.lesson.written import as_text
from backprop_gui.paint.painter import paints_pdf
from backprop_gui.paint.theme import print_font
from backprop_gui.paint.typesetting import Setting


def write_hidden(painter: QPainter, corner: QPointF, setting: Setting, font: QFont) -> None:
    """Write a formula over its picture, whose upper left `corner` this is, line by line.

    Nothing happens where what is painted becomes no PDF.
    """
    if not paints_pdf(painter):
        return
    written = print_font(font)
    written.setPixelSize(max(1, round(setting.size)))
    metrics = QFontMetricsF(written)
    painter.save()
    painter.setFont(written)
    painter.setPen(QColor(0, 0, 0, 0))
    for height, group in groupby(setting.placed, key=lambda placed: placed.y):
        placed = list(group)
        left, last = placed[0].x, placed[-1]
        width = (last.x + last.glyphs.width - left) * setting.size
        text = as_text([each.piece for each in placed]).strip()
        painter.save()
        painter.translate(corner + QPointF(left, height) * setting.size)
        painter.scale(width / max(1.0, metrics.horizontalAdvance(text)), 1.0)
        painter.drawText(QPointF(0, 0), text)
        painter.restore()
    painter.restore()
