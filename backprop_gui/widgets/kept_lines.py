"""The curves of kept runs in a plot, each in its colour and dash."""

from collections.abc import Iterable
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import Qt

from backprop_gui.core.kept_run import FADED, KeptRun
from backprop_gui.drawing.run_style import style
from backprop_gui.drawing.shapes import Tint
from backprop_gui.paint.theme import Theme
from backprop_gui.widgets.pictured_lines import PicturedLines
from backprop_gui.widgets.plot_line import PlotLine

_WIDTH = 1.6
_COARSENESS = 2  # nobody sees the difference in a dashed curve, and half of the time is saved
_BELOW = -10.0  # the present run's curve
_FADED, _FADED_BY_AGE, _LEAST_FADED = 0.5, 0.06, 0.2


class KeptLines(PicturedLines):
    """The runs that are shown, of which something is known, and their lines in the same order."""

    def __init__(self, plot: Any) -> None:
        super().__init__(plot, _BELOW)
        self.runs: tuple[KeptRun, ...] = ()

    def show_runs(self, kept: Iterable[KeptRun]) -> None:
        """Draw these runs' curves, the newest last, in place of those so far."""
        before = {line.trace: line for line in self.lines}
        self.runs = tuple(run for run in kept if run.trace and run.is_shown)
        self.lines = [before.get(run.trace) or self._made(run) for run in self.runs]
        for line in set(before.values()) - set(self.lines):
            line.remove()
        self.forget_picture()

    def _made(self, run: KeptRun) -> PlotLine:
        line = self.made_line()
        line.coarseness = _COARSENESS
        if run.trace:
            line.show(run.trace)
        return line

    def set_pens(self, theme: Theme, scale: float) -> None:
        """Draw in the colours of a theme, `scale` times as thick as on an ordinary screen."""
        age = len(self.runs)
        for run, line in zip(self.runs, self.lines, strict=True):
            age -= 1
            ink, dash = style(run.colour)
            is_faded = run.colour == FADED
            depth = max(_LEAST_FADED, _FADED - _FADED_BY_AGE * age) if is_faded else 1.0
            colour = theme.colour(Tint(ink, depth))
            pen = pg.mkPen(colour, width=_WIDTH * scale)
            if dash:
                pen.setCapStyle(Qt.PenCapStyle.FlatCap)
                pen.setDashPattern([length / _WIDTH for length in dash])
            line.set_pen(pen, colour)
