"""The answers to a question about the next step: three buttons, and a number that is typed."""

import math

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from backprop_gui.lesson import notation
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.predicted import Answer
from backprop_gui.lesson.prediction_words import problem_of
from backprop_gui.lesson.predictions import QUESTIONS, Question
from backprop_gui.lesson.spoken import aloud
from backprop_gui.lesson.steps import Lesson
from backprop_gui.system.texts import _
from backprop_gui.widgets.buttons import command_button
from backprop_gui.widgets.commands import COMMANDS
from backprop_gui.widgets.plain import label, say
from backprop_gui.widgets.working_field import WorkingField

_SPACING = 8
_FIELD_WIDTH = 8.0  # units of the text


class PredictionBox(QWidget):
    """Three answers, each with its key, and a field for a number in their place.

    Signals:
        answered(object): the person chose an answer, 1 to 3, typed a number, a str, or emptied
            the field, None.
        edit_ended(): what was typed is taken; the keys may go elsewhere.
    """

    answered = Signal(object)
    edit_ended = Signal()

    def __init__(self, lesson: Lesson, numerals: Numerals) -> None:
        super().__init__()
        self._numerals = numerals
        self._answer: Answer | None = None
        self._name = ""
        self._buttons = [self._made_button(number) for number in (1, 2, 3)]
        self._fields = {name: self._made_field(name) for name in QUESTIONS}
        self._symbols = {name: notation.name(lesson.quantities[name].symbol) for name in QUESTIONS}
        self._typing, self._problem = label(), label(style="problem")
        self._problem.setWordWrap(True)
        self._answers = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._answers.setSpacing(_SPACING)
        for each in self._buttons:
            self._answers.addWidget(each)
        self._typed_row = QWidget()
        row = QHBoxLayout(self._typed_row)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._typing)
        for field in self._fields.values():
            row.addWidget(field)
        row.addWidget(self._problem, 1)
        row.addStretch(1)
        row.addWidget(label(_("→ shows it"), style="said"))
        self._column = QVBoxLayout(self)
        self._column.setSpacing(_SPACING)
        self._column.addLayout(self._answers)
        self._column.addWidget(self._typed_row)
        self._column.addStretch(1)
        self.indent(0)

    def show_question(self, asked: Question, answer: Answer | None, numerals: Numerals) -> None:
        """Show the answers of a question, and which of them is chosen or what is typed."""
        self._numerals, self._answer = numerals, answer
        if asked.name != self._name:
            self._name = asked.name
            say(self._typing, _("or type {symbol}:").format(symbol=self._symbols[asked.name]))
        for number, each in enumerate(self._buttons, start=1):
            each.setText(_label(number, asked.answers[number - 1]))
            each.setAccessibleName(aloud(f"{number}: {asked.answers[number - 1]}"))
            each.setChecked(answer == number)
        for name, field in self._fields.items():
            field.setVisible(name == asked.name)
            is_typed = name == asked.name and isinstance(answer, str)
            field.show_text(str(answer) if is_typed else "", "", "")
            field.setFixedWidth(math.ceil(_FIELD_WIDTH * self.fontMetrics().height()))
        say(self._problem, "")
        self._turn()

    def indent(self, left: int) -> None:
        """Begin so many pixels from the left, as the sentence above does."""
        self._column.setContentsMargins(left, 0, 0, 0)
        self._turn()

    def commit(self) -> None:
        """Take what is typed, if anything is."""
        if self._name:
            self._fields[self._name].commit()

    def set_large(self, text_px: int | None) -> None:
        """Have text to be read from the last row, and nothing to be typed; None is for a desk."""
        self.setStyleSheet(f"QPushButton {{ font-size: {text_px}px }}" if text_px else "")
        self._typed_row.setVisible(not text_px)
        self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the answers abreast where there is room."""
        super().resizeEvent(event)
        self._turn()

    def height_for(self, width: int) -> int:
        """Return the height that the answers of any question take in this width."""
        row, rows = self._buttons[0].sizeHint().height(), 1 if self._is_abreast(width) else 3
        typed = 0 if self._typed_row.isHidden() else self._typed_row.sizeHint().height() + _SPACING
        return rows * (row + _SPACING) - _SPACING + typed

    def _is_abreast(self, width: int) -> bool:
        """Say whether the answers of every question stand side by side in this width."""
        first = self._buttons[0]
        metrics = QFontMetrics(first.font())
        around = first.sizeHint().width() - metrics.horizontalAdvance(first.text()) + _SPACING
        widths = (
            sum(metrics.horizontalAdvance(_label(*each)) + around for each in enumerate(answers, 1))
            for answers in (row.answers for row in QUESTIONS.values())
        )
        return max(widths) <= width - self._column.contentsMargins().left()

    def _turn(self) -> None:
        directions = QBoxLayout.Direction
        is_abreast = self._is_abreast(self.width())
        self._answers.setDirection(directions.LeftToRight if is_abreast else directions.TopToBottom)

    def _made_button(self, number: int) -> QPushButton:
        made = command_button(f"answer_{number}", style="answer")
        made.setToolTip(COMMANDS[f"answer_{number}"].hint)
        made.setCheckable(True)
        made.clicked.connect(lambda: self._on_clicked(number))
        return made

    def _on_clicked(self, number: int) -> None:
        self._buttons[number - 1].setChecked(True)  # a second click takes nothing back
        self.answered.emit(number)

    def _made_field(self, name: str) -> WorkingField:
        made = WorkingField(name)
        made.edited.connect(self._on_typed)
        made.pasted.connect(self._on_typed)
        made.left_for.connect(lambda _by: self._on_left())
        return made

    def _on_typed(self, text: str) -> None:
        problem = problem_of(text, self._numerals)
        say(self._problem, problem)
        self._fields[self._name].show_text(text.strip(), problem, "")
        if not problem:
            self.answered.emit(text.strip() or None)

    def _on_left(self) -> None:
        if not self._problem.text():
            self.edit_ended.emit()


def _label(number: int, answer: str) -> str:
    return f"{number}   {answer}"
