"""The thread that unrolls a run without blocking the window."""

import math
import threading
import time
from typing import NamedTuple

from PySide6.QtCore import QObject, QThread

from backprop_gui.core.run import Run, Stop

FULL_SPEED = math.inf

# The compiled kernel holds Python's lock for a whole burst. A frame of the window asks for the lock
# many times, so it is made while the training holds still; what else the window does waits for one
# burst. See tests/benchmarks/window.py.
_BURST_S = 0.0015
_PAUSE_S = 0.0001
_LONGEST_HOLD_S = 0.1
_TICK_S = 0.008  # no waiting for less than this at a set speed
_LONGEST_WAIT_S = 60.0  # and for no longer than the system can, however slow it is
_LEAST_BURST = 16


class Progress(NamedTuple):
    """Where a run is: a record that never changes.

    `w1` and `w2` are the weights that `iteration` begins with; `stop` says why the run ends
    with it, or is None. `failure` is what went wrong in the thread, or None.
    """

    iteration: int
    w1: float
    w2: float
    stop: Stop | None
    is_finished: bool = False
    failure: Exception | None = None


class Trainer(QThread):
    """One throw-away thread for one stretch of a run, at a speed in iterations per second.

    It plays the run on from `iteration`, and is the only one to advance the run until it has
    ended; the newest record stands in `progress`. Whoever starts it calls `stop`. Signals:
    QThread's own only, since one signal for each iteration would flood the window.
    """

    def __init__(
        self, run: Run, iteration: int, speed: float, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._run = run
        self._iteration = iteration
        self._speed = speed
        self._wake = threading.Event()
        self._is_let = threading.Event()
        self._is_let.set()
        self._is_stopping = False
        self.progress = self._record()

    def set_speed(self, speed: float) -> None:
        """Go on at another speed, at once."""
        self._speed = speed
        self._wake.set()

    def hold(self) -> None:
        """Leave the processor to the window until `let_go`, or a tenth of a second."""
        self._is_let.clear()

    def let_go(self) -> None:
        """Train on."""
        self._is_let.set()

    def stop(self) -> None:
        """End the stretch; when this returns the thread is gone."""
        self._is_stopping = True
        self._is_let.set()
        self._wake.set()
        self.wait()

    def run(self) -> None:
        """Train until the run stops or `stop` is called. Runs in the thread."""
        failure: Exception | None = None
        try:
            self._train()
        except Exception as error:  # noqa: BLE001 - the window shows it, whatever it is
            failure = error
        self.progress = self.progress._replace(is_finished=True, failure=failure)

    def _train(self) -> None:
        burst = _LEAST_BURST
        owed = 0.0  # iterations that the speed asks for and that are not done yet
        before = time.perf_counter()
        while not self._is_stopping and not self.progress.stop:
            now = time.perf_counter()
            if self._speed == FULL_SPEED:
                self._is_let.wait(_LONGEST_HOLD_S)
                burst = self._play(burst)
                time.sleep(_PAUSE_S)
                owed, before = 0.0, time.perf_counter()
                continue
            owed = min(owed + (now - before) * self._speed, 2.0 * burst)
            before = now
            due = min(int(owed), burst)
            if due:
                burst = self._play(due)
                owed -= due
            self._wake.wait(min(max((1.0 - owed) / self._speed, _TICK_S), _LONGEST_WAIT_S))
            self._wake.clear()

    def _play(self, count: int) -> int:
        """Go on by `count` iterations; return how many would take about a burst's time."""
        begun = time.perf_counter()
        run = self._run
        goal = self._iteration + count
        if run.known_from is not None and self._iteration >= run.known_from:
            goal = run.setup.max_iterations  # nothing new to the last bit from here on
        elif self._speed == FULL_SPEED:
            goal = max(goal, run.iteration)  # no need to linger over what is known
        if goal > run.iteration:
            run.advance(goal - run.iteration)
        self._iteration = min(goal, run.iteration)
        self.progress = self._record()
        return _next_burst(count, time.perf_counter() - begun)

    def _record(self) -> Progress:
        run, iteration = self._run, self._iteration
        is_newest = iteration == run.iteration
        w1, w2 = (run.w1, run.w2) if is_newest else run.weights(iteration)
        stop = run.stop if is_newest else None
        return Progress(iteration, w1, w2, stop)


def _next_burst(burst: int, taken_s: float) -> int:
    """Return how many iterations take about a burst's time, never more than four times as many."""
    wanted = burst * _BURST_S / max(taken_s, 1e-6)
    return max(_LEAST_BURST, min(int(wanted), 4 * burst))
