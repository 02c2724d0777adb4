"""The characters of numbers that were typed or copied somewhere, as the plain ones they mean.

All that is read of a person goes through here, numbers alone and in positions. It travels with
direction marks, no-break spaces, another program's minus, or the digits of another script. What
cannot change the number goes, what means the same is made the same, and what is left over is
named.
"""

import re
import unicodedata
from functools import cache

_PLAIN = {
    **dict.fromkeys("‐‑‒–—―−˗﹘﹣－➖", "-"),
    **dict.fromkeys("`´‘’‛ʹʻʼˈ′ꞌ\N{ARABIC THOUSANDS SEPARATOR}", "'"),
    **dict.fromkeys("⁄∕÷", "/"),
    **dict.fromkeys("×·⋅∙✕✖⨯", "*"),
    "\N{ARABIC DECIMAL SEPARATOR}": ".",
}
_SAME_GLYPH = ("<wide>", "<narrow>", "<small>", "<font>")  # as Unicode says what is compatible
_IN_NUMBERS = frozenset("+-.,'`/*^_eEx")
_IN_POSITIONS = frozenset(":;lastLAST")
_RAISED = str.maketrans("⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "+-0123456789")
_RAISED_POWER = re.compile(r"(?<=10)[⁺⁻]?[⁰¹²³⁴⁵⁶⁷⁸⁹]+")

# Unicode's Default_Ignorable_Code_Point: what has no glyph and only tells how others are set. Left
# out are invisible operators (U+2061 to U+2064) and U+202E, with which 5.0 is seen as 0.5.
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202d\u2060"
    "\u2066-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
    "\U000e0001\U000e0020-\U000e007f\U000e0100-\U000e01ef]"
)


class OddCharacterError(ValueError):
    """A character that is in no number; its own text names it."""

    def __init__(self, character: str) -> None:
        super().__init__(_named(character))


def visible(text: str) -> str:
    """Return a text without the characters that have no glyph and no meaning in a number."""
    return _INVISIBLE.sub("", text)


def plain(text: str) -> str:
    """Return a number's text in ASCII, but for fractions such as ½.

    Apostrophes and spaces of all kinds are one each, a product's sign is `*`, and what is raised
    behind a 10 stands behind `^`. Raises OddCharacterError.
    """
    raised = _RAISED_POWER.sub(lambda found: "^" + found[0].translate(_RAISED), visible(text))
    _of_one_script(raised)
    for character in raised:  # within a power it is what breaks the power that is odd
        if ord(character) not in _RAISED:
            _plain(character)
    return "".join(map(_plain, raised))


def fraction(character: str) -> tuple[int, int] | None:
    """Return numerator and denominator of a character such as ½, or None for any other."""
    if not unicodedata.decomposition(character).startswith("<fraction>"):
        return None
    over, _slash, under = unicodedata.normalize("NFKC", character).partition("⁄")
    return (int(over), int(under)) if over.isdecimal() and under.isdecimal() else None


@cache
def _plain(character: str) -> str:
    if character in _PLAIN:
        return _PLAIN[character]
    if (character.isascii() and character.isprintable()) or fraction(character):
        return character
    category = unicodedata.category(character)
    if category == "Zs":
        return " "
    if category == "Nd":
        return str(unicodedata.decimal(character))
    if unicodedata.decomposition(character).startswith(_SAME_GLYPH):
        same = unicodedata.normalize("NFKC", character)
        if same in _IN_NUMBERS or same in _IN_POSITIONS:
            return _plain(same)
    raise OddCharacterError(character)


def _of_one_script(text: str) -> None:
    """Raise OddCharacterError at a digit of another script than the others: ৪ is no 8 but a 4."""
    digits = [c for c in text if unicodedata.category(c) == "Nd"]
    if len({_zero(digit) for digit in digits}) > 1:
        raise OddCharacterError(next(digit for digit in digits if _zero(digit) != "0"))


def _zero(digit: str) -> str:
    """Return the 0 of a digit's script; wide and styled digits are the usual ones."""
    if unicodedata.decomposition(digit).startswith(_SAME_GLYPH):
        return "0"
    return chr(ord(digit) - unicodedata.decimal(digit))


def _named(character: str) -> str:
    code = f"U+{ord(character):04X}"
    name = unicodedata.name(character, "")
    if not name:
        return code
    is_seen = character.isprintable() and not unicodedata.category(character).startswith("M")
    return f"{character} ({name})" if is_seen else f"{code} ({name})"
