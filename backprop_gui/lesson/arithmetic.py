"""The value of a formula, read from its tree: in doubles, in intervals, or in other numbers."""

import math
import operator
from collections.abc import Callable, Mapping
from functools import reduce
from types import MappingProxyType
from typing import Generic, NamedTuple, TypeVar

from backprop_gui.core.kernel import sigmoid
from backprop_gui.lesson.expression import (
    Difference,
    Expression,
    Function,
    HalfSquare,
    Negative,
    Number,
    Product,
    Reference,
    Sigmoid,
    Sum,
)

T = TypeVar("T")


class Arithmetic(NamedTuple, Generic[T]):
    """How to compute with one kind of numbers; `functions` are by the names of Function."""

    number: Callable[[float], T]
    multiply: Callable[[T, T], T]
    subtract: Callable[[T, T], T]
    negate: Callable[[T], T]
    sigmoid: Callable[[T], T]
    half_square: Callable[[T], T]
    functions: Mapping[str, Callable[[T], T]] = MappingProxyType({})


def value(expression: Expression, values: Mapping[str, T], by: Arithmetic[T]) -> T:
    """Return the value of a formula, from the `values` of what it uses by their code names."""
    match expression:
        case Reference(name):
            return values[name]
        case Number(number):
            return by.number(number)
    parts = [value(part, values, by) for part in expression.parts]
    match expression:
        case Product():
            return reduce(by.multiply, parts)
        case Difference():
            return by.subtract(*parts)
        case Sum():
            return by.subtract(parts[0], by.negate(parts[1]))  # which is the same to the last bit
        case Negative():
            return by.negate(*parts)
        case Sigmoid():
            return by.sigmoid(*parts)
        case HalfSquare():
            return by.half_square(*parts)
        case Function(name=name):
            return by.functions[name](*parts)
    raise TypeError(f"no value of a {type(expression).__name__}")


def _exp(x: float) -> float:
    try:
        return math.exp(x)
    except OverflowError:
        return math.inf


def _log(x: float) -> float:
    return math.log(x) if x > 0.0 else -math.inf if x == 0.0 else math.nan


# In the article's order of operations: the bits of `core`.
DOUBLES: Arithmetic[float] = Arithmetic(
    float,
    operator.mul,
    operator.sub,
    operator.neg,
    sigmoid,
    lambda x: 0.5 * (x * x),
    {"exp": _exp, "tanh": math.tanh, "log": _log},
)


class Interval(NamedTuple):
    """All numbers from `lo` to `hi`, which may be infinite but are numbers."""

    lo: float
    hi: float


_SIGMOID_ULPS = (
    4  # by which σ of a double may be off: exp by one, and each operation by half of one
)
_FUNCTION_ULPS = 2  # by which a C library's functions may be off


def _outward(lo: float, hi: float, ulps: int = 1) -> Interval:
    """Return an interval that has the true ends in it, whichever way they were rounded."""
    for _each in range(ulps):
        lo, hi = math.nextafter(lo, -math.inf), math.nextafter(hi, math.inf)
    return Interval(-math.inf if math.isnan(lo) else lo, math.inf if math.isnan(hi) else hi)


def _multiply(a: Interval, b: Interval) -> Interval:
    ends = [x * y if x and y else 0.0 for x in a for y in b]  # 0 times all numbers is 0
    return _outward(min(ends), max(ends))


def _sigmoid(x: Interval) -> Interval:
    lo, hi = _outward(sigmoid(x.lo), sigmoid(x.hi), _SIGMOID_ULPS)
    return Interval(max(0.0, lo), min(1.0, hi))


def _half_square(x: Interval) -> Interval:
    near = 0.0 if x.lo <= 0.0 <= x.hi else min(map(abs, x))
    far = max(map(abs, x))
    lo, hi = _outward(0.5 * (near * near), 0.5 * (far * far))
    return Interval(max(0.0, lo), hi)


def _rising(function: Callable[[float], float]) -> Callable[[Interval], Interval]:
    """Return a rising function of intervals; where it has no value, its end is infinite."""
    return lambda x: _outward(function(x.lo), function(x.hi), _FUNCTION_ULPS)


# Every value that the formula has for numbers from the intervals lies in the result, if not only
# those: where a quantity is used twice, each use ranges over its whole interval.
INTERVALS: Arithmetic[Interval] = Arithmetic(
    number=lambda n: Interval(n, n),
    multiply=_multiply,
    subtract=lambda a, b: _outward(a.lo - b.hi, a.hi - b.lo),
    negate=lambda x: Interval(-x.hi, -x.lo),
    sigmoid=_sigmoid,
    half_square=_half_square,
    functions={"exp": _rising(_exp), "tanh": _rising(math.tanh), "log": _rising(_log)},
)
