"""How the table of values paints its cells: as the drawing of the same table has them."""

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize
from PySide6.QtGui import QFont, QFontInfo, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QTableWidget

from backprop_gui.drawing.shapes import Drawing, Ink, Shape, Text
from backprop_gui.drawing.values import Cells, broken
from backprop_gui.lesson import numbers
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.value_table import Row, rows
from backprop_gui.paint.painter import paint, width
from backprop_gui.paint.theme import LIGHT, Theme
from backprop_gui.system.exceptions import handed_on

OF_MARK, OF_SYMBOL, OF_FORMULA, OF_VALUE, OF_YOURS = range(5)  # the columns
PADDING = 8.0  # of a cell, on each side
_BAR, _BAR_MARGIN = 5.0, 3.0
_LEADING = 1.4  # of the size


class ValueCells(QStyledItemDelegate):
    """Paints the columns of the table of values, and says how much room they need.

    While `is_stacked`, the cell of a formula has its value below it.
    """

    def __init__(self, table: QTableWidget, moment: Moment) -> None:
        super().__init__(table)
        self._table = table
        self.is_stacked = False
        self._theme = LIGHT
        self._moment = moment
        self._rows: Sequence[Row] = rows(moment)
        self._numerals = FILES
        self._head = self._tail = 0.0  # the most that stands before and behind a decimal sign
        self._font = QFont()  # that the rows are measured in
        self._font_key, self._size, self._least_room = "", 0, 0.0

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        self._theme = theme
        self._table.viewport().update()

    def show(self, moment: Moment, table: Sequence[Row], numerals: Numerals) -> None:
        """Show these rows of a moment; the column of values grows and never shrinks meanwhile.

        So it does not dance; other numerals, or another font, let it be as narrow as can be.
        """
        states = self._states()
        self._moment, self._rows = moment, table
        before = self._head, self._tail, self._numerals
        if numerals != self._numerals:
            self._numerals, self._head, self._tail = numerals, 0.0, 0.0
        self._follow_font()
        self._measure()
        if (self._head, self._tail, self._numerals) != before:
            self._table.viewport().update()
        for row, (old, new) in enumerate(zip(states, self._states(), strict=True)):
            if old != new:
                self._update_row(row, is_value_alone=old[1:] == new[1:])

    def _states(self) -> list[tuple[str, bool, bool]]:
        steps, now = self._moment.lesson.steps, self._moment.step
        pairs = zip(self._rows, steps, strict=True)
        return [Cells(row, step, now, self._size).state for row, step in pairs]

    def _update_row(self, row: int, *, is_value_alone: bool) -> None:
        """Paint a row, or its value alone: at full speed, each frame has fifteen others."""
        top, height = self._table.rowViewportPosition(row), self._table.rowHeight(row)
        left = self._table.columnViewportPosition(OF_VALUE) if is_value_alone else 0
        viewport = self._table.viewport()
        viewport.update(left, top, viewport.width() - left, height)

    def _follow_font(self) -> None:
        """Measure the rows again where the table has another font."""
        font = self._table.font()
        if self._font_key and font == self._font:
            return
        self._font, self._font_key, self._size = font, font.toString(), QFontInfo(font).pixelSize()
        self._head = self._tail = 0.0
        self._least_room = self._widest_part()
        self._measure()

    def _measure(self) -> None:
        """Find the most that stands before and behind a decimal sign."""
        for row in self._rows:
            head, tail = numbers.at_point(row.text)
            if not numbers.parts(row.text):
                head, tail = "", head
            self._head = max(self._head, self._width(head, is_bold=True))
            self._tail = max(self._tail, self._width(tail, is_bold=True))

    def needs(self) -> tuple[object, ...]:
        """Return all that a moment or a font changes about the room that the cells need."""
        self._follow_font()
        return self._head, self._tail, self._font_key

    def column_width(self, column: int) -> int:
        """Return the width in which no text of a column is broken or set narrower."""
        self._follow_font()
        widest = self.heading_width(column) - 2 * PADDING
        if column == OF_MARK:
            widest = self._size
        elif column == OF_VALUE:
            widest = max(widest, self._head + self._tail)
        else:
            texts = (_text(row, column) for row in self._rows)
            widest = max([widest, *(self._width(text, is_symbol=True) for text in texts)])
        return round(widest + 2 * PADDING)

    def heading_width(self, column: int) -> float:
        """Return the width in which the heading of a column is whole."""
        heading = self._table.horizontalHeaderItem(column)
        return self._width(heading.text() if heading else "") + 2 * PADDING

    @property
    def least_room(self) -> float:
        """The width in which no part of a formula that cannot be broken is set narrower."""
        self._follow_font()
        return self._least_room

    def _widest_part(self) -> float:
        rows = range(len(self._rows))
        parts = (part for row in rows for part in self._lines(row, 0.0))
        return max(self._width(part, is_symbol=True) for part in parts) + 2 * PADDING

    def row_height(self, row: int, room: int) -> int:
        """Return how high a row is whose formula has so much room."""
        self._follow_font()
        least: int = self._table.verticalHeader().defaultSectionSize()
        more = len(self._lines(row, room)) - 1 + self.is_stacked
        return round(least + more * _LEADING * self._size)

    def sizeHint(
        self, option: QStyleOptionViewItem, index: QModelIndex | QPersistentModelIndex
    ) -> QSize:
        """Return the room that a cell needs for all that it says."""
        room = self.column_width(index.column())
        return QSize(room, self.row_height(index.row(), room))

    def paint(
        self,
        painter: QPainter,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> None:
        """Paint a cell's ground as the style does, and on it what the drawing has there."""
        self.initStyleOption(option, index)
        option.text = ""
        style = self._table.style()
        style.drawControl(QStyle.ControlElement.CE_ItemViewItem, option, painter, self._table)
        area = QRectF(option.rect)
        shapes = self.shapes(index.row(), index.column(), area.width(), area.height())
        drawing = Drawing(area.width(), area.height(), shapes, ())
        with handed_on():
            paint(painter, drawing, area, self._theme, self._table.font())

    def shapes(self, row: int, column: int, room: float, height: float) -> tuple[Shape, ...]:
        """Return what a cell shows, which has so much room."""
        if column == OF_YOURS:  # it has fields
            return ()
        self._follow_font()
        step = self._moment.lesson.steps[row]
        cells = Cells(self._rows[row], step, self._moment.step, self._size)
        y, end = height / 2, room - PADDING
        if column == OF_MARK:
            return tuple(cells.mark(_BAR, y, height - 2 * _BAR_MARGIN))
        if column == OF_SYMBOL:
            return (cells.symbol(PADDING, y, end - PADDING),)
        if column == OF_FORMULA:
            lines, leading = self._lines(row, room), _LEADING * self._size
            if not self.is_stacked:
                return tuple(cells.formula(PADDING, y, end - PADDING, lines, leading))
            below = y + leading * len(lines) / 2
            return (
                *cells.formula(PADDING, y - leading / 2, end - PADDING, lines, leading),
                *cells.value(end - self._tail, end, below, end - PADDING),
            )
        return tuple(cells.value(end - self._tail, end, y, end - PADDING))

    def _lines(self, row: int, room: float) -> tuple[str, ...]:
        formula = _text(self._rows[row], OF_FORMULA)
        return broken(formula, room - 2 * PADDING, lambda text: self._width(text, is_symbol=True))

    def _width(self, text: str, *, is_bold: bool = False, is_symbol: bool = False) -> float:
        symbols = (text,) if is_symbol else ()
        shape = Text(0, 0, text, self._size, Ink.TEXT, 0, is_bold, symbols=symbols)
        return width(shape, self._font_key)


def _text(row: Row, column: int) -> str:
    return row.lesson.formula(row.quantity) if column == OF_FORMULA else row.quantity.symbol
