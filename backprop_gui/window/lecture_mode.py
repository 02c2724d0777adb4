"""The lecture: the network and the formula alone on the whole screen, to be read from afar."""

import math

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QMainWindow

from backprop_gui.views.formula_view import FormulaView
from backprop_gui.views.network_view import NetworkView
from backprop_gui.widgets.arrangement import Arrangement
from backprop_gui.widgets.note import Note

_POINTS = 20  # of the smallest type
_LINES = 28  # of the formula's text, on a screen


class LectureMode(QObject):
    """Takes the window for a lecture, and gives it back as it was."""

    def __init__(
        self,
        window: QMainWindow,
        arrangement: Arrangement,
        network: NetworkView,
        formula: FormulaView,
        note: Note,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._arrangement = arrangement
        self._network = network
        self._formula = formula
        self._note = note
        self._was_maximized = False
        self.is_on = False
        arrangement.enlarged_changed.connect(self._on_enlarged_changed)

    def toggle(self) -> None:
        """Begin the lecture, or show everything again."""
        if self.is_on:
            self.end()
        else:
            self._begin()

    def leave(self) -> None:
        """Go back by one level: from a card alone to what was before, or from the lecture."""
        self._arrangement.restore()  # where the lecture ends with it, this is told

    def _begin(self) -> None:
        """Show the network and the formula alone on the whole screen."""
        window = self._window
        self.is_on = True
        self._was_maximized = window.isMaximized()
        window.menuBar().hide()
        window.showFullScreen()
        least = math.ceil(_POINTS / 72 * window.logicalDpiY())
        self._network.set_large(True)
        self._formula.set_large(max(least, window.screen().size().height() // _LINES))
        self._arrangement.set_stage()
        self._network.setFocus()

    def end(self) -> None:
        """Show again what was shown before."""
        if not self.is_on:
            return
        self.is_on = False
        self._note.end()
        states = Qt.WindowState
        was = states.WindowMaximized if self._was_maximized else states.WindowNoState
        self._window.setWindowState(was)
        self._window.menuBar().show()
        self._network.set_large(False)
        self._formula.set_large(None)
        self._arrangement.leave_stage()

    def _on_enlarged_changed(self) -> None:
        if self.is_on and not self._arrangement.has_stage:
            self.end()  # Escape or a double click brought back what was before
