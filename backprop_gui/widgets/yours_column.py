"""The column of a table for a person's own numbers: a field in each row, with its verdict."""

from PySide6.QtCore import QEvent, QObject, Signal
from PySide6.QtWidgets import QTableWidget

from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.own_working import OwnWorking
from backprop_gui.lesson.working_words import shown_verdicts
from backprop_gui.system.texts import _
from backprop_gui.widgets.buttons import tool
from backprop_gui.widgets.working_field import WorkingFields
from backprop_gui.widgets.working_rows import YoursCell

_WIDTH = 9.5  # in units of the text: a number of six digits, and a sign
_GAP = 4
_FREE = 2  # pixels below the button, so that its frame is whole


class YoursColumn(QObject):
    """Fields in the cells of a column, which are made when it is first wanted.

    The button that shows it stands in the heading.

    Signals:
        toggled(): the column is shown now, or hidden.
        edited(str, str): the person typed another text into a line, by its code name.
        pasted(str, str): the person put more than a number into a line: the text, its code name.
        chosen(str): the person clicked a verdict; the code name.
    """

    toggled = Signal()
    edited = Signal(str, str)
    pasted = Signal(str, str)
    chosen = Signal(str)

    def __init__(self, table: QTableWidget, column: int) -> None:
        super().__init__(table)
        self._table, self._column = table, column
        self._fields: WorkingFields | None = None
        self._cells: dict[str, YoursCell] = {}
        table.setColumnHidden(column, True)
        header = table.horizontalHeader()
        self._switch = tool(_("Yours"), _("Type your own numbers beside these"), is_toggle=True)
        self._switch.setParent(header.viewport())
        self._switch.clicked.connect(self._on_switched)
        for moved in (header.sectionResized, header.geometriesChanged):
            moved.connect(self._place)
        header.installEventFilter(self)

    @property
    def is_on(self) -> bool:
        """Whether the column is shown."""
        return not self._table.isColumnHidden(self._column)

    @property
    def width(self) -> int:
        """The pixels that the column takes."""
        return round(_WIDTH * self._table.fontInfo().pixelSize()) if self.is_on else 0

    @property
    def typed(self) -> dict[str, str]:
        """What is typed and not taken yet, by code name."""
        return self._fields.typed if self._fields else {}

    def commit(self) -> None:
        """Take what is typed."""
        if self._fields:
            self._fields.commit()

    def show(self, working: OwnWorking, numerals: Numerals) -> None:
        """Show the numbers of a working, and the signs of their verdicts."""
        if not (self._fields and self.is_on):
            return
        shown = shown_verdicts(working, numerals)
        self._fields.show(working, shown.problems, shown.words)
        for name, cell in self._cells.items():
            cell.show_verdict(shown.said(name))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Keep the button in its place in the heading."""
        if event.type() in (QEvent.Type.Resize, QEvent.Type.Show):
            self._place()
        return False

    def _place(self) -> None:
        """Put the button over the heading of the column or, while it is hidden, before the last."""
        header, switch = self._table.horizontalHeader(), self._switch
        high = min(switch.sizeHint().height(), header.viewport().height() - _FREE)
        switch.resize(switch.sizeHint().width(), high)
        shown = self._column if self.is_on else self._column - 1
        left = header.sectionViewportPosition(shown)
        switch.move(left if self.is_on else left - switch.width() - _GAP, 0)
        switch.setMaximumHeight(high)

    def _on_switched(self, is_on: bool) -> None:
        if not self._fields:
            self._fields = self._made()
        for cell in self._cells.values():
            cell.setVisible(is_on)  # else the Tab key still stops there
        self._table.setColumnHidden(self._column, not is_on)
        self.toggled.emit()
        self._place()

    def _made(self) -> WorkingFields:
        fields = WorkingFields(self)
        fields.edited.connect(self.edited)
        fields.pasted.connect(lambda name, text: self.pasted.emit(text, name))
        for row, (name, field) in enumerate(fields.by_name.items()):
            cell = self._cells[name] = YoursCell(field)
            cell.verdict.clicked.connect(lambda _checked=False, name=name: self.chosen.emit(name))
            self._table.setCellWidget(row, self._column, cell)
        return fields
