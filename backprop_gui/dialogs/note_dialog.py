"""The dialog for a note about the experiment."""

from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QPlainTextEdit,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from backprop_gui.dialogs.question import CANCEL, ask
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.storage.experiment_file import LONGEST_NOTE
from backprop_gui.system.letters import lines
from backprop_gui.system.texts import _
from backprop_gui.widgets.plain import label, say

_WIDTH, _LINES = 60, 9  # average letters across, and lines
_Role = QDialogButtonBox.ButtonRole


class NoteDialog(QDialog):
    """Asks for a note of several lines; what was typed is not lost without a question."""

    def __init__(self, note: str, parent: QWidget, numerals: Numerals = FILES) -> None:
        super().__init__(parent)
        self._numerals = numerals
        self.setWindowTitle(_("Note"))
        self.text = QPlainTextEdit(note)
        self._before = self.note
        self.text.setTabChangesFocus(True)
        self.text.setAccessibleName(_("Note"))
        self.text.setWhatsThis(_("Your note about this experiment. Its file contains the note."))
        self.text.moveCursor(self.text.textCursor().MoveOperation.End)
        question = label(_("&Note about this experiment:"))
        question.setBuddy(self.text)
        self._length = label()
        self._length.setWordWrap(True)
        buttons = QDialogButtonBox()
        self._take = _button(buttons, _("OK"), _Role.AcceptRole, _("Keeps the note. Ctrl+Enter"))
        self._take.setObjectName("primary")
        self._take.setDefault(True)
        _button(buttons, _("Cancel"), _Role.RejectRole, _("Closes without changing the note."))
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        for key in ("Ctrl+Return", "Ctrl+Enter"):
            QShortcut(QKeySequence(key), self, self.accept)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(10)
        layout.addWidget(question)
        layout.addWidget(self.text, 1)
        layout.addWidget(self._length)
        layout.addWidget(buttons)
        self.text.textChanged.connect(self._show_length)
        self._show_length()
        self.ensurePolished()
        metrics = self.text.fontMetrics()
        self.text.setMinimumSize(metrics.averageCharWidth() * 30, metrics.lineSpacing() * 4)
        self.resize(metrics.averageCharWidth() * _WIDTH, metrics.lineSpacing() * (_LINES + 8))

    @property
    def note(self) -> str:
        """The note, as its file will hold it."""
        return lines(self.text.document().toRawText())  # toPlainText makes all spaces the usual one

    def accept(self) -> None:
        """Close, unless the note is too long: it says so."""
        if len(self.note) <= LONGEST_NOTE:
            super().accept()

    def reject(self) -> None:
        """Close; where something was changed, only when the person says so."""
        if self.note == self._before or self._may_discard():
            super().reject()

    def _may_discard(self) -> bool:
        question = _("Discard the changes to the note?")
        answers = {"discard": _("&Discard")}
        return ask(self, self.windowTitle(), question, answers, is_cancel_usual=True) != CANCEL

    def _show_length(self) -> None:
        length = len(self.note)
        is_too_long = length > LONGEST_NOTE
        text = _("{length} of {most} characters")
        if is_too_long:
            text = _("⚠ Shorten the note: it has {length} characters, and a file can hold {most}.")
        count = self._numerals.count
        say(
            self._length,
            text.format(length=count(length), most=count(LONGEST_NOTE)),
        )
        self._length.setObjectName("problem" if is_too_long else "remark")
        self._length.style().polish(self._length)
        self._take.setEnabled(not is_too_long)


def _button(buttons: QDialogButtonBox, text: str, role: _Role, hint: str) -> QPushButton:
    made = buttons.addButton(text, role)
    made.setWhatsThis(hint)
    return made
