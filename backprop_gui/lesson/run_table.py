"""The runs that are compared, as rows of a table: the present one first."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, NamedTuple

from backprop_gui.core.kept_run import KeptRun
from backprop_gui.core.network import Setup
from backprop_gui.core.run import Known, Stop
from backprop_gui.lesson import notation
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.ending import reason
from backprop_gui.lesson.fields import FIELDS, Field
from backprop_gui.lesson.moment import Moment, Position
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.run_names import differing
from backprop_gui.system.texts import _

PRESENT = 0  # in place of a kept run's id
_ENDS = {
    Stop.TOLERANCE: _("tolerance"),
    Stop.MAX_ITERATIONS: _("maximum"),
    Stop.NOT_FINITE: _("not finite"),
}


class RunRow(NamedTuple):
    """A run, and how it stands with the last of its iterations.

    `id` is the kept run's, or PRESENT. `end` is None while the run is still being computed.
    """

    id: int
    name: str
    setup: Setup
    iterations: int
    stop: Stop | None
    end: Moment | None
    kept: KeptRun | None = None

    @property
    def values(self) -> tuple[float, float, float] | None:
        """E, w1 and w2 of the last iteration, as far as they are known."""
        return (self.end.values["error"], self.end.w1, self.end.w2) if self.end else None

    @property
    def ended(self) -> str:
        """Why the run ends, in a word; it "can go on" where it does not."""
        if self.end is None:
            return _("computing")
        return _ENDS[self.stop] if self.stop else _("can go on")

    @property
    def full_name(self) -> str:
        """The name, with how the run is computed where a person's own name does not say so."""
        title = self.setup.method.title if self.setup.method else ""
        return self.name if title in self.name else f"{self.name} ({title})"

    def why(self, numerals: Numerals) -> str:
        """Return why the run ends, in a sentence without its full stop, or ""."""
        return reason(self.end, numerals) if self.end else ""


def row_of(run: Known, name: str = "", id: int = PRESENT) -> RunRow:
    """Return the row of a run that is known up to its newest iteration."""
    end = _moment(run.setup, run.iteration, run.stop, run.weights(run.iteration))
    return RunRow(id, name or _("This run"), run.setup, run.iteration, run.stop, end)


def row_of_kept(kept: KeptRun) -> RunRow:
    """Return the row of a kept run."""
    end = None
    if kept.trace and kept.is_whole:
        weights = kept.trace.weights(kept.last)
        end = _moment(kept.setup, kept.last, kept.stop, weights)
    return RunRow(kept.id, kept.name, kept.setup, kept.last, kept.stop, end, kept)


def rows(present: Known, kept: Iterable[KeptRun]) -> tuple[RunRow, ...]:
    """Return the rows of the present run and of the kept ones, the newest last."""
    return (row_of(present), *map(row_of_kept, kept))


def along_one(rows: Iterable[RunRow]) -> tuple[Field, tuple[RunRow, ...]] | None:
    """Return a value and the runs that differ in it alone: as many as there are, two at least.

    Only runs with an end have a place beside others, and of several with one setup the last.
    """
    ended = {row.setup: row for row in rows if row.stop and row.end}
    most: tuple[Field, tuple[RunRow, ...]] | None = None
    for field in FIELDS:
        alike: dict[Setup, list[RunRow]] = {}
        for setup, row in ended.items():
            same: dict[str, Any] = {field.name: 1}
            alike.setdefault(replace(setup, **same), []).append(row)
        for group in alike.values():
            if len(group) > (len(most[1]) if most else 1):
                most = field, tuple(group)
    return most


def in_short(setup: Setup, numerals: Numerals) -> str:
    """Return a setup in a line; tolerance and maximum where they are not the article's.

    How its iterations are computed comes first, where that is not exactly.
    """
    unusual = differing(setup, Setup())
    texts = [setup.method.title] if setup.method else []
    for field in FIELDS:
        text = field.shown(getattr(setup, field.name), numerals)
        if field.symbol:
            texts.append(f"{notation.plain(field.symbol)} = {text}")
        elif field in unusual:
            texts.append(f"{field.label} {text}")
    return ", ".join(texts)


def _moment(
    setup: Setup, iteration: int, stop: Stop | None, weights: tuple[float, float]
) -> Moment:
    position = Position(iteration, ARTICLE.last_step)
    return Moment(setup, position, *weights, stop).clipped()
