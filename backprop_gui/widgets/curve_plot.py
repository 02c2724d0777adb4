"""Curves over iterations on two axes, each linear or logarithmic, made with pyqtgraph.

Importing this module imports pyqtgraph and NumPy, which takes longer than all the rest of the
window: import it after the window's first frame.
"""

from collections.abc import Iterable
from typing import Any

import pyqtgraph as pg
from PySide6.QtCore import QEvent, QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backprop_gui.core.kept_run import KeptRun
from backprop_gui.drawing.shapes import Ink, Tint
from backprop_gui.lesson.expected_curve import ExpectedCurve
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.off_axis import Extreme, extreme
from backprop_gui.paint.theme import LIGHT, Theme
from backprop_gui.widgets.expected_line import ExpectedLine
from backprop_gui.widgets.kept_lines import KeptLines
from backprop_gui.widgets.plot_axis import plot_with_axes
from backprop_gui.widgets.plot_bounds import extremes, heights, numbers
from backprop_gui.widgets.plot_line import Curve, PlotLine, Sight
from backprop_gui.widgets.plot_marks import PlaceMarks
from backprop_gui.widgets.plot_pointer import PlotPointer
from backprop_gui.widgets.plot_scale import Scale, limit, linear
from backprop_gui.widgets.plot_words import ExtremeNames, Limit, free_place
from backprop_gui.widgets.run_legend import RunLegend, entries_of

_CURVE_WIDTH, _KEPT_WIDTH, _THIN_WIDTH = 2.0, 1.4, 1.0
_ROOM, _LEAST_SHARE = 1.3, 0.6  # of the axis, for a growing curve and taken by it at least
_PADDING = 0.04  # of the axes, around everything that is seen
_MARK_ROOM = 0.12  # of the axis, for the marks of what lies below or above every number
_BREATH = 1.15  # times its height, for the tolerance's name below all curves


class CurvePlot(QWidget):
    """The error's curve, those of kept runs, the tolerance, a marker and a crosshair.

    Every number is drawn where it is. What is none, or lies below all of a logarithmic axis, has
    a mark at the edge that is named in words.

    Signals:
        pointed_at(int): the pointer is over an iteration; 0 when it has left.
        clicked_at(int): an iteration was clicked, 1 to MOST_ITERATIONS.
        stroked(Stroke): a piece of a curve was drawn by hand.
    """

    # As objects: a number that Qt holds as an int ends at 2^31.
    pointed_at = Signal(object)
    clicked_at = Signal(object)
    stroked = Signal(object)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._pen_scale = 1.0
        self._is_log_x, self._is_log_y = False, True
        self._x_scale, self._y_scale = Scale(False), Scale(True)
        self._marked: tuple[int, float] | None = None
        self._pointed: tuple[int, float | None] | None = None
        self.is_fitted = True
        self._laid_out: tuple[QSizeF, QFont] | None = None
        self._right = self._least_right = 1
        self._name_room = 0.0  # share of the height, for the tolerance's name below all curves
        self._plot = plot_with_axes()
        item = self._plot.getPlotItem()
        self._kept = KeptLines(item)
        self._legend = RunLegend()
        self._line = PlotLine(item)
        self._expected = ExpectedLine(item)
        self._pointer = PlotPointer(self._plot, self)
        self._limit = Limit(item)
        self._names = ExtremeNames(item)
        self._marks = PlaceMarks(item)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._plot, 1)
        layout.addWidget(self._legend)
        for told in ("pointed_at", "clicked_at", "stroked"):
            getattr(self._pointer, told).connect(getattr(self, told))
        item.getViewBox().sigRangeChangedManually.connect(self._on_range_changed_by_hand)
        item.getViewBox().sigRangeChanged.connect(self._on_range_changed)
        item.getViewBox().sigResized.connect(self._on_resized)
        self._show_scales()
        self.set_theme(LIGHT)

    def show_curve(self, trace: Curve, is_growing: bool) -> None:
        """Show the present run's curve; one that is growing gets room to grow into.

        So the axes, which take longest to draw, need not change with every new point.
        """
        self._line.show(trace)
        self._rescale()
        before = self._box.viewRange()
        if self.is_fitted:
            last = trace.iterations[-1]
            if not (is_growing and _LEAST_SHARE * self._right <= last <= self._right):
                self._right = round(_ROOM * last) if is_growing else last
            self._fit(self._right)
        if self._box.viewRange() == before:  # in another range all is placed already
            self._place(self._line)
            self._place_limit()
            self._name_extremes()
        if not is_growing:
            self._name_expected()

    def show_kept(self, kept: Iterable[KeptRun], *, is_beside: bool = True) -> None:
        """Show the curves of these runs that are shown, beside the present run's or alone."""
        self._kept.show_runs(kept)
        self._legend.show_entries(entries_of(self._kept.runs)[0 if is_beside else 1 :])
        self._rescale()
        self._set_pens()
        if self.is_fitted:
            self._fit(self._right)
        self._on_range_changed()

    def show_tolerance(self, tolerance: float) -> None:
        """Show at which error the run ends."""
        self._limit.show(tolerance)
        self._rescale()
        self._place_limit()

    def show_expected(self, curve: ExpectedCurve) -> None:
        """Show the curve that a person expects; under the hand that draws it nothing moves."""
        self._expected.show_curve(curve)
        self._expected.place(self._x_scale, self._y_scale, self._sight())
        if self._pointer.is_drawing:
            self._place_limit()
            self._name_expected()
        else:
            self._rescale()
            if self.is_fitted:
                self._fit(self._right)
            self._on_range_changed()

    def set_drawing(self, is_on: bool, right: int = 1) -> None:
        """Let a drag draw a curve, on axes that go to the iteration `right`, or move the axes."""
        self._pointer.set_drawing(is_on)
        self._expected.set_drawing(is_on)
        self._least_right = right if is_on else 1
        if self.is_fitted:
            self._fit(self._right)

    def mark(self, iteration: int, error: float) -> None:
        """Put the marker on the position."""
        self._marked = (iteration, error)
        self._marks.mark(self._x(iteration), self._y(error))

    def point(self, iteration: int, error: float | None) -> None:
        """Put the crosshair on an iteration, of which the present run has this error, or none."""
        self._pointed = (iteration, error)
        self._marks.point(self._x(iteration), None if error is None else self._y(error))

    def free_place(self, size: QSizeF) -> QPointF:
        """Return where in the plot words of this size hide nothing, as far as there is room."""
        return free_place(self._box, size, self._lines(), self._limit.name)

    def hide_crosshair(self) -> None:
        """Take the crosshair away."""
        self._pointed = None
        self._marks.hide_crosshair()

    def set_log(self, is_log_x: bool, is_log_y: bool) -> None:
        """Make each axis logarithmic or linear."""
        self._is_log_x, self._is_log_y = is_log_x, is_log_y
        self._x_scale, self._y_scale = Scale(is_log_x), Scale(is_log_y)
        self._show_scales()
        self._rescale()
        self.hide_crosshair()
        self.fit()
        self._on_range_changed()

    def fit(self) -> None:
        """Show the whole of all curves and the tolerance."""
        self.is_fitted = True
        self._name_room = 0.0
        self._fit(1)

    def _fit(self, right: int) -> None:
        """Show all curves and the tolerance, at least up to the iteration `right`."""
        lines = self._lines()
        traces = [line.trace for line in lines if line.trace]
        if not traces:
            return
        last = max(right, self._least_right, 2, *(trace.iterations[-1] for trace in traces))
        seen = numbers(lines, self._limit.value)
        low, high = heights(seen, self._y_scale, is_drawing=self._pointer.is_drawing)
        edges = {kind.is_at_foot for kind in extremes(lines, self._y_scale)}
        room = _MARK_ROOM * (high - low)
        low -= (high - low) * self._name_room / (1 - self._name_room)
        self._box.setRange(
            xRange=(self._x(1), self._x(last)),
            yRange=(low - room * (True in edges), high + room * (False in edges)),
            padding=_PADDING,
            disableAutoRange=True,
        )

    def _lines(self) -> tuple[PlotLine, ...]:
        return (*self._kept.lines, *self._expected.lines, self._line)

    def _rescale(self) -> None:
        """Take other units where the numbers have become too large or too small for those so far.

        The part of the axis that is seen stays the same.
        """
        if self._is_log_y:
            return
        largest = max(numbers(self._lines(), self._limit.value), default=0.0)
        before, self._y_scale = self._y_scale, linear(largest)
        if self._y_scale == before:
            return
        self._show_scales()
        share = 10.0 ** max(-290, min(290, before.exponent - self._y_scale.exponent))
        _x_range, (low, high) = self._box.viewRange()
        self._box.setRange(yRange=(low * share, high * share), padding=0)
        self._on_range_changed()

    def _show_scales(self) -> None:
        limit(self._box, self._is_log_x, self._is_log_y)
        self._pointer.show_scales(self._x_scale, self._y_scale)
        self._plot.getPlotItem().getAxis("bottom").show_scale(self._x_scale)
        self._plot.getPlotItem().getAxis("left").show_scale(self._y_scale)

    def zoom(self, factor: float) -> None:
        """Show a part `factor` times as large, around the same centre."""
        self.is_fitted = False
        self._box.scaleBy((factor, factor))

    def twin(self) -> "CurvePlot":
        """Return another plot of the same, to be painted as a picture."""
        twin = CurvePlot()
        twin.set_log(self._is_log_x, self._is_log_y)
        twin.show_tolerance(self._limit.value)
        twin.show_kept(self._kept.runs)
        twin.show_expected(self._expected.curve)
        if self._line.trace:
            twin.show_curve(self._line.trace, is_growing=False)
        if self._marked:
            twin.mark(*self._marked)
        (left, right), (low, high) = self._box.viewRange()
        twin._box.setRange(xRange=(left, right), yRange=(low, high), padding=0)
        twin.is_fitted = self.is_fitted
        return twin

    def lay_out(self, size: QSizeF, font: QFont) -> None:
        """Prepare a twin to be painted in this size and font, such that vectors have no joints."""
        if (size, font) == self._laid_out:
            return
        self._laid_out = size, font
        self.set_interface_font(font)
        self._plot.setBackground(None)
        self._plot.setCacheMode(self._plot.CacheModeFlag.CacheNone)
        self._marks.draw_for_vectors()
        self._kept.draw_for_vectors()
        self._expected.draw_for_vectors()
        for line in self._lines():
            line.draw_for_vectors()
        self.resize(size.toSize())
        self.grab()  # lays it out; and only a painted axis knows how wide its numbers are
        self._plot.getPlotItem().layout.activate()

    def paint(self, painter: QPainter, area: QRectF, scale: float) -> None:
        """Paint a twin that is laid out into the area, without a ground.

        `scale` is pixels per unit of the area.
        """
        self.set_pen_scale(scale)
        self._on_range_changed()
        room = QRectF(self._plot.geometry()).translated(area.topLeft())
        self._plot.render(painter, room, self._plot.viewport().rect())
        self._legend.paint_below(painter, area.topLeft())

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        self._theme = theme
        self._plot.setBackground(theme.ground)
        self._set_pens()

    def set_pen_scale(self, scale: float) -> None:
        """Draw lines `scale` times as thick, for a picture with more pixels than the screen."""
        self._pen_scale = scale
        self._set_pens()

    def set_interface_font(self, font: QFont) -> None:
        """Write the axes in the interface's font."""
        for axis in self._axes():
            axis.setTickFont(font)
            axis.label.setFont(font)
        self._limit.name.setFont(font)
        self._names.set_font(font)
        self._expected.set_font(font)
        self._legend.set_interface_font(font)
        self._place_limit()

    def show_numerals(self, numerals: Numerals) -> None:
        """Write numbers like this from now on."""
        for part in (*self._axes(), self._limit):
            part.show_numerals(numerals)
        self._place_limit()

    def _axes(self) -> list[Any]:
        return [self._plot.getPlotItem().getAxis(name) for name in ("left", "bottom")]

    def _pen(self, tint: Tint, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        pen: QPen = pg.mkPen(self._theme.colour(tint), width=width * self._pen_scale)
        pen.setStyle(style)
        return pen

    def _set_pens(self) -> None:
        theme = self._theme
        tint = Tint(Ink.FORWARD)
        self._line.set_pen(self._pen(tint, _CURVE_WIDTH), theme.colour(tint))
        self._kept.set_pens(theme, self._pen_scale)
        self._expected.set_pen(theme, self._pen_scale)
        self._legend.set_theme(theme)
        limit_pen = self._pen(Tint(Ink.UPDATE), _KEPT_WIDTH, Qt.PenStyle.DashLine)
        self._limit.set_pen(limit_pen, theme.ink(Ink.UPDATE), QColor(theme.ground))
        self._names.set_colour(theme.ink(Ink.FORWARD))
        self._marks.set_pens(self._pen, theme)
        for axis in self._axes():
            axis.setPen(self._pen(Tint(Ink.LINE), _THIN_WIDTH))
            axis.setTextPen(theme.ink(Ink.MUTED))

    @property
    def _box(self) -> Any:
        return self._plot.getPlotItem().getViewBox()

    def _sight(self) -> Sight:
        return Sight.of(self._box, self._pen_scale)

    def _place(self, line: PlotLine) -> None:
        line.place(self._x_scale, self._y_scale, self._sight())

    def _place_limit(self) -> None:
        sight = self._sight()
        is_free = self._limit.place(self._y_scale, sight, self._lines())
        may_move = self.is_fitted and not self._pointer.is_drawing  # which would be under the hand
        has_curve = any(line.trace for line in self._lines())
        if not is_free and may_move and not self._name_room and has_curve:
            self._name_room = _BREATH * self._limit.share(sight)
            self._fit(self._right)  # with room for the name

    def _x(self, iteration: float) -> float:
        return self._x_scale.place(max(iteration, 1))

    def _y(self, error: float) -> float:
        """Return where an error is on the axis, or at which edge its mark stands."""
        kind = extreme(error, is_log=self._is_log_y)
        if kind is None:
            return self._y_scale.place(error)
        sight = self._sight()
        return sight.foot if kind.is_at_foot else sight.top

    def _on_resized(self) -> None:
        if self._name_room and self.is_fitted:  # in another size the name may have a place
            self._name_room = 0.0
            self._fit(self._right)
        self._on_range_changed()

    def _on_range_changed(self) -> None:
        for line in self._lines():
            self._place(line)
        self._place_limit()
        self._name_extremes()
        self._name_expected()
        if self._marked:
            self.mark(*self._marked)
        if self._pointed:
            self.point(*self._pointed)
        self._pointer.point_again()

    def _name_extremes(self) -> None:
        """Say in words what the marks at the edges are, once for each kind."""
        first: dict[Extreme, float] = {}
        for line in (self._line, *reversed(self._kept.lines)):
            first = line.extremes | first
        self._names.place(first, self._sight())

    def _name_expected(self) -> None:
        self._expected.place_name(self._sight(), self._lines(), self._limit.room)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the plot most of the height."""
        super().resizeEvent(event)
        self._legend.take_of(None if self._laid_out else self.height())

    def leaveEvent(self, event: QEvent) -> None:
        """Forget the pointer that leaves."""
        self._pointer.leave()
        super().leaveEvent(event)

    def _on_range_changed_by_hand(self) -> None:
        self.is_fitted = False
