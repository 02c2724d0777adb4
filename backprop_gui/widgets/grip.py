"""The place by which a card's picture is dragged into another program."""

from PySide6.QtCore import QPointF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAccessibleWidget, QApplication, QWidget

from backprop_gui.system.exceptions import handed_on
from backprop_gui.system.texts import _

_SIZE = QSize(16, 18)
_DOT = 1.4


class Grip(QWidget):
    """Six dots, by which something can be dragged away.

    Signals:
        drag_started(): the pointer was pressed here and moved away.
    """

    drag_started = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._pressed_at: QPointF | None = None
        self.setFixedSize(_SIZE)
        self.setCursor(Qt.CursorShape.OpenHandCursor)
        self.setToolTip(_("Drag this card's picture into another program"))
        self.setAccessibleName(_("Grip"))

    def accessible_interface(self) -> QAccessibleWidget:
        """Return what assistive technology asks."""
        return QAccessibleWidget(self, QAccessible.Role.Grip)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the dots."""
        with handed_on(), QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(self.palette().placeholderText())
            for row in (4, 9, 14):
                for column in (5, 11):
                    painter.drawEllipse(QPointF(column, row), _DOT, _DOT)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where it began."""
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin the drag when the pointer has moved far enough."""
        if self._pressed_at is None:
            return
        way = event.position() - self._pressed_at
        if way.manhattanLength() >= QApplication.startDragDistance():
            self._pressed_at = None
            self.drag_started.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Forget where it began."""
        self._pressed_at = None

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Keep a double click from the card, which it would enlarge."""
