"""Where a person stands in a run, and all that is known there."""

import dataclasses
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from backprop_gui.core.network import (
    BackwardPass,
    ForwardPass,
    Setup,
    Update,
    backward,
    forward,
    update,
)
from backprop_gui.core.run import Run, Stop, first_not_finite
from backprop_gui.lesson import numbers
from backprop_gui.lesson.steps import (
    BACKWARD_STEPS,
    FORWARD_STEPS,
    LAST_STEP,
    STEP_OF,
    STEPS,
    Step,
)


class Position(NamedTuple):
    """A place in a run: an iteration, from 1, and the last step known of it, 1 to 15."""

    iteration: int
    step: int


START = Position(1, FORWARD_STEPS)

_AS_GIVEN = ("input", "target", "eta")


@dataclass(frozen=True)
class Moment:
    """All that is known at a position; what lies ahead of it is not.

    `w1` and `w2` are the weights that the iteration begins with. `stop` says why the run ends
    with this iteration, or is None.
    """

    setup: Setup
    position: Position
    w1: float
    w2: float
    stop: Stop | None = None

    @property
    def iteration(self) -> int:
        """The iteration, from 1."""
        return self.position.iteration

    @property
    def step(self) -> Step:
        """The last step known, which the position stands for."""
        return STEPS[self.position.step - 1]

    @property
    def last_step(self) -> int:
        """The number of the last step that this iteration has.

        The iteration where a run stops has its forward steps only; one in which a quantity is no
        longer finite ends with that quantity.
        """
        if self.stop is Stop.NOT_FINITE:
            for made in (self.forward, self.backward, self.update):
                if lost := first_not_finite(made):
                    return STEP_OF[lost]
        return FORWARD_STEPS if self.stop else LAST_STEP

    @cached_property
    def forward(self) -> ForwardPass:
        """The whole forward pass of this iteration, known or not."""
        return forward(self.setup, self.w1, self.w2)

    @cached_property
    def backward(self) -> BackwardPass:
        """The whole backward pass of this iteration, known or not."""
        return backward(self.setup, self.w2, self.forward)

    @cached_property
    def update(self) -> Update:
        """The weights that follow this iteration, known or not."""
        return update(self.setup, self.w1, self.w2, self.backward)

    def clipped(self) -> "Moment":
        """Return the moment, at its iteration's last step where the position is beyond it."""
        if self.position.step <= self.last_step:
            return self
        return dataclasses.replace(self, position=Position(self.iteration, self.last_step))

    def value(self, name: str) -> float | None:
        """Return the quantity with this code name, or None where it is not known yet."""
        if name in ("w1", "w2"):
            return float(getattr(self, name))
        number = STEP_OF.get(name)
        if number is None:
            return float(getattr(self.setup, name))
        if number > self.position.step:
            return None
        if number <= FORWARD_STEPS:
            return float(getattr(self.forward, name))
        return float(getattr(self.backward if number <= BACKWARD_STEPS else self.update, name))

    def text(self, name: str, digits: int = numbers.DIGITS) -> str:
        """Return the quantity with this code name as it is shown, "" where it is not known yet.

        The error is shown on its side of the tolerance, if need be with more digits.
        """
        value = self.value(name)
        if value is None:
            return ""
        if name == "error":
            return numbers.beside(value, self.setup.tolerance, digits)
        return (numbers.given if name in _AS_GIVEN else numbers.short)(value, digits)


def moment_at(run: Run, position: Position) -> Moment:
    """Return what is known at a position of the run.

    Beyond the last step that the iteration has, it is the last one. Raises IndexError for an
    iteration that the run has not got to.
    """
    w1, w2 = run.weights(position.iteration)
    stop = run.stop if position.iteration == run.iteration else None
    return Moment(run.setup, position, w1, w2, stop).clipped()
