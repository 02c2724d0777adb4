"""What the notes of the samples say, checked by the oracle."""

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations, islice, pairwise

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


def ends(setup: Setup, most: int = 10_000) -> tuple[int, float, float]:
    """Return the iteration in which a run gets below its tolerance, and its weights there."""
    w1, w2, count = setup.w1, setup.w2, 1
    while (values := iteration(setup, w1, w2))["error"] >= setup.tolerance and count < most:
        w1, w2, count = values["new_w1"], values["new_w2"], count + 1
    return count, w1, w2


def test_the_sample_of_the_whole_curve_has_five_answers_that_differ() -> None:
    sample = SAMPLE_BY_NAME["whole-curve"]
    found = [ends(sample.setup), *(ends(setup) for setup, _count in sample.kept)]
    assert [count for count, _w1, _w2 in found] == [813, *(count for _setup, count in sample.kept)]
    for one, other in combinations(found, 2):
        assert math.dist(one[1:], other[1:]) > 0.4


def test_the_two_starts_lie_side_by_side_and_end_as_the_note_says() -> None:
    sample = SAMPLE_BY_NAME["two-starts"]
    ((other, _count),) = sample.kept
    assert (round(other.w1 - sample.setup.w1, 9), other.w2) == (0.2, sample.setup.w2)
    for setup in (sample.setup, other):
        count, _w1, w2 = ends(setup)
        assert f"{w2:.2f}".replace("-", "−") in sample.note
        assert str(count) in sample.note


def test_on_the_rough_map_neighbours_differ_by_far() -> None:
    setup = SAMPLE_BY_NAME["rough-map"].setup
    starts = [replace(setup, w1=-20.0 + 2.0 * n) for n in range(25)]
    counts = [ends(start)[0] for start in starts]
    ratios = [max(pair) / min(pair) for pair in pairwise(counts)]
    assert sum(ratio > 2 for ratio in ratios) >= 5


def mistaken_errors(setup: Setup, gradient: str, wrong: Callable[[dict], float]) -> Iterator[float]:
    """Yield E of a run in which one gradient is computed like this."""
    w1, w2 = setup.w1, setup.w2
    while True:
        values = iteration(setup, w1, w2)
        yield values["error"]
        values[gradient] = wrong(values | {"w1": w1, "w2": w2})
        w1, w2 = w1 - setup.eta * values["de_dw1"], w2 - setup.eta * values["de_dw2"]


def first(errors: Iterator[float], count: int) -> list[float]:
    return list(islice(errors, count))


def test_a_lost_sign_harms_as_the_note_says() -> None:
    sample = SAMPLE_BY_NAME["lost-sign"]
    ((_other, count),) = sample.beside
    errors = first(mistaken_errors(sample.setup, "de_dw1", lambda v: -v["de_dw1"]), count)
    least = errors.index(min(errors))
    assert least + 1 == 335
    assert round(errors[least], 4) == 0.0042
    assert errors[: least + 1] == sorted(errors[: least + 1], reverse=True)
    assert errors[least:] == sorted(errors[least:])
    assert ends(sample.setup)[0] == 461
    assert "iteration 335" in sample.note
    assert "after 461" in sample.note


def test_a_forgotten_slope_lets_the_error_fall_to_where_nothing_is_learned() -> None:
    sample = SAMPLE_BY_NAME["forgotten-slope"]
    ((_other, count),) = sample.beside

    def wrong(v: dict) -> float:
        return v["de_dw1"] / (v["out_h"] * (1 - v["out_h"]))

    errors = first(mistaken_errors(sample.setup, "de_dw1", wrong), count)
    assert errors[:500] == sorted(errors[:500], reverse=True)
    assert min(errors) > 0.02 - 1e-12
    assert errors[-1] < 0.02 + 1e-12
    assert ends(sample.setup)[0] == 919


def test_the_unseen_mistake_gives_the_article_s_numbers_once_and_still_learns() -> None:
    sample = SAMPLE_BY_NAME["unseen-mistake"]
    ((other, count),) = sample.beside
    assert sample.setup == Setup()
    assert sample.setup.w1 == sample.setup.w2

    def wrong(v: dict) -> float:
        return v["de_dw1"] / v["w2"] * v["w1"]

    errors = mistaken_errors(sample.setup, "de_dw1", wrong)
    found = first(errors, count)
    assert found[-1] < sample.setup.tolerance <= found[-2]
    assert found[:2] == errors_until(sample.setup, sample.setup.tolerance)[:2]
    assert found[2] != errors_until(sample.setup, sample.setup.tolerance)[2]
    assert other.method.code == "dnet_o_dout_h.other_weight"
