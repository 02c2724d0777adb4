"""The one owner of state: only its methods change it, each by one new state and one signal."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from backprop_gui.core.iteration import at_once
from backprop_gui.core.kept_run import KeptRun
from backprop_gui.core.network import Method, Setup
from backprop_gui.core.run import Run
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.expected_curve import NOTHING_EXPECTED
from backprop_gui.lesson.moment import START, Moment, Position, moment_at
from backprop_gui.lesson.own_working import NO_WORKING, OwnWorking
from backprop_gui.lesson.surface_look import SurfaceLook
from backprop_gui.state.history import History
from backprop_gui.state.keeping import right
from backprop_gui.state.predicting import Predicting
from backprop_gui.state.state import Axes, Change, PresentRun
from backprop_gui.state.telling import edit
from backprop_gui.state.trainer import FULL_SPEED, Progress, Trainer
from backprop_gui.system.exceptions import hand_on

_DISPLAY_MS = 16
_FULL_SPEED_DISPLAY_MS = 66  # nobody reads faster, and the training has half of the time
DEFAULT_SPEED = 100.0


class Session(Predicting):
    """What the person works on. Views show its states; only its methods change them.

    Signals:
        run_failed(str): training met an error; the run stands where it was. As the signals of
            moves, it comes after the state that it is about.
    """

    run_failed = Signal(str)

    def __init__(self, setup: Setup | None = None, parent: QObject | None = None) -> None:
        super().__init__(right(setup) if setup else Setup(), parent)
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
    def is_running(self) -> bool:
        """Whether the run goes on by itself."""
        return self._state.is_running

    @property
    def speed(self) -> float:
        """Iterations per second while running; infinite for as fast as it goes."""
        return self._speed

    @property
    def position(self) -> Position:
        """Where the person is, or will be when what is computed now is known."""
        return self._goal or self.moment.position

    @edit
    def set_setup(self, setup: Setup, *, goes_on: bool = False) -> None:
        """Begin a new run, unless it would be the one that there is.

        A change that `goes_on` with the newest one is undone with it; one back to the setup
        before that undoes it.
        """
        if setup == self.setup:
            return
        self._halt()
        history = self._history
        change = Change(self.setup, setup)
        if not (goes_on and history.is_open and self.known_iterations == 1):
            self._record(change, is_open=True)
        elif setup == history.done[-1].snapshot.run.setup:
            self._bring_back(history.done[-1].snapshot, history.without_newest())
            return
        else:
            self._set_history(history.with_joined(change))
        self._retire(beside=setup)
        self._begin(setup)

    def set_method(self, method: Method | None) -> None:
        """Begin a run of the same setup that is computed like this; None is exactly."""
        self.set_setup(replace(self.setup, method=method))

    @edit
    def open(
        self,
        setup: Setup,
        position: Position,
        kept: Iterable[KeptRun] = (),
        axes: Axes | None = None,
        look: SurfaceLook | None = None,
        working: OwnWorking = NO_WORKING,
    ) -> None:
        """Begin a run, with those that are kept beside it, and go to a position of it.

        That is its end where it comes before. What takes a while is done by the trainer, as fast
        as it goes; a pause ends it. Axes of None stay as they are, and of a look
        all but its region, which was of another run.
        """
        self._halt()
        self._set_history(History())
        look = look or self._state.look.with_usual_region
        self._change(axes=axes or self._state.axes, look=look, working=working)
        self._change(expected=NOTHING_EXPECTED, is_drawing=False)
        self._keeping.keep(kept)
        self._begin_at(setup, position)

    @edit
    def reset(self) -> None:
        """Begin the run again at its first iteration."""
        self._halt()
        if self.known_iterations > 1:
            self._record(Change(self.setup, self.setup, "reset"))
        self._retire(beside=self.setup)
        self._begin(self.setup)

    @edit
    def make_present(self, id: int) -> None:
        """Go on with a kept run, from its last iteration; the run so far is kept.

        One with a mistake stays beside the others: whatever tells of a run tells right formulas.
        """
        run = self._kept(id)
        if run is None or run.setup == self.setup:
            return
        if run.setup.is_mistaken:
            self._events.append(self.mistake_met.emit)
            return
        self._halt()
        self._record(Change(self.setup, run.setup, "make_present", run.name))
        self._retire(beside=run.setup)
        self._begin_at(run.setup, Position(run.iterations, ARTICLE.last_step))

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
    def set_look(self, look: SurfaceLook) -> None:
        """Have the error over the weights looked at like this."""
        self._change(look=look)

    @edit
    def start(self) -> None:
        """Let the run go on by itself from the position or, from its end, be seen once more."""
        if self.is_running:
            return
        iteration = 1 if self.moment.stop else self.moment.iteration
        if self.moment.stop and self.known_iterations == 1:
            self._events.append(self.end_met.emit)
            return
        self._start(Position(iteration, ARTICLE.last_step), self._speed)

    @edit
    def pause(self) -> None:
        """Stop whatever goes on, beside the run too; when this returns no thread is left."""
        self._halt()
        self._keeping.stop()

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
        self._change(is_running=True, is_drawing=False)

    def _begin_at(self, setup: Setup, position: Position) -> None:
        """Begin a run and go to a position, by the trainer where that takes a while."""
        if position.iteration > at_once(setup):
            self._begin(setup)
            self._goal = position
            self._start(Position(1, ARTICLE.last_step), FULL_SPEED)
        else:
            self._begin(setup, position)

    def _begin(self, setup: Setup, position: Position = START) -> None:
        """Begin a run at a position, or at its end where that comes before."""
        self._halt()
        run = self._run = Run(setup)
        run.advance(position.iteration - 1)
        there = position._replace(iteration=min(position.iteration, run.iteration))
        self._change(
            run=PresentRun(next(self._numbers), setup, run.iteration, run.trace(), run.stop),
            moment=moment_at(run, there),
        )

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
