"""The words for what can be undone."""

from dataclasses import replace

import pytest

from backprop_gui.core.network import Setup
from backprop_gui.lesson.numbers import COMMA, FILES, Numerals
from backprop_gui.state.state import Change
from backprop_gui.window.changes import words

ARTICLE = Setup()


@pytest.mark.parametrize(
    ("change", "said"),
    [
        (Change(ARTICLE, Setup(w2=0.31)), "w₂ 0.5 → 0.31"),
        (Change(ARTICLE, Setup(input=-2.5)), "i 0.1 → −2.5"),
        (Change(Setup(max_iterations=10_000), Setup(max_iterations=9)), "10,000 → 9"),
        (Change(Setup(tolerance=0.01), Setup(tolerance=0.5)), "Tolerance E < 0.01 → 0.5"),
        (Change(Setup(w1=0.1, w2=0.2), ARTICLE), "Reset to the article"),
        (Change(ARTICLE, Setup(w1=0.1, w2=0.2)), "w₁, w₂"),
        (Change(ARTICLE, ARTICLE, "clear"), "Clear kept runs"),
        (Change(ARTICLE, ARTICLE, "keep"), "Keep this run"),
        (Change(ARTICLE, ARTICLE, "rename_run", "η = 5"), "Rename “η = 5”"),
        (Change(ARTICLE, Setup(eta=5.0), "make_present", "{0}"), "Go on with “{0}”"),
        (None, ""),
    ],
)
def test_a_change_is_told_by_what_it_changes(change: Change | None, said: str) -> None:
    assert words(change, FILES).endswith(said)


def test_two_numbers_that_look_alike_are_told_with_the_digits_in_which_they_differ() -> None:
    change = Change(Setup(w1=1 / 3), Setup(w1=0.33333333333333337))
    assert words(change, FILES) == "w₁ 0.3333333333333333 → 0.33333333333333337"


def test_the_words_have_the_person_s_decimal_sign() -> None:
    change = Change(ARTICLE, replace(ARTICLE, w2=0.31))
    assert words(change, Numerals(4, COMMA)) == "w₂ 0,5 → 0,31"
