"""The former runs that stay for comparison, and the thread that computes their curves."""

from collections.abc import Iterable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from backprop_gui.core.run import Run, Trace
from backprop_gui.lesson.positions import Report
from backprop_gui.state.worker import Worker
from backprop_gui.storage.experiment_file import MOST_COMPARED, Compared

_AT_ONCE = 2_000  # iterations, in less than a frame or two
_BETWEEN_REPORTS = 100_000  # iterations


class Former(NamedTuple):
    """A former run; its curve is None, or a part, while not `is_whole`."""

    compared: Compared
    curve: Trace | None = None
    is_whole: bool = False


class Standing(NamedTuple):
    """How far the curves of former runs are computed: iterations done, of so many, and curves."""

    is_busy: bool
    done: int
    total: int
    missing: int  # curves that are not whole
    curves: int


class Comparison(QObject):
    """Keeps former runs, the newest last, and computes the curves of those from a file.

    What takes a while is computed in a thread, which `stop` ends: then the curves are shown as
    far as they are known, until `go_on`. Whoever has a comparison calls `stop` before it goes.

    Signals:
        changed(): there are other former runs, or more of their curves.
        progressed(Standing): so much is computed now, or the computing began or ended.
    """

    changed = Signal()
    progressed = Signal(object)

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.former: tuple[Former, ...] = ()
        self._runs: dict[Compared, Run] = {}  # of curves that are not whole; the thread's, if busy
        self._whole: dict[Compared, Trace] = {}  # which the thread has computed
        self._wanted: frozenset[Compared] = frozenset()
        self._done = self._total = 0
        self._worker = Worker(self)
        self._worker.progressed.connect(self._on_progressed)
        self._worker.ended.connect(self._on_ended)

    @property
    def is_busy(self) -> bool:
        """Whether curves are being computed."""
        return self._worker.is_busy

    @property
    def standing(self) -> Standing:
        """How far the curves are computed now."""
        missing = sum(not each.is_whole for each in self.former)
        return Standing(self.is_busy, self._done, self._total, missing, len(self.former))

    def keep(self, compared: Iterable[Compared]) -> None:
        """Keep these former runs in place of those so far, and compute their curves."""
        self._worker.end()
        self._runs, self._whole = {}, {}
        self.former = tuple(Former(each) for each in compared)
        self.go_on()
        self.changed.emit()

    def add(self, compared: Compared, curve: Trace) -> None:
        """Keep one more run, in place of one with the same setup, or of the oldest."""
        self.former = self._with(Former(compared, curve, is_whole=True))
        self._wanted = frozenset(each.compared for each in self._missing())
        self.changed.emit()
        self.progressed.emit(self.standing)

    def compared_with(self, compared: Compared) -> tuple[Compared, ...]:
        """Return the runs that are kept when this one is, too."""
        return tuple(each.compared for each in self._with(Former(compared)))

    def go_on(self) -> None:
        """Compute the curves that are missing, from where it was stopped."""
        if self.is_busy:
            return
        missing = [each.compared for each in self._missing()]
        self._wanted = frozenset(missing)
        self._runs = {each: self._runs.get(each) or Run(each.setup) for each in missing}
        self._total = sum(each.iterations for each in self._runs)
        self._done = sum(run.iteration for run in self._runs.values())
        if self._total <= _AT_ONCE:
            self._compute()
            self._take_whole()
        else:
            self._worker.start(self._compute)
        self.progressed.emit(self.standing)

    def stop(self) -> None:
        """Compute no more, and show what is known; when this returns the thread is gone."""
        if not self.is_busy:
            return
        self._worker.end()
        self._take_whole()
        self.former = tuple(self._as_far_as_known(each) for each in self.former)
        self.changed.emit()
        self.progressed.emit(self.standing)

    def _compute(self, report: Report | None = None) -> None:
        """Compute curves; where they take a while, this runs in the worker's thread."""
        done = 0
        for compared, run in self._runs.items():
            end = compared.iterations
            # One that makes room for a newer run meanwhile is wanted no more.
            while run.stop is None and run.iteration < end and compared in self._wanted:
                run.advance(min(_BETWEEN_REPORTS, end - run.iteration))
                if report:
                    report(done + run.iteration, self._total)
            done += end
            self._whole[compared] = run.trace()

    def _with(self, former: Former) -> tuple[Former, ...]:
        others = (e for e in self.former if e.compared.setup != former.compared.setup)
        return (*others, former)[-MOST_COMPARED:]

    def _missing(self) -> list[Former]:
        return [each for each in self.former if not each.is_whole]

    def _as_far_as_known(self, former: Former) -> Former:
        run = self._runs.get(former.compared)
        if former.is_whole or run is None or run.iteration == 1:
            return former
        return former._replace(curve=run.trace())

    def _take_whole(self) -> bool:
        """Take the curves that are whole by now; say whether there are more."""
        before = self.former
        self.former = tuple(
            Former(each.compared, self._whole[each.compared], is_whole=True)
            if not each.is_whole and each.compared in self._whole
            else each
            for each in before
        )
        return self.former != before

    def _on_progressed(self, done: int, _total: int) -> None:
        # A report of a thread that has ended since may still arrive.
        if self.is_busy:
            self._done = done
            self._tell()

    def _on_ended(self, failure: Exception | None) -> None:
        self._tell()
        if failure:
            raise failure  # for whoever takes what nobody expects

    def _tell(self) -> None:
        if self._take_whole():
            self.changed.emit()
        self.progressed.emit(self.standing)
