"""What rounding costs: a run on paper beside the exact run of the same setup."""

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from backprop_gui.core import iteration as of_setup
from backprop_gui.core.kept_run import KeptRun
from backprop_gui.core.network import Setup
from backprop_gui.core.run import Cycle, Known, Run, Stop
from backprop_gui.lesson import notation
from backprop_gui.lesson.numbers import FILES, MINUS, Numerals
from backprop_gui.system.texts import _, ngettext

COUNTS = (1, 10, 100)  # of iterations, after which both runs are compared
_DIGITS = 2  # of a difference


class Apart(NamedTuple):
    """By how much a run on paper is off after so many `iterations`: its values minus the exact."""

    iterations: int
    w1: float
    w2: float
    error: float


class RunEnd(NamedTuple):
    """How far a run is known, and what it comes to: see `Run`."""

    iteration: int
    stop: Stop | None
    settled_at: int | None = None
    cycle: Cycle | None = None


@lru_cache(maxsize=4)
def apart(setup: Setup) -> tuple[Apart, ...]:
    """Return by how much a setup's run is off after 1, 10 and 100 iterations of it.

    The weights are those that the updates have made, and E is found with them, as the run finds
    it. What comes after either run has stopped is left out.
    """
    runs = Run(setup), Run(setup.exact)
    found = []
    for count in COUNTS:
        for run in runs:
            run.advance(count + 1 - run.iteration)
        if any(run.iteration <= count for run in runs):
            break
        ours, theirs = ((run.w1, run.w2, of_setup.error(run.setup, run.w1, run.w2)) for run in runs)
        found.append(Apart(count, *(a - b for a, b in zip(ours, theirs, strict=True))))
    return tuple(found)


def end_of(run: Known) -> RunEnd:
    """Return how far a run is known."""
    return RunEnd(run.iteration, run.stop, run.settled_at, run.cycle)


def end_of_kept(kept: KeptRun) -> RunEnd | None:
    """Return how far a kept run goes, or None while that is not computed."""
    return RunEnd(kept.last, kept.stop) if kept.is_whole else None


def words(
    setup: Setup, ours: RunEnd, theirs: RunEnd | None, numerals: Numerals = FILES
) -> list[str]:
    """Return what rounding costs, in sentences; `theirs` is the end of the exact run, if known."""
    return list(_words(setup, ours, theirs, numerals))


def _words(setup: Setup, ours: RunEnd, theirs: RunEnd | None, numerals: Numerals) -> Iterator[str]:
    for each in apart(setup):
        sentence = ngettext(
            "After {count} iteration {w1} is off by {first}, {w2} by {second}, E by {error}.",
            "After {count} iterations {w1} is off by {first}, {w2} by {second}, E by {error}.",
            each.iterations,
        )
        yield sentence.format(
            count=numerals.count(each.iterations),
            w1=notation.plain("w_1"),
            w2=notation.plain("w_2"),
            first=_off(each.w1, numerals),
            second=_off(each.w2, numerals),
            error=_off(each.error, numerals),
        )
    if ours.stop:
        yield _("On paper the run {ends}.").format(ends=_ends(ours, numerals))
    if theirs and theirs.stop:
        yield _("The exact run {ends}.").format(ends=_ends(theirs, numerals))


def _off(x: float, numerals: Numerals) -> str:
    """Return a difference with its sign."""
    text = numerals.short(x, _DIGITS) if x else "0"
    return text if x <= 0 or text.startswith(MINUS) else f"+{text}"


def _ends(end: RunEnd, numerals: Numerals) -> str:
    if end.stop is Stop.TOLERANCE:
        return _("reaches the tolerance at iteration {iteration}").format(
            iteration=numerals.count(end.iteration)
        )
    if end.stop is Stop.NOT_FINITE:
        return _("goes beyond the largest double at iteration {iteration}").format(
            iteration=numerals.count(end.iteration)
        )
    if end.cycle:
        return _("goes round in a circle from iteration {iteration} on").format(
            iteration=numerals.count(end.cycle.first)
        )
    if end.settled_at is not None:
        return _("changes no weight from iteration {iteration} on").format(
            iteration=numerals.count(end.settled_at)
        )
    return _("ends at the maximum of {count} iterations").format(
        count=numerals.count(end.iteration)
    )
