"""The only place where a number becomes text, and text a number."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from backprop_gui.lesson import typed_numbers
from backprop_gui.system.foreign import picture
from backprop_gui.system.texts import _

if TYPE_CHECKING:  # imported where it is used: the first frame does without
    from decimal import Decimal

    from backprop_gui.core.network import Method, Setup

MINUS = "\N{MINUS SIGN}"
DIGITS = 4  # significant digits on screen, where nothing else is asked for
DIGITS_RANGE = range(3, 18)  # that may be asked for; 17 tell any two doubles apart

POINT, COMMA = ".", ","
_DOT = "\N{MIDDLE DOT}"
_RAISED = "⁻⁰¹²³⁴⁵⁶⁷⁸⁹"
_RAISE = str.maketrans("-0123456789", _RAISED)
_LOWER = str.maketrans(_RAISED, "-0123456789")
# Decades of the first digit within which a number is written without a power of ten: 0.0001234,
# 1234. So its form is the number's own, and does not change with the digits that are shown.
_WITHOUT_POWER = range(-4, 4)
_SHOWN = re.compile(
    rf"({MINUS}?)(?:([\d.,]+)(?:{_DOT}10([{_RAISED}]+))?|10([{_RAISED}]+))", re.ASCII
)
_NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"

_LONGEST, _LONGEST_TYPED = 60, 1000
_DECIMAL = re.compile(r"([+-]?)([\d.,' _]*[\d.,])(?:[eE]([+-]?\d+))?", re.ASCII)
_POWER = re.compile(
    r"([+-]?)(?:([\d.,' _]*[\d.,]) ?[*x] ?)?10 ?(?:\^|\*\*) ?(?:([+-]?\d+)|\{([+-]?\d+)\})",
    re.ASCII,
)
_MIXED = re.compile(r"([+-]?)(?:(\d+) ?)?([^\x00-\x7f])", re.ASCII)
_UNGROUPED = re.compile(r"\d+([.,]\d*)?|[.,]\d+", re.ASCII)
# A thousand to some, one to others. Nobody puts a 0 in front of a thousand.
_ONE_GROUP = re.compile(r"[+-]?[1-9]\d{0,2}[.,]\d{3}", re.ASCII)
# In groups of three, and in one way only: by what is no decimal sign, by more than one of the
# same, or by one with another behind it.
_GROUPED = re.compile(
    r"([1-9]\d{0,2})(?=[ '_]|.\d{3}[.,])([., '_])(\d{3}(?:\2\d{3})*)((?!\2)[.,]\d+)?", re.ASCII
)
_WHOLE = re.compile(r"[+-]?\d+|[+-]?[1-9]\d{0,2}([., '_])\d{3}(\1\d{3})*", re.ASCII)
_IN_BRACKETS = re.compile(r"\(([+-].*)\)")  # what has no sign may be negative to an accountant
_RELATION = re.compile(
    r"^(∂?[^\W\d_]\w{0,12}(/∂[^\W\d_]\w{0,6})?)?\s*([=≈←→]|\\approx\b|\\leftarrow\b)\s*"
)
_IN_DOLLARS = re.compile(r"^\$([^$]*)\$$")
_TIMES = re.compile(r"\\(?:times|cdot)\b")


class NumberError(ValueError):
    """Text that is no number which this program can use; its own text is a sentence."""


def exact(x: float) -> str:
    """Return the shortest text that gives the double `x` back, for fields and files."""
    if not math.isfinite(x):
        return {math.inf: "inf", -math.inf: "-inf"}.get(x, "nan")
    mantissa, _e, exponent = repr(x).partition("e")
    mantissa = mantissa.removesuffix(".0")
    return f"{mantissa}e{int(exponent)}" if exponent else mantissa


def with_digits(x: float, digits: int) -> str:
    """Return a finite number with so many significant digits, as files have it: 0.0250, 2.5e-05."""
    with_power = f"{x + 0.0:.{digits - 1}e}"
    decade = int(with_power.partition("e")[2])
    if decade in _WITHOUT_POWER and decade < digits:
        return f"{x + 0.0:#.{digits}g}".removesuffix(".")
    return with_power


@dataclass(frozen=True, slots=True)
class Numerals:
    """How numbers look to a person: with so many significant digits, and this decimal sign.

    It is handed over by whoever has a text made, so that a text looks the same wherever it is
    made. FILES are those of all files, and of the command line. The numbers of a run that is
    computed by a `method` with digits of its own have these: see `of`.
    """

    digits: int = DIGITS
    decimal_sign: str = POINT
    method: "Method | None" = None

    def of(self, setup: "Setup") -> "Numerals":
        """Return the numerals for the values of a setup's run."""
        method = setup.method if setup.is_on_paper else None
        return self if self.method == method else replace(self, method=method)

    def with_digits(self, digits: int) -> "Numerals":
        """Return the same with another number of significant digits."""
        return replace(self, digits=digits)

    def short(self, x: float, digits: int = 0) -> str:
        """Return `x` with the significant digits, or so many: −0.04239, 4.986·10⁻⁵, ∞."""
        if math.isnan(x):
            return _("not a number")
        if math.isinf(x):
            return "∞" if x > 0 else f"{MINUS}∞"
        if self.method and not digits:
            text = self.method.text(x)  # without a power it stays so, with all digits that it has
            return self.signed(text) if "e" in text else self.editable(text.replace("-", MINUS))
        return self.signed(with_digits(x, digits or self.digits))

    def given(self, x: float) -> str:
        """Return a number that a person gave, as it was given where it is short enough: 0.9."""
        is_short = self.method or len(exact(x)) <= self.digits + 3
        return self.exact(x) if is_short else self.short(x)

    def told_apart(self, x: float, y: float) -> tuple[str, str]:
        """Return two numbers with the significant digits, or as many as it takes to differ."""
        for enough in self._more:
            texts = self.short(x, enough), self.short(y, enough)
            if texts[0] != texts[1]:
                return texts
        return self.short(x), self.short(y)

    def beside(self, x: float, limit: float) -> str:
        """Return `x` with the significant digits, or as many as it takes to stay below `limit`.

        What is not below it stays so, too.
        """
        for enough in self._more:
            text = self.short(x, enough)
            if not math.isfinite(x) or (float(_typed(text)) < limit) == (x < limit):
                return text
        return self.short(x)

    @property
    def _more(self) -> Iterable[int]:
        """How many digits there may be where a number needs them; on paper are no more."""
        return () if self.method else range(self.digits, DIGITS_RANGE.stop)

    def full(self, x: float) -> str:
        """Return `x` with all digits that it has: those on paper, or the 17 of a double."""
        return self.short(x, 0 if self.method else 17)

    def exact(self, x: float) -> str:
        """Return the shortest text that gives the double `x` back, as it is shown: −5·10⁻⁵."""
        return self.signed(exact(x))

    def all_of(self, x: float) -> str:
        """Return a number with all that it has: an int is a count, a float is a double."""
        return self.count(x) if isinstance(x, int) else self.exact(x)

    def count(self, n: int) -> str:
        """Return a number of iterations with its digits in groups of three: 10,000,000."""
        text = f"{n:,}".replace("-", MINUS)
        return text if self.decimal_sign == POINT else text.replace(",", _NARROW_SPACE)

    def signed(self, text: str) -> str:
        """Return a number's text from a file, -5e-5, as it is shown: −5·10⁻⁵."""
        return self.editable(_with_power(text).replace("-", MINUS))

    def editable(self, text: str) -> str:
        """Return the text of a number as it stands in a box where it can be edited."""
        return text if self.decimal_sign == POINT else text.replace(POINT, COMMA)


FILES = Numerals()


def _with_power(text: str) -> str:
    """Return a number's text from a file with a power of ten where one is shown: -5·10⁻⁵."""
    mantissa, e, exponent = text.lstrip("-").partition("e")
    whole, _point, _rest = mantissa.partition(POINT)
    if not mantissa[:1].isdigit() or (not e and len(whole) <= _WITHOUT_POWER.stop):
        return text
    if not e:
        digits = mantissa.replace(POINT, "").rstrip("0")
        mantissa = POINT.join(filter(None, (digits[:1], digits[1:])))
    sign = text[: text.startswith("-")]
    factor = "" if mantissa == "1" else f"{mantissa}{_DOT}"
    return f"{sign}{factor}10{str(int(exponent or len(whole) - 1)).translate(_RAISE)}"


def parts(text: str) -> tuple[str, str, str] | None:
    """Return sign, factor and exponent of a number's text, as it is shown, or None.

    −5·10⁻⁵ is ("−", "5", "-5"). 10⁻⁵ has no factor, and 0.5 no sign and no exponent: they are "".
    """
    found = _SHOWN.fullmatch(text)
    if not found:
        return None
    return found[1], found[2] or "", (found[3] or found[4] or "").translate(_LOWER)


def at_point(text: str) -> tuple[str, str]:
    """Return a number's text, as it is shown, before its decimal sign and from there on."""
    found = re.search(f"[{POINT}{COMMA}{_DOT}]", text) if parts(text) else None
    return (text[: found.start()], text[found.start() :]) if found else (text, "")


def latex(text: str) -> str:
    """Return the text of a number as LaTeX: -0.04239, 4.986\\cdot 10^{-5}, \\infty."""
    shown = parts(text)
    if shown is None:
        sign, _infinity, rest = text.replace(MINUS, "-").rpartition("∞")
        return rf"\text{{{rest}}}" if rest else rf"{sign}\infty"
    sign, factor, exponent = shown
    factor = factor.replace(COMMA, "{,}")  # no list, so no space after it
    power = rf"10^{{{exponent}}}" if exponent else ""
    return sign.replace(MINUS, "-") + r"\cdot ".join(filter(None, (factor, power)))


def is_rounded(text: str, x: float) -> bool:
    """Say whether the text of the number `x`, as it is on the screen, leaves something out."""
    return math.isfinite(x) and float(_typed(text)) != x


def relation(text: str, x: float) -> str:
    """Return what stands between a symbol and the text of its number: ≈ where it is rounded."""
    return "≈" if is_rounded(text, x) else "="


def decimal(text: str) -> "Decimal":
    """Return the text of a finite number, as it is on the screen, as a decimal."""
    from decimal import Decimal

    return Decimal(_typed(text))


def _typed(text: str) -> str:
    """Return the text of a finite number, as it is shown, as Python reads it."""
    shown = parts(text)
    if shown is None:
        return text
    sign, factor, exponent = shown
    return f"{sign and '-'}{factor.replace(COMMA, POINT) or 1}e{exponent or 0}"


def digits_of(x: "Decimal") -> int:
    """Return how many significant digits a decimal is written with."""
    return len(x.as_tuple().digits)


def parse(text: str, decimal_sign: str = POINT) -> float:
    """Return the double that `text` names: 0.5, 0,5, 5e-5, 1/3, ½, 1 000, 4.986·10⁻⁵, w₁ ≈ 0.5.

    Raises NumberError with a sentence about the text where it names none, or where it can be
    read in two ways that the decimal sign does not decide.
    """
    return _value(_tidy(text), text, decimal_sign)


def parse_whole(text: str, decimal_sign: str = POINT) -> int:
    """Return the whole number that `text` names: 5000, 5 000, 5,000, 10,000,000, 1e7.

    What `Numerals.count` writes is read back. Raises NumberError where it names none, and where
    the decimal sign stands before three digits: 5.000 may mean two things.
    """
    tidy = _tidy(text)
    if _ONE_GROUP.fullmatch(tidy):
        if decimal_sign in tidy:
            sentence = _("“{text}” can be read in two ways; write it without commas and points")
            raise NumberError(sentence.format(text=quoted(text)))
        return int(re.sub("[.,]", "", tidy))
    if _WHOLE.fullmatch(tidy):
        sign, digits = tidy[: tidy[0] in "+-"], tidy.lstrip("+-")
        return int(sign + _pointed(digits, text, decimal_sign))
    value = _value(tidy, text, decimal_sign)
    if not value.is_integer():
        raise NumberError(_("“{text}” is not a whole number").format(text=quoted(text)))
    return int(value)


def _tidy(text: str) -> str:
    """Return the text of a number in plain characters, without what may stand around it."""
    if len(text) > _LONGEST_TYPED and len(text.strip()) > _LONGEST_TYPED:
        raise NumberError(_("“{text}” is too long for a number").format(text=quoted(text)))
    bare = _RELATION.sub("", _IN_DOLLARS.sub(r"\1", typed_numbers.visible(text).strip()).strip())
    bare = _TIMES.sub("*", bare).replace("{,}", COMMA)
    try:
        tidy = typed_numbers.plain(bare).strip()
    except typed_numbers.OddCharacterError as error:
        sentence = _("“{text}” is not a number: it has {character}")
        raise NumberError(sentence.format(text=quoted(text), character=error)) from error
    if not tidy:
        raise NumberError(_("a number is missing"))
    if len(tidy) > _LONGEST:
        raise NumberError(_("“{text}” is too long for a number").format(text=quoted(text)))
    if inner := _IN_BRACKETS.fullmatch(tidy):
        return inner[1]
    return tidy


def _value(tidy: str, text: str, decimal_sign: str) -> float:
    if mixed := _MIXED.fullmatch(tidy):
        sign, whole, character = mixed.groups()
        if parts := typed_numbers.fraction(character):
            over, under = parts
            return _quotient(
                f"{sign}{int(whole or 0) * under + over}", str(under), text, decimal_sign
            )
    if "/" not in tidy:
        return float(_named(tidy, text, decimal_sign))
    numerator, denominator = (part.strip() for part in tidy.split("/", 1))
    if " " in numerator or ("*" in denominator and "^" in denominator):
        sentence = _("“{text}” can be read in two ways; write it as one decimal number")
        raise NumberError(sentence.format(text=quoted(text)))
    return _quotient(numerator, denominator, text, decimal_sign)


def _quotient(numerator: str, denominator: str, text: str, decimal_sign: str) -> float:
    from fractions import Fraction

    # Two doubles would be rounded before they are divided, and their quotient again.
    over, under = (Fraction(_named(part, text, decimal_sign)) for part in (numerator, denominator))
    if under == 0:
        raise NumberError(_("“{text}” divides by zero").format(text=quoted(text)))
    try:
        quotient = float(over / under)
    except OverflowError as error:
        raise NumberError(_too_large(text)) from error
    if quotient == 0 and over:
        raise NumberError(_too_small(text))
    return quotient


def _named(tidy: str, text: str, decimal_sign: str) -> str:
    """Return the decimal number that a text names, as Python writes it, if a double can be it."""
    if power := _POWER.fullmatch(tidy):
        sign, mantissa, bare, braced = power.groups()
        tidy = f"{sign}{mantissa or 1}e{bare or braced}"
    found = _DECIMAL.fullmatch(tidy)
    if not found:
        raise _no_number(text)
    sign, mantissa, exponent = found.groups()
    mantissa = _pointed(mantissa, text, decimal_sign)
    named = f"{sign}{mantissa}e{exponent or 0}"
    value = float(named)
    if math.isinf(value):
        raise NumberError(_too_large(text))
    if value == 0 and re.search("[1-9]", mantissa):
        raise NumberError(_too_small(text))
    return named if value else f"{sign}0"  # whatever its exponent


def _pointed(mantissa: str, text: str, decimal_sign: str) -> str:
    """Return digits with their separators as Python writes them: no groups, a decimal point."""
    if grouped := _GROUPED.fullmatch(mantissa):
        first, separator, rest, decimals = grouped.groups()
        return first + rest.replace(separator, "") + (decimals or "").replace(COMMA, POINT)
    if _ONE_GROUP.fullmatch(mantissa) and decimal_sign not in mantissa:
        raise NumberError(_two_ways(mantissa, text, decimal_sign))
    if not _UNGROUPED.fullmatch(mantissa):
        raise _no_number(text)
    return mantissa.replace(COMMA, POINT)


def _two_ways(mantissa: str, text: str, decimal_sign: str) -> str:
    thousands, rest = re.split("[.,]", mantissa)
    with_sign, without = (
        quoted(text.replace(mantissa, better) if mantissa in text else better)
        for better in (thousands + decimal_sign + rest, thousands + rest)
    )
    sentence = _("“{text}” can be read in two ways; write {with_sign} or {without}")
    return sentence.format(text=quoted(text), with_sign=with_sign, without=without)


def _no_number(text: str) -> NumberError:
    return NumberError(_("“{text}” is not a number").format(text=quoted(text)))


def _too_large(text: str) -> str:
    return _("“{text}” is too large for a double").format(text=quoted(text))


def _too_small(text: str) -> str:
    return _("“{text}” is too small for a double").format(text=quoted(text))


def quoted(text: str) -> str:
    """Return what was typed as a message can quote it, without what would turn or hide letters."""
    seen = (
        c if c.isprintable() or c.isspace() else picture(c) or "\N{REPLACEMENT CHARACTER}"
        for c in typed_numbers.visible(text[:_LONGEST_TYPED])
    )
    return clipped("".join(seen))


def clipped(text: str) -> str:
    """Return a piece of text on one line, shortened to what a message can quote."""
    line = " ".join(text.split())
    return line if len(line) <= 24 else line[:23] + "…"
