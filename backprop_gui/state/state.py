"""All that the views show, as one value."""

from dataclasses import dataclass
from typing import NamedTuple

from backprop_gui.core.iteration import at_once, error
from backprop_gui.core.kept_run import KeptRun
from backprop_gui.core.network import Setup
from backprop_gui.core.run import Cycle, Stop, Trace
from backprop_gui.lesson.expected_curve import NOTHING_EXPECTED, ExpectedCurve, how_it_went
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.own_working import NO_WORKING, OwnWorking
from backprop_gui.lesson.predicted import NO_PREDICTIONS, Predicted
from backprop_gui.lesson.surface_look import USUAL_LOOK, SurfaceLook


@dataclass(frozen=True, slots=True)
class PresentRun:
    """The run that a person is in, as far as it is known.

    `number` tells it from every other run of the session, also from one with the same setup.
    `iterations` are those that can be gone to; `stop` says why the run ends with the last of
    them, or is None.
    """

    number: int
    setup: Setup
    iterations: int
    trace: Trace
    stop: Stop | None

    @property
    def iteration(self) -> int:
        """The newest iteration."""
        return self.iterations

    @property
    def reachable(self) -> int:
        """The last iteration to go to at once: it is known, or soon computed."""
        return self.iterations if self.stop else max(self.iterations, at_once(self.setup))

    @property
    def settled_at(self) -> int | None:
        """The iteration from which on no update changed a weight until the run ended, or None."""
        first, last = self.trace.iterations[-2:][0], self.iterations
        kept = self.weights(first)
        is_settled = first < last and kept == self.weights(first + 1) == self.weights(last)
        return first if is_settled else None

    @property
    def cycle(self) -> Cycle | None:
        """Where the run goes round in a circle of several iterations, or None."""
        return self.trace.cycle

    def weights(self, iteration: int) -> tuple[float, float]:
        """Return (w1, w2) at the beginning of an iteration, from 1 to `iterations`."""
        return self.trace.weights(iteration)

    def error(self, iteration: int) -> float:
        """Return E of an iteration, from 1 to `iterations`."""
        return error(self.setup, *self.weights(iteration))


class Computing(NamedTuple):
    """How far something is computed: so many iterations of kept runs, or starts, of so many."""

    done: int
    total: int


class Change(NamedTuple):
    """What an edit has changed: the setup or, by the command with this id, what belongs to it.

    `run` is the name of the kept run, or of the quantity, that it is about, "" for none.
    """

    before: Setup
    after: Setup
    command: str = ""
    run: str = ""


class Axes(NamedTuple):
    """How the error is looked at."""

    is_log_iterations: bool = False
    is_log_error: bool = True


USUAL_AXES = Axes()


@dataclass(frozen=True, slots=True)
class State:
    """The run, where the person is in it, the runs kept beside it, and what goes on by itself.

    `working` is what the person has worked out on paper, `predicted` what the person expects of
    the steps of this iteration. `expected` is the error curve that the person expects;
    `is_drawing` says whether a drag over the plot draws it. `kept` has the newest run last.
    `computing` is None while no trace of these is computed. `undoable` and `redoable` are the
    changes that come next, or None.
    """

    run: PresentRun
    moment: Moment
    kept: tuple[KeptRun, ...] = ()
    computing: Computing | None = None
    is_running: bool = False
    axes: Axes = USUAL_AXES
    look: SurfaceLook = USUAL_LOOK
    working: OwnWorking = NO_WORKING
    predicted: Predicted = NO_PREDICTIONS
    expected: ExpectedCurve = NOTHING_EXPECTED
    is_drawing: bool = False
    undoable: Change | None = None
    redoable: Change | None = None

    def guess(self, numerals: Numerals) -> str:
        """Return how the person's guess of the run went, "" where there is none or no end."""
        if self.run.setup in self.expected.known:
            return ""  # who had seen the end did not guess, and it is the same in every such run
        return how_it_went(self.expected, self.run, numerals)

    @property
    def ended(self) -> frozenset[Setup]:
        """The setups of the runs whose end can be seen, present or kept."""
        present = {self.run.setup} if self.run.stop else set()
        return frozenset(present | {each.setup for each in self.kept if each.stop})

    @property
    def missing(self) -> int:
        """How many kept runs have no trace yet, or a part of it."""
        return sum(not each.is_whole for each in self.kept)
