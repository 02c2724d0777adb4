"""Which positions of a run are meant by a text such as `1:1-15, 10, 100, last`.

An iteration alone stands for its last step. `10:3` is a step of it, `10:1-15` are several and
`1-5` are several iterations; `last` is the iteration with which the run ends. Commas, semicolons
and spaces separate; around a colon or a dash, which may be any dash, spaces mean nothing.

A comma may also be that of a thousand, as Backprop itself writes 1,480. Where no space follows it,
but exactly three digits do, it separates only in a list as `1:1-15,10,100,last`: of commas alone,
and with a position that is in no thousand. Otherwise, as in `1,480` and `1,480; 2,500`, the text
can be read in two ways and is refused.
"""

import re
import unicodedata
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from backprop_gui.core.iteration import at_once
from backprop_gui.core.network import MOST_ITERATIONS, Setup
from backprop_gui.core.run import Run
from backprop_gui.lesson import numbers, typed_numbers
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.moment import Moment, Position, end_of, moment_at
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.system.job import Report
from backprop_gui.system.texts import _

MOST_POSITIONS = 2_000
LAST = "last"

_SHARES = 1_000  # in which the progress of one run among several is told
_PART = re.compile(
    r"(?P<first>\d{1,12}|last)(-(?P<until>\d{1,12}|last))?(:(?P<step>\d{1,3})(-(?P<end>\d{1,3}))?)?",
    re.ASCII,
)
_SEPARATORS = dict.fromkeys("\N{GREEK QUESTION MARK}\N{ARABIC SEMICOLON}、", ";")
_SEPARATORS |= {"\N{ARABIC COMMA}": ","}
_JOINTS = {"\N{HYPHEN BULLET}": "-", "\N{HORIZONTAL ELLIPSIS}": "-", "\N{RATIO}": ":"}
_KEPT = "\N{NO-BREAK SPACE}"  # stands for all spaces that keep a number together
_WORD = re.compile(rf"[^,; {_KEPT}]+")
_GROUPED = re.compile(rf"(?<!\d)\d{{1,3}}([, {_KEPT}]0\d\d|{_KEPT}\d{{3}})(?!\d)", re.ASCII)
_STEPS_OR_THOUSAND = re.compile(
    r"(?P<steps>:\d+(-\d+)?)|(?<!\d)(?P<thousand>[1-9]\d{0,2}(,\d{3}(?!\d))+)", re.ASCII
)
_OTHER_SEPARATOR = re.compile(r"[; ]|,,")
_JOINT = re.compile(rf"[ {_KEPT}]*([-:])[ {_KEPT}]*")


class PositionsError(ValueError):
    """A text that names no positions, or positions that a run does not have."""


class Span(NamedTuple):
    """Iterations `first` to `until` and their steps `step` to `end`; None is the last one."""

    first: int | None
    until: int | None
    step: int | None
    end: int | None


def parse(text: str, numerals: Numerals = FILES) -> tuple[Span, ...]:
    """Return the spans that a text names. Raises PositionsError with a sentence about it."""
    plain = _plain(text)
    if grouped := _GROUPED.search(plain):
        sentence = _("“{text}” can be read in two ways; a thousand is written 1000")
        raise PositionsError(sentence.format(text=numbers.clipped(grouped[0])))
    tight = _JOINT.sub(r"\1", plain.replace(_KEPT, " "))
    _refuse_thousands(tight.strip(" ,;"))
    spans = tuple(_span(part, numerals) for part in re.split("[,; ]+", tight) if part)
    if not spans:
        sentence = _("positions are missing; write them like {all}, 10, last")
        raise PositionsError(sentence.format(all=ARTICLE.all_steps()))
    return spans


def _refuse_thousands(text: str) -> None:
    """Raise PositionsError where a thousand with a comma may be meant."""
    found = [each["thousand"] for each in _STEPS_OR_THOUSAND.finditer(text) if each["thousand"]]
    bare = _STEPS_OR_THOUSAND.sub(lambda each: each["steps"] or "thousand", text)
    is_list = any("thousand" not in part for part in bare.split(","))
    if found and (_OTHER_SEPARATOR.search(text) or not is_list):
        sentence = _("“{text}” can be read in two ways; write {one} or {several}")
        one, several = (found[0].replace(",", instead) for instead in ("", ", "))
        raise PositionsError(
            sentence.format(
                text=numbers.clipped(found[0]),
                one=numbers.clipped(one),
                several=numbers.clipped(several),
            )
        )


def is_one_iteration(spans: Sequence[Span]) -> bool:
    """Say whether the spans name one iteration, and no step of it."""
    return len(spans) == 1 and spans[0].first == spans[0].until and spans[0].step is None


def most_moments(spans: Sequence[Span], end: int) -> int:
    """Return how many moments the spans can have at most, in a run of `end` iterations or fewer."""
    count = 0
    for span in spans:
        first, until = (end if i is None else i for i in (span.first, span.until))
        steps = 1 if span.step is None or span.end is None else 1 + span.end - span.step
        count += steps * max(1, 1 + until - first)
    return min(count, MOST_POSITIONS)


def moments(
    spans: Sequence[Span],
    run: Run,
    report: Report | None = None,
    numerals: Numerals = FILES,
    *,
    is_offer: bool = False,
) -> tuple[Moment, ...]:
    """Return the moments of the spans, in their order; the run is advanced as far as is needed.

    `report` is called meanwhile with iterations done and to do; it may raise to end this. Raises
    PositionsError where the run has no such position, or where there are too many. Of an offer,
    which no person wrote, what the run does not have is left out, and what it has is there once.
    """
    needed = [i for span in spans for i in (span.first, span.until)]
    farthest = [run.setup.max_iterations if i is None else i for i in needed]
    advance(run, max(farthest), report)
    found: list[Moment] = []
    for span in _within(spans, run) if is_offer else spans:
        for iteration in _iterations(span, run, numerals):
            found += _steps(span, run, iteration, numerals)
            if len(found) > MOST_POSITIONS:
                sentence = _("the list has more than {most} positions")
                raise PositionsError(sentence.format(most=numerals.count(MOST_POSITIONS)))
    return tuple(found)


def advance(run: Run, goal: int, report: Report | None = None) -> None:
    """Compute the run up to the iteration `goal`, or to its end; `report` is as in `moments`."""
    while run.stop is None and run.iteration < goal:
        wanted = goal - run.iteration  # which takes no time where nothing new comes
        run.advance(wanted if run.known_from else min(at_once(run.setup), wanted))
        if report:
            report(run.iteration, goal)


def followed(goals: Sequence[tuple[Setup, int]], report: Report) -> Iterator[Run]:
    """Yield the run of each setup, computed up to an iteration, or to its end.

    `report` is called meanwhile with what is done of all of them; it may raise to end this.
    """
    for number, (setup, goal) in enumerate(goals):
        run, before = Run(setup), number * _SHARES

        def tell(done: int, most: int, before: int = before) -> None:
            report(before + _SHARES * done // most, _SHARES * len(goals))

        advance(run, goal, tell)
        yield run


def _plain(text: str) -> str:
    """Return the text in ASCII: its characters are read as those of numbers are.

    All spaces become one of two, those that keep a number together and the others.
    """
    return _WORD.sub(_plain_word, "".join(map(_sign, typed_numbers.visible(text))))


def _plain_word(found: re.Match[str]) -> str:
    try:
        return typed_numbers.plain(found[0]).lower()
    except typed_numbers.OddCharacterError as error:
        sentence = _("“{text}” is not a position: it has {character}")
        raise PositionsError(
            sentence.format(text=numbers.quoted(found[0]), character=error)
        ) from error


def _sign(sign: str) -> str:
    """Return what separates or joins, in all of its forms, as one of each kind."""
    if sign.isspace():
        is_kept = "<noBreak>" in unicodedata.decomposition(sign) or sign == "\N{THIN SPACE}"
        return _KEPT if is_kept else " "
    if unicodedata.category(sign) == "Pd":
        return "-"
    return _SEPARATORS.get(sign) or _JOINTS.get(sign, sign)


def _span(part: str, numerals: Numerals) -> Span:
    found = _PART.fullmatch(part)
    if not found:
        sentence = _("“{text}” is not a position; write positions like {all}, 10, last")
        sentence = sentence.format(text=numbers.quoted(part), all=ARTICLE.all_steps())
        raise PositionsError(sentence)
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
            sentence = _("“{text}”: iterations go from 1 to {most}")
            raise PositionsError(sentence.format(text=part, most=numerals.count(MOST_ITERATIONS)))
    for number in (step, end):
        if number is not None and not ARTICLE.first_step <= number <= ARTICLE.last_step:
            sentence = _("“{text}”: the steps of an iteration go from 1 to {last}")
            raise PositionsError(sentence.format(text=part, last=ARTICLE.last_step))
    if (first and until and until < first) or (step and end and end < step):
        raise PositionsError(_("“{text}” ends before it begins").format(text=part))
    return Span(first, until, step, end)


def _iterations(span: Span, run: Run, numerals: Numerals) -> range:
    first = run.iteration if span.first is None else span.first
    until = run.iteration if span.until is None else span.until
    if max(first, until) > run.iteration:
        sentence = _("iteration {iteration}: this run stops at {last}")
        raise PositionsError(
            sentence.format(
                iteration=numerals.count(max(first, until)), last=numerals.count(run.iteration)
            )
        )
    if until < first:
        sentence = _(
            "{first} to {until}: this run stops at {last}, so the range ends before it begins"
        )
        texts = {"first": first, "until": until, "last": run.iteration}
        raise PositionsError(
            sentence.format(**{name: numerals.count(each) for name, each in texts.items()})
        )
    return range(first, until + 1)


def _within(spans: Sequence[Span], run: Run) -> list[Span]:
    """Return what the run has of the spans, each once."""
    found: list[Span] = []
    for span in spans:
        first = run.iteration if span.first is None else span.first
        until = run.iteration if span.until is None else min(span.until, run.iteration)
        if first > until:
            continue
        last_step = end_of(run, until).last_step
        step = min(span.step, last_step) if span.step and first == until else span.step
        there = Span(first, until, step, span.end)
        if there not in found:
            found.append(there)
    return found


def _steps(span: Span, run: Run, iteration: int, numerals: Numerals) -> list[Moment]:
    last = end_of(run, iteration)
    if span.step is None or span.end is None:
        return [last]
    if span.step > last.last_step:
        sentence = _("step {step}: iteration {iteration} ends with step {last}")
        raise PositionsError(
            sentence.format(
                step=span.step, iteration=numerals.count(iteration), last=last.last_step
            )
        )
    numbers_of_steps = range(span.step, min(span.end, last.last_step) + 1)
    return [moment_at(run, Position(iteration, step)) for step in numbers_of_steps]
