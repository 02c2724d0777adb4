"""What a curve is drawn on by hand: it lies over a plot and takes the drags of the mouse."""

from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtWidgets import QGraphicsSceneMouseEvent

from backprop_gui.system.exceptions import handed_on

_ON_TOP = 20.0  # of all that is in the plot


class DrawingPad(pg.GraphicsObject):  # type: ignore[misc]
    """Covers what is seen of a plot while it is visible.

    What it does not take, such as the wheel, goes to the plot below it.

    Signals:
        stroked(QPointF, QPointF): a drag went from one place of the scene to another.
    """

    stroked = Signal(QPointF, QPointF)

    def __init__(self, plot: Any) -> None:
        super().__init__()
        self._box = plot.getViewBox()
        self._last: QPointF | None = None
        self.setZValue(_ON_TOP)
        self.setAcceptedMouseButtons(Qt.MouseButton.LeftButton)
        self.setCursor(Qt.CursorShape.CrossCursor)
        self.hide()
        plot.addItem(self, ignoreBounds=True)

    def viewTransformChanged(self) -> None:
        """Cover what is seen now."""
        super().viewTransformChanged()
        self.prepareGeometryChange()

    def boundingRect(self) -> QRectF:
        """Return all that is seen of the plane."""
        seen: QRectF = self.viewRect() or QRectF()
        return seen

    def paint(self, *_args: object) -> None:
        """Paint nothing: what is drawn is the curve."""

    def mousePressEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        """Begin a drag."""
        self._last = self._within(event.scenePos())
        event.accept()

    def mouseMoveEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        """Draw on from where the pointer was."""
        with handed_on():
            place = self._within(event.scenePos())
            if self._last is not None and place != self._last:
                start, self._last = self._last, place
                self.stroked.emit(start, place)

    def mouseReleaseEvent(self, event: QGraphicsSceneMouseEvent) -> None:
        """End the drag."""
        self._last = None

    def _within(self, place: QPointF) -> QPointF:
        """Return the nearest place in the plot: nobody draws what cannot be seen."""
        room: QRectF = self._box.sceneBoundingRect()
        x = min(max(place.x(), room.left()), room.right())
        return QPointF(x, min(max(place.y(), room.top()), room.bottom()))
