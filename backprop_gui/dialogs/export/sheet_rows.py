"""The rows that ask for the paper, in each dialog that makes something to be printed."""

from collections.abc import Mapping

from backprop_gui.dialogs.form import Form
from backprop_gui.export.paper import Orientation, Paper, PaperSheet, sheet_named, usual_paper
from backprop_gui.system.texts import _

UPRIGHT_OR_NOT = {each.word: each.title for each in Orientation}
AS_IT_READS_BEST = {"": _("Whichever reads best")} | UPRIGHT_OR_NOT


class SheetRows:
    """The rows of a form for the paper, which begins as is usual, and for how it lies."""

    def __init__(self, form: Form, ways: Mapping[str, str]) -> None:
        papers = {paper.word: paper.title for paper in Paper}
        self.paper = form.choice(_("Pape&r"), papers, usual_paper().word)
        self.orientation = form.choice(_("Orie&ntation"), ways)
        self.options = {"paper": self.paper, "orientation": self.orientation}
        form.explain(
            {
                self.paper: _("The paper in your printer."),
                self.orientation: _("Whether the paper is upright or on its side."),
            }
        )

    @property
    def sheet(self) -> PaperSheet:
        """The sheet that is asked for."""
        return sheet_named(self.paper.chosen, self.orientation.chosen)
