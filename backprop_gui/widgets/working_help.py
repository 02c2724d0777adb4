"""The help with a line of a person's working, in three steps, each on request."""

from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QVBoxLayout

from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.own_line import Marked, own_line
from backprop_gui.lesson.own_working import Help, OwnWorking
from backprop_gui.lesson.race import raceable_causes
from backprop_gui.lesson.working import CheckedLine, CheckedWorking, Verdict
from backprop_gui.lesson.working_words import explained, help_text, said, symbol
from backprop_gui.paint.theme import Theme
from backprop_gui.system.texts import _
from backprop_gui.widgets.buttons import button
from backprop_gui.widgets.own_formula import OwnFormula
from backprop_gui.widgets.plain import label, say

# What a button offers where help is open so far, and what it opens.
_OFFERS = {
    None: (Help.WHERE, _("Where do I look?"), _("Says what the line computes, and lights it")),
    Help.WHERE: (Help.QUESTION, _("Ask me a question"), _("Asks what points to the mistake")),
    Help.QUESTION: (
        Help.LINE,
        _("Show the line with my numbers"),
        _("Shows the line with your own numbers, and marks the wrong part"),
    ),
}

_RACES = (_("Race the first mistake"), _("Race the second mistake"), _("Race the third mistake"))


class WorkingHelp(QFrame):
    """What is said of one line, and a button for more of it.

    Signals:
        asked(str, object): the person asks for more about a line: its code name, and the Help.
        race_requested(object): the person wants this Mistaken raced beside the right run.
    """

    asked = Signal(str, object)
    race_requested = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("workingHelp")
        self._name, self._next = "", Help.WHERE
        self._texts = {help: _sentence() for help in Help}
        self._explained = _sentence()
        self._yours, self._ours = (
            label(_("What you seem to have done:"), "workingNote"),
            label(_("The line with your numbers:"), "workingNote"),
        )
        self._mistaken, self._right = OwnFormula(), OwnFormula()
        self._more = button("", "")
        self._more.clicked.connect(lambda: self.asked.emit(self._name, self._next))
        column = QVBoxLayout(self)
        column.setContentsMargins(12, 2, 0, 2)
        column.setSpacing(6)
        parts = (self._explained, *self._texts.values(), self._yours, self._mistaken)
        for part in (*parts, self._ours, self._right):
            column.addWidget(part)
        column.addWidget(self._more, 0, Qt.AlignmentFlag.AlignLeft)
        self._raced: dict[object, QPushButton] = {}
        self._column = column
        column.addStretch(1)

    def show_line(
        self,
        line: CheckedLine,
        checked: CheckedWorking,
        working: OwnWorking,
        numerals: Numerals,
        theme: Theme,
    ) -> None:
        """Show what is said of a line of a checked working, as far as help is open."""
        self._name = line.name
        is_wrong = line.verdict is Verdict.WRONG
        help = working.help_with(line.name) if is_wrong else None
        self._mark(said(line, checked).state)
        say(self._explained, self._opening(line, checked, numerals))
        for each, part in self._texts.items():
            is_open = help is not None and each <= help
            part.setVisible(is_open)
            if is_open:
                say(part, help_text(line, checked, each))
        is_shown = help is Help.LINE
        own = own_line(line, checked, working, numerals) if is_shown else None
        self._show_formula(self._yours, self._mistaken, own and own.mistaken, theme)
        self._show_formula(self._ours, self._right, own and own.right, theme)
        self._offer(_OFFERS.get(help) if is_wrong else None)
        self._offer_races(line, checked if is_shown else None)

    def _opening(self, line: CheckedLine, checked: CheckedWorking, numerals: Numerals) -> str:
        if line.verdict is not Verdict.WRONG:
            return explained(line, checked, numerals)
        sentence = _("{symbol}: {written} does not follow.")
        return sentence.format(symbol=symbol(line.name), written=line.written)

    def _show_formula(
        self, heading: QLabel, part: OwnFormula, marked: Marked | None, theme: Theme
    ) -> None:
        heading.setVisible(marked is not None)
        part.setVisible(marked is not None)
        if marked:
            part.show_formula(marked, theme)

    def _offer(self, offer: tuple[Help, str, str] | None) -> None:
        self._more.setVisible(offer is not None)
        if offer:
            self._next, text, hint = offer
            self._more.setText(text)
            self._more.setAccessibleName(text)
            self._more.setToolTip(hint)

    def _offer_races(self, line: CheckedLine, checked: CheckedWorking | None) -> None:
        """Offer to race each of the causes that are told, as far as that can be."""
        found = raceable_causes(line, checked) if checked else {}
        if tuple(found) == tuple(self._raced):
            return
        for old in self._raced.values():
            old.deleteLater()
        self._raced = {}
        for mistaken, cause in found.items():
            place = line.causes.index(cause)
            text = _RACES[place] if len(line.causes) > 1 else _("Race this mistake")
            hint = _("Runs with this mistake, beside the right run: {cause}")
            made = self._raced[mistaken] = button(text, hint.format(cause=cause.text))
            made.clicked.connect(partial(self.race_requested.emit, mistaken))
            self._column.insertWidget(self._column.count() - 1, made, 0, Qt.AlignmentFlag.AlignLeft)
            made.show()  # at once: the help is scrolled to where it is whole

    def _mark(self, state: str) -> None:
        if self.property("state") != state:
            self.setProperty("state", state)
            self.style().polish(self)


def _sentence() -> QLabel:
    made = label()
    made.setWordWrap(True)
    return made
