"""A run: where it stops, and every iteration of it again."""

from dataclasses import dataclass, replace
from functools import cache
from itertools import pairwise
from types import SimpleNamespace

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from backprop_gui.core import kernel
from backprop_gui.core.network import Iteration, Method, Setup
from backprop_gui.core.run import Run
from tests.core.article import End, Weights, article_program, bits, iteration, unroll
from tests.core.setups import ordinary, wild

LENGTH = 100_000  # beyond 4,096 iterations kept one by one, and five times twice that
ENDLESS = Setup(target=1.5, max_iterations=LENGTH)
SETTLING = Setup(tolerance=0.0, max_iterations=2_000_000_000)

SHARP = Setup(tolerance=iteration(Setup(), 0.5, 0.5)["error"])  # not below it at first


@dataclass(frozen=True)
class Round(Method):
    """Weights that count iterations, and come back to `first` after `length` of them."""

    first: int
    length: int
    code = title = "round"

    def iteration(self, setup: Setup, w1: float, w2: float) -> Iteration:
        after = self.first if w1 + 1 == self.first + self.length else w1 + 1
        return Iteration.of([1 / w1] * 13 + [float(after), -float(after)])


chunks = st.lists(st.integers(0, 50), max_size=8)


@cache
def straight(setup: Setup) -> End:
    return unroll(setup)


def unrolled(setup: Setup, sizes: list[int] | None = None) -> Run:
    """Return the whole run, computed in portions of these sizes and the rest at once."""
    run = Run(setup)
    for size in sizes or []:
        run.advance(size)
    run.advance(setup.max_iterations)
    return run


def first_settled(weights: list[Weights]) -> int | None:
    return next((k for k in range(1, len(weights)) if weights[k - 1] == weights[k]), None)


def test_the_article_s_run_has_the_article_s_errors_and_ends_with_its_weights() -> None:
    errors, _output, w1, w2, count = article_program()
    run = unrolled(Setup())
    assert (run.iteration, run.w1, run.w2) == (count, w1, w2)
    assert (count, w1, w2) == (813, 0.8800250148952212, 4.005620243943087)
    # math.pow and r·r differ in the last place of some.
    assert list(run.trace().errors) == pytest.approx(errors, rel=2.3e-16, abs=0)


@given(setup=ordinary() | wild(), sizes=chunks)
@example(setup=SHARP, sizes=[])
@settings(deadline=None)
def test_a_run_stops_where_and_why_a_straight_loop_does(setup: Setup, sizes: list[int]) -> None:
    end = unroll(setup)
    run = unrolled(setup, sizes)
    assert run.stop is not None
    assert (run.stop.value, run.iteration) == (end.stop, len(end.weights))
    assert bits(run.w1, run.w2) == bits(*end.weights[-1])
    if run.stop.value == "not_finite":
        assert run.quantity_not_finite() == end.not_finite


@given(setup=ordinary() | wild(), sizes=chunks)
@settings(deadline=None)
def test_a_stop_is_known_as_soon_as_its_iteration_is_reached(
    setup: Setup, sizes: list[int]
) -> None:
    last = len(unroll(setup).weights)
    run, reached = Run(setup), 1
    assert (run.stop is not None) == (last == 1)
    for size in sizes:
        run.advance(size)
        reached = min(reached + size, last)
        assert run.iteration == reached
        assert (run.stop is not None) == (reached == last)


@given(setup=ordinary() | wild(), sizes=chunks)
@settings(deadline=None)
def test_every_iteration_of_a_short_run_has_the_bits_of_a_straight_loop(
    setup: Setup, sizes: list[int]
) -> None:
    run = unrolled(setup, sizes)
    for k, expected in enumerate(unroll(setup).weights, start=1):
        assert bits(*run.weights(k)) == bits(*expected)


ENDS = {
    "tolerance at once": (Setup(tolerance=1.0), "tolerance", None),
    "tolerance before maximum": (Setup(max_iterations=813), "tolerance", None),
    "maximum before tolerance": (Setup(max_iterations=812), "max_iterations", None),
    "one iteration": (Setup(max_iterations=1), "max_iterations", None),
    "forward, at once": (Setup(input=1e200, w1=1e200), "not_finite", "net_h"),
    "forward, later": (Setup(input=1e10, w1=1e-10, eta=1e300), "not_finite", "net_h"),
    "error": (Setup(target=1e200), "not_finite", "error"),
    "error, below the tolerance": (Setup(target=1e200, tolerance=1e308), "not_finite", "error"),
    "backward": (Setup(input=460, w1=-1, w2=1e200, target=1e154), "not_finite", "de_dw1"),
    "backward, not asked for": (
        Setup(input=460, w1=-1, w2=1e200, target=1e154, max_iterations=1),
        "max_iterations",
        None,
    ),
    "update": (Setup(target=1e5, eta=1e308), "not_finite", "new_w1"),
    "update of w2 only": (Setup(input=0, target=1e5, eta=1e308), "not_finite", "new_w2"),
}


@pytest.mark.parametrize(("setup", "stop", "quantity"), ENDS.values(), ids=ENDS)
def test_each_way_to_stop_is_found(setup: Setup, stop: str, quantity: str | None) -> None:
    end = unroll(setup)
    assert (end.stop, end.not_finite) == (stop, quantity)  # the loop has the case in hand
    run = unrolled(setup)
    assert run.stop is not None
    assert (run.stop.value, run.iteration) == (stop, len(end.weights))
    assert run.quantity_not_finite() == quantity or stop != "not_finite"


def test_a_stopped_run_stays_as_it_is() -> None:
    run = unrolled(Setup())
    before = run.iteration, run.w1, run.w2, run.stop, run.trace().errors
    run.advance(1000)
    assert (run.iteration, run.w1, run.w2, run.stop, run.trace().errors) == before


@given(
    sizes=st.lists(st.integers(0, 30_000), max_size=6),
    asked=st.lists(st.integers(1, LENGTH), min_size=1, max_size=20),
)
@example(sizes=[4095, 1, 1], asked=[4095, 4096, 4097, 4098, 4099, 8192, 8193, 8194, LENGTH])
@settings(deadline=None, max_examples=40)
def test_rewinding_to_any_iteration_gives_the_same_bits(sizes: list[int], asked: list[int]) -> None:
    run = unrolled(ENDLESS, sizes)
    expected = straight(ENDLESS).weights
    for k in asked:
        assert bits(*run.weights(k)) == bits(*expected[k - 1])


def test_an_iteration_s_weights_stay_the_same_while_the_run_goes_on() -> None:
    run = Run(ENDLESS)
    run.advance(5000)
    before = [run.weights(k) for k in (1, 4097, 4500, 5001)]
    run.advance(LENGTH)
    assert [run.weights(k) for k in (1, 4097, 4500, 5001)] == before


@pytest.mark.parametrize("iteration", [-1, 0, 102, 10**9])
def test_an_iteration_not_computed_is_refused(iteration: int) -> None:
    run = Run(ENDLESS)
    run.advance(100)
    with pytest.raises(IndexError, match=str(iteration)):
        run.weights(iteration)


def test_kept_checkpoints_grow_with_the_logarithm_of_a_run_s_length() -> None:
    run = Run(replace(ENDLESS, max_iterations=10**6))
    kept = []
    for octave in range(12, 19):
        run.advance(2**octave - run.iteration)
        kept.append(len(run.trace().iterations))
    assert kept[0] == 2**12  # every one
    assert all(later - before <= 2**11 for before, later in pairwise(kept))


@given(stride=st.integers(1, 2 * LENGTH), sizes=st.lists(st.integers(0, 30_000), max_size=3))
@example(stride=1, sizes=[])
@example(stride=LENGTH - 1, sizes=[])
@settings(deadline=None, max_examples=20)
def test_every_nth_iteration_and_the_newest_have_the_bits_of_a_straight_loop(
    stride: int, sizes: list[int]
) -> None:
    run = unrolled(ENDLESS, sizes)
    weights = straight(ENDLESS).weights
    numbers = [*range(1, LENGTH, stride), LENGTH]
    assert list(run.every(stride)) == [(k, *weights[k - 1]) for k in numbers]


def test_listing_a_run_trains_no_further_than_the_run(monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[int] = []

    def counted(*arguments: float) -> tuple[int, float, float]:
        after: tuple[int, float, float] = kernel.advance(*arguments)
        done.append(after[0])
        return after

    run = unrolled(replace(ENDLESS, max_iterations=1000))
    monkeypatch.setattr("backprop_gui.core.iteration.kernel", SimpleNamespace(advance=counted))
    assert [k for k, *_weights in run.every(700)] == [1, 701, 1000]
    assert sum(done) < 1000


def test_a_settled_run_comes_to_its_maximum_at_once_with_the_bits_of_a_straight_loop() -> None:
    weights = straight(replace(SETTLING, max_iterations=20_000)).weights
    settled = first_settled(weights)
    assert settled == 17_775  # between two checkpoints
    run = unrolled(SETTLING)  # two thousand million iterations: minutes, were they computed
    assert run.stop is not None
    assert (run.settled_at, run.iteration, run.stop.value) == (
        settled,
        2_000_000_000,
        "max_iterations",
    )
    for k in (1, settled - 1, settled, settled + 1, 20_000, 2_000_000_000):
        assert bits(*run.weights(k)) == bits(*weights[min(k, len(weights)) - 1])
    assert {settled, run.iteration} <= set(run.trace().iterations)  # the curve bends there
    listed = [(1, 0.5, 0.5), *((k, run.w1, run.w2) for k in (1_000_000_001, 2_000_000_000))]
    assert list(run.every(1_000_000_000)) == listed


@given(
    first=st.integers(1, 20_000),
    length=st.integers(2, 3_000),
    sizes=st.lists(st.integers(0, 30_000), max_size=3),
)
@example(first=1, length=2, sizes=[])
@example(first=8_286, length=350, sizes=[])  # checkpoints lie two iterations apart, and then four
@example(first=8_193, length=7, sizes=[8_192])
@example(first=16_385, length=2_999, sizes=[])
@settings(deadline=None, max_examples=10)
def test_a_cycle_is_as_short_and_begins_as_early_as_the_weights_come_back(
    first: int, length: int, sizes: list[int]
) -> None:
    run = unrolled(Setup(w1=1, w2=-1, tolerance=0.0, method=Round(first, length)), sizes)
    assert run.cycle == (first, length)
    at_checkpoints = zip(run.trace().iterations, run.trace().w1, run.trace().errors, strict=True)
    asked = (1, first - 1, first, first + length, 8_191, 40_001, 9_999_999)
    for k in (*(k for k in asked if k), run.iteration):
        expected = k if k < first else first + (k - first) % length
        assert run.weights(k) == run.trace().weights(k) == (expected, -expected)
    for k, w1, error in at_checkpoints:
        assert w1 == (k if k < first else first + (k - first) % length)
        assert error == 1 / w1


@given(setup=ordinary(400).map(lambda s: replace(s, tolerance=0.0)), sizes=chunks)
@example(setup=Setup(eta=0.0, max_iterations=5), sizes=[])
@example(setup=Setup(target=0.5, eta=50.0, tolerance=0.0, max_iterations=300), sizes=[7])
@settings(deadline=None)
def test_a_run_has_settled_where_the_weights_first_stay_as_they_are(
    setup: Setup, sizes: list[int]
) -> None:
    assert unrolled(setup, sizes).settled_at == first_settled(unroll(setup).weights)


@given(sizes=st.lists(st.integers(0, 30_000), max_size=4))
@settings(deadline=None, max_examples=10)
def test_the_trace_rises_from_iteration_1_to_the_stop_with_exact_errors(sizes: list[int]) -> None:
    run = unrolled(ENDLESS, sizes)
    weights = straight(ENDLESS).weights
    iterations, errors = run.trace().iterations, run.trace().errors
    assert (iterations[0], iterations[-1]) == (1, LENGTH)
    assert all(k < after for k, after in pairwise(iterations))
    expected = [iteration(ENDLESS, *weights[k - 1])["error"] for k in iterations]
    assert bits(*errors) == bits(*expected)


def test_a_trace_once_given_does_not_grow_with_the_run_even_if_it_is_read_later() -> None:
    run = Run(ENDLESS)
    run.advance(10)
    trace = run.trace()
    assert run.trace() is trace, "nothing is new"
    run.advance(10)
    assert run.trace() is not trace
    assert run.trace(known=15).iterations[-1] == 15
    weights = straight(ENDLESS).weights[:11]
    assert list(trace.iterations) == list(range(1, 12))
    assert list(zip(trace.w1, trace.w2, strict=True)) == weights
    assert [trace.weights(k) for k in trace.iterations] == weights
    assert len(trace.errors) == 11
