"""The one owner of state: only its methods change it, each by one new state and one signal."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from backprop_gui.core.kept_run import KeptRun
from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run, Stop
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.moment import START, Moment, Position, moment_at
from backprop_gui.state.kept_runs import KeptRuns
from backprop_gui.state.state import Axes, PresentRun, State
from backprop_gui.state.telling import Telling, edit
from backprop_gui.state.trainer import FULL_SPEED, Progress, Trainer
from backprop_gui.system.exceptions import hand_on

_DISPLAY_MS = 16
_FULL_SPEED_DISPLAY_MS = 33  # nobody reads faster, and the training has the time
DEFAULT_SPEED = 100.0
_AT_ONCE = 100_000  # iterations that take no time worth waiting for: 5 ms, or 50 uncompiled


class Session(Telling):
    """What the person works on. Views show its states; only its methods change them.

    Signals:
        end_met(), beginning_met(): a step was asked for where there is none, or the end of a run
            that goes on. As the failure, they come after the state that they are about.
        run_failed(str): training met an error; the run stands where it was.
    """

    end_met = Signal()
    beginning_met = Signal()
    run_failed = Signal(str)

    def __init__(self, setup: Setup | None = None, parent: QObject | None = None) -> None:
        run = self._run = Run(setup or Setup())
        present = PresentRun(1, run.setup, run.iteration, run.trace(), run.stop)
        super().__init__(State(present, moment_at(run, START)), parent)
        self._keeping = KeptRuns(self)
        self._keeping.changed.connect(self._on_kept_changed)
        self._goal: Position | None = None  # where to pause
        self._trainer: Trainer | None = None
        self._shown: Progress | None = None
        self._display = QTimer(self)
        self._display.setTimerType(Qt.TimerType.PreciseTimer)
        self._display.timeout.connect(self._on_display_due)
        # It runs out when nothing else waits: when the frame is painted.
        self._frame_end = QTimer(self, singleShot=True, interval=0)
        self._frame_end.timeout.connect(self._on_frame_ended)
        self.set_speed(DEFAULT_SPEED)

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
    def is_running(self) -> bool:
        """Whether the run goes on by itself."""
        return self._state.is_running

    @property
    def known_iterations(self) -> int:
        """The number of iterations that can be gone to."""
        return self._state.run.iterations

    @property
    def speed(self) -> float:
        """Iterations per second while running; infinite for as fast as it goes."""
        return self._speed

    @property
    def kept_next(self) -> tuple[KeptRun, ...]:
        """The runs that are kept when a run with another setup begins."""
        if self.known_iterations == 1:
            return self._state.kept
        return self._keeping.runs_with(self.setup, self.known_iterations)

    @property
    def position(self) -> Position:
        """Where the person is, or will be when what is computed now is known."""
        return self._goal or self.moment.position

    @edit
    def set_setup(self, setup: Setup) -> None:
        """Begin a new run, unless it would be the one that there is."""
        if setup != self.setup:
            self._retire()
            self._begin(setup)

    @edit
    def open(
        self,
        setup: Setup,
        position: Position,
        kept: Iterable[KeptRun] = (),
        axes: Axes | None = None,
    ) -> None:
        """Begin a run, with those that are kept beside it, and go to a position of it.

        That is its end where it comes before. What takes a while is done by the trainer, as fast
        as it goes; a pause ends it. Axes of None stay as they are.
        """
        self._halt()
        self._change(axes=axes or self._state.axes)
        self._keeping.keep(kept)
        if position.iteration > _AT_ONCE:
            self._begin(setup)
            self._goal = position
            self._start(Position(1, ARTICLE.last_step), FULL_SPEED)
        else:
            self._begin(setup, position)

    @edit
    def reset(self) -> None:
        """Begin the run again at its first iteration."""
        self._retire()
        self._begin(self.setup)

    @edit
    def clear_kept(self) -> None:
        """Forget the kept runs."""
        self._keeping.keep(())

    @edit
    def stop_computing(self) -> None:
        """Compute no more of the kept runs' traces; when this returns the thread is gone."""
        self._keeping.stop()

    @edit
    def go_on_computing(self) -> None:
        """Compute what is missing of the kept runs' traces."""
        self._keeping.go_on()

    def end(self) -> None:
        """Stop whatever goes on; when this returns no thread is left."""
        self.pause()

    def set_speed(self, speed: float) -> None:
        """Run at `speed` iterations per second from now on."""
        self._speed = speed
        self._display.setInterval(_DISPLAY_MS if speed < FULL_SPEED else _FULL_SPEED_DISPLAY_MS)
        if self._trainer:
            self._trainer.set_speed(speed)

    @edit
    def set_axes(self, axes: Axes) -> None:
        """Have the error looked at along these axes."""
        self._change(axes=axes)

    @edit
    def start(self) -> None:
        """Let the run go on by itself from the position, if it can."""
        if self.is_running:
            return
        if self.moment.stop:
            self._events.append(self.end_met.emit)
            return
        self._start(Position(self.moment.iteration, ARTICLE.last_step), self._speed)

    @edit
    def pause(self) -> None:
        """Stop whatever goes on, beside the run too; when this returns no thread is left."""
        self._halt()
        self._keeping.stop()

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
        self._run.advance(max(0, _AT_ONCE - self._run.iteration))
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

    def _halt(self) -> None:
        """Stop going on by itself; when this returns the trainer's thread is gone."""
        if not self._trainer:
            return
        trainer, self._trainer = self._trainer, None
        self._goal = None
        trainer.stop()
        self._display.stop()
        self._accept(trainer.progress)
        trainer.deleteLater()
        self._change(is_running=False)
        if failure := trainer.progress.failure:
            self._events.append(lambda: self.run_failed.emit(str(failure)))
            self._events.append(lambda: hand_on(failure))

    def _start(self, position: Position, speed: float) -> None:
        self._show(position)
        self._trainer = Trainer(self._run, position.iteration, speed, self)
        self._shown = self._trainer.progress
        self._trainer.start()
        self._display.start()
        self._change(is_running=True)

    def _begin(self, setup: Setup, position: Position = START) -> None:
        """Begin a run at a position, or at its end where that comes before."""
        self._halt()
        run = self._run = Run(setup)
        run.advance(position.iteration - 1)
        there = position._replace(iteration=min(position.iteration, run.iteration))
        number = self._state.run.number + 1
        self._change(
            run=PresentRun(number, setup, run.iteration, run.trace(), run.stop),
            moment=moment_at(run, there),
        )

    def _retire(self) -> None:
        """Keep the run for comparison; one of a single iteration has no curve."""
        self._halt()
        run = self._run
        if run.iteration > 1:
            self._keeping.add(run.setup, run.trace(), run.iteration, run.stop)

    @edit
    def _on_display_due(self) -> None:
        if not self._trainer:
            return
        progress, goal = self._trainer.progress, self._goal
        if progress.is_finished or (goal and progress.iteration >= goal.iteration):
            self._halt()
            if goal and goal.iteration <= self.known_iterations:
                self._show(goal)
        elif progress is not self._shown:
            # The thread and the window take turns: a frame in between bursts would take long.
            self._trainer.hold()
            self._accept(progress)
            self._frame_end.start()

    def _on_frame_ended(self) -> None:
        if self._trainer:
            self._trainer.let_go()

    def _accept(self, progress: Progress) -> None:
        if progress is self._shown:
            return
        self._shown = progress
        self._learn_of(progress.iteration, progress.stop)
        position = Position(progress.iteration, ARTICLE.last_step)
        moment = Moment(self.setup, position, progress.w1, progress.w2, progress.stop)
        self._change(moment=moment.clipped())

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

    @edit
    def _on_kept_changed(self) -> None:
        # Equal runs may have more of their traces.
        kept, computing = self._keeping.runs, self._keeping.computing
        self._state = replace(self._state, kept=kept, computing=computing)
