"""The legend of a landscape's colours: their values, and the names of those off the colour map."""

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from backprop_gui.drawing.clipping import Frame
from backprop_gui.drawing.error_field import ErrorScale, ScaleField
from backprop_gui.drawing.room import Room
from backprop_gui.drawing.scene import BORDER, Scene
from backprop_gui.drawing.shapes import Flat, Ink, Line, Raster, Shape, Text, Tint
from backprop_gui.drawing.widths import width
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.round_numbers import by_roundness, multiples, nice
from backprop_gui.system.texts import _

_HIGH = 0.75  # of the bar, in letters
_BAND = 1.6  # how long the place of what is below the tolerance is, in letters
_APART = 0.7  # letters between names
_SYMBOL = 1.15  # of the quantity's symbol, in letters
_SWATCH = 0.9  # of a flat colour, in letters


class Mark(NamedTuple):
    """A value of the legend: where it is, 0 at the left and 1 at the right, and its words."""

    share: float
    words: str
    ink: Ink = Ink.MUTED


class Legend(NamedTuple):
    """What is said of the colours: of which quantity they are, and values, the important first.

    `has_band` is whether the lowest colour has a meaning of its own; `flats` are the colours off
    the map that the picture has, with their names.
    """

    symbol: str
    marks: tuple[Mark, ...]
    has_band: bool = False
    flats: tuple[tuple[Flat, str], ...] = ()


def legend_shapes(legend: Legend, scene: Scene, frame: Frame) -> Iterator[Shape]:
    """Yield the bar above the plot with its values."""
    text = scene.text
    high, y = _HIGH * text, BORDER + _SYMBOL * text / 2
    name = Text(frame.left - 0.5 * text, y, legend.symbol, _SYMBOL * text, Ink.TEXT, frame.left,
                name=legend.symbol, align=1.0, symbols=(legend.symbol,))  # fmt: skip
    yield name
    start = frame.left
    if legend.has_band:
        start += _BAND * text
        x = (frame.left + start) / 2
        band = ScaleField(0, 0)
        yield Raster(x, y, start - frame.left, high, band, _("below the tolerance"))
    wide = frame.right - start
    yield Raster(start + wide / 2, y, wide, high, ScaleField(1), _("colours"))
    around = Frame(frame.left, y - high / 2, frame.right, y + high / 2)
    yield Line(around.outline, Tint(Ink.LINE), 1.0, name=_("frame"))
    taken: list[tuple[float, float]] = []
    for mark in legend.marks:
        x = start + mark.share * wide
        half = width(mark.words, text) / 2
        at = min(max(x, frame.left + half), frame.right - half)
        if any(at - half < last and first < at + half for first, last in taken):
            continue
        taken.append((at - half - _APART * text, at + half + _APART * text))
        line = ((x, around.top), (x, around.bottom + 0.25 * text))
        weight = 2.0 if mark.ink is Ink.UPDATE else 1.0
        yield Line(line, Tint(mark.ink), weight, name=mark.words)
        yield Text(at, around.bottom + 0.85 * text, mark.words, text, mark.ink, 2 * half,
                   name=mark.words)  # fmt: skip


def flat_shapes(legend: Legend, scene: Scene, frame: Frame, room: Room) -> Iterator[Shape]:
    """Yield the flat colours with their names, in the lower left of the plot."""
    text = scene.text
    x, y = frame.left + BORDER + text, frame.bottom - BORDER - text
    for flat, words in reversed(legend.flats):
        made = Text(x + _SWATCH * text, y, words, text, Ink.TEXT, 30 * text, name=words,
                    align=0.0, halo=True)  # fmt: skip
        room.place(made)
        yield made
        field = ScaleField(flat, flat)
        yield Raster(x, y, _SWATCH * text, _SWATCH * text, field, words)
        y -= 1.6 * text


def error_legend(scene: Scene, scale: ErrorScale) -> Legend:
    """Return the legend of the error: its tolerance, and values, the rounder the sooner."""
    return _error_legend(scene.setup.tolerance, scale, scene.numerals)


@lru_cache(maxsize=8)  # while a run goes on, it stays
def _error_legend(tolerance: float, scale: ErrorScale, numerals: Numerals) -> Legend:
    if not math.isfinite(scale.high):
        flats = ((Flat.NOT_FINITE, _("E is not finite")),)
        return Legend("E", (), flats=flats)
    has_band = scale.band == scale.low
    said, number = None, numerals.exact(tolerance)
    if scale.low <= tolerance < scale.high and tolerance:
        words = _("tolerance {number}").format(number=number)
        said = Mark(scale.share(tolerance), words, Ink.UPDATE)
    elif 0.0 < tolerance < scale.low:
        said = Mark(0.0, _("← tolerance {number}").format(number=number), Ink.UPDATE)
    elif tolerance >= scale.high:
        said = Mark(1.0, _("tolerance {number} →").format(number=number), Ink.UPDATE)
    values = (Mark(scale.share(value), numerals.exact(value)) for value in _values(scale))
    return Legend("E", (*((said,) if said else ()), *values), has_band and tolerance > 0)


def _values(scale: ErrorScale) -> Iterator[float]:
    if not scale.has_span:
        yield scale.high
        return
    if scale.is_linear or scale.high < 5 * scale.low:
        yield from multiples(nice((scale.high - scale.low) / 6), scale.low, scale.high)
        return
    for value in by_roundness(scale.low, scale.high):
        if scale.low < value < scale.high:
            yield value
