"""The spin box for exact numbers, the only one in the program."""

import math
import re

from PySide6.QtCore import Property, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleValueChangeEvent,
    QFocusEvent,
    QMouseEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import QWidget

from backprop_gui.core.network import Setup, SetupError
from backprop_gui.lesson.fields import Field
from backprop_gui.lesson.numbers import FILES, NumberError, Numerals
from backprop_gui.lesson.spoken import aloud
from backprop_gui.system.texts import _
from backprop_gui.widgets.typed_box import TypedBox

_QUOTIENT = re.compile(r"[+−-]?[\d.,]+ ?/ ?[\d.,]+", re.ASCII)


class NumberBox(TypedBox):
    """Edits one value of a setup: accepts 0.5, 0,5, 5e-5 and 1/3, and keeps the exact double.

    A quotient stays as it was typed: 1/3.

    What cannot be read stays in the box, marked, and changes nothing; Escape brings the value
    back. The box shows the setup that it was given last; its text is taken when the focus leaves
    it or something else is clicked, and when `commit` is called before anything else is done.

    Signals:
        setup_edited(Setup, bool): the person chose another value; True: it goes on with the change
            before, in the same visit to the box.
    """

    setup_edited = Signal(object, bool)

    def __init__(self, field: Field, setup: Setup, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._field = field
        self._setup = setup
        self._numerals = FILES
        self._has_edited = False  # since the person came here
        # A value as it was typed, and the decimal sign that it was typed with.
        self._quotient: tuple[float, str, str] | None = None
        self.setObjectName(field.name)
        self.setAccessibleName(aloud(field.title))
        self.setToolTip(field.hint)
        self.setKeyboardTracking(False)
        self.edit_ended.connect(self._on_edit_ended)
        self._show_value()

    # What assistive technology asks of a spin box, by these names: the exact value, whatever the
    # text is; a value that it sets is taken as one that is typed.
    value = Property(float, lambda self: self._value, lambda self, value: self._choose(value))
    minimum = Property(float, lambda self: self._field.bounds[0])
    maximum = Property(float, lambda self: self._field.bounds[1])
    singleStep = Property(float, lambda self: self._field.step_at(self._value))  # noqa: N815

    @property
    def title(self) -> str:
        """What the value is called, as a person reads it."""
        return self._field.title

    def show_setup(self, setup: Setup) -> None:
        """Show a setup's value; where it is the same one, a text that is being typed stays."""
        is_other = getattr(setup, self._field.name) != getattr(self._setup, self._field.name)
        self._setup = setup
        if is_other or not self.is_text_unfinished:
            self._show_value()
        if is_other:
            self._tell_value()

    def show_numerals(self, numerals: Numerals) -> None:
        """Write the number like this from now on; a text that is being typed stays."""
        is_typed, self._numerals = self.is_text_unfinished, numerals
        if not is_typed:
            self._show_value()

    def commit(self) -> None:
        """Take what is typed, or say what is wrong about it."""
        self._on_editing_finished()

    def typed_into(self, setup: Setup) -> Setup:
        """Return a setup with what is typed here, or as it is where that cannot be taken."""
        if not self.is_text_unfinished:
            return setup
        try:
            return self._field.changed(setup, self.lineEdit().text(), self._numerals.decimal_sign)
        except (NumberError, SetupError):
            return setup

    def discard_edit(self) -> None:
        """Show the value again in place of what was typed; the next change is one of its own."""
        self._has_edited = False
        self._show_value()

    def stepBy(self, steps: int) -> None:
        """Change the value, as it is typed, by the field's own amounts."""
        self._on_editing_finished()
        if self._problem:
            return
        value = self._field.stepped(getattr(self._setup, self._field.name), steps)
        self._take(self._text_of(value))
        self.select_all()

    def select_all(self) -> None:
        """Select the text from its end, so that the head of a long number is in sight."""
        self._line.select_number()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Give the keys back after a click on an arrow, as after one on any button."""
        super().mouseReleaseEvent(event)
        if not self._problem:
            self.edit_ended.emit()

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Have the head of a number in sight that the Tab key has selected."""
        super().focusInEvent(event)
        if self.lineEdit().hasSelectedText():
            self.select_all()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Have the head of a long number in sight when nothing is typed any more."""
        super().focusOutEvent(event)
        if event.reason() != Qt.FocusReason.PopupFocusReason:
            self.lineEdit().home(False)
            self._has_edited = False

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the head of a long number in sight in a smaller box, too."""
        super().resizeEvent(event)
        self._show_head()

    @property
    def _value(self) -> float:
        return float(getattr(self._setup, self._field.name))

    def _choose(self, value: float) -> None:
        whole = round(value) if self._field.is_whole and math.isfinite(value) else value
        self._take(self._text_of(whole))

    def _tell_value(self) -> None:
        if QAccessible.isActive():
            QAccessible.updateAccessibility(QAccessibleValueChangeEvent(self, self._value))

    def _on_editing_finished(self) -> None:
        if self.is_text_unfinished:
            self._take(self.lineEdit().text())
        else:
            self._set_problem("")

    def _take(self, text: str) -> None:
        try:
            setup = self._field.changed(self._setup, text, self._numerals.decimal_sign)
        except (NumberError, SetupError) as error:
            self._leaving.end()  # until another text is typed there is nothing to be taken
            stays = _("{problem}. The value is still {value}")
            self._set_problem(stays.format(problem=error, value=self._shown_text()))
            return
        is_other = setup != self._setup
        self._setup = setup
        typed = text.strip()
        is_quotient = _QUOTIENT.fullmatch(typed)
        self._quotient = (self._value, typed, self._numerals.decimal_sign) if is_quotient else None
        self._show_value()
        if is_other:
            self._tell_value()
            goes_on, self._has_edited = self._has_edited, self.hasFocus()
            self.setup_edited.emit(setup, goes_on)

    def _shown_text(self) -> str:
        if self._quotient:
            value, typed, sign = self._quotient
            has_sign = not {".", ","}.isdisjoint(typed)
            if value == self._value and (sign == self._numerals.decimal_sign or not has_sign):
                return typed
        return self._text_of(getattr(self._setup, self._field.name))

    def _text_of(self, value: float) -> str:
        return self._numerals.editable(self._field.text(value))

    def _show_value(self) -> None:
        self._shown = self._shown_text()
        line = self.lineEdit()
        if (
            self.is_text_unfinished or line.isUndoAvailable()
        ):  # what was typed has become a change by now
            line.setText(self._shown)
            line.home(False)  # Qt shows the end of what it is given
        self._leaving.end()
        self._set_problem("")
        self._show_head()

    def _show_head(self) -> None:
        if not self.hasFocus():
            self.lineEdit().home(False)

    def _on_edit_ended(self) -> None:
        self._has_edited = False

    def _give_back(self) -> None:
        self.discard_edit()
        self.select_all()

    def _on_left(self) -> None:
        self.commit()
        if not self._problem and self.hasFocus():
            self.edit_ended.emit()
