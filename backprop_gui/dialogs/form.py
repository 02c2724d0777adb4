"""What the dialogs have in common: a form whose mistakes are told where they stand."""

from collections.abc import Callable, Mapping
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShowEvent, QWheelEvent
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QHBoxLayout,
    QLabel,
    QLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from backprop_gui.export import formats
from backprop_gui.export.formats import Format
from backprop_gui.export.options import Plan, is_useful
from backprop_gui.export.orders import LONGEST_TITLE, Order, OrderError
from backprop_gui.export.picture import Look
from backprop_gui.lesson.spoken import aloud
from backprop_gui.paint.theme import DARK, LIGHT
from backprop_gui.system.texts import _
from backprop_gui.widgets import plain
from backprop_gui.widgets.accessible import announce
from backprop_gui.widgets.boxes import NumberLine, leave_wheel_to_page

BACKGROUNDS = {
    "light": _("White"),
    "dark": _("Dark"),
    "clear light": _("Transparent, for light slides"),
    "clear dark": _("Transparent, for dark slides"),
}
TEXTS = {"small": _("For reading"), "large": _("Large, for slides")}
LETTERS = {
    "text": _("As text: can be edited and searched"),
    "outlines": _("As outlines: look the same everywhere"),
}


class Choice(QComboBox):
    """A list of named choices."""

    def __init__(self, choices: Mapping[str, str], name: str) -> None:
        super().__init__()
        self.setAccessibleName(name)
        leave_wheel_to_page(self)
        self.offer(choices)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: a dialog opens with the focus where nobody has clicked."""
        event.ignore()

    @property
    def chosen(self) -> str:
        """The name of the choice."""
        return str(self.currentData() or "")

    def choose(self, name: str) -> None:
        """Choose by name, if it is there."""
        place = self.findData(name)
        if place >= 0:
            self.setCurrentIndex(place)

    def offer(self, choices: Mapping[str, str]) -> None:
        """Offer these choices; what is chosen stays, where it is still among them."""
        if choices == {self.itemData(n): self.itemText(n) for n in range(self.count())}:
            return
        before = self.chosen
        self.blockSignals(True)
        self.clear()
        for name, text in choices.items():
            self.addItem(text, name)
        self.choose(before)
        self.blockSignals(False)
        if self.chosen != before:
            self.currentIndexChanged.emit(self.currentIndex())


class Form(QDialog):
    """A dialog with rows, from which an order follows.

    Signals:
        changed(): something was chosen or typed.
        order_made(object, object): the order and the Format that the person asks for.
    """

    changed = Signal()
    order_made = Signal(object, object)

    def __init__(self, title: str, kinds: tuple[Format, ...], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setObjectName("form")
        self._kinds = {kind.suffix: kind for kind in kinds}
        self._in_order: list[QWidget] = []  # what the Tab key goes through, from above
        self.options: dict[str, QWidget] = {}  # the rows of options, by the options' names
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(12)
        self.form.setVerticalSpacing(8)
        self.form.setFieldGrowthPolicy(QFormLayout.FieldGrowthPolicy.AllNonFixedFieldsGrow)
        self.kinds = self.choice(
            _("&Format"), {kind.suffix: f"{kind.title} ({kind.suffix})" for kind in kinds}
        )
        self._problem = plain.label(style="problem")
        self._problem.setWordWrap(True)
        self._problem.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self._problem.hide()
        self.buttons = QDialogButtonBox()
        self._go = self.buttons.addButton(_("Export…"), QDialogButtonBox.ButtonRole.AcceptRole)
        self._go.setObjectName("primary")
        cancel = self.buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.buttons.accepted.connect(self._on_accepted)
        self.buttons.rejected.connect(self.reject)
        self.row = QHBoxLayout()
        self.row.setSpacing(20)
        self.row.addLayout(self.form)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(14)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)  # as large as its rows
        layout.addLayout(self.row, 1)
        layout.addWidget(self._problem)
        layout.addWidget(self.buttons)
        self.explain(
            {
                self.kinds: _("The kind of file to write."),
                self._go: _("Asks for the file's name, then writes the file."),
                cancel: _("Closes without writing a file. Backprop remembers what you chose."),
            }
        )
        self.changed.connect(self._on_changed)

    @property
    def kind(self) -> Format:
        """The format that is chosen."""
        return self._kinds[self.kinds.chosen]

    def order(self) -> Order:
        """Return the order that the form describes. Raises OrderError."""
        raise NotImplementedError

    def add(self, label: str, widget: QWidget) -> None:
        """Add a row."""
        name = plain.label(label)
        name.setBuddy(widget)
        self.form.addRow(name, widget)
        self._in_order.append(widget)
        if not (widget.accessibleName() or isinstance(widget, QLabel)):  # whose text is its name
            widget.setAccessibleName(label.replace("&", ""))

    def explain(self, hints: Mapping[QWidget, str]) -> None:
        """Tell of each row what it is for, to whoever asks what it is."""
        for widget, hint in hints.items():
            widget.setWhatsThis(hint)
            if name := self.form.labelForField(widget):
                name.setWhatsThis(hint)

    def choice(self, label: str, choices: Mapping[str, str], chosen: str = "") -> Choice:
        """Add a row with a list of choices."""
        made = Choice(choices, label.replace("&", ""))
        made.choose(chosen)
        made.currentIndexChanged.connect(self.changed)
        self.add(label, made)
        return made

    def number(self, label: str, text: str, hint: str = "") -> QLineEdit:
        """Add a row with a line for a number."""
        return self._line(NumberLine(text), label, hint)

    def text(self, label: str, hint: str = "") -> QLineEdit:
        """Add a row with a line to be typed."""
        return self._line(QLineEdit(), label, hint)

    def _line(self, made: QLineEdit, label: str, hint: str) -> QLineEdit:
        made.setMaxLength(LONGEST_TITLE)
        made.setPlaceholderText(hint)
        made.textChanged.connect(self.changed)
        self.add(label, made)
        return made

    def show_row(self, widget: QWidget, *, is_shown: bool) -> None:
        """Show the row of a widget, or leave it out where it would do nothing."""
        self.form.setRowVisible(widget, is_shown)

    def show_problem(self, problem: str) -> None:
        """Say what is wrong, or nothing."""
        shown = f"⚠ {problem}" if problem else ""
        is_other = shown != self._problem.text()
        self._problem.setText(shown)
        self._problem.setAccessibleName(aloud(problem))
        self._problem.setVisible(bool(problem))
        if is_other:
            announce(self._problem, aloud(problem))

    def setVisible(self, is_visible: bool) -> None:
        """Show the rows of use first: with all of them, Qt would place the form too high."""
        if is_visible and not self.isVisible():
            self._show()
            self.adjustSize()
        super().setVisible(is_visible)

    def showEvent(self, event: QShowEvent) -> None:
        """Begin at the first row, with what follows from the choices."""
        super().showEvent(event)
        for widget, following in pairwise([*self._in_order, *self.buttons.buttons()]):
            self.setTabOrder(widget, following)
        self._in_order[0].setFocus()
        self.changed.emit()

    def plan(self) -> Plan:
        """Return what is asked for, as far as the use of the options depends on it."""
        raise NotImplementedError

    def _show(self) -> None:
        """Show what follows from the choices: the rows of the options that do something."""
        for name, widget in self.options.items():
            self.form.setRowVisible(widget, is_useful(name, self.plan()))

    def _on_changed(self) -> None:
        if not self.isVisible():
            return  # it is being made, or prepared
        self._show()
        missing = formats.problem(self.kind)
        self._go.setEnabled(missing is None)
        self.show_problem(missing or self._mistake())

    def _mistake(self) -> str:
        try:
            self.order()
        except OrderError as error:
            return str(error)
        return ""

    def _on_accepted(self) -> None:
        if self._give(lambda order: self.order_made.emit(order, self.kind)):
            self.accept()

    def _give(self, take: Callable[[Order], None]) -> bool:
        """Give the order away, or say why there is none."""
        try:
            order = self.order()
        except OrderError as error:
            self.show_problem(str(error))
            return False
        take(order)
        return True


def look_of(
    background: str, *, is_large: bool, is_captioned: bool, digits: int, title: str
) -> Look:
    """Return the look that a background's name and the other choices stand for."""
    return Look(
        theme=DARK if background.endswith("dark") else LIGHT,
        is_transparent=background.startswith("clear"),
        is_large=is_large,
        is_captioned=is_captioned,
        digits=digits,
        title=title,
    )
