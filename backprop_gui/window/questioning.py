"""How a question is asked where its card is not seen, and how its answer is told there."""

from PySide6.QtCore import QEvent, QObject
from PySide6.QtWidgets import QWidget

from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.prediction_words import in_a_line
from backprop_gui.lesson.spoken import aloud
from backprop_gui.state.state import State
from backprop_gui.widgets.accessible import announce
from backprop_gui.widgets.note import Note


class Questioning(QObject):
    """Says in a note what a card would, while the card is hidden, and aloud while it is not.

    With another tab in front, or the network alone, a step on would seem to do nothing else.
    """

    def __init__(self, card: QWidget, note: Note, speaker: QWidget) -> None:
        super().__init__(card)
        self._card, self._note, self._speaker = card, note, speaker
        self._state: State | None = None
        self._text = ""
        self._is_noted = False
        card.installEventFilter(self)

    def show_state(self, state: State, numerals: Numerals) -> None:
        """Ask what a state asks, or tell how an answer was."""
        before, self._state = self._state, state
        is_same = before is not None and before.predicted == state.predicted
        if is_same and before is not None and before.moment is state.moment:
            return
        self._text = in_a_line(state.predicted, state.moment, numerals)
        if not self._card.isVisible():
            self._say()
        elif not is_same and state.predicted.is_on and state.predicted.answer is None:
            announce(self._speaker, aloud(self._text))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Have a question that waits be where the person looks, when its card comes or goes."""
        is_asked = self._state is not None and bool(self._state.predicted.asked)
        if event.type() == QEvent.Type.Hide and is_asked and not event.spontaneous():
            self._say()
        elif event.type() == QEvent.Type.Show:
            self._end()
        return super().eventFilter(watched, event)

    def _say(self) -> None:
        self._end()
        if self._text:
            self._note.stay(self._text)
            self._is_noted = True

    def _end(self) -> None:
        if self._is_noted:
            self._note.end()
        self._is_noted = False
