"""The kinds of nodes that only mistaken formulas have, in every reading of a tree."""

import math
from decimal import Decimal

import pytest

from backprop_gui.lesson.arithmetic import DOUBLES, INTERVALS, Interval, value
from backprop_gui.lesson.article import ARTICLE, net_h, one, out_h
from backprop_gui.lesson.by_hand import DECIMALS
from backprop_gui.lesson.expression import (
    Exponential,
    Expression,
    Logarithm,
    Negative,
    Number,
    Product,
    Sum,
    Tanh,
)
from backprop_gui.lesson.formula import with_numbers
from backprop_gui.lesson.listing import code
from backprop_gui.lesson.spoken import spoken_formula
from backprop_gui.lesson.steps import Quantity
from backprop_gui.lesson.written import as_text

NUMBERS = {"net_h": 0.25, "out_h": 0.5}
CASES = [
    (Sum(one, out_h), "1 + outₕ", "1 + out_h", "1 plus out h", 1.5),
    (
        Product(net_h, Sum(one, out_h)),
        "netₕ (1 + outₕ)",
        "net_h * (1 + out_h)",
        "net h times the sum of 1 and out h",
        0.375,
    ),
    (
        Sum(one, Exponential(Negative(net_h))),
        "1 + exp(−netₕ)",
        "1 + exp(-net_h)",
        "1 plus e to the power of minus net h",
        1 + math.exp(-0.25),
    ),
    (
        Tanh(net_h),
        "tanh(netₕ)",
        "tanh(net_h)",
        "the hyperbolic tangent of net h",
        math.tanh(0.25),
    ),
    (
        Product(net_h, Logarithm(Number(10))),
        "netₕ · ln(10)",
        "net_h * log(10)",
        "the product of net h and the natural logarithm of 10",
        0.25 * math.log(10),
    ),
]


@pytest.mark.parametrize(("tree", "text", "program", "words", "number"), CASES)
def test_a_node_is_written_said_programmed_and_computed(
    tree: Expression, text: str, program: str, words: str, number: float
) -> None:
    quantity = Quantity("out_o", "out_o", "", tree, "out o")
    shown = with_numbers(quantity, tree, {"net_h": "0.25", "out_h": "0.5"}, ("=", "1"), ARTICLE)
    assert as_text(shown.rights[0]).strip() == f"= {text}"
    assert code(tree) == program
    assert spoken_formula(quantity) == words
    assert value(tree, NUMBERS, DOUBLES) == pytest.approx(number, rel=1e-15)
    decimals = {name: Decimal(x) for name, x in NUMBERS.items()}
    assert float(value(tree, decimals, DECIMALS)) == pytest.approx(number, rel=1e-15)
    found = value(tree, {name: Interval(x, x) for name, x in NUMBERS.items()}, INTERVALS)
    assert found.lo <= number <= found.hi
    assert found.hi - found.lo < 1e-14


@pytest.mark.parametrize("x", [-math.inf, -1e308, -1.0, 0.0, 1e308, math.inf])
def test_no_number_is_too_large_for_a_function(x: float) -> None:
    for function in (Exponential, Tanh, Logarithm):
        assert isinstance(value(function(net_h), {"net_h": x}, DOUBLES), float)
        found = value(function(net_h), {"net_h": Interval(x, math.inf)}, INTERVALS)
        assert found.lo <= found.hi
