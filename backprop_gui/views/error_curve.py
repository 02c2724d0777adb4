"""The error's curve in small, for the last row of a lecture hall."""

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QRectF
from PySide6.QtGui import QAccessible, QPainter, QPaintEvent, QShowEvent
from PySide6.QtWidgets import QAccessibleWidget, QSizePolicy, QWidget

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run, Trace
from backprop_gui.drawing.shapes import Disc, Drawing, Ink, Line, Shape, Text, Tint
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.spoken import aloud
from backprop_gui.paint.painter import paint
from backprop_gui.paint.theme import LIGHT, Theme
from backprop_gui.state.state import State
from backprop_gui.system.exceptions import handed_on
from backprop_gui.system.texts import _

_MOST_POINTS = 400
_AHEAD = 5_000  # iterations, which take a few milliseconds at the most
_WIDTH_OF_A_DIGIT = 0.62  # in units of the text


class ErrorCurve(QWidget):
    """The error of the run so far, the tolerance, and where the person is.

    Of a short run also what comes is there, as a ghost. The error's axis is logarithmic; that of
    the iterations is as in the error plot.
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
        width, height = float(self.width()), float(self.height())
        return Drawing(width, height, tuple(self._shapes(width, height)), ())

    def _describe(self) -> None:
        moment = self._state.moment
        said = _("E is {error} in iteration {iteration} of {count}.").format(
            error=self._numerals.short(moment.values["error"]),
            iteration=self._numerals.count(moment.iteration),
            count=self._numerals.count(self._state.run.iterations),
        )
        self.setAccessibleDescription(aloud(said))

    def _shapes(self, width: float, height: float) -> Iterator[Shape]:
        run, text, dot = self._state.run, self._text, 0.32 * self._text
        left, right, top, bottom = dot + 1, width - dot - 1, 0.4 * text, height - 1.55 * text
        tolerance = run.setup.tolerance
        foot = bottom - (1.3 * text if tolerance else dot)
        ahead = _trace_ahead(run.setup)
        last = max(run.iterations, ahead.iterations[-1] if ahead else 1)
        curves = [self._points(trace) for trace in (run.trace, ahead) if trace]
        scale = _Scale.of([y for curve in curves for _x, y in curve] + [tolerance])

        def place(iteration: float, error: float) -> tuple[float, float]:
            share = scale.share(error)
            return left + self._share(iteration, last) * (right - left), foot - share * (foot - top)

        axes = ((left, 0.0), (left, bottom), (width, bottom))
        yield Line(axes, Tint(Ink.LINE), 1.2, name=_("axes"))
        if tolerance:
            _x, y = place(1, tolerance)
            ends = ((left, y), (width, y))
            yield Line(ends, Tint(Ink.UPDATE), 2.0, is_dashed=True, name=_("tolerance"))
            below = _("E < {tolerance}").format(tolerance=self._numerals.exact(tolerance))
            yield self._label(below, left + 0.4 * text, (y + bottom) / 2, 0.0, Ink.UPDATE)
        for curve, depth in zip(reversed(curves), (0.45, 1.0)[-len(curves) :], strict=True):
            if len(curve) > 1:
                way = tuple(place(*point) for point in curve)
                yield Line(way, Tint(Ink.FORWARD, depth), text / 10, name=_("error"))
        yield from self._names(left, width, bottom, last)
        error = self._state.moment.values["error"]
        if 0 < error < math.inf:
            x, y = place(self._state.moment.iteration, error)
            yield Disc(x, y, dot, Tint(Ink.FORWARD), _("here"))

    def _names(self, left: float, width: float, bottom: float, end: int) -> Iterator[Text]:
        text, y = self._text, bottom + 0.8 * self._text
        last = self._numerals.count(end)
        yield self._label(_("error E"), width, 0.7 * text, 1.0, Ink.MUTED)
        yield self._label("1", left, y, 0.0, Ink.MUTED)
        if end > 1:
            yield self._label(last, width, y, 1.0, Ink.MUTED)
        name = _("iteration")
        if (len(name) + 2 * len(last) + 2) * _WIDTH_OF_A_DIGIT * text <= width - left:
            yield self._label(name, (left + width) / 2, y, 0.5, Ink.MUTED)

    def _label(self, text: str, x: float, y: float, align: float, ink: Ink) -> Text:
        return Text(x, y, text, self._text, ink, float(self.width()), name=text, align=align)

    def _share(self, iteration: float, last: int) -> float:
        """Return where an iteration is, from 0 at the left to 1, the last one's place."""
        last = max(2, last)
        if self._state.axes.is_log_iterations:
            return math.log10(iteration) / math.log10(last)
        return (iteration - 1) / (last - 1)

    def _points(self, trace: Trace) -> list[tuple[float, float]]:
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


class _Scale(NamedTuple):
    """The logarithms of the least and the greatest error on the axis."""

    least: float
    most: float

    @classmethod
    def of(cls, errors: list[float]) -> "_Scale":
        """Return the scale on which all of these have a place that can have one."""
        logs = [math.log10(error) for error in errors if 0 < error < math.inf]
        return cls(min(logs, default=0.0), max(logs, default=0.0))

    def share(self, error: float) -> float:
        """Return how high an error is, from 0 to 1."""
        if self.least == self.most:
            return 0.5
        return min(max((math.log10(error) - self.least) / (self.most - self.least), 0.0), 1.0)


@lru_cache(maxsize=2)
def _trace_ahead(setup: Setup) -> Trace | None:
    """Return the trace of the whole run, or None for one that is not a short one."""
    run = Run(setup)
    run.advance(_AHEAD)
    return run.trace() if run.stop else None
