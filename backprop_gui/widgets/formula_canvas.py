"""The picture of a formula, with a figure beside it, and what it is in words."""

import math

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtSvgWidgets import QSvgWidget
from PySide6.QtWidgets import QAccessibleWidget, QSizePolicy, QWidget

from backprop_gui.drawing.shapes import Drawing
from backprop_gui.drawing.slope import LEAST_SIZE
from backprop_gui.lesson.spoken import spoken_equation
from backprop_gui.lesson.steps import Quantity
from backprop_gui.paint.formula_plan import FormulaPlan
from backprop_gui.paint.painter import paint
from backprop_gui.paint.theme import LIGHT, Theme
from backprop_gui.system.exceptions import handed_on
from backprop_gui.system.texts import _

_LEAST_POINTS = 9.0  # of the figure's text
_LEAST_HEIGHT, _USUAL_HEIGHT = 2.7, 10.0  # of the formula: one line with fractions, or two


class FormulaCanvas(QSvgWidget):
    """Paints the formula and the figure that it is given, and says where the pointer is.

    Signals:
        resized(): there is more or less room.
        pointed_at(object): the pointer moved to a QPointF, or left (None).
        clicked_at(object): the left button was pressed and released at a QPointF.
    """

    resized = Signal()
    pointed_at = Signal(object)
    clicked_at = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.is_painted = False  # at least once
        self._plan: FormulaPlan | None = None
        self._quantity: Quantity | None = None
        self._words = ""
        self._theme = LIGHT
        self.setObjectName("formula")
        self.setAccessibleName(_("Formula"))
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_plan(
        self, plan: FormulaPlan, quantity: Quantity, theme: Theme, svg: bytes, words: str
    ) -> None:
        """Show the formula, as `svg`, and its figure.

        The formula is at hand as a text, too; `words` are what the figure shows.
        """
        self._plan, self._quantity, self._theme, self._words = plan, quantity, theme, words
        self.setAccessibleDescription(plan.made.text)
        self.load(svg)
        self.update()

    @property
    def figure(self) -> Drawing | None:
        """The curve beside the formula, or None."""
        return self._plan.figure if self._plan else None

    @property
    def spoken(self) -> str:
        """The formula and its figure in words, "" before there is one."""
        made = self._plan.made if self._plan else None
        if not (made and self._quantity):
            return ""
        return f"{spoken_equation(self._quantity, made)} {self._words}".rstrip()

    def accessible_interface(self) -> QAccessibleWidget:
        """Return what assistive technology asks."""
        return _Spoken(self)

    def sizeHint(self) -> QSize:
        """Ask for room for two lines with fractions."""
        return QSize(480, round(_USUAL_HEIGHT * self.fontInfo().pixelSize()))

    def minimumSizeHint(self) -> QSize:
        """Return the least room in which a formula, and a figure, can be read."""
        figure = math.ceil(LEAST_SIZE[1] * least_px(self))
        return QSize(240, max(figure, round(_LEAST_HEIGHT * self.fontInfo().pixelSize())))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the formula, and the figure beside it."""
        if not self.is_painted:
            self.is_painted = True
            self.resized.emit()  # to the first size that is seen
        super().paintEvent(event)
        if self._plan and (figure := self._plan.figure):
            area = QRectF(self._plan.x, self._plan.y, figure.width, figure.height)
            with handed_on(), QPainter(self) as painter:
                paint(painter, figure, area, self._theme, self.font())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the formula set for the new size."""
        super().resizeEvent(event)
        self.resized.emit()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Report where the pointer is."""
        self.pointed_at.emit(event.position())

    def leaveEvent(self, event: QEvent) -> None:
        """Report that the pointer is gone."""
        self.pointed_at.emit(None)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Report a click."""
        if event.button() == Qt.MouseButton.LeftButton:
            self.clicked_at.emit(event.position())


def least_px(widget: QWidget) -> int:
    """Return the size of the smallest text of a figure, in pixels."""
    return math.ceil(_LEAST_POINTS / 72 * widget.logicalDpiY())


class _Spoken(QAccessibleWidget):
    """The picture of a formula, in words."""

    def __init__(self, canvas: FormulaCanvas) -> None:
        super().__init__(canvas, QAccessible.Role.Graphic)
        self._canvas = canvas

    def text(self, kind: QAccessible.Text) -> str:
        """Return the formula in words as the description."""
        if kind == QAccessible.Text.Description:
            return self._canvas.spoken
        return super().text(kind)
