"""The values that a person sets, and the keys that change them."""

import dataclasses
from bisect import bisect_left, bisect_right
from fractions import Fraction
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_gui.core.network import Setup, SetupError
from backprop_gui.lesson.fields import FIELDS
from backprop_gui.lesson.numbers import NumberError
from tests.extent import extent

FIELD = {field.name: field for field in FIELDS}

RUNGS = [float(f"{digit}e{power}") for power in range(-15, 301) for digit in (1, 2, 5)]
FACTORS = ["eta", "tolerance"]
SUMS = {"input": Fraction(1, 10), "target": Fraction(1, 20), "w1": Fraction(1, 10)}
presses = st.lists(st.sampled_from([1, -1, 2, -3, 9, 10, -10, 20]), max_size=20)


def test_the_fields_are_those_of_a_setup_in_its_order() -> None:
    *names, method = [field.name for field in dataclasses.fields(Setup)]
    assert method == "method"
    assert [field.name for field in FIELDS] == list(FIELD) == names
    assert all(field.hint.endswith(".") and field.label for field in FIELDS)


@pytest.mark.parametrize("name", FACTORS)
def test_an_arrow_key_goes_along_the_ladder_1_2_5_10_without_dust(name: str) -> None:
    for lower, upper in pairwise(RUNGS):
        assert FIELD[name].stepped(lower, 1) == upper
        assert FIELD[name].stepped(upper, -1) == lower


@given(value=st.floats(1e-15, 1e300))
@settings(deadline=None, max_examples=extent(100, 25))
def test_from_between_two_rungs_an_arrow_key_goes_to_the_nearer_side(value: float) -> None:
    eta = FIELD["eta"]
    assert eta.stepped(value, 1) == RUNGS[bisect_right(RUNGS, value)]
    below = bisect_left(RUNGS, value) - 1
    assert eta.stepped(value, -1) == (RUNGS[below] if below >= 0 else 0.0)


@given(value=st.floats(1e-10, 1e280), pages=st.integers(1, 5))
@settings(deadline=None, max_examples=extent(100, 25))
def test_a_page_key_multiplies_by_ten_exactly_as_the_text_says(value: float, pages: int) -> None:
    eta, text = FIELD["eta"], Fraction(repr(value))
    assert eta.stepped(value, 10 * pages) == float(text * 10**pages)
    assert eta.stepped(value, -10 * pages) == float(text / 10**pages)


@given(value=st.sampled_from(RUNGS[30:-30]), steps=st.integers(1, 9))
@settings(deadline=None, max_examples=extent(100, 25))
def test_several_presses_at_once_are_as_many_single_ones(value: float, steps: int) -> None:
    single = value
    for _press in range(steps):
        single = FIELD["eta"].stepped(single, 1)
    assert FIELD["eta"].stepped(value, steps) == single
    assert FIELD["eta"].stepped(single, -steps) == value


@pytest.mark.parametrize(("name", "step"), SUMS.items())
@given(start=st.integers(-200, 200), steps=st.integers(-9, 9))
@settings(deadline=None, max_examples=extent(100, 25))
def test_stepping_by_tenths_leaves_no_dust(
    name: str, step: Fraction, start: int, steps: int
) -> None:
    assert FIELD[name].stepped(float(start * step), steps) == float((start + steps) * step)


@pytest.mark.parametrize(("name", "page"), [("input", 1.0), ("target", 0.5), ("w2", 1.0)])
def test_a_page_key_adds_ten_arrow_keys(name: str, page: float) -> None:
    assert FIELD[name].stepped(0.1, 10) == float(Fraction("0.1") + Fraction(page))
    assert FIELD[name].stepped(0.1, -20) == float(Fraction("0.1") - 2 * Fraction(page))


@pytest.mark.parametrize("name", [field.name for field in FIELDS])
@given(data=st.data(), keys=presses)
@settings(deadline=None, max_examples=extent(100, 25))
def test_no_row_of_keys_leads_to_a_value_that_a_setup_refuses(
    name: str, data: st.DataObject, keys: list[int]
) -> None:
    whole, scaled = name == "max_iterations", name in FACTORS
    values = st.integers(1, 2 * 10**9) if whole else st.floats(0 if scaled else -1e250, 1e250)
    value = data.draw(values)
    for key in keys:
        value = FIELD[name].stepped(value, key)
        assert isinstance(value, int if whole else float)
        Setup(**{name: value})


@pytest.mark.parametrize(
    ("value", "steps", "expected"),
    [
        (10_000_000, 1, 20_000_000),
        (10_000_000, -10, 1_000_000),
        (1, -1, 1),
        (3, -10, 1),
        (2_000_000_000, 1, 2_000_000_000),
        (1_500_000_000, 10, 2_000_000_000),
    ],
)
def test_the_iterations_stay_whole_and_in_bounds(value: int, steps: int, expected: int) -> None:
    stepped = FIELD["max_iterations"].stepped(value, steps)
    assert (stepped, type(stepped)) == (expected, int)


@pytest.mark.parametrize("name", FACTORS)
def test_the_ladder_ends_at_nought_and_begins_again_there(name: str) -> None:
    field = FIELD[name]
    assert field.stepped(1e-15, -1) == 0.0
    assert field.stepped(0.0, -1) == 0.0
    assert field.stepped(0.0, 1) == 1e-15


@pytest.mark.parametrize("steps", [1, 10])
def test_stepping_up_never_lowers_a_value(steps: int) -> None:
    assert FIELD["tolerance"].stepped(1e-20, steps) >= 1e-20


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_the_text_of_a_value_gives_it_back(field) -> None:
    value = getattr(Setup(), field.name)
    read = field.parse(field.text(value))
    assert (read, type(read)) == (value, type(value))


def test_a_changed_setup_differs_in_the_field_alone() -> None:
    assert FIELD["w1"].changed(Setup(), "1/3") == Setup(w1=1 / 3)
    assert FIELD["max_iterations"].changed(Setup(), "1e3") == Setup(max_iterations=1000)


REFUSED = {
    ("eta", "-1/3"): "Learning rate η must be 0 or more, not -1/3",
    ("tolerance", "-5e-5"): "Tolerance E < must be 0 or more, not -5e-5",
    ("max_iterations", "3e9"): (
        "Max. iterations must be a whole number from 1 to 2,000,000,000, not 3e9"
    ),
}


@pytest.mark.parametrize(("name", "text"), REFUSED)
def test_a_refusal_names_the_field_what_is_allowed_and_what_was_given(name: str, text: str) -> None:
    with pytest.raises(SetupError) as refusal:
        FIELD[name].changed(Setup(), text)
    assert str(refusal.value) == REFUSED[name, text]
    assert refusal.value.field == name


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_no_field_takes_what_is_no_number(field) -> None:
    with pytest.raises(NumberError, match="“nan” is not a number"):
        field.changed(Setup(), "nan")
