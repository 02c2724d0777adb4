"""The table of the lesson's quantities, for reading and copying."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QLocale, QPoint, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHBoxLayout,
    QHeaderView,
    QMenu,
    QSpinBox,
    QWidget,
)

from backprop_gui.lesson import numbers
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.dialect import usual
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.own_working import NO_WORKING, OwnWorking
from backprop_gui.lesson.spoken import aloud, spoken_formula
from backprop_gui.lesson.value_table import FORMATS, Row, as_cells, rows
from backprop_gui.paint.theme import Theme
from backprop_gui.system.texts import _, ngettext
from backprop_gui.widgets.boxes import BoxKeys, Leaving, leave_wheel_to_page
from backprop_gui.widgets.buttons import tool
from backprop_gui.widgets.moment_view import MomentView
from backprop_gui.widgets.quantity_table import MARK, QuantityTable
from backprop_gui.widgets.value_cells import (
    OF_FORMULA,
    OF_MARK,
    OF_SYMBOL,
    OF_VALUE,
    OF_YOURS,
    ValueCells,
)
from backprop_gui.widgets.yours_column import YoursColumn

_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_BOX_PADDING = 22  # of the box of digits: its arrows, and what the style adds
_SCROLL_BAR = 32  # with its distance and the frame


class ValuesTable(MomentView):
    """Symbol, formula and value of each step's quantity; blank what is not known yet.

    Signals:
        step_chosen(int): a row was clicked, or chosen by the Enter key; its step.
        digits_chosen(int): the person chose how many significant digits are shown.
        copied(str, str): a text for the clipboard, "" for none, and a note on it.
        text_edited(str, str), pasted(str, str): as those of the card for a working.
    """

    step_chosen = Signal(int)
    digits_chosen = Signal(int)
    copied = Signal(str, str)
    text_edited = Signal(str, str)
    pasted = Signal(str, str)

    def __init__(self, moment: Moment, parent: QWidget | None = None) -> None:
        super().__init__(moment, parent)
        self.setWhatsThis(
            _(
                "All numbers of the iteration as a table. Select rows to copy them; double-click "
                "a row to go to its step."
            )
        )
        self._table = _Table(5, _("Values"))
        self._cells = ValueCells(self._table, moment)
        self._table.setItemDelegate(self._cells)
        self._shown: dict[int, tuple[Row, bool, Numerals]] = {}
        self._fitted: tuple[object, ...] = ()
        self._fill_table(moment)
        self._working = NO_WORKING
        self._yours = self._made_yours()
        self._table.quantity_pointed.connect(self.quantity_pointed)
        self._table.quantity_chosen.connect(self._on_chosen)
        self._table.copy_requested.connect(self.copy_selection)
        self._table.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self._table.customContextMenuRequested.connect(self._on_menu_requested)
        self._menu = self._made_menu()
        self._digits_box = _DigitsBox(self._numerals.digits)
        self._digits_box.valueChanged.connect(self.digits_chosen)
        self.tools = self._made_tools()
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._table, 1000)
        layout.addStretch(1)  # room that the table does not need stays empty at its right

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        self._table.set_theme(theme)
        self._cells.set_theme(theme)

    def show_numerals(self, numerals: Numerals) -> None:
        """Show numbers like this from now on."""
        with QSignalBlocker(self._digits_box):
            self._digits_box.setValue(numerals.digits)
        super().show_numerals(numerals)

    def commit(self) -> None:
        """Take the number of digits that is typed, if one is."""
        self._digits_box.interpretText()
        self._yours.commit()

    @property
    def typed_texts(self) -> dict[str, str]:
        """What is typed into the person's own column and not taken yet, by code name."""
        return self._yours.typed

    def show_working(self, working: OwnWorking) -> None:
        """Show the person's own numbers beside ours, where their column is on."""
        self._working = working
        if self.isVisible():
            self._yours.show(working, self._numerals)

    def shown_values(self) -> list[str]:
        """Return the values as they stand in the table, from the first step to the last."""
        return self._table.texts(OF_VALUE)

    def copy_selection(self) -> None:
        """Copy the selected rows, with tabs between the cells.

        Their numbers have the decimal sign of the screen, which is the one of the person's sheet.
        """
        dialect = usual(self._numerals.decimal_sign)
        selected = self._selected()
        count = len(selected)
        note = ngettext("Copied {count} row", "Copied {count} rows", count).format(count=count)
        self._copy(selected, as_cells(selected, dialect), note)

    def copy_value(self) -> None:
        """Copy the values of the selected rows with all of their digits, a line for each."""
        selected = self._selected()
        values = [numbers.exact(row.value) for row in selected if row.value is not None]
        count = len(values)
        note = ngettext("Copied {count} value", "Copied {count} values", count)
        self._copy(selected, "\n".join(values), note.format(count=count))

    def copy_all(self, kind: str) -> None:
        """Copy the table in one of FORMATS, or the selected rows alone where there are several.

        What a sheet takes is in the dialect of the person's; all else has a decimal point.
        """
        dialect = usual(self._numerals.decimal_sign)
        selected = self._selected()
        chosen = selected if len(selected) > 1 else self._as_in_files()
        count = len(chosen)
        note = ngettext("Copied {count} row as {kind}", "Copied {count} rows as {kind}", count)
        self._copy(chosen, FORMATS[kind](chosen, dialect), note.format(count=count, kind=kind))

    def _as_in_files(self) -> tuple[Row, ...]:
        return rows(self._moment, Numerals(self._numerals.digits))

    def _copy(self, chosen: Sequence[Row], text: str, note: str) -> None:
        """Report the text of the chosen rows, or that they have none; one is told by its value."""
        if not any(row.text for row in chosen):
            text, note = "", _nothing(chosen)
        elif len(chosen) == 1:
            note = _("Copied {equation}").format(equation=_equation(chosen[0], self._numerals))
        self.copied.emit(text, note)

    def _refresh(self) -> None:
        table = rows(self._moment, self._numerals)
        self._cells.show(self._moment, table, self._numerals)
        self._fit()
        current = self._moment.step.quantity.name
        for row, each in enumerate(table):
            is_current = each.quantity.name == current
            shown = each, is_current, self._numerals
            if self._shown.get(row) == shown:
                continue
            self._shown[row] = shown
            self._table.put(row, OF_MARK, MARK if is_current else "", spoken=_("current"))
            hint = _all_digits(each, self._numerals)
            self._table.put(row, OF_VALUE, each.text, hint, aloud(each.text))
        self._table.mark(self._moment.step)
        self._yours.show(self._working, self._numerals)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put values beside the formulas or, where there is no room, below them."""
        super().resizeEvent(event)
        self._fit()

    def _grow(self) -> None:
        self._cells.is_stacked = False
        self._table.grow(self.font(), self.size() if self._is_alone else None, self._needed)
        self._fit()

    def _needed(self) -> QSize:
        widths = [self._cells.column_width(column) for column in range(OF_YOURS)]
        rows = range(self._table.rowCount())
        heights = (self._cells.row_height(row, widths[OF_FORMULA]) for row in rows)
        return QSize(sum(widths) + self._yours.width, sum(heights))

    def _show_lit(self) -> None:
        self._table.show_lit(self._lit)

    def _fill_table(self, moment: Moment) -> None:
        self._table.setHorizontalHeaderLabels(["", _("Symbol"), _("Formula"), _("Value"), ""])
        for column in (OF_MARK, OF_SYMBOL, OF_VALUE, OF_YOURS):
            self._table.size_column(column, QHeaderView.ResizeMode.Fixed)
        self._table.size_column(OF_FORMULA, QHeaderView.ResizeMode.Stretch)
        if heading := self._table.horizontalHeaderItem(OF_VALUE):
            heading.setTextAlignment(_RIGHT)
        self._table.horizontalHeader().sectionResized.connect(self._on_resized)
        self._table.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self._table.set_rows([step.quantity.name for step in ARTICLE.steps])
        for row, each in enumerate(rows(moment)):
            quantity = each.quantity
            self._table.put(row, OF_SYMBOL, each.symbol, quantity.title, quantity.spoken)
            self._table.put(row, OF_FORMULA, each.formula, each.formula, spoken_formula(quantity))
            self._table.align(row, {OF_VALUE: _RIGHT})

    def _fit(self) -> None:
        """Give symbols and numbers their room, and the formulas the rest, in as many lines."""
        if self._needs() == self._fitted:
            return
        widths = {column: self._cells.column_width(column) for column in range(OF_YOURS)}
        widths[OF_YOURS] = self._yours.width
        all_of_it = sum(widths.values()) + _SCROLL_BAR
        room = self.width() - (all_of_it - widths[OF_FORMULA])
        self._stack(self._table.isVisible() and room < self._cells.least_room)
        if self._cells.is_stacked:
            widths[OF_VALUE] = self._stacked_width(widths[OF_VALUE], room)
        yours = (OF_YOURS,) if self._yours.is_on else ()
        for column in (OF_MARK, OF_SYMBOL, OF_VALUE, *yours):
            self._table.setColumnWidth(column, widths[column])
        self._table.setMaximumWidth(all_of_it)
        self._wrap(self._table.columnWidth(OF_FORMULA))
        self._fitted = self._needs()

    def _needs(self) -> tuple[object, ...]:
        """Return all that widths and heights follow from."""
        row = self._table.verticalHeader().defaultSectionSize()
        return self._cells.needs(), row, self._table.columnWidth(OF_FORMULA), self._yours.width

    def _stack(self, is_stacked: bool) -> None:
        """Have the values below the formulas, in one cell, or beside them."""
        self._cells.is_stacked = is_stacked
        if is_stacked != (self._table.columnSpan(0, OF_FORMULA) > 1):
            for row in range(self._table.rowCount()):
                self._table.setSpan(row, OF_FORMULA, 1, 2 if is_stacked else 1)

    def _stacked_width(self, width: int, room: int) -> int:
        """Return how wide a column of values of such a width is where these span two columns.

        `room` is what its full width would leave to the formulas.
        """
        if room < 0:  # both together have to be scrolled sideways
            return width - self._table.horizontalHeader().minimumSectionSize()
        return round(self._cells.heading_width(OF_VALUE))

    def _wrap(self, room: int) -> None:
        if self._cells.is_stacked:
            room += self._table.columnWidth(OF_VALUE)
        for row in range(self._table.rowCount()):
            self._table.setRowHeight(row, self._cells.row_height(row, room))

    def _on_resized(self, column: int, _before: int, width: int) -> None:
        if column == OF_FORMULA:
            self._wrap(width)  # the table itself does not know it yet

    def _selected(self) -> list[Row]:
        """Return the selected rows, from above."""
        chosen = sorted({index.row() for index in self._table.selectionModel().selectedRows()})
        table = self._as_in_files()
        return [table[row] for row in chosen]

    def _made_menu(self) -> QMenu:
        menu = QMenu(self)
        menu.addAction(_("Copy the &value"), self.copy_value)
        menu.addAction(_("Copy the selected &rows"), self.copy_selection)
        menu.addSeparator()
        for kind in FORMATS:
            menu.addAction(_("Copy all as {kind}").format(kind=kind), partial(self.copy_all, kind))
        return menu

    def _made_tools(self) -> QWidget:
        tools = QWidget()  # for the heading of the card around
        row = QHBoxLayout(tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(1)
        row.addStretch(1)
        copy = tool(_("Copy"), _("Copy values and rows"))
        copy.setMenu(self._menu)
        for widget in (self._digits_box, copy):
            row.addWidget(widget)
        return tools

    def _made_yours(self) -> YoursColumn:
        yours = YoursColumn(self._table, OF_YOURS)
        yours.toggled.connect(self._on_yours_toggled)
        yours.edited.connect(self.text_edited)
        yours.pasted.connect(self.pasted)
        yours.chosen.connect(self._on_chosen)
        yours.chosen.connect(lambda name: self.quantity_pointed.emit(name))
        return yours

    def _on_yours_toggled(self) -> None:
        self._yours.show(self._working, self._numerals)
        self._grow()

    def _on_chosen(self, quantity: str) -> None:
        self.step_chosen.emit(ARTICLE.step_of[quantity])

    def _on_menu_requested(self, place: QPoint) -> None:
        self._menu.popup(self._table.viewport().mapToGlobal(place))


class _Table(QuantityTable):
    """The table itself.

    Signals:
        copy_requested(): the keys for copying were pressed, and no shortcut had them first.
    """

    copy_requested = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Ask to copy the rows, where Qt would copy one cell; leave Space to the window."""
        if event.matches(QKeySequence.StandardKey.Copy):
            self.copy_requested.emit()
        elif event.key() == Qt.Key.Key_Space and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)


class _DigitsBox(BoxKeys, QSpinBox):
    """How many significant digits are shown."""

    def __init__(self, digits: int) -> None:
        super().__init__()
        self.setLocale(QLocale.c())  # the digits of all other numbers
        self.setRange(numbers.DIGITS_RANGE.start, numbers.DIGITS_RANGE.stop - 1)
        self.setValue(digits)
        self.setSuffix(" " + _("digits"))
        self.setAccessibleName(_("Digits"))
        self.setToolTip(_("Significant digits of the numbers, 3 to 17"))
        self.setKeyboardTracking(False)
        leave_wheel_to_page(self)
        self._widest = f"{self.maximum()}{self.suffix()}"
        self._leaving = Leaving(self, self.interpretText)
        self.lineEdit().textEdited.connect(self._leaving.begin)
        self.editingFinished.connect(self._leaving.end)

    def sizeHint(self) -> QSize:
        """Return the width that the longest text needs; Qt asks for half as much again."""
        text = self.fontMetrics().horizontalAdvance(self._widest)
        return QSize(text + _BOX_PADDING, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Return the same."""
        return self.sizeHint()


def _all_digits(row: Row, numerals: Numerals) -> str:
    """Return a value with all of its digits, and its formula below."""
    relation = "" if row.symbol.endswith("←") else "= "
    text = "" if row.value is None else numerals.full(row.value)
    return text and f"{text}\n{row.symbol} {relation}{row.formula}"


def _equation(row: Row, numerals: Numerals) -> str:
    """Return the row as it is told, with all digits: ∂E/∂w₂ = −0.0423…, w₁ ← 0.5009…."""
    relation = "" if row.symbol.endswith("←") else "= "
    value = "" if row.value is None else numerals.exact(row.value)
    return f"{row.symbol} {relation}{value}"


def _nothing(chosen: Sequence[Row]) -> str:
    """Return why these rows give nothing to copy."""
    if not chosen:
        return _("No row is selected: nothing is copied.")
    symbols = ", ".join(row.symbol for row in chosen)
    return _("Not known yet, so nothing is copied: {symbols}").format(symbols=symbols)
