"""The program that does the same, with the line of the step marked."""

from functools import lru_cache
from textwrap import wrap
from typing import TYPE_CHECKING

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QBrush, QFontDatabase, QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from backprop_gui.drawing.shapes import Ink
from backprop_gui.lesson import numbers
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.listing import ProgramLine, lines, program
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.spoken import aloud
from backprop_gui.paint.theme import LIGHT, Theme
from backprop_gui.system.texts import _
from backprop_gui.widgets.buttons import tool
from backprop_gui.widgets.moment_view import MomentView
from backprop_gui.widgets.quantity_table import MARK, QuantityTable

if TYPE_CHECKING:
    from backprop_gui.core.network import Setup

_NUMBER, _CODE, _VALUE = range(3)
_PADDING = 16  # of a cell, both sides
_WIDEST = f"{numbers.MINUS}0.{{}}·10⁻³⁰⁸"
_ON_PAPER = 8  # digits that a number has there at most, however many the window shows
_HANGING = 2  # letters, by which the rest of a long line is set in
_LEAST_LETTERS = 32  # of a line beside the values
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ListingView(MomentView):
    """The program, line by line, with the values that its lines have computed so far.

    These have a column of their own or, where there is none for them, stand in comments.

    Signals:
        step_chosen(int): the line of a step was clicked, or chosen by the Enter key.
        copied(str): the person asked for the program as text.
    """

    step_chosen = Signal(int)
    copied = Signal(str)

    def __init__(self, moment: Moment, parent: QWidget | None = None) -> None:
        super().__init__(moment, parent)
        self.setWhatsThis(_("The same computation as a program. The line of this step is marked."))
        self._setup: Setup | None = None
        self._lines: tuple[ProgramLine, ...] = ()
        self._current: str | None = None
        self._value_width = 0
        self._muted = QBrush(LIGHT.ink(Ink.MUTED))
        self._table = QuantityTable(3, _("Program"))
        self._table.setWordWrap(False)  # see `_wrap`: Qt's lines would begin at the left
        self._table.horizontalHeader().hide()
        for column in (_NUMBER, _VALUE):
            self._table.size_column(column, QHeaderView.ResizeMode.Fixed)
        self._table.size_column(_CODE, QHeaderView.ResizeMode.Stretch)
        self._table.horizontalHeader().sectionResized.connect(self._on_resized)
        self._table.quantity_pointed.connect(self.quantity_pointed)
        self._table.quantity_chosen.connect(self._on_chosen)
        self.tools = QWidget()  # for the heading of the card around
        row = QHBoxLayout(self.tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        copy = tool(_("Copy"), _("Copy the program; it runs as it is"))
        copy.clicked.connect(self._on_copy)
        row.addWidget(copy)
        self._grow()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._table)

    def show_numerals(self, numerals: Numerals) -> None:
        """Show numbers like this from now on, in a column that holds any of them."""
        super().show_numerals(numerals)
        self._size_columns()

    def _size_columns(self) -> None:
        metrics = QFontMetrics(self._table.font())
        least = _ON_PAPER if self._setup and self._setup.is_on_paper else 0
        digits = max(self._numerals.digits, least)
        widest = metrics.horizontalAdvance(_WIDEST.format("0" * digits))
        self._value_width = widest + _PADDING
        self._table.setColumnWidth(_NUMBER, metrics.horizontalAdvance("000") + _PADDING)
        beside = self._table.width() - self._table.columnWidth(_NUMBER) - self._value_width
        is_narrow = beside - _PADDING < _LEAST_LETTERS * metrics.horizontalAdvance("0")
        self._table.setColumnHidden(_VALUE, is_narrow)
        if not is_narrow:
            self._table.setColumnWidth(_VALUE, self._value_width)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the values a column of their own where there is room."""
        super().resizeEvent(event)
        self._table.resize(event.size())  # as the layout does, but before the columns are sized
        self._size_columns()

    def _grow(self) -> None:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF())
        self._table.grow(font, self.size() if self._is_alone else None, self._needed)
        self._size_columns()
        self._wrap(self._table.columnWidth(_CODE))

    def _needed(self) -> QSize:
        self._size_columns()
        letters = max((len(line.text) for line in self._lines), default=0)
        code = letters * QFontMetrics(self._table.font()).horizontalAdvance("0") + _PADDING
        beside = self._table.columnWidth(_NUMBER) + self._value_width
        height = self._table.verticalHeader().defaultSectionSize()
        return QSize(code + beside, len(self._lines) * height)

    def _wrap(self, room: int) -> None:
        """Break the lines that are longer than the column, which has so many pixels."""
        metrics = QFontMetrics(self._table.font())
        letters = (room - _PADDING) // metrics.horizontalAdvance("0")
        has_column = not self._table.isColumnHidden(_VALUE)
        least = self._table.verticalHeader().defaultSectionSize()
        values = self._table.texts(_VALUE)
        for row, (line, value) in enumerate(zip(self._lines, values, strict=True)):
            text = line.text if has_column or not value else f"{line.text}  # {value}"
            parts = _broken(text, letters)
            spoken = f"{line.text}, {aloud(value)}" if text != line.text else line.text
            self._table.put(row, _CODE, "\n".join(parts), line.text.strip(), spoken)
            self._table.setRowHeight(row, least + (len(parts) - 1) * metrics.lineSpacing())

    def _on_resized(self, column: int, _before: int, width: int) -> None:
        if column == _CODE:
            self._wrap(width)  # the table itself does not know it yet

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        self._muted = QBrush(theme.ink(Ink.MUTED))
        self._table.set_theme(theme)
        self._shade_all()

    def _refresh(self) -> None:
        if self._moment.setup != self._setup:
            self._setup = self._moment.setup
            self._put_lines(lines(self._setup))
            self._size_columns()
        current = self._moment.step.quantity.name
        for row, line in enumerate(self._lines):
            is_step = line.quantity in ARTICLE.step_of
            value = self._moment.text(line.quantity or "", self._numerals) if is_step else ""
            self._table.put(row, _VALUE, value, spoken=aloud(value))
            number = str(row + 1)
            is_now = line.quantity == current
            spoken = _("current line, {number}").format(number=number) if is_now else number
            self._table.put(row, _NUMBER, MARK if is_now else number, spoken=spoken)
            if line.quantity in (current, self._current) and current != self._current:
                self._shade(row, is_now=line.quantity == current)
        self._current = current
        self._wrap(self._table.columnWidth(_CODE))
        self._table.mark(self._moment.step)

    def _put_lines(self, new: tuple[ProgramLine, ...]) -> None:
        """Show another program; where its rows mean the same, they stay as they are."""
        old, self._lines = self._lines, new
        quantities = [line.quantity for line in new]
        if quantities != [line.quantity for line in old]:
            self._table.set_rows(quantities)
            for row in range(len(new)):
                self._table.align(row, {_NUMBER: _RIGHT, _VALUE: _RIGHT})
            self._shade_all()

    def _shade_all(self) -> None:
        for row, line in enumerate(self._lines):
            self._shade(row, is_now=line.quantity is not None and line.quantity == self._current)

    def _shade(self, row: int, *, is_now: bool) -> None:
        """Let a line's number and value stand back, unless it is the line of the step."""
        for column in (_NUMBER, _VALUE):
            if item := self._table.item(row, column):
                item.setForeground(QBrush() if is_now else self._muted)

    def _show_lit(self) -> None:
        self._table.show_lit(self._lit)

    def _on_chosen(self, quantity: str) -> None:
        if quantity in ARTICLE.step_of:
            self.step_chosen.emit(ARTICLE.step_of[quantity])

    def _on_copy(self) -> None:
        self.copied.emit(program(self._moment.setup))


@lru_cache(1024)
def _broken(line: str, letters: int) -> tuple[str, ...]:
    """Return a line of a program as lines of so many letters, broken at spaces where that can be.

    What follows the first stands below it, a little to the right.
    """
    indent = " " * (len(line) - len(line.lstrip()) + _HANGING)
    if len(line) <= letters or letters <= 2 * len(indent):  # or there is no sensible way to
        return (line,)
    return tuple(wrap(line, letters, subsequent_indent=indent, break_on_hyphens=False))
