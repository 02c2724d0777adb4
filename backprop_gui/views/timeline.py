"""The steps of an iteration as pips, a group for each phase."""

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QEnterEvent
from PySide6.QtWidgets import QGridLayout, QLabel, QPushButton, QSizePolicy, QWidget

from backprop_gui.lesson import notation
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.ending import why_it_ends
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.steps import Phase, Step
from backprop_gui.system.texts import _
from backprop_gui.widgets.plain import label


class Timeline(QWidget):
    """A pip for each step: done, current, ahead, or absent where the run stops before it.

    For the Tab key they are one stop, at the current pip; the keys that go through the steps take
    the focus along.

    Signals:
        step_chosen(int): the person chose a step of the lesson.
        quantity_pointed(object): the pointer is on a step's quantity, a code name, or on None.
    """

    step_chosen = Signal(int)
    quantity_pointed = Signal(object)

    def __init__(self, moment: Moment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWhatsThis(_("The steps of an iteration; click one to go to it."))
        self._moment, self._numerals = moment, FILES
        self._captions = {phase: _caption(phase) for phase in Phase}
        self._pips = [_Pip(step) for step in ARTICLE.steps]
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setHorizontalSpacing(4)
        layout.setVerticalSpacing(2)
        column = 0
        for phase, caption in self._captions.items():
            pips = [pip for pip in self._pips if pip.step.phase is phase]
            # The sentence on why there is no way back has the room of both groups.
            layout.addWidget(caption, 0, column, 1, -1 if phase is Phase.BACKWARD else len(pips))
            for pip in pips:
                layout.addWidget(pip, 1, column)
                layout.setColumnStretch(column, 1)
                pip.chosen.connect(self.step_chosen)
                pip.pointed.connect(self.quantity_pointed)
                column += 1
            layout.setColumnMinimumWidth(column, 8)
            column += 1
        self.show_moment(moment)

    @property
    def stops(self) -> tuple[QWidget, ...]:
        """Where the Tab key stops, in this order: at one of these."""
        return tuple(self._pips)

    def show_moment(self, moment: Moment) -> None:
        """Mark the moment's step; where the run ends with fewer steps, say why."""
        is_here = any(pip.hasFocus() for pip in self._pips)
        for pip in self._pips:
            pip.show_place(moment.position.step, moment.last_step)
        if is_here:
            self._pips[moment.position.step - 1].setFocus()
        self._moment = moment
        self._show_captions()

    def show_numerals(self, numerals: Numerals) -> None:
        """Write the numbers of the sentence on the end like this from now on."""
        self._numerals = numerals
        self._show_captions()

    def show_lit(self, name: str | None) -> None:
        """Light the pip of the quantity with this code name, or none."""
        for pip in self._pips:
            pip.show_lit(pip.step.quantity.name == name)

    def _show_captions(self) -> None:
        ending = why_it_ends(self._moment, self._numerals)
        texts = {phase: "" if ending else phase.title for phase in Phase}
        texts[Phase.FORWARD] = Phase.FORWARD.title
        texts[Phase.BACKWARD] = ending or Phase.BACKWARD.title
        for phase, caption in self._captions.items():
            if caption.text() != texts[phase]:
                caption.setText(texts[phase])
                # The sentence is on neither way: it has the colour of text.
                caption.setProperty("phase", phase.value if texts[phase] == phase.title else "")
                caption.style().polish(caption)


class _Pip(QPushButton):
    """One step.

    Signals:
        chosen(int): it was clicked; the step's number.
        pointed(object): the pointer came (the quantity's code name) or left (None).
    """

    chosen = Signal(int)
    pointed = Signal(object)

    def __init__(self, step: Step) -> None:
        super().__init__(str(step.number))
        self.step = step
        self._place: tuple[str, bool] | None = None
        symbol = notation.plain(step.quantity.symbol)
        self.setObjectName("pip")
        self.setProperty("phase", step.phase.value)
        self.setToolTip(f"{symbol}: {step.quantity.title}")
        name = _("Step {number}: {symbol}, {title}")
        self.setAccessibleName(
            name.format(number=step.number, symbol=step.quantity.spoken, title=step.quantity.title)
        )
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setAutoDefault(True)
        self.setMinimumWidth(22)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)
        self._is_lit = False

    def show_place(self, current: int, last: int) -> None:
        """Show whether the step is done, current or ahead, and whether there is one."""
        number = self.step.number
        state = "now" if number == current else "done" if number < current else "ahead"
        self._show((state, number <= last), self._is_lit)

    def show_lit(self, is_lit: bool) -> None:
        """Light the pip, or not."""
        self._show(self._place, is_lit)

    def enterEvent(self, event: QEnterEvent) -> None:
        """Report that the pointer came."""
        super().enterEvent(event)
        self.pointed.emit(self.step.quantity.name)

    def leaveEvent(self, event: QEvent) -> None:
        """Report that the pointer left."""
        super().leaveEvent(event)
        self.pointed.emit(None)

    def _show(self, place: tuple[str, bool] | None, is_lit: bool) -> None:
        if (place, is_lit) == (self._place, self._is_lit) or place is None:
            return
        self._place, self._is_lit = place, is_lit
        state, is_there = place
        self.setEnabled(is_there)
        policies = Qt.FocusPolicy
        self.setFocusPolicy(policies.TabFocus if state == "now" else policies.NoFocus)
        self.setProperty("state", state)
        self.setProperty("isLit", is_lit)
        self.setAccessibleDescription(_STATES[state] if is_there else _("not in this iteration"))
        self.style().polish(self)

    def _on_clicked(self) -> None:
        self.chosen.emit(self.step.number)


_STATES = {"done": _("done"), "now": _("current"), "ahead": _("ahead")}


def _caption(phase: Phase) -> QLabel:
    caption = label(style="caption")
    caption.setProperty("phase", phase.value)
    caption.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
    return caption
