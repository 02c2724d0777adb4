"""The article's own program in Python 3: the oracle for every number of the network.

`article_program` is a transcription. `iteration` and `unroll` are the same arithmetic for any
setup. They differ in three points: E is ½ r·r with r = t − out_o, σ is e^x where the article's form
overflows, and a run may also end at its maximum or where a quantity is no longer finite.
"""

import math
from typing import NamedTuple

from backprop_gui.core.network import Setup

Weights = tuple[float, float]


class End(NamedTuple):
    """What a straight run ends with; `weights[k - 1]` are those that iteration k begins with."""

    stop: str
    weights: list[Weights]
    not_finite: str | None = None


def article_program() -> tuple[list[float], float, float, float, int]:
    """Return what the article's program prints: all errors, outo, w1, w2 and ctr."""
    errors = []
    ctr = 0
    eta = 0.9
    w1 = 0.5
    w2 = 0.5

    i1 = 0.1
    target = 0.9

    while True:
        ctr += 1
        neth = i1 * w1
        outh = 1 / (1 + math.exp(-neth))

        neto = w2 * outh
        outo = 1 / (1 + math.exp(-neto))

        e = 0.5 * math.pow((target - outo), 2)
        errors.append(e)
        if e < 0.00005:
            return errors, outo, w1, w2, ctr
        # update w2
        de_by_douto = (-1) * (target - outo)
        douto_by_dneto = outo * (1 - outo)
        dneto_by_dw2 = outh

        de_by_dw2 = de_by_douto * douto_by_dneto * dneto_by_dw2

        # update w1
        dneto_by_douth = w2
        de_by_outh = de_by_douto * douto_by_dneto * dneto_by_douth
        douth_by_dneth = outh * (1 - outh)
        dneth_by_dw1 = i1

        de_by_dw1 = de_by_outh * douth_by_dneth * dneth_by_dw1

        # updated w1 and w2
        w1 = w1 - (eta * de_by_dw1)
        w2 = w2 - (eta * de_by_dw2)


def sigmoid(x: float) -> float:
    try:
        return 1 / (1 + math.exp(-x))
    except OverflowError:
        return math.exp(x)


def iteration(setup: Setup, w1: float, w2: float) -> dict[str, float]:
    """Return the fifteen quantities of one iteration, in the article's order of operations."""
    i1, target, eta = setup.input, setup.target, setup.eta
    neth = i1 * w1
    outh = sigmoid(neth)
    neto = w2 * outh
    outo = sigmoid(neto)
    r = target - outo
    e = 0.5 * (r * r)
    de_by_douto = (-1) * (target - outo)
    douto_by_dneto = outo * (1 - outo)
    de_by_dw2 = de_by_douto * douto_by_dneto * outh
    de_by_outh = de_by_douto * douto_by_dneto * w2
    douth_by_dneth = outh * (1 - outh)
    de_by_dw1 = de_by_outh * douth_by_dneth * i1
    return {
        "net_h": neth,
        "out_h": outh,
        "net_o": neto,
        "out_o": outo,
        "error": e,
        "de_dout_o": de_by_douto,
        "dout_o_dnet_o": douto_by_dneto,
        "dnet_o_dw2": outh,
        "de_dw2": de_by_dw2,
        "dnet_o_dout_h": w2,
        "dout_h_dnet_h": douth_by_dneth,
        "dnet_h_dw1": i1,
        "de_dw1": de_by_dw1,
        "new_w1": w1 - (eta * de_by_dw1),
        "new_w2": w2 - (eta * de_by_dw2),
    }


def unroll(setup: Setup) -> End:
    """Train in a straight loop, asking after every quantity of every iteration."""
    w1, w2 = setup.w1, setup.w2
    weights: list[Weights] = []
    while True:
        weights.append((w1, w2))
        quantities = iteration(setup, w1, w2)
        lost = [name for name, value in quantities.items() if not math.isfinite(value)]
        if lost and list(quantities).index(lost[0]) < 5:  # in the forward pass
            return End("not_finite", weights, lost[0])
        if quantities["error"] < setup.tolerance:
            return End("tolerance", weights)
        if len(weights) == setup.max_iterations:
            return End("max_iterations", weights)
        if lost:
            return End("not_finite", weights, lost[0])
        w1, w2 = quantities["new_w1"], quantities["new_w2"]


def bits(*values: float) -> tuple[str, ...]:
    """Return doubles in a form that is equal for the same bits only: -0.0 is not 0.0."""
    return tuple(float(value).hex() for value in values)
