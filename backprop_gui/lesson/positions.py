"""Which positions of a run are meant by a text such as `1:1-15, 10, 100, last`.

An iteration alone stands for its last step. `10:3` is a step of it, `10:1-15` are several and
`1-5` are several iterations; `last` is the iteration with which the run ends.
"""

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from backprop_gui.core.network import MOST_ITERATIONS
from backprop_gui.core.run import Run
from backprop_gui.i18n import _
from backprop_gui.lesson import numbers
from backprop_gui.lesson.moment import Moment, Position, moment_at
from backprop_gui.lesson.steps import FIRST_STEP, LAST_STEP

Report = Callable[[int, int], None]

MOST_POSITIONS = 2_000
LAST = "last"

_AT_ONCE = 100_000  # iterations that are computed between two looks at whether to go on
_PART = re.compile(
    r"(?P<first>\d{1,12}|last)(-(?P<until>\d{1,12}|last))?(:(?P<step>\d{1,3})(-(?P<end>\d{1,3}))?)?",
    re.ASCII,
)


class PositionsError(ValueError):
    """A text that names no positions, or positions that a run does not have."""


class Span(NamedTuple):
    """Iterations `first` to `until` and their steps `step` to `end`; None is the last one."""

    first: int | None
    until: int | None
    step: int | None
    end: int | None


def parse(text: str) -> tuple[Span, ...]:
    """Return the spans that a text names. Raises PositionsError with a sentence about it."""
    parts = [part.replace(" ", "") for part in text.lower().split(",")]
    spans = tuple(_span(part) for part in parts if part)
    if not spans:
        raise PositionsError(_("positions are missing, such as 1:1-15, 10, last"))
    return spans


def moments(spans: Sequence[Span], run: Run, report: Report | None = None) -> tuple[Moment, ...]:
    """Return the moments of the spans, in their order; the run is advanced as far as is needed.

    `report` is called meanwhile with iterations done and to do; it may raise to end this. Raises
    PositionsError where the run has no such position, or where there are too many.
    """
    needed = [i for span in spans for i in (span.first, span.until)]
    farthest = [run.setup.max_iterations if i is None else i for i in needed]
    advance(run, max(farthest), report)
    found: list[Moment] = []
    for span in spans:
        for iteration in _iterations(span, run):
            found += _steps(span, run, iteration)
            if len(found) > MOST_POSITIONS:
                sentence = _("these are more than {most} positions")
                raise PositionsError(sentence.format(most=numbers.count(MOST_POSITIONS)))
    return tuple(found)


def advance(run: Run, goal: int, report: Report | None = None) -> None:
    """Compute the run up to the iteration `goal`, or to its end; `report` is as in `moments`."""
    while run.stop is None and run.iteration < goal:
        run.advance(min(_AT_ONCE, goal - run.iteration))
        if report:
            report(run.iteration, goal)


def _span(part: str) -> Span:
    found = _PART.fullmatch(part)
    if not found:
        sentence = _("“{text}” is no position; they are written like 1:1-15, 10, last")
        raise PositionsError(sentence.format(text=numbers.clipped(part)))
    first, until, step, end = (
        None if word in (None, LAST) else int(word)
        for word in (found["first"], found["until"], found["step"], found["end"])
    )
    if found["until"] is None:
        until = first
    if found["end"] is None:
        end = step
    for iteration in (first, until):
        if iteration is not None and not 1 <= iteration <= MOST_ITERATIONS:
            raise PositionsError(_("“{text}”: iterations begin with 1").format(text=part))
    for number in (step, end):
        if number is not None and not FIRST_STEP <= number <= LAST_STEP:
            sentence = _("“{text}”: the steps of an iteration are 1 to {last}")
            raise PositionsError(sentence.format(text=part, last=LAST_STEP))
    if (first and until and until < first) or (step and end and end < step):
        raise PositionsError(_("“{text}” ends before it begins").format(text=part))
    return Span(first, until, step, end)


def _iterations(span: Span, run: Run) -> range:
    first = run.iteration if span.first is None else span.first
    until = run.iteration if span.until is None else span.until
    if max(first, until) > run.iteration:
        sentence = _("iteration {iteration}: this run stops at {last}")
        raise PositionsError(
            sentence.format(
                iteration=numbers.count(max(first, until)), last=numbers.count(run.iteration)
            )
        )
    return range(first, until + 1)


def _steps(span: Span, run: Run, iteration: int) -> list[Moment]:
    last = moment_at(run, Position(iteration, LAST_STEP))
    if span.step is None or span.end is None:
        return [last]
    if span.step > last.last_step:
        sentence = _("step {step}: iteration {iteration} ends with step {last}")
        raise PositionsError(
            sentence.format(step=span.step, iteration=numbers.count(iteration), last=last.last_step)
        )
    numbers_of_steps = range(span.step, min(span.end, last.last_step) + 1)
    return [moment_at(run, Position(iteration, step)) for step in numbers_of_steps]
