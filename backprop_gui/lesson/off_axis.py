"""Errors that have no place on an axis: each has a mark of its own, and is named in words."""

import math
from enum import Enum

from backprop_gui.system.texts import _


class Extreme(Enum):
    """An error that is drawn at an edge; the values are what is said of it there.

    Zero lies at the foot of a logarithmic axis, below every number; infinity and what is not a
    number lie at the top of every axis.
    """

    ZERO = _("E = 0")
    INFINITE = _("E = ∞")
    NO_NUMBER = _("E is not a number")

    @property
    def is_at_foot(self) -> bool:
        """Whether it is drawn at the foot of the axis, not at the top."""
        return self is Extreme.ZERO


def extreme(error: float, *, is_log: bool) -> Extreme | None:
    """Return what the error is where it has no place on an axis, or None where it has one."""
    if math.isnan(error):
        return Extreme.NO_NUMBER
    if math.isinf(error):
        return Extreme.INFINITE
    return Extreme.ZERO if is_log and error == 0 else None


def on_tolerance(value: str, *, is_zero: bool) -> str:
    """Return what a plot says of the tolerance, whose number is written as `value`."""
    text = _("tolerance {value}").format(value=value)
    return _("{tolerance}: no E is below it").format(tolerance=text) if is_zero else text
