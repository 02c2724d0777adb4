"""How far the curves of kept runs are computed, with a button that ends it."""

from PySide6.QtWidgets import QWidget

from backprop_gui.state.state import State
from backprop_gui.system.texts import _
from backprop_gui.widgets.progress import ProgressPanel


class KeptRunsProgress(ProgressPanel):
    """Says what is computed beside the run, wherever in the window the person is."""

    def __init__(self, over: QWidget) -> None:
        super().__init__(over, _("Stop"), _("Stop computing. The curves stay as they are now."))

    def show_state(self, state: State) -> None:
        """Show what is computed now, or nothing."""
        if not state.computing:
            self.end()
            return
        what = _("Computing kept runs: {done} of {curves} done").format(
            done=len(state.kept) - state.missing, curves=len(state.kept)
        )
        if self.is_begun:
            self.describe(what)
        else:
            self.begin(what)
        self.show_progress(*state.computing)
