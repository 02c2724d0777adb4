"""The value that all views show."""

import pytest

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.lesson.outcome import outcome
from backprop_gui.state.state import PresentRun


@pytest.mark.parametrize(
    "setup",
    [
        Setup(),
        Setup(max_iterations=1),
        Setup(max_iterations=500),
        Setup(eta=0.0),
        Setup(eta=0.0, max_iterations=2),
        Setup(tolerance=0.0),
        Setup(w2=-40, max_iterations=50),
        Setup(target=1e5, eta=1e308),
    ],
)
def test_a_run_that_is_shown_ends_as_the_run_that_was_computed(setup: Setup) -> None:
    run = Run(setup)
    run.advance(setup.max_iterations)
    shown = PresentRun(1, setup, run.iteration, run.trace(), run.stop)
    assert shown.settled_at == run.settled_at
    assert outcome(shown) == outcome(run)
