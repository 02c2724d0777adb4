"""Fewer points for the same picture of a curve."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_gui.widgets.thinning import thinned
from tests.extent import extent


def _columns(x: np.ndarray, y: np.ndarray, count: int) -> dict[int, tuple[float, float]]:
    """The least and greatest value in each column of pixels, found one by one."""
    seen: dict[int, tuple[float, float]] = {}
    for place, value in zip(x, y, strict=True):
        column = int(np.floor(place * count))
        low, high = seen.get(column, (value, value))
        seen[column] = (min(low, value), max(high, value))
    return seen


@pytest.mark.parametrize("is_log", [False, True])
@given(seed=st.integers(0, 1000))
@settings(deadline=None, max_examples=extent(100, 10))
def test_every_column_keeps_its_extremes(is_log: bool, seed: int) -> None:
    chance = np.random.default_rng(seed)
    x = np.arange(1.0, 5001.0)
    x = np.log10(x) / np.log10(5001) if is_log else (x - 1) / 5001
    y = chance.normal(size=x.size)
    few_x, few_y = thinned(x, y, 0.0, 1.0, 50)
    assert few_x.size <= 4 * 51
    assert _columns(few_x, few_y, 50) == _columns(x, y, 50)
    assert (np.diff(few_x) > 0).all()
    assert {*zip(few_x, few_y, strict=True)} <= {*zip(x, y, strict=True)}  # where they are


def test_a_part_of_a_curve_keeps_its_neighbours_on_both_sides() -> None:
    x = np.arange(10.0)
    few_x, _few_y = thinned(x, x, 3.5, 6.5, 100)
    assert list(few_x) == [3, 4, 5, 6, 7]


def test_a_short_curve_stays_as_it_is() -> None:
    x = np.array([1.0])
    few_x, few_y = thinned(x, x, 0.0, 1.0, 10)
    assert (few_x, few_y) == (x, x)
