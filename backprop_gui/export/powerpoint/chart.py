"""The error over the iterations as a native chart of PowerPoint, such as the plot draws it."""

import math
from collections.abc import Mapping, Sequence
from enum import Enum
from types import MappingProxyType
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
    XL_TICK_LABEL_POSITION,
    XL_TICK_MARK,
)
from pptx.enum.dml import MSO_LINE
from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt

from backprop_gui.core.kept_run import KeptRun
from backprop_gui.core.run import Trace
from backprop_gui.drawing.decades import HELD, Decades, is_held
from backprop_gui.drawing.run_style import DASHES, style
from backprop_gui.drawing.shapes import Ink, Tint
from backprop_gui.export.powerpoint.shapes import PIXEL, colour_of
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import FILES
from backprop_gui.lesson.off_axis import Extreme, extreme, on_tolerance
from backprop_gui.paint.theme import Theme
from backprop_gui.system.texts import _
from backprop_gui.widgets.thinning import thinned

_COLUMNS = 30  # of which each has four points at the most
_POINTS = 12  # of the type
_PX = _POINTS / 0.75
_COUNT = "#,##0"
_PARTS = ((4_000, 4), (400_000, 2))  # of the axis of iterations up to a last one, or it has one
_ABOVE = {1: 2.3 * _PX, 2: 3.8 * _PX}  # the room for lines above the curve
_UNDER = 3.4 * _PX  # and for what is below the axis

_DASHES = dict(zip(DASHES[1:], (MSO_LINE.DASH, MSO_LINE.ROUND_DOT, MSO_LINE.DASH_DOT), strict=True))

Points = list[tuple[float, float]]


class _Part(Enum):
    """What a series of the chart is."""

    CURVE = "curve"
    TOLERANCE = "tolerance"
    FOOT = "foot"
    TOP = "top"
    RUN = "run"
    HERE = "here"
    SCALE = "scale"
    BASE = "base"


class _Series(NamedTuple):
    """A line or marks with a name; what is `said` is written at the points of these numbers."""

    part: _Part
    name: str
    points: Points
    said: Mapping[int, str] = MappingProxyType({})
    run: KeptRun | None = None


class ErrorChart:
    """The chart of a run's error, and of runs that are compared with it, for any number of slides.

    Its axis is logarithmic. What has no place there is marked at its edges and named, as in the
    plot: zero, infinity, and what is smaller or larger than a number of Office can be.
    """

    def __init__(self, curve: Trace, theme: Theme, kept: Sequence[KeptRun] = ()) -> None:
        self._theme = theme
        self._others = [(run, run.trace) for run in kept if run.trace]
        self._iterations, self._errors = _arrays(curve)
        traces = curve, *(trace for _run, trace in self._others)
        self._last = max(2.0, *(float(trace.iterations[-1]) for trace in traces))
        self._end = _rounded_up(self._last)

    def add(self, slide: Any, area: tuple[Emu, Emu, Emu, Emu], moment: Moment) -> None:
        """Add the chart to a slide, with the moment's iteration marked."""
        tolerance, error = moment.setup.tolerance, moment.values["error"]
        points = _points(self._iterations, self._errors)
        others = [
            _Series(_Part.RUN, run.name, _points(*_arrays(trace)), run=run)
            for run, trace in self._others
        ]
        drawn_points = points + [point for other in others for point in other.points]
        seen = [y for y in (*(y for _x, y in drawn_points), error) if is_held(y)]
        above = [_("error E")] if is_held(tolerance) else [_("error E"), _words(tolerance)]
        room = area[3] / PIXEL - _ABOVE[len(above)] - _UNDER
        scale = Decades.around(seen, tolerance if is_held(tolerance) else None, room)
        series = [
            # First an invisible line, of which LibreOffice would draw neither names nor a point.
            _Series(_Part.BASE, _("axis"), [(0.0, scale.low), (self._end, scale.low)]),
            *others,
            _Series(_Part.CURVE, _("error E"), points),
            self._tolerance(tolerance),
            *self._marks(scale),
            _here(moment, scale),
            _named(scale),
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
        self._style_axes(frame.chart, scale)
        self._say_above(frame.chart, above)
        self._make_room(frame.chart, area, scale, _ABOVE[len(above)])
        for each, drawn in zip(series, frame.chart.plots[0].series, strict=True):
            self._style(each, drawn, scale)

    def _tolerance(self, tolerance: float) -> _Series:
        if not is_held(tolerance):
            return _Series(_Part.TOLERANCE, "", [])
        points = [(x, tolerance) for x in (1.0, (1.0 + self._last) / 2, self._last)]
        return _Series(_Part.TOLERANCE, _("tolerance"), points, {1: _words(tolerance)})

    def _marks(self, scale: Decades) -> list[_Series]:
        """Return marks for what has no place on the axis, where each begins and ends."""
        least, most = HELD
        found = [
            (self._iterations, self._errors),
            *(_arrays(trace) for _run, trace in self._others),
        ]
        iterations, errors = (np.concatenate(each) for each in zip(*found, strict=True))
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
            x = iterations[mask]
            y = scale.low if name in at_foot else scale.high
            ends = [] if not x.size else [(float(each), y) for each in np.unique(x[[0, -1]])]
            part = _Part.FOOT if name in at_foot else _Part.TOP
            made.append(_Series(part, name, ends, {len(ends) - 1: name}))
        return made

    def _style_axes(self, chart: Any, scale: Decades) -> None:
        theme = self._theme
        chart.has_legend = False
        chart.has_title = False
        chart.font.size = Pt(_POINTS)
        chart.font.color.rgb = colour_of(theme.inks[Ink.MUTED])
        across, up = chart.category_axis, chart.value_axis
        across.has_title = True
        _write(across.axis_title.text_frame, _("iteration k"))
        for axis in (across, up):
            axis.has_major_gridlines = False
            axis.format.line.color.rgb = colour_of(theme.inks[Ink.LINE])
            axis.major_tick_mark = XL_TICK_MARK.OUTSIDE
            axis.tick_labels.number_format_is_linked = False
            axis.tick_labels.number_format = _COUNT
        across.minimum_scale, across.maximum_scale = 0, self._end
        # With more parts long numbers would be turned.
        across.major_unit = self._end / next((n for most, n in _PARTS if self._end <= most), 1)
        _make_logarithmic(up, scale)

    def _say_above(self, chart: Any, lines: Sequence[str]) -> None:
        """Say at the upper left what the axis is, and of a tolerance that it cannot show."""
        chart.has_title = True
        frame = chart.chart_title.text_frame
        for place, (words, ink) in enumerate(zip(lines, (Ink.MUTED, Ink.UPDATE), strict=False)):
            paragraph = frame.add_paragraph() if place else frame.paragraphs[0]
            paragraph.alignment = PP_ALIGN.LEFT
            _write_run(paragraph.add_run(), words, self._theme.inks[ink])
        chart.chart_title.include_in_layout = False
        _lay_out(chart.chart_title._element, {"x": 0.02, "y": 0.01})

    def _style(self, series: _Series, drawn: Any, scale: Decades) -> None:
        inks = self._theme.inks
        drawn.smooth = False
        ink = Ink.UPDATE if series.part is _Part.TOLERANCE else Ink.FORWARD
        dash: tuple[float, ...] = ()
        if series.run:
            ink, dash = style(series.run.colour)
        drawn.format.line.color.rgb = colour_of(inks[ink])
        if series.part in (_Part.CURVE, _Part.RUN):
            drawn.format.line.width = Pt(2.25)
            if dash:
                drawn.format.line.dash_style = _DASHES[dash]
            if len(series.points) == 1:
                self._mark(drawn, XL_MARKER_STYLE.CIRCLE, 5, ink)  # no line goes through one point
        elif series.part is _Part.TOLERANCE:
            drawn.format.line.width = Pt(1.5)
            drawn.format.line.dash_style = MSO_LINE.DASH
        elif series.part in (_Part.SCALE, _Part.BASE):
            drawn.format.line.fill.background()
            ink = Ink.MUTED
        elif series.part is _Part.HERE:
            self._mark(drawn, XL_MARKER_STYLE.CIRCLE, 10)
            edge = self._theme.colour(Tint(Ink.LINE, 0.0)).name()
            drawn.marker.format.line.color.rgb = colour_of(edge)
        else:
            is_at_foot = series.part is _Part.FOOT
            drawn.format.line.dash_style = MSO_LINE.ROUND_DOT
            symbol = XL_MARKER_STYLE.DIAMOND if is_at_foot else XL_MARKER_STYLE.TRIANGLE
            self._mark(drawn, symbol, 9)
        for place, words in series.said.items():
            label = drawn.points[place].data_label
            _write(label.text_frame, words, inks[ink])
            label.text_frame.word_wrap = False
            is_below = series.part is not _Part.TOLERANCE or scale.has_room_below
            label.position = _PLACES[series.part] if is_below else XL_LABEL_POSITION.ABOVE

    def _mark(self, drawn: Any, symbol: Any, size: int, ink: Ink = Ink.FORWARD) -> None:
        colour = colour_of(self._theme.inks[ink])
        drawn.marker.style = symbol
        drawn.marker.size = size
        drawn.marker.format.fill.solid()
        drawn.marker.format.fill.fore_color.rgb = colour
        drawn.marker.format.line.color.rgb = colour

    def _make_room(
        self, chart: Any, area: tuple[Emu, Emu, Emu, Emu], scale: Decades, top: float
    ) -> None:
        """Fix where the curve is drawn: Office leaves no room for names that are no tick labels."""
        width, height = area[2] / PIXEL, area[3] / PIXEL
        longest = max(len(name) for _y, name in scale.ticks)
        left, right = (1.0 + 0.5 * longest) * _PX, 0.3 * _PX * len(f"{self._end:,.0f}")
        sides = {
            "x": left / width,
            "y": top / height,
            "w": 1 - (left + right) / width,
            "h": 1 - (top + _UNDER) / height,
        }
        _lay_out(chart._chartSpace.find(f".//{qn('c:plotArea')}"), sides, is_inner=True)


# Where a name stands. No run goes on below its tolerance, so no curve crosses what is there.
_PLACES = {
    _Part.FOOT: XL_LABEL_POSITION.ABOVE,
    _Part.TOP: XL_LABEL_POSITION.BELOW,
    _Part.TOLERANCE: XL_LABEL_POSITION.BELOW,
    _Part.SCALE: XL_LABEL_POSITION.LEFT,
}


def _named(scale: Decades) -> _Series:
    """Return the names of the ticks. Office's own number formats have no 10⁻⁵."""
    ticks = scale.ticks
    names = {place: name for place, (_y, name) in enumerate(ticks)}
    return _Series(_Part.SCALE, _("scale"), [(0.0, y) for y, _name in ticks], names)


def _here(moment: Moment, scale: Decades) -> _Series:
    """Return the mark of the moment's iteration, at an edge where its error has no place."""
    error, name = moment.values["error"], _("this iteration")
    if is_held(error):
        return _Series(_Part.HERE, name, [(float(moment.iteration), error)])
    kind = extreme(error, is_log=True)
    said = kind.value if kind else _below() if error < HELD[0] else _above()
    y = scale.low if error < HELD[0] else scale.high
    return _Series(_Part.HERE, f"{name}, {said}", [(float(moment.iteration), y)])


def _arrays(trace: Trace) -> tuple[NDArray[np.int64], NDArray[np.float64]]:
    """Return the iterations of a trace and their errors, each of shape (size,)."""
    iterations = np.frombuffer(trace.iterations, dtype=np.int64)
    return iterations, np.frombuffer(trace.errors, dtype=np.float64)


def _points(iterations: NDArray[np.int64], errors: NDArray[np.float64]) -> Points:
    """Return as many points of the curve as a small chart can show: the extremes of each column."""
    least, most = HELD
    are_shown = (errors >= least) & (errors <= most)
    x, y = iterations[are_shown], errors[are_shown]
    if not x.size:
        return []
    few_x, few_y = thinned(x.astype(np.float64), y, x[0], x[-1] + 1, _COLUMNS)
    return list(zip(few_x.tolist(), few_y.tolist(), strict=True))


def _below() -> str:
    return _("E < {number}").format(number=FILES.exact(HELD[0]))


def _above() -> str:
    return _("E > {number}").format(number=FILES.exact(HELD[1]))


def _words(tolerance: float) -> str:
    """Return what the chart says of the tolerance."""
    text = on_tolerance(FILES.exact(tolerance), is_zero=tolerance == 0)
    if tolerance == 0 or is_held(tolerance):
        return text
    place = _("below the axis") if tolerance < HELD[0] else _("above the axis")
    return f"{text}, {place}"


def _rounded_up(last: float) -> float:
    """Return a round number of iterations, with four parts that are whole, from `last` on."""
    if last <= 4:
        return 4.0
    power = 10 ** math.floor(math.log10(last))
    return float(next(r * power for r in (1, 2, 4, 6, 8, 10, 20) if r * power >= last))


def _make_logarithmic(axis: Any, scale: Decades) -> None:
    scaling = axis._element.find(qn("c:scaling"))
    base = etree.Element(qn("c:logBase"), val="10")
    scaling.insert(0, base)
    axis.minimum_scale, axis.maximum_scale = scale.low, scale.high
    axis.crosses = XL_AXIS_CROSSES.MINIMUM
    axis.tick_label_position = XL_TICK_LABEL_POSITION.NONE  # see `_named`
    axis.major_unit = 10.0**scale.step


def _lay_out(element: Any, sides: Mapping[str, float], *, is_inner: bool = False) -> None:
    """Place a part of a chart, by shares of the chart's size."""
    for former in element.findall(qn("c:layout")):
        element.remove(former)
    layout = etree.Element(qn("c:layout"))
    manual = etree.SubElement(layout, qn("c:manualLayout"))
    modes = {"xMode": "edge", "yMode": "edge"}
    if is_inner:
        modes = {"layoutTarget": "inner"} | modes
    for name, value in (modes | {name: f"{side:.4f}" for name, side in sides.items()}).items():
        etree.SubElement(manual, qn(f"c:{name}"), val=value)
    text = element.find(qn("c:tx"))
    element.insert(0 if text is None else element.index(text) + 1, layout)


def _write(frame: Any, text: str, colour: str = "") -> None:
    _write_run(frame.paragraphs[0].add_run(), text, colour)


def _write_run(run: Any, text: str, colour: str = "") -> None:
    run.text = text
    run.font.size, run.font.bold = Pt(_POINTS), False
    if colour:
        run.font.color.rgb = colour_of(colour)
