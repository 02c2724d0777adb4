"""The canvas with the network."""

from PySide6.QtCore import (
    QEvent,
    QPointF,
    QRectF,
    QSignalBlocker,
    Qt,
    QTimer,
    QVariantAnimation,
    Signal,
)
from PySide6.QtGui import QAccessible, QFocusEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAccessibleWidget, QSizePolicy, QWidget

from backprop_gui.drawing.layout import DESK, LECTURE
from backprop_gui.drawing.network import draw
from backprop_gui.drawing.shapes import Drawing
from backprop_gui.lesson import numbers
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.notation import rich
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.spoken import spoken
from backprop_gui.paint.extent import changed, within
from backprop_gui.paint.painter import fit, paint
from backprop_gui.paint.theme import LIGHT, Theme
from backprop_gui.system.exceptions import handed_on
from backprop_gui.system.texts import _

_LEAST_SIZE = (560, 220)  # smaller, its texts would be less than 9 points high
_LEAST_POINTS = 9.0
_BY_KEY = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
_MOTION_MS = 280


class NetworkView(QWidget):
    """The drawing of the moment, as large as the widget.

    Pointing at a number shows all of its digits and its formula. A step forward moves, shortly,
    along the edge that it uses; whatever comes next cuts that short.

    Signals:
        number_clicked(str): the person clicked a number; its exact text.
        quantity_pointed(object): the pointer is on a quantity, a code name, or on None.
        first_painted(): the first frame is on the screen.
    """

    number_clicked = Signal(str)
    quantity_pointed = Signal(object)
    first_painted = Signal()

    def __init__(self, moment: Moment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWhatsThis(
            _(
                "The network, with this step's numbers highlighted. Click a number to copy it; "
                "point at it to see it everywhere else. The arrow keys go from step to step."
            )
        )
        self._theme = LIGHT
        self._numerals = FILES
        self._measures = DESK
        self._text_scale = 1.0
        self._drawing: Drawing | None = None
        self._pointed_at: str | None = None
        self._lit: str | None = None
        self._is_moving = True
        self._motion = QVariantAnimation(self, startValue=0.0, endValue=1.0, duration=_MOTION_MS)
        self._motion.valueChanged.connect(self._redraw)
        self._has_painted = False
        self._has_key_focus = False
        self._moment = moment
        self.setObjectName("network")
        self.setAccessibleName(_("Network"))
        self.setAccessibleDescription(spoken(moment, self._numerals))
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setMinimumSize(*_LEAST_SIZE)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)

    def show_moment(self, moment: Moment, *, is_step: bool = False) -> None:
        """Show what is known at a moment; `is_step` says that a person went on to it."""
        self._moment = moment
        self._motion.stop()
        if is_step and self._is_moving and self.isVisible():
            with QSignalBlocker(self._motion):  # drawn once, below
                self._motion.start()
        self._redraw()
        self._tell()

    def show_numerals(self, numerals: Numerals) -> None:
        """Write numbers like this from now on."""
        self._numerals = numerals
        self._redraw()
        self._tell()

    def show_lit(self, name: str | None) -> None:
        """Light the quantity with this code name, or none."""
        if name != self._lit:
            self._lit = name
            self._redraw()

    def set_moving(self, is_moving: bool) -> None:
        """Let a step move, or show it at once."""
        self._is_moving = is_moving

    def set_large(self, is_large: bool) -> None:
        """Draw for the last row of a lecture hall, or for a desk."""
        self._measures = LECTURE if is_large else DESK
        self._redraw()

    def set_text_scale(self, text_scale: float) -> None:
        """Draw letters so many times as large as usual, and what is around them accordingly."""
        self._text_scale = text_scale
        self._redraw()

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        self._theme = theme
        self.update()

    def accessible_interface(self) -> QAccessibleWidget:
        """Return what assistive technology asks."""
        return QAccessibleWidget(self, QAccessible.Role.Graphic)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the drawing, laid out for the widget's shape."""
        with handed_on(), QPainter(self) as painter:
            painter.fillRect(self.rect(), self._theme.ground)
            area, font = QRectF(self.rect()), self.font()
            touched = within(self._laid_out(), event.region(), area, font)
            paint(painter, touched, area, self._theme, font)
            if self._has_key_focus:
                painter.setPen(self._theme.accent)
                painter.drawRect(self.rect().adjusted(0, 0, -1, -1))
        if not self._has_painted:
            self._has_painted = True
            QTimer.singleShot(0, self.first_painted.emit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay the drawing out again."""
        self._drawing = None

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Show a frame when the keyboard brought the focus here; a click shows it by itself."""
        self._has_key_focus = event.reason() in _BY_KEY
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Take the frame away."""
        self._has_key_focus = False
        self.update()

    # Not event() with its ToolTip: while training, each call from Qt into Python waits its turn.
    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Have the number under the pointer at hand with all its digits."""
        self._point_at(self._quantity_at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """Let go of what the pointer was on."""
        self._point_at(None)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Keep a double click on a number from the card, which it would enlarge."""
        event.setAccepted(self._quantity_at(event.position()) is not None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Report a click on a number."""
        name = self._quantity_at(event.position())
        value = self._moment.value(name) if name else None
        if value is not None and event.button() == Qt.MouseButton.LeftButton:
            self.number_clicked.emit(numbers.exact(value))

    def _tell(self) -> None:
        self.setAccessibleDescription(spoken(self._moment, self._numerals))
        if self._pointed_at:
            self.setToolTip(self._explained(self._pointed_at))

    def _redraw(self) -> None:
        before, self._drawing = self._drawing, None
        if before is None or not self.isVisible():
            self.update()
        else:
            self.update(changed(before, self._laid_out(), QRectF(self.rect()), self.font()))

    def _laid_out(self) -> Drawing:
        if self._drawing is None:
            is_moving = self._motion.state() == QVariantAnimation.State.Running
            progress = float(self._motion.currentValue()) if is_moving else 1.0
            ground = (float(self.width()), float(max(1, self.height())))
            measures = self._measures
            if not measures.is_large:  # read from afar, a drawing has few digits
                measures = measures.showing(self._numerals.digits, ground, self._least_px)
            self._drawing = draw(
                self._moment,
                ground[0] / ground[1],
                measures,
                self._lit,
                progress,
                self._numerals,
                text_scale=self._legible_scale(ground),
            )
        return self._drawing

    def _legible_scale(self, ground: tuple[float, float]) -> float:
        """The person's text size, or a larger one where a small drawing could not be read."""
        if self._measures.is_large:
            return 1.0  # for the last row already
        return self._measures.legible(ground, self._least_px, self._text_scale)

    @property
    def _least_px(self) -> float:
        return _LEAST_POINTS / 72 * self.logicalDpiY() * self._text_scale

    def _point_at(self, name: str | None) -> None:
        if name == self._pointed_at:
            return
        self._pointed_at = name
        is_number = name is not None
        shape = Qt.CursorShape.PointingHandCursor if is_number else Qt.CursorShape.ArrowCursor
        self.setCursor(shape)
        self.setToolTip(self._explained(name))
        self.quantity_pointed.emit(name)

    def _quantity_at(self, point: QPointF) -> str | None:
        drawing = self._laid_out()
        scale, offset = fit(drawing, QRectF(self.rect()))
        x, y = (point.x() - offset.x()) / scale, (point.y() - offset.y()) / scale
        return drawing.quantity_at(x, y)

    def _explained(self, name: str | None) -> str:
        value = self._moment.value(name) if name else None
        if name is None or value is None:
            return ""
        lesson = self._moment.lesson
        quantity = lesson.quantities[name]
        formula = f" = {rich(lesson.formula(quantity))}" if quantity.expression else ""
        number = self._numerals.of(self._moment.setup).full(value)
        lines = (f"<b>{quantity.title}</b>", f"{rich(quantity.symbol)}{formula}", number)
        return "".join(f"<p>{line}</p>" for line in lines)
