"""Long words in lines that wrap."""

import pytest

from backprop_gui.widgets.breakable import breakable

BREAK = "\u200b"


def test_a_long_word_may_go_to_a_new_line_and_nothing_is_lost() -> None:
    text = f"{'x' * 100} and {'y' * 24}"
    assert breakable(text).replace(BREAK, "") == text
    assert max(map(len, breakable(text).replace(" ", BREAK).split(BREAK))) == 24


@pytest.mark.parametrize("letter", ["👩\u200d🔬", "e\u0301", "👍🏽", "☀\ufe0f"])
@pytest.mark.parametrize("before", range(20, 27))
def test_letters_that_are_joined_stay_joined(letter: str, before: int) -> None:
    text = "x" * before + letter + "y" * 30
    assert letter in breakable(text)
    assert BREAK in breakable(text)
