"""The formula card: the step in symbols, with its numbers, and why."""

import math

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QTextDocument,
)
from PySide6.QtSvgWidgets import QSvgWidget
from PySide6.QtWidgets import (
    QAccessibleWidget,
    QHBoxLayout,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from backprop_gui.drawing.layout import LECTURE
from backprop_gui.drawing.shapes import Drawing, Ink, Tint
from backprop_gui.drawing.slope import LEAST_SIZE
from backprop_gui.lesson import numbers
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.slope import curve_point
from backprop_gui.lesson.spoken import aloud, spoken_equation
from backprop_gui.lesson.steps import Quantity, Step
from backprop_gui.paint.formula_plan import FormulaPlan, plan
from backprop_gui.paint.painter import paint
from backprop_gui.paint.theme import LIGHT, Theme, phase_ink
from backprop_gui.paint.typesetting import PADDING
from backprop_gui.system.exceptions import handed_on
from backprop_gui.system.texts import _
from backprop_gui.widgets.moment_view import MomentView
from backprop_gui.widgets.plain import label

_SIZES = (2.5, 1.05)  # of the formula at the most and at the least, in units of the text
_SHARE = 0.2  # of the height, for a card alone
_LEAST_POINTS, _FIGURE_LINES = 9.0, 22  # of the figure's text; so many fill a card alone
_LEAST_HEIGHT, _USUAL_HEIGHT = 2.7, 10.0  # of the formula: one line with fractions, or two
# Its numbers are those of the formula, which are read aloud before it.
_WITH_CURVE = _("Beside it stands the curve of the sigmoid, with a mark at this point.")
_WITH_TANGENT = _("Beside it stands the curve of the sigmoid, with the tangent at this point.")
_ASIDE_SHARE, _ASIDE_SIZES = 0.26, (9, 15)  # of the width; in units of the text


class FormulaView(MomentView):
    """The formula of the moment's step, typeset, and a sentence on why it is computed.

    Beside a sigmoid, or its slope, stands its curve. Pointing at a symbol or a number lights its
    quantity everywhere; a click copies its number.
    """

    def __init__(self, moment: Moment, parent: QWidget | None = None) -> None:
        super().__init__(moment, parent)
        self.setWhatsThis(
            _("The formula of this step, with symbols and with numbers, and its reason.")
        )
        self._theme = LIGHT
        self._text_px: int | None = None
        self._plan: FormulaPlan | None = None
        self._aside: QWidget | None = None
        self._reserved: tuple[object, ...] = ()
        self._corner = 0
        self._sentence = label(style="sentence", is_rich=True)
        self._sentence.setWordWrap(True)
        self._sentence.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._canvas = _Canvas()
        self._canvas.resized.connect(self._draw)
        self._canvas.pointed_at.connect(self._on_pointed_at)
        self._canvas.clicked_at.connect(self._on_clicked_at)
        self._row = QHBoxLayout()
        self._row.setSpacing(16)
        self._row.addWidget(self._canvas, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(6)
        layout.addWidget(self._sentence)
        layout.addLayout(self._row, 1)

    @property
    def canvas(self) -> QWidget:
        """The picture of the formula alone."""
        return self._canvas

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        self._theme = theme
        if self.isVisible():
            self._refresh()

    def yield_corner(self, width: int) -> None:
        """Leave so many pixels of the sentence's first line, at the right, to something else."""
        self._corner = width
        self._indent()

    def set_large(self, text_px: int | None, aside: QWidget | None = None) -> None:
        """Set everything so large that it can be read from the last row; None is for a desk.

        `aside` stands at the right of the formula then.
        """
        self._text_px = text_px
        self._sentence.setStyleSheet(f"font-size: {text_px}px" if text_px else "")
        if self._aside:
            self._row.removeWidget(self._aside)
            self._aside.hide()
        self._aside = aside
        if aside:
            self._row.addWidget(aside)
            aside.show()
        self._make_room()
        if self.isVisible():
            self._refresh()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the room of the sentence and of what stands aside."""
        super().resizeEvent(event)
        self._make_room()

    @property
    def _px(self) -> int:
        """The size of the text beside the formula, in pixels."""
        return self._text_px or self.fontInfo().pixelSize()

    def _make_room(self) -> None:
        """Reserve the lines of the longest sentence, so that nothing moves from step to step."""
        if self._aside:
            least, most = (size * self._px for size in _ASIDE_SIZES)
            self._aside.setFixedWidth(min(max(round(_ASIDE_SHARE * self.width()), least), most))
        wide = len(str(self._moment.iteration))
        margins = self._sentence.contentsMargins()
        room = self.width() - margins.left() - margins.right()
        reserved = (room, self._sentence.font().key(), wide, bool(self._text_px))
        if reserved == self._reserved:
            return
        self._reserved = reserved
        document = QTextDocument()
        document.setDefaultFont(self._sentence.font())
        document.setDocumentMargin(0)
        heights = []
        for step in self._moment.lesson.steps:
            document.setHtml(self._written(step))
            document.setTextWidth(room)
            heights.append(document.size().height())
        self._sentence.setMinimumHeight(round(max(heights)))

    def _indent(self) -> None:
        """Have the sentence begin where the formula does."""
        left = round(PADDING * self._plan.setting.size) if self._plan else 0
        self._sentence.setContentsMargins(left, 0, self._corner, 0)
        self._make_room()

    def _place(self, step: Step) -> str:
        place = _("{phase} · {number} of {count}").format(
            phase=step.phase.title, number=step.number, count=self._moment.lesson.last_step
        )
        if not self._text_px:
            return place
        iteration = self._numerals.count(self._moment.iteration)  # there is no timeline to say it
        return _("Iteration {iteration} · {place}").format(iteration=iteration, place=place)

    def _written(self, step: Step) -> str:
        colour = self._theme.inks[phase_ink(step.phase)]
        return f'<b style="color:{colour}">{self._place(step)}</b>&ensp;{step.why}'

    def _refresh(self) -> None:
        step = self._moment.step
        self._make_room()
        self._sentence.setText(self._written(step))
        self._sentence.setAccessibleName(aloud(f"{self._place(step)}. {step.why}"))
        self._draw()

    def _show_lit(self) -> None:
        if self._plan and self.isVisible():
            self._load()

    def _draw(self) -> None:
        if not self.isVisible() or not self._canvas.is_painted:
            return  # as the window opens it has several sizes before it is painted
        if 2 * self._canvas.height() < self._canvas.minimumSizeHint().height():
            return  # the layout is on its way to another size
        # A large drawing has fewer digits; its formula agrees with it.
        few = self._numerals.with_digits(LECTURE.digits)
        room = self._canvas.size()
        most, least = (size * self._px for size in _SIZES)
        most = max(most, _SHARE * room.height())  # a card alone has room for more
        self._plan = plan(
            self._moment,
            few if self._text_px else self._numerals,
            (float(room.width()), float(room.height())),
            self._figure_px(room.height()),
            most,
            least,
        )
        self._indent()
        self._load()

    def _figure_px(self, room: int) -> float:
        """Return the size of the figure's letters: in a low card they are small, not missing."""
        if self._text_px:
            return self._text_px
        usual = max(self._px - 1, room // _FIGURE_LINES)
        return max(_least_px(self), min(usual, room / LEAST_SIZE[1]))

    def _load(self) -> None:
        if not self._plan:
            return
        step = self._moment.step
        ink = phase_ink(step.phase)
        colours = {
            None: self._theme.inks[Ink.TEXT],
            step.quantity.name: self._theme.inks[ink],
        }
        ground = self._theme.colour(Tint(ink, 0.22)).name()
        room = (float(self._canvas.width()), float(self._canvas.height()))
        svg = self._plan.setting.svg(colours, ground, self._lit, room)
        point = curve_point(self._moment) if self._plan.figure else None
        words = _WITH_TANGENT if point and point.slope_name else _WITH_CURVE if point else ""
        self._canvas.show_plan(self._plan, step.quantity, self._theme, svg, words)

    def _quantity_at(self, point: QPointF) -> str | None:
        return self._plan.quantity_at(point.x(), point.y()) if self._plan else None

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
        figure = math.ceil(LEAST_SIZE[1] * _least_px(self))
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


def _least_px(widget: QWidget) -> int:
    return math.ceil(_LEAST_POINTS / 72 * widget.logicalDpiY())


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
