"""The worked example as PDF: blocks set below each other, page after page."""

from collections.abc import Callable, Sequence
from functools import singledispatchmethod

from PySide6.QtCore import QByteArray, QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter
from PySide6.QtSvg import QSvgRenderer

from backprop_gui.drawing.shapes import Ink
from backprop_gui.export import render
from backprop_gui.export.handout import worked_example as written
from backprop_gui.export.handout.figure import FIGURE, figure_picture
from backprop_gui.export.hidden_text import write_hidden
from backprop_gui.lesson import notation
from backprop_gui.paint.theme import LIGHT, interface_font, phase_ink, print_font
from backprop_gui.paint.typesetting import GAP_SIZE, fit
from backprop_gui.system.texts import _

_MARGIN, _ABOVE, _FOOT = 84.0, 56.0, 40.0  # at the sides, above and below, of the page's number
_TEXT_PX, _TITLE_PX, _HEADING_PX, _SMALL_PX = 14, 24, 18, 12
_INDENT = 22.0
_FORMULA_PX, _BLANKED_PX = (21.0, 13.0), (GAP_SIZE, GAP_SIZE)  # gaps keep their width
_AROUND_FORMULA = (2.0, 7.0)  # so that a fraction touches no sentence
_RULE = 36.0  # the height of a line for a name
_KEPT = 150.0  # below a heading there is room for this, or it goes to the next page
_WRAP = int(Qt.TextFlag.TextWordWrap)


def pdf_handout(handout: written.Handout, size: QSizeF) -> bytes:
    """Return a handout as PDF, on pages of `size` in logical pixels."""
    with render.pdf_painter(handout.title, handout.line, size) as (buffer, writer, painter):
        _Flow(painter, size, handout, writer.newPage).write()
    return render.finished_pdf(buffer)


class _Flow:
    """Pages being filled from the top down."""

    def __init__(
        self,
        painter: QPainter,
        size: QSizeF,
        handout: written.Handout,
        new_page: Callable[[], object],
    ) -> None:
        self._painter = painter
        self._size = size
        self._handout = handout
        self._new_page = new_page
        self._width = size.width() - 2 * _MARGIN
        self._bottom = size.height() - _ABOVE - 8
        self._y = _ABOVE
        self._page = 1
        self._font = print_font(interface_font())

    def write(self) -> None:
        """Write the handout."""
        self._text(self._handout.title, _TITLE_PX, Ink.TEXT, is_bold=True)
        self._y += 10
        self._number_page()
        for block in self._handout.blocks:
            self._write(block)

    @singledispatchmethod
    def _write(self, block: written.Block) -> None:
        raise TypeError(f"no PDF for a {type(block).__name__}")

    @_write.register
    def _(self, block: written.Heading) -> None:
        self._y += 18
        self._make_room(_KEPT)
        ink = phase_ink(block.phase) if block.phase else Ink.TEXT
        self._text(block.text, _HEADING_PX, ink, is_bold=True)
        self._y += 4

    @_write.register
    def _(self, block: written.Paragraph) -> None:
        self._make_room(self._height_of(block.text, _TEXT_PX))
        self._text(block.text, _TEXT_PX, Ink.TEXT)
        self._y += 8

    @_write.register
    def _(self, block: written.Blanks) -> None:
        room = self._width / len(block.words)
        self._use(_TEXT_PX, Ink.TEXT)
        metrics = QFontMetricsF(self._sized(_TEXT_PX))
        baseline = self._y + _RULE - 8
        for place, word in enumerate(block.words):
            x = _MARGIN + place * room
            self._painter.drawText(QPointF(x, baseline), word)
            start = QPointF(x + metrics.horizontalAdvance(word) + 8, baseline + 2)
            self._painter.drawLine(start, QPointF(x + room - 16, baseline + 2))
        self._y += _RULE + 10

    @_write.register
    def _(self, block: written.Chain) -> None:
        self._text(" → ".join(map(notation.plain, block.links)), _TEXT_PX + 2, Ink.TEXT)
        self._y += 8

    @_write.register
    def _(self, block: written.Figure) -> None:
        is_blanked = self._handout.is_blanked
        picture = figure_picture(block.moment, block.digits, is_blanked=is_blanked)
        self._make_room(FIGURE.height() + 16)
        painter = self._painter
        painter.save()
        painter.translate(min(_MARGIN, (self._size.width() - FIGURE.width()) / 2), self._y + 8)
        picture.paint(painter, 1.0)
        painter.restore()
        self._y += FIGURE.height() + 16

    @_write.register
    def _(self, block: written.WorkedStep) -> None:
        step = block.step
        room = self._width - _INDENT
        sizes = _BLANKED_PX if self._handout.is_blanked else _FORMULA_PX
        setting = fit(block.formula, room, self._size.height(), *sizes)
        title = f"{step.number}. {block.title}"
        heights = (
            self._height_of(title, _TEXT_PX, room, is_bold=True),
            setting.height + sum(_AROUND_FORMULA),
            self._height_of(step.why, _TEXT_PX - 1, room),
        )
        self._y += 12
        self._make_room(sum(heights))
        ink = phase_ink(step.phase)
        bar = QRectF(_MARGIN, self._y, 3, sum(heights))
        self._painter.fillRect(bar, LIGHT.ink(ink))
        self._text(title, _TEXT_PX, Ink.TEXT, is_bold=True, indent=_INDENT)
        colours = {None: LIGHT.inks[Ink.TEXT], step.quantity.name: LIGHT.inks[ink]}
        renderer = QSvgRenderer(QByteArray(setting.svg(colours, LIGHT.ground)))
        before, after = _AROUND_FORMULA
        area = QRectF(_MARGIN + _INDENT - 2, self._y + before, setting.width, setting.height)
        renderer.render(self._painter, area)
        write_hidden(self._painter, area.topLeft(), setting, self._font)
        self._y = area.bottom() + after
        self._text(step.why, _TEXT_PX - 1, Ink.MUTED, indent=_INDENT)

    @_write.register
    def _(self, block: written.Table) -> None:
        widths = self._columns([block.head, *block.rows])
        height = 1.8 * _TEXT_PX
        self._make_room(min(4, len(block.rows) + 1) * height)
        for row in (block.head, *block.rows):
            self._make_room(height)
            ink = Ink.MUTED if row is block.head else Ink.TEXT
            x = _MARGIN
            for column, (cell, width) in enumerate(zip(row, widths, strict=True)):
                is_last = column == len(row) - 1
                side = Qt.AlignmentFlag.AlignRight if is_last else Qt.AlignmentFlag.AlignLeft
                flags = int(side | Qt.AlignmentFlag.AlignVCenter)
                self._use(_TEXT_PX, ink)
                self._painter.drawText(QRectF(x, self._y, width, height), flags, cell)
                x += width
            self._y += height
            self._painter.setPen(QColor(LIGHT.border))
            self._painter.drawLine(round(_MARGIN), round(self._y), round(x), round(self._y))
        self._y += 10

    @_write.register
    def _(self, _block: written.PageBreak) -> None:
        self._turn()

    def _columns(self, rows: Sequence[Sequence[str]]) -> list[float]:
        metrics = QFontMetricsF(self._sized(_TEXT_PX))
        widest = [max(map(metrics.horizontalAdvance, cells)) for cells in zip(*rows, strict=True)]
        return [width + 28 for width in widest]

    def _text(
        self, text: str, px: int, ink: Ink, *, is_bold: bool = False, indent: float = 0.0
    ) -> None:
        """Write a text in lines, and go below it."""
        room = self._width - indent
        height = self._height_of(text, px, room, is_bold=is_bold)
        self._use(px, ink, is_bold=is_bold)
        self._painter.drawText(QRectF(_MARGIN + indent, self._y, room, height + px), _WRAP, text)
        self._y += height

    def _height_of(self, text: str, px: int, room: float = 0.0, *, is_bold: bool = False) -> float:
        metrics = QFontMetricsF(self._sized(px, is_bold=is_bold))
        area = QRectF(0, 0, room or self._width, 1e6)
        return metrics.boundingRect(area, _WRAP, text).height() + 0.3 * px

    def _sized(self, px: int, *, is_bold: bool = False) -> QFont:
        font = QFont(self._font)
        font.setPixelSize(px)
        font.setBold(is_bold)
        return font

    def _use(self, px: int, ink: Ink, *, is_bold: bool = False) -> None:
        self._painter.setFont(self._sized(px, is_bold=is_bold))
        self._painter.setPen(LIGHT.ink(ink))

    def _make_room(self, height: float) -> None:
        """Go to the next page where this much does not fit any more."""
        if self._y + height > self._bottom and self._y > _ABOVE:
            self._turn()

    def _turn(self) -> None:
        self._new_page()
        self._page += 1
        self._y = _ABOVE
        self._number_page()

    def _number_page(self) -> None:
        self._use(_SMALL_PX, Ink.MUTED)
        place = QRectF(_MARGIN, self._size.height() - _ABOVE + 8, self._width, _FOOT)
        number = _("page {page}").format(page=self._page)
        self._painter.drawText(place, int(Qt.AlignmentFlag.AlignRight), number)
