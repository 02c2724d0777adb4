"""Texts that name positions."""

import pytest

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.lesson import positions
from backprop_gui.lesson.positions import PositionsError


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
    ],
)
def test_a_text_names_positions_in_its_order(text: str, expected: list[tuple[int, int]]) -> None:
    assert _named(text) == expected


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "positions are missing"),
        (" , ", "positions are missing"),
        ("one", "“one” is no position"),
        ("1:", "is no position"),
        ("-1", "is no position"),
        ("1.5", "is no position"),
        ("0", "iterations begin with 1"),
        ("3000000000", "iterations begin with 1"),
        ("1:16", "steps of an iteration are 1 to 15"),
        ("1:0", "steps of an iteration are 1 to 15"),
        ("5-2", "ends before it begins"),
        ("1:9-3", "ends before it begins"),
        ("9" * 5000, "is no position"),
    ],
)
def test_a_text_that_names_none_is_refused_with_a_sentence(text: str, words: str) -> None:
    with pytest.raises(PositionsError) as told:
        positions.parse(text)
    assert words in str(told.value)
    assert len(str(told.value)) < 200


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("5000", "iteration 5,000: this run stops at 813"),
        ("1-5000", "iteration 5,000: this run stops at 813"),
        ("813:6", "step 6: iteration 813 ends with step 5"),
        ("1-200:1-15", "more than 2,000"),
    ],
)
def test_positions_that_the_run_does_not_have_are_refused(text: str, words: str) -> None:
    with pytest.raises(PositionsError) as told:
        _named(text)
    assert words in str(told.value)


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
