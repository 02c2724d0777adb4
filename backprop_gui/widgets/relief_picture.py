"""The landscape as a hill that can be turned."""

from PySide6.QtCore import QEvent, QPointF, Qt, QTimer
from PySide6.QtGui import QKeyEvent, QMouseEvent

from backprop_gui.drawing.relief import TILTS, Viewpoint, draw_relief
from backprop_gui.drawing.shapes import Drawing
from backprop_gui.state.state import State
from backprop_gui.system.texts import _
from backprop_gui.widgets.drawing_canvas import DrawingCanvas, Size, is_own_key
from backprop_gui.widgets.landscape_map import LandscapeMap

_TURN = 0.4  # degrees for a pixel
_STEP = 5.0  # degrees for a key
_RESTS_MS = 150  # without a turn, from where on it is drawn finely again
_KEYS = {
    Qt.Key.Key_Left: (-_STEP, 0.0),
    Qt.Key.Key_Right: (_STEP, 0.0),
    Qt.Key.Key_Up: (0.0, _STEP),
    Qt.Key.Key_Down: (0.0, -_STEP),
}


class ReliefPicture(DrawingCanvas):
    """The map's error as a hill; dragging turns it, and so do the arrow keys with the focus.

    While it turns it has fewer patches.
    """

    def __init__(self, surface: LandscapeMap) -> None:
        super().__init__(self._drawn_for, _("Relief"))
        self.setWhatsThis(_("The error as a hill. Drag it to turn it."))
        self._surface = surface
        self._view = Viewpoint()
        self._held: tuple[QPointF, Viewpoint] | None = None
        self._turning = QTimer(self, singleShot=True, interval=_RESTS_MS)
        self._turning.timeout.connect(self.redraw)
        self.setObjectName("relief")
        self.setMinimumSize(200, 84)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def show_state(self, _state: State) -> None:
        """Show the run and its moment."""
        if self.isVisible():
            self.redraw()

    def turn(self, turn: float, tilt: float, view: Viewpoint | None = None) -> None:
        """Turn by degrees around the middle, and up, from a view or from the one that there is."""
        view = view or self._view
        low, high = TILTS
        tilted = min(max(view.tilt + tilt, low), high)
        self._view = Viewpoint((view.turn + turn) % 360.0, tilted)
        self._turning.start()
        self.redraw()

    def _drawn_for(self, size: Size) -> Drawing:
        side = min(size)  # a square part of the plane, whatever the map's shape is
        scene, is_coarse = self._surface.scene((side, side)), self._turning.isActive()
        return draw_relief(scene, size, self._view, is_coarse=is_coarse)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the hill."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._held = event.position(), self._view
            self.setCursor(Qt.CursorShape.ClosedHandCursor)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Turn the hill with the hand that holds it."""
        if self._held:
            start, view = self._held
            away = event.position() - start
            self.turn(-_TURN * away.x(), _TURN * away.y(), view)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self._held = None
        self.setCursor(Qt.CursorShape.OpenHandCursor)

    def event(self, event: QEvent) -> bool:
        """Keep the arrow keys while it has the focus."""
        if is_own_key(event, _KEYS):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Turn the hill by some degrees."""
        if event.key() in _KEYS and not event.modifiers():
            self.turn(*_KEYS[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)
