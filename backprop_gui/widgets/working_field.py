"""The fields into which a person types a working: one for each line of the lesson."""

from collections.abc import Mapping

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox

from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.own_working import OwnWorking, is_block
from backprop_gui.lesson.spoken import aloud
from backprop_gui.system.texts import _
from backprop_gui.widgets.typed_box import TypedBox

_LONGEST = 100_000  # characters: a whole working may be pasted into a field
_NEXT = {Qt.Key.Key_Return: 1, Qt.Key.Key_Enter: 1, Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1}


class WorkingField(TypedBox):
    """The number of one line as a person types it, whatever that is.

    Signals:
        edited(str): the person typed another text.
        pasted(str): the person put in more than a number, such as a column or a line with a name.
        left_for(int): the keys go to the next field, 1, or to the one before, -1.
    """

    edited = Signal(str)
    pasted = Signal(str)
    left_for = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        quantity = ARTICLE.quantities[name]
        self.setObjectName("workingField")
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setAccessibleName(_("Your {symbol}").format(symbol=quantity.spoken))
        self.setToolTip(quantity.title)
        self._line.setMaxLength(_LONGEST)
        self._line.textChanged.connect(self._on_pasted)

    @property
    def typed(self) -> str | None:
        """What is typed and not taken yet, or None."""
        return self._line.text() if self.is_text_unfinished else None

    def show_text(self, text: str, problem: str, verdict: str) -> None:
        """Show the text of a state; one that is being typed stays, unless it is another state's.

        `problem` says why the text cannot be read; `verdict` is read aloud.
        """
        is_other = text != self._shown
        stays = self.is_text_unfinished and not is_other
        self._shown = text
        if not stays:
            self._show_taken()
        self._set_problem(problem)
        self.setAccessibleDescription(aloud(problem or verdict))

    def commit(self) -> None:
        """Take what is typed."""
        self._on_editing_finished()

    def stepEnabled(self) -> QAbstractSpinBox.StepEnabledFlag:
        """Say that the arrow keys change no number: they lead from line to line."""
        return QAbstractSpinBox.StepEnabledFlag.StepNone

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page."""
        event.ignore()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go on to the next line by Enter; paste a column over the lines from here on."""
        if event.key() in _NEXT and not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            self.commit()
            self.left_for.emit(_NEXT[Qt.Key(event.key())])
        elif event.matches(QKeySequence.StandardKey.Paste) and is_block(
            text := QGuiApplication.clipboard().text().strip()
        ):
            self._show_taken()
            self.pasted.emit(text)
        elif event.key() == Qt.Key.Key_Escape and not self.is_text_unfinished:
            self.clearFocus()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Have the text selected, as a cell of a spreadsheet."""
        super().focusInEvent(event)
        if event.reason() != Qt.FocusReason.MouseFocusReason:
            self._line.select_number()

    def _give_back(self) -> None:
        self._show_taken()
        self._line.select_number()

    def _on_editing_finished(self) -> None:
        text = self.typed
        self._leaving.end()
        if text is None:
            return
        if is_block(text):
            self._show_taken()
            self.pasted.emit(text)
        else:
            self._shown = text.strip()
            self._show_taken()
            self.edited.emit(self._shown)

    def _on_left(self) -> None:
        self.commit()

    def _on_pasted(self, text: str) -> None:
        """Take a column at once that came by the mouse or a menu."""
        if "\n" in text and self.is_text_unfinished:
            self.commit()

    def _show_taken(self) -> None:
        if self._line.text() != self._shown or self._line.isUndoAvailable():
            self._line.setText(self._shown)
        self._leaving.end()
        if not self.hasFocus():
            self._line.home(False)


class WorkingFields(QObject):
    """A field for each line; the keys go from one to the next.

    Signals:
        edited(str, str): the person typed another text into a line, by its code name.
        pasted(str, str): the person put more than a number into a line, by its code name.
    """

    edited = Signal(str, str)
    pasted = Signal(str, str)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.by_name = {name: WorkingField(name) for name in ARTICLE.step_of}
        for name, field in self.by_name.items():
            field.edited.connect(lambda text, name=name: self.edited.emit(name, text))
            field.pasted.connect(lambda text, name=name: self.pasted.emit(name, text))
            field.left_for.connect(lambda by, name=name: self._go_on(name, by))

    @property
    def typed(self) -> dict[str, str]:
        """What is typed and not taken yet, by code name."""
        typed = {name: field.typed for name, field in self.by_name.items()}
        return {name: text for name, text in typed.items() if text is not None}

    def commit(self) -> None:
        """Take what is typed."""
        for field in self.by_name.values():
            field.commit()

    def show(
        self, working: OwnWorking, problems: Mapping[str, str], verdicts: Mapping[str, str]
    ) -> None:
        """Show the texts of a working, with what is wrong with some, and what is said of each."""
        texts = working.texts
        for name, field in self.by_name.items():
            field.show_text(texts.get(name, ""), problems.get(name, ""), verdicts.get(name, ""))

    def _go_on(self, name: str, by: int) -> None:
        names = list(self.by_name)
        place = names.index(name) + by
        if 0 <= place < len(names):
            self.by_name[names[place]].setFocus(Qt.FocusReason.TabFocusReason)
