"""The curves of kept runs in a plot, each in its colour and dash.

Many dashed curves take long to draw, and a plot is painted again with every frame of a run: so what
they look like is kept as a picture, until the axes or the curves are others.
"""

from collections.abc import Iterable
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QRect, QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPen, QPixmap

from backprop_gui.core.kept_run import FADED, KeptRun
from backprop_gui.drawing.run_style import style
from backprop_gui.drawing.shapes import Tint
from backprop_gui.paint.theme import Theme
from backprop_gui.system.exceptions import handed_on
from backprop_gui.widgets.plot_line import PlotLine
from backprop_gui.widgets.plot_scale import Floats

_WIDTH = 1.6
_COARSENESS = 2  # nobody sees the difference in a dashed curve, and half of the time is saved
_BELOW = -10.0  # the present run's curve
_FADED, _FADED_BY_AGE, _LEAST_FADED = 0.5, 0.06, 0.2


class KeptLines(pg.GraphicsObject):  # type: ignore[misc]
    """The runs that are shown, of which something is known, and their lines in the same order."""

    def __init__(self, plot: Any) -> None:
        super().__init__()
        self.runs: tuple[KeptRun, ...] = ()
        self.lines: list[PlotLine] = []
        self._curves: list[_Curve] = []
        self._plot = plot
        self._is_for_vectors = False
        self._picture: QPixmap | None = None
        self._pictured: object = None  # where, and how large
        self.setZValue(_BELOW)
        plot.addItem(self, ignoreBounds=True)

    def show_runs(self, kept: Iterable[KeptRun]) -> None:
        """Draw these runs' curves, the newest last, in place of those so far."""
        before = {line.trace: line for line in self.lines}
        self.runs = tuple(run for run in kept if run.trace and run.is_shown)
        self.lines = [before.get(run.trace) or self._made(run) for run in self.runs]
        for line in set(before.values()) - set(self.lines):
            line.remove()
        self._curves = [line.item for line in self.lines]
        self.forget_picture()

    def _made(self, run: KeptRun) -> PlotLine:
        line = PlotLine(self._plot, _BELOW, _Curve(self))
        line.coarseness = _COARSENESS
        if run.trace:
            line.show(run.trace)
        return line

    def set_pens(self, theme: Theme, scale: float) -> None:
        """Draw in the colours of a theme, `scale` times as thick as on an ordinary screen."""
        age = len(self.runs)
        for run, line in zip(self.runs, self.lines, strict=True):
            age -= 1
            ink, dash = style(run.colour)
            is_faded = run.colour == FADED
            depth = max(_LEAST_FADED, _FADED - _FADED_BY_AGE * age) if is_faded else 1.0
            colour = theme.colour(Tint(ink, depth))
            pen: QPen = pg.mkPen(colour, width=_WIDTH * scale)
            if dash:
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                pen.setDashPattern([length / _WIDTH for length in dash])
            line.set_pen(pen, colour)

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
            if not self._curves:
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
        for curve in self._curves:
            painter.setPen(curve.pen)
            painter.drawPath(curve.path())


class _Curve:
    """One of the curves, as a `PlotLine` puts it in place: pyqtgraph's names, without its items."""

    def __init__(self, lines: KeptLines) -> None:
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
