"""The scale of a logarithmic axis: its ends, its ticks, and their names in our notation."""

import math
from typing import NamedTuple

from backprop_gui.lesson.numbers import FILES

HELD = (1e-307, 9.9e307)  # numbers that a cell and an axis of Office can hold
_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 400)  # decades from one tick to the next
_TICK_PX = 24.0  # the least from one tick to the next
_NAME_PX = 28.0  # of a name below a line


class Decades(NamedTuple):
    """An axis from `low` to `high`, powers of ten, with a tick at every `step` decades.

    `has_room_below` says whether there is room for the name of a line, below that.
    """

    low: float
    high: float
    step: int
    has_room_below: bool = True

    @classmethod
    def around(cls, values: list[float], named: float | None, height: float) -> "Decades":
        """Return the scale of numbers on an axis of so many pixels; a line has a name below it.

        All have to be held, see `is_held`.
        """
        least, most = HELD
        lines = [] if named is None else [named]
        if not (values or lines):
            return cls(0.1, 1.0, 1)
        first = math.floor(math.log10(min(*values, *lines, most)))
        last = max(math.ceil(math.log10(max(*values, *lines, least))), first + 1)
        share, bottom = min(_NAME_PX / height, 0.5), math.log10(least)
        while lines and math.log10(lines[0]) - first < share * (last - first) and first > bottom:
            first -= 1
        first = max(first, math.ceil(bottom))
        has_room = not lines or math.log10(lines[0]) - first >= share * (last - first)
        most_ticks = max(1.0, height / _TICK_PX)
        step = next((n for n in _STEPS if (last - first) / n <= most_ticks), _STEPS[-1])
        return cls(10.0**first, min(10.0 ** min(last, 308), most), step, has_room)

    @property
    def ticks(self) -> list[tuple[float, str]]:
        """The ticks with their names: 10⁻⁵."""
        first, last = round(math.log10(self.low)), math.floor(math.log10(self.high) + 1e-9)
        decades = range(first, last + 1, self.step)
        return [(10.0**n, FILES.signed(f"1e{n}")) for n in decades]


def is_held(value: float) -> bool:
    """Say whether a logarithmic axis and a cell of Office can hold the value."""
    least, most = HELD
    return least <= value <= most
