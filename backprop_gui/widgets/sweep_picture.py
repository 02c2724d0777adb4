"""The plot beside the list of runs: iterations over the one value in which runs differ."""

from backprop_gui.core.run import Stop
from backprop_gui.drawing.run_style import style
from backprop_gui.drawing.shapes import Drawing, Ink
from backprop_gui.drawing.sweep_plot import SweepPoint, draw_sweep
from backprop_gui.lesson.fields import FIELDS
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.run_table import RunRow, along_one, row_of, row_of_kept
from backprop_gui.state.state import State
from backprop_gui.system.texts import _
from backprop_gui.widgets.drawing_canvas import DrawingCanvas, Size

_WORDS = {"tolerance": _("tolerance"), "max_iterations": _("maximum")}  # without a symbol


class SweepPicture(DrawingCanvas):
    """The iterations of the runs that are shown, as far as they differ in exactly one value.

    It has something to show while there are two of them or more.
    """

    def __init__(self) -> None:
        super().__init__(self._drawn_for, _("Iterations over one value"))
        self.setObjectName("sweep")
        self.setWhatsThis(
            _("The iterations of each run over the one value in which the runs differ.")
        )
        self.setMinimumSize(200, 130)
        self._state: State | None = None
        self._numerals = FILES
        self._field = FIELDS[0]
        self._rows: tuple[RunRow, ...] = ()

    @property
    def has_runs(self) -> bool:
        """Whether there is something to show."""
        return bool(self._rows)

    def show_state(self, state: State) -> None:
        """Show the present run where it has ended, and the kept runs whose curves are shown."""
        before, self._state = self._state, state
        is_same_run = before and (before.run.setup, before.run.stop) == (
            state.run.setup,
            state.run.stop,
        )
        if before and is_same_run and before.kept is state.kept:
            return  # while the run goes on
        kept = (row_of_kept(each) for each in state.kept if each.is_shown)
        self._field, self._rows = along_one((row_of(state.run), *kept)) or (self._field, ())
        self.redraw()

    def show_numerals(self, numerals: Numerals) -> None:
        """Write numbers like this from now on."""
        self._numerals = numerals
        self.redraw()

    def _drawn_for(self, size: Size) -> Drawing:
        points = tuple(self._point(row) for row in self._rows)
        text = float(self.fontInfo().pixelSize())
        symbol = self._field.symbol or _WORDS[self._field.name]
        return draw_sweep(symbol, points, size, text, self._numerals)

    def _point(self, row: RunRow) -> SweepPoint:
        ink = style(row.kept.colour)[0] if row.kept else Ink.FORWARD
        is_learned = row.stop is Stop.TOLERANCE
        value = float(getattr(row.setup, self._field.name))
        return SweepPoint(value, row.iterations, is_learned, ink, row.name)
