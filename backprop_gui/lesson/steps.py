"""The fifteen steps of an iteration, and the values that are given: the only list of them.

Canvas, formula card, timeline, listing, tables and files all read it.
"""

import re
from enum import Enum
from typing import NamedTuple

from backprop_gui.system.texts import _


class Phase(Enum):
    """The three parts of an iteration."""

    FORWARD = "forward"
    BACKWARD = "backward"
    UPDATE = "update"


class Quantity(NamedTuple):
    """A number that the lesson speaks of.

    `name` is its name in code and files, `symbol` is in the notation of `notation`, `title` is
    what it is called, `template` is its formula with {names} in place of symbols, empty where it
    is given, and `spoken` is how its symbol is read aloud.
    """

    name: str
    symbol: str
    title: str
    template: str
    spoken: str

    @property
    def formula(self) -> str:
        """The formula with symbols, in the notation of `notation`."""
        return _NAMES.sub(lambda found: QUANTITIES[found[1]].symbol, self.template)

    @property
    def uses(self) -> tuple[str, ...]:
        """The code names of the quantities in the formula, each once, in reading order."""
        return tuple(dict.fromkeys(_NAMES.findall(self.template)))


class Step(NamedTuple):
    """One computation of an iteration; `number` counts from 1 to 15, `why` is a sentence."""

    number: int
    phase: Phase
    quantity: Quantity
    why: str


_NAMES = re.compile(r"\{(\w+)\}")

GIVEN = (
    Quantity("input", "i", _("input"), "", _("input")),
    Quantity("target", "t", _("target"), "", _("target")),
    Quantity("w1", "w_1", _("weight from input to hidden neuron"), "", "w1"),
    Quantity("w2", "w_2", _("weight from hidden to output neuron"), "", "w2"),
    Quantity("eta", "η", _("learning rate"), "", _("learning rate")),
)

_FORWARD = (
    Quantity("net_h", "net_h", _("net input of the hidden neuron"), "{input} · {w1}", "net h"),
    Quantity("out_h", "out_h", _("output of the hidden neuron"), "σ({net_h})", "out h"),
    Quantity("net_o", "net_o", _("net input of the output neuron"), "{out_h} · {w2}", "net o"),
    Quantity("out_o", "out_o", _("output of the output neuron"), "σ({net_o})", "out o"),
    Quantity("error", "E", _("error"), "½ ({target} − {out_o})²", _("error")),
)

_BACKWARD = (
    Quantity(
        "de_dout_o",
        "∂E/∂out_o",
        _("how the error reacts to the output"),
        "−({target} − {out_o})",
        _("dE by dout o"),
    ),
    Quantity(
        "dout_o_dnet_o",
        "∂out_o/∂net_o",
        _("slope of the output neuron's sigmoid"),
        "{out_o} (1 − {out_o})",
        _("dout o by dnet o"),
    ),
    Quantity(
        "dnet_o_dw2",
        "∂net_o/∂w_2",
        _("how the output neuron's net input reacts to its weight"),
        "{out_h}",
        _("dnet o by dw2"),
    ),
    Quantity(
        "de_dw2",
        "∂E/∂w_2",
        _("gradient of the error in the second weight"),
        "{de_dout_o} · {dout_o_dnet_o} · {dnet_o_dw2}",
        _("dE by dw2"),
    ),
    Quantity(
        "dnet_o_dout_h",
        "∂net_o/∂out_h",
        _("how the output neuron's net input reacts to the hidden output"),
        "{w2}",
        _("dnet o by dout h"),
    ),
    Quantity(
        "dout_h_dnet_h",
        "∂out_h/∂net_h",
        _("slope of the hidden neuron's sigmoid"),
        "{out_h} (1 − {out_h})",
        _("dout h by dnet h"),
    ),
    Quantity(
        "dnet_h_dw1",
        "∂net_h/∂w_1",
        _("how the hidden neuron's net input reacts to its weight"),
        "{input}",
        _("dnet h by dw1"),
    ),
    Quantity(
        "de_dw1",
        "∂E/∂w_1",
        _("gradient of the error in the first weight"),
        "{de_dout_o} · {dout_o_dnet_o} · {dnet_o_dout_h} · {dout_h_dnet_h} · {dnet_h_dw1}",
        _("dE by dw1"),
    ),
)

_UPDATE = (
    Quantity("new_w1", "w_1 ←", _("new first weight"), "{w1} − {eta} · {de_dw1}", _("new w1")),
    Quantity("new_w2", "w_2 ←", _("new second weight"), "{w2} − {eta} · {de_dw2}", _("new w2")),
)

_WHY = {
    "net_h": _("The hidden neuron receives the input, multiplied by w₁."),
    "out_h": _("The sigmoid squeezes any net input into the range from 0 to 1."),
    "net_o": _("The output neuron receives the hidden output, multiplied by w₂."),
    "out_o": _("The same sigmoid turns this into the network's answer."),
    "error": _("Training shrinks this: half the squared distance from answer to target."),
    "de_dout_o": _("If the output grew a little, how much would the error change?"),
    "dout_o_dnet_o": _("How steep the output neuron's sigmoid is at this point."),
    "dnet_o_dw2": _("The hidden output is multiplied by w₂: it is the lever of w₂."),
    "de_dw2": _("How much is w₂ to blame for the error? Multiply the factors along its path."),
    "dnet_o_dout_h": _("On the way to w₁ the blame passes through w₂, the old one."),
    "dout_h_dnet_h": _("How steep the hidden neuron's sigmoid is at this point."),
    "dnet_h_dw1": _("The input is multiplied by w₁: it is the lever of w₁."),
    "de_dw1": _("How much is w₁ to blame? The first two factors are those of w₂, used again."),
    "new_w1": _("Move against the gradient: w₁ changes so that the error falls."),
    "new_w2": _("The same for w₂. Both gradients were found with the old weights."),
}

_PHASES = {Phase.FORWARD: _FORWARD, Phase.BACKWARD: _BACKWARD, Phase.UPDATE: _UPDATE}

STEPS = tuple(
    Step(number, phase, quantity, _WHY[quantity.name])
    for number, (phase, quantity) in enumerate(
        ((phase, quantity) for phase, made in _PHASES.items() for quantity in made), start=1
    )
)

FIRST_STEP = 1
FORWARD_STEPS = len(_FORWARD)
BACKWARD_STEPS = FORWARD_STEPS + len(_BACKWARD)
LAST_STEP = len(STEPS)
PHASE_ENDS = (FORWARD_STEPS, BACKWARD_STEPS, LAST_STEP)

PHASE_NAMES = {
    Phase.FORWARD: _("Forward"),
    Phase.BACKWARD: _("Backward"),
    Phase.UPDATE: _("Update"),
}

QUANTITIES = {q.name: q for q in (*GIVEN, *(step.quantity for step in STEPS))}
STEP_OF = {step.quantity.name: step.number for step in STEPS}
