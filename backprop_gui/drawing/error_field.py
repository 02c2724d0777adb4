"""The colours of the error: which place on the colour map each E has."""

import math
from typing import TYPE_CHECKING, NamedTuple

from backprop_gui.core.kernel import sigmoid
from backprop_gui.core.network import Setup
from backprop_gui.drawing.shapes import Flat
from backprop_gui.lesson.surface import Region, error_range, net_range

if TYPE_CHECKING:  # imported where it is used: the first frame does without
    import numpy as np
    from numpy.typing import NDArray

LAST = 251  # place on the colour map
_TABLE = 1 << 16  # net inputs whose colours are computed: many more than a picture has rows
_FLAT_FROM = 40.0  # net inputs beyond have the colour of this one
_LEAST_SPREAD = 1e-30  # of net inputs, at which their errors differ
_DECADES = 6  # of the scale where neither the tolerance nor the least error ends it
_MOST_DECADES = 12


class ErrorScale(NamedTuple):
    """What the colours mean: errors from `low` to `high`.

    It follows from the setup alone, so that a colour keeps its meaning wherever one looks.
    An error below `band` has the lowest place for itself; it is 0 where there is no such place.
    """

    low: float
    high: float
    band: float
    is_linear: bool = False

    @property
    def has_span(self) -> bool:
        """Whether errors differ enough to have different colours."""
        return math.isfinite(self.high) and self.low < self.high * (1 - 1e-12)

    def share(self, error: float) -> float:
        """Return where an error is on the scale: 0 at its low end and 1 at its high end."""
        if not self.has_span:
            return 0.5
        error = min(max(error, self.low), self.high)
        if self.is_linear:
            return (error - self.low) / (self.high - self.low)
        return math.log(error / self.low) / math.log(self.high / self.low)

    def error(self, share: float) -> float:
        """Return the error at a place on the scale."""
        if not self.has_span:
            return self.high
        if self.is_linear:
            return self.low + share * (self.high - self.low)
        return self.low * math.exp(share * math.log(self.high / self.low))

    def shares(self, errors: "NDArray[np.float64]") -> "NDArray[np.float64]":
        """Return where many errors are on the scale, in the shape of `errors`.

        One that is not a number is at the low end.
        """
        import numpy as np

        if not self.has_span:
            return np.full(errors.shape, 0.5)
        with np.errstate(all="ignore"):
            within = np.clip(errors, self.low, self.high)
            if self.is_linear:
                shares = (within - self.low) / (self.high - self.low)
            else:
                shares = np.log(within / self.low) / math.log(self.high / self.low)
        return np.nan_to_num(shares)

    def indices(self, errors: "NDArray[np.float64]") -> "NDArray[np.uint8]":
        """Return the index of the colour of each error, in the shape of `errors`."""
        import numpy as np

        found: NDArray[np.uint8] = np.rint(1 + (LAST - 1) * self.shares(errors)).astype(np.uint8)
        found[errors < self.band] = 0
        found[~np.isfinite(errors)] = Flat.NOT_FINITE
        return found


def errors_at(target: float, nets: "NDArray[np.float64]") -> "NDArray[np.float64]":
    """Return E at many net inputs of the output neuron, as exact as a picture needs it.

    They have the shape of `nets`.
    """
    import numpy as np

    with np.errstate(all="ignore"):
        errors: NDArray[np.float64] = 0.5 * (target - 1.0 / (1.0 + np.exp(-nets))) ** 2
    return errors


def scale_of(setup: Setup, *, is_linear: bool = False) -> ErrorScale:
    """Return the scale of a setup: up to the largest E that there is, down to the tolerance."""
    least, most = error_range(setup)
    tolerance = setup.tolerance
    if is_linear or not 0 < most < math.inf:
        return ErrorScale(least, most, tolerance, is_linear)
    if most * 10.0**-_MOST_DECADES <= tolerance < most / 2 and tolerance >= least:
        return ErrorScale(tolerance, most, tolerance)
    return ErrorScale(max(least, most * 10.0**-_DECADES), most, tolerance)


class ErrorField(NamedTuple):
    """E over a region, as the places of its colours."""

    input: float
    target: float
    region: Region
    scale: ErrorScale

    def indices(self, width_px: int, height_px: int) -> bytes:
        """Return the index of each pixel, row by row from the top; see `ColourField`.

        E depends on the net input of the output neuron alone. So its colours are computed for a
        table of net inputs, and each pixel looks its own up: no exponential for each.
        """
        import numpy as np

        low, high = net_range(Setup(input=self.input, target=self.target), self.region)
        low, high = (min(max(net, -_FLAT_FROM), _FLAT_FROM) for net in (low, high))
        nets = np.linspace(low, high, _TABLE)
        table = self.scale.indices(errors_at(self.target, nets))
        return table[self._places(low, high, width_px, height_px)].tobytes()

    def _places(self, low: float, high: float, width: int, height: int) -> "NDArray[np.uint16]":
        """Return where in the table the net input of each pixel is, of shape (height, width)."""
        import numpy as np

        w1_low, w1_high, w2_low, w2_high = self.region
        w1s = w1_low + (np.arange(width) + 0.5) / width * (w1_high - w1_low)
        w2s = w2_high - (np.arange(height) + 0.5) / height * (w2_high - w2_low)
        # Each index of the table is where it is rounded down from.
        per_net = (_TABLE - 1) / (high - low) if high - low > _LEAST_SPREAD else 0.0
        out_hs = np.array([sigmoid(self.input * w1) for w1 in w1s.tolist()])
        places = np.multiply.outer(w2s, out_hs * per_net)
        places -= low * per_net - 0.5
        np.clip(places, 0, _TABLE - 1, out=places)
        return places.astype(np.uint16)


class ScaleField(NamedTuple):
    """The colours of a scale from left to right, for a legend."""

    first: int = 0
    last: int = LAST

    def indices(self, width_px: int, height_px: int) -> bytes:
        """Return the index of each pixel, row by row from the top; see `ColourField`."""
        import numpy as np

        row = np.rint(np.linspace(self.first, self.last, width_px)).astype(np.uint8)
        return row.tobytes() * height_px
