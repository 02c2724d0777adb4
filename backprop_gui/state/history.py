"""The changes that can be undone and redone, as a value."""

from dataclasses import dataclass, field
from typing import NamedTuple

from backprop_gui.core.kept_run import KeptRun
from backprop_gui.core.run import Run
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.own_working import NO_WORKING, OwnWorking
from backprop_gui.state.state import Change, PresentRun

# An entry holds its run's checkpoints: 26 KB of the article's run, 1 MB of ten million iterations.
MOST_CHANGES = 50


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A run as it stood: what was known of it, where the person was, and what was beside it.

    `unrolled` is the run itself, so that it need not be computed again. It may have gone on since;
    `run` says how far it was known.
    """

    run: PresentRun
    moment: Moment
    kept: tuple[KeptRun, ...]
    unrolled: Run = field(compare=False, repr=False)
    working: OwnWorking = NO_WORKING


class Entry(NamedTuple):
    """A change, and what undoing or redoing it brings back."""

    change: Change
    snapshot: Snapshot


@dataclass(frozen=True, slots=True)
class History:
    """What was done, and what was undone since; each has the newest last.

    `is_open` says whether the next change may still join the newest one.
    """

    done: tuple[Entry, ...] = ()
    undone: tuple[Entry, ...] = ()
    is_open: bool = False

    @property
    def undoable(self) -> Change | None:
        """The change that `back` undoes, or None."""
        return self.done[-1].change if self.done else None

    @property
    def redoable(self) -> Change | None:
        """The change that `forth` does again, or None."""
        return self.undone[-1].change if self.undone else None

    def with_change(self, change: Change, snapshot: Snapshot, *, is_open: bool) -> "History":
        """Return the history after a change, made where all stood like this; it ends redoing."""
        return History((*self.done, Entry(change, snapshot))[-MOST_CHANGES:], is_open=is_open)

    def with_joined(self, change: Change) -> "History":
        """Return the history after a change that goes on with the newest one."""
        newest = self.done[-1]
        joined = newest._replace(change=change._replace(before=newest.change.before))
        return History((*self.done[:-1], joined), is_open=True)

    def without_newest(self) -> "History":
        """Return the history after the newest change was taken back, not to be redone."""
        return History(self.done[:-1])

    def back(self, here: Snapshot) -> tuple[Snapshot, "History"]:
        """Return what undoing brings back, and the history after it; all stands `here` now.

        Raises IndexError where nothing was done.
        """
        change, snapshot = self.done[-1]
        return snapshot, History(self.done[:-1], (*self.undone, Entry(change, here)))

    def forth(self, here: Snapshot) -> tuple[Snapshot, "History"]:
        """Return what redoing brings back, and the history after it; all stands `here` now.

        Raises IndexError where nothing was undone.
        """
        change, snapshot = self.undone[-1]
        return snapshot, History((*self.done, Entry(change, here)), self.undone[:-1])
