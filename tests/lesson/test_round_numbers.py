"""Round numbers, against the decimal numbers that they are written as."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_gui.lesson.round_numbers import by_roundness, multiples, nice, rung_above, rung_below

POSITIVE = st.floats(1e-300, 1e300)


def is_rung(x: float) -> bool:
    return Decimal(repr(x)).normalize().as_tuple().digits in ((1,), (2,), (5,))


@given(POSITIVE)
def test_a_number_is_between_two_neighbouring_rungs(x: float) -> None:
    low, high = rung_below(x), rung_above(x)
    assert is_rung(low)
    assert is_rung(high)
    assert low <= x <= high
    assert low == high == x or Decimal(repr(high)) / Decimal(repr(low)) in (2, Decimal("2.5"))


@pytest.mark.parametrize("x", [999999999999999.9, 9.999999999999999e-5, 1e23, 5e-324, 1e308])
def test_a_rounded_logarithm_does_not_lead_to_another_rung(x: float) -> None:
    assert rung_below(x) <= x <= rung_above(x)


@pytest.mark.parametrize(
    ("x", "step"), [(0.3 / 3, 0.1), (0.30000000000000004 / 3, 0.1), (1.5, 2.0), (0.0, 1e-300)]
)
def test_rounding_makes_no_step_larger(x: float, step: float) -> None:
    assert nice(x) == step


@given(POSITIVE, st.floats(1, 1e6))
def test_the_rungs_between_two_numbers_are_all_of_them_and_the_powers_of_ten_come_first(
    low: float, times: float
) -> None:
    found = list(by_roundness(low, low * times))
    expected, rung = [], rung_above(low)
    while rung <= low * times:
        expected.append(rung)
        rung = rung_above(rung * 1.5)
    assert sorted(found) == expected
    digits = [repr(rung).lstrip("0.")[0] for rung in found]
    assert digits == sorted(digits, key="152".index)


def test_multiples_are_their_shortest_decimals_and_never_too_many() -> None:
    assert multiples(0.1, 0.05, 0.45) == [0.1, 0.2, 0.3, 0.4]
    assert multiples(1.0, 0.0, 100.0) == []
    assert multiples(nice(1.5e308), -1.5e308, 1.5e308) == []
