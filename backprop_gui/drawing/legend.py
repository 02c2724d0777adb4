"""The legend of a landscape's colours: their values, and the tolerance."""

import math
from collections.abc import Iterator

from backprop_gui.drawing.clipping import Frame
from backprop_gui.drawing.error_field import ErrorScale, ScaleField
from backprop_gui.drawing.scene import BORDER, Scene
from backprop_gui.drawing.shapes import Ink, Line, Raster, Shape, Text, Tint
from backprop_gui.drawing.widths import width
from backprop_gui.lesson.surface import multiples, nice
from backprop_gui.system.texts import _

_HIGH = 0.75  # of the bar, in letters
_BAND = 1.6  # how long the place of what is below the tolerance is, in letters
_APART = 0.7  # letters between names


def legend_shapes(scene: Scene, scale: ErrorScale, frame: Frame) -> Iterator[Shape]:
    """Yield the bar above the plot with its values."""
    text = scene.text
    y = BORDER + _HIGH * text / 2
    yield Text(frame.left - 0.5 * text, y, "E", 1.15 * text, Ink.TEXT, 3 * text, name="E",
               align=1.0, symbols=("E",))  # fmt: skip
    has_band = scale.band == scale.low
    start = frame.left + (_BAND * text if has_band else 0.0)
    if has_band:
        x = (frame.left + start) / 2
        field = ScaleField(0, 0)
        yield Raster(x, y, start - frame.left, _HIGH * text, field, _("below the tolerance"))
    x, wide = (start + frame.right) / 2, frame.right - start
    yield Raster(x, y, wide, _HIGH * text, ScaleField(1), _("colours of the error"))
    around = Frame(frame.left, y - _HIGH * text / 2, frame.right, y + _HIGH * text / 2)
    yield Line(around.outline, Tint(Ink.LINE), 1.0, name=_("frame"))
    below = y + (_HIGH / 2 + 0.85) * text
    taken: list[tuple[float, float]] = []
    for share, words, ink in _marks(scene, scale):
        x = start + share * wide
        half = width(words, text) / 2
        at = min(max(x, frame.left + half), frame.right - half)
        if any(at - half < high and low < at + half for low, high in taken):
            continue
        taken.append((at - half - _APART * text, at + half + _APART * text))
        top = y - _HIGH * text / 2
        line = ((x, top), (x, top + (_HIGH + 0.25) * text))
        yield Line(line, Tint(ink), 2.0 if ink is Ink.UPDATE else 1.0, name=words)
        yield Text(at, below, words, text, ink, 2 * half, name=words)


def _marks(scene: Scene, scale: ErrorScale) -> Iterator[tuple[float, str, Ink]]:
    """Yield (share, words, ink) for the tolerance and then for values, the rounder the sooner."""
    numerals = scene.numerals
    if not math.isfinite(scale.high):
        yield 0.5, _("E is not finite"), Ink.MUTED
        return
    tolerance = numerals.exact(scene.setup.tolerance)
    if scale.band == scale.low or (scale.is_linear and scale.low < scale.band < scale.high):
        yield scale.share(scale.band), _("tolerance {number}").format(number=tolerance), Ink.UPDATE
    elif 0.0 < scene.setup.tolerance < scale.low:
        yield 0.0, _("← tolerance {number}").format(number=tolerance), Ink.UPDATE
    elif scene.setup.tolerance > scale.high:
        yield 1.0, _("tolerance {number} →").format(number=tolerance), Ink.UPDATE
    for value in _values(scale):
        yield scale.share(value), numerals.exact(value), Ink.MUTED


def _values(scale: ErrorScale) -> Iterator[float]:
    if not scale.has_span:
        yield scale.high
        return
    if scale.is_linear or scale.high < 5 * scale.low:
        yield from multiples(nice((scale.high - scale.low) / 6), scale.low, scale.high)
        return
    bottom, top = math.floor(math.log10(scale.low)), math.floor(math.log10(scale.high))
    for step in (1, 5, 2):
        for decade in range(max(bottom, -307), top + 1):
            value = float(f"{step}e{decade}")
            if scale.low < value < scale.high:
                yield value
