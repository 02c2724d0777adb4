"""A run: a setup unrolled iteration by iteration, any of which can be had again to the last bit.

History takes O(log n) memory. Every iteration's weights are kept up to 4,096; from there on
2,048 checkpoints for each doubling of the run's length. What lies between is computed again from
the checkpoint before it, at most n / 2,048 iterations of work.
"""

from array import array
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from enum import Enum
from functools import cached_property
from typing import NamedTuple, Protocol

from backprop_gui.core import iteration as of_setup
from backprop_gui.core.network import MOST_ITERATIONS, Setup

_DENSE_BITS = 12
_DENSE = 1 << _DENSE_BITS  # 4,096 iterations are kept one by one


class Stop(Enum):
    """Why a run ends; the values are the words of files and of the command line."""

    TOLERANCE = "tolerance"
    MAX_ITERATIONS = "max_iterations"
    NOT_FINITE = "not_finite"


class Checkpoints(NamedTuple):
    """The iterations that a run keeps: four equally long arrays, which only grow.

    `iterations` are strictly increasing, from 1; `w1` and `w2` are the weights that each begins
    with, `errors` their E.
    """

    iterations: "array[int]"
    w1: "array[float]"
    w2: "array[float]"
    errors: "array[float]"


class Cycle(NamedTuple):
    """Where a run comes back to weights that it had: from iteration `first` on, each `length`."""

    first: int
    length: int

    def same(self, iteration: int) -> int:
        """Return the first iteration of the run that is the same as this one."""
        if iteration < self.first:
            return iteration
        return self.first + (iteration - self.first) % self.length


class Trace:
    """A run at its checkpoints, as far as it was known: it never changes while the run goes on.

    Its four arrays are those of `Checkpoints`, of shape (size,). Each is copied when it is first
    read: so a trace that nobody draws costs nothing, and one can be made for every frame.
    """

    def __init__(
        self, setup: Setup, kept: Checkpoints, size: int, cycle: Cycle | None = None
    ) -> None:
        self.setup = setup
        self.size = size
        self.cycle = cycle
        self._kept = kept

    iterations = cached_property["array[int]"](lambda self: self._kept.iterations[: self.size])
    w1 = cached_property["array[float]"](lambda self: self._kept.w1[: self.size])
    w2 = cached_property["array[float]"](lambda self: self._kept.w2[: self.size])
    errors = cached_property["array[float]"](lambda self: self._kept.errors[: self.size])

    @property
    def last(self) -> int:
        """The iteration of the last checkpoint."""
        return self._kept.iterations[self.size - 1]

    def size_up_to(self, iteration: int) -> int:
        """Return how many of the checkpoints are at an iteration or before it."""
        return bisect_right(self._kept.iterations, iteration, 0, self.size)

    def part(self, start: int, end: int) -> "tuple[array[float], array[float]]":
        """Return w1 and w2 at the checkpoints from one on, counted from 0, to before another."""
        return self._kept.w1[start:end], self._kept.w2[start:end]

    def weights(self, iteration: int) -> tuple[float, float]:
        """Return (w1, w2) at the beginning of an iteration, from 1, that the run has got to."""
        iteration = self.cycle.same(iteration) if self.cycle else iteration
        nearest = bisect_right(self._kept.iterations, iteration) - 1
        missing = iteration - self._kept.iterations[nearest]
        w1, w2 = self._kept.w1[nearest], self._kept.w2[nearest]
        _, w1, w2 = of_setup.advance(self.setup, w1, w2, missing)
        return w1, w2


class _State(NamedTuple):
    """What an iteration begins with, and its E."""

    w1: float
    w2: float
    error: float


class Known(Protocol):
    """What is known of a run: of a `Run` that is computed, or of one that is shown."""

    @property
    def setup(self) -> Setup:
        """The setup."""

    @property
    def iteration(self) -> int:
        """The newest iteration, from 1."""

    @property
    def stop(self) -> Stop | None:
        """Why the run ends with it, or None."""

    @property
    def settled_at(self) -> int | None:
        """The first iteration from which on no update changes a weight any more, or None."""

    @property
    def cycle(self) -> Cycle | None:
        """Where the run goes round in a circle of several iterations, or None."""

    def weights(self, iteration: int) -> tuple[float, float]:
        """Return (w1, w2) as they are at the beginning of an iteration, from 1."""


class Run:
    """A setup and the iterations computed of it so far.

    One thread at a time may call `advance`. What was computed never changes, so another thread
    may read the iterations up to one that it was told of.

    `iteration` is the newest one computed, from 1. `w1` and `w2` are the weights which it
    begins with. `stop` is None while the run can go on. `settled_at` is the first iteration
    from which on no update changes a weight any more, or None. `cycle` is where a run by a method
    goes round in a circle, or None: rounded weights are few, so that they may come again.
    """

    def __init__(self, setup: Setup) -> None:
        self.setup = setup
        self.iteration = 1
        self.w1 = setup.w1
        self.w2 = setup.w2
        self.settled_at: int | None = None
        self.cycle: Cycle | None = None
        self._met: set[tuple[float, float]] = set()  # of a method, the weights that are kept
        self._lap: tuple[int, list[_State]] = 1, []  # of a cycle, from an iteration on
        self._kept = Checkpoints(array("q"), array("d"), array("d"), array("d"))
        self._keep()
        self._trace = Trace(setup, self._kept, 1)
        self.stop = self._reason_to_stop()

    def advance(self, count: int) -> None:
        """Compute up to `count` further iterations, fewer where the run stops."""
        goal = min(self.iteration + count, self.setup.max_iterations)
        while self.stop is None and self.iteration < goal:
            if self.settled_at is None:
                self._advance_to_checkpoint(goal)
            else:
                self.iteration = goal
        self.stop = self._reason_to_stop()
        if self.stop:
            self._keep()

    def weights(self, iteration: int) -> tuple[float, float]:
        """Return (w1, w2) as they are at the beginning of a computed `iteration`, from 1.

        Raises IndexError for an iteration that the run has not got to.
        """
        if not 1 <= iteration <= self.iteration:
            raise IndexError(f"iteration {iteration} is not one of 1 to {self.iteration}")
        return Trace(self.setup, self._kept, 0, self.cycle).weights(iteration)

    @property
    def known_from(self) -> int | None:
        """The iteration from which on there is nothing that the run had not before, or None.

        From there on any number of iterations takes no time worth waiting for.
        """
        return self.cycle.first + self.cycle.length if self.cycle else self.settled_at

    def every(self, stride: int) -> Iterator[tuple[int, float, float]]:
        """Yield (iteration, w1, w2) of every `stride`-th computed iteration, and of the newest."""
        w1, w2 = self.setup.w1, self.setup.w2
        for iteration in range(1, self.iteration, stride):
            yield iteration, w1, w2
            following = iteration + stride
            if stride > _DENSE and following < self.iteration:
                w1, w2 = self.weights(following)  # there is a checkpoint nearer than the last one
            elif following < self.iteration:
                _, w1, w2 = of_setup.advance(self.setup, w1, w2, stride)
        yield self.iteration, self.w1, self.w2

    def trace(self, known: int = MOST_ITERATIONS) -> Trace:
        """Return the trace up to a `known` iteration; the same one while there is no more of it."""
        size = bisect_right(self._kept.iterations, known)
        if size != self._trace.size or self.cycle is not self._trace.cycle:
            self._trace = Trace(self.setup, self._kept, size, self.cycle)
        return self._trace

    def _advance_to_checkpoint(self, goal: int) -> None:
        updates = self.iteration - 1
        distance = 1 << max(0, updates.bit_length() - _DENSE_BITS)
        checkpoint = (updates // distance + 1) * distance + 1
        wanted = min(checkpoint, goal) - self.iteration
        done, self.w1, self.w2 = self._after(wanted)
        self.iteration += done
        if done < wanted:
            self.stop = self._reason_to_stop()
            if self.stop is None:
                self.settled_at = self.iteration
                self._keep()
        elif self.iteration == checkpoint:
            self._keep()
            self._look_for_cycle()

    def _after(self, count: int) -> tuple[int, float, float]:
        """Return the iterations done of `count` further ones, and the weights after them."""
        if self.cycle:
            state = self._of_lap(self.iteration + count)
            return count, state.w1, state.w2
        return of_setup.advance(self.setup, self.w1, self.w2, count)

    def _of_lap(self, iteration: int) -> _State:
        begun, lap = self._lap
        return lap[(iteration - begun) % len(lap)]

    def _look_for_cycle(self) -> None:
        weights = self.w1, self.w2
        if self.setup.method is None or self.cycle:
            return
        if weights not in self._met:
            self._met.add(weights)
            return
        # Checkpoints may lie several iterations apart, so what they meet again may have been met
        # on laps between, and off the checkpoints before.
        self._met.clear()
        lap = list(self._walk(weights, {weights}))
        self._lap = self.iteration, lap
        self.cycle = Cycle(self._first_of({state[:2] for state in lap}), len(lap))

    def _first_of(self, lap: set[tuple[float, float]]) -> int:
        """Return the first iteration that begins with weights of a lap: all later ones do, too."""
        w1, w2, iterations = self._kept.w1, self._kept.w2, self._kept.iterations
        size = len(iterations)
        inside = bisect_left(range(size), True, key=lambda i: (w1[i], w2[i]) in lap)
        if inside == 0:
            return iterations[0]
        before = inside - 1
        return iterations[before] + sum(1 for _each in self._walk((w1[before], w2[before]), lap))

    def _walk(
        self, weights: tuple[float, float], until: set[tuple[float, float]]
    ) -> Iterator[_State]:
        """Yield the states from these weights on, until an update makes one of some others."""
        while True:
            made = of_setup.iteration(self.setup, *weights)
            yield _State(*weights, made.seen.error)
            weights = made.updated.new_w1, made.updated.new_w2
            if weights in until:
                return

    def _keep(self) -> None:
        kept = self._kept
        if kept.iterations and kept.iterations[-1] == self.iteration:
            return
        kept.w1.append(self.w1)
        kept.w2.append(self.w2)
        kept.errors.append(self._error())
        kept.iterations.append(self.iteration)  # last: who reads meanwhile goes by its length

    def _error(self) -> float:
        if self.cycle:
            return self._of_lap(self.iteration).error
        return of_setup.error(self.setup, self.w1, self.w2)

    def _reason_to_stop(self) -> Stop | None:
        return reason_to_stop(self.setup, self.w1, self.w2, self.iteration)

    def quantity_not_finite(self) -> str | None:
        """Return the code name of the first quantity of the newest iteration that is not finite."""
        return of_setup.first_not_finite(*of_setup.iteration(self.setup, self.w1, self.w2))


def reason_to_stop(setup: Setup, w1: float, w2: float, iteration: int) -> Stop | None:
    """Return why a run ends with this iteration, which begins with these weights, or None."""
    made = of_setup.iteration(setup, w1, w2)
    if of_setup.first_not_finite(made.seen):
        return Stop.NOT_FINITE
    if made.seen.error < setup.tolerance:
        return Stop.TOLERANCE
    if iteration >= setup.max_iterations:
        return Stop.MAX_ITERATIONS
    if of_setup.first_not_finite(made.found, made.updated):
        return Stop.NOT_FINITE
    return None
