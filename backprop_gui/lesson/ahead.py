"""What comes of a short run, for those who show it as a ghost."""

from functools import lru_cache

from backprop_gui.core.iteration import at_once
from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run, Trace

_AHEAD = 5_000  # iterations, which take a few milliseconds; a method has fewer


@lru_cache(maxsize=4)
def trace_ahead(setup: Setup) -> Trace | None:
    """Return the whole trace of a setup's run, or None of one that does not end soon."""
    run = Run(setup)
    run.advance(min(_AHEAD, at_once(setup)))
    return run.trace() if run.stop else None
