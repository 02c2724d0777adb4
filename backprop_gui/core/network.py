"""The network input → w1 → hidden neuron h → w2 → output neuron o, and one iteration of training.

Squared error, sigmoid neurons, no biases, gradient descent. Quantities carry the names of the
article; all are IEEE doubles without units.
"""

import sys
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import ClassVar, NamedTuple

from backprop_gui.core.kernel import sigmoid
from backprop_gui.system.texts import _

MOST_ITERATIONS = 2_000_000_000


class SetupError(ValueError):
    """A value that a setup cannot have; `field` names it, the text is a sentence for a person."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field = field


@dataclass(frozen=True, slots=True)
class Setup:
    """All that a run follows from, to the last bit. The defaults are the article's.

    `method` is how its iterations are computed where that is not by the functions of this file.

    Raises SetupError where a value is not finite, eta or tolerance is negative, or
    max_iterations is not a whole number from 1 to 2,000,000,000.
    """

    input: float = 0.1
    target: float = 0.9
    w1: float = 0.5
    w2: float = 0.5
    eta: float = 0.9
    tolerance: float = 5e-5
    max_iterations: int = 10_000_000
    method: "Method | None" = None

    @property
    def is_mistaken(self) -> bool:
        """Whether its iterations are computed wrongly on purpose."""
        return self.method is not None and self.method.is_mistaken

    @property
    def is_on_paper(self) -> bool:
        """Whether its numbers have digits of their own, as those that a person writes have."""
        return self.method is not None and self.method.has_digits

    @property
    def exact(self) -> "Setup":
        """The same setup, computed by the functions of this file."""
        return replace(self, method=None)

    def __post_init__(self) -> None:
        for name in ("input", "target", "w1", "w2", "eta", "tolerance"):
            value = getattr(self, name)
            if not abs(value) <= sys.float_info.max:
                raise SetupError(name, _("must be a finite number"))
            object.__setattr__(self, name, float(value) + 0.0)  # -0.0 becomes 0.0
        for name in ("eta", "tolerance"):
            if getattr(self, name) < 0:
                raise SetupError(name, _("must be 0 or more"))
        if not (
            isinstance(self.max_iterations, int) and 1 <= self.max_iterations <= MOST_ITERATIONS
        ):
            sentence = _("must be a whole number from 1 to {most:,}").format(most=MOST_ITERATIONS)
            raise SetupError("max_iterations", sentence)


class ForwardPass(NamedTuple):
    """What the input makes of the weights: net inputs, outputs and the error."""

    net_h: float
    out_h: float
    net_o: float
    out_o: float
    error: float


class BackwardPass(NamedTuple):
    """The factors of the chain rule and the two gradients that they multiply to."""

    de_dout_o: float
    dout_o_dnet_o: float
    dnet_o_dw2: float
    de_dw2: float
    dnet_o_dout_h: float
    dout_h_dnet_h: float
    dnet_h_dw1: float
    de_dw1: float


class Update(NamedTuple):
    """The weights that gradient descent makes of the old ones."""

    new_w1: float
    new_w2: float


class Iteration(NamedTuple):
    """One iteration of training: what it sees, what it finds, and the weights that it makes."""

    seen: ForwardPass
    found: BackwardPass
    updated: Update

    @staticmethod
    def of(values: Sequence[float]) -> "Iteration":
        """Return the iteration with these values, in the order of their lines."""
        first, last = len(ForwardPass._fields), len(values) - len(Update._fields)
        seen, found = ForwardPass(*values[:first]), BackwardPass(*values[first:last])
        return Iteration(seen, found, Update(*values[last:]))


class Method(ABC):
    """Another way to compute an iteration, such as rounded on paper or with a mistake.

    Methods are compared and hashed by what they do. `is_mistaken` says that it is wrong on
    purpose: runs of such methods are compared with others, and nobody goes through them.
    `has_digits` says that its numbers have digits of their own, which `text` gives, as those on
    paper do.
    """

    is_mistaken: ClassVar[bool] = False
    has_digits: ClassVar[bool] = False

    @property
    @abstractmethod
    def code(self) -> str:
        """What files call it: at most 64 small letters, digits and any of `_.:-`."""

    @property
    @abstractmethod
    def title(self) -> str:
        """What a person calls it."""

    @abstractmethod
    def iteration(self, setup: Setup, w1: float, w2: float) -> Iteration:
        """Return the iteration that begins with these weights; a value may not be finite."""

    def text(self, x: float) -> str:
        """Return a finite number with the digits that it has by this method, as in files.

        Raises TypeError where they have none of their own.
        """
        raise TypeError(f"the numbers of {self.code} have no digits of their own: {x}")


def forward(setup: Setup, w1: float, w2: float) -> ForwardPass:
    """Return the forward pass with these weights."""
    net_h = setup.input * w1
    out_h = sigmoid(net_h)
    net_o = out_h * w2
    out_o = sigmoid(net_o)
    remaining = setup.target - out_o
    return ForwardPass(net_h, out_h, net_o, out_o, error=0.5 * (remaining * remaining))


def backward(setup: Setup, w2: float, seen: ForwardPass) -> BackwardPass:
    """Return the backward pass that follows the forward pass `seen`, made with the weight w2."""
    de_dout_o = -(setup.target - seen.out_o)  # how E reacts to the output
    dout_o_dnet_o = seen.out_o * (1.0 - seen.out_o)  # the slope of σ at the output neuron
    dnet_o_dw2 = seen.out_h
    de_dw2 = de_dout_o * dout_o_dnet_o * dnet_o_dw2

    dnet_o_dout_h = w2  # the old one: nothing is updated before both gradients are known
    dout_h_dnet_h = seen.out_h * (1.0 - seen.out_h)  # the slope of σ at the hidden neuron
    dnet_h_dw1 = setup.input
    de_dw1 = de_dout_o * dout_o_dnet_o * dnet_o_dout_h * dout_h_dnet_h * dnet_h_dw1
    return BackwardPass(
        de_dout_o,
        dout_o_dnet_o,
        dnet_o_dw2,
        de_dw2,
        dnet_o_dout_h,
        dout_h_dnet_h,
        dnet_h_dw1,
        de_dw1,
    )


def update(setup: Setup, w1: float, w2: float, found: BackwardPass) -> Update:
    """Return the weights one step of gradient descent further, both from the old ones."""
    return Update(new_w1=w1 - setup.eta * found.de_dw1, new_w2=w2 - setup.eta * found.de_dw2)
