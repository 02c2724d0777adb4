"""Curves in a plot that are painted as a picture, as long as they and the axes stay the same.

Many dashed curves take long to draw, and a plot is painted again with every frame of a run: so what
they look like is kept.
"""

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPixmap

from backprop_gui.system.exceptions import handed_on
from backprop_gui.widgets.plot_line import PlotLine
from backprop_gui.widgets.plot_scale import Floats


class PicturedLines(pg.GraphicsObject):  # type: ignore[misc]
    """`lines` over or under the present run's curve, as `height` says, painted together."""

    def __init__(self, plot: Any, height: float) -> None:
        super().__init__()
        self.lines: list[PlotLine] = []
        self._plot, self._height = plot, height
        self._is_for_vectors = False
        self._picture: QPixmap | None = None
        self._pictured: object = None  # where, and how large
        self.setZValue(height)
        plot.addItem(self, ignoreBounds=True)

    def made_line(self) -> PlotLine:
        """Return a line that is painted with the others, once it is one of `lines`."""
        return PlotLine(self._plot, self._height, _Curve(self))

    def draw_for_vectors(self) -> None:
        """Draw as paths, for a file."""
        self._is_for_vectors = True

    def forget_picture(self) -> None:
        """Draw the curves again: they are others, or the axes are."""
        self._picture = None
        self.update()

    def viewTransformChanged(self) -> None:
        """Cover what is seen now."""
        super().viewTransformChanged()
        self.prepareGeometryChange()
        self.forget_picture()

    def boundingRect(self) -> QRectF:
        """Return all that is seen of the plane."""
        seen: QRectF = self.viewRect() or QRectF()
        return seen

    def paint(self, painter: QPainter, *_options: object) -> None:
        """Paint the curves, or the picture that there is of them."""
        with handed_on():
            if not self.lines:
                return
            if self._is_for_vectors:
                self._draw(painter)
                return
            area = painter.worldTransform().mapRect(self.boundingRect()).toAlignedRect()
            picture = self._pictured_in(area, painter)
            painter.save()
            painter.resetTransform()
            painter.drawPixmap(area.topLeft(), picture)
            painter.restore()

    def _pictured_in(self, area: QRect, painter: QPainter) -> QPixmap:
        ratio = painter.device().devicePixelRatio()
        wanted = area, ratio
        if self._picture is None or self._pictured != wanted:
            picture = QPixmap(area.size() * ratio)
            picture.setDevicePixelRatio(ratio)
            picture.fill(Qt.GlobalColor.transparent)
            with QPainter(picture) as brush:
                brush.setRenderHint(QPainter.RenderHint.Antialiasing)
                brush.translate(-area.topLeft())
                brush.setWorldTransform(painter.worldTransform(), combine=True)
                self._draw(brush)
            self._picture, self._pictured = picture, wanted
        return self._picture

    def _draw(self, painter: QPainter) -> None:
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for line in self.lines:
            painter.setPen(line.item.pen)
            painter.drawPath(line.item.path())


class _Curve:
    """One of the curves, as a `PlotLine` puts it in place: pyqtgraph's names, without its items."""

    def __init__(self, lines: PicturedLines) -> None:
        self._lines = lines
        self._x: Floats | None = None
        self._y: Floats | None = None
        self._connect: Any = "all"
        self._path: QPainterPath | None = None
        self.pen = QPen()
        self.curve = self

    def setSegmentedLineMode(self, _mode: str) -> None:
        """Draw as one path in any case: dashes go on from point to point."""

    def setZValue(self, _height: float) -> None:
        """Stay where all of them are."""

    def setData(self, x: Floats, y: Floats, connect: Any = "all") -> None:
        """Go through these points."""
        self._x, self._y, self._connect, self._path = x, y, connect, None
        self._lines.forget_picture()

    def getData(self) -> tuple[Floats | None, Floats | None]:
        """Return the points."""
        return self._x, self._y

    def setPen(self, pen: QPen) -> None:
        """Draw with this pen."""
        self.pen = pen
        self._lines.forget_picture()

    def path(self) -> QPainterPath:
        """Return the curve as a path."""
        if self._path is None:
            if self._x is None or self._y is None:
                return QPainterPath()
            made: QPainterPath = pg.arrayToQPath(
                self._x, self._y, connect=self._connect, finiteCheck=False
            )
            self._path = made
        return self._path
