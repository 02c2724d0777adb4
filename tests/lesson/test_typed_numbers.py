"""What a person types or pastes, against Python's decimals on what was written by hand."""

import math
import unicodedata
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.lesson import numbers
from backprop_gui.lesson.fields import FIELDS
from backprop_gui.lesson.formula import formula
from backprop_gui.lesson.moment import Position, moment_at
from backprop_gui.lesson.numbers import FILES, NumberError, Numerals
from backprop_gui.lesson.value_table import as_latex, rows
from tests.extent import extent

FIELD = {field.name: field for field in FIELDS}

finite = st.floats(allow_nan=False, allow_infinity=False)
INVISIBLE = (
    *map(chr, (0xAD, 0x34F, 0x61C, 0x180E, 0xFE0F, 0xFEFF, 0xE0020)),
    *map(chr, range(0x200B, 0x2010)),
    *map(chr, range(0x202A, 0x202F)),
    *map(chr, (0x115F, 0x3164, 0xFFA0, *range(0x2060, 0x2065), *range(0x2066, 0x2070))),
)
DASHES = "−‐‑‒–—―˗﹘﹣－➖"
SPACES = " \N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE}\N{FIGURE SPACE}\u3000"
APOSTROPHES = "'’‘ʼ′`´＇"
WIDE = str.maketrans("0123456789.,eE+-", "０１２３４５６７８９．，ｅＥ＋－")
RAISED = str.maketrans("+-0123456789", "⁺⁻⁰¹²³⁴⁵⁶⁷⁸⁹")
SIGNS = (numbers.POINT, numbers.COMMA)


@pytest.fixture(params=SIGNS, ids=["point", "comma"])
def sign(request: pytest.FixtureRequest) -> str:
    return request.param


def read(text: str, sign: str = numbers.POINT) -> float | str:
    """Return the number, or the sentence that refuses it, to a person with this decimal sign."""
    try:
        return numbers.parse(text, sign)
    except NumberError as error:
        return str(error)


def same(a: float | str, b: float) -> bool:
    return isinstance(a, float) and a.hex() == b.hex()


def shown_in_two_ways(text: str, sign: str) -> bool:
    return "can be read in two ways" in str(read(text, sign))


TWO_WAYS = ("1{}000", "12{}345", "-1{}000", "999{}999", "1{}000/3", "1/1{}000", "1{}000e3",
            "1{}000·10³", "≈ 1{}000", "１{}０００")  # fmt: skip


@pytest.mark.parametrize("text", TWO_WAYS)
def test_a_thousand_or_one_is_refused_unless_the_decimal_sign_of_the_screen_decides(
    sign: str, text: str
) -> None:
    other = {",": ".", ".": ","}[sign]
    assert shown_in_two_ways(text.format(other), sign)
    assert isinstance(read(text.format(sign), sign), float)


@pytest.mark.parametrize("text", ["1{}000", "12{}345", "−1{}000", "１{}０００"])
def test_a_whole_number_in_one_group_of_three_is_refused_where_its_comma_is_the_decimal_sign(
    sign: str, text: str
) -> None:
    other = {",": ".", ".": ","}[sign]
    with pytest.raises(NumberError, match="two ways"):
        numbers.parse_whole(text.format(sign), sign)
    assert abs(numbers.parse_whole(text.format(other), sign)) in (1000, 12345)


@pytest.mark.parametrize("name", [field.name for field in FIELDS if not field.is_whole])
def test_no_field_takes_a_thousand_for_one(name: str) -> None:
    with pytest.raises(NumberError, match="two ways"):
        FIELD[name].changed(Setup(), "1,000")


def test_the_refusal_says_what_to_write_instead(sign: str) -> None:
    text = {",": "1.250e3", ".": "1,250e3"}[sign]
    sentence = str(read(text, sign))
    assert sentence.endswith(f"write 1{sign}250e3 or 1250e3")
    assert read(f"1{sign}250e3", sign) == 1250.0
    assert read("1250e3", sign) == 1250e3


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("0,5", "0.5"), ("0,125", "0.125"), ("0.500", "0.5"), (",125", "0.125"),
        ("1234,567", "1234.567"), ("1,0000", "1"), ("12,34", "12.34"),
        ("1,000,000", "1000000"), ("1.000.000", "1000000"), ("1,000.5", "1000.5"),
        ("1.000,5", "1000.5"), ("1,234,567.891", "1234567.891"), ("1 000,500", "1000.5"),
        ("1'000.25e-3", "1.00025"), ("1_000", "1000"), ("−12’345’678", "-12345678"),
    ],
)  # fmt: skip
def test_what_has_one_reading_is_read_whatever_the_decimal_sign(
    sign: str, text: str, value: str
) -> None:
    assert read(text, sign) == float(Decimal(value))


@pytest.mark.parametrize(
    "text",
    ["1,00,000", "1,000,00", "1,000 000", "1 00", "0,000,000", "1,000.", "(5)", "5 %", "0·5",
     "4 × 10-5", "4×105", "310^5", "10^-5}", "10^{-5", "2x = 0.5", "1 2", "5'", "- 5", "E < 5e-5"],
)  # fmt: skip
def test_what_is_no_number_to_everybody_is_refused(sign: str, text: str) -> None:
    assert isinstance(read(text, sign), str)


@given(x=finite, data=st.data())
@settings(deadline=None, max_examples=extent(300, 60))
def test_an_invisible_character_anywhere_never_changes_the_number(
    x: float, data: st.DataObject
) -> None:
    text = data.draw(st.sampled_from([numbers.exact(x), FILES.short(x), FILES.full(x)]))
    value = read(text)
    for _each in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(text)))
        text = text[:at] + data.draw(st.sampled_from(INVISIBLE)) + text[at:]
    result = read(text)
    odd = next((c for c in text if c in "\u202e\u2061\u2062\u2063\u2064"), "")
    if odd:
        assert unicodedata.name(odd) in str(result)
    elif isinstance(value, str):  # rounded up beyond the largest double
        assert isinstance(result, str)
    else:
        assert same(result, value)


def test_what_breaks_a_power_is_what_a_refusal_names() -> None:
    assert "FUNCTION APPLICATION" in str(read("−1.412·10⁻\u2061¹³⁷"))
    assert "SUPERSCRIPT MINUS" in str(read("1⁻2"))


@pytest.mark.parametrize("opening", "\u202a\u202b\u202d\u2066\u2067\u2068\u200e\u200f\ufeff")
def test_a_number_wrapped_in_direction_marks_is_the_number(opening: str) -> None:
    assert read(f"{opening}−0.5\u202c\u2069") == -0.5


@pytest.mark.parametrize("dash", DASHES)
def test_any_program_s_minus_is_a_minus(dash: str) -> None:
    assert read(f"{dash}0.5") == -0.5
    assert read(f"5e{dash}5") == 5e-5
    assert read(f"{dash}1/3") == -1 / 3
    assert isinstance(read(f"1{dash}3"), str)


@pytest.mark.parametrize("space", SPACES + APOSTROPHES)
@given(n=st.integers(1000, 10**15))
@settings(deadline=None, max_examples=30)
def test_a_space_or_an_apostrophe_of_any_kind_parts_thousands(space: str, n: int) -> None:
    text = f"{n:,}".replace(",", space)
    assert read(text) == float(n)
    assert numbers.parse_whole(text) == n
    assert read(f"-{text},5") == -float(Decimal(n) + Decimal("0.5"))


@given(x=finite)
@settings(deadline=None)
def test_wide_digits_are_digits(x: float) -> None:
    assert same(read(numbers.exact(x).translate(WIDE)), x)


@pytest.mark.parametrize("zero", "٠۰०০๐𝟎𝟘０")
@given(n=st.integers(0, 10**12))
@settings(deadline=None, max_examples=30)
def test_digits_of_any_script_are_read_right_and_mixed_ones_refused_by_name(
    zero: str, n: int
) -> None:
    text = "".join(chr(ord(zero) + int(digit)) for digit in str(n))
    assert int(text) == n  # as Python reads it
    assert read(text) == n
    mixed = read(text + "4")
    if zero in "𝟎𝟘０":  # styled, but the same digits
        assert mixed == 10 * n + 4
    else:
        assert unicodedata.name(text[0]) in str(mixed)


def test_arabic_separators_are_what_they_are() -> None:
    assert read("٣٫٥") == 3.5
    assert read("١٬٠٠٠") == 1000.0


@pytest.mark.parametrize(
    "character",
    [
        c
        for c in map(chr, range(0x2190))
        if "FRACTION" in unicodedata.name(c, "") and unicodedata.numeric(c, 0)
    ],
)
def test_a_fraction_of_one_character_is_the_double_next_to_it(character: str) -> None:
    value = Fraction(unicodedata.numeric(character)).limit_denominator(10)
    result = read(character)
    if isinstance(result, str):
        assert unicodedata.name(character) in result
        return
    assert result == float(value)
    assert read(f"−7{character}") == float(-7 - value)
    assert read(f"7 {character}") == float(7 + value)
    assert isinstance(read(f"{character}2"), str)


@given(mantissa=st.decimals(-999, 999, places=4), power=st.integers(-300, 300))
@settings(deadline=None)
def test_powers_of_ten_are_read_however_they_are_raised(mantissa: Decimal, power: int) -> None:
    value = float(f"{mantissa}e{power}")
    raised = str(power).translate(RAISED)
    for text in (
        f"{mantissa}·10{raised}", f"{mantissa} × 10{raised}", f"{mantissa}x10^{power}",
        f"{mantissa}*10**{power}", rf"{mantissa}\times 10^{{{power}}}",
        rf"${mantissa} \cdot 10^{{{power}}}$", f"{mantissa}·10^−{-power}",
    ):  # fmt: skip
        if "−-" not in text:
            assert read(text) == value, text
    assert read(f"10{raised}") == float(f"1e{power}")


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("5％", "FULLWIDTH PERCENT SIGN"),
        ("5²", "SUPERSCRIPT TWO"),
        ("0\N{SINGLE LOW-9 QUOTATION MARK}5", "SINGLE LOW-9 QUOTATION MARK"),
        ("5\ue000", "U+E000"),
        ("5\ud800", "U+D800"),
        ("0.1\t0.2", "U+0009"),
        ("0.1\n0.2", "U+000A"),
        ("∞", "INFINITY"),
        ("\u202e5.0", "RIGHT-TO-LEFT OVERRIDE"),
        ("5\u0338", "COMBINING LONG SOLIDUS OVERLAY"),
        ("⑤", "CIRCLED DIGIT FIVE"),
        ("Ⅴ", "ROMAN NUMERAL FIVE"),
        ("五", "CJK UNIFIED IDEOGRAPH-4E94"),
    ],
)
def test_an_odd_character_is_named_and_turns_no_sentence_round(text: str, names: str) -> None:
    sentence = str(read(text))
    assert names in sentence
    assert "\u202e" not in sentence
    assert len(sentence.splitlines()) == 1


# What may stand in "7.5" without making it no number, as it is read by hand.
BY_HAND = {**dict.fromkeys(DASHES, "-"), "⁄": "/", "∕": "/", "÷": "/"}


def by_hand(text: str) -> Fraction:
    """Return what a text means to a reader who knows Unicode's tables, by Python's fractions."""
    seen = (c for c in text if c not in INVISIBLE and unicodedata.category(c) not in ("Cf", "Mn"))
    wide = (BY_HAND.get(c) or unicodedata.normalize("NFKC", c) for c in seen)
    over, _slash, under = "".join(wide).strip().lstrip("=≈←→").replace(",", ".").partition("/")
    return Fraction(over) / Fraction(under or "1")


@given(character=st.characters(exclude_characters="\u1160½¼¾"), at=st.integers(0, 3))
@example("/", 1)
@example("௧", 1)
@example("０", 1)
@settings(deadline=None, max_examples=extent(2000, 300))
def test_one_character_more_in_a_number_is_read_as_by_hand_or_refused(
    character: str, at: int
) -> None:
    text = "7.5"[:at] + character + "7.5"[at:]
    result = read(text)
    if isinstance(result, float):
        assert result == float(by_hand(text)), ascii(text)


def texts_that_the_program_makes(x: float, sign: str) -> Iterator[tuple[str, float]]:
    """Yield texts of a number, each with the double that it stands for."""
    yield numbers.exact(x), x
    numerals = Numerals(decimal_sign=sign)
    yield numerals.exact(x), x
    yield numerals.editable(numbers.exact(x)), x
    yield numbers.latex(numerals.exact(x)), x
    for digits in (3, 4, 9, 17):
        rounded = float(f"{x:.{digits}g}") + 0.0
        if math.isinf(rounded):
            continue
        for text in (numerals.short(x, digits), numbers.latex(numerals.short(x, digits))):
            yield from ((text, rounded), (f"${text}$", rounded), (f"≈ {text}", rounded))
            yield from ((f"w₁ = {text}", rounded), (f"→ {text}", rounded))
            if rounded < 0:
                yield f"({text})", rounded


@pytest.mark.parametrize("written", SIGNS)
@pytest.mark.parametrize("reading", SIGNS)
@given(x=finite)
@example(1000.0)
@example(-1234.5)
@example(4.986e-5)
@example(-0.0)
@settings(deadline=None, max_examples=extent(200, 25))
def test_what_the_program_writes_is_read_back_or_refused_and_never_another_number(
    written: str, reading: str, x: float
) -> None:
    for text, value in texts_that_the_program_makes(x, written):
        result = read(text, reading)
        other = {",": ".", ".": ","}[reading]
        is_open = other in text and shown_in_two_ways(text, reading)
        assert is_open or same(result, value), text


@given(n=st.integers(0, 2_000_000_000))
@example(1000)
@settings(deadline=None)
def test_a_count_is_read_back_by_what_takes_counts(n: int) -> None:
    for sign in SIGNS:
        text = Numerals(decimal_sign=sign).count(n)
        assert numbers.parse_whole(text, sign) == n
        if shown_in_two_ways(text, sign):  # a count of thousands where any number may stand
            assert n < 1_000_000
            assert sign == numbers.POINT
        else:
            assert read(text, sign) == n


def test_what_stands_in_formulas_and_tables_is_read_back() -> None:
    for step in range(1, 16):
        moment = moment_at(Run(Setup(w1=-0.5, eta=1e-5)), Position(1, step))
        shown = float(f"{moment.value(moment.step.quantity.name):.4g}")
        made = formula(moment)
        assert read(made.rights[-1][-1].text) == shown
        assert read(made.rights[-1][-1].latex) == shown
        assert read("".join(piece.text for piece in made.rights[-1])) == shown
        cell = as_latex(rows(moment)).splitlines()[3 + step].split("&")[-1].removesuffix(r"\\[4pt]")
        assert read(cell) == shown
