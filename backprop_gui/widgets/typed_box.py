"""What the boxes have in common in which a person types a number as text."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QValidator
from PySide6.QtWidgets import QAbstractSpinBox, QWidget

from backprop_gui.lesson.spoken import aloud
from backprop_gui.widgets.accessible import announce
from backprop_gui.widgets.boxes import MOVING, BoxKeys, Leaving, NumberLine, leave_wheel_to_page

_LONGEST = 1000


class TypedBox(BoxKeys, QAbstractSpinBox):
    """Lets anything be typed; it is read, and answered in words, when editing ends.

    A box of its kind sets `_shown`, which the text is unless the person has typed another one.

    Signals:
        problem_changed(str): a sentence on what is wrong with the text, "" when nothing is.
        edit_ended(): what was typed is taken, or given back; the keys may go elsewhere.
    """

    problem_changed = Signal(str)
    edit_ended = Signal()

    # Escape gives back what was there before it brings the other cards back.
    kept_keys = (*MOVING, Qt.Key.Key_Escape)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._shown = ""
        self._problem = ""
        self._line = NumberLine()
        self._line.setObjectName("qt_spinbox_lineedit")  # as Qt's own, a part of the box
        self.setLineEdit(self._line)
        self._leaving = Leaving(self, self._on_left)
        leave_wheel_to_page(self)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)
        self._line.setMaxLength(_LONGEST)
        self._line.textChanged.connect(self._on_text_changed)
        self.editingFinished.connect(self._on_editing_finished)

    @property
    def problem(self) -> str:
        """What is wrong with the text, "" when nothing is."""
        return self._problem

    @property
    def is_text_unfinished(self) -> bool:
        """Whether something is typed that has not been taken."""
        return self._line.text() != self._shown

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        """Say that both arrows are of use; the bounds of a value end their effect."""
        flags = QAbstractSpinBox.StepEnabledFlag
        return flags.StepUpEnabled | flags.StepDownEnabled

    def validate(self, text: str, position: int) -> tuple[QValidator.State, str, int]:
        """Let anything be typed."""
        return QValidator.State.Acceptable, text, position

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Give back on Escape what was there; say when the editing ends."""
        if event.key() == Qt.Key.Key_Escape:
            self._give_back()
            self.edit_ended.emit()
            return
        super().keyPressEvent(event)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not self._problem:
            self.edit_ended.emit()

    def _give_back(self) -> None:
        """Show again what was there before the person typed."""
        raise NotImplementedError

    def _on_editing_finished(self) -> None:
        """Take what is typed, or say what is wrong about it."""
        raise NotImplementedError

    def _on_left(self) -> None:
        """End the editing, for something else is clicked."""
        raise NotImplementedError

    def _on_text_changed(self) -> None:
        if self.is_text_unfinished:
            self._leaving.begin()
        else:
            self._leaving.end()

    def _set_problem(self, problem: str) -> None:
        if problem == self._problem:
            return
        self._problem = problem
        self.setProperty("isWrong", bool(problem))
        self.style().polish(self)
        self.setAccessibleDescription(aloud(problem))
        announce(self, aloud(problem), is_urgent=True)
        self.problem_changed.emit(problem)
