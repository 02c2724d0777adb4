"""Symbols of the lesson and how they are written: an underscore lowers the character after it.

Two of them are one that is seen: `literal` doubles those of a text that is no symbol.

`net_h`, `∂E/∂w_2` and `∂out_o/∂net_o` are read by the canvas as runs, by labels as HTML, by
plain text as Unicode and by the formula card as LaTeX.
"""

from functools import cache

from backprop_gui.system.texts import _

_SEEN = "\0"
_LOWERED = {"h": "ₕ", "o": "ₒ", "1": "₁", "2": "₂"}


@cache
def runs(symbol: str) -> tuple[tuple[str, bool], ...]:
    """Return the symbol as (text, is lowered) pairs, in reading order."""
    first, *rest = symbol.replace("__", _SEEN).split("_")
    pairs = [(first, False)]
    for part in rest:
        pairs += [(part[:1], True), (part[1:], False)]
    return tuple((text.replace(_SEEN, "_"), lowered) for text, lowered in pairs if text)


def literal(text: str) -> str:
    """Return a text that is no symbol, such as a person's, so that it is written as it is."""
    return text.replace("_", "__")


@cache
def plain(symbol: str) -> str:
    """Return the symbol with Unicode's lowered characters: netₕ, ∂E/∂w₂."""
    return "".join(_LOWERED[text] if lowered else text for text, lowered in runs(symbol))


@cache
def name(symbol: str) -> str:
    """Return what the value of a symbol is called: netₕ, but new w₁ where an update makes it."""
    base, arrow, _rest = symbol.partition(" ←")
    return _("new {symbol}").format(symbol=plain(base)) if arrow else plain(base)


@cache
def rich(symbol: str) -> str:
    """Return the symbol as HTML for Qt's labels."""
    return "".join(f"<sub>{text}</sub>" if lowered else text for text, lowered in runs(symbol))


@cache
def latex(symbol: str) -> str:
    """Return the symbol as LaTeX: \\mathit{net}_h, \\frac{\\partial E}{\\partial w_2}."""
    over, slash, under = symbol.partition("/")
    if slash:
        return rf"\frac{{{latex(over)}}}{{{latex(under)}}}"
    if symbol.startswith("∂"):
        return rf"\partial {latex(symbol[1:])}"
    base, underscore, lowered = symbol.partition("_")
    base = {"η": r"\eta"}.get(base, base if len(base) == 1 else rf"\mathit{{{base}}}")
    return base + underscore + lowered
