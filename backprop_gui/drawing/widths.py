"""How wide a text is at the most, whatever sans it is set in.

A drawing is laid out before anybody knows the font: a screen has one, a slide another. So the sans
is taken for the widest of the usual ones, DejaVu Sans in bold; the letters of symbols are our own.
"""

from functools import lru_cache

from backprop_gui.drawing.shapes import pieces

LOWERED_SIZE = 0.72  # of a subscript, in units of its text
PLATE_HEIGHT, PLATE_MARGIN = 1.4, 0.3  # of the plate behind a text, and its margin at each side

# In units of the size, as the fonts have them; those of symbols, which are in our own, exactly.
_SANS = (
    ("0123456789", 0.70),
    (".,·:'’ \N{NO-BREAK SPACE}", 0.40),
    ("\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}", 0.2),
    ("−+≈=→←×<>∞–", 0.84),
    ("⁰¹²³⁴⁵⁶⁷⁸⁹", 0.44),
    ("⁻", 0.57),
    ("ijlI", 0.38),
    ("frt()", 0.50),
    ("csz", 0.62),
    ("aekvxy", 0.69),
    ("bdghnopqu", 0.72),
    ("m", 1.05),
    ("wW", 0.93),
)
_SYMBOL = (
    ("w", 0.727),
    ("m", 0.83),
    ("nu", 0.565),
    ("h", 0.569),
    ("p", 0.598),
    ("e", 0.424),
    ("o", 0.486),
    ("∂", 0.478),
    ("η", 0.509),
    ("12", 0.495),
    ("t", 0.338),
    ("/", 0.386),
    ("i", 0.274),
    ("E", 0.614),
    (" ", 0.235),
    ("←", 0.948),
    ("−=", 0.72),
)
_WIDEST = 0.76  # of the letters that are not listed
_SANS_ADVANCES, _SYMBOL_ADVANCES = (
    {letter: width for letters, width in table for letter in letters} for table in (_SANS, _SYMBOL)
)


def width(text: str, size: float, symbols: tuple[str, ...] = ()) -> float:
    """Return the most that a text in `notation` takes at a size, in its units."""
    return size * _ems(text, symbols)


@lru_cache(4096)
def _ems(text: str, symbols: tuple[str, ...]) -> float:
    total = 0.0
    for piece in pieces(text, symbols):
        advances = _SYMBOL_ADVANCES if piece.is_symbol else _SANS_ADVANCES
        wide = sum(advances.get(letter, _WIDEST) for letter in piece.text)
        total += wide * (LOWERED_SIZE if piece.is_lowered else 1.0)
    return total
