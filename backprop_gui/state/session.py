"""The one owner of state: the setup, its run, the position, and whether it is running."""

from collections.abc import Iterable

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run, Trace
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.moment import START, Moment, Position, moment_at
from backprop_gui.state.kept_runs import Comparison, Standing
from backprop_gui.state.trainer import FULL_SPEED, Progress, Trainer
from backprop_gui.storage.experiment_file import Compared
from backprop_gui.system.exceptions import hand_on

_DISPLAY_MS = 16
_FULL_SPEED_DISPLAY_MS = 33  # nobody reads faster, and the training has the time
DEFAULT_SPEED = 100.0
_AT_ONCE = 100_000  # iterations that take no time worth waiting for: 5 ms, or 50 uncompiled


class Session(QObject):
    """What the person works on. Views show its moments; only its methods change it.

    Signals:
        moment_changed(Moment): the position, or what is known there, is another one.
        run_started(Run): a new run has taken the former one's place, at its first iteration.
        run_extended(Run): more iterations of the run are known.
        former_changed(): there are other former runs, or more of their curves.
        comparison_progressed(Standing): more of the former runs' curves is computed, or the
            computing began or ended.
        running_changed(bool): the run began to go on by itself, or ended doing so.
        end_met(), beginning_met(): a step was asked for where there is none, or the end of a run
            that goes on.
        run_failed(str): training met an error; the run stands where it was.
    """

    moment_changed = Signal(object)
    run_started = Signal(object)
    run_extended = Signal(object)
    former_changed = Signal()
    comparison_progressed = Signal(object)
    running_changed = Signal(bool)
    end_met = Signal()
    beginning_met = Signal()
    run_failed = Signal(str)

    def __init__(self, setup: Setup | None = None, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._run = Run(setup or Setup())
        self._moment = moment_at(self._run, START)
        self._known = 1
        self._comparing = Comparison(self)
        self._comparing.changed.connect(self.former_changed)
        self._comparing.progressed.connect(self.comparison_progressed)
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
        return self._moment

    @property
    def is_running(self) -> bool:
        """Whether the run goes on by itself."""
        return self._trainer is not None

    @property
    def known_iterations(self) -> int:
        """The number of iterations that can be gone to."""
        return self._known

    @property
    def speed(self) -> float:
        """Iterations per second while running; infinite for as fast as it goes."""
        return self._speed

    @property
    def former_curves(self) -> tuple[Trace, ...]:
        """The curves of former runs, the newest last."""
        return tuple(former.curve for former in self._comparing.former if former.curve)

    @property
    def compared(self) -> tuple[Compared, ...]:
        """The former runs, the newest last; one may have the present setup, after a reset, say."""
        return tuple(former.compared for former in self._comparing.former)

    @property
    def comparison(self) -> Standing:
        """How far the curves of the former runs are computed."""
        return self._comparing.standing

    @property
    def compared_next(self) -> tuple[Compared, ...]:
        """The runs that are compared when a run with another setup begins."""
        if self._known == 1:
            return self.compared
        return self._comparing.compared_with(Compared(self.setup, self._known))

    @property
    def position(self) -> Position:
        """Where the person is, or will be when what is computed now is known."""
        return self._goal or self._moment.position

    def set_setup(self, setup: Setup) -> None:
        """Begin a new run, unless it would be the one that there is."""
        if setup != self.setup:
            self._retire()
            self._begin(setup)

    def open(self, setup: Setup, position: Position, compared: Iterable[Compared] = ()) -> None:
        """Begin a run, beside those it is compared with, and go to a position of it.

        That is its end where it comes before. What takes a while is done by the trainer, as fast
        as it goes; a pause ends it.
        """
        self._halt()
        self._comparing.keep(compared)
        if position.iteration > _AT_ONCE:
            self._begin(setup)
            self._goal = position
            self._start(Position(1, ARTICLE.last_step), FULL_SPEED)
        else:
            self._begin(setup, position)

    def reset(self) -> None:
        """Begin the run anew at its first iteration."""
        self._retire()
        self._begin(self.setup)

    def clear_former(self) -> None:
        """Forget the former runs."""
        self._comparing.keep(())

    def stop_comparing(self) -> None:
        """Compute no more of the former runs' curves; when this returns the thread is gone."""
        self._comparing.stop()

    def go_on_comparing(self) -> None:
        """Compute what is missing of the former runs' curves."""
        self._comparing.go_on()

    def end(self) -> None:
        """Stop whatever goes on; when this returns no thread is left."""
        self.pause()

    def set_speed(self, speed: float) -> None:
        """Run at `speed` iterations per second from now on."""
        self._speed = speed
        self._display.setInterval(_DISPLAY_MS if speed < FULL_SPEED else _FULL_SPEED_DISPLAY_MS)
        if self._trainer:
            self._trainer.set_speed(speed)

    def start(self) -> None:
        """Let the run go on by itself from the position, if it can."""
        if self.is_running:
            return
        if self._moment.stop:
            self.end_met.emit()
            return
        self._start(Position(self._moment.iteration, ARTICLE.last_step), self._speed)

    def pause(self) -> None:
        """Stop whatever goes on, the comparison too; when this returns no thread is left."""
        self._halt()
        self._comparing.stop()

    def step_on(self) -> None:
        """Go on by one step, to the next iteration's first one after the last."""
        iteration, step = self._paused_at()
        if step < self._moment.last_step:
            self._show(Position(iteration, step + 1))
        else:
            self._go_on(Position(iteration + 1, ARTICLE.first_step))

    def step_back(self) -> None:
        """Go back by one step, to the iteration before from the first one."""
        iteration, step = self._paused_at()
        if step > ARTICLE.first_step:
            self._show(Position(iteration, step - 1))
        else:
            self._go_back(Position(iteration - 1, ARTICLE.last_step))

    def phase_on(self) -> None:
        """Go on to the end of the phase or, from there, of the next one."""
        iteration, step = self._paused_at()
        end = ARTICLE.phase_end_after(step)
        if step < self._moment.last_step and end:
            self._show(Position(iteration, end))
        else:
            self._go_on(Position(iteration + 1, ARTICLE.phase_ends[0]))

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

    def iteration_on(self) -> None:
        """Go on by one iteration, to the same step."""
        iteration, step = self._paused_at()
        self._go_on(Position(iteration + 1, step))

    def iteration_back(self) -> None:
        """Go back by one iteration, to the same step."""
        iteration, step = self._paused_at()
        self._go_back(Position(iteration - 1, step))

    def go_to_first(self) -> None:
        """Show the run's first position."""
        self._halt()
        self._show(Position(1, ARTICLE.first_step))

    def go_to_last(self) -> None:
        """Show the run's last position: the end of a run that soon ends, else the last known."""
        self._halt()
        self._run.advance(max(0, _AT_ONCE - self._run.iteration))
        self._learn_of(self._run.iteration)
        self._show(Position(self._known, ARTICLE.last_step))
        if not self._moment.stop:
            self.end_met.emit()

    def go_to_step(self, step: int) -> None:
        """Show a step of this iteration, or the last one that it has."""
        iteration, _step = self._paused_at()
        self._show(Position(iteration, min(max(step, ARTICLE.first_step), ARTICLE.last_step)))

    def go_to_iteration(self, iteration: int) -> None:
        """Show an iteration at the same step, the nearest one known to that asked for."""
        _iteration, step = self._paused_at()
        self._show(Position(min(max(iteration, 1), self._known), step))

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
        self.running_changed.emit(False)
        if trainer.progress.failure:
            self.run_failed.emit(str(trainer.progress.failure))
            hand_on(trainer.progress.failure)

    def _start(self, position: Position, speed: float) -> None:
        self._show(position)
        self._trainer = Trainer(self._run, position.iteration, speed, self)
        self._shown = self._trainer.progress
        self._trainer.start()
        self._display.start()
        self.running_changed.emit(True)

    def _begin(self, setup: Setup, position: Position = START) -> None:
        """Begin a run at a position, or at its end where that comes before."""
        self._halt()
        self._run = Run(setup)
        self._run.advance(position.iteration - 1)
        self._known = 1
        iteration = min(position.iteration, self._run.iteration)
        self._moment = moment_at(self._run, Position(iteration, position.step))
        self.run_started.emit(self._run)
        self._learn_of(self._run.iteration)
        self.moment_changed.emit(self._moment)

    def _retire(self) -> None:
        """Keep the run as a former one; one of a single iteration has no curve."""
        self._halt()
        if self._run.iteration == 1:
            return
        self._comparing.add(Compared(self.setup, self._run.iteration), self._run.trace())

    def _on_display_due(self) -> None:
        if not self._trainer:
            return
        progress, goal = self._trainer.progress, self._goal
        if progress.is_finished or (goal and progress.iteration >= goal.iteration):
            self._halt()
            if goal and goal.iteration <= self._known:
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
        # A record published before the run was replaced may still arrive after it.
        if progress.run is not self._run or progress is self._shown:
            return
        self._shown = progress
        self._learn_of(progress.iteration)
        position = Position(progress.iteration, ARTICLE.last_step)
        moment = Moment(self.setup, position, progress.w1, progress.w2, progress.stop)
        self._show_moment(moment.clipped())

    def _learn_of(self, iteration: int) -> None:
        if iteration > self._known:
            self._known = iteration
            self.run_extended.emit(self._run)

    def _paused_at(self) -> Position:
        self._halt()
        return self._moment.position

    def _go_on(self, position: Position) -> None:
        if self._moment.stop:
            self.end_met.emit()
            return
        if position.iteration > self._run.iteration:
            self._run.advance(1)
            self._learn_of(self._run.iteration)
        self._show(position)

    def _go_back(self, position: Position) -> None:
        if position.iteration < 1:
            self._go_back_to_first()
        else:
            self._show(position)

    def _go_back_to_first(self) -> None:
        if self._moment.position == (1, ARTICLE.first_step):
            self.beginning_met.emit()
        else:
            self._show(Position(1, ARTICLE.first_step))

    def _show(self, position: Position) -> None:
        self._show_moment(moment_at(self._run, position))

    def _show_moment(self, moment: Moment) -> None:
        if moment != self._moment:
            self._moment = moment
            self.moment_changed.emit(moment)
