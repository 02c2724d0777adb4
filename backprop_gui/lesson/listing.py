"""A short program that does this training: the same numbers, without a window."""

import re
from functools import lru_cache
from typing import NamedTuple

from backprop_gui.core.network import Setup
from backprop_gui.lesson import numbers
from backprop_gui.lesson.steps import GIVEN, STEP_OF

# It stops where the window's run stops: below the tolerance, at the last iteration allowed, or
# where a quantity is no longer finite. Where exp() would overflow, σ(x) is e^x to the last bit.
_PROGRAM = """\
from math import exp, isfinite
def sigmoid(x):
    return 1 / (1 + exp(-x)) if x >= -709.782712893384 else exp(x)
input, target, eta = {input}, {target}, {eta}
w1, w2 = {w1}, {w2}
for iteration in range(1, {max_iterations} + 1):
    net_h = input * w1
    out_h = sigmoid(net_h)
    net_o = out_h * w2
    out_o = sigmoid(net_o)
    error = 0.5 * ((target - out_o) * (target - out_o))
    is_finite = isfinite(net_h) and isfinite(error)
    if error < {tolerance} or iteration == {max_iterations} or not is_finite:
        break
    de_dout_o = -(target - out_o)
    dout_o_dnet_o = out_o * (1 - out_o)
    dnet_o_dw2 = out_h
    de_dw2 = de_dout_o * dout_o_dnet_o * dnet_o_dw2
    dnet_o_dout_h = w2
    dout_h_dnet_h = out_h * (1 - out_h)
    dnet_h_dw1 = input
    de_dw1 = de_dout_o * dout_o_dnet_o * dnet_o_dout_h * dout_h_dnet_h * dnet_h_dw1
    if not (isfinite(w1 - eta * de_dw1) and isfinite(w2 - eta * de_dw2)):
        break
    w1 = w1 - eta * de_dw1
    w2 = w2 - eta * de_dw2
print(target, out_o, error, w1, w2, iteration, sep="\\n")
"""

_ASSIGNED = re.compile(r" *(\w+)(?:, \w+)* = ")


class Line(NamedTuple):
    """A line of the program; `quantity` is the code name of what it computes, or None."""

    text: str
    quantity: str | None


def program(setup: Setup) -> str:
    """Return the program that trains as the setup says, and prints what its run ends with.

    It prints target, output, E, w1, w2 and the number of iterations, each on a line.
    Python writes 1e-05 and 5.0 where the window shows 1e-5 and 5: the same doubles.
    """
    names = ("input", "target", "w1", "w2", "eta", "tolerance")
    values = {name: numbers.exact(getattr(setup, name)) for name in names}
    return _PROGRAM.format(**values, max_iterations=setup.max_iterations)


@lru_cache(maxsize=4)
def lines(setup: Setup) -> tuple[Line, ...]:
    """Return the program line by line."""
    return tuple(Line(text, _quantity(text)) for text in program(setup).splitlines())


def _quantity(text: str) -> str | None:
    found = _ASSIGNED.match(text)
    if not found:
        return None
    name = found[1]
    is_update = text.startswith(" ") and name in ("w1", "w2")
    if is_update:
        return f"new_{name}"
    return name if name in STEP_OF or name in _GIVEN_NAMES else None


_GIVEN_NAMES = {quantity.name for quantity in GIVEN}
