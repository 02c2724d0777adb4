"""A small dialog with rows, whose mistakes are told where they stand, and which gives an answer."""

from collections.abc import Mapping

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLayout,
    QLineEdit,
    QVBoxLayout,
    QWidget,
)

from backprop_gui.dialogs.form import Choice
from backprop_gui.lesson.spoken import aloud
from backprop_gui.system.texts import _
from backprop_gui.widgets import plain
from backprop_gui.widgets.accessible import announce
from backprop_gui.widgets.boxes import NumberLine

_LONGEST = 10_000  # characters of a line, such as of a list that was pasted
_LETTERS = 26  # that a line shows at once


class AnswerError(ValueError):
    """What is typed gives no answer; its own text is a sentence without its full stop."""


class Asking(QDialog):
    """A dialog that asks for one thing; subclasses have `answer`, which may raise AnswerError.

    Signals:
        changed(): something was chosen or typed.
        answered(object): the person wants what `answer` returned.
    """

    changed = Signal()
    answered = Signal(object)

    def __init__(self, title: str, go: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setObjectName("form")
        self.form = QFormLayout()
        self.form.setHorizontalSpacing(12)
        self.form.setVerticalSpacing(8)
        self._is_typed = False
        self._problem = plain.label(style="problem")
        self._problem.setWordWrap(True)
        self._problem.hide()
        buttons = QDialogButtonBox()
        self.go = buttons.addButton(go, QDialogButtonBox.ButtonRole.AcceptRole)
        self.go.setObjectName("primary")
        cancel = buttons.addButton(_("Cancel"), QDialogButtonBox.ButtonRole.RejectRole)
        self.go.setWhatsThis(_("Takes what is chosen and typed above, and closes."))
        cancel.setWhatsThis(_("Closes and changes nothing."))
        buttons.accepted.connect(self._on_accepted)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(14)
        layout.setSizeConstraint(QLayout.SizeConstraint.SetFixedSize)  # as large as its rows
        layout.addLayout(self.form)
        layout.addWidget(self._problem)
        layout.addWidget(buttons)
        self.changed.connect(self._on_changed)

    @property
    def problem(self) -> str:
        """The sentence that says what is wrong, or ""."""
        return self._problem.text().removeprefix("⚠ ")

    def answer(self) -> object:
        """Return what the person asks for. Raises AnswerError."""
        raise NotImplementedError

    def line(self, label: str, text: str, hint: str) -> QLineEdit:
        """Add a row with a line to be typed."""
        made = NumberLine(text)
        made.setMaxLength(_LONGEST)
        made.setMinimumWidth(_LETTERS * made.fontMetrics().averageCharWidth())
        made.textChanged.connect(self.changed)
        self._add(label, made, hint)
        if not self._is_typed:  # what is typed at once goes into the first line
            self._is_typed = True
            made.setFocus()
            made.selectAll()
        return made

    def choice(self, label: str, choices: Mapping[str, str], hint: str) -> Choice:
        """Add a row with a list of choices."""
        made = Choice(choices, label.replace("&", ""))
        made.currentIndexChanged.connect(self.changed)
        self._add(label, made, hint)
        return made

    def _add(self, label: str, widget: QWidget, hint: str) -> None:
        name = plain.label(label)
        name.setBuddy(widget)
        widget.setAccessibleName(aloud(label.replace("&", "")))
        widget.setWhatsThis(hint)
        name.setWhatsThis(hint)
        self.form.addRow(name, widget)

    def _on_changed(self) -> None:
        answer = None
        try:
            answer = self.answer()
        except AnswerError as error:
            self._say(str(error))
        else:
            self._say("")
        self.show_answer(answer)

    def show_answer(self, answer: object) -> None:
        """Show what the answer comes to, None where there is none."""

    def _say(self, problem: str) -> None:
        shown = f"⚠ {problem}." if problem else ""
        if shown != self._problem.text():
            self._problem.setText(shown)
            self._problem.setVisible(bool(problem))
            announce(self._problem, aloud(problem))

    def _on_accepted(self) -> None:
        try:
            answer = self.answer()
        except AnswerError as error:
            self._say(str(error))
            return
        self.answered.emit(answer)
        self.accept()
