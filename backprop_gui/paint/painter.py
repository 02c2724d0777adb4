"""Shapes to QPainter: the one painter for screen, pictures and print."""

import math
import re
import threading
from functools import cache, cached_property, lru_cache, singledispatch
from typing import NamedTuple

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import (
    QBrush,
    QColor,
    QFont,
    QFontMetricsF,
    QPaintEngine,
    QPainter,
    QPen,
    QPolygonF,
)

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
    Text,
    TextPiece,
    Tint,
    pieces,
)
from backprop_gui.drawing.widths import LOWERED_SIZE, PLATE_HEIGHT, PLATE_MARGIN
from backprop_gui.paint.colour_map import pixels, shaded
from backprop_gui.paint.theme import TABULAR, Theme, print_font, symbol_family

_CORNER = 10.0
_LOWERED_BY = 0.22
_CAP_HEIGHT = 0.72  # of a sans, in units of its size
_FULL_TURN = 16 * 360
_DIGIT_OR_NOT = re.compile(r"(?P<digit>\d)|\D+", re.ASCII)
SEAM = 0.7  # of a patch, around it
_DASH = (7.0, 5.0)  # lengths on and off, in logical units
HALO = 1.4  # of a line, to each side
_PLATE = 0.88  # how opaque the plate of a text is
_VECTOR_PX = 2.5  # pixels of a raster for each unit where the device has none
_MOST_PX = 8_000_000  # of a raster; the colours change slowly, so more would look the same


def _measured(font_key: str, size: float, is_bold: bool) -> tuple[QFont, QFontMetricsF]:
    font = QFont()
    if font_key:
        font.fromString(font_key)
        font.setFeature(TABULAR, 1)
        font.setWeight(QFont.Weight.DemiBold if is_bold else QFont.Weight.Normal)
    else:
        font.setFamily(symbol_family())
        font.setItalic(True)
    # Unhinted, a text has the same proportions at every scale and on paper.
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    font.setPixelSize(max(1, round(size)))
    return font, QFontMetricsF(font)


class _Measured(NamedTuple):
    """A piece of a text in its font: how far it is lowered, in units of the size, and its width."""

    text: str
    font: QFont
    metrics: QFontMetricsF
    drop: float
    advance: float


class _Fonts(threading.local):
    """The fonts of a thread: a font must not be used by two of them at once."""

    def __init__(self) -> None:
        self.measured = cache(_measured)
        # From one moment to the next, most texts of a drawing stay.
        self.parts = lru_cache(2048)(self._parts)

    def _parts(
        self, text: str, symbols: tuple[str, ...], size: float, is_bold: bool, font_key: str
    ) -> tuple[tuple[_Measured, ...], float]:
        """Return the pieces of a text, measured, and how wide all of it is."""
        parts = tuple(self._part(piece, size, is_bold, font_key) for piece in pieces(text, symbols))
        return parts, sum(part.advance for part in parts)

    def _part(self, piece: TextPiece, size: float, is_bold: bool, font_key: str) -> _Measured:
        key = "" if piece.is_symbol else font_key
        scale = LOWERED_SIZE if piece.is_lowered else 1.0
        font, metrics = self.measured(key, size * scale, is_bold)
        drop = _LOWERED_BY if piece.is_lowered else 0.0
        return _Measured(piece.text, font, metrics, drop, metrics.horizontalAdvance(piece.text))


_fonts = _Fonts()


class _Brush:
    """A painter at work in a theme and a font."""

    def __init__(self, painter: QPainter, theme: Theme, font: QFont) -> None:
        self.painter = painter
        self.theme = theme
        self._font_key = font.toString()

    @cached_property
    def is_for_print(self) -> bool:
        """Whether what is painted becomes a PDF."""
        return paints_pdf(self.painter)

    def parts(self, shape: Text) -> tuple[tuple[_Measured, ...], float]:
        """Return the pieces of a text, and how wide it is where it has all the room it needs."""
        return _fonts.parts(shape.text, shape.symbols, shape.size, shape.is_bold, self._font_key)


def width(shape: Text, font_key: str) -> float:
    """Return how wide a text is where it has all the room it needs; `font_key` names the font."""
    return _fonts.parts(shape.text, shape.symbols, shape.size, shape.is_bold, font_key)[1]


def fit(drawing: Drawing, area: QRectF) -> tuple[float, QPointF]:
    """Return the scale and the offset by which the drawing fills the area, centred."""
    scale = min(area.width() / drawing.width, area.height() / drawing.height)
    x = area.center().x() - drawing.width * scale / 2
    y = area.center().y() - drawing.height * scale / 2
    return scale, QPointF(x, y)


def least_size(drawing: Drawing, font: QFont) -> float:
    """Return the size of the drawing's smallest text, in its units, as it is painted in a font.

    Lowered letters do not count.
    """
    key = font.toString()
    texts = [shape for shape in drawing.shapes if isinstance(shape, Text) and shape.text.strip()]
    return min((shape.size * _share(shape, key) for shape in texts), default=math.inf)


def _share(shape: Text, font_key: str) -> float:
    """Return how wide a text can be, of the width that it has."""
    return min(1.0, shape.max_width / max(1.0, width(shape, font_key)))


def paint(painter: QPainter, drawing: Drawing, area: QRectF, theme: Theme, font: QFont) -> None:
    """Paint the drawing into `area`, in the painter's own coordinates."""
    scale, offset = fit(drawing, area)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setRenderHint(QPainter.RenderHint.TextAntialiasing)
    painter.translate(offset)
    painter.scale(scale, scale)
    brush = _Brush(painter, theme, font)
    for shape in drawing.shapes:
        _paint(shape, brush)
    painter.restore()


def paints_pdf(painter: QPainter) -> bool:
    """Say whether what is painted becomes a PDF."""
    return painter.paintEngine().type() == QPaintEngine.Type.Pdf


@singledispatch
def _paint(shape: Shape, brush: _Brush) -> None:
    raise TypeError(f"no way to paint a {type(shape).__name__}")


@_paint.register
def _(shape: HalfDisc, brush: _Brush) -> None:
    brush.painter.setPen(Qt.PenStyle.NoPen)
    brush.painter.setBrush(brush.theme.colour(shape.fill))
    brush.painter.drawPie(_around(shape), _start(shape), _FULL_TURN // 2)


@_paint.register
def _(shape: HalfRing, brush: _Brush) -> None:
    brush.painter.setPen(_outline(shape.stroke, shape.width, brush.theme))
    brush.painter.setBrush(Qt.BrushStyle.NoBrush)
    draw = brush.painter.drawArc if shape.is_open else brush.painter.drawChord
    draw(_around(shape), _start(shape), _FULL_TURN // 2)


@_paint.register
def _(shape: Disc, brush: _Brush) -> None:
    brush.painter.setPen(Qt.PenStyle.NoPen)
    brush.painter.setBrush(brush.theme.colour(shape.fill))
    brush.painter.drawEllipse(_around(shape))


@_paint.register
def _(shape: Ring, brush: _Brush) -> None:
    pen = _outline(shape.stroke, shape.width, brush.theme, is_dashed=shape.is_dashed)
    brush.painter.setPen(pen)
    brush.painter.setBrush(Qt.BrushStyle.NoBrush)
    brush.painter.drawEllipse(_around(shape))


@_paint.register
def _(shape: Box, brush: _Brush) -> None:
    width = shape.stroke_width
    brush.painter.setPen(_outline(shape.stroke, width, brush.theme, is_dashed=shape.is_dashed))
    if shape.fill:
        brush.painter.setBrush(brush.theme.colour(shape.fill))
    else:
        brush.painter.setBrush(Qt.BrushStyle.NoBrush)
    corner = QPointF(shape.x - shape.width / 2, shape.y - shape.height / 2)
    box = QRectF(corner.x(), corner.y(), shape.width, shape.height)
    brush.painter.drawRoundedRect(box, _CORNER, _CORNER)


@_paint.register
def _(shape: Line, brush: _Brush) -> None:
    colour = brush.theme.colour(shape.stroke)
    points = [QPointF(x, y) for x, y in shape.points]
    if shape.has_arrow:
        points[-1] = _paint_arrow(points[-2], points[-1], shape.width, colour, brush.painter)
    line, pens = QPolygonF(points), []
    if shape.halo:
        pens.append(QPen(QColor(brush.theme.ground), shape.width + 2 * HALO))
    dash = shape.dash or (_usual_dash(shape.width) if shape.is_dashed else ())
    pens.append(_pen(shape.stroke, shape.width, brush.theme, dash))
    brush.painter.setBrush(Qt.BrushStyle.NoBrush)
    for pen in pens:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        brush.painter.setPen(pen)
        brush.painter.drawPolyline(line)


@_paint.register
def _(shape: Patch, brush: _Brush) -> None:
    if shape.fill:
        pen, inside = _of_patch(brush.theme.colour(shape.fill).rgb())
    else:
        pen, inside = _of_patch(shaded(shape.place, shape.shade).rgb())
    brush.painter.setPen(pen)
    brush.painter.setBrush(inside)
    brush.painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in shape.points]))


@_paint.register
def _(shape: Text, brush: _Brush) -> None:
    parts, width = brush.parts(shape)
    painter = brush.painter
    before = painter.transform()
    painter.translate(shape.x, shape.y)
    painter.rotate(shape.turn)
    if shape.halo:
        _paint_plate(shape, min(width, shape.max_width), brush)
    painter.setPen(brush.theme.ink(shape.ink))
    if width > shape.max_width:
        share = shape.max_width / width  # smaller, and never squeezed
        painter.scale(share, share)
    x = -width * shape.align
    for part in parts:
        place = QPointF(x, shape.size * (_CAP_HEIGHT / 2 + part.drop))
        if brush.is_for_print:
            _write_for_print(painter, place, part)
        else:
            painter.setFont(part.font)
            painter.drawText(place, part.text)
        x += part.advance
    painter.setTransform(before)


@lru_cache(maxsize=4096)  # a hill that is turned has the same patches
def _of_patch(colour: int) -> tuple[QPen, QBrush]:
    # No ground is seen between two patches.
    return QPen(QColor(colour), SEAM), QBrush(QColor(colour))


def _paint_plate(shape: Text, width: float, brush: _Brush) -> None:
    plate, size = QColor(brush.theme.ground), shape.size
    plate.setAlphaF(_PLATE)
    brush.painter.setPen(Qt.PenStyle.NoPen)
    brush.painter.setBrush(plate)
    left, high = -width * shape.align - PLATE_MARGIN * size, PLATE_HEIGHT * size
    area = QRectF(left, -high / 2, width + 2 * PLATE_MARGIN * size, high)
    brush.painter.drawRoundedRect(area, high / 4, high / 4)


@_paint.register
def _(shape: Raster, brush: _Brush) -> None:
    painter = brush.painter
    corner = QPointF(shape.x - shape.width / 2, shape.y - shape.height / 2)
    area = QRectF(corner.x(), corner.y(), shape.width, shape.height)
    to_device = painter.combinedTransform()
    wide, high = to_device.m11() * shape.width, to_device.m22() * shape.height
    is_vector = painter.paintEngine().type() not in (QPaintEngine.Type.Raster,)
    if is_vector:
        wide, high = wide * _VECTOR_PX, high * _VECTOR_PX
    else:
        # On whole pixels, each is as it was computed; a frame hides what that moves.
        place = to_device.mapRect(area).toRect()
        wide, high = place.width(), place.height()
        area = to_device.inverted()[0].mapRect(QRectF(place))
    share = min(1.0, math.sqrt(_MOST_PX / max(1.0, wide * high)))
    made = pixels(shape.field, max(1, round(wide * share)), max(1, round(high * share)))
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.SmoothPixmapTransform, is_vector or share < 1)
    painter.setRenderHint(QPainter.RenderHint.LosslessImageRendering)
    painter.drawImage(area, made)
    painter.restore()


def _write_for_print(painter: QPainter, place: QPointF, part: _Measured) -> None:
    """Write a text so that digits copied from a PDF are right.

    Figures of one width are other glyphs than a font's usual digits, and a PDF does not tell
    that they are digits. So each usual digit is set in the middle of that width.
    """
    usual, metrics = print_font(part.font), part.metrics
    usual_metrics = QFontMetricsF(usual)
    painter.setFont(usual)
    for found in _DIGIT_OR_NOT.finditer(part.text):
        left = metrics.horizontalAdvance(part.text[: found.start()])
        if found["digit"]:
            room = metrics.horizontalAdvance(found[0])
            left += (room - usual_metrics.horizontalAdvance(found[0])) / 2
        painter.drawText(place + QPointF(left, 0), found[0])


def _outline(stroke: Tint, width: float, theme: Theme, *, is_dashed: bool = False) -> QPen:
    return _pen(stroke, width, theme, _usual_dash(width) if is_dashed else ())


def _usual_dash(width: float) -> tuple[float, ...]:
    return tuple(length * (1 + width / 8) for length in _DASH)


def _pen(stroke: Tint, width: float, theme: Theme, dash: tuple[float, ...]) -> QPen:
    pen = QPen(theme.colour(stroke), width)
    if dash:
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setDashPattern([length / width for length in dash])
    return pen


def _paint_arrow(
    start: QPointF, tip: QPointF, width: float, colour: QColor, painter: QPainter
) -> QPointF:
    """Paint an arrow's head at `tip` and return the point where its shaft ends."""
    length = 6.0 + 3.0 * width
    angle = math.radians(QLineF(tip, start).angle())
    along = QPointF(math.cos(angle), -math.sin(angle))
    across = QPointF(-along.y(), along.x())
    base = tip + along * length
    head = QPolygonF([tip, base + across * length * 0.42, base - across * length * 0.42])
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(head)
    return base


def _start(shape: HalfDisc | HalfRing) -> int:
    return -_FULL_TURN // 4 if shape.is_right else _FULL_TURN // 4


def _around(shape: HalfDisc | HalfRing | Disc | Ring) -> QRectF:
    r = shape.radius
    return QRectF(shape.x - r, shape.y - r, 2 * r, 2 * r)
