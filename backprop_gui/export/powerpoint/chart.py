"""The error over the iterations as a native chart of PowerPoint, such as the plot draws it."""

import math
from enum import Enum
from typing import Any, NamedTuple

import numpy as np
from lxml import etree
from numpy.typing import NDArray
from pptx.chart.data import XyChartData
from pptx.enum.chart import (
    XL_AXIS_CROSSES,
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from backprop_gui.core.run import Trace
from backprop_gui.drawing.shapes import Ink, Tint
from backprop_gui.export.powerpoint.shapes import colour_of
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import FILES
from backprop_gui.lesson.off_axis import Extreme, extreme, on_tolerance
from backprop_gui.paint.theme import Theme
from backprop_gui.system.texts import _
from backprop_gui.widgets.thinning import thinned

_COLUMNS = 30  # of which each has four points at the most
_POINTS = 12  # of the type
_HELD = (1e-307, 9.9e307)  # numbers that a cell and an axis of Office can hold
_MOST_DECADES = 8  # that are all named
_DECADES_BETWEEN = (2, 5, 10, 20, 50, 100, 200)  # names, where there are more
_NAMES = 6

Points = list[tuple[float, float]]


class _Part(Enum):
    """What a series of the chart is."""

    CURVE = "curve"
    TOLERANCE = "tolerance"
    FOOT = "foot"
    TOP = "top"
    HERE = "here"


class _Series(NamedTuple):
    """A line or marks with a name; `said` is written at the point with the number `said_at`."""

    part: _Part
    name: str
    points: Points
    said: str = ""
    said_at: int = 0


class ErrorChart:
    """The chart of a run's error, for any number of slides.

    Its axis is logarithmic. What has no place there is marked at its edges and named, as in the
    plot: zero, infinity, and what is smaller or larger than a number of Office can be.
    """

    def __init__(self, curve: Trace, theme: Theme) -> None:
        self._theme = theme
        self._iterations = np.frombuffer(curve.iterations, dtype=np.int64)
        self._errors = np.frombuffer(curve.errors, dtype=np.float64)
        self._last = max(2.0, float(self._iterations[-1]))

    def add(self, slide: Any, area: tuple[Emu, Emu, Emu, Emu], moment: Moment) -> None:
        """Add the chart to a slide, with the moment's iteration marked."""
        tolerance, error = moment.setup.tolerance, moment.values["error"]
        points = _points(self._iterations, self._errors)
        seen = [y for _x, y in points] + [y for y in (tolerance, error) if _is_held(y)]
        low, high = _axis_range(seen)
        series = [
            _Series(_Part.CURVE, _("error E"), points),
            self._tolerance(tolerance),
            *self._marks(low, high),
            _here(moment, low, high),
        ]
        data = XyChartData()
        series = [each for each in series if each.points]  # an empty one would name no cells
        for each in series:
            made = data.add_series(each.name)
            for x, y in each.points:
                made.add_data_point(x, y)
        kind = XL_CHART_TYPE.XY_SCATTER_LINES_NO_MARKERS
        frame = slide.shapes.add_chart(kind, *area, data)
        frame.name = _("Error")
        words = _("The error over the iterations; it is {error} in iteration {iteration}.")
        frame._element.nvGraphicFramePr.cNvPr.set(
            "descr",
            words.format(error=FILES.short(error), iteration=FILES.count(moment.iteration)),
        )
        self._style_axes(frame.chart, low, high)
        if not _is_held(tolerance):
            self._say_above(frame.chart, _words(tolerance))
        for each, drawn in zip(series, frame.chart.plots[0].series, strict=True):
            self._style(each, drawn)

    def _tolerance(self, tolerance: float) -> _Series:
        if not _is_held(tolerance):
            return _Series(_Part.TOLERANCE, "", [])
        # Named before its middle, where a falling curve is still well above.
        places = (1.0, 1.0 + 0.4 * (self._last - 1.0), self._last)
        points = [(x, tolerance) for x in places]
        return _Series(_Part.TOLERANCE, _("tolerance"), points, _words(tolerance), said_at=1)

    def _marks(self, low: float, high: float) -> list[_Series]:
        """Return marks for what has no place on the axis, where each begins and ends."""
        least, most = _HELD
        errors = self._errors
        masks = {
            Extreme.ZERO.value: errors == 0,
            _below(): (errors > 0) & (errors < least),
            _above(): (errors > most) & np.isfinite(errors),
            Extreme.INFINITE.value: np.isinf(errors),
            Extreme.NO_NUMBER.value: np.isnan(errors),
        }
        at_foot = (Extreme.ZERO.value, _below())
        made = []
        for name, mask in masks.items():
            x = self._iterations[mask]
            y = low if name in at_foot else high
            ends = [] if not x.size else [(float(each), y) for each in np.unique(x[[0, -1]])]
            part = _Part.FOOT if name in at_foot else _Part.TOP
            made.append(_Series(part, name, ends, said=name, said_at=len(ends) - 1))
        return made

    def _style_axes(self, chart: Any, low: float, high: float) -> None:
        theme = self._theme
        chart.has_legend = False
        chart.has_title = False
        chart.font.size = Pt(_POINTS)
        chart.font.color.rgb = colour_of(theme.inks[Ink.MUTED])
        across, up = chart.category_axis, chart.value_axis
        for axis, title in ((across, _("iteration")), (up, _("error E"))):
            axis.has_major_gridlines = False
            axis.has_title = True
            _write(axis.axis_title.text_frame, title)
            axis.format.line.color.rgb = colour_of(theme.inks[Ink.LINE])
            axis.major_tick_mark = XL_TICK_MARK.OUTSIDE
            axis.tick_labels.number_format_is_linked = False
            axis.tick_labels.number_format = "General"
        across.minimum_scale, across.maximum_scale = 0, _rounded_up(self._last)
        across.major_unit = _rounded_up(self._last) / 4 if self._last > 4 else 1
        _make_logarithmic(up, low, high)

    def _say_above(self, chart: Any, words: str) -> None:
        chart.has_title = True
        _write(chart.chart_title.text_frame, words, self._theme.inks[Ink.UPDATE])
        chart.chart_title.include_in_layout = False

    def _style(self, series: _Series, drawn: Any) -> None:
        inks = self._theme.inks
        drawn.smooth = False
        ink = Ink.UPDATE if series.part is _Part.TOLERANCE else Ink.FORWARD
        drawn.format.line.color.rgb = colour_of(inks[ink])
        if series.part is _Part.CURVE:
            drawn.format.line.width = Pt(2.25)
            if len(series.points) == 1:
                self._mark(drawn, XL_MARKER_STYLE.CIRCLE, 5)  # no line goes through one point
        elif series.part is _Part.TOLERANCE:
            drawn.format.line.width = Pt(1.5)
            drawn.format.line.dash_style = MSO_LINE.DASH
        elif series.part is _Part.HERE:
            self._mark(drawn, XL_MARKER_STYLE.CIRCLE, 10)
            edge = self._theme.colour(Tint(Ink.LINE, 0.0)).name()
            drawn.marker.format.line.color.rgb = colour_of(edge)
        else:
            is_at_foot = series.part is _Part.FOOT
            drawn.format.line.dash_style = MSO_LINE.ROUND_DOT
            symbol = XL_MARKER_STYLE.DIAMOND if is_at_foot else XL_MARKER_STYLE.TRIANGLE
            self._mark(drawn, symbol, 9)
        if series.said:
            self._say(series, drawn, inks[ink])

    def _mark(self, drawn: Any, symbol: Any, size: int) -> None:
        colour = colour_of(self._theme.inks[Ink.FORWARD])
        drawn.marker.style = symbol
        drawn.marker.size = size
        drawn.marker.format.fill.solid()
        drawn.marker.format.fill.fore_color.rgb = colour
        drawn.marker.format.line.color.rgb = colour

    def _say(self, series: _Series, drawn: Any, colour: str) -> None:
        label = drawn.points[series.said_at].data_label
        _write(label.text_frame, series.said, colour)
        label.text_frame.word_wrap = False
        is_at_top = series.part is _Part.TOP
        label.position = XL_LABEL_POSITION.BELOW if is_at_top else XL_LABEL_POSITION.ABOVE


def _here(moment: Moment, low: float, high: float) -> _Series:
    """Return the mark of the moment's iteration, at an edge where its error has no place."""
    error, name = moment.values["error"], _("this iteration")
    if _is_held(error):
        return _Series(_Part.HERE, name, [(float(moment.iteration), error)])
    kind = extreme(error, is_log=True)
    said = kind.value if kind else _below() if error < _HELD[0] else _above()
    y = low if error < _HELD[0] else high
    return _Series(_Part.HERE, f"{name}, {said}", [(float(moment.iteration), y)])


def _points(iterations: NDArray[np.int64], errors: NDArray[np.float64]) -> Points:
    """Return as many points of the curve as a small chart can show: the extremes of each column."""
    least, most = _HELD
    are_shown = (errors >= least) & (errors <= most)
    x, y = iterations[are_shown], errors[are_shown]
    if not x.size:
        return []
    few_x, few_y = thinned(x.astype(np.float64), y, x[0], x[-1] + 1, _COLUMNS)
    return list(zip(few_x.tolist(), few_y.tolist(), strict=True))


def _is_held(value: float) -> bool:
    """Say whether a logarithmic axis and a cell of Office can hold the value."""
    least, most = _HELD
    return least <= value <= most


def _below() -> str:
    return _("E < {number}").format(number=FILES.exact(_HELD[0]))


def _above() -> str:
    return _("E > {number}").format(number=FILES.exact(_HELD[1]))


def _words(tolerance: float) -> str:
    """Return what the chart says of the tolerance."""
    text = on_tolerance(FILES.exact(tolerance), is_zero=tolerance == 0)
    if tolerance == 0 or _is_held(tolerance):
        return text
    place = _("below the axis") if tolerance < _HELD[0] else _("above the axis")
    return f"{text}, {place}"


def _rounded_up(last: float) -> float:
    """Return a round number of iterations, with four parts that are whole, from `last` on."""
    if last <= 4:
        return 4.0
    power = 10 ** math.floor(math.log10(last))
    return float(next(r * power for r in (1, 2, 4, 6, 8, 10, 20) if r * power >= last))


def _axis_range(values: list[float]) -> tuple[float, float]:
    """Return the powers of ten around the values, as far as the axis can hold them."""
    if not values:
        return 0.1, 1.0
    low, high = math.floor(math.log10(min(values))), math.ceil(math.log10(max(values)))
    return 10.0**low, min(10.0 ** min(max(high, low + 1), 308), _HELD[1])


def _make_logarithmic(axis: Any, low: float, high: float) -> None:
    scaling = axis._element.find(qn("c:scaling"))
    base = etree.Element(qn("c:logBase"), val="10")
    scaling.insert(0, base)
    axis.minimum_scale, axis.maximum_scale = low, high
    axis.crosses = XL_AXIS_CROSSES.MINIMUM
    decades = math.log10(high) - math.log10(low)
    if decades > _MOST_DECADES:
        between = next(n for n in _DECADES_BETWEEN if n * _NAMES >= decades)
        axis.major_unit = 10.0**between
        axis.tick_labels.number_format = "0E+0"


def _write(frame: Any, text: str, colour: str = "") -> None:
    frame.text = text
    run = frame.paragraphs[0].runs[0]
    run.font.size, run.font.bold = Pt(_POINTS), False
    if colour:
        run.font.color.rgb = colour_of(colour)
