"""The only place where a number becomes text, and text a number."""

import math
import re
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar

from backprop_gui.i18n import _

MINUS = "\N{MINUS SIGN}"
DIGITS = 4  # significant digits on screen, where nothing else is asked for
DIGITS_RANGE = range(3, 18)  # that may be asked for; 17 tell any two doubles apart

POINT, COMMA = ".", ","
_NARROW_SPACE = "\N{NARROW NO-BREAK SPACE}"
# On the screen only. A thread that writes files has a context of its own, with the point.
_decimal_sign: ContextVar[str] = ContextVar("decimal sign", default=POINT)

_LONGEST = 60
_DECIMAL = re.compile(r"[+-]?(\d+([.,]\d*)?|[.,]\d+)([eE][+-]?\d+)?", re.ASCII)
_GROUPED = re.compile(r"[+-]?\d{1,3}(\.\d{3})+", re.ASCII)  # 5.000 is five to some
_WHOLE = re.compile(r"[+-]?\d+([ _'\u00a0\u202f]\d{3})*", re.ASCII)


class NumberError(ValueError):
    """Text that is no number which this program can use; its own text is a sentence."""


def exact(x: float) -> str:
    """Return the shortest text that gives the double `x` back, for fields and files."""
    if not math.isfinite(x):
        return {math.inf: "inf", -math.inf: "-inf"}.get(x, "nan")
    mantissa, _e, exponent = repr(x).partition("e")
    mantissa = mantissa.removesuffix(".0")
    return f"{mantissa}e{int(exponent)}" if exponent else mantissa


def short(x: float, digits: int = DIGITS) -> str:
    """Return `x` with `digits` significant digits, for the screen: −0.04239, 4.986e−5, ∞."""
    if math.isnan(x):
        return _("not a number")
    if math.isinf(x):
        return "∞" if x > 0 else f"{MINUS}∞"
    mantissa, _e, exponent = f"{x + 0.0:#.{digits}g}".partition("e")
    text = mantissa.removesuffix(".") + (f"e{int(exponent)}" if exponent else "")
    return on_screen(text)


def given(x: float, digits: int = DIGITS) -> str:
    """Return a number that a person gave, as it was given where it is short enough: 0.9."""
    text = on_screen(exact(x))
    return text if len(text) <= digits + 3 else short(x, digits)


def full(x: float) -> str:
    """Return `x` with all of its 17 significant digits, for the screen."""
    return short(x, 17) if math.isfinite(x) else short(x)


def on_screen(text: str) -> str:
    """Return the text of a number with a true minus sign, as it is shown to a person."""
    text = text.replace("-", MINUS)
    return text if _decimal_sign.get() == POINT else text.replace(POINT, COMMA)


def decimal_sign() -> str:
    """Return the decimal sign of numbers on the screen of this thread, POINT or COMMA."""
    return _decimal_sign.get()


def set_decimal_sign(sign: str) -> None:
    """Show numbers with this decimal sign, POINT or COMMA, on the screen of this thread."""
    _decimal_sign.set(sign)


@contextmanager
def in_files() -> Iterator[None]:
    """Let numbers become texts for files or the clipboard: always with a point."""
    token = _decimal_sign.set(POINT)
    try:
        yield
    finally:
        _decimal_sign.reset(token)


def to_edit(text: str) -> str:
    """Return the text of a number as it stands in a box where it can be edited."""
    return text if _decimal_sign.get() == POINT else text.replace(POINT, COMMA)


def latex(text: str) -> str:
    """Return the text of a number as LaTeX: -0.04239, 4.986\\times 10^{-5}, \\infty."""
    mantissa, e, exponent = text.replace(MINUS, "-").partition("e")
    if not re.fullmatch(r"-?[\d.,]+", mantissa):
        sign, _infinity, rest = text.replace(MINUS, "-").rpartition("∞")
        return rf"\text{{{rest}}}" if rest else rf"{sign}\infty"
    mantissa = mantissa.replace(COMMA, "{,}")  # no list, so no space after it
    return mantissa + (rf"\times 10^{{{exponent}}}" if e else "")


def is_rounded(text: str, x: float) -> bool:
    """Say whether the text of the number `x`, as it is on the screen, leaves something out."""
    return math.isfinite(x) and float(text.replace(MINUS, "-").replace(COMMA, POINT)) != x


def count(n: int) -> str:
    """Return a number of iterations with its digits in groups of three: 10,000,000."""
    text = f"{n:,}"
    return text if _decimal_sign.get() == POINT else text.replace(",", _NARROW_SPACE)


def parse(text: str) -> float:
    """Return the double that `text` names: 0.5, 0,5, 5e-5, 1/3.

    Raises NumberError with a sentence about the text where it names none.
    """
    tidy = _tidy(text)
    numerator, slash, denominator = tidy.partition("/")
    if not slash:
        return _decimal(tidy, text)
    divisor = _decimal(denominator.strip(), text)
    if divisor == 0:
        raise NumberError(_("“{text}” divides by zero").format(text=clipped(text)))
    quotient = _decimal(numerator.strip(), text) / divisor
    if not math.isfinite(quotient):
        raise NumberError(_too_large(text))
    return quotient


def parse_whole(text: str) -> int:
    """Return the whole number that `text` names: 5000, 5 000, 1e7.

    Raises NumberError where it names none; a comma may mean two things and is refused.
    """
    tidy = _tidy(text)
    if _WHOLE.fullmatch(tidy):
        return int(re.sub(r"[^\d+-]", "", tidy))
    if _GROUPED.fullmatch(tidy) or "," in tidy:
        sentence = _("“{text}” can be read in two ways; write it without commas and points")
        raise NumberError(sentence.format(text=clipped(text)))
    value = parse(text)
    if not value.is_integer():
        raise NumberError(_("“{text}” is not a whole number").format(text=clipped(text)))
    return int(value)


def _tidy(text: str) -> str:
    tidy = text.strip().replace(MINUS, "-")
    if not tidy:
        raise NumberError(_("a number is missing"))
    if len(tidy) > _LONGEST:
        raise NumberError(_("“{text}” is too long for a number").format(text=clipped(text)))
    return tidy


def _decimal(tidy: str, text: str) -> float:
    if not _DECIMAL.fullmatch(tidy):
        raise NumberError(_("“{text}” is not a number").format(text=clipped(text)))
    value = float(tidy.replace(",", "."))
    if math.isinf(value):
        raise NumberError(_too_large(text))
    if value == 0 and re.search("[1-9]", re.split("[eE]", tidy)[0]):
        raise NumberError(_("“{text}” is too small for a double").format(text=clipped(text)))
    return value


def _too_large(text: str) -> str:
    return _("“{text}” is too large for a double").format(text=clipped(text))


def clipped(text: str) -> str:
    """Return a piece of text on one line, shortened to what a message can quote."""
    line = " ".join(text.split())
    return line if len(line) <= 24 else line[:23] + "…"
