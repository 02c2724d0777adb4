"""Texts that name positions."""

import re
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.lesson import numbers, positions
from backprop_gui.lesson.numbers import FILES
from backprop_gui.lesson.positions import PositionsError
from tests.extent import extent


def _named(text: str, setup: Setup | None = None) -> list[tuple[int, int]]:
    found = positions.moments(positions.parse(text), Run(setup or Setup()))
    return [tuple(moment.position) for moment in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1:9", [(1, 9)]),
        ("1", [(1, 15)]),
        ("1:1-3,10,100,last", [(1, 1), (1, 2), (1, 3), (10, 15), (100, 15), (813, 5)]),
        (" 2 - 4 : 5 , LAST:1-15", [(2, 5), (3, 5), (4, 5), *((813, n) for n in range(1, 6))]),
        ("812-last", [(812, 15), (813, 5)]),
        ("10,2,10", [(10, 15), (2, 15), (10, 15)]),
        ("1:14-15,", [(1, 14), (1, 15)]),
        ("1 10", [(1, 15), (10, 15)]),
        ("1:1 2", [(1, 1), (2, 15)]),
        ("1:1 - 3 10 :3", [(1, 1), (1, 2), (1, 3), (10, 3)]),
        ("1 -3", [(1, 15), (2, 15), (3, 15)]),
        ("1,,2;;3 ; 4\n5\t6\u20287", [(n, 15) for n in range(1, 8)]),
        ("1 - \n2:3", [(1, 3), (2, 3)]),
        ("1 100", [(1, 15), (100, 15)]),
        ("1, 100", [(1, 15), (100, 15)]),
        ("1,10,100", [(1, 15), (10, 15), (100, 15)]),
        ("1,100,last", [(1, 15), (100, 15), (813, 5)]),
        ("1:3,100", [(1, 3), (100, 15)]),
        ("1:1-3,100; 5", [(1, 1), (1, 2), (1, 3), (100, 15), (5, 15)]),
        ("1、100", [(1, 15), (100, 15)]),
        (
            "１：３－５；ｌａｓｔ，２\u30003、４",
            [(1, 3), (1, 4), (1, 5), (813, 5), (2, 15), (3, 15), (4, 15)],
        ),
        ("٣:٢-٤، ٥؛ ٦", [(3, 2), (3, 3), (3, 4), (5, 15), (6, 15)]),
        ("\u2068\u200e7\u2069, \ufeff8\u200b\n", [(7, 15), (8, 15)]),
        ("LaSt:2 - 3", [(813, 2), (813, 3)]),
    ],
)
def test_a_text_names_positions_in_its_order(text: str, expected: list[tuple[int, int]]) -> None:
    assert _named(text) == expected


@pytest.mark.parametrize("dash", "-‐‑‒–—―−﹣－﹘…")
@pytest.mark.parametrize("around", ["{}", " {}", "{} ", " {} ", "\u00a0{}\u2009"])
def test_any_dash_makes_a_range_whatever_space_is_around_it(dash: str, around: str) -> None:
    joint = around.format(dash)
    assert _named(f"2{joint}4:5{joint}6") == [(n, step) for n in (2, 3, 4) for step in (5, 6)]


@pytest.mark.parametrize("space", " \u00a0\u2009\u202f\u2007\u3000\u200a\t\n\r\v\u0085\u2029")
def test_every_space_separates_and_none_joins_digits(space: str) -> None:
    assert _named(f"1{space}10") == [(1, 15), (10, 15)]
    assert _named(f"{space}1:1{space}2{space}") == [(1, 1), (2, 15)]
    assert _named(f"10{space}:{space}3") == [(10, 3)]


SIGNS = st.text(
    "0123 ,;:-–−\u00a0\u2009\u202f\n\t\u200e\u2068\u2069\u200b\u00ad\u202e１２：，٣lastLAST.'½²…",
    max_size=12,
)


@settings(max_examples=extent(2000, 200))
@given(SIGNS)
def test_no_digits_that_stand_apart_become_one_number(text: str) -> None:
    try:
        spans = positions.parse(text)
    except PositionsError:
        return  # to be refused is no silence
    read = [n for span in spans for n in (span.first, span.until, span.step, span.end) if n]
    seen = "".join(sign for sign in text if unicodedata.category(sign) != "Cf")
    written = re.findall(r"\d+", unicodedata.normalize("NFKC", seen))
    assert set(map(str, read)) == {str(int(each)) for each in written}


@pytest.mark.parametrize("n", [1_000, 1_480, 12_345, 100_200, 10_000_000, 123_456_789])
@pytest.mark.parametrize(
    "around",
    ["{}", " {} ", "{},", "{}; 2,500", "7 {}", "7, {}", "{}:3", "{} : 1-15", "{}-last", "1-{}",
     "{}-{}", "{},2,500", "{};last", "1:1-3, {}", "{}\nlast", "1:2,,{}"],
)  # fmt: skip
@pytest.mark.parametrize("comma", ",，\N{ARABIC COMMA}")
def test_a_number_as_backprop_writes_it_is_never_read_as_several(
    n: int, around: str, comma: str
) -> None:
    text = around.replace("{}", FILES.count(n).replace(",", comma))
    with pytest.raises(PositionsError, match="can be read in two ways"):
        positions.parse(text)
    assert positions.parse(around.replace("{}", str(n)).replace("2,500", "2500"))


@pytest.mark.parametrize(
    ("text", "one", "several"),
    [("1,480", "1480", "1, 480"), ("100,200,300", "100200300", "100, 200, 300")],
)
def test_what_the_refusal_of_a_thousand_says_to_write_is_read(
    text: str, one: str, several: str
) -> None:
    with pytest.raises(PositionsError, match=f"“{text}” .*; write {one} or {several}$"):
        positions.parse(text)
    assert [span.first for span in positions.parse(one)] == [int(one)]
    assert [span.first for span in positions.parse(several)] == [*map(int, several.split(", "))]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "positions are missing"),
        (" , ", "positions are missing"),
        ("one", "“one” is not a position"),
        ("1:", "is not a position"),
        ("-1", "is not a position"),
        ("1.5", "is not a position"),
        ("0", "iterations go from 1"),
        ("3000000000", "iterations go from 1"),
        ("1:16", "steps of an iteration go from 1 to 15"),
        ("1:0", "steps of an iteration go from 1 to 15"),
        ("5-2", "ends before it begins"),
        ("1:9-3", "ends before it begins"),
        ("9" * 5000, "is not a position"),
        (str(10**30), "is not a position"),
        ("-5", "“-5” is not a position"),
        ("1--5", "“1--5” is not a position"),
        ("1 2-", "“2-” is not a position"),
        ("1:2:3", "“1:2:3” is not a position"),
        ("1-2-3", "“1-2-3” is not a position"),
        ("10last", "“10last” is not a position"),
        (",:,", "“:” is not a position"),
        ("1 000", "“1 000” can be read in two ways"),
        ("1,000", "“1,000” can be read in two ways"),
        ("5, 1,010", "“1,010” can be read in two ways"),
        ("1\u202f234", "“1 234” can be read in two ways"),
        ("1\u00a0234", "“1 234” can be read in two ways"),
        ("1:1 000 000", "“1 000” can be read in two ways"),
        ("1.000", "“1.000” is not a position"),
        ("1'000", "“1'000” is not a position"),
        ("1²", "“1²” is not a position: it has ² (SUPERSCRIPT TWO)"),
        ("½", "“½” is not a position"),
        ("5\u2061", "it has U+2061 (FUNCTION APPLICATION)"),
        ("\u202e12", "it has U+202E (RIGHT-TO-LEFT OVERRIDE)"),
        ("1৪", "it has ৪ (BENGALI DIGIT FOUR)"),
        ("1\x00", "U+0000"),
        ("1\ud800", "U+D800"),
    ],
)
def test_a_text_that_names_none_is_refused_with_a_sentence(text: str, words: str) -> None:
    with pytest.raises(PositionsError) as told:
        positions.parse(text)
    assert words in str(told.value)
    assert len(str(told.value)) < 200


@pytest.mark.parametrize(
    "text",
    ["１0", "5\ufe0f", "\u20681\u2069\u20685\u2069", "1\u200b5", "1\u00ad5", "𝟏𝟐", "٣", "1５",
     "5\u2061", "\u202e12", "1৪", "٣1", "5％", "5\ud800", "5\ue000", "⑤", "五", "5\x00", "5\u0338"],
)  # fmt: skip
def test_a_position_s_characters_mean_what_they_mean_in_a_box(text: str) -> None:
    try:
        expected = numbers.parse_whole(text)
    except numbers.NumberError as error:
        odd = str(error).rpartition(": it has ")[2]
        with pytest.raises(PositionsError, match=f": it has {re.escape(odd)}$"):
            positions.parse(text)
    else:
        assert [span.first for span in positions.parse(text)] == [expected]


@pytest.mark.parametrize("dash", "‐‑‒–—―−˗﹘﹣－➖")
def test_what_is_a_minus_in_a_box_makes_a_range(dash: str) -> None:
    assert numbers.parse(f"{dash}3") == -3
    assert _named(f"2{dash}3") == [(2, 15), (3, 15)]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("5000", "iteration 5,000: this run stops at 813"),
        ("1-5000", "iteration 5,000: this run stops at 813"),
        ("813:6", "step 6: iteration 813 ends with step 5"),
        ("1-200:1-15", "more than 2,000"),
        ("last-5", "so the range ends before it begins"),
    ],
)
def test_positions_that_the_run_does_not_have_are_refused(text: str, words: str) -> None:
    with pytest.raises(PositionsError) as told:
        _named(text)
    assert words in str(told.value)


@pytest.mark.parametrize(
    ("setup", "expected"),
    [
        (Setup(), [1, 2, 10, 100, 813]),
        (Setup(max_iterations=50), [1, 2, 10, 50]),
        (Setup(max_iterations=10), [1, 2, 10]),
        (Setup(max_iterations=1), [1]),
        (Setup(input=1e308, w1=1e308), [1]),
    ],
)
def test_an_offer_goes_as_far_as_the_run_and_names_nothing_twice(
    setup: Setup, expected: list[int]
) -> None:
    run = Run(setup)
    found = positions.moments(positions.parse("1,2,10,100,last"), run, is_offer=True)
    assert [moment.iteration for moment in found] == expected


@pytest.mark.parametrize("text", ["1", "1:1-15", "1:15", "1-60"])
@pytest.mark.parametrize(
    "setup", [Setup(tolerance=1), Setup(input=1e308, w1=1e308), Setup(max_iterations=1)]
)
def test_no_offer_is_refused_by_a_run_that_ends_early(text: str, setup: Setup) -> None:
    found = positions.moments(positions.parse(text), Run(setup), is_offer=True)
    assert {moment.iteration for moment in found} == {1}


def test_last_goes_to_the_end_of_any_run() -> None:
    assert _named("last", Setup(max_iterations=7)) == [(7, 5)]
    assert _named("last:1-15", Setup(input=1e308, w1=1e308)) == [(1, 1)]


def test_a_long_way_is_reported_and_can_be_ended() -> None:
    run = Run(Setup(target=1.5, max_iterations=1_000_000))
    seen: list[int] = []

    def report(done: int, total: int) -> None:
        assert total == 1_000_000
        seen.append(done)
        if len(seen) == 2:
            raise InterruptedError

    with pytest.raises(InterruptedError):
        positions.moments(positions.parse("last"), run, report)
    assert run.iteration == seen[-1] < 1_000_000


@pytest.mark.parametrize(
    "text",
    ["1:1-15", "1:1-15,10,last", "1-20:3-5", "1-last", "last:1-9", "5-last:2", "1-last:1-15"],
)
@pytest.mark.parametrize("setup", [Setup(), Setup(max_iterations=20), Setup(tolerance=0.01)])
def test_there_are_never_more_moments_than_is_said_before(text: str, setup: Setup) -> None:
    spans, run = positions.parse(text), Run(setup)
    try:
        count = len(positions.moments(spans, run))
    except PositionsError:  # too many, or not in this run
        count = 0
    assert count <= positions.most_moments(spans, setup.max_iterations)
    assert positions.most_moments(spans, run.iteration) <= positions.MOST_POSITIONS


def test_of_steps_that_are_named_it_is_said_exactly_how_many_there_are() -> None:
    assert positions.most_moments(positions.parse("1-3:2-4, 10, last"), 10**7) == 11
