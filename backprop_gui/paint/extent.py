"""Where shapes are: what changed from one drawing to the next is painted, and no more."""

import math
from collections.abc import Callable, Sequence
from functools import lru_cache, singledispatch

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QFont, QRegion

from backprop_gui.drawing.shapes import (
    Box,
    Disc,
    Drawing,
    HalfDisc,
    HalfRing,
    Line,
    Patch,
    Raster,
    Ring,
    Shape,
)
from backprop_gui.drawing.shapes import Text as Words
from backprop_gui.paint.painter import HALO, SEAM, fit, width

_FEW = 8  # points of a line
_SOFT = 2  # pixels, of an edge
_OVERHANG, _RISE = 0.4, 1.2  # of a text's size: the most that letters cover beside and above it
_HEAD = 6.0, 4.0  # of an arrow: its length, and how much longer a wider line makes it


def changed(before: Drawing, after: Drawing, area: QRectF, font: QFont) -> QRegion:
    """Return where the area, in pixels, shows something else with the one drawing or the other."""
    region = QRegion()
    for place in changed_places(before, after, area, font):
        region += place
    return region


def changed_places(before: Drawing, after: Drawing, area: QRectF, font: QFont) -> list[QRect]:
    """Return what holds all that the area, in pixels, shows otherwise with one of the drawings."""
    whole = area.toAlignedRect()
    if before[:2] != after[:2] or _is_another(before.shapes, after.shapes):
        return [whole]
    others = _others(before.shapes, after.shapes)
    if others is None:
        return [whole]
    place = _places(after, area, font)
    # Qt begins a line's dashes elsewhere in a clip that does not reach as far.
    return [*(place(shape) for shape in others), *_corners(whole)]


def _others(before: tuple[Shape, ...], after: tuple[Shape, ...]) -> list[Shape] | None:
    """Return what is covered by only one of two drawings, or None where most of it is."""
    if len(before) == len(after):
        pairs = zip(before, after, strict=True)
        return [part for a, b in pairs if a != b for part in _differing(a, b)]
    old, new = set(before), set(after)
    stays, others = [shape for shape in after if shape in old], list(old ^ new)
    # What lies above what matters as much as what there is.
    is_in_order = stays == [shape for shape in before if shape in new]
    return others if is_in_order and len(others) <= len(stays) else None


def _differing(before: Shape, after: Shape) -> tuple[Shape, Shape]:
    """Return the parts of two shapes in which these differ: of a path that grows, its end."""
    if not (isinstance(before, Line) and isinstance(after, Line)) or after.has_arrow:
        return before, after
    if before._replace(points=after.points) != after:
        return before, after
    pairs = enumerate(zip(before.points, after.points, strict=False))
    shorter = min(len(before.points), len(after.points))
    start = max(0, next((n for n, (a, b) in pairs if a != b), shorter) - 1)
    return (
        before._replace(points=before.points[start:]),
        after._replace(points=after.points[start:]),
    )


def _is_another(before: tuple[Shape, ...], after: tuple[Shape, ...]) -> bool:
    """Say, quickly, whether the same shapes show another iteration: in a run, each frame does."""
    pairs = zip(before, after, strict=False)
    return len(before) == len(after) and sum(a != b for a, b in pairs) > len(after) / 2


def _corners(area: QRect) -> tuple[QRect, QRect]:
    pixel = QSize(1, 1)
    return QRect(area.topLeft(), pixel), QRect(area.bottomRight(), pixel)


def within(drawing: Drawing, region: QRegion, area: QRectF, font: QFont) -> Drawing:
    """Return the drawing with only those shapes that cover something of a region of its area."""
    if region.rectCount() == 1 and region.contains(area.toAlignedRect()):
        return drawing
    place = _places(drawing, area, font)
    touched = (shape for shape in drawing.shapes if region.intersects(place(shape)))
    return drawing._replace(shapes=tuple(touched))


def _places(drawing: Drawing, area: QRectF, font: QFont) -> Callable[[Shape], QRect]:
    """Return what says for each shape of a drawing in the area which pixels hold all of it."""
    scale, offset = fit(drawing, area)
    left, top, font_key = offset.x(), offset.y(), font.toString()

    def place(shape: Shape) -> QRect:
        # To compare long lines would take longer than to measure them, and to keep them much room.
        is_long = isinstance(shape, Line) and len(shape.points) > _FEW
        make = _place if is_long else _known_place
        return make(shape, scale, left, top, font_key)

    return place


def _place(shape: Shape, scale: float, left: float, top: float, font_key: str) -> QRect:
    x, y, wide, high = _box(shape, font_key)
    box = QRectF(x * scale + left, y * scale + top, wide * scale, high * scale)
    return box.toAlignedRect().adjusted(-_SOFT, -_SOFT, _SOFT, _SOFT)


_known_place = lru_cache(maxsize=1024)(_place)  # most shapes stay from one frame to the next


_Box = tuple[float, float, float, float]


@singledispatch
def _box(shape: Shape, _font_key: str) -> _Box:
    """Return left end, upper end, width and height of what holds a shape, in logical units."""
    raise TypeError(f"no extent of a {type(shape).__name__}")


@_box.register
def _(shape: Disc | HalfDisc, _font_key: str) -> _Box:
    return _around(shape.x, shape.y, 2 * shape.radius, 2 * shape.radius, 0.0)


@_box.register
def _(shape: Ring | HalfRing, _font_key: str) -> _Box:
    return _around(shape.x, shape.y, 2 * shape.radius, 2 * shape.radius, shape.width)


@_box.register
def _(shape: Box, _font_key: str) -> _Box:
    return _around(shape.x, shape.y, shape.width, shape.height, shape.stroke_width)


@_box.register
def _(shape: Raster, _font_key: str) -> _Box:
    return _around(shape.x, shape.y, shape.width, shape.height, 0.0)


@_box.register
def _(shape: Patch, _font_key: str) -> _Box:
    return _of_points(shape.points, SEAM)


@_box.register
def _(shape: Line, _font_key: str) -> _Box:
    rim = _HEAD[0] + _HEAD[1] * shape.width if shape.has_arrow else shape.width
    return _of_points(shape.points, rim + HALO if shape.halo else rim)


@_box.register
def _(shape: Words, font_key: str) -> _Box:
    wide = min(shape.max_width, width(shape, font_key))
    beside, above = _OVERHANG * shape.size, _RISE * shape.size
    left, right = -wide * shape.align - beside, wide * (1 - shape.align) + beside
    if not shape.turn:
        return shape.x + left, shape.y - above, right - left, 2 * above
    turn = math.radians(shape.turn)
    corners = ((x, y) for x in (left, right) for y in (-above, above))
    cos, sin = math.cos(turn), math.sin(turn)
    return _of_points(
        [(shape.x + x * cos - y * sin, shape.y + x * sin + y * cos) for x, y in corners], 0.0
    )


def _of_points(points: Sequence[tuple[float, float]], rim: float) -> _Box:
    left, top, right, bottom = _ends(_Same(points))
    return left - rim, top - rim, right - left + 2 * rim, bottom - top + 2 * rim


class _Same:
    """Points that equal only themselves: a line that stays is not compared point by point."""

    def __init__(self, points: Sequence[tuple[float, float]]) -> None:
        self.points = points

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.points is other.points

    def __hash__(self) -> int:
        return id(self.points)


@lru_cache(maxsize=128)
def _ends(line: _Same) -> tuple[float, float, float, float]:
    """Return the left, upper, right and lower end of points."""
    xs, ys = zip(*line.points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)


def _around(x: float, y: float, wide: float, high: float, line: float) -> _Box:
    return x - wide / 2 - line, y - high / 2 - line, wide + 2 * line, high + 2 * line
