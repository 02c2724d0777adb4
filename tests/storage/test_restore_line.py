"""The line that restores an experiment."""

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backprop_gui.core.network import Setup
from backprop_gui.lesson.mistaken import all_mistaken
from backprop_gui.lesson.moment import Position
from backprop_gui.lesson.rounded import Rounded
from backprop_gui.storage.restore_line import LONGEST, Experiment, RestoreLineError, find, line
from tests.core.setups import wild

ARTICLE = (
    "backprop 1: input=0.1 target=0.9 w1=0.5 w2=0.5 eta=0.9 tolerance=5e-5 "
    "max_iterations=10000000 at=1:9"
)


def test_the_article_s_line_is_what_files_have_carried_from_the_first_day() -> None:
    article = Experiment(Setup(), Position(1, 9))
    assert line(article) == ARTICLE
    assert find(ARTICLE) == article


@given(wild(), st.integers(1, 2_000_000_000), st.integers(1, 15))
def test_any_experiment_comes_back_to_the_last_bit(setup: Setup, iteration: int, step: int) -> None:
    experiment = Experiment(setup, Position(iteration, step))
    text = line(experiment)
    assert text.isascii()
    assert len(text) <= LONGEST
    assert find(f"<x>{text}</x>") == experiment


def test_every_method_comes_back() -> None:
    papers = [Rounded(4), Rounded(8, is_of_decimals=True, is_cut=True)]
    for method in (*papers, *all_mistaken()):
        experiment = Experiment(Setup(method=method), Position(3, 9))
        assert find(f"<x>{line(experiment)}</x>") == experiment


@pytest.mark.parametrize(
    "longest", [-sys.float_info.max, -sys.float_info.min, -1.2345678901234567e-4]
)
def test_the_longest_line_fits_and_is_read(longest: float) -> None:
    method = max(all_mistaken(), key=lambda mistaken: len(mistaken.code))
    setup = Setup(*[longest] * 4, -longest, -longest, 2_000_000_000, method)
    experiment = Experiment(setup, Position(2_000_000_000, 15))
    assert len(line(experiment)) <= LONGEST
    assert find(line(experiment)) == experiment


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "there is no experiment"),
        ("backprop", "there is no experiment"),
        (ARTICLE.replace(" 1:", " 2:"), "version 2"),
        (ARTICLE.replace("eta=0.9 ", ""), "damaged"),
        (ARTICLE.replace("0.9", "nan", 1), "damaged"),
        (ARTICLE.replace("0.9", "1e999", 1), "damaged: target must be a finite number"),
        (ARTICLE.replace("eta=0.9", "eta=-1"), "damaged: eta must be 0 or more"),
        (ARTICLE.replace("=0.5", "=0.5.5"), "damaged"),
        (ARTICLE.replace("at=1:9", "at=0:9"), "damaged"),
        (ARTICLE.replace("at=1:9", "at=1:16"), "damaged"),
        (ARTICLE.replace("10000000", "0"), "damaged"),
        (ARTICLE.replace(" at", " method=9s at"), "damaged"),
        (ARTICLE.replace(" at", " method= at"), "damaged"),
        (ARTICLE[:60], "damaged"),
    ],
)
def test_what_cannot_be_restored_is_refused_with_a_sentence(text: str, words: str) -> None:
    with pytest.raises(RestoreLineError) as told:
        find(text)
    assert words in str(told.value)
