"""Text as LaTeX that plain pdflatex sets; what it has no glyph for is told by its number.

Accents follow from how Unicode takes a letter apart, so that they are none of the tables here: ř is
r and a caron. The fonts are those that every TeX has: Computer Modern (OT1), and for some letters
the European ones (T1) and the symbols (TS1), which `PREAMBLE` makes known.
"""

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from backprop_gui.lesson import notation
from backprop_gui.lesson.article import ARTICLE

PREAMBLE = r"""\usepackage[T1,OT1]{fontenc}
\usepackage{textcomp}
\newcommand{\european}[1]{{\fontencoding{T1}\selectfont #1}}
"""


class _Accent(NamedTuple):
    """The macro of an accent in text, and in mathematics, if any."""

    text: str
    math: str = ""
    is_above: bool = True
    is_european: bool = False


_ACCENTS = {
    "\N{COMBINING GRAVE ACCENT}": _Accent(r"\`", r"\grave"),
    "\N{COMBINING ACUTE ACCENT}": _Accent(r"\'", r"\acute"),
    "\N{COMBINING CIRCUMFLEX ACCENT}": _Accent(r"\^", r"\hat"),
    "\N{COMBINING TILDE}": _Accent(r"\~", r"\tilde"),
    "\N{COMBINING MACRON}": _Accent(r"\=", r"\bar"),
    "\N{COMBINING BREVE}": _Accent(r"\u", r"\breve"),
    "\N{COMBINING DOT ABOVE}": _Accent(r"\.", r"\dot"),
    "\N{COMBINING DIAERESIS}": _Accent(r"\"", r"\ddot"),
    "\N{COMBINING RING ABOVE}": _Accent(r"\r", r"\mathring"),
    "\N{COMBINING DOUBLE ACUTE ACCENT}": _Accent(r"\H"),
    "\N{COMBINING CARON}": _Accent(r"\v", r"\check"),
    "\N{COMBINING DOT BELOW}": _Accent(r"\d", is_above=False),
    "\N{COMBINING COMMA BELOW}": _Accent(r"\textcommabelow", is_above=False),
    "\N{COMBINING CEDILLA}": _Accent(r"\c", is_above=False),
    "\N{COMBINING OGONEK}": _Accent(r"\k", is_above=False, is_european=True),
    "\N{COMBINING MACRON BELOW}": _Accent(r"\b", is_above=False),
}
_DOTLESS = {"i": r"\i", "j": r"\j"}  # what an accent above stands on
_DOTLESS_MATH = {"i": r"\imath", "j": r"\jmath"}

_SPECIAL = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "$": r"\$", "&": r"\&", "#": r"\#",
    "_": r"\_", "%": r"\%", "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
    "<": r"\textless{}", ">": r"\textgreater{}", "|": r"\textbar{}", '"': r"\textquotedblright{}",
    "`": r"\`{}",
}  # fmt: skip
_LETTERS = {
    "ß": r"\ss", "ẞ": r"\SS", "ø": r"\o", "Ø": r"\O", "æ": r"\ae", "Æ": r"\AE",
    "œ": r"\oe", "Œ": r"\OE", "ł": r"\l", "Ł": r"\L", "ı": r"\i", "ȷ": r"\j",
    "§": r"\S", "¶": r"\P", "†": r"\dag", "‡": r"\ddag", "©": r"\textcopyright", "£": r"\pounds",
    "¡": r"\textexclamdown", "¿": r"\textquestiondown", "…": r"\dots",
    "ʻ": r"\textquoteleft", "ʼ": "'", "‘": r"\textquoteleft", "’": "'", "“": r"\textquotedblleft",
    "”": r"\textquotedblright", "–": r"\textendash", "—": r"\textemdash", "‒": r"\textendash",
    "―": r"\textemdash", "‐": "-", "‑": r"\mbox{-}", "\N{SOFT HYPHEN}": r"\-",
    # the symbols
    "€": r"\texteuro", "¢": r"\textcent", "¥": r"\textyen", "¤": r"\textcurrency",
    "®": r"\textregistered", "℗": r"\textcircledP", "¦": r"\textbrokenbar",
    "‰": r"\textperthousand", "‱": r"\textpertenthousand", "№": r"\textnumero",
    "℮": r"\textestimated",
    "₤": r"\textlira", "₩": r"\textwon", "₦": r"\textnaira", "₫": r"\textdong",
    "₱": r"\textpeso", "฿": r"\textbaht", "₡": r"\textcolonmonetary", "ƒ": r"\textflorin",
    "¨": r'\"{}', "´": r"\'{}", "¯": r"\={}",
    "※": r"\textreferencemark", "‽": r"\textinterrobang", "♪": r"\textmusicalnote",
    # blanks
    "\N{NO-BREAK SPACE}": "~", "\N{EN SPACE}": r"\enspace", "\N{EM SPACE}": r"\quad",
    "\N{THIN SPACE}": r"\,", "\N{NARROW NO-BREAK SPACE}": r"\,", "\N{HAIR SPACE}": r"\,",
    "\N{FIGURE SPACE}": r"\enspace", "\N{IDEOGRAPHIC SPACE}": r"\quad",
    "\N{ZERO WIDTH SPACE}": r"\hspace{0pt}", "\N{ZERO WIDTH NON-JOINER}": "{}",
    "\N{WORD JOINER}": r"\nolinebreak", "\N{ZERO WIDTH NO-BREAK SPACE}": r"\nolinebreak",
}  # fmt: skip
_EUROPEAN = {
    "đ": r"\dj", "Đ": r"\DJ", "ð": r"\dh", "Ð": r"\DH", "þ": r"\th", "Þ": r"\TH",
    "ŋ": r"\ng", "Ŋ": r"\NG", "«": r"\guillemotleft", "»": r"\guillemotright",
    "‹": r"\guilsinglleft", "›": r"\guilsinglright", "„": r"\quotedblbase",
    "‚": r"\quotesinglbase",
}  # fmt: skip
_MATH = {
    "•": r"\bullet", "µ": r"\mu",
    "−": "-", "±": r"\pm", "∓": r"\mp", "×": r"\times", "÷": r"\div", "·": r"\cdot", "⋅": r"\cdot",
    "∗": r"\ast", "∘": r"\circ", "°": r"^\circ", "√": r"\surd", "∞": r"\infty", "¬": r"\neg",
    "→": r"\to", "←": r"\leftarrow", "↔": r"\leftrightarrow", "↑": r"\uparrow",
    "↓": r"\downarrow", "⇒": r"\Rightarrow", "⇐": r"\Leftarrow", "⇔": r"\Leftrightarrow",
    "↦": r"\mapsto", "≈": r"\approx", "≠": r"\neq", "≤": r"\leq", "≥": r"\geq", "≡": r"\equiv",
    "≅": r"\cong", "∼": r"\sim", "∝": r"\propto", "≪": r"\ll", "≫": r"\gg",
    "∂": r"\partial", "∇": r"\nabla", "∆": r"\Delta", "∑": r"\sum", "∏": r"\prod", "∫": r"\int",
    "∈": r"\in", "∉": r"\notin", "∋": r"\ni", "⊂": r"\subset", "⊃": r"\supset",
    "⊆": r"\subseteq", "⊇": r"\supseteq", "∪": r"\cup", "∩": r"\cap", "∅": r"\emptyset",
    "∀": r"\forall", "∃": r"\exists", "∧": r"\wedge", "∨": r"\vee", "⊥": r"\perp",
    "∥": r"\parallel", "⊕": r"\oplus", "⊗": r"\otimes", "⊙": r"\odot", "⟨": r"\langle",
    "⟩": r"\rangle", "⌊": r"\lfloor", "⌋": r"\rfloor", "⌈": r"\lceil", "⌉": r"\rceil",
    "′": "'", "″": "''", "ℓ": r"\ell", "ℏ": r"\hbar", "ℜ": r"\Re", "ℑ": r"\Im", "ℵ": r"\aleph",
    "⊤": r"\top", "⊢": r"\vdash", "⊣": r"\dashv", "⋆": r"\star", "△": r"\triangle",
    "♭": r"\flat", "♮": r"\natural", "♯": r"\sharp", "♠": r"\spadesuit", "♡": r"\heartsuit",
    "♢": r"\diamondsuit", "♣": r"\clubsuit", "∮": r"\oint", "∖": r"\setminus", "≺": r"\prec",
    "≻": r"\succ", "⁄": "/", "∕": "/", "∣": r"\mid", "‖": r"\Vert", "⋯": r"\cdots", "⋮": r"\vdots",
    "ς": r"\varsigma", "ϑ": r"\vartheta", "ϕ": r"\phi", "φ": r"\varphi", "ϖ": r"\varpi",
    "ϱ": r"\varrho", "ϵ": r"\epsilon", "ε": r"\varepsilon", "ο": "o",
}  # fmt: skip
_GREEK = (
    "alpha beta gamma delta zeta eta theta iota kappa lamda mu nu xi pi rho sigma tau upsilon "
    "chi psi omega"
)
_GREEK_CAPITALS = "Gamma Delta Theta Lamda Xi Pi Sigma Upsilon Phi Psi Omega"
_LATIN_CAPITALS = zip("ΑΒΕΖΗΙΚΜΝΟΡΤΧ", "ABEZHIKMNOPTX", strict=True)  # they have no macro


def _greek(names: str, kind: str) -> dict[str, str]:
    """Return the macros of Greek letters, by what Unicode calls them: lamda."""
    return {
        unicodedata.lookup(f"GREEK {kind} LETTER {name}"): "\\" + name.replace("amda", "ambda")
        for name in names.split()
    }


_MATH |= _greek(_GREEK, "SMALL") | _greek(_GREEK_CAPITALS, "CAPITAL")
_MATH |= {greek: rf"\mathrm{{{latin}}}" for greek, latin in _LATIN_CAPITALS}

_SYMBOLS = {
    notation.plain(q.symbol): notation.latex(q.symbol.partition(" ←")[0])
    + (r" \leftarrow" if "←" in q.symbol else "")
    for q in ARTICLE.quantities.values()
    if not notation.plain(q.symbol).isascii()
}
_MARKS = "[\u0300-\u036f\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]"
_IN_TEXT = re.compile(
    "|".join([*map(re.escape, sorted(_SYMBOLS, key=len, reverse=True)), f".{_MARKS}*"]), re.DOTALL
)
# Two of them would become a dash, or quotation marks.
_LIGATURES = re.compile("(?<=-)(?=-)|(?<=['’])(?=['’])")
_APART = "\N{ZERO WIDTH NON-JOINER}"
_COMPOUND = re.compile("[ĲĳǄ-ǌﬀ-ﬆ]")  # letters that are others beside each other


def latex_text(text: str) -> str:
    """Return a text as LaTeX."""
    text = _LIGATURES.sub(_APART, unicodedata.normalize("NFC", text))
    return "".join(map(_part, _IN_TEXT.findall(text)))


def _part(part: str) -> str:
    """Return a symbol of this program, or a letter with its marks."""
    if part in _SYMBOLS:
        return f"${_SYMBOLS[part]}$"
    made = _letter(part) or _accented(part)
    if made:
        return made
    return "".join(_letter(letter) or _number(letter) for letter in part)


def _number(letter: str) -> str:
    """Return what tells of a letter without a glyph; a line may end after it."""
    return rf"[U+{ord(letter):04X}]\hspace{{0pt}}"


@cache
def _letter(letter: str) -> str:
    """Return a single letter, or "" where there is no glyph for it."""
    if letter in _MATH:
        return f"${_MATH[letter]}$"
    if letter in _EUROPEAN:
        return rf"\european{{{_EUROPEAN[letter]}}}"
    if made := _SPECIAL.get(letter) or _LETTERS.get(letter):
        return made + "{}" if made[-1].isalpha() else made
    if letter.isascii():
        return " " if letter.isspace() else letter if letter.isprintable() else ""
    return _composed(letter)


def _composed(letter: str) -> str:
    """Return a letter that is others, raised, lowered, or as a fraction."""
    if len(letter) != 1:
        return ""
    kind, *codes = unicodedata.decomposition(letter).split() or [""]
    letters = [chr(int(code, 16)) for code in codes]
    parts = [_letter(each) or _accented(each) for each in letters]
    if not all(parts):
        return ""
    inner = "".join(parts)
    if kind == "<fraction>":
        above, _slash, below = inner.partition(_letter("⁄"))
        return rf"$\frac{{{above}}}{{{below}}}$" if below else ""
    if kind in ("<super>", "<sub>"):
        return rf"\text{kind[1:-1]}script{{{inner}}}"
    if _COMPOUND.match(letter):
        return latex_text(unicodedata.normalize("NFKD", letter))
    return ""


def _accented(cluster: str) -> str:
    """Return a letter with marks above and below it, or "" where they cannot be set."""
    letters = unicodedata.normalize("NFD", cluster)
    base, accents = letters[0], [_ACCENTS[mark] for mark in letters[1:] if mark in _ACCENTS]
    if not accents or len(accents) < len(letters) - 1:
        return ""
    above = [accent for accent in accents if accent.is_above]
    if base in _MATH or len(above) > 1:  # only there accents stand on each other
        return _math_accented(base, accents)
    made = _EUROPEAN.get(base) or _LETTERS.get(base, "")
    if not (made and base.isalpha()):
        made = base if base.isascii() and base.isalnum() else ""
    if not made:
        return ""
    if above:
        made = f"{above[0].text}{{{_DOTLESS.get(base, made)}}}"
    for accent in accents:
        if not accent.is_above:
            made = f"{accent.text}{{{made}}}"
    is_european = base in _EUROPEAN or any(accent.is_european for accent in accents)
    return rf"\european{{{made}}}" if is_european else made


def _math_accented(base: str, accents: Sequence[_Accent]) -> str:
    if not all(accent.math for accent in accents):
        return ""
    made = _MATH.get(base) or _DOTLESS_MATH.get(base)
    if not made:
        made = rf"\mathrm{{{base}}}" if base.isascii() and base.isalpha() else ""
    for accent in accents if made else ():
        made = f"{accent.math}{{{made}}}"
    return f"${made}$" if made else ""
