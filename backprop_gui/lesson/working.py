"""A person's working of an iteration: which line is wrong, and why.

Each line is judged by the person's own earlier numbers. A written number stands for an interval,
so a line is right if its formula, applied to what the numbers before it stand for, meets the line's
own interval. There is no tolerance to set. A teacher's own script needs two calls:

    written = read_working(Path("anna.txt").read_text())
    checked = check_working(Setup(w1=0.3), 0.3, 0.5, written.texts)

`checked.first_wrong` then is the code name of the first wrong line, or None, and each of
`checked.lines` has its verdict, what follows from the lines before it, and up to three causes.
"""

import math
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import cached_property

from backprop_gui.core.network import Setup
from backprop_gui.lesson import notation
from backprop_gui.lesson.arithmetic import DOUBLES, Interval, value
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.causes import OwnNumbers, causes, is_explained
from backprop_gui.lesson.expression import Expression, Reference, replaced, uses
from backprop_gui.lesson.numbers import FILES, NumberError, Numerals
from backprop_gui.lesson.slips import exchanged, slips
from backprop_gui.lesson.steps import Lesson
from backprop_gui.lesson.verdicts import Cause, CheckedLine, CheckedWorking, Verdict
from backprop_gui.lesson.working_remarks import hiding, remarks
from backprop_gui.lesson.working_text import WorkingText, read_working
from backprop_gui.lesson.written_intervals import HALF, WHOLE, hull, meets, shortened, used_interval
from backprop_gui.lesson.written_number import WrittenNumber, written_number
from backprop_gui.system.texts import _

__all__ = [
    "Cause",
    "CheckedLine",
    "CheckedWorking",
    "Verdict",
    "WorkingText",
    "check_working",
    "read_working",
    "verdicts",
]

_HABIT = 2  # numbers that are cut off, from which on all of them are taken to be


def check_working(
    setup: Setup,
    w1: float,
    w2: float,
    texts: Mapping[str, str],
    numerals: Numerals = FILES,
    lesson: Lesson = ARTICLE,
) -> CheckedWorking:
    """Return the verdict of each line of an iteration that begins with the weights w1 and w2.

    `texts` are the numbers as they were written, by their code names; all of them may be missing.
    They are read as the number boxes read them. Never raises: what cannot be read is marked.
    """
    checked = _Check(setup, w1, w2, texts, numerals, lesson).working()
    lines = {line.name: line.written for line in checked.lines if line.written}
    is_wrong = checked.first_wrong is not None
    said = remarks(setup, w1, w2, lines, numerals, lesson, is_wrong=is_wrong)
    found = None if is_wrong else hiding(setup, w1, w2, lines, lesson)
    return checked._replace(remarks=said, shown_by=(found.name, found.value) if found else None)


def verdicts(
    setup: Setup,
    w1: float,
    w2: float,
    texts: Mapping[str, str],
    numerals: Numerals = FILES,
    lesson: Lesson = ARTICLE,
) -> tuple[Verdict, ...]:
    """Return the verdicts alone, without causes, which is quick."""
    check = _Check(setup, w1, w2, texts, numerals, lesson)
    return tuple(check.verdict(name) for name in lesson.step_of)


class _Check:
    """A working being judged."""

    def __init__(
        self,
        setup: Setup,
        w1: float,
        w2: float,
        texts: Mapping[str, str],
        numerals: Numerals,
        lesson: Lesson,
    ) -> None:
        self._lesson, self._texts, self._numerals = lesson, texts, numerals
        given = {each.name: float(getattr(setup, each.name)) for each in lesson.given}
        self._given = given | {"w1": w1, "w2": w2}
        # True values, to tell whether a number that follows from a wrong one is right by chance.
        self._true = self._given | dict(
            zip(lesson.step_of, lesson.compute(setup, w1, w2), strict=True)
        )
        self._after = self._next(setup)
        self._before = {f"new_{weight}": self._given[weight] for weight in lesson.gradients}
        self._written: dict[str, WrittenNumber] = {}
        self._problems: dict[str, str] = {}
        for name in lesson.step_of:
            self._read(name, texts.get(name, ""))
        if usual := self._usual_digits:
            self._written = {n: each.with_digits(usual) for n, each in self._written.items()}
        self._points = self._point_values()
        # What the person may have computed with, from the number written to the one it stands for.
        self._boxes: dict[str, Interval] = {}
        # The same, had no line been wrong: who miscopies a number may go on with the right one.
        self._unspoilt: dict[str, Interval] = {}
        self._recovered: set[str] = set()
        self._verdicts: dict[str, Verdict] = {}
        self._judge_all(HALF)
        if Verdict.WRONG in self._verdicts.values():
            self._judge_as_cut_off()

    def _judge_as_cut_off(self) -> None:
        """Judge as of a person who cuts off in every line, where that is likely.

        It is, where it explains numbers that were wrong, or where several are cut off already.
        """
        before = self._boxes, self._unspoilt, self._recovered, self._verdicts
        now = Counter(self._verdicts.values())
        self._judge_all(WHOLE)
        then = Counter(self._verdicts.values())
        if now[Verdict.CUT_OFF] < _HABIT and then[Verdict.WRONG] >= now[Verdict.WRONG]:
            self._boxes, self._unspoilt, self._recovered, self._verdicts = before

    def _judge_all(self, units: float) -> None:
        """Judge all lines of a person whose numbers stand for so much."""
        self._boxes = {name: Interval(x, x) for name, x in self._given.items()}
        self._unspoilt = dict(self._boxes)
        self._recovered, self._verdicts = set(), {}
        for name in self._lesson.step_of:
            self._verdicts[name] = self._judge(name, units)

    def _next(self, setup: Setup) -> dict[str, float]:
        """Return the true values of the next iteration."""
        news = (self._true[f"new_{weight}"] for weight in self._lesson.gradients)
        return dict(zip(self._lesson.step_of, self._lesson.compute(setup, *news), strict=True))

    def _read(self, name: str, text: str) -> None:
        if not text.strip():
            return
        try:
            self._written[name] = written_number(text, self._numerals)
        except NumberError as error:
            self._problems[name] = str(error)

    def _formula(self, name: str) -> Expression:
        formula = self._lesson.quantities[name].expression
        if formula is None:
            raise ValueError(f"{name} is given")
        return formula

    def expanded(self, name: str) -> Expression:
        """Return a line's formula with those of the lines that are missing put in."""
        return self._put_in(self._formula(name))

    def _put_in(self, formula: Expression) -> Expression:
        for used in uses(formula):
            if used not in self._given and used not in self._written:
                formula = replaced(formula, Reference(used), self.expanded(used))
        return formula

    def _point_values(self) -> dict[str, float]:
        """Return what the person computes with, to the digits written; missing lines follow."""
        values = dict(self._given)
        for name in self._lesson.step_of:
            written = self._written.get(name)
            values[name] = written.value if written else value(self._formula(name), values, DOUBLES)
        return values

    def verdict(self, name: str) -> Verdict:
        """Return the verdict of a line."""
        return self._verdicts[name]

    def _judge(self, name: str, usual: float) -> Verdict:
        formula, written = self._formula(name), self._written.get(name)
        follows = hull(formula, self._boxes)
        is_spoilt = any(self._boxes[used] != self._unspoilt[used] for used in uses(formula))
        should_be = hull(formula, self._unspoilt) if is_spoilt else follows
        if written is None:
            self._boxes[name] = self._bridged(follows, usual)
            self._unspoilt[name] = self._bridged(should_be, usual)
            return Verdict.UNREADABLE if name in self._problems else Verdict.MISSING
        units = _units(written, follows)
        true_units = _units(written, should_be)
        if units is None and true_units is not None and not self._is_own_mistake(name):
            units, follows = true_units, should_be
            self._recovered.add(name)
        source = None if units is None else follows
        self._boxes[name] = used_interval(written, source, max(units or usual, usual))
        is_true = true_units is not None
        self._unspoilt[name] = self._boxes[name] if is_true else self._bridged(should_be, usual)
        return self._named(name, units)

    def _named(self, name: str, units: float | None) -> Verdict:
        """Return the verdict of a line that is right within so many units, None where it is not."""
        if units is None:
            return Verdict.WRONG
        if self._says_nothing(name):
            return Verdict.UNCLEAR
        if name not in self._recovered and self._is_tainted(name):
            true = self._true[name]
            if not meets(self._written[name].interval(HALF), Interval(true, true)):
                return Verdict.FROM_YOURS
        return Verdict.RIGHT if units == HALF else Verdict.CUT_OFF

    @cached_property
    def _exchanged(self) -> dict[str, str]:
        return exchanged(self._written, self._true)

    def _is_own_mistake(self, name: str) -> bool:
        """Say whether a number that would be right comes from wrong ones by another mistake."""
        formula, written = self._formula(name), self._written[name]
        if any(used in self._exchanged for used in uses(formula)):
            return False
        return is_explained(name, written, formula, self._known, self._lesson)

    @property
    def _known(self) -> OwnNumbers:
        later = {name: Interval(x, x) for name, x in self._points.items()}
        is_cutting = Verdict.CUT_OFF in self._verdicts.values()
        return OwnNumbers(self._points, self._true, later | self._boxes, is_cutting)

    def _bridged(self, follows: Interval, units: float) -> Interval:
        """Return what a person may have had in a line that is missing, written as the others."""
        largest = max(map(abs, follows))
        if self._usual_digits is None or not 0.0 < largest < math.inf:
            return follows
        unit = 10.0 ** (math.floor(math.log10(largest)) - self._usual_digits + 1)
        return shortened(follows, {unit, self._usual_unit}, units)

    @cached_property
    def _usual_unit(self) -> float:
        """The unit of the last digit of a person who writes so many decimals everywhere, or 0."""
        found = [each.unit for each in self._written.values() if each.unit]
        return found[0] if len(found) > 1 and len(set(found)) == 1 else 0.0

    @cached_property
    def _usual_digits(self) -> int | None:
        """With how many significant digits the person writes, or None where nothing is written."""
        found = [
            math.floor(math.log10(abs(each.value))) - round(math.log10(each.unit)) + 1
            for each in self._written.values()
            if each.value and each.unit and math.isfinite(each.value)
        ]
        return sorted(found)[len(found) // 2] if found else None

    def _says_nothing(self, name: str) -> bool:
        """Say whether the digits of a line are too few to tell right from wrong."""
        low, high = self._written[name].interval(HALF)
        expected = value(self._formula(name), self._points, DOUBLES)
        # A new weight that may be the old one says nothing of its step, nor a 0 of its sign.
        nothing = self._before.get(name, 0.0)
        return low <= nothing <= high and low < high and expected != nothing

    def _is_tainted(self, name: str) -> bool:
        """Say whether a line follows from one that is wrong."""
        bad = (Verdict.WRONG, Verdict.FROM_YOURS)
        return any(
            self._verdicts[used] in bad or (used not in self._written and self._is_tainted(used))
            for used in uses(self._formula(name))
            if used not in self._given
        )

    def working(self) -> CheckedWorking:
        """Return all lines."""
        lines = tuple(self._line(name) for name in self._lesson.step_of)
        wrong = (line.name for line in lines if line.verdict is Verdict.WRONG)
        return CheckedWorking(lines, next(wrong, None), ())

    def _line(self, name: str) -> CheckedLine:
        verdict = self._verdicts[name]
        expected = value(self._formula(name), self._points, DOUBLES)
        found = self._causes(name) if verdict is Verdict.WRONG else ()
        is_exact = verdict is not Verdict.RIGHT or self._follows(name, expected)
        why = self._why(name, verdict, found, expected, is_exact=is_exact)
        text = self._texts.get(name, "").strip()
        is_recovered = name in self._recovered
        return CheckedLine(name, text, verdict, expected, found, why, is_exact, is_recovered)

    def _follows(self, name: str, expected: float) -> bool:
        """Say whether a number follows from those before, just as they are written."""
        written = self._written[name]
        return abs(expected - written.value) <= HALF * written.unit * (1 + 1e-9) + _ulps(expected)

    def _why(
        self,
        name: str,
        verdict: Verdict,
        found: tuple[Cause, ...],
        expected: float,
        *,
        is_exact: bool,
    ) -> str:
        step = self._lesson.steps[self._lesson.step_of[name] - self._lesson.first_step]
        match verdict:
            case Verdict.RIGHT if name in self._recovered:
                return _("right, but from other numbers than those that you wrote")
            case Verdict.RIGHT if not is_exact:
                digits = _digits_to(expected, self._written[name].unit)
                sentence = _("right to the digits you wrote; as they stand they give {number}")
                return sentence.format(number=self._numerals.short(expected, digits))
            case Verdict.RIGHT:
                return step.why
            case Verdict.FROM_YOURS:
                named = ", ".join(map(self._symbol, dict.fromkeys(self._wrong_sources(name))))
                return _("right, given your {names}").format(names=named)
            case Verdict.CUT_OFF:
                return _("cut off, not rounded")
            case Verdict.UNCLEAR:
                return _("too few digits to tell")
            case Verdict.UNREADABLE:
                return self._problems[name]
            case Verdict.WRONG if not found:
                return _("no mistake that Backprop knows gives this")
        return ""

    def _wrong_sources(self, name: str) -> Iterator[str]:
        """Yield the wrong lines from which a line follows."""
        for used in uses(self.expanded(name)):
            if self._verdicts.get(used) is Verdict.WRONG:
                yield used
            elif self._verdicts.get(used) is Verdict.FROM_YOURS:
                yield from self._wrong_sources(used)

    def _symbol(self, name: str) -> str:
        return notation.plain(self._lesson.quantities[name].symbol)

    def _causes(self, name: str) -> tuple[Cause, ...]:
        own, whole = self._formula(name), self.expanded(name)
        formulas = (own,) if whole == own else (own, whole)  # a mistake may be in a missing line
        expected = value(own, self._points, DOUBLES)
        found = slips(
            name,
            whole,
            self._texts[name],
            self._written[name],
            expected,
            self._exchanged.get(name),
            self._after,
            self._lesson,
        )
        return causes(name, self._written[name], formulas, self._known, found, self._lesson)


def _units(written: WrittenNumber, follows: Interval) -> float | None:
    """Return within how many units of its last digit a number follows, or None."""
    return next((u for u in (HALF, WHOLE) if meets(follows, written.interval(u))), None)


def _ulps(x: float) -> float:
    return 8 * math.ulp(x)


def _digits_to(x: float, unit: float) -> int:
    """Return with how many significant digits a number ends at this unit, 3 to 17."""
    if not (x and unit and math.isfinite(x)):
        return 17
    digits = math.floor(math.log10(abs(x))) - math.floor(math.log10(unit) + 0.5) + 1
    return min(max(digits, 3), 17)
