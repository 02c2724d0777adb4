"""The tools in the heading of the error plot's card."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from backprop_gui.state.state import Axes, State
from backprop_gui.system.texts import _, ngettext
from backprop_gui.widgets.buttons import tool
from backprop_gui.widgets.commands import COMMANDS


class ErrorTools(QWidget):
    """What of the plot is switched, fitted, removed and computed by a button.

    Signals:
        axes_chosen(Axes): the person wants the axes so.
    """

    axes_chosen = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.draw = tool(_("Draw"), COMMANDS["expect"].hint, is_toggle=True)
        self.log_x = tool(_("log k"), _("Logarithmic axis of iterations"), is_toggle=True)
        self.log_y = tool(_("log E"), _("Logarithmic axis of the error"), is_toggle=True)
        self.fit = tool(_("Fit"), COMMANDS["fit"].hint)
        self.clear = tool(_("Clear"), COMMANDS["clear"].hint)
        self.go_on = tool("", _("Continue computing the curves of kept runs"))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addStretch(1)
        # What may come and go stands at the left, where the others keep their places.
        for each in (self.clear, self.go_on, self.draw, self.log_x, self.log_y, self.fit):
            row.addWidget(each)
        for axis in (self.log_x, self.log_y):
            axis.clicked.connect(self._on_axes_clicked)

    def show_state(self, state: State) -> None:
        """Show how the axes are and whether a drag draws; offer what there is to do."""
        self.log_x.setChecked(state.axes.is_log_iterations)
        self.log_y.setChecked(state.axes.is_log_error)
        self.draw.setChecked(state.is_drawing)
        missing = 0 if state.computing else state.missing  # where nothing is computed now
        self.go_on.setVisible(missing > 0)
        text = ngettext("Continue {count}", "Continue {count}", missing)
        self.go_on.setText(text.format(count=missing))
        # A heading holds one of these three: what is drawn is drawn before a run.
        is_before = state.is_drawing or not state.kept or state.run.iterations == 1
        self.draw.setVisible(is_before and not missing)
        self.clear.setVisible(not is_before and not missing)

    def _on_axes_clicked(self) -> None:
        self.axes_chosen.emit(Axes(self.log_x.isChecked(), self.log_y.isChecked()))
