"""The ticks of an axis at 1-2-5 steps, and short names for them, however far one has zoomed in."""

import math
from functools import lru_cache
from typing import NamedTuple

from backprop_gui.drawing.widths import width
from backprop_gui.lesson.numbers import MINUS, Numerals
from backprop_gui.lesson.round_numbers import multiples, nice

_ROUND = 100  # steps of which a base is a multiple


class Ticks(NamedTuple):
    """The ticks of an axis: where they are, what is written there, and the axis's name."""

    marks: tuple[tuple[float, str], ...]
    name: str


@lru_cache(maxsize=64)  # while a run goes on, they stay
def ticks(
    symbol: str, low: float, high: float, most: float, room: float, numerals: Numerals
) -> Ticks:
    """Return at most so many ticks between two weights, their names at most `room` letters wide.

    Where the numbers are longer, the names say how far it is from a base that the axis's name
    has: (w₂ − 4.005) / 10⁻⁷.
    """
    step = nice((high - low) / max(1.0, most))
    values = multiples(step, low, high)
    marks = [(value, numerals.exact(value + 0.0)) for value in values]
    if all(width(text, 1.0) <= room for _value, text in marks):
        return Ticks(tuple(marks), symbol)
    unit = math.floor(math.log10(step) + 1e-9)
    scale = 10.0**unit
    counts = [round(value / scale) for value in values]
    is_near = max(abs(low), abs(high)) < 10 * (high - low)
    base = 0 if is_near or not counts else round(counts[len(counts) // 2] / _ROUND) * _ROUND
    named = tuple(
        (value, numerals.exact(count - base)) for value, count in zip(values, counts, strict=True)
    )
    return Ticks(named, _name(symbol, float(f"{base}e{unit}"), scale, numerals))


def _name(symbol: str, base: float, scale: float, numerals: Numerals) -> str:
    power = numerals.exact(scale)
    if not base:
        return f"{symbol} / {power}"
    sign = MINUS if base > 0 else "+"
    return f"({symbol} {sign} {numerals.exact(abs(base))}) / {power}"
