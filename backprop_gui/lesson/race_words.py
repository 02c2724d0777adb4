"""What is said of a run with a mistake: where its step points, the check, and what to learn."""

import math
from collections.abc import Iterator
from typing import NamedTuple

from backprop_gui.lesson import notation
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.checks import GradientCheck
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.race import Race, RacedStep
from backprop_gui.lesson.steps import Phase
from backprop_gui.system.texts import _, ngettext

_SMALL = 0.1  # degrees that nobody sees
_WRONG = {
    Phase.FORWARD: _("a wrong forward pass"),
    Phase.BACKWARD: _("a wrong gradient"),
    Phase.UPDATE: _("a wrong update"),
}


class CheckWords(NamedTuple):
    """A gradient of the run, by its code name, beside a finite difference, as it is shown.

    `is_good` says whether they agree, None where a comparison means nothing; `remark` says why.
    """

    name: str
    own: str
    difference: str
    is_good: bool | None
    verdict: str
    remark: str


class RaceWords(NamedTuple):
    """What is shown of a run with a mistake, in sentences; `checks` may be empty.

    `in_short` has the angle and the checks in a few words.
    """

    title: str
    angle: str
    checks: tuple[CheckWords, ...]
    learned: str
    in_short: str

    @property
    def sentences(self) -> str:
        """All of it, in sentences."""
        checks = (
            f"{notation.plain(ARTICLE.quantities[each.name].symbol)}: "
            f"{each.own}, {each.difference}: {each.verdict}."
            for each in self.checks
        )
        return " ".join((f"{self.title}.", self.learned, self.angle, *checks))


def race_words(race: Race, numerals: Numerals = FILES) -> RaceWords:
    """Return what is said of a run with a mistake."""
    at, title, learned = race.at, race.mistaken.title, " ".join(_learned(race, numerals))
    if at is None:
        return RaceWords(
            title, _("This run ends before its first step."), (), learned, _("no step")
        )
    checks = tuple(_check(each, numerals) for each in at.checks)
    angle = _("no direction")
    if at.angle is not None:
        angle = _("{angle}° from −∇E").format(angle=_degrees(at.angle, numerals))
    signs = (
        f"{notation.plain(ARTICLE.quantities[each.name].symbol)} {each.verdict[0]}"
        for each in checks
    )
    in_short = " · ".join((angle, *signs))
    return RaceWords(title, _where_it_points(at, numerals), checks, learned, in_short)


def _where_it_points(at: RacedStep, numerals: Numerals) -> str:
    """Return the angle between a step and −∇E in a sentence, or why there is none."""
    count = numerals.count(at.iteration)
    if not all(map(math.isfinite, at.step)):
        sentence = _(
            "In iteration {count} a weight is no longer finite: its step has no direction."
        )
    elif not any(at.step):
        sentence = _(
            "In iteration {count} no weight changes: there is no step to compare with −∇E."
        )
    elif not any(at.descent):
        sentence = _("In iteration {count} the gradient of E is 0: −∇E has no direction.")
    elif at.angle is None:
        sentence = _("In iteration {count} the gradient of E is not finite: −∇E has no direction.")
    elif at.angle < _SMALL:
        sentence = _("In iteration {count} the step points along −∇E, {angle}° off.")
    elif at.angle > 90:
        sentence = _(
            "In iteration {count} the step points {angle}° away from −∇E, which is uphill."
        )
    else:
        sentence = _("In iteration {count} the step points {angle}° away from −∇E.")
    return sentence.format(count=count, angle=_degrees(at.angle or 0.0, numerals))


def _degrees(angle: float, numerals: Numerals) -> str:
    if angle < _SMALL:
        return f"< {numerals.short(_SMALL, 1)}"
    return numerals.short(angle, 3)


def _check(check: GradientCheck, numerals: Numerals) -> CheckWords:
    own, difference = numerals.short(check.by_backpropagation), numerals.short(check.by_difference)
    is_good = None if check.agreeing_digits is None else not check.is_wrong
    if is_good is None:
        verdict = _("? cannot be told")
    else:
        verdict = _("✓ agrees") if is_good else _("✗ does not agree")
    return CheckWords(check.name, own, difference, is_good, verdict, check.remark)


def _learned(race: Race, numerals: Numerals) -> Iterator[str]:
    """Yield what a race teaches in a sentence; then what the true E, and the right run, do."""
    first, last = race.errors
    step = ARTICLE.steps[ARTICLE.step_of[race.mistaken.name] - 1]
    if not (race.is_finite and math.isfinite(last)):
        sentence = _("In iteration {count} a number is no longer finite: this mistake shows.")
    elif last < first and race.is_learned:
        sentence = _(
            "E fell from {first} to {last} in {count} iterations with {wrong}: a falling error "
            "proves nothing."
        )
    elif min(first, last) > race.least and _is_seen(race.least, last, numerals):
        sentence = _("E fell from {first} to {least}, and then rose to {last}, with {wrong}.")
    elif last < first:
        sentence = _(
            "E fell from {first} to {last} with {wrong}, but not below the tolerance in {count} "
            "iterations: a falling error proves nothing."
        )
    elif last > first:
        sentence = _("E rose from {first} to {last} with {wrong}: here the curve shows it.")
    else:
        sentence = _("E stays at {first} with {wrong}.")
    texts = dict(zip(("first", "last"), numerals.told_apart(first, last), strict=True))
    count = numerals.count(race.last)
    texts["least"] = numerals.short(race.least)
    yield sentence.format(count=count, wrong=_WRONG[step.phase], **texts)
    if race.true_errors != race.errors:
        yield _(
            "This is E as the run computes it; at its weights the true E goes from {first} to "
            "{last}."
        ).format(**dict(zip(("first", "last"), map(numerals.short, race.true_errors), strict=True)))
    if race.right_last:
        sentence = ngettext(
            "Without the mistake it is done after {count} iteration.",
            "Without the mistake it is done after {count} iterations.",
            race.right_last,
        )
        yield sentence.format(count=numerals.count(race.right_last))


def _is_seen(one: float, other: float, numerals: Numerals) -> bool:
    return numerals.short(one) != numerals.short(other)
