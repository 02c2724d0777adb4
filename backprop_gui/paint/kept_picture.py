"""A drawing as pixels that are kept: of the next one only what differs is painted."""

import math
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRect, QRectF, QSize
from PySide6.QtGui import QFont, QPaintEngine, QPainter, QPixmap, QRegion

from backprop_gui.drawing.shapes import Drawing
from backprop_gui.paint.extent import changed_places, within
from backprop_gui.paint.painter import paint
from backprop_gui.paint.theme import Theme


class _Area(NamedTuple):
    """Where and how a drawing is painted; a picture with another area is another picture.

    `scale` is the device's pixels for each of the area's, `offset` how far the area begins within
    a pixel of the device.
    """

    size: QSize
    scale: float
    offset: tuple[float, float]
    theme: Theme
    font: str

    @property
    def pixels(self) -> QSize:
        """How many pixels of the device it takes."""
        sides = zip(self.size.toTuple(), self.offset, strict=True)
        return QSize(*(math.ceil(side * self.scale + start) for side, start in sides))

    def on_device(self, place: QRect) -> QRect:
        """Return the pixels of the device that hold a part of the area."""
        (x, y), scale = self.offset, self.scale
        corner = QPointF(place.x() * scale + x, place.y() * scale + y)
        return QRectF(corner, place.size().toSizeF() * scale).toAlignedRect()


class KeptPicture:
    """The pixels of the drawing that was painted last.

    They are those of the drawing painted at once.
    """

    def __init__(self) -> None:
        self._area: _Area | None = None
        self._drawing: Drawing | None = None
        self._pixels = QPixmap()

    def paint(
        self, painter: QPainter, drawing: Drawing, area: QRect, theme: Theme, font: QFont
    ) -> None:
        """Paint the drawing on the theme's ground, into an area that begins at (0, 0)."""
        if painter.paintEngine().type() != QPaintEngine.Type.Raster:
            painter.fillRect(area, theme.ground)
            paint(painter, drawing, QRectF(area), theme, font)
            return
        to_device = painter.deviceTransform()
        left, top = math.floor(to_device.dx()), math.floor(to_device.dy())
        offset = to_device.dx() - left, to_device.dy() - top
        self._update(
            _Area(area.size(), to_device.m11(), offset, theme, font.toString()), drawing, font
        )
        painter.save()
        painter.scale(1 / to_device.m11(), 1 / to_device.m22())
        painter.drawPixmap(QPointF(-offset[0], -offset[1]), self._pixels)
        painter.restore()

    def _update(self, ground: _Area, drawing: Drawing, font: QFont) -> None:
        """Have the pixels of this drawing."""
        area = QRect(0, 0, *ground.size.toTuple())
        places = [area]
        if ground != self._area or self._drawing is None:
            self._area, self._pixels = ground, QPixmap(ground.pixels)
            self._pixels.fill(ground.theme.ground)
        elif drawing is self._drawing:
            return
        else:
            places = changed_places(self._drawing, drawing, QRectF(area), font)
        self._drawing = None  # until all of the next one is there
        region, on_device = QRegion(), QRegion()
        for place in places:
            region += place
            on_device += ground.on_device(place)
        with QPainter(self._pixels) as painter:
            # In a clip that is a rectangle Qt rounds colours otherwise than without one.
            if on_device.rectCount() > 1:
                painter.setClipRegion(on_device)
            painter.fillRect(self._pixels.rect(), ground.theme.ground)
            painter.translate(*ground.offset)
            painter.scale(ground.scale, ground.scale)
            touched = within(drawing, region, QRectF(area), font)
            paint(painter, touched, QRectF(area), ground.theme, font)
        self._drawing = drawing
