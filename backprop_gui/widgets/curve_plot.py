"""Curves over iterations on two axes, each linear or logarithmic, made with pyqtgraph.

Importing this module imports pyqtgraph and NumPy, which takes longer than all the rest of the
window: import it after the window's first frame.
"""

import math
from collections.abc import Iterable
from typing import Any

import numpy as np
import pyqtgraph as pg
from numpy.typing import NDArray
from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt, Signal
from PySide6.QtGui import QColor, QFont, QPainter, QPen
from PySide6.QtWidgets import QVBoxLayout, QWidget

from backprop_gui.core.run import Curve
from backprop_gui.i18n import _
from backprop_gui.lesson import numbers
from backprop_gui.lesson.shapes import Ink, Tint
from backprop_gui.paint.theme import LIGHT, Theme
from backprop_gui.widgets.thinning import thinned

LEAST_ERROR = 1e-16  # zero has no place on a logarithmic axis; it is drawn here
_CURVE_WIDTH, _THIN_WIDTH = 2.0, 1.0
_ROOM, _LEAST_SHARE = 1.3, 0.6  # of the axis, for a growing curve and taken by it at least
_RAISED = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


class _Axis(pg.AxisItem):  # type: ignore[misc]
    """An axis with whole numbers where they are counted, and few words where it is logarithmic."""

    def __init__(self, orientation: str, is_whole: bool = False) -> None:
        super().__init__(orientation)
        self._is_whole = is_whole

    def tickValues(self, least: float, most: float, size: float) -> list[Any]:
        """Return the ticks by spacing; of a count only the whole ones."""
        levels = super().tickValues(least, most, size)
        if self._is_whole and not self.logMode:
            whole = [
                (spacing, [value for value in values if value >= 1])
                for spacing, values in levels
                if spacing >= 1
            ]
            first, last = max(1, math.ceil(least)), math.floor(most)
            return whole or [(1, [float(value) for value in range(first, last + 1)])]
        return list(levels)

    def tickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Name the ticks, with the decimal sign of the screen."""
        texts = super().tickStrings(values, scale, spacing)
        return texts if self.logMode else [numbers.on_screen(text) for text in texts]

    def logTickStrings(self, values: list[float], scale: float, spacing: float) -> list[str]:
        """Name the decades, and 2 and 5 as well where the axis shows hardly more than one."""
        least, most = self.range
        named = (1,) if most - least > 1.5 else (1, 2, 5)
        return [_decimal(value, named) for value in values]


def _decimal(exponent: float, named: tuple[int, ...]) -> str:
    """Return 10 to the exponent as text if its leading digit is one of those named, else ""."""
    decade = math.floor(exponent + 1e-9)
    digit = round(10 ** (exponent - decade))
    if digit not in named:
        return ""
    if -5 < decade < 6:
        if decade >= 0:
            return numbers.count(digit * 10**decade)
        return numbers.on_screen(f"{digit * 10.0**decade:.{-decade}f}")
    power = f"10{str(decade).translate(_RAISED)}"
    return power if digit == 1 else f"{digit}·{power}"


class _Line:
    """A curve and the item that draws it."""

    def __init__(self, plot: Any) -> None:
        self.curve: Curve | None = None
        self.item = plot.plot(skipFiniteCheck=True, antialias=True)
        self.item.curve.setSegmentedLineMode("on")


class CurvePlot(QWidget):
    """The error's curve, former curves, the tolerance, a marker and a crosshair.

    Signals:
        pointed_at(int): the pointer is over an iteration; 0 when it has left.
        clicked_at(int): an iteration was clicked.
    """

    pointed_at = Signal(int)
    clicked_at = Signal(int)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT
        self._pen_scale = 1.0
        self._is_log_x, self._is_log_y = False, True
        self._former: list[_Line] = []
        self._tolerance = 0.0
        self._marked: tuple[int, float] | None = None
        self._pointed: tuple[int, float] | None = None
        self.is_fitted = True
        self._laid_out: tuple[QSizeF, QFont] | None = None
        self._right = 1
        self._plot = self._made_plot()
        item = self._plot.getPlotItem()
        self._line = _Line(item)
        self._limit = pg.InfiniteLine(angle=0, movable=False)
        self._limit_name = pg.TextItem(anchor=(0, 1))
        self._marker = pg.ScatterPlotItem(size=11)
        self._cross = pg.InfiniteLine(angle=90, movable=False)
        self._cross_dot = pg.ScatterPlotItem(size=8)
        for part in (self._limit, self._limit_name, self._cross, self._cross_dot, self._marker):
            item.addItem(part, ignoreBounds=True)
        self._cross.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.addWidget(self._plot)
        self._plot.scene().sigMouseMoved.connect(self._on_mouse_moved)
        self._plot.scene().sigMouseClicked.connect(self._on_mouse_clicked)
        item.getViewBox().sigRangeChangedManually.connect(self._on_range_changed_by_hand)
        item.getViewBox().sigRangeChanged.connect(self._on_range_changed)
        self.set_theme(LIGHT)

    def show_curve(self, curve: Curve, is_growing: bool) -> None:
        """Show the present run's curve; one that is growing gets room to grow into.

        So the axes, which take longest to draw, need not change with every new point.
        """
        self._line.curve = curve
        if self.is_fitted:
            last = curve.iterations[-1]
            if not is_growing:
                self._right = last
            elif not _LEAST_SHARE * self._right <= last <= self._right:
                self._right = round(_ROOM * last)
            self._fit(self._right)
        self._place(self._line)

    def show_former(self, curves: Iterable[Curve]) -> None:
        """Show these curves, the newest last, faded, in place of the former ones so far."""
        there = {id(line.curve): line for line in self._former}
        former = []
        for curve in curves:
            is_there = id(curve) in there
            former.append(there.pop(id(curve)) if is_there else self._made_former(curve))
        for line in there.values():
            self._plot.removeItem(line.item)
        self._former = former
        self._set_pens()
        if self.is_fitted:
            self._fit(self._right)

    def _made_former(self, curve: Curve) -> "_Line":
        line = _Line(self._plot.getPlotItem())
        line.item.setZValue(-10)
        line.curve = curve
        self._place(line)
        return line

    def show_tolerance(self, tolerance: float) -> None:
        """Show at which error the run ends."""
        self._tolerance = tolerance
        is_drawn = tolerance > 0 or not self._is_log_y
        self._limit.setVisible(is_drawn)
        self._limit_name.setVisible(is_drawn)
        if is_drawn:
            self._limit.setValue(self._y(tolerance))
            text = _("tolerance {value}").format(value=numbers.on_screen(numbers.exact(tolerance)))
            self._limit_name.setText(text)
            self._place_limit_name()

    def mark(self, iteration: int, error: float) -> None:
        """Put the marker on the position."""
        self._marked = (iteration, error)
        self._marker.setData([self._x(iteration)], [self._y(error)])

    def point(self, iteration: int, error: float) -> None:
        """Put the crosshair on an iteration."""
        self._pointed = (iteration, error)
        self._cross.setValue(self._x(iteration))
        self._cross_dot.setData([self._x(iteration)], [self._y(error)])
        self._cross.show()
        self._cross_dot.show()

    def hide_crosshair(self) -> None:
        """Take the crosshair away."""
        self._pointed = None
        self._cross.hide()
        self._cross_dot.hide()

    def set_log(self, is_log_x: bool, is_log_y: bool) -> None:
        """Make each axis logarithmic or linear."""
        self._is_log_x, self._is_log_y = is_log_x, is_log_y
        item = self._plot.getPlotItem()
        item.getAxis("bottom").setLogMode(x=is_log_x)
        item.getAxis("left").setLogMode(y=is_log_y)
        for line in (*self._former, self._line):
            self._place(line)
        self.show_tolerance(self._tolerance)
        if self._marked:
            self.mark(*self._marked)
        self.hide_crosshair()
        self.fit()

    def fit(self) -> None:
        """Show the whole of all curves and the tolerance."""
        self.is_fitted = True
        self._fit(1)

    def _fit(self, right: int) -> None:
        """Show all curves and the tolerance, at least up to the iteration `right`."""
        curves = [line.curve for line in (*self._former, self._line) if line.curve]
        if not curves:
            return
        errors = [_finite(c) for c in curves]
        ys = [float(f(e)) for e in errors if e.size for f in (np.min, np.max)] or [0.0]
        if self._tolerance > 0:
            ys.append(self._tolerance)
        last = max(right, 2, *(c.iterations[-1] for c in curves))
        x_range = (self._x(1), self._x(last))
        y_range = (self._y(min(ys)) if self._is_log_y else 0.0, self._y(max(ys)))
        if y_range[0] == y_range[1]:
            y_range = (y_range[0], y_range[0] + 1.0)
        box = self._plot.getPlotItem().getViewBox()
        box.setRange(xRange=x_range, yRange=y_range, padding=0.04, disableAutoRange=True)

    def zoom(self, factor: float) -> None:
        """Show a part `factor` times as large, around the same centre."""
        self.is_fitted = False
        self._plot.getPlotItem().getViewBox().scaleBy((factor, factor))

    def twin(self) -> "CurvePlot":
        """Return another plot of the same, to be painted as a picture."""
        twin = CurvePlot()
        twin.set_log(self._is_log_x, self._is_log_y)
        twin.show_tolerance(self._tolerance)
        twin.show_former(line.curve for line in self._former if line.curve)
        if self._line.curve:
            twin.show_curve(self._line.curve, is_growing=False)
        if self._marked:
            twin.mark(*self._marked)
        (left, right), (low, high) = self._plot.getPlotItem().viewRange()
        box = twin._plot.getPlotItem().getViewBox()
        box.setRange(xRange=(left, right), yRange=(low, high), padding=0)
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
        for dots in (self._marker, self._cross_dot):
            dots.opts["useCache"] = False  # as paths instead of small pictures
        for line in (*self._former, self._line):
            line.item.curve.setSegmentedLineMode("off")
        self.resize(size.toSize())
        self.grab()  # lays it out; and only a painted axis knows how wide its numbers are
        self._plot.getPlotItem().layout.activate()

    def paint(self, painter: QPainter, area: QRectF, scale: float) -> None:
        """Paint a twin that is laid out into the area, without a ground.

        `scale` is pixels per unit of the area.
        """
        self.set_pen_scale(scale)
        for line in (*self._former, self._line):
            self._place(line)
        self._plot.render(painter, area, self._plot.viewport().rect())

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
        for name in ("left", "bottom"):
            axis = self._plot.getPlotItem().getAxis(name)
            axis.setTickFont(font)
            axis.label.setFont(font)
        self._limit_name.setFont(font)

    def refresh_texts(self, tolerance: float) -> None:
        """Write every number anew."""
        for name in ("left", "bottom"):
            axis = self._plot.getPlotItem().getAxis(name)
            axis.picture = None  # of the axis, which it keeps until its range changes
            axis.update()
        self.show_tolerance(tolerance)

    def _made_plot(self) -> Any:
        axes = {"left": _Axis("left"), "bottom": _Axis("bottom", is_whole=True)}
        plot = pg.PlotWidget(axisItems=axes)
        plot.setFrameShape(plot.Shape.NoFrame)
        plot.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the keys are the view's around it
        plot.setAntialiasing(True)
        item = plot.getPlotItem()
        item.setMenuEnabled(False)
        item.hideButtons()
        item.setLabel("bottom", _("iteration"))
        item.setLabel("left", _("error E"))
        for name in ("left", "bottom"):
            item.getAxis(name).enableAutoSIPrefix(False)
        item.getAxis("left").setLogMode(y=self._is_log_y)
        return plot

    def _pen(self, tint: Tint, width: float, style: Qt.PenStyle = Qt.PenStyle.SolidLine) -> QPen:
        pen: QPen = pg.mkPen(self._theme.colour(tint), width=width * self._pen_scale)
        pen.setStyle(style)
        return pen

    def _set_pens(self) -> None:
        theme = self._theme
        self._line.item.setPen(self._pen(Tint(Ink.FORWARD), _CURVE_WIDTH))
        for age, line in enumerate(reversed(self._former)):
            line.item.setPen(self._pen(Tint(Ink.MUTED, max(0.2, 0.5 - 0.06 * age)), 1.4))
        self._limit.setPen(self._pen(Tint(Ink.UPDATE), 1.4, Qt.PenStyle.DashLine))
        self._limit_name.setColor(theme.ink(Ink.UPDATE))
        self._marker.setPen(self._pen(Tint(Ink.LINE, 0.0), 2.0))
        self._marker.setBrush(theme.ink(Ink.FORWARD))
        self._cross.setPen(self._pen(Tint(Ink.MUTED, 0.7), _THIN_WIDTH))
        self._cross_dot.setPen(self._pen(Tint(Ink.MUTED), 1.5))
        self._cross_dot.setBrush(QColor(theme.ground))
        for name in ("left", "bottom"):
            axis = self._plot.getPlotItem().getAxis(name)
            axis.setPen(self._pen(Tint(Ink.LINE), _THIN_WIDTH))
            axis.setTextPen(theme.ink(Ink.MUTED))

    def _place(self, line: "_Line") -> None:
        """Put a curve on the axes as they are, in no more points than can be seen."""
        if line.curve is None:
            line.item.setData([], [])
            return
        iterations = np.frombuffer(line.curve.iterations, dtype=np.int64)
        errors = np.frombuffer(line.curve.errors, dtype=np.float64)
        finite = np.isfinite(errors)
        iterations, errors = iterations[finite], errors[finite]
        x = np.log10(iterations) if self._is_log_x else iterations.astype(np.float64)
        y = np.log10(np.maximum(errors, LEAST_ERROR)) if self._is_log_y else errors
        box = self._plot.getPlotItem().getViewBox()
        (left, right), _y_range = box.viewRange()
        columns = max(1, round(box.width() * self._pen_scale))
        line.item.setData(*thinned(x, y, left, right, columns))

    def _x(self, iteration: float) -> float:
        return float(np.log10(max(iteration, 1))) if self._is_log_x else float(iteration)

    def _y(self, error: float) -> float:
        if not np.isfinite(error):
            return 0.0
        return float(np.log10(max(error, LEAST_ERROR))) if self._is_log_y else float(error)

    def _on_range_changed(self) -> None:
        for line in (*self._former, self._line):
            self._place(line)
        self._place_limit_name()

    def _place_limit_name(self) -> None:
        (left, _right), _y_range = self._plot.getPlotItem().viewRange()
        self._limit_name.setPos(left, self._y(self._tolerance))

    def _iteration_at(self, scene_point: QPointF) -> int:
        box = self._plot.getPlotItem().getViewBox()
        if not box.sceneBoundingRect().contains(scene_point):
            return 0
        x: float = box.mapSceneToView(scene_point).x()
        return max(1, round(10 ** min(x, 12.0) if self._is_log_x else min(x, 1e12)))

    def _on_mouse_moved(self, scene_point: QPointF) -> None:
        self.pointed_at.emit(self._iteration_at(scene_point))

    def _on_mouse_clicked(self, event: Any) -> None:
        iteration = self._iteration_at(event.scenePos())
        if iteration and event.button() == Qt.MouseButton.LeftButton:
            self.clicked_at.emit(iteration)

    def _on_range_changed_by_hand(self) -> None:
        self.is_fitted = False


def _finite(curve: Curve) -> NDArray[np.float64]:
    errors = np.frombuffer(curve.errors, dtype=np.float64)
    return errors[np.isfinite(errors)]
