"""The fifteen steps of an iteration, and the values that are given: the only list of them.

Canvas, hover texts, tables and files all read it.
"""

from enum import Enum
from typing import NamedTuple

from backprop_gui.i18n import _


class Phase(Enum):
    """The three parts of an iteration."""

    FORWARD = "forward"
    BACKWARD = "backward"
    UPDATE = "update"


class Quantity(NamedTuple):
    """A number that the lesson speaks of.

    `name` is its name in code and files, `symbol` and `formula` are in the notation of
    `notation`, `title` is what it is called, `spoken` how its symbol is read aloud.
    """

    name: str
    symbol: str
    title: str
    formula: str
    spoken: str


class Step(NamedTuple):
    """One computation of an iteration; `number` counts from 1 to 15."""

    number: int
    phase: Phase
    quantity: Quantity


GIVEN = (
    Quantity("input", "i", _("input"), "", _("input")),
    Quantity("target", "t", _("target"), "", _("target")),
    Quantity("w1", "w_1", _("weight from input to hidden neuron"), "", "w1"),
    Quantity("w2", "w_2", _("weight from hidden to output neuron"), "", "w2"),
    Quantity("eta", "η", _("learning rate"), "", _("learning rate")),
)

_FORWARD = (
    Quantity("net_h", "net_h", _("net input of the hidden neuron"), "i · w_1", "net h"),
    Quantity("out_h", "out_h", _("output of the hidden neuron"), "σ(net_h)", "out h"),
    Quantity("net_o", "net_o", _("net input of the output neuron"), "out_h · w_2", "net o"),
    Quantity("out_o", "out_o", _("output of the output neuron"), "σ(net_o)", "out o"),
    Quantity("error", "E", _("error"), "½ (t − out_o)²", _("error")),
)

_BACKWARD = (
    Quantity(
        "de_dout_o",
        "∂E/∂out_o",
        _("how the error reacts to the output"),
        "−(t − out_o)",
        _("dE by dout o"),
    ),
    Quantity(
        "dout_o_dnet_o",
        "∂out_o/∂net_o",
        _("slope of the output neuron's sigmoid"),
        "out_o (1 − out_o)",
        _("dout o by dnet o"),
    ),
    Quantity(
        "dnet_o_dw2",
        "∂net_o/∂w_2",
        _("how the output neuron's net input reacts to its weight"),
        "out_h",
        _("dnet o by dw2"),
    ),
    Quantity(
        "de_dw2",
        "∂E/∂w_2",
        _("gradient of the error in the second weight"),
        "∂E/∂out_o · ∂out_o/∂net_o · ∂net_o/∂w_2",
        _("dE by dw2"),
    ),
    Quantity(
        "dnet_o_dout_h",
        "∂net_o/∂out_h",
        _("how the output neuron's net input reacts to the hidden output"),
        "w_2",
        _("dnet o by dout h"),
    ),
    Quantity(
        "dout_h_dnet_h",
        "∂out_h/∂net_h",
        _("slope of the hidden neuron's sigmoid"),
        "out_h (1 − out_h)",
        _("dout h by dnet h"),
    ),
    Quantity(
        "dnet_h_dw1",
        "∂net_h/∂w_1",
        _("how the hidden neuron's net input reacts to its weight"),
        "i",
        _("dnet h by dw1"),
    ),
    Quantity(
        "de_dw1",
        "∂E/∂w_1",
        _("gradient of the error in the first weight"),
        "∂E/∂out_o · ∂out_o/∂net_o · ∂net_o/∂out_h · ∂out_h/∂net_h · ∂net_h/∂w_1",
        _("dE by dw1"),
    ),
)

_UPDATE = (
    Quantity("new_w1", "w_1 ←", _("new first weight"), "w_1 − η · ∂E/∂w_1", _("new w1")),
    Quantity("new_w2", "w_2 ←", _("new second weight"), "w_2 − η · ∂E/∂w_2", _("new w2")),
)

STEPS = tuple(
    Step(number, phase, quantity)
    for number, (phase, quantity) in enumerate(
        [(Phase.FORWARD, q) for q in _FORWARD]
        + [(Phase.BACKWARD, q) for q in _BACKWARD]
        + [(Phase.UPDATE, q) for q in _UPDATE],
        start=1,
    )
)

FIRST_STEP = 1
FORWARD_STEPS = len(_FORWARD)
BACKWARD_STEPS = FORWARD_STEPS + len(_BACKWARD)
LAST_STEP = len(STEPS)

QUANTITIES = {q.name: q for q in (*GIVEN, *(step.quantity for step in STEPS))}
STEP_OF = {step.quantity.name: step.number for step in STEPS}
