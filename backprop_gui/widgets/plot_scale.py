"""Where a number stands on an axis: itself, its share of a power of ten, or its logarithm."""

import math
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from backprop_gui.core.network import MOST_ITERATIONS

Floats = NDArray[np.float64]

_USUAL = (1e-6, 1e6)  # drawn as they are; beyond, Qt's transformations lose what is drawn
_LEAST_LOG, _MOST_LOG = -323.3, 308.25  # of the doubles above 0
_MOST = 1e308  # what is beyond is taken for it
_SAFE = 300  # powers of ten up to here are doubles, and so are their inverses

# How far the axes go, and the least part of them that can be seen. The numbers that are drawn lie
# well within, and what lies beyond could not be painted.
_LIMITS = {
    ("x", False): (-50.0 * MOST_ITERATIONS, 50.0 * MOST_ITERATIONS, 1.0),
    ("x", True): (-10.0, 20.0, 1e-9),
    ("y", False): (-1e9, 1e9, 1e-12),
    ("y", True): (-450.0, 450.0, 1e-9),
}


class Scale(NamedTuple):
    """How numbers become places: by their logarithm, or in units of 10 to the `exponent`.

    All doubles can be drawn so, from 5e-324 to 1.8e308; on a plain axis such numbers would leave
    what a range and a transformation can hold.
    """

    is_log: bool
    exponent: int = 0

    def has_place(self, values: Floats) -> NDArray[np.bool_]:
        """Say of each value whether it has a place on the axis."""
        are_finite = np.isfinite(values)
        return are_finite & (values > 0) if self.is_log else are_finite

    def places(self, values: Floats) -> Floats:
        """Return the places of values that have one."""
        if self.is_log:
            return np.log10(values)
        if self.exponent >= 0:
            return values / 10.0**self.exponent if self.exponent else values
        first = min(-self.exponent, _SAFE)
        return values * 10.0**first * 10.0 ** (-self.exponent - first)

    def place(self, value: float) -> float:
        """Return the place of one value that has one."""
        return float(self.places(np.array([value]))[0])

    def value(self, place: float) -> float:
        """Return the number at a place, the nearest double to it."""
        if self.is_log:
            return math.pow(10.0, min(max(place, _LEAST_LOG), _MOST_LOG))
        value = place * math.pow(10.0, self.exponent)
        return min(max(value, -_MOST), _MOST)


def linear(largest: float) -> Scale:
    """Return the scale of a linear axis for numbers from 0 to the largest, which is finite."""
    least, most = _USUAL
    is_usual = largest == 0 or least <= largest <= most
    return Scale(False, 0 if is_usual else math.floor(math.log10(largest)))


def limit(box: Any, is_log_x: bool, is_log_y: bool) -> None:
    """Keep pyqtgraph's view box within what can be drawn and has a number."""
    left, right, narrowest = _LIMITS["x", is_log_x]
    low, high, flattest = _LIMITS["y", is_log_y]
    box.setLimits(
        xMin=left,
        xMax=right,
        minXRange=narrowest,
        yMin=low,
        yMax=high,
        minYRange=flattest,
    )
