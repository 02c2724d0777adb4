"""What a person reads about a working: its verdicts, and the help with a line, in words."""

from collections.abc import Mapping
from typing import NamedTuple

from backprop_gui.lesson import notation, numbers
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.own_working import Help, OwnWorking, checked
from backprop_gui.lesson.working import CheckedLine, CheckedWorking, Verdict
from backprop_gui.system.texts import _, ngettext

_SIGNS = {
    Verdict.RIGHT: "✓",
    Verdict.FROM_YOURS: "✓",
    Verdict.CUT_OFF: "✓",
    Verdict.WRONG: "✗",
    Verdict.UNCLEAR: "?",
    Verdict.MISSING: "–",
    Verdict.UNREADABLE: "⚠",
}
_STATES = {
    Verdict.RIGHT: "good",
    Verdict.FROM_YOURS: "yours",
    Verdict.CUT_OFF: "good",
    Verdict.WRONG: "bad",
    Verdict.UNREADABLE: "bad",
}
_WORDS = {
    Verdict.RIGHT: _("right"),
    Verdict.CUT_OFF: _("cut off, not rounded"),
    Verdict.WRONG: _("wrong"),
    Verdict.UNCLEAR: _("too few digits to tell"),
    Verdict.MISSING: _("empty"),
    Verdict.UNREADABLE: _("cannot be read"),
}
_FINE = (Verdict.RIGHT, Verdict.CUT_OFF)
_WRITTEN = tuple(verdict for verdict in Verdict if verdict is not Verdict.MISSING)


class Said(NamedTuple):
    """A verdict as it is shown: its sign, its words, and whether it is good, bad, or yours."""

    sign: str
    words: str
    state: str = ""

    @property
    def text(self) -> str:
        """The sign and the words; an empty line has its sign alone."""
        return self.sign if self.sign == _SIGNS[Verdict.MISSING] else f"{self.sign} {self.words}"


NOTHING = Said("", "")


class Shown(NamedTuple):
    """What is shown of a working: nothing of a test that is not handed in, but what is unreadable.

    `verdicts` are by code name, and so are `problems`: why a text cannot be read.
    """

    found: CheckedWorking | None
    verdicts: Mapping[str, Said]
    problems: Mapping[str, str]

    def said(self, name: str) -> Said:
        """Return the verdict on the line of this code name."""
        return self.verdicts.get(name, NOTHING)

    @property
    def words(self) -> dict[str, str]:
        """The words of the verdicts by code name."""
        return {name: verdict.words for name, verdict in self.verdicts.items()}

    def line(self, name: str) -> CheckedLine | None:
        """Return the line of this code name, where something may be said of it."""
        lines = self.found.lines if self.found else ()
        return next((line for line in lines if line.name == name), None)


def shown_verdicts(working: OwnWorking, numerals: Numerals) -> Shown:
    """Return what is shown of a working."""
    found = checked(working, numerals)
    if found is None:
        return Shown(None, {}, {})
    verdicts = {line.name: said(line, found) for line in found.lines}
    problems = {
        line.name: explained(line, found, numerals).rstrip(".")
        for line in found.lines
        if line.verdict is Verdict.UNREADABLE
    }
    if working.is_silent:
        return Shown(None, {name: verdicts[name] for name in problems}, problems)
    return Shown(found, verdicts, problems)


def said(line: CheckedLine, checked: CheckedWorking) -> Said:
    """Return the verdict on a line of a working in words."""
    verdict = line.verdict
    words = _WORDS.get(verdict, "")
    if verdict is Verdict.FROM_YOURS:
        words = _follows(line, checked)
    elif line.is_recovered:
        words = _("right, but not from yours")
    elif verdict is Verdict.RIGHT and not _is_exact(line):
        words = _("right to the digits you wrote")
    elif line.name == checked.first_wrong:
        words = _("first wrong line")
    return Said(_SIGNS[verdict], words, _STATES.get(verdict, ""))


def headline(checked: CheckedWorking) -> Said:
    """Return what is said first: which line is the first wrong one, or that none is."""
    written = sum(line.verdict in _WRITTEN for line in checked.lines)
    if checked.first_wrong:
        words = _("First wrong line: {symbol}").format(symbol=symbol(checked.first_wrong))
        return Said(_SIGNS[Verdict.WRONG], words, "bad")
    unread = sum(line.verdict is Verdict.UNREADABLE for line in checked.lines)
    if unread:
        words = ngettext(
            "{count} line cannot be read", "{count} lines cannot be read", unread
        ).format(count=unread)
        return Said(_SIGNS[Verdict.UNREADABLE], words, "bad")
    words = ngettext(
        "No mistake in the {count} line that you wrote",
        "No mistake in the {count} lines that you wrote",
        written,
    ).format(count=written)
    return Said(_SIGNS[Verdict.RIGHT], words, "good")


def explained(line: CheckedLine, checked: CheckedWorking, numerals: Numerals) -> str:
    """Return what is said of a line that needs no help, in a sentence or two."""
    name = symbol(line.name)
    verdict = said(line, checked)
    if line.verdict is Verdict.UNREADABLE:
        return f"{name}: {_problem(line.written, numerals)}."
    if line.verdict is Verdict.MISSING:
        return _("{symbol}: you wrote nothing here.").format(symbol=name)
    if line.verdict is Verdict.UNCLEAR:
        return _(
            "{symbol}: with so few digits a mistake could not be told from rounding. Write one "
            "digit more."
        ).format(symbol=name)
    sentence = f"{name}: {verdict.words}."
    return f"{sentence} {_sentence(line.why)}".rstrip()


def help_text(line: CheckedLine, checked: CheckedWorking, help: Help) -> str:
    """Return what is said of a wrong line when so much help has been asked for."""
    return {Help.WHERE: _where, Help.QUESTION: _question, Help.LINE: _told}[help](line, checked)


def symbol(name: str) -> str:
    """Return what a quantity is called: netₕ, but new w₁ where an update makes it."""
    return notation.name(ARTICLE.quantities[name].symbol)


def stopped(remark: str) -> str:
    """Return a remark with a full stop, which one that ends a line of a terminal has not."""
    return remark if remark.endswith((".", "?", "!")) else f"{remark}."


def _where(line: CheckedLine, checked: CheckedWorking) -> str:
    quantity = ARTICLE.quantities[line.name]
    used = ", ".join(notation.plain(ARTICLE.quantities[name].symbol) for name in quantity.uses)
    place = _("Look at {symbol} ({title}). It is computed from {used}.").format(
        symbol=symbol(line.name), title=quantity.title, used=used
    )
    if line.name == checked.first_wrong:
        return f"{place} {_('What you wrote above it has no mistake.')}"
    return f"{place} {_('It does not follow from the numbers that you wrote above it.')}"


def _question(line: CheckedLine, _checked: CheckedWorking) -> str:
    if not line.causes:
        return _("Which formula does {symbol} have, and which numbers stand in it?").format(
            symbol=symbol(line.name)
        )
    return line.causes[0].question


def _told(line: CheckedLine, _checked: CheckedWorking) -> str:
    if not line.causes:
        return _(
            "No mistake that Backprop knows gives {written}. This is the line with your numbers:"
        ).format(written=numbers.quoted(line.written))
    first, *others = (cause.text for cause in line.causes)
    written = numbers.quoted(line.written)
    told = _("{written} comes out like this: {cause}.").format(written=written, cause=first)
    if not others:
        return told
    return f"{told} {_('It may also be this: {causes}.').format(causes='; '.join(others))}"


def _follows(line: CheckedLine, checked: CheckedWorking) -> str:
    """Say which of the person's own numbers, none of ours, a line follows from."""
    verdicts = {each.name: each.verdict for each in checked.lines}
    used = [name for name in ARTICLE.quantities[line.name].uses if name in verdicts]
    own = [name for name in used if verdicts[name] not in (*_FINE, Verdict.MISSING)]
    if own:
        return _("follows from your {symbol}").format(symbol=symbol(own[0]))
    return _("follows from your numbers")


def _is_exact(line: CheckedLine) -> bool:
    try:
        return float(line.written.replace(numbers.MINUS, "-").replace(",", ".")) == line.expected
    except ValueError:
        return False


def _problem(text: str, numerals: Numerals) -> str:
    try:
        numbers.parse(text, numerals.decimal_sign)
    except numbers.NumberError as error:
        return str(error)
    return _("cannot be read")


def _sentence(text: str) -> str:
    text = text.strip()
    return stopped(text[:1].upper() + text[1:]) if text else ""
