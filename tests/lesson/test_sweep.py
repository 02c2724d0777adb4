from decimal import Decimal, localcontext

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_gui.core.network import Setup
from backprop_gui.lesson.fields import FIELDS
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.sweep import SweepError, setups, spaced, texts

ETA = next(field for field in FIELDS if field.name == "eta")
COMMA = Numerals(decimal_sign=",")


@pytest.mark.parametrize(
    ("text", "sign", "values"),
    [
        ("0.1, 0.5, 0.9, 5, 20", ".", [0.1, 0.5, 0.9, 5, 20]),
        ("0.1;0.5\n0.9", ".", [0.1, 0.5, 0.9]),
        ("0,1; 0,5", ",", [0.1, 0.5]),
        ("0,1\n0,5\n", ",", [0.1, 0.5]),
        ("0,5", ",", [0.5]),
        ("1/3, 2·10⁻³,", ".", [1 / 3, 0.002]),
        ("5, 5, 1", ".", [5, 5, 1]),
    ],
)
def test_a_list_has_its_values_in_their_order(text: str, sign: str, values: list[float]) -> None:
    made = setups(Setup(w1=-1.0), ETA, text, 10, Numerals(decimal_sign=sign))
    assert made == tuple(Setup(w1=-1.0, eta=value) for value in values)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("", "there is no value"),
        (" , ,", "there is no value"),
        ("1,,2", "a value is missing between two separators"),
        ("1, many", "“many” is not a number"),
        ("1, -2", "Learning rate η must be 0 or more, not -2"),
        ("1, nan", "“nan” is not a number"),
        ("1,2,3,4,5,6,7,8,9,10,11", "at most 10 values can be compared, not 11"),
    ],
)
def test_what_is_no_list_is_said_in_a_sentence(text: str, said: str) -> None:
    with pytest.raises(SweepError) as refused:
        setups(Setup(), ETA, text, 10)
    assert str(refused.value) == said


@pytest.mark.parametrize(
    ("low", "high", "count", "is_log", "values"),
    [
        (0.1, 0.9, 9, False, [0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9]),
        (-5, 5, 3, False, [-5, 0, 5]),
        (0.01, 100, 5, True, [0.01, 0.1, 1, 10, 100]),
        (1, 1024, 11, True, [2**n for n in range(11)]),
        (1, 2, 2, True, [1, 2]),
        (-1.7e308, 1.7e308, 3, False, [-1.7e308, 0, 1.7e308]),
    ],
)
def test_a_range_has_the_numbers_that_a_person_would_write(
    low: float, high: float, count: int, is_log: bool, values: list[float]
) -> None:
    assert spaced(low, high, count, is_log=is_log) == tuple(values)


@given(st.floats(1e-300, 1e300), st.floats(1e-300, 1e300), st.integers(2, 40), st.booleans())
def test_a_range_goes_up_in_equal_steps_from_end_to_end(
    one: float, other: float, count: int, is_log: bool
) -> None:
    low, high = sorted((one, other))
    if high <= low * (1 + 1e-9):
        return
    values = spaced(low, high, count, is_log=is_log)
    assert (values[0], values[-1], len(values)) == (low, high, count)
    with localcontext() as context:
        context.prec = 60
        places = [Decimal(value).ln() if is_log else Decimal(value) for value in values]
        step = (places[-1] - places[0]) / (count - 1)
        size = 1 if is_log else places[-1]
        for place, value in enumerate(places):
            assert abs(value - places[0] - place * step) <= Decimal("1e-14") * size


@pytest.mark.parametrize(
    ("low", "high", "count", "is_log", "said"),
    [
        (1, 2, 1, False, "a range has two values or more"),
        (2, 2, 5, False, "a range goes up: 2 is not less than 2"),
        (5, 1, 5, False, "a range goes up: 5 is not less than 1"),
        (0, 1, 5, True, "with equal ratios all values are above 0: 0 is not"),
        (1, 1.0000000000000002, 3, False, "there are not so many numbers between these two"),
        (float("nan"), 1, 3, False, "a range goes up: nan is not less than 1"),
    ],
)
def test_what_is_no_range_is_said_in_a_sentence(
    low: float, high: float, count: int, is_log: bool, said: str
) -> None:
    with pytest.raises(SweepError) as refused:
        spaced(low, high, count, is_log=is_log)
    assert str(refused.value) == said


@pytest.mark.parametrize("numerals", [Numerals(), COMMA])
def test_a_range_as_a_text_is_read_as_the_same_values(numerals: Numerals) -> None:
    values = spaced(0.1, 7, 6, is_log=True)
    made = setups(Setup(), ETA, texts(values, numerals), 10, numerals)
    assert tuple(setup.eta for setup in made) == values
