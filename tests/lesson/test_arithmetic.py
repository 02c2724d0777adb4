"""The values of the formulas' trees: the bits of core, of mpmath, and within their intervals."""

import math
import random
from collections.abc import Iterator
from dataclasses import replace
from decimal import Context, Decimal, localcontext
from itertools import islice

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_gui.core import kernel
from backprop_gui.core.network import Setup
from backprop_gui.lesson import by_hand
from backprop_gui.lesson.arithmetic import DOUBLES, INTERVALS, Arithmetic, Interval, value
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.expression import (
    Exponential,
    Expression,
    HalfSquare,
    Number,
    Reference,
    Sigmoid,
    Sum,
    Tanh,
    replaced,
    uses,
)
from tests.core.setups import EXTREMES, ordinary
from tests.extent import extent

SETUPS = extent(100_000, 10_000)
BEYOND = (*EXTREMES, math.inf, math.nan)  # a run that is no longer finite goes on from such weights
A, B, C = map(Reference, "abc")


def read_from_trees(known: dict, by: Arithmetic) -> dict:
    """Return the values of all quantities, each from its tree and from those before it."""
    for step in ARTICLE.steps:
        known[step.quantity.name] = value(step.quantity.expression, known, by)
    return known


def setups_and_weights() -> Iterator[tuple[Setup, float, float]]:
    """Half of them such as a person chooses, half of any doubles, also what no setup may have."""
    chance = random.Random(20261126)
    uniform, choice = chance.uniform, chance.choice
    for _each in range(SETUPS // 2):
        weights = uniform(-8, 8), choice((1, 1, 100, 1e-6)) * uniform(-8, 8)
        yield Setup(uniform(-5, 5), uniform(-0.5, 1.5), eta=uniform(0, 50)), *weights
        i, t, eta = (choice(EXTREMES) * chance.random() for _each in range(3))
        weights = choice((-1, 1)) * choice(BEYOND), choice((-1, 0.7)) * choice(BEYOND)
        yield Setup(choice((-1, 1)) * i, choice((-1, 1)) * t, eta=eta), *weights


def same_bits(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return (a.view("i8") == b.view("i8")) | (np.isnan(a) & np.isnan(b))


# The setups all at once: NumPy's operations are IEEE's, its exp is not, so σ is the kernel's.
AT_ONCE: Arithmetic[np.ndarray] = Arithmetic(
    float, np.multiply, np.subtract, np.negative, np.vectorize(kernel.sigmoid), DOUBLES.half_square
)


def test_the_core_has_the_bits_of_the_trees_in_a_hundred_thousand_setups() -> None:
    drawn = list(setups_and_weights())
    w1, w2 = (np.array([each[place] for each in drawn]) for place in (1, 2))
    begun = {
        name: np.array([getattr(setup, name) for setup, *_weights in drawn])
        for name in ("input", "target", "eta")
    }
    with np.errstate(all="ignore"):
        known = read_from_trees({**begun, "w1": w1, "w2": w2}, AT_ONCE)
    expected = np.column_stack([known[step.quantity.name] for step in ARTICLE.steps])

    found = np.array([list(ARTICLE.compute(*each)) for each in drawn])
    assert same_bits(found, expected).all(axis=0).tolist() == [True] * 15

    new = expected[:, -2:]
    is_finite = np.isfinite(np.column_stack([known["net_h"], known["error"], new])).all(axis=1)
    is_going_on = is_finite & ((new[:, 0] != w1) | (new[:, 1] != w2))
    trained = np.array(
        [kernel.advance(s.input, s.target, w1, w2, s.eta, 0.0, 1) for s, w1, w2 in drawn]
    )
    assert (trained[:, 0] == is_going_on).all()
    left = np.where(is_going_on[:, None], new, np.column_stack([w1, w2]))
    assert same_bits(np.ascontiguousarray(trained[:, 1:]), left).all()

    # Each kind of trouble is among them.
    kinds = np.isin(known["out_o"], (0, 1)), np.isinf(expected).any(axis=1), ~is_finite
    assert min(each.sum() for each in (*kinds, is_going_on)) > SETUPS // 20
    assert np.isnan(expected).any(axis=1).sum() > SETUPS // 20


def test_the_trees_have_the_bits_of_the_core_one_by_one_too() -> None:
    for setup, w1, w2 in islice(setups_and_weights(), 2000):
        given_ = {"input": setup.input, "target": setup.target, "eta": setup.eta}
        known = read_from_trees({**given_, "w1": w1, "w2": w2}, DOUBLES)
        made = [known[step.quantity.name] for step in ARTICLE.steps]
        assert repr(made) == repr(list(ARTICLE.compute(setup, w1, w2)))


def exactly(setup: Setup) -> dict[str, mpmath.mpf]:
    """Return the values of iteration 1, written out for mpmath."""
    i, t, w1, w2, eta = (
        mpmath.mpf(each) for each in (setup.input, setup.target, setup.w1, setup.w2, setup.eta)
    )
    out_h = 1 / (1 + mpmath.exp(-i * w1))
    out_o = 1 / (1 + mpmath.exp(-out_h * w2))
    by_out = out_o - t
    slope_h, slope_o = out_h - out_h**2, out_o - out_o**2
    by_w1, by_w2 = by_out * slope_o * w2 * slope_h * i, by_out * slope_o * out_h
    values = (
        *(i * w1, out_h, out_h * w2, out_o, by_out**2 / 2),
        *(by_out, slope_o, out_h, by_w2, w2, slope_h, i, by_w1),
        *(w1 - eta * by_w1, w2 - eta * by_w2),
    )
    return {step.quantity.name: each for step, each in zip(ARTICLE.steps, values, strict=True)}


@given(setup=ordinary())
@settings(deadline=None, max_examples=extent(60, 20))
def test_decimals_have_the_digits_of_mpmath(setup: Setup) -> None:
    names = [quantity.name for quantity in ARTICLE.given]
    with localcontext(Context(prec=64)), mpmath.workdps(80):
        known = {name: Decimal(getattr(setup, name)) for name in names}
        found = read_from_trees(known, by_hand.DECIMALS)
        for name, expected in exactly(setup).items():
            apart = abs(mpmath.mpf(str(found[name])) - expected)
            assert apart <= mpmath.mpf("1e-50") * max(1, abs(expected)), name


@given(setup=ordinary(), wide=st.floats(0, 0.5), draws=st.lists(st.floats(0, 1), min_size=5))
@settings(deadline=None, max_examples=extent(200, 40))
def test_intervals_have_every_value_that_numbers_of_theirs_give(
    setup: Setup, wide: float, draws: list[float]
) -> None:
    names = [quantity.name for quantity in ARTICLE.given]
    given_ = {name: getattr(setup, name) for name in names}
    known = {
        name: Interval(each - wide * abs(each), each + wide * abs(each))
        for name, each in given_.items()
    }
    inside = {
        name: min(max(lo + share * (hi - lo), lo), hi)
        for (name, (lo, hi)), share in zip(known.items(), draws, strict=False)
    }
    found = read_from_trees(known, INTERVALS)
    with mpmath.workdps(60):
        changed = replace(setup, **{**inside, "eta": abs(inside["eta"])})
        for name, each in exactly(changed).items():
            assert found[name].lo <= each <= found[name].hi, name


@pytest.mark.parametrize(
    "expression",
    [A * B, A - B, Sum(A, B), -A, Sigmoid(A), HalfSquare(A), Exponential(A), Tanh(A)],
)
@given(ends=st.lists(st.floats(allow_nan=False), min_size=4, max_size=4))
@settings(deadline=None, max_examples=extent(100, 20))
def test_intervals_of_any_doubles_have_no_end_that_is_not_a_number(
    expression: Expression, ends: list[float]
) -> None:
    a, b = (Interval(*sorted(pair)) for pair in (ends[:2], ends[2:]))
    found = value(expression, {"a": a, "b": b}, INTERVALS)
    assert found.lo <= found.hi
    finite = [each for each in a if math.isfinite(each)], [e for e in b if math.isfinite(e)]
    with mpmath.workdps(700):
        for x in finite[0]:
            for y in finite[1]:
                exact = value(expression, {"a": mpmath.mpf(x), "b": mpmath.mpf(y)}, EXACT)
                assert found.lo <= exact <= found.hi


EXACT: Arithmetic[mpmath.mpf] = Arithmetic(
    number=mpmath.mpf,
    multiply=lambda a, b: a * b,
    subtract=lambda a, b: a - b,
    negate=lambda a: -a,
    # 1 / (1 + e^1000) is below every double, and e^-1e300 is beyond mpmath's memory.
    sigmoid=lambda a: 1 / (1 + mpmath.exp(-min(max(a, -800), 800))),
    half_square=lambda a: a * a / 2,
    functions={
        "exp": lambda a: mpmath.exp(min(max(a, -800), 800)),
        "tanh": lambda a: mpmath.tanh(min(max(a, -800), 800)),
    },
)


def test_a_mistaken_formula_is_the_tree_with_another_part() -> None:
    slope = A * (Number(1) - A)
    assert replaced(slope, Number(1) - A, B) == A * B
    assert replaced(slope, A, C) == C * (Number(1) - C)
    assert replaced(slope, B, C) == slope
    assert uses(replaced(B - C * A, C * A, A)) == ("b", "a")
    assert value(replaced(slope, Number(1), Number(2)), {"a": 0.5}, DOUBLES) == 0.75
