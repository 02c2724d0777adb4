"""How far the walks through very many cases go.

With BACKPROP_ALL_TOOLS=1, as CI runs the tests, they go through every case; otherwise through a
sample, which is the same each time and has the first and the last case.
"""

import os
from collections.abc import Sequence
from typing import TypeVar

Case = TypeVar("Case")
IS_WHOLE = bool(os.environ.get("BACKPROP_ALL_TOOLS"))


def extent(whole: int, sample: int) -> int:
    """Return how many cases there are to be."""
    return whole if IS_WHOLE else sample


def spread(cases: Sequence[Case], sample: int) -> list[Case]:
    """Return the cases to go through: all, or so many of them at equal distances."""
    last = len(cases) - 1
    if IS_WHOLE or sample > last:
        return list(cases)
    return [cases[round(n * last / (sample - 1))] for n in range(sample)]
