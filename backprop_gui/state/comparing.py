"""A run with others kept beside it, and the changes that can be undone."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import replace
from itertools import count

from PySide6.QtCore import QObject, Signal

from backprop_gui.core.kept_run import COLOURS, MOST_KEPT, KeptRun
from backprop_gui.core.network import Method, Setup
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.run_names import LONGEST, default_name
from backprop_gui.state.history import History, Snapshot
from backprop_gui.state.keeping import FullError, free_colour, free_id, with_one_more
from backprop_gui.state.kept_runs import KeptRuns
from backprop_gui.state.moves import Moves
from backprop_gui.state.state import Change
from backprop_gui.state.telling import edit
from backprop_gui.system import letters


class Comparing(Moves):
    """The run, the runs that are kept for comparison, and what was changed.

    Signals:
        full_met(): a run was not kept: a person wants all of those that are. It comes after the
            state.
        mistake_met(): a person wants to go through a run with a mistake, which nobody can.
    """

    full_met = Signal()
    mistake_met = Signal()

    def __init__(self, setup: Setup, parent: QObject | None = None) -> None:
        super().__init__(setup, parent)
        self._numbers = count(self._state.run.number + 1)
        self._numerals = FILES
        self._keeping = KeptRuns(self)
        self._keeping.changed.connect(self._on_kept_changed)
        self._history = History()

    def write_names_in(self, numerals: Numerals) -> None:
        """Name runs that are kept from now on with numbers like this."""
        self._numerals = numerals

    def kept_next(self, setup: Setup) -> tuple[KeptRun, ...]:
        """Return the runs that are kept when a run with this other setup begins."""
        if self.known_iterations == 1:
            return self._state.kept
        with suppress(FullError):
            return with_one_more(self._state.kept, self._present(beside=setup))
        return self._state.kept

    @property
    def room(self) -> int:
        """How many more runs a person can have kept: those that nobody asked for make room."""
        return MOST_KEPT - sum(each.is_own for each in self._state.kept)

    @edit
    def undo(self) -> None:
        """Take the newest change back; the run before it stands where it stood."""
        self._halt()
        if self._history.done:
            self._bring_back(*self._history.back(self._snapshot))

    @edit
    def redo(self) -> None:
        """Make the change again that was undone last; the run after it stands where it stood."""
        self._halt()
        if self._history.undone:
            self._bring_back(*self._history.forth(self._snapshot))

    @edit
    def keep_present(self) -> None:
        """Keep the run as far as it is known, as one that a person wants."""
        try:
            kept = with_one_more(self._state.kept, self._present(self.setup, is_own=True))
        except FullError:
            self._events.append(self.full_met.emit)
            return
        self._change_kept("keep", kept)

    @edit
    def remove_kept(self, id: int) -> None:
        """Forget a kept run."""
        others = tuple(each for each in self._state.kept if each.id != id)
        self._change_kept("remove_run", others, id)

    @edit
    def rename_kept(self, id: int, name: str) -> None:
        """Give a kept run another name, of one line; "" is the one that it has by default."""
        run = self._kept(id)
        if run is None:
            return
        others = [each for each in self._state.kept if each is not run]
        name = letters.one_line(name)[:LONGEST].strip()
        name = name or default_name(run.setup, self.setup, others, self._numerals)
        self._put(replace(run, name=name, is_own=True), "rename_run")

    @edit
    def show_kept(self, id: int, is_shown: bool) -> None:
        """Have the curve of a kept run drawn, or not."""
        if run := self._kept(id):
            self._put(replace(run, is_shown=is_shown), "show_run" if is_shown else "hide_run")

    @edit
    def add_runs(self, setups: Iterable[Setup]) -> None:
        """Keep a run of each setup up to its end, as far as it is none that is kept already.

        They are computed beside the present run. Those that nobody asked for make room, the oldest
        first; where that is not enough, none is added and `full_met` says so.
        """
        self._add({each: each.max_iterations for each in setups}, "sweep")

    @edit
    def race(self, mistaken: Method) -> None:
        """Keep a run of the setup with a mistake beside the right one, which is kept, too.

        The right one is not kept where the present run is that, up to its end. A mistake that is
        raced already has its curve drawn. Where there is no room `full_met` says so.
        """
        right = self.setup.exact
        raced = replace(right, method=mistaken)
        if known := next((each for each in self._state.kept if each.setup == raced), None):
            self._put(replace(known, is_shown=True, is_own=True), "show_run")
            return
        # Imported where it is used: the first frame does without.
        from backprop_gui.lesson.race import raced_length

        is_there = self._state.run.stop is not None and self.setup == right
        length = raced_length(right)
        self._add(({} if is_there else {right: length}) | {raced: length}, "race")

    def _add(self, lengths: Mapping[Setup, int], command: str) -> None:
        """Keep a run of each setup so far, undoably by the command's name, if there is room.

        One that is kept and does not come so far goes on.
        """
        kept = tuple(_going_on(each, lengths.get(each.setup, 0)) for each in self._state.kept)
        known = {each.setup for each in kept}
        added = [setup for setup in lengths if setup not in known]
        runs = [each for each in kept if each.is_own]
        free = MOST_KEPT - len(runs) - len(added)
        if free < 0:
            self._events.append(self.full_met.emit)
            return
        automatic = [each for each in kept if not each.is_own]
        stay = automatic[len(automatic) - min(free, len(automatic)) :]
        runs = [each for each in kept if each.is_own or each in stay]
        for setup in added:
            name = default_name(setup, self.setup, runs, self._numerals)
            made = KeptRun(free_id(runs), name, free_colour(runs), setup, lengths[setup])
            runs.append(replace(made, is_own=True))
        if added or kept != self._state.kept:
            self._record(Change(self.setup, self.setup, command))
            self._keeping.keep(runs)

    @edit
    def compare_with_exact(self) -> None:
        """Keep the exact run of the same setup up to its end; one that is kept goes on to it."""
        exact = self.setup.exact
        self._add({exact: exact.max_iterations}, "compare_exact")

    @edit
    def clear_kept(self) -> None:
        """Forget the kept runs."""
        self._change_kept("clear", ())

    @edit
    def stop_computing(self) -> None:
        """Compute no more of the kept runs' traces; when this returns the thread is gone."""
        self._keeping.stop()

    @edit
    def go_on_computing(self) -> None:
        """Compute what is missing of the kept runs' traces."""
        self._keeping.go_on()

    def _kept(self, id: int) -> KeptRun | None:
        return next((each for each in self._state.kept if each.id == id), None)

    def _put(self, run: KeptRun, command: str) -> None:
        kept = self._state.kept
        self._change_kept(
            command, tuple(run if each.id == run.id else each for each in kept), run.id
        )

    def _change_kept(self, command: str, kept: tuple[KeptRun, ...], id: int = 0) -> None:
        """Have others kept, undoably by the command's name and that of the run that it is about."""
        if kept == self._state.kept:
            return
        about = self._kept(id)
        self._record(Change(self.setup, self.setup, command, about.name if about else ""))
        if kept:
            self._keeping.change(kept)
        else:
            self._keeping.keep(())  # which ends the thread, too

    def _present(self, beside: Setup, *, is_own: bool = False) -> KeptRun:
        """Return the run as one that is kept, named by what tells it from another setup."""
        run, kept = self._state.run, self._state.kept
        name = default_name(run.setup, beside, kept, self._numerals)
        return KeptRun(
            free_id(kept), name, COLOURS[0], run.setup, run.iterations, run.stop, run.trace, True,
            is_own=is_own,
        )  # fmt: skip

    def _retire(self, beside: Setup) -> None:
        """Keep the run for comparison; one of a single iteration has no curve."""
        if self.known_iterations == 1:
            return
        try:
            self._keeping.add(self._present(beside))
        except FullError:
            self._events.append(self.full_met.emit)

    @property
    def _snapshot(self) -> Snapshot:
        state = self._state
        return Snapshot(state.run, state.moment, state.kept, self._run, state.working)

    def _record(self, change: Change, *, is_open: bool = False) -> None:
        """Have a change that is about to be made undoable; the next may join one that is open."""
        self._set_history(self._history.with_change(change, self._snapshot, is_open=is_open))

    def _set_history(self, history: History) -> None:
        self._history = history
        self._change(undoable=history.undoable, redoable=history.redoable)

    def _bring_back(self, snapshot: Snapshot, history: History) -> None:
        """Have what stood there again; a run that is the present one stays where it is."""
        if snapshot.run.number != self._state.run.number:
            self._run = snapshot.unrolled
            self._change(run=snapshot.run, moment=snapshot.moment)
        if snapshot.kept != self._state.kept:
            self._keeping.keep(snapshot.kept)
        self._change(working=self._state.working.as_written_in(snapshot.working))
        self._set_history(history)

    @edit
    def _on_kept_changed(self) -> None:
        # Equal runs may have more of their traces.
        kept, computing = self._keeping.runs, self._keeping.computing
        self._state = replace(self._state, kept=kept, computing=computing)


def _going_on(kept: KeptRun, length: int) -> KeptRun:
    """Return a run that goes on up to an iteration, where it has not come so far and can."""
    if kept.stop is not None or kept.iterations >= length:
        return kept
    return replace(kept, iterations=length, trace=None, is_whole=False, is_own=True)
