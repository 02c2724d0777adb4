"""The error curve that a person expects, and what a person does with it."""

from dataclasses import replace
from typing import Any

from backprop_gui.lesson.expected_curve import NOTHING_EXPECTED, Stroke
from backprop_gui.state.checking import Checking
from backprop_gui.state.telling import edit


class Expecting(Checking):
    """The runs, and the error curve that a person draws of one before it runs.

    The curve stays, whatever the setup becomes, until it is cleared or another experiment is
    opened. It is in no file.
    """

    @edit
    def set_drawing(self, is_on: bool) -> None:
        """Have a drag over the plot draw the curve, or not; a run that goes on pauses for it."""
        if is_on:
            self._halt()
        self._change(is_drawing=is_on)

    @edit
    def draw_expected(self, stroke: Stroke) -> None:
        """Draw a piece of the curve over what there is of it. Only while drawing is on."""
        if not self._state.is_drawing:
            return
        curve = self._state.expected.with_stroke(stroke)
        self._change(expected=replace(curve, known=curve.known | self._state.ended))

    @edit
    def clear_expected(self) -> None:
        """Expect nothing."""
        self._change(expected=NOTHING_EXPECTED)

    def _change(self, **facts: Any) -> None:
        run = facts.get("run")
        if run and run.stop:
            facts["is_drawing"] = False  # there is nothing left to expect
        super()._change(**facts)
