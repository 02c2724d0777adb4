"""The panel in which the setup is edited."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QWidget

from backprop_gui.core.network import Setup
from backprop_gui.lesson.fields import FIELDS, Field
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.spoken import aloud
from backprop_gui.system.texts import _
from backprop_gui.widgets import plain
from backprop_gui.widgets.buttons import command_button, tool
from backprop_gui.widgets.card import Page
from backprop_gui.widgets.command import bare
from backprop_gui.widgets.commands import COMMANDS
from backprop_gui.widgets.method_button import MethodButton
from backprop_gui.widgets.number_box import NumberBox
from backprop_gui.widgets.plain import label
from backprop_gui.widgets.problem_label import ProblemLabel


class SetupPanel(QWidget):
    """A number box for each value of the setup, with what is wrong about it beneath.

    Below them stands how its numbers are computed.

    Signals:
        setup_edited(Setup, bool): the person chose another setup; True: it goes on with the change
            before, in the same visit to a box.
        edit_ended(): the person is done with a box; the keys may go elsewhere.
        method_chosen(object): how the iterations are to be computed, a Method, or None for exactly.
        article_requested(): the person asked for the article's setup.
        undo_requested(), redo_requested(): a button.
    """

    setup_edited = Signal(object, bool)
    edit_ended = Signal()
    method_chosen = Signal(object)
    article_requested = Signal()
    undo_requested = Signal()
    redo_requested = Signal()

    def __init__(self, setup: Setup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWhatsThis(_("The values at the start of the run. A change starts a new run."))
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setHorizontalSpacing(4)
        self._layout.setVerticalSpacing(3)
        self._layout.setColumnStretch(1, 1)
        self.boxes = {field.name: NumberBox(field, setup) for field in FIELDS}
        self._problems = {field.name: ProblemLabel() for field in FIELDS}
        for row, field in enumerate(FIELDS):
            self._add_row(2 * row, field)
        self.method = MethodButton()
        self.method.chosen.connect(self.method_chosen)
        self._layout.addWidget(self.method, 2 * len(FIELDS), 0, 1, 2)
        self._reset = command_button("article")
        self._reset.clicked.connect(self.article_requested)
        self._layout.addWidget(self._reset, 2 * len(FIELDS) + 1, 0, 1, 2)
        self._changes = {"undo": tool("↶", ""), "redo": tool("↷", "")}
        self._changes["undo"].clicked.connect(self.undo_requested)
        self._changes["redo"].clicked.connect(self.redo_requested)
        self.page = Page(_("Setup"), self, _row(*self._changes.values()))
        self.show_changes({"undo": "", "redo": ""})

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the Tab key stops, in this order."""
        return (*self.boxes.values(), self.method, self._reset, *self._changes.values())

    def show_setup(self, setup: Setup) -> None:
        """Show a setup."""
        self.method.show_method(setup.method)
        for box in self.boxes.values():
            box.show_setup(setup)

    def show_changes(self, changes: Mapping[str, str]) -> None:
        """Show what "undo" and "redo" would do, in words; "" is for nothing."""
        for name, text in changes.items():
            command, made = COMMANDS[name], self._changes[name]
            said = bare(command.text_on).format(change=text) if text else command.name
            made.setEnabled(bool(text))
            made.setToolTip(plain.hint(command.hint_of(said)))
            made.setAccessibleName(aloud(said))
            made.setAccessibleDescription(aloud(command.hint_of(said)))

    def show_numerals(self, numerals: Numerals) -> None:
        """Write numbers like this from now on."""
        for box in self.boxes.values():
            box.show_numerals(numerals)

    def commit(self) -> bool:
        """Take what is typed, as if the person had left the box; say whether all could be taken.

        What cannot be taken stays, with a sentence on why.
        """
        for box in self.boxes.values():
            box.commit()
        return self.wrong is None

    @property
    def wrong(self) -> NumberBox | None:
        """The first box whose text cannot be taken, or None."""
        return next((box for box in self.boxes.values() if box.problem), None)

    def typed(self, setup: Setup) -> Setup:
        """Return a setup with what is typed and not taken yet, as far as it can be taken."""
        for box in self.boxes.values():
            setup = box.typed_into(setup)
        return setup

    def begin_correction(self) -> None:
        """Let the person correct the first text that cannot be taken."""
        if self.wrong:
            self.wrong.setFocus()
            self.wrong.select_all()

    def discard_edits(self) -> None:
        """Show the values again in place of whatever was typed."""
        for box in self.boxes.values():
            box.discard_edit()

    def begin_edit(self, name: str) -> None:
        """Let the person type another value for the field with this code name."""
        self.boxes[name].setFocus()
        self.boxes[name].select_all()

    def _add_row(self, row: int, field: Field) -> None:
        box, problem = self.boxes[field.name], self._problems[field.name]
        name_of_box = label(field.title)
        name_of_box.setText(field.marked_title)
        name_of_box.setBuddy(box)
        name_of_box.setToolTip(box.toolTip())
        self._layout.addWidget(name_of_box, row, 0)
        self._layout.addWidget(box, row, 1)
        self._layout.addWidget(problem, row + 1, 0, 1, 2)
        box.setup_edited.connect(self.setup_edited)
        box.problem_changed.connect(problem.show_problem)
        box.edit_ended.connect(self.edit_ended)


def _row(*buttons: QWidget) -> QWidget:
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(2)
    row.addStretch(1)
    for each in buttons:
        row.addWidget(each)
    return made
