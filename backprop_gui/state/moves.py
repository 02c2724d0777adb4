"""Where a person is in a run, and the moves that lead elsewhere in it."""

from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from backprop_gui.core.iteration import at_once
from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run, Stop
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.moment import START, Moment, Position, moment_at
from backprop_gui.state.state import PresentRun, State
from backprop_gui.state.telling import Telling, edit


class Moves(Telling):
    """A run and a position in it. Each move pauses what goes on by itself.

    Signals:
        end_met(), beginning_met(): a step was asked for where there is none, or the end of a run
            that goes on. They come after the state that they are about.
    """

    end_met = Signal()
    beginning_met = Signal()

    def __init__(self, setup: Setup, parent: QObject | None = None) -> None:
        run = self._run = Run(setup)
        present = PresentRun(1, run.setup, run.iteration, run.trace(), run.stop)
        super().__init__(State(present, moment_at(run, START)), parent)

    @property
    def setup(self) -> Setup:
        """The setup of the run."""
        return self._run.setup

    @property
    def run(self) -> Run:
        """The run, which only this session and its trainer advance."""
        return self._run

    @property
    def moment(self) -> Moment:
        """What is known at the position."""
        return self._state.moment

    @property
    def known_iterations(self) -> int:
        """The number of iterations that can be gone to."""
        return self._state.run.iterations

    @edit
    def step_on(self) -> None:
        """Go on by one step, to the next iteration's first one after the last."""
        iteration, step = self._paused_at()
        if step < self.moment.last_step:
            self._show(Position(iteration, step + 1))
        else:
            self._go_on(Position(iteration + 1, ARTICLE.first_step))

    @edit
    def step_back(self) -> None:
        """Go back by one step, to the iteration before from the first one."""
        iteration, step = self._paused_at()
        if step > ARTICLE.first_step:
            self._show(Position(iteration, step - 1))
        else:
            self._go_back(Position(iteration - 1, ARTICLE.last_step))

    @edit
    def phase_on(self) -> None:
        """Go on to the end of the phase or, from there, of the next one."""
        iteration, step = self._paused_at()
        end = ARTICLE.phase_end_after(step)
        if step < self.moment.last_step and end:
            self._show(Position(iteration, end))
        else:
            self._go_on(Position(iteration + 1, ARTICLE.phase_ends[0]))

    @edit
    def phase_back(self) -> None:
        """Go back to the end of the phase before."""
        iteration, step = self._paused_at()
        end = ARTICLE.phase_end_before(step)
        if end:
            self._show(Position(iteration, end))
        elif iteration > 1:
            self._show(Position(iteration - 1, ARTICLE.last_step))
        else:
            self._go_back_to_first()

    @edit
    def iteration_on(self) -> None:
        """Go on by one iteration, to the same step."""
        iteration, step = self._paused_at()
        self._go_on(Position(iteration + 1, step))

    @edit
    def iteration_back(self) -> None:
        """Go back by one iteration, to the same step."""
        iteration, step = self._paused_at()
        self._go_back(Position(iteration - 1, step))

    @edit
    def go_to_first(self) -> None:
        """Show the run's first position."""
        self._halt()
        self._show(Position(1, ARTICLE.first_step))

    @edit
    def go_to_last(self) -> None:
        """Show the run's last position: the end of a run that soon ends, else the last known."""
        self._halt()
        self._run.advance(max(0, at_once(self._run.setup) - self._run.iteration))
        self._learn_of(self._run.iteration, self._run.stop)
        self._show(Position(self.known_iterations, ARTICLE.last_step))
        if not self.moment.stop:
            self._events.append(self.end_met.emit)

    @edit
    def go_to_step(self, step: int) -> None:
        """Show a step of this iteration, or the last one that it has."""
        iteration, _step = self._paused_at()
        self._show(Position(iteration, min(max(step, ARTICLE.first_step), ARTICLE.last_step)))

    @edit
    def go_to_iteration(self, iteration: int) -> None:
        """Show an iteration at the same step, the nearest one known to that asked for."""
        _iteration, step = self._paused_at()
        self._show(Position(min(max(iteration, 1), self.known_iterations), step))

    @edit
    def reach_iteration(self, iteration: int) -> None:
        """Show an iteration at the same step, or the run's end where it comes before.

        One that is not known yet is computed as far as that takes no time.
        """
        _iteration, step = self._paused_at()
        if iteration > self.known_iterations:
            wanted = min(iteration, self._state.run.reachable)
            self._run.advance(max(0, wanted - self._run.iteration))
            self._learn_of(self._run.iteration, self._run.stop)
        self._show(Position(min(max(iteration, 1), self.known_iterations), step))
        if iteration > self.known_iterations:
            self._events.append(self.end_met.emit)

    def _halt(self) -> None:
        """Stop going on by itself; whoever has a thread that does so ends it here."""

    def _learn_of(self, iteration: int, stop: Stop | None) -> None:
        """Have the iterations of the run up to this one, where it may end, known."""
        present = self._state.run
        if iteration > present.iterations:
            trace = self._run.trace(iteration)
            self._change(run=replace(present, iterations=iteration, trace=trace, stop=stop))

    def _paused_at(self) -> Position:
        self._halt()
        return self.moment.position

    def _go_on(self, position: Position) -> None:
        if self.moment.stop:
            self._events.append(self.end_met.emit)
            return
        if position.iteration > self._run.iteration:
            self._run.advance(1)
            self._learn_of(self._run.iteration, self._run.stop)
        self._show(position)

    def _go_back(self, position: Position) -> None:
        if position.iteration < 1:
            self._go_back_to_first()
        else:
            self._show(position)

    def _go_back_to_first(self) -> None:
        if self.moment.position == (1, ARTICLE.first_step):
            self._events.append(self.beginning_met.emit)
        else:
            self._show(Position(1, ARTICLE.first_step))

    def _show(self, position: Position) -> None:
        self._change(moment=moment_at(self._run, position))
