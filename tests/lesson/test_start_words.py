"""What is said of a start: the article's own numbers, and each way to end."""

import pytest

from backprop_gui.core.network import Setup
from backprop_gui.lesson.rounded import Rounded
from backprop_gui.lesson.start_words import start_words


def test_the_article_s_start_has_the_article_s_numbers() -> None:
    # As in article.txt, with the usual four digits.
    lines = start_words(Setup()).splitlines()
    assert lines[0] == "w₁ = 0.5, w₂ = 0.5"
    assert [line.partition(" = ")[0] for line in lines[1:-1]] == ["E", "∂E/∂w₁", "∂E/∂w₂"]
    assert lines[2].startswith("∂E/∂w₁ = −0.001033")
    assert lines[-1] == "813 iterations"


@pytest.mark.parametrize(
    ("setup", "words"),
    [
        (Setup(tolerance=1.0), "1 iteration"),
        (Setup(eta=0.0), "no longer changes"),
        (Setup(max_iterations=10), "not done in 10 iterations"),
        (Setup(eta=1e-5), "more than 200,000 iterations"),
        (Setup(input=1e308, w1=1e308), "not finite in iteration 1"),
        # As the landscape, it is of exact numbers, however the run is computed.
        (Setup(method=Rounded(3)), "813 iterations, computed exactly"),
    ],
)
def test_the_end_of_a_run_is_said_in_a_few_words(setup: Setup, words: str) -> None:
    assert start_words(setup).splitlines()[-1] == words
