"""The formula card: the step in symbols, with its numbers, and why."""

from PySide6.QtCore import QEvent, QPointF, QSize, Qt, Signal
from PySide6.QtGui import QAccessible, QMouseEvent, QResizeEvent
from PySide6.QtSvgWidgets import QSvgWidget
from PySide6.QtWidgets import QAccessibleWidget, QSizePolicy, QVBoxLayout, QWidget

from backprop_gui.drawing.layout import LECTURE
from backprop_gui.drawing.shapes import Ink, Tint
from backprop_gui.lesson import numbers
from backprop_gui.lesson.formula import Formula, formula
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.spoken import aloud, spoken_equation
from backprop_gui.lesson.steps import Quantity
from backprop_gui.paint.theme import LIGHT, Theme, phase_ink
from backprop_gui.paint.typesetting import Setting, fit
from backprop_gui.system.texts import _
from backprop_gui.widgets.moment_view import MomentView
from backprop_gui.widgets.plain import label

_SIZES = (34.0, 14.0)  # pixels per em, at the most and at the least
_SHARE = 0.2  # of the height
_LARGE_SIZES = (2.4, 1.05)  # the same in units of the text beside it


class FormulaView(MomentView):
    """The formula of the moment's step, typeset, and a sentence on why it is computed.

    Pointing at a symbol or a number lights its quantity everywhere; a click copies its number.
    """

    def __init__(self, moment: Moment, parent: QWidget | None = None) -> None:
        super().__init__(moment, parent)
        self.setWhatsThis(
            _("The formula of this step, with symbols and with numbers, and its reason.")
        )
        self._theme = LIGHT
        self._text_px: int | None = None
        self._setting: Setting | None = None
        self._sentence = label(style="sentence", is_rich=True)
        self._sentence.setWordWrap(True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._canvas = _Canvas()
        self._canvas.resized.connect(self._draw)
        self._canvas.pointed_at.connect(self._on_pointed_at)
        self._canvas.clicked_at.connect(self._on_clicked_at)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._sentence)
        layout.addWidget(self._canvas, 1)

    @property
    def canvas(self) -> QWidget:
        """The picture of the formula alone."""
        return self._canvas

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        self._theme = theme
        if self.isVisible():
            self._refresh()

    def set_large(self, text_px: int | None) -> None:
        """Set everything so large that it can be read from the last row; None is for a desk."""
        self._text_px = text_px
        self._sentence.setStyleSheet(f"font-size: {text_px}px" if text_px else "")
        if self.isVisible():
            self._refresh()

    def _refresh(self) -> None:
        step = self._moment.step
        place = _("{phase} · {number} of {count}").format(
            phase=step.phase.title, number=step.number, count=self._moment.lesson.last_step
        )
        if self._text_px:  # there is no timeline to say it
            iteration = self._numerals.count(self._moment.iteration)
            place = _("Iteration {iteration} · {place}").format(iteration=iteration, place=place)
        # Room for two lines in any case, so that nothing below moves from step to step.
        lines = 0 if self._text_px else 2
        self._sentence.setMinimumHeight(lines * self._sentence.fontMetrics().lineSpacing())
        colour = self._theme.inks[phase_ink(step.phase)]
        self._sentence.setText(f'<b style="color:{colour}">{place}</b>&ensp;{step.why}')
        self._sentence.setAccessibleName(aloud(f"{place}. {step.why}"))
        self._draw()

    def _show_lit(self) -> None:
        if self._setting and self.isVisible():
            self._load()

    def _draw(self) -> None:
        if not self.isVisible():
            return
        px = self._text_px
        # A large drawing has fewer digits; its formula agrees with it.
        few = self._numerals.with_digits(LECTURE.digits)
        made = formula(self._moment, few if px else self._numerals)
        room = self._canvas.size()
        most, least = [size * px for size in _LARGE_SIZES] if px else _SIZES
        most = max(most, _SHARE * room.height())  # a card alone has room for more
        self._setting = fit(made, room.width(), room.height(), most, least)
        self._canvas.show_formula(made, self._moment.step.quantity)
        self._load()

    def _load(self) -> None:
        step = self._moment.step
        ink = phase_ink(step.phase)
        colours = {
            None: self._theme.inks[Ink.TEXT],
            step.quantity.name: self._theme.inks[ink],
        }
        ground = self._theme.colour(Tint(ink, 0.22)).name()
        room = (float(self._canvas.width()), float(self._canvas.height()))
        if self._setting:
            self._canvas.load(self._setting.svg(colours, ground, self._lit, room))

    def _quantity_at(self, point: QPointF) -> str | None:
        return self._setting.quantity_at(point.x(), point.y()) if self._setting else None

    def _on_pointed_at(self, point: QPointF | None) -> None:
        name = self._quantity_at(point) if point else None
        value = self._moment.value(name) if name else None
        hint = "" if value is None or name is None else self._numerals.full(value)
        quantities = self._moment.lesson.quantities
        self._canvas.setToolTip(f"{quantities[name].title}\n{hint}" if name and hint else "")
        self.quantity_pointed.emit(name)

    def _on_clicked_at(self, point: QPointF) -> None:
        name = self._quantity_at(point)
        value = self._moment.value(name) if name else None
        if value is not None:
            self.number_clicked.emit(numbers.exact(value))


class _Canvas(QSvgWidget):
    """Paints the SVG that it is given, and says where the pointer is.

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
        self._made: Formula | None = None
        self._quantity: Quantity | None = None
        self.setObjectName("formula")
        self.setAccessibleName(_("Formula"))
        self.setMouseTracking(True)
        self.setMinimumSize(240, 84)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)

    def show_formula(self, made: Formula, quantity: Quantity) -> None:
        """Have the formula at hand as a text; aloud it is read in words."""
        self._made, self._quantity = made, quantity
        self.setAccessibleDescription(made.text)

    @property
    def spoken(self) -> str:
        """The formula in words, "" before there is one."""
        return spoken_equation(self._quantity, self._made) if self._made and self._quantity else ""

    def accessible_interface(self) -> QAccessibleWidget:
        """Return what assistive technology asks."""
        return _Spoken(self)

    def sizeHint(self) -> QSize:
        """Ask for room for two lines with fractions."""
        return QSize(480, 132)

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


class _Spoken(QAccessibleWidget):
    """The picture of a formula, in words."""

    def __init__(self, canvas: _Canvas) -> None:
        super().__init__(canvas, QAccessible.Role.Graphic)
        self._canvas = canvas

    def text(self, kind: QAccessible.Text) -> str:
        """Return the formula in words as the description."""
        if kind == QAccessible.Text.Description:
            return self._canvas.spoken
        return super().text(kind)
