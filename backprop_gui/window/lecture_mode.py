"""The lecture: network, formula and error on the whole screen, to be read from afar."""

import math

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QMainWindow

from backprop_gui.widgets.arrangement import Arrangement
from backprop_gui.widgets.curtain import Curtain
from backprop_gui.widgets.note import Note
from backprop_gui.window.appearance import Appearance
from backprop_gui.window.quiet_pointer import QuietPointer
from backprop_gui.window.showing import Views

_POINTS = 20.0  # of the smallest type
_LINES = 28  # of the formula's text, on a screen


class LectureMode(QObject):
    """Takes the window for a lecture, and gives it back as it was.

    Signals:
        changed(bool): a lecture began, or ended.
    """

    changed = Signal(bool)

    def __init__(
        self,
        window: QMainWindow,
        arrangement: Arrangement,
        views: Views,
        appearance: Appearance,
        note: Note,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._arrangement = arrangement
        self._views = views
        self._appearance = appearance
        self._note = note
        self._pointer = QuietPointer(window)
        self._curtain: Curtain | None = None
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
        """Show the network, the formula and the error alone on the whole screen."""
        window, network = self._window, self._views.network
        self.is_on = True
        self._was_maximized = window.isMaximized()
        window.menuBar().hide()
        window.showFullScreen()
        network.set_large(True)
        self._arrangement.set_stage()
        self._write_large()
        self._pointer.begin()
        network.setFocus()
        self.changed.emit(True)

    def end(self) -> None:
        """Show again what was shown before."""
        if not self.is_on:
            return
        self.is_on = False
        self._note.end()
        self._pointer.end()
        if self._curtain:
            self._curtain.open_up()
        states = Qt.WindowState
        was = states.WindowMaximized if self._was_maximized else states.WindowNoState
        self._window.setWindowState(was)
        self._window.menuBar().show()
        self._views.network.set_large(False)
        self._views.panels.formula.set_large(None)
        self._appearance.enlarge(None)
        self._arrangement.leave_stage()
        self.changed.emit(False)

    def blank(self) -> None:
        """Make the screen blank, until somebody wants it back."""
        if not self.is_on:
            return
        if self._curtain is None:
            self._curtain = Curtain(self._window)
        self._curtain.close_up()

    def _write_large(self) -> None:
        """Write everything so that it can be read from the last row."""
        dpi = self._window.logicalDpiY()
        points = max(_POINTS, self._window.screen().size().height() / _LINES * 72 / dpi)
        self._appearance.enlarge(points)
        px = math.ceil(points / 72 * dpi)
        curve = self._views.error_curve
        curve.set_text(px)
        self._views.panels.formula.set_large(px, curve)

    def _on_enlarged_changed(self) -> None:
        if self.is_on and not self._arrangement.has_stage:
            self.end()  # Escape or a double click brought back what was before
