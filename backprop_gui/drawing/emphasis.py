"""What stands out in the drawing: the step's place, the values that it uses, and its motion."""

import math
from collections.abc import Iterator
from itertools import pairwise

from backprop_gui.drawing.layout import Area, Layout, Way
from backprop_gui.drawing.shapes import Box, Disc, HalfRing, Ink, Line, Shape, Tint
from backprop_gui.lesson.moment import Moment
from backprop_gui.system.texts import _

_HALVES = {"net_h": False, "out_h": True, "net_o": False, "out_o": True}
_STROKE = 5.0
_PULSE_RADIUS = 11.0


def shapes(
    moment: Moment, layout: Layout, areas: dict[str, Area], progress: float
) -> Iterator[Shape]:
    """Yield what lies over the drawing of the moment; `progress` is that of `draw`."""
    quantity = moment.step.quantity
    ink = Ink(moment.step.phase.value)
    yield from _way(quantity.name, layout, ink)
    for used in quantity.uses:
        if used in areas:
            yield _ring(used, areas[used], layout, ink)
    yield from _outline(quantity.name, areas[quantity.name], layout, Tint(ink), _STROKE)
    if progress < 1:
        yield from _pulse(layout.ways()[quantity.name], ink, progress)


def outline(name: str, area: Area, layout: Layout) -> Iterator[Shape]:
    """Yield the frame of a quantity that is pointed at, around the frame that it may have."""
    yield from _outline(name, area, layout, Tint(Ink.TEXT), 3.0, grown=7.0)


def _way(name: str, layout: Layout, ink: Ink) -> Iterator[Shape]:
    """The edge or the arrow along which the step goes, brighter."""
    if name in ("net_h", "net_o", "error"):
        width = 4.0 if name == "error" else 3.0
        yield Line(layout.ways()[name], Tint(ink), width, name=_("this step's way"))
    elif name not in _HALVES and not name.startswith("new_"):
        way = layout.ways()[name]
        yield Line(way, Tint(ink), 5.0, has_arrow=True, name=_("this step's way"))


def _outline(
    name: str, area: Area, layout: Layout, stroke: Tint, width: float, grown: float = 0.0
) -> Iterator[Shape]:
    """The quantity's own place: half a neuron, or a box."""
    x, y, area_width, height = area
    label = _("this step's place")
    if name in _HALVES:
        is_right, r = _HALVES[name], layout.measures.radius
        centre = x - r / 2 if is_right else x + r / 2
        yield HalfRing(centre, y, r + grown, is_right, stroke, width, name=label)
    else:
        size = (area_width + grown, height + grown)
        yield Box(x, y, *size, None, stroke, min(width, 4.0), name=label)


def _ring(name: str, area: Area, layout: Layout, ink: Ink) -> Shape:
    """A ring around the number of a quantity that the step uses."""
    x, y, width, height = area
    m = layout.measures
    if name in _HALVES:
        side = 1 if _HALVES[name] else -1
        centre = x - side * m.radius / 2
        return Box(
            centre + side * m.radius * 0.475, y + 10, 0.93 * m.radius, 1.6 * m.value,
            None, Tint(ink, 0.9), 2.5, _("what this step uses"),
        )  # fmt: skip
    is_line = height < 2 * m.label  # a line of text, close to the next one
    size = (width + 6, height + (-1 if is_line else 4))
    return Box(x, y, *size, None, Tint(ink, 0.9), 2.5, name=_("what this step uses"))


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
