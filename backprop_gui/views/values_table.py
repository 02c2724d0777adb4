"""The table of the fifteen quantities, to be read and copied."""

from functools import partial

from PySide6.QtCore import QPoint, QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QSpinBox,
    QTableWidgetItem,
    QVBoxLayout,
    QWidget,
)

from backprop_gui.i18n import _, ngettext
from backprop_gui.lesson import numbers
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.steps import STEP_OF, STEPS
from backprop_gui.lesson.value_table import FORMATS, Row, rows
from backprop_gui.paint.theme import Theme
from backprop_gui.widgets.buttons import tool
from backprop_gui.widgets.moment_view import MomentView
from backprop_gui.widgets.quantity_table import MARK, QuantityTable

_MARK, _SYMBOL, _FORMULA, _VALUE = range(4)
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter


class ValuesTable(MomentView):
    """Symbol, formula and value of each step's quantity; blank what is not known yet.

    Signals:
        step_chosen(int): a row was clicked, or chosen by the Enter key; its step.
        digits_chosen(int): the person chose how many significant digits are shown.
        copied(str, str): a text for the clipboard, "" for none, and a note on it.
    """

    step_chosen = Signal(int)
    digits_chosen = Signal(int)
    copied = Signal(str, str)

    def __init__(self, moment: Moment, parent: QWidget | None = None) -> None:
        super().__init__(moment, parent)
        self._table = QuantityTable(4, _("Values"))
        self._table.setHorizontalHeaderLabels(["", _("Symbol"), _("Formula")])
        for column in (_MARK, _SYMBOL, _VALUE):
            self._table.size_column(column, QHeaderView.ResizeMode.ResizeToContents)
        self._table.size_column(_FORMULA, QHeaderView.ResizeMode.Stretch)
        value = QTableWidgetItem(_("Value"))
        value.setTextAlignment(_RIGHT)
        self._table.setHorizontalHeaderItem(_VALUE, value)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._table.set_rows([step.quantity.name for step in STEPS])
        for row, each in enumerate(rows(moment)):
            self._table.put(row, _SYMBOL, each.symbol, each.quantity.title)
            self._table.put(row, _FORMULA, each.formula, each.formula)
            self._table.align(row, {_VALUE: _RIGHT})
        self._table.quantity_pointed.connect(self.quantity_pointed)
        self._table.quantity_chosen.connect(self._on_chosen)
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._table.customContextMenuRequested.connect(self._on_menu_requested)
        self._menu = self._made_menu()
        self._digits_box = _DigitsBox(self._digits)
        self._digits_box.valueChanged.connect(self.digits_chosen)
        self.tools = self._made_tools()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._table)

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        self._table.set_theme(theme)

    def show_digits(self, digits: int) -> None:
        """Show numbers with this many significant digits, 3 to 17."""
        with QSignalBlocker(self._digits_box):
            self._digits_box.setValue(digits)
        super().show_digits(digits)

    def shown_values(self) -> list[str]:
        """Return the values as they stand in the table, from the first step to the last."""
        return self._table.texts(_VALUE)

    def copy_selection(self) -> None:
        """Copy the selected rows as text."""
        self._copy_rows("Text", is_selection=True)

    def copy_value(self) -> None:
        """Copy the value of the current row with all of its digits."""
        selected = self._selected()
        value = selected[0].value if selected else None
        if value is None:
            self.copied.emit("", _("No row with a value is selected: nothing is copied."))
            return
        number = numbers.exact(value)
        note = _("Copied {symbol} = {number}").format(symbol=selected[0].symbol, number=number)
        self.copied.emit(number, note)

    def _refresh(self) -> None:
        current = self._moment.step.quantity.name
        for row, each in enumerate(rows(self._moment, self._digits)):
            is_current = each.quantity.name == current
            self._table.put(row, _MARK, MARK if is_current else "")
            self._table.put(row, _VALUE, each.text, _all_digits(each))
        self._table.mark(self._moment.step)

    def _show_lit(self) -> None:
        self._table.show_lit(self._lit)

    def _selected(self) -> list[Row]:
        """Return the selected rows, from above."""
        chosen = sorted({index.row() for index in self._table.selectionModel().selectedRows()})
        table = rows(self._moment, self._digits)
        return [table[row] for row in chosen]

    def _copy_rows(self, kind: str, *, is_selection: bool) -> None:
        chosen = self._selected() if is_selection else list(rows(self._moment, self._digits))
        if not chosen:
            self.copied.emit("", _("No row is selected: nothing is copied."))
            return
        note = ngettext(
            "Copied {count} row as {kind}", "Copied {count} rows as {kind}", len(chosen)
        )
        self.copied.emit(FORMATS[kind](chosen), note.format(count=len(chosen), kind=kind))

    def _made_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(_("Copy the &value"), self.copy_value)
        menu.addAction(_("Copy the selected &rows"), self.copy_selection)
        menu.addSeparator()
        for kind in FORMATS:
            text = _("Copy all as {kind}").format(kind=kind)
            menu.addAction(text, partial(self._copy_rows, kind, is_selection=False))
        return menu

    def _made_tools(self) -> QWidget:
        tools = QWidget()  # for the heading of the card around
        row = QHBoxLayout(tools)
        row.setContentsMargins(8, 0, 0, 0)
        row.setSpacing(4)
        row.addStretch(1)
        copy = tool(_("Copy"), _("Copy values and rows"))
        copy.setMenu(self._menu)
        for widget in (self._digits_box, copy):
            row.addWidget(widget)
        return tools

    def _on_chosen(self, quantity: str) -> None:
        self.step_chosen.emit(STEP_OF[quantity])

    def _on_menu_requested(self, place: QPoint) -> None:
        self._menu.popup(self._table.viewport().mapToGlobal(place))


class _DigitsBox(QSpinBox):
    """How many significant digits are shown."""

    def __init__(self, digits: int) -> None:
        super().__init__()
        self.setRange(numbers.DIGITS_RANGE.start, numbers.DIGITS_RANGE.stop - 1)
        self.setValue(digits)
        self.setSuffix(" " + _("digits"))
        self.setAccessibleName(_("Digits"))
        self.setToolTip(_("Significant digits of the numbers, 3 to 17"))
        self.setKeyboardTracking(False)


def _all_digits(row: Row) -> str:
    return "" if row.value is None else numbers.full(row.value)
