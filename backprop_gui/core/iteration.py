"""An iteration as its setup computes it: by the three functions of `network`, or by a method."""

import math
from functools import lru_cache

from backprop_gui.core import kernel
from backprop_gui.core.network import (
    BackwardPass,
    ForwardPass,
    Iteration,
    Method,
    Setup,
    Update,
    backward,
    forward,
    update,
)

_AT_ONCE = 100_000  # 5 ms, or 50 uncompiled
_AT_ONCE_BY_METHOD = 1_000


def iteration(setup: Setup, w1: float, w2: float) -> Iteration:
    """Return the iteration of a setup's run that begins with these weights."""
    if setup.method:
        return _by_method(setup, setup.method, w1, w2)
    seen = forward(setup, w1, w2)
    found = backward(setup, w2, seen)
    return Iteration(seen, found, update(setup, w1, w2, found))


@lru_cache(maxsize=16)  # a run asks for E, goes on, and asks why it stops: of one iteration
def _by_method(setup: Setup, method: Method, w1: float, w2: float) -> Iteration:
    return method.iteration(setup, w1, w2)


def error(setup: Setup, w1: float, w2: float) -> float:
    """Return E of the iteration that begins with these weights."""
    seen = iteration(setup, w1, w2).seen if setup.method else forward(setup, w1, w2)
    return seen.error


def advance(setup: Setup, w1: float, w2: float, count: int) -> tuple[int, float, float]:
    """Train for `count` iterations and return (iterations done, w1, w2).

    It does fewer where the run cannot go on, as `kernel.advance` says.
    """
    s = setup
    if s.method is None:
        return kernel.advance(s.input, s.target, w1, w2, s.eta, s.tolerance, count)
    for done in range(count):
        made = _by_method(s, s.method, w1, w2)
        is_over = made.seen.error < s.tolerance or first_not_finite(*made) is not None
        if is_over or made.updated == (w1, w2):
            return done, w1, w2
        w1, w2 = made.updated
    return count, w1, w2


def at_once(setup: Setup) -> int:
    """Return how many iterations of a setup's run take no time worth waiting for."""
    return _AT_ONCE_BY_METHOD if setup.method else _AT_ONCE


def first_not_finite(*passes: ForwardPass | BackwardPass | Update) -> str | None:
    """Return the name of the first value that is infinite or not a number, or None."""
    for values in passes:
        if not all(map(math.isfinite, values)):  # a map of starts asks this very often
            pairs = zip(values._fields, values, strict=True)
            return next(name for name, value in pairs if not math.isfinite(value))
    return None
