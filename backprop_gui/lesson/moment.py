"""Where a person stands in a run, and all that is known there."""

import dataclasses
import math
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Known, Stop
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.steps import Lesson, Step


class Position(NamedTuple):
    """A place in a run: an iteration, from 1, and the last step known of it, from 1."""

    iteration: int
    step: int


START = Position(1, ARTICLE.stop_step)

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
    lesson: Lesson = field(default=ARTICLE, repr=False)

    @property
    def iteration(self) -> int:
        """The iteration, from 1."""
        return self.position.iteration

    @property
    def how(self) -> str:
        """How a person calls the way in which the numbers are computed; "" for exactly."""
        return self.setup.method.title if self.setup.method else ""

    @property
    def step(self) -> Step:
        """The last step known, which the position stands for."""
        return self.lesson.steps[self.position.step - 1]

    @property
    def last_step(self) -> int:
        """The number of the last step that this iteration has.

        The iteration where a run stops ends with the lesson's `stop_step`; one in which a quantity
        is no longer finite ends with that quantity.
        """
        if self.stop is Stop.NOT_FINITE:
            for name, step in self.lesson.step_of.items():
                if not math.isfinite(self.values[name]):
                    return step
        return self.lesson.stop_step if self.stop else self.lesson.last_step

    @cached_property
    def values(self) -> dict[str, float]:
        """All quantities of this iteration by their code names, known or not."""
        given = {each.name: getattr(self.setup, each.name) for each in self.lesson.given}
        made = self.lesson.compute(self.setup, self.w1, self.w2)
        steps = zip(self.lesson.step_of, made, strict=True)
        return {**given, "w1": self.w1, "w2": self.w2, **dict(steps)}

    def clipped(self) -> "Moment":
        """Return the moment, at its iteration's last step where the position is beyond it."""
        if self.position.step <= self.last_step:
            return self
        return dataclasses.replace(self, position=Position(self.iteration, self.last_step))

    def value(self, name: str) -> float | None:
        """Return the quantity with this code name, or None where it is not known yet.

        Raises KeyError where the lesson has no such quantity.
        """
        is_known = self.lesson.step_of.get(name, 0) <= self.position.step
        return self.values[name] if is_known else None

    def text(self, name: str, numerals: Numerals = FILES) -> str:
        """Return the quantity with this code name as it is shown, "" where it is not known yet.

        The error is shown on its side of the tolerance, if need be with more digits.
        """
        value = self.value(name)
        if value is None:
            return ""
        numerals = numerals.of(self.setup)
        if name == "error":
            return numerals.beside(value, self.setup.tolerance)
        return (numerals.given if name in _AS_GIVEN else numerals.short)(value)


def moment_at(run: Known, position: Position) -> Moment:
    """Return what is known at a position of the run.

    Beyond the last step that the iteration has, it is the last one. Raises IndexError for an
    iteration that the run has not got to.
    """
    w1, w2 = run.weights(position.iteration)
    stop = run.stop if position.iteration == run.iteration else None
    return Moment(run.setup, position, w1, w2, stop).clipped()


def end_of(run: Known, iteration: int | None = None) -> Moment:
    """Return all that is known of an iteration of the run, by default of its newest."""
    return moment_at(run, Position(iteration or run.iteration, ARTICLE.last_step))
