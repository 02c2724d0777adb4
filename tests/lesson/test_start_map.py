"""The map of starts and its colours."""

from dataclasses import replace
from itertools import chain

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Stop
from backprop_gui.core.start_map import End, Ends, ends_of
from backprop_gui.lesson.start_map import (
    SIDES,
    Fate,
    StartField,
    StartMap,
    fate,
    is_out_of_reach,
    limit_of,
    starts_in,
)
from backprop_gui.lesson.surface import Region, range_problem

SQUARE = Region(-5, 5, -5, 5)
LIMIT = End(10, Stop.MAX_ITERATIONS, 0.0, 0.0, is_settled=False)


def learned(iterations: int, w2: float) -> End:
    return End(iterations, Stop.TOLERANCE, 0.0, w2, is_settled=False)


def start_map(*rows: list[End], setup: Setup = Setup()) -> StartMap:  # noqa: B008 - a value
    """Return a map with these rows, the lowest first, or with one row twice."""
    rows = rows * 2 if len(rows) == 1 else rows
    ends = Ends()
    for end in chain(*rows):
        ends.append(end)
    return StartMap(setup, SQUARE, len(rows[0]), len(rows), ends)


@given(
    low=st.floats(-1e3, 1e3),
    span=st.floats(1e-3, 1e3),
    columns=st.integers(2, 50),
    rows=st.integers(2, 50),
)
def test_starts_go_from_end_to_end_at_equal_distances(
    low: float, span: float, columns: int, rows: int
) -> None:
    region = Region(low, low + span, -span, span)
    for values, ends, count in zip(starts_in(region, columns, rows), (region[:2], region[2:]),
                                   (columns, rows), strict=True):  # fmt: skip
        assert len(values) == count
        assert (values[0], values[-1]) == ends
        exact = [ends[0] + (ends[1] - ends[0]) * k / (count - 1) for k in range(count)]
        assert values == pytest.approx(exact, rel=1e-12, abs=1e-12 * span)


@pytest.mark.parametrize("low", [0.0, 1.0, -1.0, 123456.789, -1e9, 1e9 - 1])
def test_the_narrowest_range_that_is_taken_has_as_many_different_starts_as_a_map_can_have(
    low: float,
) -> None:
    high = next(low + 2.0**n for n in range(-60, 60) if range_problem(low, low + 2.0**n) is None)
    w1s, _w2s = starts_in(Region(low, high, 0, 1), SIDES[-1], 2)
    assert len(set(w1s)) == SIDES[-1]


@pytest.mark.parametrize(
    ("target", "tolerance", "is_far"),
    [
        (0.9, 5e-5, False),
        (1.0, 5e-5, False),
        (1.005, 5e-5, False),  # an output near 1 is near enough
        (1.5, 5e-5, True),
        (-0.5, 5e-5, True),
        (1.5, 0.2, False),
        (0.9, 0.0, False),  # the output can come as near as doubles can
    ],
)
def test_a_target_is_out_of_reach_where_no_output_is_near_enough(
    target: float, tolerance: float, *, is_far: bool
) -> None:
    setup = Setup(target=target, tolerance=tolerance)
    assert is_out_of_reach(setup) == is_far
    assert (limit_of(setup, 20_000) < 20_000) == is_far
    assert limit_of(setup, 7) == 7
    nearest = min(0.5 * (target - n / 1000) ** 2 for n in range(1001))
    assert (nearest >= tolerance and nearest > 1e-12) == is_far


def test_each_reason_that_a_run_does_not_end_below_the_tolerance_has_a_flat_colour() -> None:
    for stop, is_settled, target, expected in (
        (Stop.TOLERANCE, False, 0.9, None),
        (Stop.MAX_ITERATIONS, False, 0.9, Fate.LIMIT),
        (Stop.MAX_ITERATIONS, True, 0.9, Fate.SETTLED),
        (Stop.MAX_ITERATIONS, True, 1.5, Fate.OUT_OF_REACH),
        (Stop.NOT_FINITE, False, 1.5, Fate.NOT_FINITE),
    ):
        setup = Setup(target=target)
        end = End(7, stop, 1.0, 2.0, is_settled)
        assert fate(setup, stop, is_settled=is_settled) is expected
        field = StartField(start_map([learned(1, 1.0), end], setup=setup))
        pixels = field.indices(2, 1)
        assert pixels[1] <= 251 if expected is None else pixels[1] == expected


def test_the_picture_has_the_lowest_w2_at_the_bottom_and_the_outermost_starts_on_its_edges() -> (
    None
):
    field = StartField(start_map([learned(1, 1.0), LIMIT, learned(10, 1.0)], [LIMIT] * 3))
    # Cells are as wide as the distance of two starts; the first and the last show a half.
    assert list(field.indices(4, 2)) == [252] * 4 + [0, 252, 252, 251]
    assert list(field.indices(1, 1)) == [252]
    assert field.indices(0, 5) == field.indices(5, 0) == b""


def test_colours_of_iterations_are_logarithmic() -> None:
    field = StartField(start_map([learned(n, 1.0) for n in (1, 10, 100, 1000, 10_000, 100_000)]))
    assert field.scale == (1, 100_000)
    pixels = field.indices(10, 1)
    assert [pixels[0], *pixels[1::2]] == [0, 50, 100, 151, 201, 251]


@given(st.sets(st.integers(1, 2_000_000_000), min_size=2, max_size=30))
def test_any_iterations_have_places_that_rise_between_round_numbers(counts: set[int]) -> None:
    field = StartField(start_map([learned(n, 1.0) for n in sorted(counts)]))
    low, high = field.scale
    assert low <= min(counts) <= max(counts) <= high
    assert {float(f"{end:e}".partition("e")[0]) for end in field.scale} <= {1, 2, 4, 5}
    pixels = list(field.indices(100, 1))
    assert pixels == sorted(pixels)
    assert max(pixels) <= 251


@given(st.lists(st.floats(allow_nan=False, allow_infinity=False), min_size=2, max_size=30))
def test_any_ends_have_places_on_the_colour_map_that_rise_with_w2(w2s: list[float]) -> None:
    field = StartField(start_map([learned(5, w2) for w2 in sorted(w2s)]), is_by_end=True)
    low, high = field.scale
    assert low < high
    pixels = list(field.indices(100, 1))
    assert pixels == sorted(pixels)
    assert max(pixels) <= 251


def test_one_run_that_ends_far_along_the_valley_does_not_take_the_colours_of_all_others() -> None:
    ends = [learned(5, 4 + n / 1000) for n in range(1000)]
    field = StartField(start_map([*ends, learned(5, 1e6)]), is_by_end=True)
    assert field.scale == pytest.approx((4, 5))


def test_a_map_follows_from_its_setup_without_the_start_and_is_equal_without_its_ends() -> None:
    setup = Setup(max_iterations=20)
    starts = starts_in(SQUARE, 3, 3)
    ends = ends_of(setup, starts, range(9))
    one = StartMap(setup, SQUARE, 3, 3, ends)
    same = StartMap(replace(setup, w1=3.0, w2=-3.0), SQUARE, 3, 3, ends)
    assert {StartField(one): 1}[StartField(same)] == 1
    assert StartField(one) != StartField(one, is_by_end=True)
    assert StartField(one) != StartField(StartMap(setup, SQUARE, 3, 3, ends, limit=5))


def test_ends_come_back_from_their_bytes() -> None:
    ends = Ends()
    kinds = [(stop, settled) for stop in Stop for settled in (False, True)]
    for n, (stop, is_settled) in enumerate(kinds):
        ends.append(End(2_000_000_000 - n, stop, -1 / 3, 1e308, is_settled))
    assert len(ends.to_bytes()) == Ends.SIZE * len(ends) == Ends.SIZE * 6
    assert list(Ends.from_bytes(ends.to_bytes())) == list(ends)
    both = Ends()
    both.extend(ends)
    both.extend(ends)
    assert list(both) == list(ends) * 2
