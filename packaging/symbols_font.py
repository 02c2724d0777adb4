"""Makes the font of the symbols: the formula's own letters, under the letters that one types.

    python packaging/symbols_font.py        (needs fonttools)

Formulas are set in STIX Two Math, where a slanted w is another character than w. Here the slanted
letters stand where w and its like are, so that a symbol looks as in the formula, and whoever
searches a PDF for net, or copies it, finds letters.
"""

from pathlib import Path

import ziamath
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont

from backprop_gui.paint.theme import SYMBOLS

ROOT = Path(__file__).resolve().parents[1]
MADE = ROOT / "resources" / "fonts" / "symbols.ttf"
_UPRIGHT = " 0123456789/()[]{}+-=.,!|∂−·×½²≈←→∞′σ"
_SLANTED = {"h": 0x210E, "η": 0x1D702}  # Planck's constant, where the slanted h would be
# The licence keeps the name STIX for the font that this one is made of.
_NAMES = {1: SYMBOLS, 2: "Italic", 3: f"{SYMBOLS} 1", 4: f"{SYMBOLS} Italic", 6: "BackpropSymbols"}
_KEPT = (0, 7, 13, 14)  # copyright, trademark and licence
_ITALIC = 1  # a bit of OS/2's fsSelection; two of head's macStyle


def _places() -> dict[int, int]:
    """Return which character of STIX Two Math stands for each of this font's."""
    places = {ord(c): ord(c) for c in _UPRIGHT}
    for first, slanted in (("A", 0x1D434), ("a", 0x1D44E)):
        places |= {ord(first) + n: slanted + n for n in range(26)}
    return places | {ord(letter): place for letter, place in _SLANTED.items()}


def main() -> None:
    """Write the font into resources/."""
    font = TTFont(Path(ziamath.__file__).parent / "fonts" / "STIXTwoMath-Regular.ttf")
    glyphs = font.getBestCmap()
    wanted = {letter: glyphs[place] for letter, place in _places().items()}
    options = Options(hinting=False, layout_features=[], name_IDs=[*_KEPT, *_NAMES])
    options.drop_tables += ["MATH", "GPOS", "GSUB", "GDEF", "DSIG"]
    subsetter = Subsetter(options)
    subsetter.populate(glyphs=wanted.values())
    subsetter.subset(font)
    for table in font["cmap"].tables:
        table.cmap = dict(wanted) if table.isUnicode() else {}
    for number, name in _NAMES.items():
        font["name"].setName(name, number, 3, 1, 0x409)
        font["name"].removeNames(number, platformID=1)
    font["OS/2"].fsSelection = _ITALIC
    font["head"].macStyle = 2
    font["post"].italicAngle = -12.0
    # As a text font has it, and not as large as the tallest integral.
    font["hhea"].ascent, font["hhea"].descent, font["hhea"].lineGap = 800, -250, 0
    MADE.parent.mkdir(exist_ok=True)
    font.save(MADE)


if __name__ == "__main__":
    main()
