"""Texts from outside, such as the names of files, as they stand within a sentence of ours."""

import unicodedata
from pathlib import Path

MOST = 240  # characters of a name or a path in a sentence
_KEPT = "\N{ZERO WIDTH JOINER}\N{ZERO WIDTH NON-JOINER}"  # parts of words and of emoji
_HIDDEN = {"Cc", "Cf", "Cs", "Zl", "Zp"}  # controls, marks of direction, halves of characters
_FROM_RIGHT = {"R", "AL", "AN"}
_PICTURES = {chr(code): chr(0x2400 + code) for code in range(0x20)}  # that Unicode has of controls
_PICTURES["\x7f"] = "\N{SYMBOL FOR DELETE}"


def shown(text: str | Path, most: int = MOST) -> str:
    """Return a name as a person sees it in a sentence: on one line, whole, and harmless.

    What is invisible becomes visible: a line break is ␊, a mark that turns the direction of
    writing ⟨U+202E⟩. A name that is written from right to left keeps to itself. Of a longer one
    than `most` characters the middle is left out.
    """
    whole = "".join(map(_visible, str(text)))
    if len(whole) > most:
        head = most // 2
        whole = f"{whole[:head]}…{whole[head + 1 - most :]}"
    if any(unicodedata.bidirectional(character) in _FROM_RIGHT for character in whole):
        return f"\N{FIRST STRONG ISOLATE}{whole}\N{POP DIRECTIONAL ISOLATE}"
    return whole


def picture(character: str) -> str | None:
    """Return the picture of a control character, such as ␊, or None where Unicode has none."""
    return _PICTURES.get(character)


def _visible(character: str) -> str:
    if character in _KEPT or unicodedata.category(character) not in _HIDDEN:
        return character
    return picture(character) or f"⟨U+{ord(character):04X}⟩"
