"""Which numbers the axes of a plot have to hold."""

from collections.abc import Sequence

from backprop_gui.lesson.off_axis import Extreme
from backprop_gui.widgets.plot_line import PlotLine
from backprop_gui.widgets.plot_scale import Scale

_DECADES, _TIMES = 0.7, 1.5  # beyond all numbers, where a curve may be drawn by hand


def numbers(lines: Sequence[PlotLine], tolerance: float) -> list[float]:
    """Return the least and the greatest number of each curve, and the tolerance."""
    ends = (end for line in lines for end in line.extent[:2])
    return [end for end in (*ends, tolerance) if end]


def extremes(lines: Sequence[PlotLine], scale: Scale) -> set[Extreme]:
    """Return which errors have no place on the axis."""
    kinds = {kind for line in lines for kind in line.extent.extremes}
    return kinds if scale.is_log else kinds - {Extreme.ZERO}


def heights(seen: Sequence[float], scale: Scale, *, is_drawing: bool) -> tuple[float, float]:
    """Return the places of the lower and the upper end of an axis for these numbers.

    Where a curve is drawn by hand there is room for one that goes beyond them.
    """
    if not seen:
        return (-1.0, 0.0) if scale.is_log else (0.0, 1.0)
    high = scale.place(max(seen))
    low = scale.place(min(seen)) if scale.is_log else 0.0
    high = high if high > low else low + 1.0
    if not is_drawing:
        return low, high
    return (low - _DECADES, high + _DECADES) if scale.is_log else (low, _TIMES * high)
