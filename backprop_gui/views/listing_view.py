"""The program that does the same, with the line of the step marked."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QBrush, QFontDatabase, QFontMetrics
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
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ListingView(MomentView):
    """The program, line by line, with the values that its lines have computed so far.

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
        self._muted = QBrush(LIGHT.ink(Ink.MUTED))
        self._table = QuantityTable(3, _("Program"))
        self._table.setWordWrap(False)  # a line that is cut off is cut at a letter, not at a word
        self._table.horizontalHeader().hide()
        for column in (_NUMBER, _VALUE):
            self._table.size_column(column, QHeaderView.ResizeMode.Fixed)
        self._table.size_column(_CODE, QHeaderView.ResizeMode.Stretch)
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
        width = metrics.horizontalAdvance(_WIDEST.format("0" * self._numerals.digits))
        self._table.setColumnWidth(_NUMBER, metrics.horizontalAdvance("000") + _PADDING)
        self._table.setColumnWidth(_VALUE, width + _PADDING)

    def _grow(self) -> None:
        font = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        font.setPointSizeF(self.font().pointSizeF())
        self._table.grow(font, self.size() if self._is_alone else None)
        self._size_columns()

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        self._muted = QBrush(theme.ink(Ink.MUTED))
        self._table.set_theme(theme)
        self._shade_all()

    def _refresh(self) -> None:
        if self._moment.setup != self._setup:
            self._setup = self._moment.setup
            self._put_lines(lines(self._setup))
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
        for row, line in enumerate(new):
            self._table.put(row, _CODE, line.text, line.text.strip())

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
