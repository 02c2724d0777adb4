"""The error's curve in small, for the last row of a lecture hall."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QAccessibleWidget, QSizePolicy, QWidget

from backprop_gui.core.run import Trace
from backprop_gui.drawing.error_curve import Course, Points, draw_error
from backprop_gui.drawing.shapes import Drawing
from backprop_gui.lesson.ahead import trace_ahead
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.spoken import aloud
from backprop_gui.paint.painter import paint
from backprop_gui.paint.theme import LIGHT, Theme
from backprop_gui.state.state import State
from backprop_gui.system.exceptions import handed_on
from backprop_gui.system.texts import _

_MOST_POINTS = 400


class ErrorCurve(QWidget):
    """The error of the run so far, the tolerance, and where the person is.

    Of a short run also what comes is there, as a ghost, and what the person expects, dashed. The
    error's axis is logarithmic; that of the iterations is as in the error plot.
    """

    def __init__(self, state: State) -> None:
        super().__init__()
        self._state = state
        self._numerals = FILES
        self._theme, self._text = LIGHT, 12.0
        self.setAccessibleName(_("Error curve"))
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        self.hide()

    def show_state(self, state: State) -> None:
        """Show the run as far as it is known, and the iteration in which the person is."""
        self._state = state
        if self.isVisible():
            self._describe()
            self.update()

    def show_numerals(self, numerals: Numerals) -> None:
        """Write numbers like this from now on."""
        self._numerals = numerals
        self._describe()
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        self._theme = theme
        self.update()

    def set_text(self, px: float) -> None:
        """Write in letters of so many pixels from now on."""
        self._text = px
        self._describe()
        self.update()

    def accessible_interface(self) -> QAccessibleWidget:
        """Return what assistive technology asks."""
        return QAccessibleWidget(self, QAccessible.Role.Chart)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with the state."""
        super().showEvent(event)
        self._describe()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the curve."""
        with handed_on(), QPainter(self) as painter:
            paint(painter, self.drawing(), QRectF(self.rect()), self._theme, self.font())

    def drawing(self) -> Drawing:
        """Return the curve as shapes, in pixels."""
        run, moment = self._state.run, self._state.moment
        ahead = trace_ahead(run.setup)
        expected = [point for point in self._state.expected.course() if point.error > 0]
        last = max(run.iterations, *(each.iteration for each in expected[-1:]), 1)
        course = Course(
            self._points(run.trace),
            self._points(ahead) if ahead else [],
            (moment.iteration, moment.values["error"]),
            max(last, ahead.iterations[-1] if ahead else 1),
            run.setup.tolerance,
            self._state.axes.is_log_iterations,
            expected,
        )
        size = float(self.width()), float(self.height())
        return draw_error(course, size, self._text, self._numerals)

    def _describe(self) -> None:
        moment = self._state.moment
        said = _("E is {error} in iteration {iteration} of {count}.").format(
            error=self._numerals.of(moment.setup).short(moment.values["error"]),
            iteration=self._numerals.count(moment.iteration),
            count=self._numerals.count(self._state.run.iterations),
        )
        self.setAccessibleDescription(aloud(said))

    def _points(self, trace: Trace) -> Points:
        """Return the iterations and their errors that have a place, as many as can be seen."""
        import numpy as np  # the first frame does without

        from backprop_gui.widgets.thinning import thinned

        iterations = np.frombuffer(trace.iterations, dtype=np.int64).astype(np.float64)
        errors = np.frombuffer(trace.errors, dtype=np.float64)
        has_place = (errors > 0) & np.isfinite(errors)
        x, y = iterations[has_place], errors[has_place]
        if len(x) > 1:
            x, y = thinned(x, y, float(x[0]), float(x[-1]), min(self.width(), _MOST_POINTS))
        return list(zip(x.tolist(), y.tolist(), strict=True))
