"""The rows of a person's working: a symbol, a field, and the verdict."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QEnterEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.spoken import aloud
from backprop_gui.lesson.working_words import NOTHING, Said
from backprop_gui.paint.theme import Theme
from backprop_gui.system.texts import _
from backprop_gui.widgets.symbol_label import SymbolLabel
from backprop_gui.widgets.working_field import WorkingField

_SYMBOL, _FIELD = 4.9, 6.2  # widths in units of the text
_PADDING = 8  # of a verdict, as the style has it, with its frame


class VerdictButton(QPushButton):
    """A verdict in its colour; a click on it asks for more. There is none at first."""

    def __init__(self) -> None:
        super().__init__()
        self._said, self._is_short = NOTHING, False
        self.setObjectName("verdict")
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(True)
        self.hide()

    def show_verdict(self, said: Said, *, is_short: bool = False) -> None:
        """Show a verdict, by its sign alone where it `is_short`."""
        self._said, self._is_short = said, is_short
        self.setVisible(bool(said.sign))
        policy = Qt.FocusPolicy
        self.setFocusPolicy(policy.TabFocus if said.state or said.sign == "?" else policy.NoFocus)
        self.setToolTip(_("{verdict}: click to go to this step").format(verdict=said.words))
        self.setAccessibleName(aloud(said.words))
        if self.property("state") != said.state:
            self.setProperty("state", said.state)
            self.style().polish(self)
        self.updateGeometry()
        self._write()

    def sizeHint(self) -> QSize:
        """Return the room of the whole verdict, whatever is written of it."""
        room = super().sizeHint()
        text = self.fontMetrics().horizontalAdvance(self._whole)
        return QSize(text + _PADDING, room.height())

    def minimumSizeHint(self) -> QSize:
        """Return the room of its sign."""
        sign = self.fontMetrics().horizontalAdvance(f"{self._said.sign} …")
        return QSize(sign + _PADDING, super().minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Write as much as there is room for."""
        super().resizeEvent(event)
        self._write()

    @property
    def _whole(self) -> str:
        return self._said.sign if self._is_short else self._said.text

    def _write(self) -> None:
        room, ways = self.width() - _PADDING, Qt.TextElideMode
        self.setText(self.fontMetrics().elidedText(self._whole, ways.ElideRight, room + 1))


class WorkingRow(QFrame):
    """A line of a working.

    Signals:
        pointed(object): the pointer came, the line's code name, or went, None.
        chosen(str): the person clicked the verdict; the code name.
    """

    pointed = Signal(object)
    chosen = Signal(str)

    def __init__(self, name: str, field: WorkingField) -> None:
        super().__init__()
        self._name = name
        self.setObjectName("workingRow")
        self._symbol = SymbolLabel(ARTICLE.quantities[name])
        self.verdict = VerdictButton()
        self.verdict.clicked.connect(lambda: self.chosen.emit(name))
        self.field = field
        field.setAlignment(Qt.AlignmentFlag.AlignRight)
        row = QHBoxLayout(self)
        row.setContentsMargins(5, 1, 2, 1)
        row.setSpacing(6)
        row.addWidget(self._symbol)
        row.addWidget(field)
        row.addWidget(self.verdict)
        row.addStretch(1)
        self._fit()

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        self._symbol.set_theme(theme)

    def show_verdict(self, said: Said) -> None:
        """Show a verdict."""
        self.verdict.show_verdict(said)
        self._mark("state", said.state)

    def set_chosen(self, is_chosen: bool) -> None:
        """Mark the line that more is said about, or do not."""
        self._mark("isChosen", is_chosen)

    def set_lit(self, is_lit: bool) -> None:
        """Light the line or not."""
        self._mark("isLit", is_lit)

    def changeEvent(self, event: QEvent) -> None:
        """Keep the columns for other text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._fit()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Report the line."""
        self.pointed.emit(self._name)

    def leaveEvent(self, event: QEvent) -> None:
        """Report that the pointer is gone."""
        self.pointed.emit(None)

    def _fit(self) -> None:
        px = self.fontInfo().pixelSize()
        self._symbol.setFixedWidth(round(_SYMBOL * px))
        self.field.setFixedWidth(round(_FIELD * px))

    def _mark(self, name: str, value: object) -> None:
        if self.property(name) != value:
            self.setProperty(name, value)
            self.style().polish(self)


class YoursCell(QWidget):
    """A field in a row of the table of values, with the verdict's sign."""

    def __init__(self, field: WorkingField) -> None:
        super().__init__()
        self.field = field
        field.setProperty("isFlat", True)
        self.verdict = VerdictButton()
        row = QHBoxLayout(self)
        row.setContentsMargins(4, 0, 4, 0)
        row.setSpacing(4)
        row.addWidget(field, 1)
        row.addWidget(self.verdict)

    def show_verdict(self, said: Said) -> None:
        """Show a verdict by its sign; the pointer shows its words."""
        self.verdict.show_verdict(said, is_short=True)
