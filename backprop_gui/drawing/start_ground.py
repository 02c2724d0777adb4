"""The ground of a landscape that is a map of starts: its colours, and what the legend says."""

import math
from collections.abc import Iterator

from backprop_gui.drawing.error_field import ScaleField
from backprop_gui.drawing.legend import Legend, Mark
from backprop_gui.drawing.scene import Scene
from backprop_gui.drawing.shapes import ColourField, Flat
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.round_numbers import by_roundness, multiples, nice
from backprop_gui.lesson.start_map import FATES, UNKNOWN, Fate, StartField, StartMap
from backprop_gui.lesson.surface import Layer
from backprop_gui.system.texts import _, ngettext

_STEPS = 6  # of a linear legend
_LEAST_CELLS = 4  # of a map across the part that is seen: fewer say nothing of it


def start_field(scene: Scene) -> ColourField:
    """Return the colours of a scene's map of starts; without one all is as yet unknown."""
    start_map = _seen(scene)
    if start_map is None:
        return ScaleField(UNKNOWN, UNKNOWN)
    return StartField(start_map, scene.layer is Layer.ENDS, scene.region)


def start_legend(scene: Scene) -> Legend:
    """Return the legend of a scene's map of starts."""
    is_by_end, numerals = scene.layer is Layer.ENDS, scene.numerals
    symbol = "w_2" if is_by_end else ""
    start_map = _seen(scene)
    if start_map is None:
        return Legend(symbol, (), flats=((Flat(UNKNOWN), _("not computed yet")),))
    fates = set(start_map.fates)
    flats = tuple((Flat(fate), _words(fate, start_map, numerals)) for fate in sorted(fates) if fate)
    if 0 not in fates:
        return Legend(symbol, (), flats=flats)  # no run has a place on the colour map
    low, high = StartField(start_map, is_by_end).scale
    marks = (_ends if is_by_end else _iterations)(low, high, numerals)
    return Legend(symbol, tuple(marks), flats=flats)


def _seen(scene: Scene) -> StartMap | None:
    """Return the map of starts, or None where it is too coarse for the part that is seen.

    That is so after zooming in far, until the map of that part is computed.
    """
    made, seen = scene.start_map, scene.region
    if made is None:
        return None
    wide = (made.region.w1_high - made.region.w1_low) / made.columns
    high = (made.region.w2_high - made.region.w2_low) / made.rows
    is_fine = (
        _LEAST_CELLS * wide <= seen.w1_high - seen.w1_low
        and _LEAST_CELLS * high <= seen.w2_high - seen.w2_low
    )
    return made if is_fine else None


def _words(fate: int, start_map: StartMap, numerals: Numerals) -> str:
    if fate == Fate.LIMIT and start_map.limit < start_map.setup.max_iterations:
        sentence = _("more than {count} iterations")
        return sentence.format(count=numerals.count(start_map.limit))
    return FATES[Fate(fate)]


def _iterations(low: float, high: float, numerals: Numerals) -> Iterator[Mark]:
    """Yield both ends and what lies between, the rounder the sooner."""
    words = ngettext("{count} iteration", "{count} iterations", round(high))
    yield Mark(1.0, words.format(count=numerals.count(round(high))))
    yield Mark(0.0, numerals.count(round(low)))
    for value in by_roundness(low, high):
        if low < value < high:
            share = math.log(value / low) / math.log(high / low)
            yield Mark(share, numerals.count(round(value)))


def _ends(low: float, high: float, numerals: Numerals) -> Iterator[Mark]:
    for value in multiples(nice((high - low) / _STEPS), low, high):
        yield Mark((value - low) / (high - low), numerals.exact(value))
