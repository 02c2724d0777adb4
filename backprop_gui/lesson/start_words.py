"""What a run from some start would have, in words: E, both gradients, and where it ends."""

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Stop
from backprop_gui.core.start_map import End, end_from
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.surface import reading
from backprop_gui.system.texts import _, ngettext

MOST_TRIED = 200_000  # iterations, which take no time worth waiting for


def start_words(setup: Setup, numerals: Numerals = FILES) -> str:
    """Return in lines what a run has at its start and how it ends, for whoever points there."""
    seen = reading(setup, setup.w1, setup.w2)
    write = numerals.short
    lines = (
        f"w₁ = {numerals.given(setup.w1)}, w₂ = {numerals.given(setup.w2)}",
        f"E = {write(seen.error)}",
        f"∂E/∂w₁ = {write(seen.de_dw1)}",
        f"∂E/∂w₂ = {write(seen.de_dw2)}",
        end_words(end_from(setup, setup.w1, setup.w2, MOST_TRIED), setup, numerals),
    )
    return "\n".join(lines)


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
