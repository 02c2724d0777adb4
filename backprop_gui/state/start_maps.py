"""What computes maps of starts for the screen: coarse at once, then finer, in a thread."""

import math
from contextlib import closing
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from backprop_gui.core.network import Setup
from backprop_gui.core.start_map import Ends
from backprop_gui.lesson.start_map import StartMap, limit_of, starts_in, without_start
from backprop_gui.lesson.start_words import MOST_TRIED
from backprop_gui.lesson.surface import Region
from backprop_gui.state.state import Computing
from backprop_gui.state.worker import Cancelled, Worker
from backprop_gui.system.job import Report

_SIDES = (32, 64, 128, 256)  # starts side by side, one map after the other
_SOON = 100_000_000  # iterations, for which nobody needs another picture in between


class _Wanted(NamedTuple):
    setup: Setup
    region: Region


class StartMaps(QObject):
    """Computes the map of starts that is wanted; whoever has one calls `stop` before it goes.

    `map` is the finest so far of what is wanted, or None. `computing` says how far the next one
    is, or is None where nothing is computed.

    Signals:
        changed(): `map` or `computing` is another.
    """

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.map: StartMap | None = None
        self._wanted: _Wanted | None = None
        self._made: StartMap | None = None  # the thread's
        self._done = self._total = 0
        self._worker = Worker(self)
        self._worker.progressed.connect(self._on_progressed)
        self._worker.ended.connect(self._on_ended)

    @property
    def computing(self) -> Computing | None:
        """How many starts are computed, of how many, or None while none are."""
        return Computing(self._done, self._total) if self._worker.is_busy else None

    def want(self, setup: Setup, region: Region) -> None:
        """Have the map of these starts, unless it is the one that there is or that comes."""
        wanted = _Wanted(without_start(setup), region)
        if wanted == self._wanted:
            return
        self._worker.end()
        if self.map and self.map.setup != wanted.setup:
            self.map = None  # of another part it stays until there is a new one
        self._wanted, self._made = wanted, None
        self._done, self._total = 0, sum(side * side for side in _SIDES)
        self._worker.start(lambda report: self._compute(wanted, report))
        self.changed.emit()

    def stop(self) -> None:
        """Compute no more; when this returns the thread is gone."""
        if self._worker.is_busy:
            self._worker.end()
            self._take()
            self._wanted = None  # wanting it once more goes on
            self.changed.emit()

    def _compute(self, wanted: _Wanted, report: Report) -> None:
        """Compute one map after the other. Runs in the worker's thread.

        Other processes do most of it: Python would run either this thread or the window.
        """
        from backprop_gui.state.map_processes import pieces  # the first frame does without

        setup, region = wanted
        limit = limit_of(setup, MOST_TRIED)
        done, spent = 0, math.inf  # iterations for each start
        for side in _SIDES:
            if side < _SIDES[-1] and spent * _SIDES[-1] ** 2 < _SOON:
                done += side * side
                continue
            starts, ends = starts_in(region, side, side), Ends()
            with closing(pieces(setup, starts, limit=limit, is_polite=True)) as parts:
                for part in parts:
                    ends.extend(part)
                    report(done + len(ends), self._total)
            done, spent = done + starts.total, sum(ends.iterations) / starts.total
            self._made = StartMap(setup, region, side, side, ends, limit)

    def _take(self) -> None:
        if self._made:
            self.map, self._made = self._made, None

    def _on_progressed(self, done: int, _total: int) -> None:
        if self._worker.is_busy:  # a report of a thread that has ended since may still arrive
            self._done = done
            self._take()
            self.changed.emit()

    def _on_ended(self, failure: Exception | None) -> None:
        self._take()
        self.changed.emit()
        if failure and not isinstance(failure, Cancelled):
            raise failure  # for whoever takes what nobody expects
