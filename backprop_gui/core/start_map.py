"""Where a run ends that starts from any weights, without a record of the way there."""

from typing import NamedTuple

from backprop_gui.core import kernel
from backprop_gui.core.network import MOST_ITERATIONS, Setup
from backprop_gui.core.run import Stop, reason_to_stop

_AT_ONCE = 1 << 18  # iterations in one call of the kernel, in which nothing else happens


class End(NamedTuple):
    """The last iteration of a run, from 1, why it is, and the weights which it begins with.

    `is_settled` says that no update changed a weight any more, long before the last iteration.
    """

    iterations: int
    stop: Stop
    w1: float
    w2: float
    is_settled: bool


def end_from(setup: Setup, w1: float, w2: float, limit: int = MOST_ITERATIONS) -> End:
    """Return the end of a setup's run that starts from other weights, as a `Run` gives it.

    A run that goes on beyond the iteration `limit`, from 1, ends there with MAX_ITERATIONS.
    """
    w1, w2 = w1 + 0.0, w2 + 0.0  # -0.0 becomes 0.0, as in a setup
    s, iteration, most = setup, 1, min(limit, setup.max_iterations)
    is_moving = True
    while is_moving and iteration < most:
        wanted = min(most - iteration, _AT_ONCE)
        done, w1, w2 = kernel.advance(s.input, s.target, w1, w2, s.eta, s.tolerance, wanted)
        iteration += done
        is_moving = done == wanted
    stop = reason_to_stop(setup, w1, w2, iteration)
    if stop is not None:
        return End(iteration, stop, w1, w2, is_settled=False)
    last = iteration if is_moving else setup.max_iterations
    return End(last, Stop.MAX_ITERATIONS, w1, w2, is_settled=not is_moving)
