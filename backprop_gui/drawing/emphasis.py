"""What stands out in the drawing: the step's place, the values that it uses, and its motion."""

import math
from collections.abc import Iterator
from itertools import pairwise

from backprop_gui.drawing.layout import RING, RING_BEYOND, Area, Layout, Way
from backprop_gui.drawing.shapes import Box, Disc, HalfRing, Ink, Line, Shape, Tint
from backprop_gui.lesson.moment import Moment
from backprop_gui.system.texts import _

HALVES = {"net_h": False, "out_h": True, "net_o": False, "out_o": True}
_RENEWED = {"new_w1": "w1", "new_w2": "w2"}
_STROKE = 5.0
_LIT_BEYOND = 7.0
_PULSE_RADIUS = 11.0


def way(moment: Moment, layout: Layout) -> Iterator[Shape]:
    """Yield the edge or the arrow along which the step goes, brighter; it lies over the others."""
    name, ink = moment.step.quantity.name, Ink(moment.step.phase.value)
    if HALVES.get(name):
        return  # within the neuron
    is_edge = name in HALVES or name == "error"
    points, label = layout.ways()[name], _("this step's way")
    yield Line(points, Tint(ink), 3.0 if is_edge else 4.0, has_arrow=not is_edge, name=label)


def shapes(moment: Moment, layout: Layout, progress: float) -> Iterator[Shape]:
    """Yield what lies over the drawing of the moment; `progress` is that of `draw`."""
    quantity = moment.step.quantity
    ink = Ink(moment.step.phase.value)
    areas = layout.areas()
    for used in ringed(moment):
        area = layout.rates[1] if (used, quantity.name) == ("eta", "new_w2") else areas[used]
        yield _ring(used, area, layout, ink)
    yield from _outline(quantity.name, areas[quantity.name], layout, Tint(ink), _STROKE)
    if progress < 1:
        yield from _pulse(layout.ways()[quantity.name], ink, progress)


def ringed(moment: Moment) -> tuple[str, ...]:
    """Return what the step uses, by code names, without the weight that it replaces."""
    quantity = moment.step.quantity
    return tuple(used for used in quantity.uses if used != _RENEWED.get(quantity.name))


def outline(name: str, area: Area, layout: Layout) -> Iterator[Shape]:
    """Yield the frame of a quantity that is pointed at, around the frame that it may have."""
    yield from _outline(name, area, layout, Tint(Ink.TEXT), 3.0, grown=_LIT_BEYOND)


def _outline(
    name: str, area: Area, layout: Layout, stroke: Tint, width: float, grown: float = 0.0
) -> Iterator[Shape]:
    """The quantity's own place: half a neuron, or a box."""
    x, y, area_width, height = area
    label = _("this step's place")
    if name in HALVES:
        r = layout.measures.radius
        yield HalfRing(
            _centre(name, area, layout), y, r + grown, HALVES[name], stroke, width, name=label
        )
    else:
        size = (area_width + grown, height + grown)
        yield Box(x, y, *size, None, stroke, min(width, 4.0), name=label)


def _ring(name: str, area: Area, layout: Layout, ink: Ink) -> Shape:
    """A ring around a quantity that the step uses; around half a neuron it clears the circle."""
    x, y, width, height = area
    label = _("what this step uses")
    if name in HALVES:
        r = layout.measures.radius + RING_BEYOND
        centre = _centre(name, area, layout)
        return HalfRing(centre, y, r, HALVES[name], Tint(ink), RING, label, is_open=True)
    return Box(x, y, width, height, None, Tint(ink), RING, name=label)


def _centre(name: str, area: Area, layout: Layout) -> float:
    """The centre of the neuron of which this is half."""
    half = layout.measures.radius / 2
    return area[0] - half if HALVES[name] else area[0] + half


def _pulse(way: Way, ink: Ink, progress: float) -> Iterator[Shape]:
    """A dot on its way, with a fading tail."""
    for tail in (2, 1, 0):
        x, y = _point_along(way, max(0.0, progress - 0.07 * tail))
        yield Disc(x, y, _PULSE_RADIUS - 2.5 * tail, Tint(ink, 1.0 - 0.3 * tail))


def _point_along(way: Way, share: float) -> tuple[float, float]:
    lengths = [math.dist(a, b) for a, b in pairwise(way)]
    left = share * sum(lengths)
    for (a, b), length in zip(pairwise(way), lengths, strict=True):
        if left <= length:
            part = left / length if length else 0.0
            return a[0] + (b[0] - a[0]) * part, a[1] + (b[1] - a[1]) * part
        left -= length
    return way[-1]
