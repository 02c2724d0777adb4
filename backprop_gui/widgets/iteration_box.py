"""The box in which the iteration stands, and in which another one can be typed."""

from PySide6.QtCore import Property, QSize, Qt, Signal
from PySide6.QtGui import QFocusEvent
from PySide6.QtWidgets import QAbstractSpinBox, QWidget

from backprop_gui.core.network import Setup
from backprop_gui.lesson import numbers
from backprop_gui.lesson.numbers import FILES, NumberError, Numerals
from backprop_gui.system.texts import _
from backprop_gui.widgets.commands import COMMANDS
from backprop_gui.widgets.typed_box import TypedBox

_AROUND = 28  # pixels of frame and padding


class IterationBox(TypedBox):
    """Shows the iteration, and takes one that is typed, from 1 to the last that can be reached.

    Any other text is marked and leads nowhere; when the box is left, the iteration where
    the person is stands there again. A text that is being typed stays while the run goes on.

    Signals:
        chosen(int): the person chose an iteration that is known, or soon computed.
    """

    chosen = Signal(object)  # of any size: a Qt int ends at 2^31

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._iteration = self._reachable = 1
        self._numerals = FILES
        self.setObjectName("iteration")
        self.setButtonSymbols(QAbstractSpinBox.ButtonSymbols.NoButtons)
        self.setAccessibleName(_("Iteration"))
        self.setToolTip(COMMANDS["goto"].hint)
        self._show_iteration()

    # What assistive technology asks of a spin box, by these names.
    value = Property(int, lambda self: self._iteration, lambda self, value: self._choose(value))
    minimum = Property(int, lambda self: 1)
    maximum = Property(int, lambda self: self._reachable)

    def show_place(self, iteration: int, reachable: int) -> None:
        """Show the iteration, of so many to go to; a text that is being typed stays."""
        if (iteration, reachable) == (self._iteration, self._reachable):
            return
        is_typed = self.is_text_unfinished
        self._iteration, self._reachable = iteration, reachable
        if not is_typed:
            self._show_iteration()

    def show_numerals(self, numerals: Numerals) -> None:
        """Read numbers, and write them in sentences, like this from now on."""
        self._numerals = numerals

    def sizeHint(self) -> QSize:
        """Return the room for as many digits as a run usually has at most."""
        usual = len(str(Setup().max_iterations))
        wide = self.fontMetrics().horizontalAdvance("0" * usual) + _AROUND
        return super().sizeHint().expandedTo(QSize(wide, 0))

    def minimumSizeHint(self) -> QSize:
        """Return the same: digits that are cut off would be another number."""
        return self.sizeHint()

    def stepBy(self, steps: int) -> None:
        """Go on or back by so many iterations, as far as they can be reached."""
        self._choose(self._iteration + steps)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Show where the person is, in place of what leads nowhere."""
        super().focusOutEvent(event)
        if self._problem and event.reason() != Qt.FocusReason.PopupFocusReason:
            self._show_iteration()

    def _give_back(self) -> None:
        self._show_iteration()

    def _on_left(self) -> None:
        self._on_editing_finished()
        self.edit_ended.emit()

    def _on_editing_finished(self) -> None:
        if not self.is_text_unfinished:
            return
        text = self.lineEdit().text()
        try:
            iteration = numbers.parse_whole(text, self._numerals.decimal_sign)
        except NumberError as error:
            self._set_problem(str(error))
            return
        if 1 <= iteration <= self._reachable:
            self._choose(iteration)
        else:
            sentence = _("Type an iteration from 1 to {last}")
            self._set_problem(sentence.format(last=self._numerals.count(self._reachable)))

    def _choose(self, iteration: int) -> None:
        wanted = min(max(iteration, 1), self._reachable)
        is_other, self._iteration = wanted != self._iteration, wanted
        self._show_iteration()
        if is_other:
            self.chosen.emit(wanted)

    def _show_iteration(self) -> None:
        self._shown = str(self._iteration)  # no groups, which a digit that is typed would break
        self.lineEdit().setText(self._shown)
        self._leaving.end()
        self._set_problem("")
