"""How far the curves of former runs are computed, with a button that ends it."""

from PySide6.QtWidgets import QWidget

from backprop_gui.state.kept_runs import Standing
from backprop_gui.system.texts import _
from backprop_gui.widgets.progress import Progress


class ComparisonProgress(Progress):
    """Says what is computed beside the run, wherever in the window the person is."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over, _("Stop"), _("Stop computing. The curves stay as they are now."))

    def show_standing(self, standing: Standing) -> None:
        """Show what is computed now, or nothing."""
        if not standing.is_busy:
            self.end()
            return
        what = _("Computing kept runs: {done} of {curves} done").format(
            done=standing.curves - standing.missing, curves=standing.curves
        )
        if self.is_begun:
            self.describe(what)
        else:
            self.begin(what)
        self.show_progress(standing.done, standing.total)
