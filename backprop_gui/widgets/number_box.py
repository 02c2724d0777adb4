"""The spin box for exact numbers, the only one in the program."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QKeyEvent, QValidator
from PySide6.QtWidgets import QAbstractSpinBox, QWidget

from backprop_gui.core.network import Setup, SetupError
from backprop_gui.i18n import _
from backprop_gui.lesson import numbers
from backprop_gui.lesson.fields import Field
from backprop_gui.lesson.numbers import NumberError

_OWN_KEYS = (
    *(Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End),
    Qt.Key.Key_Escape,  # it brings the value back before it brings the other cards back
)


class NumberBox(QAbstractSpinBox):
    """Edits one value of a setup: accepts 0.5, 0,5, 5e-5 and 1/3, and keeps the exact double.

    What cannot be read stays in the box, marked, and changes nothing; Escape brings the value
    back. The box shows the setup that it was given last.

    Signals:
        setup_edited(Setup): the person chose another value.
        problem_changed(str): a sentence on what is wrong with the text, "" when nothing is.
        edit_ended(): the Enter key took the value, or Escape brought it back.
    """

    setup_edited = Signal(object)
    problem_changed = Signal(str)
    edit_ended = Signal()

    def __init__(self, field: Field, setup: Setup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self._setup = setup
        self._problem = ""
        self.setObjectName(field.name)
        self.setAccessibleName(field.title)
        self.setToolTip(field.hint)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self.setKeyboardTracking(False)
        self.lineEdit().setMaxLength(1000)
        self.editingFinished.connect(self._on_editing_finished)
        self._show_value()

    @property
    def value(self) -> float:
        """The exact value, whatever the text is."""
        return float(getattr(self._setup, self._field.name))

    @property
    def problem(self) -> str:
        """What is wrong with the text, "" when nothing is."""
        return self._problem

    def show_setup(self, setup: Setup) -> None:
        """Show a setup's value; text that is being edited or marked as wrong stays for now."""
        is_other = getattr(setup, self._field.name) != getattr(self._setup, self._field.name)
        self._setup = setup
        if is_other or not self._problem:
            self._show_value()

    def commit(self) -> None:
        """Take what is typed, or say what is wrong about it."""
        self._on_editing_finished()

    def discard_edit(self) -> None:
        """Show the value again in place of what was typed."""
        self._show_value()

    def stepBy(self, steps: int) -> None:
        """Change the value, as it is typed, by the field's own amounts."""
        self._on_editing_finished()
        if self._problem:
            return
        value = self._field.stepped(getattr(self._setup, self._field.name), steps)
        self._take(numbers.to_edit(self._field.text(value)))
        self.selectAll()

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        """Say that both arrows are of use; the bounds of a value end their effect."""
        flags = QAbstractSpinBox.StepEnabledFlag
        return flags.StepUpEnabled | flags.StepDownEnabled

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Let anything be typed; it is read, and answered in words, when editing ends."""
        return QValidator.State.Acceptable, text, position

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give the value back on Escape; say when the editing ends."""
        if event.key() == Qt.Key.Key_Escape:
            self.discard_edit()
            self.selectAll()
            self.edit_ended.emit()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._problem:
            self.edit_ended.emit()

    def event(self, event: QEvent) -> bool:
        """Leave the space bar, which no number needs, to the window, and keep the paging keys."""
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Space:
                event.ignore()
                return False
            if event.key() in _OWN_KEYS:
                event.accept()
                return True
        return super().event(event)

    def _on_editing_finished(self) -> None:
        text = self.lineEdit().text()
        if text == self._shown_text():
            self._set_problem("")
        else:
            self._take(text)

    def _take(self, text: str) -> None:
        try:
            setup = self._field.changed(self._setup, text)
        except (NumberError, SetupError) as error:
            stays = _("{problem}. {value} stays")
            self._set_problem(stays.format(problem=error, value=self._shown_text()))
            return
        is_other = setup != self._setup
        self._setup = setup
        self._show_value()
        if is_other:
            self.setup_edited.emit(setup)

    def _shown_text(self) -> str:
        return numbers.to_edit(self._field.text(getattr(self._setup, self._field.name)))

    def _show_value(self) -> None:
        text = self._shown_text()
        if text != self.lineEdit().text():
            self.lineEdit().setText(text)
        self._set_problem("")

    def _set_problem(self, problem: str) -> None:
        if problem == self._problem:
            return
        self._problem = problem
        self.setProperty("isWrong", bool(problem))
        self.style().polish(self)
        self.setAccessibleDescription(problem)
        self.problem_changed.emit(problem)
