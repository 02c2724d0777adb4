"""The formula card: the step in symbols, with its numbers, and why."""

from html import escape

from PySide6.QtCore import QPointF, Signal
from PySide6.QtGui import (
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QHBoxLayout,
    QVBoxLayout,
    QWidget,
)

from backprop_gui.drawing.layout import LECTURE
from backprop_gui.drawing.shapes import Ink, Tint
from backprop_gui.drawing.slope import LEAST_SIZE
from backprop_gui.lesson import numbers
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.predicted import NO_PREDICTIONS, Predicted
from backprop_gui.lesson.prediction_words import Told, longest, open_question, what_to_say
from backprop_gui.lesson.slope import curve_point
from backprop_gui.lesson.spoken import aloud
from backprop_gui.paint.formula_plan import FormulaPlan, plan
from backprop_gui.paint.theme import LIGHT, Theme, phase_ink
from backprop_gui.paint.typesetting import PADDING
from backprop_gui.system.texts import _
from backprop_gui.widgets.formula_canvas import FormulaCanvas, least_px
from backprop_gui.widgets.moment_view import MomentView
from backprop_gui.widgets.prediction_box import PredictionBox
from backprop_gui.widgets.step_sentence import StepSentence

_SIZES = (2.5, 1.05)  # of the formula at the most and at the least, in units of the text
_SHARE = 0.2  # of the height, for a card alone
_FIGURE_LINES = 22  # of the figure's text fill a card alone
# Its numbers are those of the formula, which are read aloud before it.
_WITH_CURVE = _("Beside it stands the curve of the sigmoid, with a mark at this point.")
_WITH_TANGENT = _("Beside it stands the curve of the sigmoid, with the tangent at this point.")
_ASIDE_SHARE, _ASIDE_SIZES = 0.26, (9, 15)  # of the width; in units of the text


class FormulaView(MomentView):
    """The formula of the moment's step, typeset, and a sentence on why it is computed.

    Beside a sigmoid, or its slope, stands its curve. Pointing at a symbol or a number lights its
    quantity everywhere; a click copies its number. While a person is asked what the next step
    will give, the question and its answers stand in their place.

    Signals:
        predicting_chosen(bool): the person wants to be asked before steps, or not.
        predicted(object): the person's answer: 1 to 3, a number as it was typed, or None.
        edit_ended(): a number is typed; the keys may go elsewhere.
    """

    predicting_chosen = Signal(bool)
    predicted = Signal(object)
    edit_ended = Signal()

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
        self._predicted = NO_PREDICTIONS
        self._box: PredictionBox | None = None  # none before it is wanted
        self._sentence = StepSentence()
        self._sentence.predicting_chosen.connect(self.predicting_chosen)
        self._canvas = FormulaCanvas()
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

    def show_predicted(self, predicted: Predicted) -> None:
        """Show what the person is asked, has answered, and how that was."""
        self._predicted = predicted
        self._keep_height()
        if self.isVisible():
            self._make_room()
            self._show_words()

    def commit(self) -> None:
        """Take a number that is typed, if any is."""
        if self._box:
            self._box.commit()

    def yield_corner(self, width: int) -> None:
        """Leave so many pixels of the sentence's first line, at the right, to something else."""
        self._sentence.yield_corner(width)
        self._make_room()

    def set_large(self, text_px: int | None, aside: QWidget | None = None) -> None:
        """Set everything so large that it can be read from the last row; None is for a desk.

        `aside` stands at the right of the formula then.
        """
        self._text_px = text_px
        self._sentence.set_large(text_px)
        if self._box:
            self._box.set_large(text_px)
            self._keep_height()
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
        self._keep_height()
        self._make_room()

    @property
    def _px(self) -> int:
        """The size of the text beside the formula, in pixels."""
        return self._text_px or self.fontInfo().pixelSize()

    @property
    def _shown_numerals(self) -> Numerals:
        # A large drawing has fewer digits; its formula agrees with it.
        return self._numerals.with_digits(LECTURE.digits) if self._text_px else self._numerals

    def _keep_height(self) -> None:
        """Have the formula take as much height as the answers, where they take its place."""
        least = 0
        if self._predicted.is_on:
            box = self._made_box()
            least = max(box.height_for(self.width()), self._canvas.minimumSizeHint().height())
            box.setMinimumHeight(least)
        self._canvas.setMinimumHeight(least)

    def _make_room(self) -> None:
        """Reserve the lines of the longest sentence, so that nothing moves from step to step."""
        if self._aside:
            least, most = (size * self._px for size in _ASIDE_SIZES)
            self._aside.setFixedWidth(min(max(round(_ASIDE_SHARE * self.width()), least), most))
        wide = len(str(self._moment.iteration))
        is_on = self._predicted.is_on
        reserved = (self._sentence.room(self.width()), wide, bool(self._text_px), is_on)
        if reserved == self._reserved:
            return
        self._reserved = reserved
        texts = [self._written(Told.why(step)) for step in self._moment.lesson.steps]
        if is_on:
            texts += map(self._written, longest(self._shown_numerals))
        self._sentence.reserve(texts, self.width())

    def _indent(self) -> None:
        """Have the sentence begin where the formula does."""
        left = round(PADDING * self._plan.setting.size) if self._plan else 0
        self._sentence.indent(left)
        if self._box:
            self._box.indent(left)
        self._make_room()

    def _place(self, told: Told) -> str:
        step = told.step
        place = _("{phase} · {number} of {count}").format(
            phase=step.phase.title, number=step.number, count=self._moment.lesson.last_step
        )
        if not self._text_px or told.said.words:
            return place
        iteration = self._numerals.count(self._moment.iteration)  # there is no timeline to say it
        return _("Iteration {iteration} · {place}").format(iteration=iteration, place=place)

    def _written(self, told: Told) -> str:
        is_verdict = bool(self._text_px and told.said.state)  # which has no room to spare
        colours = {"good": self._theme.inks[Ink.UPDATE], "bad": self._theme.bad}
        parts = (
            ("" if is_verdict else self._place(told), self._theme.inks[phase_ink(told.step.phase)]),
            (told.verdict, colours.get(told.said.state, self._theme.inks[Ink.TEXT])),
        )
        heads = [
            f'<b style="color:{colour}">{escape(text, quote=False)}</b>'
            for text, colour in parts
            if text
        ]
        return "&ensp;".join((*heads, escape(told.words, quote=False)))

    def _refresh(self) -> None:
        self._make_room()
        self._show_words()
        self._draw()

    def _show_words(self) -> None:
        """Show what is asked, or why the step is computed, or how the prediction of it was."""
        asked, told = None, Told.why(self._moment.step)
        numerals = self._shown_numerals
        if self._predicted.is_on:
            asked = open_question(self._predicted, self._moment, numerals)
            told = what_to_say(self._predicted, self._moment, numerals)
        self._sentence.show_switch(is_on=self._predicted.is_on)
        spoken = f"{self._place(told)}. {told.said.words} {told.words}"
        self._sentence.show_text(self._written(told), aloud(spoken))
        if asked:
            self._made_box().show_question(asked, self._predicted.answer, numerals)
        if self._box:
            self._canvas.setVisible(asked is None)
            self._box.setVisible(asked is not None)
            if self._aside:
                self._aside.setVisible(asked is None)

    def _made_box(self) -> PredictionBox:
        """Return the box with the answers, which stands where the formula does."""
        if self._box is None:
            self._box = PredictionBox(self._moment.lesson, self._numerals)
            self._box.answered.connect(self.predicted)
            self._box.edit_ended.connect(self.edit_ended)
            self._box.hide()
            self._box.set_large(self._text_px)
            self._row.insertWidget(0, self._box, 1)
            self._indent()
        return self._box

    def _show_lit(self) -> None:
        if self._plan and self.isVisible():
            self._load()

    def _draw(self) -> None:
        if not self.isVisible() or not self._canvas.is_painted:
            return  # as the window opens it has several sizes before it is painted
        if 2 * self._canvas.height() < self._canvas.minimumSizeHint().height():
            return  # the layout is on its way to another size
        room = self._canvas.size()
        most, least = (size * self._px for size in _SIZES)
        most = max(most, _SHARE * room.height())  # a card alone has room for more
        self._plan = plan(
            self._moment,
            self._shown_numerals,
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
        return max(least_px(self), min(usual, room / LEAST_SIZE[1]))

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
        numerals = self._numerals.of(self._moment.setup)
        hint = "" if value is None or name is None else numerals.full(value)
        quantities = self._moment.lesson.quantities
        self._canvas.setToolTip(f"{quantities[name].title}\n{hint}" if name and hint else "")
        self.quantity_pointed.emit(name)

    def _on_clicked_at(self, point: QPointF) -> None:
        name = self._quantity_at(point)
        value = self._moment.value(name) if name else None
        if value is not None:
            self.number_clicked.emit(numbers.exact(value))
