"""Numbers as text, and text as numbers."""

import math
import re
from collections.abc import Callable
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from backprop_gui.lesson import numbers
from backprop_gui.lesson.numbers import FILES, NumberError
from tests.extent import extent
from tests.shown import typed

finite = st.floats(allow_nan=False, allow_infinity=False)


def same(x: float, y: float) -> bool:
    return x.hex() == y.hex()


@given(x=st.floats(allow_nan=False))
@example(-0.0)
@example(5e-324)
@example(1e16)
@example(1e22)
@example(math.inf)
@settings(deadline=None, max_examples=extent(100, 30))
def test_exact_text_gives_every_double_back_and_is_no_longer_than_python_s(x: float) -> None:
    text = numbers.exact(x)
    assert same(float(text), x)
    assert len(text) <= len(repr(x))


def test_exact_text_of_nan_is_nan() -> None:
    assert numbers.exact(math.nan) == "nan"


@pytest.mark.parametrize(
    ("x", "text"), [(0.5, "0.5"), (2.0, "2"), (5e-5, "5e-5"), (1e22, "1e22"), (-0.1, "-0.1")]
)
def test_exact_text_has_no_needless_characters(x: float, text: str) -> None:
    assert numbers.exact(x) == text


@given(x=finite)
@example(-0.0)
@settings(deadline=None, max_examples=extent(100, 30))
def test_what_is_shown_exactly_is_read_back_exactly(x: float) -> None:
    assert same(numbers.parse(numbers.exact(x)), x)
    assert same(numbers.parse(FILES.exact(x)), x)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0.5", 0.5),
        ("0,5", 0.5),
        (" .5 ", 0.5),
        (",5", 0.5),
        ("5.", 5.0),
        ("+2", 2.0),
        ("5e-5", 5e-5),
        ("5E+2", 500.0),
        ("5e\N{MINUS SIGN}5", 5e-5),
        ("1/3", 1 / 3),
        ("-1 / 3", -1 / 3),
        ("0,1/0.3", 1 / 3),
        ("9.0/4.6", float(Fraction("9.0") / Fraction("4.6"))),
        ("\N{MINUS SIGN}2", -2.0),
        ("-0", -0.0),
        ("1.7976931348623157e308", 1.7976931348623157e308),
        ("0" * 50 + "1", 1.0),
    ],
)
def test_a_number_may_be_written_in_any_of_these_ways(text: str, value: float) -> None:
    assert same(numbers.parse(text), value)


@given(a=st.integers(-(10**15), 10**15), b=st.integers(1, 10**15))
@settings(deadline=None, max_examples=extent(100, 30))
def test_a_quotient_is_the_double_next_to_the_fraction(a: int, b: int) -> None:
    assert numbers.parse(f"{a}/{b}") == float(Fraction(a, b))


NO_NUMBERS = {
    "nan": "“nan” is not a number",
    "inf": "“inf” is not a number",
    "-inf": "“-inf” is not a number",
    "1e400": "“1e400” is too large for a double",
    "1e200/1e-200": "“1e200/1e-200” is too large for a double",
    "1e5/0": "“1e5/0” divides by zero",
    "0/0.0": "“0/0.0” divides by zero",
    "0x10": "“0x10” is not a number",
    "1/2/3": "“1/2/3” is not a number",
    "/2": "“/2” is not a number",
    "--1": "“--1” is not a number",
    "e5": "“e5” is not a number",
    ".": "“.” is not a number",
    "1\n2": "“1 2” is not a number: it has U+000A",
    "9" * 61: f"“{'9' * 23}…” is too long for a number",
    "1e5" * 10**6: f"“{('1e5' * 8)[:23]}…” is too long for a number",
    "": "a number is missing",
    " \t": "a number is missing",
}


@pytest.mark.parametrize(("text", "sentence"), NO_NUMBERS.items(), ids=lambda t: repr(t)[:20])
def test_what_is_no_number_is_refused_with_a_sentence_that_quotes_it(
    text: str, sentence: str
) -> None:
    with pytest.raises(NumberError) as refusal:
        numbers.parse(text)
    assert str(refusal.value) == sentence


def read_or_refused(read: Callable[[str], float], text: str) -> float | str:
    try:
        return read(text)
    except NumberError as error:
        return str(error)


@pytest.mark.parametrize("read", [numbers.parse, numbers.parse_whole])
@given(text=st.text(max_size=80) | st.from_regex(r"[-+0-9.,eE/ _]{0,70}", fullmatch=True))
@settings(deadline=None, max_examples=extent(100, 30))
def test_any_text_is_a_finite_number_or_refused_in_one_line(
    read: Callable[[str], float], text: str
) -> None:
    result = read_or_refused(read, text)
    if isinstance(result, str):
        assert len(result.splitlines()) == 1
    else:
        assert math.isfinite(result)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("5000", 5000),
        ("5 000", 5000),
        ("5'000", 5000),
        ("1_000_000", 1_000_000),
        ("5\N{NARROW NO-BREAK SPACE}000", 5000),
        ("1e7", 10_000_000),
        ("2.0", 2),
        ("-3", -3),
        ("6/3", 2),
    ],
)
def test_a_whole_number_may_be_written_in_any_of_these_ways(text: str, value: int) -> None:
    read = numbers.parse_whole(text)
    assert (read, type(read)) == (value, int)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("1.5", "“1.5” is not a whole number"),
        ("1/3", "“1/3” is not a whole number"),
        ("1e-3", "“1e-3” is not a whole number"),
        ("5.000", "“5.000” can be read in two ways; write it without commas and points"),
        ("many", "“many” is not a number"),
        ("", "a number is missing"),
    ],
)
def test_what_is_no_whole_number_is_refused_with_a_sentence(text: str, sentence: str) -> None:
    with pytest.raises(NumberError) as refusal:
        numbers.parse_whole(text)
    assert str(refusal.value) == sentence


@given(x=finite, digits=st.integers(2, 17))
@example(-0.0, 4)
@example(-1e-12, 4)
@example(9.9996, 4)
@settings(deadline=None, max_examples=extent(100, 30))
def test_a_short_number_is_the_number_rounded_to_its_digits(x: float, digits: int) -> None:
    text = FILES.short(x, digits)
    assert "-" not in text  # a hyphen
    value = float(typed(text))
    assert value == float(f"{x:.{digits}g}")
    mantissa = re.sub(r"·10.*|\D", "", text)
    assert len(mantissa.lstrip("0") if x else mantissa) == digits


@given(x=finite)
@settings(deadline=None, max_examples=extent(100, 30))
def test_a_short_number_has_a_minus_sign_only_when_it_is_below_nought(x: float) -> None:
    assert FILES.short(x).startswith("\N{MINUS SIGN}") == (x < 0)


@pytest.mark.parametrize(
    ("x", "text"),
    [
        (-0.0, "0.000"),
        (-0.042386, "−0.04239"),
        (4.986e-5, "4.986·10⁻⁵"),
        (1e10, "1.000·10¹⁰"),
        (12345.0, "1.234·10⁴"),  # 1.2345 lies between the two; Python rounds to the even one
        (math.inf, "∞"),
        (-math.inf, "−∞"),
        (math.nan, "not a number"),
    ],
)
def test_a_short_number_reads_like_this(x: float, text: str) -> None:
    assert FILES.short(x) == text


@pytest.mark.parametrize(
    ("x", "text"),
    [(0.9, "0.9"), (-2.0, "−2"), (5e-5, "5·10⁻⁵"), (1 / 3, "0.3333"), (0.123456, "0.1235")],
)
def test_a_given_number_is_shown_as_given_where_that_is_short(x: float, text: str) -> None:
    assert FILES.given(x) == text


@given(x=finite)
@settings(deadline=None, max_examples=extent(100, 30))
def test_a_full_number_gives_the_double_back(x: float) -> None:
    assert float(typed(FILES.full(x))) == x


@given(n=st.integers(0, 10**12))
@settings(deadline=None, max_examples=extent(100, 30))
def test_a_count_is_the_number_in_groups_of_three(n: int) -> None:
    text = FILES.count(n)
    assert int(text.replace(",", "")) == n
    assert re.fullmatch(r"\d{1,3}(,\d{3})*", text)


@given(text=st.text(max_size=200))
@settings(deadline=None, max_examples=extent(100, 30))
def test_a_quoted_text_is_one_short_line(text: str) -> None:
    quoted = numbers.clipped(text)
    assert len(quoted) <= 24
    assert len(quoted.splitlines()) <= 1


def test_a_number_too_small_for_a_double_is_not_taken_for_zero() -> None:
    with pytest.raises(NumberError, match=r"1e-400.*too small"):
        numbers.parse("1e-400")
    assert numbers.parse("0e-400") == 0
