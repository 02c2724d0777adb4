"""What the notes of the samples say, checked by the oracle."""

from collections.abc import Iterator
from itertools import pairwise

from backprop_gui.core.network import Setup
from backprop_gui.lesson.samples import SAMPLE_BY_NAME
from tests.core.article import iteration


def errors_of(setup: Setup) -> Iterator[float]:
    w1, w2 = setup.w1, setup.w2
    while True:
        values = iteration(setup, w1, w2)
        yield values["error"]
        w1, w2 = values["new_w1"], values["new_w2"]


def errors_until(setup: Setup, tolerance: float) -> list[float]:
    found = []
    for error in errors_of(setup):
        found.append(error)
        if error < tolerance:
            return found
    raise AssertionError


def test_the_sample_that_overshoots_shows_its_zigzag_swing_by_swing() -> None:
    sample = SAMPLE_BY_NAME["overshooting-rate"]
    setup = sample.setup
    whole = errors_until(setup, setup.tolerance)
    seen = whole[: setup.max_iterations]
    assert len(seen) == 40 < len(whole) == 457
    assert "for 457 iterations" in sample.note
    assert sample.note.endswith("after 13.")
    rises = [after > before for before, after in pairwise(seen[4:])]
    assert all(one != next_ for one, next_ in pairwise(rises))
    # A curve as narrow as 220 pixels has room for a swing of four.
    assert 220 / len(seen) > 4
    ((kept, count),) = sample.kept
    calm = errors_until(kept, kept.tolerance)
    assert len(calm) == count == 13
    assert calm == sorted(calm, reverse=True)
