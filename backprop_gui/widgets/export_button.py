"""The button of a card that gives its picture away: by a click as a file, by dragging."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QApplication, QPushButton

from backprop_gui.lesson.spoken import aloud
from backprop_gui.system.exceptions import handed_on
from backprop_gui.system.texts import _
from backprop_gui.widgets.plain import TEXT_PX

_SIDE = 14.0  # of the sign, in units of a text of 13 pixels


class ExportButton(QPushButton):
    """Says "Export" or, where there is no room for the word, has a sign: a tray and an arrow.

    Signals:
        drag_started(): the pointer was pressed here and moved away; no click follows.
    """

    drag_started = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._pressed_at: QPointF | None = None
        self.setObjectName("tool")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(True)
        self.setToolTip(
            _("Export this card as a picture, or drag the picture into another program")
        )
        self.setAccessibleDescription(self.toolTip())
        self.set_short(False)

    def set_short(self, is_short: bool) -> None:
        """Have the sign in place of the word."""
        self.setText("" if is_short else _("Export"))

    def name(self, title: str) -> None:
        """Say aloud what would be exported: the card's title."""
        self.setAccessibleName(aloud(_("Export: {title}").format(title=title)))

    def sizeHint(self) -> QSize:
        """Return the size for the word, or a square for the sign."""
        size = super().sizeHint()
        return size if self.text() else QSize(size.height() + 2, size.height())

    def minimumSizeHint(self) -> QSize:
        """Return the same: neither can be smaller."""
        return self.sizeHint()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the sign on the button."""
        super().paintEvent(event)
        if self.text():
            return
        with handed_on(), QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            side = _SIDE * self.fontInfo().pixelSize() / TEXT_PX
            box = QRectF(0, 0, side, side)
            box.moveCenter(QRectF(self.rect()).center())
            painter.setPen(QPen(self.palette().buttonText(), side / 10))
            for line in _sign(box):
                painter.drawPolyline(line)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Remember where it began."""
        super().mousePressEvent(event)
        if event.button() == Qt.MouseButton.LeftButton:
            self._pressed_at = event.position()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Begin the drag when the pointer has moved far enough; then it is no click."""
        super().mouseMoveEvent(event)
        if self._pressed_at is None:
            return
        way = event.position() - self._pressed_at
        if way.manhattanLength() >= QApplication.startDragDistance():
            self._pressed_at = None
            self.setDown(False)
            self.drag_started.emit()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Click, unless it was a drag."""
        self._pressed_at = None
        super().mouseReleaseEvent(event)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Keep a double click from the card, which it would enlarge."""


def _sign(box: QRectF) -> tuple[QPolygonF, ...]:
    """Return the lines of the sign: an arrow up, out of a tray that is open above."""

    def line(*points: tuple[float, float]) -> QPolygonF:
        size = box.width()
        return QPolygonF([box.topLeft() + QPointF(x * size, y * size) for x, y in points])

    return (
        line((0.5, 0.66), (0.5, 0.06)),
        line((0.26, 0.3), (0.5, 0.06), (0.74, 0.3)),
        line((0.06, 0.58), (0.06, 0.94), (0.94, 0.94), (0.94, 0.58)),
    )
