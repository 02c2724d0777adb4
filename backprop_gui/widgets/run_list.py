"""A list of runs, a row for each: only what changes is touched."""

from collections.abc import Callable, Hashable, Sequence
from typing import NamedTuple

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QPixmap
from PySide6.QtWidgets import (
    QAbstractItemView,
    QLineEdit,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableWidget,
    QTableWidgetItem,
    QWidget,
)

from backprop_gui.widgets import plain

_NAME = 0  # the column
_ROW_HEIGHT, _LEADING = 22, 5
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_NAMES_SHARE = 0.45  # of the width, at the most
_MOST_NAME = 22  # letters of a name that a column has room for


class RunCell(NamedTuple):
    """What a cell shows: a text with what the pointer shows there, and how it is read aloud.

    One with a check can be checked, and its text changed; `paint` makes the pixels of a `picture`.
    """

    text: str
    hint: str = ""
    spoken: str = ""
    is_number: bool = False
    is_checked: bool | None = None
    picture: Hashable = None
    paint: "Callable[..., QPixmap] | None" = None


class RunList(QTableWidget):
    """Rows with ids. The first cell of a row can be checked and renamed, where it has a check.

    Signals:
        checked(int, bool): the check of the row with this id was set or taken away.
        renamed(int, str): a person typed this name for it.
        chosen(), removed(), toggled(): keys of the current row: Enter, Delete, H.
    """

    checked = Signal(object, bool)
    renamed = Signal(object, str)
    chosen = Signal()
    removed = Signal()
    toggled = Signal()

    def __init__(self, headings: Sequence[str], name: str, longest: int) -> None:
        super().__init__(0, len(headings))
        self._ids: list[int] = []
        self._shown: list[list[RunCell]] = []
        self._pictures: dict[Hashable, QIcon] = {}
        self._is_filling = False
        self.setObjectName("quantities")
        self.setAccessibleName(name)
        self.setHorizontalHeaderLabels(list(headings))
        self.verticalHeader().hide()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.setShowGrid(False)
        self.setTabKeyNavigation(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.CustomContextMenu)
        self.setEditTriggers(QAbstractItemView.EditTrigger.DoubleClicked)
        self.setItemDelegateForColumn(_NAME, _Names(self, longest))
        self.setMinimumHeight(60)
        self.itemChanged.connect(self._on_item_changed)
        self._fit_rows()

    @property
    def current_id(self) -> int | None:
        """The id of the current row, or None."""
        row = self.currentRow()
        return self._ids[row] if 0 <= row < len(self._ids) else None

    @property
    def wide(self) -> int:
        """How wide it is with all of its columns, in pixels."""
        bar = self.verticalScrollBar().sizeHint().width()
        return self.horizontalHeader().length() + bar + 2 * self.frameWidth()

    def begin_renaming(self) -> None:
        """Let the name of the current row be typed."""
        item = self.item(self.currentRow(), _NAME)
        if item and item.flags() & Qt.ItemFlag.ItemIsEditable:
            self.setFocus()
            self.setCurrentItem(item)  # whichever cell of the row was clicked
            self.editItem(item)

    def show_rows(self, ids: Sequence[int], rows: Sequence[Sequence[RunCell]]) -> None:
        """Show these rows; the row with the same id stays the current one."""
        current, place = self.current_id, self.currentRow()
        are_others = list(ids) != self._ids
        self._is_filling = True
        if are_others:
            self._ids, self._shown = list(ids), [[] for _id in ids]
            self.clearContents()
            self.setRowCount(len(ids))
        grown = [self._put(number, list(cells)) for number, cells in enumerate(rows)]
        self._is_filling = False
        for column, cell in enumerate(rows[0] if rows else ()):
            if cell.is_number and (heading := self.horizontalHeaderItem(column)):
                heading.setTextAlignment(_RIGHT)
        if are_others or any(grown):
            self._fit_columns(are_others)
        if are_others and ids:
            row = self._ids.index(current) if current in self._ids else min(place, len(ids) - 1)
            self.setCurrentCell(max(row, 0), _NAME)

    def forget_pictures(self) -> None:
        """Paint the pictures again: the colours are others."""
        self._pictures.clear()
        self._shown = [[] for _id in self._ids]

    def changeEvent(self, event: QEvent) -> None:
        """Give the rows room for larger text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_rows()
            self.forget_pictures()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Act on the current row; leave Space to the window.

        The Enter key that ends the typing of a name comes here, too, and is no more than that.
        """
        if self.state() == QAbstractItemView.State.EditingState:
            return
        acts = {
            Qt.Key.Key_Return: self.chosen,
            Qt.Key.Key_Enter: self.chosen,
            Qt.Key.Key_Delete: self.removed,
            Qt.Key.Key_H: self.toggled,
        }
        act = acts.get(Qt.Key(event.key()))
        if act and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            act.emit()
        elif event.key() == Qt.Key.Key_F2:
            self.begin_renaming()
        elif event.key() == Qt.Key.Key_Space and not event.modifiers():
            event.ignore()
        else:
            super().keyPressEvent(event)

    def _put(self, row: int, cells: list[RunCell]) -> bool:
        """Show the cells of a row; say whether one has a longer text than before."""
        before: list[RunCell | None] = [*self._shown[row]] or [None for _cell in cells]
        self._shown[row] = cells
        for column, (old, new) in enumerate(zip(before, cells, strict=True)):
            if old != new:
                item = self.item(row, column)
                if item is None:
                    item = QTableWidgetItem()
                    self.setItem(row, column, item)
                self._fill(item, new)
        pairs = zip(before, cells, strict=True)
        return any(not old or len(new.text) > len(old.text) for old, new in pairs)

    def _fill(self, item: QTableWidgetItem, cell: RunCell) -> None:
        flags = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        item.setText(cell.text)
        item.setToolTip(plain.hint(cell.hint))
        item.setData(Qt.ItemDataRole.AccessibleTextRole, cell.spoken or cell.text)
        if cell.is_number:
            item.setTextAlignment(_RIGHT)
        if cell.is_checked is not None:
            flags |= Qt.ItemFlag.ItemIsEditable | Qt.ItemFlag.ItemIsUserCheckable
            state = Qt.CheckState.Checked if cell.is_checked else Qt.CheckState.Unchecked
            item.setCheckState(state)
        if cell.paint:
            item.setData(Qt.ItemDataRole.DecorationRole, self._picture(cell))
        item.setFlags(flags)

    def _picture(self, cell: RunCell) -> QIcon:
        if cell.picture not in self._pictures and cell.paint:
            pixels, icon = cell.paint(cell.picture), QIcon()
            for mode in (QIcon.Mode.Normal, QIcon.Mode.Selected):  # else Qt would tint it
                icon.addPixmap(pixels, mode)
            self.setIconSize(pixels.deviceIndependentSize().toSize())
            self._pictures[cell.picture] = icon
        return self._pictures[cell.picture]

    def _on_item_changed(self, item: QTableWidgetItem) -> None:
        """Tell what a person changed, and show what counts until the state has it."""
        if self._is_filling or item.column() != _NAME:
            return
        row = item.row()
        was, id = self._shown[row][_NAME], self._ids[row]
        is_checked = item.checkState() == Qt.CheckState.Checked
        text = item.text()
        self._is_filling = True
        self._fill(item, was)
        self._is_filling = False
        if text != was.text:
            self.renamed.emit(id, text)
        elif is_checked != was.is_checked:
            self.checked.emit(id, is_checked)

    def _fit_rows(self) -> None:
        height = max(_ROW_HEIGHT, self.fontMetrics().height() + _LEADING)
        self.verticalHeader().setMinimumSectionSize(height)
        self.verticalHeader().setDefaultSectionSize(height)

    def _fit_columns(self, are_others: bool) -> None:
        """Give the texts room; while a run goes on, a column grows and never shrinks."""
        most = self.fontMetrics().averageCharWidth() * _MOST_NAME + 70
        most = min(most, round(_NAMES_SHARE * self.viewport().width()))
        for column in range(self.columnCount()):
            width = self.sizeHintForColumn(column) + 12
            heading = self.horizontalHeader().sectionSizeHint(column)
            wanted = max(min(width, most) if column == _NAME else width, heading)
            if are_others or wanted > self.columnWidth(column):
                self.setColumnWidth(column, wanted)


class _Names(QStyledItemDelegate):
    """Lets names be typed."""

    def __init__(self, parent: QWidget, longest: int) -> None:
        super().__init__(parent)
        self._longest = longest

    def createEditor(
        self,
        parent: QWidget,
        option: QStyleOptionViewItem,
        index: QModelIndex | QPersistentModelIndex,
    ) -> QWidget:
        """Return a line for the name."""
        line = QLineEdit(parent)
        line.setMaxLength(self._longest)
        return line
