"""What stands above a person's working: the first wrong line, or of which iteration it is."""

from dataclasses import replace
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLabel, QPushButton, QVBoxLayout, QWidget

from backprop_gui.core.network import Setup
from backprop_gui.lesson import notation
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.fields import FIELDS, Field
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.own_working import Beginning, OwnWorking
from backprop_gui.lesson.spoken import aloud
from backprop_gui.lesson.working import CheckedWorking
from backprop_gui.lesson.working_words import Said, headline, stopped
from backprop_gui.system.texts import _
from backprop_gui.widgets.buttons import button, tool
from backprop_gui.widgets.plain import label, say

_MOST_PROBLEMS = 3
_EMPTY = _(
    "Type the numbers that you have worked out, as you wrote them. Enter goes to the next line; "
    "any line may stay empty."
)
_SILENT = _(
    "Test: Backprop says nothing until you hand in. You have filled {written} of {all} lines."
)


class WorkingHead(QWidget):
    """A sentence on the whole working, and buttons for what it calls for.

    Signals:
        handed_in(): the person hands a test in.
        move_requested(): the person wants the numbers checked against the iteration shown.
        iteration_chosen(object): the person wants to see the iteration that they are of.
        line_chosen(str): the person wants help with a line, by its code name.
        setup_wanted(Setup): the person wants numbers in which a hidden mistake would show.
    """

    handed_in = Signal()
    move_requested = Signal()
    iteration_chosen = Signal(object)
    line_chosen = Signal(str)
    setup_wanted = Signal(Setup)

    def __init__(self) -> None:
        super().__init__()
        self._begins: Beginning | None = None
        self._headline = _wrapped("workingHeadline")
        self._note, self._problem = _wrapped("workingNote"), _wrapped("problem")
        self._hand_in = button(_("Hand in"), _("End the test, and see what is right"), "primary")
        self._hand_in.clicked.connect(lambda: self.handed_in.emit())
        self._go = tool("", _("Shows the iteration that your working is of"))
        self._go.clicked.connect(self._on_go_clicked)
        self._move = tool(
            _("Check it here"), _("Checks your numbers against the iteration that is shown")
        )
        self._move.clicked.connect(lambda: self.move_requested.emit())
        self._try = tool("", _("Begins with numbers in which the mistake would show"))
        self._try.clicked.connect(self._on_try_clicked)
        self._shown_by: tuple[str, float] | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(6, 2, 6, 0)
        column.setSpacing(4)
        column.addLayout(_row(self._headline, self._hand_in))
        column.addLayout(_row(self._note, self._go, self._move, self._try))
        column.addWidget(self._problem)

    def show_working(
        self,
        working: OwnWorking,
        found: CheckedWorking | None,
        moment: Moment,
        numerals: Numerals,
        problems: tuple[str, ...],
    ) -> None:
        """Show what is said of a working, with its verdicts, while a moment is shown."""
        self._begins = working.begins
        is_silent = working.is_silent
        self._hand_in.setVisible(is_silent)
        self._hand_in.setEnabled(bool(working.lines))
        self._show_headline(working, None if is_silent else found)
        is_elsewhere = not working.is_of(moment)
        notes = (
            [_whose(working.begins, moment, numerals)] if working.begins and is_elsewhere else []
        )
        notes += found.remarks if found and not is_silent else ()
        _put(self._note, " ".join(map(stopped, notes)))
        _put(self._problem, " ".join(map(stopped, problems[:_MOST_PROBLEMS])))
        can_go = is_elsewhere and working.begins and working.begins.setup == moment.setup
        self._go.setVisible(bool(can_go))
        if can_go and working.begins:
            count = numerals.count(working.begins.iteration)
            self._go.setText(_("Go to iteration {count}").format(count=count))
            self._go.setAccessibleName(self._go.text())
        self._move.setVisible(is_elsewhere)
        self._shown_by = found.shown_by if found and not (is_silent or is_elsewhere) else None
        self._try.setVisible(self._shown_by is not None)
        if self._shown_by:
            name, value = self._shown_by
            field = next(field for field in FIELDS if field.name == name)
            self._try.setText(_("Try {value}").format(value=_equation(field, value, numerals)))
            self._try.setAccessibleName(aloud(self._try.text()))

    def _show_headline(self, working: OwnWorking, found: CheckedWorking | None) -> None:
        if found:
            verdict = headline(found)
        elif working.is_silent:
            written, count = len(working.lines), len(ARTICLE.steps)
            verdict = Said("", _SILENT.format(written=written, all=count))
        else:
            verdict = Said("", _EMPTY)
        say(self._headline, f"{verdict.sign} {verdict.words}".strip())
        self._headline.setAccessibleName(aloud(verdict.words))
        if self._headline.property("state") != verdict.state:
            self._headline.setProperty("state", verdict.state)
            self._headline.style().polish(self._headline)

    def _on_go_clicked(self) -> None:
        if self._begins:
            self.iteration_chosen.emit(self._begins.iteration)

    def _on_try_clicked(self) -> None:
        if self._begins and self._shown_by:
            setup, _iteration, w1, w2 = self._begins
            name, value = self._shown_by
            given: dict[str, Any] = {"w1": w1, "w2": w2} | {name: value}
            self.setup_wanted.emit(replace(setup, **given))


def _whose(begins: Beginning, moment: Moment, numerals: Numerals) -> str:
    """Return of which iteration, or of which other numbers, a working is."""
    if begins.setup == moment.setup:
        sentence = _("Your working is of iteration {own}; this is iteration {shown}.")
        return sentence.format(
            own=numerals.count(begins.iteration), shown=numerals.count(moment.iteration)
        )
    others = [
        _equation(field, getattr(begins.setup, field.name), numerals)
        for field in FIELDS
        if getattr(begins.setup, field.name) != getattr(moment.setup, field.name)
    ]
    if begins.setup.method != moment.setup.method:
        others.append(begins.setup.method.title if begins.setup.method else _("exact numbers"))
    sentence = _("Your working is of iteration {own} of another setup: {values}.")
    return sentence.format(own=numerals.count(begins.iteration), values=", ".join(others))


def _equation(field: Field, value: float, numerals: Numerals) -> str:
    text = numerals.count(int(value)) if field.is_whole else numerals.given(value)
    return f"{notation.plain(field.symbol) or field.label} = {text}"


def _put(part: QLabel, text: str) -> None:
    say(part, text)
    part.setVisible(bool(text))


def _row(sentence: QLabel, *buttons: QPushButton) -> QHBoxLayout:
    row = QHBoxLayout()
    row.setSpacing(6)
    row.addWidget(sentence, 1)
    for each in buttons:
        row.addWidget(each)
    return row


def _wrapped(style: str) -> QLabel:
    made = label(style=style)
    made.setWordWrap(True)
    return made
