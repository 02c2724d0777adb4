"""The panel in which the setup is edited."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QLabel, QWidget

from backprop_gui.core.network import Setup
from backprop_gui.lesson.fields import FIELDS
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.spoken import aloud
from backprop_gui.system.texts import _
from backprop_gui.widgets.buttons import command_button
from backprop_gui.widgets.number_box import NumberBox
from backprop_gui.widgets.plain import label


class SetupPanel(QWidget):
    """A number box for each value of the setup, with what is wrong about it beneath.

    Signals:
        setup_edited(Setup): the person chose another setup.
        edit_ended(): the person is done with a box; the keys may go elsewhere.
        article_requested(): the person asked for the article's setup.
    """

    setup_edited = Signal(object)
    edit_ended = Signal()
    article_requested = Signal()

    def __init__(self, setup: Setup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWhatsThis(_("The values at the start of the run. A change starts a new run."))
        self._layout = QGridLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setHorizontalSpacing(8)
        self._layout.setVerticalSpacing(6)
        self._layout.setColumnStretch(1, 1)
        self.boxes = {field.name: NumberBox(field, setup) for field in FIELDS}
        self._problems = {field.name: _ProblemLabel() for field in FIELDS}
        for row, field in enumerate(FIELDS):
            self._add_row(2 * row, field.name, field.title)
        reset = command_button("article")
        reset.clicked.connect(self.article_requested)
        self._layout.addWidget(reset, 2 * len(FIELDS), 0, 1, 2)

    def show_setup(self, setup: Setup) -> None:
        """Show a setup."""
        for box in self.boxes.values():
            box.show_setup(setup)

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

    def _add_row(self, row: int, name: str, text: str) -> None:
        box, problem = self.boxes[name], self._problems[name]
        name_of_box = label(text)
        name_of_box.setBuddy(box)
        name_of_box.setToolTip(box.toolTip())
        self._layout.addWidget(name_of_box, row, 0)
        self._layout.addWidget(box, row, 1)
        self._layout.addWidget(problem, row + 1, 0, 1, 2)
        box.setup_edited.connect(self.setup_edited)
        box.problem_changed.connect(problem.show_problem)
        box.edit_ended.connect(self.edit_ended)


class _ProblemLabel(QLabel):
    """A sentence in the colour of a mistake, with a sign so that it is not the colour alone."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("problem")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.hide()

    def show_problem(self, problem: str) -> None:
        """Show the sentence; none when it is empty."""
        self.setText(f"⚠ {problem}." if problem else "")
        self.setAccessibleName(aloud(problem))
        self.setVisible(bool(problem))
