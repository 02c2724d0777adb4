"""The dialog that asks for the list of runs as a table."""

from PySide6.QtWidgets import QWidget

from backprop_gui.dialogs.export.data_dialog import DIALECTS
from backprop_gui.dialogs.form import Form
from backprop_gui.export import formats
from backprop_gui.export.contents import What
from backprop_gui.export.options import Plan, is_useful
from backprop_gui.export.orders import RunsOrder, whole
from backprop_gui.lesson import dialect, numbers
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.system.texts import _


class RunsDialog(Form):
    """Asks for a format, and how the numbers of the table are written."""

    def __init__(self, parent: QWidget, numerals: Numerals = FILES) -> None:
        super().__init__(_("Export runs"), formats.RUNS, parent)
        self._numerals = numerals
        self.digits = self.number(_("Significant &digits"), str(numerals.digits))
        self.cells = self.choice(_("&Cells"), DIALECTS)
        self.options = {"digits": self.digits, "separator": self.cells}
        self._usual = ""
        self.prepare(numerals)

    def prepare(self, numerals: Numerals = FILES) -> None:
        """Begin with the digits and the decimal sign that are on the screen now."""
        self._numerals = numerals
        wanted = dialect.usual(numerals.decimal_sign)
        usual = next(name for name, each in dialect.DIALECTS.items() if each == wanted)
        if usual != self._usual:  # else what was chosen stays chosen
            self._usual = usual
            self.cells.choose(usual)
        self.digits.setText(str(numerals.digits))

    def plan(self) -> Plan:
        """Return what is asked for."""
        return Plan(self.kind, What.RUNS)

    def order(self) -> RunsOrder:
        """Return the order. Raises OrderError with a sentence that names the field."""
        digits = numbers.DIGITS
        if is_useful("digits", self.plan()):
            name = _("Significant digits")
            digits = whole(self.digits.text(), name, numbers.DIGITS_RANGE, self._numerals)
        chosen = dialect.DIALECTS[self.cells.chosen]
        return RunsOrder(
            digits, chosen if is_useful("separator", self.plan()) else dialect.PROGRAMS
        )
