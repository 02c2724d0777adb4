"""Fewer points for the same picture of a curve."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def thinned(x: Floats, y: Floats, left: float, right: float, columns: int) -> tuple[Floats, Floats]:
    """Return what of a curve is seen between `left` and `right` on so many columns of pixels.

    `x`, of shape (n,), is strictly increasing. Of each column the points with the first, least,
    greatest and last value are kept, and of what lies outside the nearest point on each side, so
    that the line looks the same. pyqtgraph's own thinning takes the points for evenly spaced,
    which they are not on a logarithmic axis.
    """
    first = max(0, int(np.searchsorted(x, left)) - 1)
    end = int(np.searchsorted(x, right, side="right")) + 1
    x, y = x[first:end], y[first:end]
    if len(x) <= 4 * columns:
        return x, y
    column = np.floor((x - left) / (right - left) * columns)
    starts = np.concatenate(([0], np.flatnonzero(np.diff(column)) + 1))
    ends = np.concatenate((starts[1:], [len(x)])) - 1
    of = np.repeat(np.arange(len(starts)), ends - starts + 1)  # which column each point is in
    kept = [starts, ends]
    for extreme in (np.minimum, np.maximum):
        places = np.flatnonzero(y == extreme.reduceat(y, starts)[of])
        kept.append(places[np.unique(of[places], return_index=True)[1]])
    chosen = np.unique(np.concatenate(kept))
    return x[chosen], y[chosen]
