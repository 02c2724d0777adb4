"""What a run from some start would have, in words: E, both gradients, and where it ends."""

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Stop
from backprop_gui.core.start_map import End, end_from
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.notation import plain
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.surface import reading
from backprop_gui.system.texts import _, ngettext

MOST_TRIED = 200_000  # iterations, which take no time worth waiting for


def start_words(setup: Setup, numerals: Numerals = FILES) -> str:
    """Return in lines what a run has at its start and how it ends, for whoever points there.

    All of it is exact, as the landscape is, and is called so where the setup has a method.
    """
    exact = setup.exact
    seen = reading(exact, setup.w1, setup.w2)
    weights, values = map(numerals.given, seen[:2]), map(numerals.short, seen[2:])
    symbols = (plain(ARTICLE.quantities[name].symbol) for name in seen._fields)
    pairs = zip(symbols, (*weights, *values), strict=True)
    lines = [f"{symbol} = {value}" for symbol, value in pairs]
    words = end_words(end_from(exact, setup.w1, setup.w2, MOST_TRIED), exact, numerals)
    if setup.method:
        words = _("{words}, computed exactly").format(words=words)
    return "\n".join((", ".join(lines[:2]), *lines[2:], words))  # the weights share a line


def end_words(end: End, setup: Setup, numerals: Numerals = FILES) -> str:
    """Return in a few words how a run ends, which was followed for MOST_TRIED iterations."""
    count = numerals.count(end.iterations)
    if end.stop is Stop.TOLERANCE:
        words = ngettext("{count} iteration", "{count} iterations", end.iterations)
        return words.format(count=count)
    if end.stop is Stop.NOT_FINITE:
        return _("not finite in iteration {count}").format(count=count)
    if end.is_settled:
        return _("no longer changes")
    if end.iterations < setup.max_iterations:
        return _("more than {count} iterations").format(count=count)
    return _("not done in {count} iterations").format(count=count)
