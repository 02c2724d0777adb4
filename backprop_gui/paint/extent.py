"""Where shapes are: what changed from one drawing to the next is painted, and no more."""

from collections.abc import Callable
from functools import singledispatch

from PySide6.QtCore import QRect, QRectF, QSize
from PySide6.QtGui import QFont, QRegion

from backprop_gui.drawing.shapes import Box, Disc, Drawing, HalfDisc, HalfRing, Line, Ring, Shape
from backprop_gui.drawing.shapes import Text as Words
from backprop_gui.paint.painter import fit, width

_SOFT = 2  # pixels, of an edge
_OVERHANG, _RISE = 0.4, 1.2  # of a text's size: the most that letters cover beside and above it
_HEAD = 6.0, 4.0  # of an arrow: its length, and how much longer a wider line makes it


def changed(before: Drawing, after: Drawing, area: QRectF, font: QFont) -> QRegion:
    """Return where the area, in pixels, shows something else with the one drawing or the other."""
    everything = QRegion(area.toAlignedRect())
    if before[:2] != after[:2] or _is_another(before.shapes, after.shapes):
        return everything
    old, new = set(before.shapes), set(after.shapes)
    stays = [shape for shape in after.shapes if shape in old]
    others = old ^ new
    # What lies above what matters as much as what there is.
    if len(others) > len(stays) or stays != [shape for shape in before.shapes if shape in new]:
        return everything
    place = _places(after, area, font)
    region = QRegion()
    for shape in others:
        region += place(shape)
    # Qt begins a line's dashes elsewhere in a clip that does not reach as far.
    return region + _corners(area.toAlignedRect())


def _is_another(before: tuple[Shape, ...], after: tuple[Shape, ...]) -> bool:
    """Say, quickly, whether the same shapes show another iteration: in a run, each frame does."""
    pairs = zip(before, after, strict=False)
    return len(before) == len(after) and sum(a != b for a, b in pairs) > len(after) / 2


def _corners(area: QRect) -> QRegion:
    pixel = QSize(1, 1)
    return QRegion(QRect(area.topLeft(), pixel)) + QRegion(QRect(area.bottomRight(), pixel))


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
        x, y, wide, high = _box(shape, font_key)
        box = QRectF(x * scale + left, y * scale + top, wide * scale, high * scale)
        return box.toAlignedRect().adjusted(-_SOFT, -_SOFT, _SOFT, _SOFT)

    return place


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
def _(shape: Line, _font_key: str) -> _Box:
    rim = _HEAD[0] + _HEAD[1] * shape.width if shape.has_arrow else shape.width
    left, right = (end(x for x, _y in shape.points) for end in (min, max))
    top, bottom = (end(y for _x, y in shape.points) for end in (min, max))
    return left - rim, top - rim, right - left + 2 * rim, bottom - top + 2 * rim


@_box.register
def _(shape: Words, font_key: str) -> _Box:
    wide = min(shape.max_width, width(shape, font_key))
    beside, above = _OVERHANG * shape.size, _RISE * shape.size
    left = shape.x - wide * shape.align
    return left - beside, shape.y - above, wide + 2 * beside, 2 * above


def _around(x: float, y: float, wide: float, high: float, line: float) -> _Box:
    return x - wide / 2 - line, y - high / 2 - line, wide + 2 * line, high + 2 * line
