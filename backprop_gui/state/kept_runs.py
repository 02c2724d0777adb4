"""What keeps runs for comparison, and the thread that computes the traces of those from a file."""

from collections.abc import Iterable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from backprop_gui.core.iteration import at_once
from backprop_gui.core.kept_run import KeptRun
from backprop_gui.core.run import Run
from backprop_gui.state.keeping import with_one_more
from backprop_gui.state.state import Computing
from backprop_gui.state.worker import Worker
from backprop_gui.system.job import Report

_PART_AT_ONCE = 50  # of what takes no time worth waiting for: several runs, in a frame or two


class KeptRuns(QObject):
    """Keeps runs, the newest last, and computes the traces that are missing.

    What takes a while is computed in a thread, which `stop` ends: then the traces are there as
    far as they are known, until `go_on`. Whoever has kept runs calls `stop` before they go.

    Signals:
        changed(): `runs` are others, or have more of their traces, or `computing` is another.
    """

    changed = Signal()

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.runs: tuple[KeptRun, ...] = ()
        self._missing: dict[int, Run] = {}  # by id, of traces that are not whole; the thread's
        self._whole: set[int] = set()  # which the thread has computed
        self._wanted: frozenset[int] = frozenset()
        self._done = self._total = 0
        self._worker = Worker(self)
        self._worker.progressed.connect(self._on_progressed)
        self._worker.ended.connect(self._on_ended)

    @property
    def is_busy(self) -> bool:
        """Whether traces are being computed."""
        return self._worker.is_busy

    @property
    def computing(self) -> Computing | None:
        """How far the traces are computed now, or None while they are not."""
        return Computing(self._done, self._total) if self.is_busy else None

    def keep(self, runs: Iterable[KeptRun]) -> None:
        """Keep these runs in place of those so far, and compute the traces that are not known."""
        self._worker.end()
        self._take(with_parts=True)
        known = {(each.id, each.setup): each for each in self.runs if each.trace}
        self.runs = tuple(_with_trace(each, known.get((each.id, each.setup))) for each in runs)
        ids = {each.id: each.setup for each in self.runs}
        self._missing = {n: run for n, run in self._missing.items() if ids.get(n) == run.setup}
        self._whole = set()
        self.go_on()

    def add(self, added: KeptRun) -> None:
        """Keep one more run, whose trace is whole. Raises FullError, see `with_one_more`."""
        self.change(with_one_more(self.runs, added))

    def change(self, runs: tuple[KeptRun, ...]) -> None:
        """Have these runs in place of those so far; what is computed of them goes on."""
        self.runs = runs
        self._wanted = frozenset(each.id for each in runs if not each.is_whole)
        self.changed.emit()

    def go_on(self) -> None:
        """Compute the traces that are missing, from where that was stopped."""
        if self.is_busy:
            return
        missing = {each.id: each for each in self.runs if not each.is_whole}
        self._wanted = frozenset(missing)
        self._missing = {n: self._missing.get(n) or Run(missing[n].setup) for n in missing}
        self._total = sum(each.iterations for each in missing.values())
        self._done = sum(run.iteration for run in self._missing.values())
        ends = {n: each.iterations for n, each in missing.items()}
        if all(self._total <= at_once(each.setup) // _PART_AT_ONCE for each in missing.values()):
            self._compute(ends)
            self._take()
        else:
            self._worker.start(lambda report: self._compute(ends, report))
        self.changed.emit()

    def stop(self) -> None:
        """Compute no more, and have what is known; when this returns the thread is gone."""
        if self.is_busy:
            self._worker.end()
            self._take(with_parts=True)
            self.changed.emit()

    def _compute(self, ends: dict[int, int], report: Report | None = None) -> None:
        """Compute traces up to these iterations; if it takes a while, in the worker's thread."""
        done = 0
        for number, run in self._missing.items():
            end = ends[number]
            # One that makes room for a newer run meanwhile is wanted no more.
            while run.stop is None and run.iteration < end and number in self._wanted:
                wanted = end - run.iteration  # which takes no time where nothing new comes
                run.advance(wanted if run.known_from else min(at_once(run.setup), wanted))
                if report:
                    report(done + run.iteration, self._total)
            done += end
            self._whole.add(number)

    def _take(self, *, with_parts: bool = False) -> None:
        """Take the traces that are whole by now, or what is known of the others, too."""
        taken = tuple(self._computed(each, with_parts) for each in self.runs)
        if any(new is not old for new, old in zip(taken, self.runs, strict=True)):
            self.runs = taken

    def _computed(self, kept: KeptRun, with_parts: bool) -> KeptRun:
        run, is_whole = self._missing.get(kept.id), kept.id in self._whole
        if kept.is_whole or run is None or not (is_whole or (with_parts and run.iteration > 1)):
            return kept
        if not is_whole:
            return replace(kept, trace=run.trace())
        # One that was wanted to its end, as runs of a sweep are, ends where it does.
        is_to_end = kept.iterations == kept.setup.max_iterations
        iterations = run.iteration if is_to_end else kept.iterations
        return replace(kept, trace=run.trace(), stop=run.stop, iterations=iterations, is_whole=True)

    def _on_progressed(self, done: int, _total: int) -> None:
        # A report of a thread that has ended since may still arrive.
        if self.is_busy:
            self._done = done
            self._take()
            self.changed.emit()

    def _on_ended(self, failure: Exception | None) -> None:
        self._take()
        self.changed.emit()
        if failure:
            raise failure  # for whoever takes what nobody expects


def _with_trace(kept: KeptRun, known: KeptRun | None) -> KeptRun:
    """Return a run with what is known of its trace, which only a newer state of it may have."""
    if kept.is_whole or known is None:
        return kept
    is_over = known.is_whole and known.stop and known.iterations < kept.iterations
    if known.iterations != kept.iterations and not is_over:
        return kept
    facts = {name: getattr(known, name) for name in ("iterations", "trace", "stop", "is_whole")}
    return replace(kept, **facts)
