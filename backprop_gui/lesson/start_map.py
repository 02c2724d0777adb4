"""The map of starts: how many iterations the run from each start takes, and where it ends."""

import math
from dataclasses import dataclass, field, replace
from enum import IntEnum
from functools import cached_property
from operator import itemgetter

from backprop_gui.core.network import MOST_ITERATIONS, Setup
from backprop_gui.core.run import Stop
from backprop_gui.core.start_map import KINDS, Ends, Starts
from backprop_gui.lesson.round_numbers import rung_above, rung_below
from backprop_gui.lesson.surface import Region, error_of
from backprop_gui.system.texts import _

SIDES = range(2, 4097)  # how many starts a map can have side by side
PLACES = 252  # on the colour map; what comes behind them are the flat colours
_FEW = 100  # one run in so many may end beyond the colour map
_FARTHEST = 1e300
_FEW_ITERATIONS = 1_000  # of a run that cannot reach its target


class Fate(IntEnum):
    """Why a run does not get below the tolerance; the value is that of its flat colour."""

    LIMIT = PLACES
    SETTLED = PLACES + 1
    NOT_FINITE = PLACES + 2
    OUT_OF_REACH = PLACES + 3


UNKNOWN = Fate.OUT_OF_REACH  # has the same colour, which is the quietest one

FATES = {
    Fate.LIMIT: _("reached the limit"),
    Fate.SETTLED: _("no longer changes"),
    Fate.NOT_FINITE: _("not finite"),
    Fate.OUT_OF_REACH: _("target out of reach"),
}


def starts_in(region: Region, columns: int, rows: int) -> Starts:
    """Return starts at equal distances, among them the four corners of a region."""
    return Starts(_spread(*region[:2], columns), _spread(*region[2:], rows))


def _spread(low: float, high: float, count: int) -> tuple[float, ...]:
    from fractions import Fraction  # each is rounded once, so that both ends come out as they are

    first, width = Fraction(low), Fraction(high) - Fraction(low)
    return tuple(float(first + width * k / (count - 1)) for k in range(count))


def without_start(setup: Setup) -> Setup:
    """Return a setup on whose own start, and method, a map of starts does not depend."""
    return replace(setup.exact, w1=0.0, w2=0.0)


def is_out_of_reach(setup: Setup) -> bool:
    """Say whether no output between 0 and 1 has an error below the tolerance."""
    nearest = min(max(setup.target, 0.0), 1.0)
    return nearest != setup.target and error_of(setup.target, nearest) >= setup.tolerance


def limit_of(setup: Setup, most: int) -> int:
    """Return the iteration up to which a map follows each run: `most`, or fewer where that is vain.

    A run that cannot reach its target shows within a few iterations whether it stays finite.
    """
    return min(most, _FEW_ITERATIONS) if is_out_of_reach(setup) else most


def fate(setup: Setup, stop: Stop, *, is_settled: bool) -> Fate | None:
    """Return why a run that ends so does not get below the tolerance, or None where it does."""
    if stop is Stop.TOLERANCE:
        return None
    if stop is Stop.NOT_FINITE:
        return Fate.NOT_FINITE
    if is_out_of_reach(setup):
        return Fate.OUT_OF_REACH
    return Fate.SETTLED if is_settled else Fate.LIMIT


@dataclass(frozen=True)
class StartMap:
    """The ends of the runs that start in a region, row after row from the lowest w2.

    They follow from what else it has, so that two maps are equal without them. `limit` is the
    iteration at which a run was given up.
    """

    setup: Setup
    region: Region
    columns: int
    rows: int
    ends: Ends = field(compare=False, repr=False)
    limit: int = MOST_ITERATIONS

    def __post_init__(self) -> None:
        object.__setattr__(self, "setup", without_start(self.setup))

    @cached_property
    def fates(self) -> bytes:
        """The `Fate` of each run, 0 where it gets below the tolerance."""
        kinds = (fate(self.setup, stop, is_settled=settled) or 0 for stop, settled in KINDS)
        return bytes(self.ends.kinds).translate(bytes(kinds).ljust(256))


@dataclass(frozen=True)
class StartField:
    """The colours of a map of starts: by iterations, or by the w2 with which a run ends.

    It is of the map's region, or of another one: a person moves on before there is a map of that.
    """

    start_map: StartMap
    is_by_end: bool = False
    region: Region | None = None

    @cached_property
    def scale(self) -> tuple[float, float]:
        """The values at both ends of the colour map: round numbers, iterations from 1.

        A few runs may end very far along the valley: those beyond have the colour of its end.
        """
        ends, fates = self.start_map.ends, self.start_map.fates
        seen = zip(ends.w2 if self.is_by_end else ends.iterations, fates, strict=True)
        values = sorted([value for value, lost in seen if not lost]) or [1]
        if self.is_by_end:
            few = len(values) // _FEW
            return _rounded_out(values[few], values[-1 - few])
        low, high = rung_below(values[0]), rung_above(values[-1])
        return low, max(high, 2 * low)

    def indices(self, width_px: int, height_px: int) -> bytes:
        """Return the colour of each pixel of a picture of the region, rows from the top.

        A pixel has the colour of the start nearest to its centre. The outermost starts lie on the
        edge of their map, around which is the colour of `UNKNOWN`.
        """
        made, shown = self.start_map, self.region or self.start_map.region
        columns, rows, cells = made.columns, made.rows, self._cells
        places = _nearest(columns, made.region[:2], shown[:2], width_px)
        chosen = itemgetter(0, 0, *places)  # two or more make a tuple
        lines = {-1: bytes([UNKNOWN]) * width_px}
        for row in range(rows):
            seen = cells[row * columns : (row + 1) * columns] + bytes([UNKNOWN])  # the last is -1
            lines[row] = bytes(chosen(seen)[2:])
        upwards = _nearest(rows, made.region[2:], shown[2:], height_px)
        return b"".join(lines[row] for row in reversed(upwards))

    @cached_property
    def _cells(self) -> bytes:
        """The colour of each start. This is quick: the window waits for it."""
        ends, fates = self.start_map.ends, self.start_map.fates
        low, high = self.scale
        if self.is_by_end:
            last, factor = PLACES - 1, (PLACES - 1) / (high - low)
            pairs = zip(fates, ends.w2, strict=True)
            return bytes(
                [
                    lost or (0 if w2 < low else last if w2 > high else int((w2 - low) * factor))
                    for lost, w2 in pairs
                ]
            )
        factor = (PLACES - 1) / math.log(high / low)
        places = {
            value: round(math.log(value / low) * factor)
            for value in set(ends.iterations)
            if low <= value <= high
        }
        counts = zip(fates, ends.iterations, strict=True)
        return bytes([lost or places[count] for lost, count in counts])


def _nearest(
    count: int, ends: tuple[float, ...], shown: tuple[float, ...], pixels: int
) -> list[int]:
    """Return for each pixel of what is shown which start is nearest, -1 where there is none.

    So many starts stand from end to end; each reaches half way to the next, to both sides.
    """
    step = (ends[1] - ends[0]) / (count - 1)
    first, span = (shown[0] - ends[0]) / step + 0.5, (shown[1] - shown[0]) / step
    places = (math.floor(first + span * (pixel + 0.5) / pixels) for pixel in range(pixels))
    return [place if 0 <= place < count else -1 for place in places]


def _rounded_out(low: float, high: float) -> tuple[float, float]:
    """Return round numbers around two, or near their ends where those are extremely large."""
    low, high = (min(max(value, -_FARTHEST), _FARTHEST) for value in (low, high))
    step = rung_above(max(high - low, abs(high) * 1e-9, 1e-9) / 5)
    low, high = math.floor(low / step) * step, math.ceil(high / step) * step
    return low, high if high > low else low + step
