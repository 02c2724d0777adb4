"""Where a person stands in a run, and all that is known there."""

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
from backprop_gui.core.run import Run, Stop
from backprop_gui.lesson.steps import (
    BACKWARD_STEPS,
    FORWARD_STEPS,
    LAST_STEP,
    STEP_OF,
)


class Position(NamedTuple):
    """A place in a run: an iteration, from 1, and the last step known of it, 1 to 15."""

    iteration: int
    step: int


START = Position(1, FORWARD_STEPS)


@dataclass(frozen=True)
class Moment:
    """All that is known at a position; what lies ahead of it is not.

    `w1` and `w2` are the weights that the iteration begins with. `stop` says why the run ends
    with this iteration, which then has its forward steps only, or is None.
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


def moment_at(run: Run, position: Position) -> Moment:
    """Return what is known at a position of the run.

    The iteration where a run stops has its forward steps only: beyond them, it is the last one.
    Raises IndexError for an iteration that the run has not got to.
    """
    iteration, step = position
    w1, w2 = run.weights(iteration)
    stop = run.stop if iteration == run.iteration else None
    last = FORWARD_STEPS if stop else LAST_STEP
    return Moment(run.setup, Position(iteration, min(step, last)), w1, w2, stop)
