"""What is shown of a run before it is there."""

from collections.abc import Iterator

import pytest

from backprop_gui.core.iteration import at_once
from backprop_gui.core.network import Iteration, Setup
from backprop_gui.lesson.ahead import trace_ahead
from backprop_gui.lesson.rounded import Rounded

asked: list[tuple[float, float]] = []


class Spied(Rounded):
    def iteration(self, setup: Setup, w1: float, w2: float) -> Iteration:
        asked.append((w1, w2))
        return super().iteration(setup, w1, w2)


@pytest.fixture(autouse=True)
def _nothing_asked() -> Iterator[None]:
    asked.clear()
    trace_ahead.cache_clear()
    yield
    trace_ahead.cache_clear()


def test_no_more_is_computed_on_paper_than_takes_no_time() -> None:
    setup = Setup(tolerance=1e-6, method=Spied(8))
    assert trace_ahead(setup) is None
    assert 100 < len(asked) <= at_once(setup) + 2


@pytest.mark.parametrize("method", [None, Rounded(8)])
def test_a_short_run_is_known_to_its_end(method: Rounded | None) -> None:
    trace = trace_ahead(Setup(method=method))
    assert trace is not None
    assert trace.last == 813  # as the article has it; eight digits change nothing of that
