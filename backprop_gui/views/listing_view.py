"""The program that does the same, with the line of the step marked."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFontDatabase
from PySide6.QtWidgets import QHBoxLayout, QHeaderView, QVBoxLayout, QWidget

from backprop_gui.i18n import _
from backprop_gui.lesson.listing import Line, lines, program
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.steps import STEP_OF
from backprop_gui.paint.theme import Theme
from backprop_gui.widgets.buttons import tool
from backprop_gui.widgets.moment_view import MomentView
from backprop_gui.widgets.quantity_table import MARK, QuantityTable

if TYPE_CHECKING:
    from backprop_gui.core.network import Setup

_NUMBER, _CODE, _VALUE = range(3)
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
        self._setup: Setup | None = None
        self._lines: tuple[Line, ...] = ()
        self._table = QuantityTable(3, _("Program"))
        self._table.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._table.horizontalHeader().hide()
        for column in (_NUMBER, _VALUE):
            self._table.size_column(column, QHeaderView.ResizeMode.ResizeToContents)
        self._table.size_column(_CODE, QHeaderView.ResizeMode.Stretch)
        self._table.quantity_pointed.connect(self.quantity_pointed)
        self._table.quantity_chosen.connect(self._on_chosen)
        self.tools = QWidget()  # for the heading of the card around
        row = QHBoxLayout(self.tools)
        row.setContentsMargins(8, 0, 0, 0)
        row.addStretch(1)
        copy = tool(_("Copy"), _("Copy the program, as it runs"))
        copy.clicked.connect(self._on_copy)
        row.addWidget(copy)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._table)

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        self._table.set_theme(theme)

    def _refresh(self) -> None:
        if self._moment.setup != self._setup:
            self._setup = self._moment.setup
            self._lines = lines(self._setup)
            self._table.set_rows([line.quantity for line in self._lines])
            for row, line in enumerate(self._lines):
                self._table.put(row, _CODE, line.text, line.text.strip())
                self._table.align(row, {_NUMBER: _RIGHT, _VALUE: _RIGHT})
        current = self._moment.step.quantity.name
        for row, line in enumerate(self._lines):
            is_step = line.quantity in STEP_OF
            value = self._moment.text(line.quantity or "", self._digits) if is_step else ""
            self._table.put(row, _VALUE, value)
            self._table.put(row, _NUMBER, MARK if line.quantity == current else str(row + 1))
        self._table.mark(self._moment.step)

    def _show_lit(self) -> None:
        self._table.show_lit(self._lit)

    def _on_chosen(self, quantity: str) -> None:
        if quantity in STEP_OF:
            self.step_chosen.emit(STEP_OF[quantity])

    def _on_copy(self) -> None:
        self.copied.emit(program(self._moment.setup))
