"""The dialog that asks for an iteration as a worked example."""

from PySide6.QtWidgets import QWidget

from backprop_gui.dialogs.export.sheet_rows import UPRIGHT_OR_NOT, SheetRows
from backprop_gui.dialogs.form import Form
from backprop_gui.export import formats
from backprop_gui.export.contents import EXAMPLE_DIGITS, What
from backprop_gui.export.options import Plan
from backprop_gui.export.orders import ExampleOrder, OrderError, whole
from backprop_gui.lesson import numbers, positions
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.rounded import DIGITS_RANGE, Rounded
from backprop_gui.system.texts import _

_KINDS = {"full": _("In full"), "blanked": _("With gaps; the answers are on the last page")}
_ROUNDING = {
    "": _("Computed as the run is"),
    "s": _("Rounded to these digits, as on paper"),
    "s-cut": _("Cut off after these digits, as on paper"),
}
_YOURS = {"": _("Left out"), "yours": _("With your numbers, beside ours")}


class ExampleDialog(Form):
    """Asks which iteration, in full or with gaps."""

    def __init__(self, moment: Moment, parent: QWidget, numerals: Numerals = FILES) -> None:
        super().__init__(_("Worked example"), formats.EXAMPLES, parent)
        self.iteration = self.text(_("&Iteration"), hint=_("a number, or last"))
        self.completeness = self.choice(_("N&umbers"), _KINDS)
        self.yours = self.choice(_("&Your numbers"), _YOURS)
        self.digits = self.number(_("Significant &digits"), str(EXAMPLE_DIGITS))
        self.rounding = self.choice(_("&Each line"), _ROUNDING)
        self.title = self.text(_("Ti&tle"), hint=_("names the iteration"))
        self._sheet = SheetRows(self, UPRIGHT_OR_NOT)
        self.options = {**self._sheet.options}
        self.explain(
            {
                self.iteration: _("The iteration to work out: a number, or last."),
                self.completeness: _("In full, or as an exercise with gaps to fill in."),
                self.yours: _("Whether the numbers that you typed stand beside ours."),
                self.digits: _("How many significant digits the numbers have."),
                self.rounding: _(
                    "Computed as the run is, or as a pencil does it: each line rounded, and "
                    "carried on from the start of the run."
                ),
                self.title: _("The heading of the worked example."),
            }
        )
        self.prepare(moment, numerals)

    def prepare(self, moment: Moment, numerals: Numerals = FILES) -> None:
        """Begin with the iteration that is shown now."""
        self._numerals = numerals
        self.iteration.setText(str(moment.iteration))

    def order(self) -> ExampleOrder:
        """Return the order. Raises OrderError with a sentence that names the field."""
        text = self.iteration.text().strip()
        try:
            spans = positions.parse(text, self._numerals)
        except positions.PositionsError as error:
            raise OrderError(_("Iteration: {problem}").format(problem=error)) from error
        if not positions.is_one_iteration(spans):
            raise OrderError(_("Iteration: give one iteration only, a number or last"))
        kind = self.rounding.chosen
        range_ = DIGITS_RANGE if kind else numbers.DIGITS_RANGE
        digits = whole(self.digits.text(), _("Significant digits"), range_, self._numerals)
        method = Rounded(digits, is_cut=kind == "s-cut") if kind else None
        is_blanked = self.completeness.chosen == "blanked"
        has_yours = bool(self.yours.chosen)
        return ExampleOrder(
            text, digits, is_blanked, self.title.text(), self._sheet.sheet, has_yours, method
        )

    def plan(self) -> Plan:
        """Return what is asked for."""
        return Plan(self.kind, What.EXAMPLE)
