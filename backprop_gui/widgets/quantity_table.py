"""A table whose rows stand for quantities."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QBrush, QColor, QFont, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableWidget, QTableWidgetItem

from backprop_gui.drawing.shapes import Ink, Tint
from backprop_gui.lesson.steps import Step
from backprop_gui.paint.theme import LIGHT, Theme, phase_ink
from backprop_gui.widgets import plain

MARK = "▶"
_ROW_HEIGHT, _LEADING = 21, 3
_MOST_GROWTH, _HALVINGS = 2.4, 5  # of a table that has the window to itself


class QuantityTable(QTableWidget):
    """Rows of texts, of which one is marked and one is lit; only what changes is touched.

    Signals:
        quantity_pointed(object): the pointer is on a row's quantity, a code name, or on None.
        quantity_chosen(str): a row was clicked, or chosen by the Enter key.
    """

    quantity_pointed = Signal(object)
    quantity_chosen = Signal(str)

    def __init__(self, columns: int, name: str) -> None:
        super().__init__(0, columns)
        self._theme = LIGHT
        self._rows: list[list[QTableWidgetItem]] = []
        self._quantities: list[str | None] = []
        self._looks: list[tuple[str, bool]] = []  # each row's ground, and whether it is bold
        self._marked: Step | None = None
        self._lit: str | None = None
        self.setObjectName("quantities")
        self.setAccessibleName(name)
        self.verticalHeader().hide()
        self._fit_rows()
        self.horizontalHeader().setHighlightSections(False)
        self.horizontalHeader().setMinimumSectionSize(22)
        self.horizontalHeader().setDefaultAlignment(Qt.AlignmentFlag.AlignLeft)
        self.setShowGrid(False)
        self.setMouseTracking(True)
        self.setTabKeyNavigation(False)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setMinimumHeight(84)
        self.cellEntered.connect(self._on_entered)
        self.viewportEntered.connect(self._on_left_rows)
        self.cellClicked.connect(self._on_clicked)

    def changeEvent(self, event: QEvent) -> None:
        """Give the rows room for larger text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit_rows()

    def _fit_rows(self) -> None:
        header = self.verticalHeader()
        height = max(_ROW_HEIGHT, self.fontMetrics().height() + _LEADING)
        header.setMinimumSectionSize(height)
        header.setDefaultSectionSize(height)

    def grow(self, font: QFont, room: QSize | None, needed: Callable[[], QSize]) -> None:
        """Write in a font, as much larger as all rows can be in so much room; None is as it is.

        `needed` returns the room that the rows take in the font of now, no line being broken.
        """
        self._write_in(font)
        if room is None:
            return
        least, most = 1.0, _MOST_GROWTH
        for _halving in range(_HALVINGS):
            scale = (least + most) / 2
            self._write_in(_scaled(font, scale))
            takes = needed() + self._around()
            if takes.width() <= room.width() and takes.height() <= room.height():
                least = scale
            else:
                most = scale
        self._write_in(_scaled(font, least))

    def _around(self) -> QSize:
        header, edges = self.horizontalHeader(), 2 * self.frameWidth()
        return QSize(edges, edges + (0 if header.isHidden() else header.sizeHint().height()))

    def _write_in(self, font: QFont) -> None:
        if font == self.font():
            return
        self.setFont(font)
        if not self.horizontalHeader().isHidden():
            size = f"font-size: {font.pointSizeF():.1f}pt"  # a styled heading inherits none
            self.horizontalHeader().setStyleSheet(f"QHeaderView::section {{ {size} }}")

    def size_column(self, column: int, mode: QHeaderView.ResizeMode) -> None:
        """Say how wide a column is."""
        self.horizontalHeader().setSectionResizeMode(column, mode)

    def set_rows(self, quantities: list[str | None]) -> None:
        """Have an empty row for each quantity, a code name, or None for none."""
        self._quantities = quantities
        self.setRowCount(len(quantities))
        self._rows = [
            [QTableWidgetItem() for _column in range(self.columnCount())] for _row in quantities
        ]
        self._looks = [("", False)] * len(quantities)
        for row, items in enumerate(self._rows):
            for column, item in enumerate(items):
                self.setItem(row, column, item)
        self._paint()

    def align(self, row: int, alignments: dict[int, Qt.AlignmentFlag]) -> None:
        """Align the texts of some columns."""
        for column, alignment in alignments.items():
            self._rows[row][column].setTextAlignment(alignment)

    def put(self, row: int, column: int, text: str, hint: str = "", spoken: str = "") -> None:
        """Put a text into a cell, with what the pointer shows there, and how it is read aloud."""
        item = self._rows[row][column]
        if item.text() != text:
            item.setText(text)
            item.setData(Qt.ItemDataRole.AccessibleTextRole, spoken if text and spoken else text)
        if item.toolTip() != (shown := plain.hint(hint)):
            item.setToolTip(shown)

    def texts(self, column: int) -> list[str]:
        """Return the texts of a column."""
        return [items[column].text() for items in self._rows]

    def quantity(self, row: int) -> str | None:
        """Return the quantity of a row."""
        return self._quantities[row] if 0 <= row < len(self._quantities) else None

    def mark(self, step: Step) -> None:
        """Mark the row of the step and bring it into view."""
        self._marked = step
        self._paint()
        self._scroll_to_marked()

    def show_lit(self, quantity: str | None) -> None:
        """Light the row of a quantity, or none."""
        self._lit = quantity
        self._paint()

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        self._theme = theme
        self._paint()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Choose the row by the Enter key."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._on_clicked(self.currentRow())
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Let go of what the pointer was on."""
        super().leaveEvent(event)
        self.quantity_pointed.emit(None)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the marked row in view."""
        super().resizeEvent(event)
        self._scroll_to_marked()

    def _scroll_to_marked(self) -> None:
        name = self._marked.quantity.name if self._marked else None
        if name not in self._quantities:
            return
        row = self._quantities.index(name)
        self.updateGeometries()  # rows that are higher now can be scrolled further
        top = self.rowViewportPosition(row)
        # Qt lays all rows out to scroll, even where it then does not.
        if top < 0 or top + self.rowHeight(row) > self.viewport().height():
            self.scrollToItem(self._rows[row][0])

    def _paint(self) -> None:
        marked = self._marked.quantity.name if self._marked else None
        for row, quantity in enumerate(self._quantities):
            tint = None
            if quantity and quantity == self._lit:
                tint = Tint(Ink.TEXT, 0.16)
            elif self._marked and quantity == marked:
                tint = Tint(phase_ink(self._marked.phase), 0.2)
            ground = self._theme.colour(tint).name() if tint else ""
            self._paint_row(row, ground, is_bold=quantity == marked)

    def _paint_row(self, row: int, ground: str, *, is_bold: bool) -> None:
        if self._looks[row] == (ground, is_bold):
            return
        self._looks[row] = ground, is_bold
        for item in self._rows[row]:
            item.setBackground(QColor(ground) if ground else QBrush())
            font = item.font()
            font.setBold(is_bold)
            item.setFont(font)

    def _on_entered(self, row: int) -> None:
        self.quantity_pointed.emit(self.quantity(row))

    def _on_left_rows(self) -> None:
        self.quantity_pointed.emit(None)

    def _on_clicked(self, row: int) -> None:
        if quantity := self.quantity(row):
            self.quantity_chosen.emit(quantity)


def _scaled(font: QFont, scale: float) -> QFont:
    scaled = QFont(font)
    scaled.setPointSizeF(font.pointSizeF() * scale)
    return scaled
