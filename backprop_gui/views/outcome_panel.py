"""The numbers of the moment, and what to say of the run when it has stopped."""

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.notation import plain, rich
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.spoken import aloud
from backprop_gui.system.texts import _
from backprop_gui.widgets.buttons import command_button
from backprop_gui.widgets.number_label import NumberLabel
from backprop_gui.widgets.plain import label, say

if TYPE_CHECKING:
    from backprop_gui.lesson.outcome import Outcome


class OutcomePanel(QWidget):
    """The status of the run: its numbers now, and at its end why it ended and with what.

    Signals:
        number_clicked(str): the person clicked a number; its exact text.
        quantity_pointed(object): the pointer is on a quantity, a code name, or on None.
        comparison_requested(): compare a run on paper with the exact one.
    """

    comparison_requested = Signal()
    number_clicked = Signal(str)
    quantity_pointed = Signal(object)

    def __init__(self, moment: Moment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWhatsThis(
            _("The numbers of this step. At the end of a run: why it ended, and its last numbers.")
        )
        self._numerals, self._setup = FILES, moment.setup
        self._values = {name: NumberLabel() for name in moment.lesson.watched}
        self._headline = _text("headline")
        self._guess, self._remarks, self._about = (_text("remark") for _each in range(3))
        self._cost_heading, self._cost = _text("headline"), _text("remark")
        self._compare = command_button("compare_exact")
        self._compare.clicked.connect(self.comparison_requested)
        self._compare.hide()
        self._report = QVBoxLayout()
        self._report.setSpacing(4)
        now = QGridLayout()
        now.setVerticalSpacing(4)
        now.setColumnStretch(1, 1)
        for row, name in enumerate(self._values):
            quantity = moment.lesson.quantities[name]
            symbol = label(rich(quantity.symbol), is_rich=True)
            symbol.setAccessibleName(aloud(plain(quantity.symbol)))
            symbol.setBuddy(self._values[name])
            symbol.setToolTip(quantity.title)
            now.addWidget(symbol, row, 0)
            now.addWidget(self._values[name], row, 1)
            self._values[name].clicked.connect(self.number_clicked)
            self._values[name].pointed.connect(partial(self._on_pointed, name))
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(8)
        layout.addLayout(now)
        for part in (self._about, self._headline, self._guess):
            layout.addWidget(part)
        layout.addLayout(self._report)
        layout.addWidget(self._remarks)
        layout.addWidget(self._cost_heading)
        layout.addWidget(self._cost)
        layout.addWidget(self._compare)
        layout.addStretch(1)
        self.show_moment(moment)

    def show_moment(self, moment: Moment) -> None:
        """Show the numbers known at a moment."""
        self._setup = moment.setup
        numerals = self._numerals.of(moment.setup)
        for name, number in self._values.items():
            number.show_numerals(numerals)
            number.show_number(moment.value(name))

    def show_numerals(self, numerals: Numerals) -> None:
        """Show numbers like this from now on; the outcome is shown again by whoever has it."""
        self._numerals = numerals
        for number in self._values.values():
            number.show_numerals(numerals.of(self._setup))

    def show_lit(self, name: str | None) -> None:
        """Light the number of the quantity with this code name, or none."""
        for each, number in self._values.items():
            number.show_lit(each == name)

    def show_outcome(self, outcome: "Outcome | None", guess: str = "") -> None:
        """Show how the run ended and how a guess went, or nothing while it has not."""
        _say(self._headline, outcome.headline if outcome else "")
        _say(self._guess, guess)
        self._headline.setProperty("isLearned", bool(outcome and outcome.is_learned))
        self._headline.style().polish(self._headline)
        _say(self._remarks, "\n\n".join(outcome.remarks) if outcome else "")
        while item := self._report.takeAt(0):
            if former := item.widget():
                former.hide()  # it goes when the events of now are handled
                former.deleteLater()
        for name, value in outcome.report if outcome else ():
            self._report.addWidget(_reported(name, self._numerals.all_of(value)))

    def show_cost(self, sentences: Sequence[str], *, is_compared: bool) -> None:
        """Show what rounding costs a run on paper, and whether the exact run is beside it.

        Without sentences nothing is shown.
        """
        _say(self._cost_heading, _("What rounding costs") if sentences else "")
        _say(self._cost, "\n".join(sentences))
        self._compare.setVisible(bool(sentences) and not is_compared)

    def show_about(self, text: str) -> None:
        """Show what is said about the experiment, or nothing."""
        _say(self._about, text)

    def _on_pointed(self, name: str, is_there: bool) -> None:
        self.quantity_pointed.emit(name if is_there else None)


def _say(part: QLabel, text: str) -> None:
    say(part, text)
    part.setVisible(bool(text))


def _text(style: str) -> QLabel:
    made = label(style=style)
    made.setWordWrap(True)
    made.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made.hide()
    return made


def _reported(name: str, value: str) -> QWidget:
    """Return a row of its own: a long name takes nothing from the long number of another."""
    number = label(value, "reported")
    number.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
    number.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
    made = QWidget()
    row = QHBoxLayout(made)
    row.setContentsMargins(0, 0, 0, 0)
    row.setSpacing(8)
    row.addWidget(label(name))
    row.addWidget(number, 1)
    return made
