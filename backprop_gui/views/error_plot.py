"""The plot of the error over the iterations."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QElapsedTimer, QEvent, QRect, QSize, QSizeF, Qt, QTimer, Signal
from PySide6.QtGui import QAccessible, QFont, QFontInfo, QKeyEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QAccessibleWidget, QVBoxLayout, QWidget

from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.spoken import spoken_plot
from backprop_gui.paint.theme import LIGHT, Theme
from backprop_gui.state.state import State
from backprop_gui.system.texts import _
from backprop_gui.widgets.drawing_canvas import is_own_key
from backprop_gui.widgets.error_tools import ErrorTools
from backprop_gui.widgets.plain import label
from backprop_gui.widgets.run_reading import RunReading

if TYPE_CHECKING:
    from backprop_gui.core.kept_run import KeptRun
    from backprop_gui.core.network import Setup
    from backprop_gui.core.run import Trace
    from backprop_gui.widgets.curve_plot import CurvePlot

_PACE_MS = 80  # while running: the eye needs no more, and the training has the time
_ZOOM = 0.7
_TO_DRAW = 1_000  # iterations on the axis, for a curve that is drawn before there is a run
_AROUND = 16  # pixels, beside the words of a hint
_LINES, _MOST_GROWTH = 34, 2.0  # of text in the height of a plot alone; of its text


class ErrorPlot(QWidget):
    """The error of the run so far; a click goes to an iteration.

    The plot itself comes with `load`, after the window's first frame. Keys: + and − zoom, F fits,
    Escape removes the curve that is expected.

    Signals:
        iteration_chosen(int): an iteration that is known was clicked.
        axes_chosen(Axes): the person wants the axes so.
        clear_requested(): the person asked to remove the curves of kept runs.
        traces_requested(): compute what is missing of these curves.
        drawing_chosen(bool): a drag draws the curve that the person expects, or moves the axes.
        stroked(Stroke): the person drew a piece of it.
        forget_requested(): the person wants it removed.
    """

    iteration_chosen = Signal(object)
    axes_chosen = Signal(object)
    clear_requested = Signal()
    traces_requested = Signal()
    drawing_chosen = Signal(bool)
    stroked = Signal(object)
    forget_requested = Signal()

    def __init__(self, state: State, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWhatsThis(
            _(
                "The error over the iterations. Click to go to an iteration; + and − zoom, F "
                "shows everything. Draw lets you draw the curve that you expect. Kept runs stay as "
                "curves in their colours until you clear them."
            )
        )
        self._state = state
        self._numerals = FILES
        self._theme = LIGHT
        self._font = QFont()
        self._is_alone = False
        self._plot: CurvePlot | None = None
        self._drawn: tuple[Trace, bool] | None = None  # and whether it has room to grow into
        self._marked: tuple[int, float] | None = None
        self._told: object = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._refresh)
        self._since_refresh = QElapsedTimer()
        self._since_refresh.start()
        self.setObjectName("error plot")
        self.setAccessibleName(_("Error plot"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumSize(220, 84)
        self._reading = label(style="reading")
        self._reading.setParent(self)
        self._reading.hide()
        self._readings = RunReading(self)
        self._hint = label(style="hint")
        self._hint.setParent(self)
        self._hint.setWordWrap(True)
        self._hint.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._hint.hide()
        self.tools = ErrorTools()
        self.tools.show_state(state)
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.addStretch(1)
        self._bind_tools()

    def _bind_tools(self) -> None:
        tools = self.tools
        tools.axes_chosen.connect(self.axes_chosen)
        tools.draw.clicked.connect(self.drawing_chosen)
        tools.fit.clicked.connect(self.fit)
        tools.clear.clicked.connect(self.clear_requested)
        tools.go_on.clicked.connect(self.traces_requested)

    def load(self, font: QFont) -> None:
        """Import pyqtgraph and put the plot in place."""
        from backprop_gui.widgets.curve_plot import CurvePlot

        self._plot = CurvePlot(self)
        self._layout.takeAt(self._layout.count() - 1)
        self._layout.addWidget(self._plot, 1)
        self.set_interface_font(font)
        self._plot.set_theme(self._theme)
        self._plot.set_pen_scale(self.devicePixelRatio())
        self._plot.set_log(*self._state.axes)
        self._plot.pointed_at.connect(self._on_pointed_at)
        self._plot.clicked_at.connect(self._on_clicked_at)
        self._plot.show_numerals(self._numerals)
        self._plot.stroked.connect(self.stroked)
        self._plot.show_kept(self._state.kept)
        self._refresh()
        self._show_expected(is_toggled=True)

    def show_state(self, state: State) -> None:
        """Show the run as far as it is known, the kept ones and where the person is.

        While the run goes on by itself the plot follows at the pace of the eye.
        """
        before, self._state = self._state, state
        is_other_run = state.run.number != before.run.number
        if state.kept is not before.kept and self._plot:
            self._on_pointed_at(0)
            self._plot.show_kept(state.kept)
        if is_other_run:
            self._on_pointed_at(0)  # what the crosshair says is of the run before
        if is_other_run and self._plot:
            self._plot.is_fitted = True
        if _on_tools(state) != _on_tools(before):
            self.tools.show_state(state)
        if state.axes != before.axes:
            self._show_axes()
        if (state.expected, state.is_drawing) != (before.expected, before.is_drawing):
            self._show_expected(is_toggled=state.is_drawing != before.is_drawing)
        if before.is_running and not state.is_running:
            self._refresh()  # it has no more need of room to grow into
        elif not state.is_running:
            self._soon.start()
        elif self.isVisible() and self._since_refresh.hasExpired(_PACE_MS):
            self._refresh()  # now, while the training leaves the processor to the frame

    def _show_axes(self) -> None:
        if self._plot:
            self._on_pointed_at(0)
            self._plot.set_log(*self._state.axes)

    def _show_expected(self, *, is_toggled: bool) -> None:
        """Show what the person expects and, before it is drawn, how that is done."""
        is_drawing, curve = self._state.is_drawing, self._state.expected
        if not self._plot:
            return
        if is_toggled:
            self._on_pointed_at(0)
            last = min(_TO_DRAW, self._state.run.setup.max_iterations)
            self._plot.set_drawing(is_drawing, last)
        self._plot.show_expected(curve)
        if is_drawing and is_toggled:
            self.setFocus()  # for Escape
        self._say_hint()

    def _say_hint(self) -> None:
        """Say how to draw or, where there is room for it, how far off the guess was."""
        state, text = self._state, ""
        if state.is_drawing:
            text = "" if state.expected else _("Drag to draw what you expect.")
        elif self._is_alone and not state.is_running:
            text = state.guess(self._numerals)
        self._hint.setText(text)
        self._hint.setVisible(bool(text))
        self._hint.raise_()
        self._place_reading()

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        self._theme = theme
        if self._plot:
            self._plot.set_theme(theme)

    def set_pen_scale(self, scale: float) -> None:
        """Draw lines `scale` times as thick as for a screen of ordinary resolution."""
        if self._plot:
            self._plot.set_pen_scale(scale)

    def set_interface_font(self, font: QFont) -> None:
        """Write in this font from now on, or in a larger one while the plot stands alone."""
        self._font = font
        self._grow()

    def set_alone(self, is_alone: bool) -> None:
        """Have the window to itself, with larger letters, or not."""
        self._is_alone = is_alone
        self._grow()
        self._say_hint()

    def _grow(self) -> None:
        share = self.height() / (_LINES * QFontInfo(self._font).pixelSize())
        scale = min(_MOST_GROWTH, max(1.0, share)) if self._is_alone else 1.0
        points = self._font.pointSizeF() * scale
        font = QFont(self._font)
        font.setPointSizeF(points)
        if self._plot:
            self._plot.set_interface_font(font)
        for words in (self._reading, self._hint):
            words.setStyleSheet(f"font-size: {points:.1f}pt" if scale > 1 else "")

    def show_numerals(self, numerals: Numerals) -> None:
        """Write numbers like this from now on."""
        self._numerals = numerals
        if self._plot:
            self._plot.show_numerals(numerals)
            self._describe()

    def twin(self) -> "CurvePlot":
        """Return another plot of the same, to be painted as a picture. Only after `load`."""
        if self._plot is None:
            raise RuntimeError("there is no plot yet")
        self._refresh()
        return self._plot.twin()

    def fit(self) -> None:
        """Show the whole of the curves."""
        if self._plot:
            self._plot.fit()

    def zoom_in(self) -> None:
        """Show a smaller part, larger."""
        if self._plot:
            self._plot.zoom(_ZOOM)

    def zoom_out(self) -> None:
        """Show a larger part, smaller."""
        if self._plot:
            self._plot.zoom(1 / _ZOOM)

    def event(self, event: QEvent) -> bool:
        """Keep Escape, while a curve is drawn, from bringing other cards back."""
        if self._state.is_drawing and is_own_key(event, (Qt.Key.Key_Escape,)):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Zoom and fit; on Escape expect nothing, and then draw no more."""
        if event.key() in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom_in()
        elif event.key() == Qt.Key.Key_Minus:
            self.zoom_out()
        elif event.key() in (Qt.Key.Key_F, Qt.Key.Key_0):
            self.fit()
        elif event.key() == Qt.Key.Key_Escape and self._state.expected:
            self.forget_requested.emit()
        elif event.key() == Qt.Key.Key_Escape and self._state.is_drawing:
            self.drawing_chosen.emit(False)
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Take the crosshair away with the pointer."""
        self._on_pointed_at(0)

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with a run that went on behind another card."""
        super().showEvent(event)
        if self._state.is_running:
            self._soon.start()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the screen's pixel ratio, which pyqtgraph's lines do not."""
        self.set_pen_scale(self.devicePixelRatio())
        if self._is_alone:
            self._grow()
        self._place_reading()

    def _refresh(self) -> None:
        self._soon.stop()
        self._since_refresh.restart()
        if not self._plot:
            return
        run, moment = self._state.run, self._state.moment
        drawn, place = (
            (run.trace, self._state.is_running),
            (moment.iteration, moment.values["error"]),
        )
        if drawn != self._drawn:
            self._drawn = drawn
            self._plot.show_tolerance(run.setup.tolerance)
            self._plot.show_curve(*drawn)
        if place != self._marked:  # a step within the iteration moves nothing here
            self._marked = place
            self._plot.mark(*place)
        state = self._state
        told = run, moment.iteration, state.kept, state.axes, state.expected, state.is_running
        if told != self._told:
            self._told = told
            self._describe()
            if not self._state.is_running:
                self._say_hint()

    def _describe(self) -> None:
        """Have in words what is shown, and along which axes."""
        run, axes, moment = self._state.run, self._state.axes, self._state.moment
        is_at_end = moment.iteration == run.iterations  # always, while the run goes on by itself
        first = run.error(1)
        last = moment.values["error"] if is_at_end else run.error(run.iterations)
        x, y = (_("logarithmic") if each else _("linear") for each in axes)
        curves = sum(each.trace is not None for each in self._state.kept)
        shown = spoken_plot(moment, first, last, run.iterations, curves, self._numerals)
        said = _("Axis of iterations {x}, axis of the error {y}.").format(x=x, y=y)
        if self._state.expected:
            said = _("{axes} The curve that you expect is drawn.").format(axes=said)
        self.setAccessibleDescription(f"{shown} {said}")

    def accessible_interface(self) -> QAccessibleWidget:
        """Return what assistive technology asks."""
        return QAccessibleWidget(self, QAccessible.Role.Chart)

    def _on_pointed_at(self, iteration: int) -> None:
        if not self._plot:
            return
        known = self._state.run.iterations
        if not 1 <= iteration <= max(known, *(run.last for run in self._shown_runs), 0):
            self._plot.hide_crosshair()
            self._reading.hide()
            self._readings.hide()
            return
        error = self._state.run.error(iteration) if iteration <= known else None
        self._plot.point(iteration, error)
        if self._shown_runs:
            self._read_all(iteration, error)
            return
        reading = _("iteration {iteration}\nE = {error}")
        count = self._numerals.count(iteration)
        text = self._error_text(error, self._state.run.setup)
        self._reading.setText(reading.format(iteration=count, error=text))
        self._reading.adjustSize()
        self._place_reading()
        self._reading.raise_()
        self._reading.show()

    @property
    def _shown_runs(self) -> "list[KeptRun]":
        return [each for each in self._state.kept if each.is_shown and each.trace]

    def _read_all(self, iteration: int, present: float | None) -> None:
        """Say beside the plot what all curves have at an iteration."""
        from backprop_gui.widgets.run_legend import entries_of
        from backprop_gui.widgets.run_reading import Reading

        runs = self._shown_runs
        run = self._state.run
        errors = (present, *(each.error(iteration) for each in runs))
        ends = ((run.setup, run.iterations), *((each.setup, each.last) for each in runs))
        readings = [
            Reading(entry, self._error_text(error, *end))
            for entry, error, end in zip(entries_of(runs), errors, ends, strict=True)
        ]
        title = _("E in iteration {iteration}")
        title = title.format(iteration=self._numerals.count(iteration))
        self._reading.hide()
        self._readings.show_readings(title, readings, self._theme)

    def _error_text(self, error: float | None, setup: "Setup", end: int = 0) -> str:
        """Return what is read of a curve, or up to where it goes."""
        if error is None:
            return _("up to iteration {end}").format(end=self._numerals.count(end))
        numerals = self._numerals.of(setup)
        return numerals.short(error) if error or numerals.method else "0"  # exactly, not rounded

    def _place_reading(self) -> None:
        if self._plot:
            place = self._plot.free_place(self._reading.size().toSizeF())
            self._reading.move(self._plot.pos() + place.toPoint())
            self._place_hint(self._plot)

    def _place_hint(self, plot: "CurvePlot") -> None:
        hint = self._hint
        wide = min(
            2 * plot.width() // 3, hint.fontMetrics().horizontalAdvance(hint.text()) + _AROUND
        )
        size = QSize(wide, hint.heightForWidth(wide))
        hint.setGeometry(QRect(plot.pos() + plot.free_place(QSizeF(size)).toPoint(), size))

    def _on_clicked_at(self, iteration: int) -> None:
        self.iteration_chosen.emit(min(iteration, self._state.run.iterations))


def _on_tools(state: State) -> tuple[object, ...]:
    """Return what of a state the tools show; kept runs by who they are: some know more."""
    is_before = state.run.iterations == 1
    return state.axes, state.is_drawing, state.computing, id(state.kept), is_before
