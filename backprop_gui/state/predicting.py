"""Predict, then see: what a person is asked on the way through an iteration."""

from dataclasses import replace
from typing import Any

from backprop_gui.lesson.predicted import NO_PREDICTIONS, Answer
from backprop_gui.state.expecting import Expecting
from backprop_gui.state.state import State
from backprop_gui.state.telling import edit


class Predicting(Expecting):
    """The runs and a person's working, and questions before some steps, for whoever wants them.

    A step on asks first where there is a question; the next one goes on, whether there is an
    answer or not. Every other way to another moment drops a question that waits. What is
    answered is known until the person leaves the iteration, and nothing is asked there twice.
    """

    @edit
    def set_predicting(self, is_on: bool) -> None:
        """Ask before steps from now on, or do not."""
        self._change(predicted=replace(NO_PREDICTIONS, is_on=is_on))

    @edit
    def predict(self, answer: Answer | None) -> None:
        """Answer the question that waits, if any does: 1 to 3, a number as it was typed, or None.

        Up to the next step the answer may be another one.
        """
        if self._state.predicted.asked:
            self._change(predicted=replace(self._state.predicted, answer=answer))

    @edit
    def step_on(self) -> None:
        """Go on by one step, or ask what it will give."""
        predicted = self._state.predicted
        if predicted.asked:
            super().step_on()
            self._change(predicted=predicted.shown())
        elif name := self._to_be_asked():
            self._change(predicted=predicted.asking(name))
        else:
            super().step_on()

    def _to_be_asked(self) -> str:
        """Return the code name of what is asked about before the next step, or ""."""
        predicted = self._state.predicted
        if not predicted.is_on or self._state.is_running:
            return ""
        from backprop_gui.lesson.predictions import next_question  # the first frame does without

        found = next_question(self.moment)
        return found.name if found and found.name not in predicted.answers else ""

    def _change(self, **facts: Any) -> None:
        before = self._state
        super()._change(**facts)
        now = self._state
        if now.moment is not before.moment or now.is_running > before.is_running:
            is_same = _iteration(before) == _iteration(now)
            left = now.predicted.elsewhere(is_same_iteration=is_same)
            super()._change(predicted=left)


def _iteration(state: State) -> tuple[int, int]:
    """Return what tells an iteration from every other one of the session."""
    return state.run.number, state.moment.iteration
