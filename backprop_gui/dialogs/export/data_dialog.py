"""The dialog that asks for the iterations of the run as data."""

from PySide6.QtWidgets import QWidget

from backprop_gui.core.network import MOST_ITERATIONS
from backprop_gui.dialogs.form import Form
from backprop_gui.export import formats
from backprop_gui.export.contents import What
from backprop_gui.export.options import Plan, is_useful
from backprop_gui.export.orders import DataOrder, OrderError, whole
from backprop_gui.lesson import dialect
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.system.texts import _, ngettext
from backprop_gui.widgets.plain import label

DIALECTS = {
    "commas": _("Separated by commas, with 0.5: for programs"),
    "semicolons, comma": _("Separated by semicolons, with 0,5: for spreadsheets"),
    "semicolons": _("Separated by semicolons, with 0.5"),
    "tabs": _("Separated by tabs, with 0.5"),
    "tabs, comma": _("Separated by tabs, with 0,5"),
}
_COMFORTABLE = 10_000  # rows that a spreadsheet takes without complaint


class DataDialog(Form):
    """Asks whether all iterations that are known, or only every so many of them."""

    def __init__(self, known: int, parent: QWidget, numerals: Numerals = FILES) -> None:
        super().__init__(_("Export data"), formats.DATA, parent)
        self._known, self._numerals = known, numerals
        self.stride = self.number(_("&Iterations per row"), "1")
        self.cells = self.choice(_("&Cells"), DIALECTS)
        self.options = {"every": self.stride, "separator": self.cells}
        self._usual = ""
        self._rows = label()
        self.add(_("Rows"), self._rows)
        self.explain(
            {
                self.stride: _(
                    "1 exports every iteration, 10 every tenth; the last is always there."
                ),
                self.cells: _(
                    "What separates two numbers, and their decimal sign. A spreadsheet expects "
                    "the form that is usual in its language."
                ),
            }
        )
        self.prepare(known, numerals)

    def prepare(self, known: int, numerals: Numerals = FILES) -> None:
        """Begin with so many iterations known, and the decimal sign that is on the screen now."""
        self._known, self._numerals = known, numerals
        wanted = dialect.usual(numerals.decimal_sign)
        usual = next(name for name, each in dialect.DIALECTS.items() if each == wanted)
        if usual != self._usual:  # else what was chosen stays chosen
            self._usual = usual
            self.cells.choose(usual)
        self.stride.setText(str(-(-known // _COMFORTABLE)))

    def plan(self) -> Plan:
        """Return what is asked for."""
        return Plan(self.kind, What.DATA)

    def order(self) -> DataOrder:
        """Return the order. Raises OrderError with a sentence that names the field."""
        name = _("Iterations per row")
        stride = whole(self.stride.text(), name, range(1, MOST_ITERATIONS), self._numerals)
        if not is_useful("separator", self.plan()):
            return DataOrder(stride, self._known)
        return DataOrder(stride, self._known, dialect.DIALECTS[self.cells.chosen])

    def _show(self) -> None:
        super()._show()
        try:
            stride = self.order().stride
        except OrderError:
            self._rows.setText("")
            return
        rows = len(range(1, self._known, stride)) + 1
        text = ngettext(
            "{rows} of {known} known iteration", "{rows} of {known} known iterations", self._known
        )
        count = self._numerals.count
        self._rows.setText(text.format(rows=count(rows), known=count(self._known)))
