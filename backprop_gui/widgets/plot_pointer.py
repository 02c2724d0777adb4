"""Where the mouse is in a plot, in iterations and errors: it points, clicks and draws by hand."""

from typing import Any

from PySide6.QtCore import QObject, QPointF, Qt, Signal

from backprop_gui.core.network import MOST_ITERATIONS
from backprop_gui.lesson.expected_curve import Stroke
from backprop_gui.widgets.drawing_pad import DrawingPad
from backprop_gui.widgets.plot_scale import Scale


class PlotPointer(QObject):
    """The mouse over a plot whose axes have scales.

    Signals:
        pointed_at(int): the pointer is over an iteration; 0 when it is over none.
        clicked_at(int): an iteration was clicked, 1 to MOST_ITERATIONS.
        stroked(Stroke): a drag drew a piece of a curve, while drawing is on.
    """

    # As objects: a number that Qt holds as an int ends at 2^31.
    pointed_at = Signal(object)
    clicked_at = Signal(object)
    stroked = Signal(object)

    def __init__(self, plot: Any, parent: QObject) -> None:
        super().__init__(parent)
        item = plot.getPlotItem()
        self._box = item.getViewBox()
        self._x_scale, self._y_scale = Scale(False), Scale(True)
        self._place: QPointF | None = None  # in the scene, while it is over the plot
        self._pad = DrawingPad(item)
        self._pad.stroked.connect(self._on_stroked)
        plot.scene().sigMouseMoved.connect(self._on_moved)
        plot.scene().sigMouseClicked.connect(self._on_clicked)

    @property
    def is_drawing(self) -> bool:
        """Whether a drag draws instead of moving the axes."""
        return bool(self._pad.isVisible())

    def set_drawing(self, is_on: bool) -> None:
        """Have a drag draw, or move the axes."""
        self._pad.setVisible(is_on)

    def show_scales(self, x_scale: Scale, y_scale: Scale) -> None:
        """Take places on the axes for numbers of these scales."""
        self._x_scale, self._y_scale = x_scale, y_scale

    def leave(self) -> None:
        """Forget the pointer that leaves."""
        self._place = None

    def point_again(self) -> None:
        """Say what is below the pointer now: it stands still while the axes move."""
        if self._place:
            self.pointed_at.emit(self._iteration_at(self._place))

    def _iteration_at(self, place: QPointF) -> int:
        """Return the iteration at a point, or 0 where there is none; none is beyond the most."""
        if not self._box.sceneBoundingRect().contains(place):
            return 0
        x: float = self._box.mapSceneToView(place).x()
        return max(1, round(self._x_scale.value(min(x, self._x_scale.place(MOST_ITERATIONS)))))

    def _on_moved(self, place: QPointF) -> None:
        self._place = place
        self.pointed_at.emit(self._iteration_at(place))

    def _on_clicked(self, event: Any) -> None:
        iteration = self._iteration_at(event.scenePos())
        if iteration and event.button() == Qt.MouseButton.LeftButton:
            self.clicked_at.emit(iteration)

    def _on_stroked(self, *ends: QPointF) -> None:
        start, end = (
            (self._x_scale.value(end.x()), self._y_scale.value(end.y()))
            for end in map(self._box.mapSceneToView, ends)
        )
        self.stroked.emit(Stroke(start, end, self._x_scale.is_log, self._y_scale.is_log))
