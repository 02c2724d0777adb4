"""The dialog that asks for several values of one thing, to be run and compared."""

from PySide6.QtWidgets import QWidget

from backprop_gui.core.network import Setup
from backprop_gui.dialogs.asking import AnswerError, Asking
from backprop_gui.lesson import numbers
from backprop_gui.lesson.fields import FIELDS, Field
from backprop_gui.lesson.numbers import FILES, NumberError, Numerals
from backprop_gui.lesson.sweep import SweepError, refuse_more, setups, spaced, texts
from backprop_gui.system.texts import _, ngettext

_WAYS = {
    "list": _("A list"),
    "linear": _("A range, at equal distances"),
    "log": _("A range, at equal ratios"),
}
# A list of choices is read aloud as it is written, so it has no symbols.
_NAMES = {"w1": _("First weight"), "w2": _("Second weight"), "tolerance": _("Tolerance")}
_USUAL = "eta"
_USUAL_LIST = (0.1, 0.5, 0.9, 5.0, 20.0)
_RANGE_ROWS = (_("&From"), _("&To"), _("&Number"))


class SweepDialog(Asking):
    """Asks for the values of one thing, as a list or a range, and makes a setup of each.

    There are at most so many as can be kept.
    """

    def __init__(
        self, setup: Setup, most: int, parent: QWidget, numerals: Numerals = FILES
    ) -> None:
        super().__init__(_("Sweep"), _("Compute"), parent)
        self._setup, self._most, self._numerals = setup, most, numerals
        self.field_choice = self.choice(
            _("&Vary"),
            {field.name: _NAMES.get(field.name, field.label) for field in FIELDS},
            _("What differs between the runs."),
        )
        self.way = self.choice(_("V&alues"), _WAYS, _("How you name the values."))
        self.values = self.line(
            _("&List"),
            texts(_USUAL_LIST, numerals),
            _("The values, with commas or semicolons between."),
        )
        low, high = (numerals.editable(text) for text in ("0.1", "100"))
        hints = (_("The first value."), _("The last value."), _("How many values there are."))
        usual = (low, high, "7")
        self.range = tuple(
            self.line(label, text, hint)
            for label, text, hint in zip(_RANGE_ROWS, usual, hints, strict=True)
        )
        self.field_choice.choose(_USUAL)
        self.changed.connect(self._show_rows)
        self.changed.emit()

    @property
    def field(self) -> Field:
        """What is varied."""
        return next(field for field in FIELDS if field.name == self.field_choice.chosen)

    def answer(self) -> tuple[Setup, ...]:
        """Return a setup for each value. Raises AnswerError."""
        try:
            text = self.values.text() if self.way.chosen == "list" else self._ranged()
            made = tuple(
                dict.fromkeys(setups(self._setup, self.field, text, self._most, self._numerals))
            )
        except (SweepError, NumberError) as error:
            raise AnswerError(str(error)) from error
        if len(made) < 2:
            raise AnswerError(_("a sweep has two different values or more"))
        return made

    def _ranged(self) -> str:
        sign = self._numerals.decimal_sign
        low, high = (numbers.parse(line.text(), sign) for line in self.range[:2])
        count = numbers.parse_whole(self.range[2].text(), sign)
        refuse_more(count, self._most, self._numerals)
        is_log = self.way.chosen == "log"
        return texts(
            spaced(low, high, count, is_log=is_log, numerals=self._numerals), self._numerals
        )

    def _show_rows(self) -> None:
        is_list = self.way.chosen == "list"
        self.form.setRowVisible(self.values, is_list)
        for line in self.range:
            self.form.setRowVisible(line, not is_list)

    def show_answer(self, answer: object) -> None:
        """Say on the button how many runs there will be."""
        if not isinstance(answer, tuple):
            self.go.setText(_("Compute"))
            return
        text = ngettext("Compute {count} run", "Compute {count} runs", len(answer))
        self.go.setText(text.format(count=len(answer)))
