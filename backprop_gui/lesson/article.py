"""The article's lesson: its quantities, and the fifteen steps of an iteration."""

from collections.abc import Iterable
from itertools import chain

from backprop_gui.core.iteration import iteration
from backprop_gui.core.network import Setup
from backprop_gui.lesson.expression import HalfSquare, Number, Reference, Sigmoid
from backprop_gui.lesson.steps import Lesson, Phase, Quantity, Step
from backprop_gui.system.texts import _

TITLE = _("“Simplified Neural Network Backpropagation Example Python” (27 July 2016)")

one = Number(1)
i, t, w1, w2, eta = map(Reference, ("input", "target", "w1", "w2", "eta"))
net_h, out_h, net_o, out_o = map(Reference, ("net_h", "out_h", "net_o", "out_o"))
de_dout_o, dout_o_dnet_o, dnet_o_dw2, de_dw2 = map(
    Reference, ("de_dout_o", "dout_o_dnet_o", "dnet_o_dw2", "de_dw2")
)
dnet_o_dout_h, dout_h_dnet_h, dnet_h_dw1, de_dw1 = map(
    Reference, ("dnet_o_dout_h", "dout_h_dnet_h", "dnet_h_dw1", "de_dw1")
)

_GIVEN = (
    Quantity("input", "i", _("input"), None, _("input")),
    Quantity("target", "t", _("target"), None, _("target")),
    Quantity("w1", "w_1", _("weight from input to hidden neuron"), None, "w1"),
    Quantity("w2", "w_2", _("weight from hidden to output neuron"), None, "w2"),
    Quantity("eta", "η", _("learning rate"), None, _("learning rate")),
)

_FORWARD = (
    (
        Quantity("net_h", "net_h", _("net input of the hidden neuron"), i * w1, "net h"),
        _("The hidden neuron receives the input, multiplied by w₁."),
    ),
    (
        Quantity("out_h", "out_h", _("output of the hidden neuron"), Sigmoid(net_h), "out h"),
        _("The sigmoid squeezes any net input into the range from 0 to 1."),
    ),
    (
        Quantity("net_o", "net_o", _("net input of the output neuron"), out_h * w2, "net o"),
        _("The output neuron receives the hidden output, multiplied by w₂."),
    ),
    (
        Quantity("out_o", "out_o", _("output of the output neuron"), Sigmoid(net_o), "out o"),
        _("The same sigmoid turns this into the network's answer."),
    ),
    (
        Quantity("error", "E", _("error"), HalfSquare(t - out_o), _("error")),
        _("Training shrinks this: half the squared distance from answer to target."),
    ),
)

_BACKWARD = (
    (
        Quantity(
            "de_dout_o",
            "∂E/∂out_o",
            _("how the error reacts to the output"),
            -(t - out_o),
            _("dE by dout o"),
        ),
        _("If the output grew a little, how much would the error change?"),
    ),
    (
        Quantity(
            "dout_o_dnet_o",
            "∂out_o/∂net_o",
            _("slope of the output neuron's sigmoid"),
            out_o * (one - out_o),
            _("dout o by dnet o"),
        ),
        _("How steep the output neuron's sigmoid is at this point."),
    ),
    (
        Quantity(
            "dnet_o_dw2",
            "∂net_o/∂w_2",
            _("how the output neuron's net input reacts to its weight"),
            out_h,
            _("dnet o by dw2"),
        ),
        _("The hidden output is multiplied by w₂: it is the lever of w₂."),
    ),
    (
        Quantity(
            "de_dw2",
            "∂E/∂w_2",
            _("gradient of the error in the second weight"),
            de_dout_o * dout_o_dnet_o * dnet_o_dw2,
            _("dE by dw2"),
        ),
        _("How much is w₂ to blame for the error? Multiply the factors along its path."),
    ),
    (
        Quantity(
            "dnet_o_dout_h",
            "∂net_o/∂out_h",
            _("how the output neuron's net input reacts to the hidden output"),
            w2,
            _("dnet o by dout h"),
        ),
        _("On the way to w₁ the blame passes through w₂, the old one."),
    ),
    (
        Quantity(
            "dout_h_dnet_h",
            "∂out_h/∂net_h",
            _("slope of the hidden neuron's sigmoid"),
            out_h * (one - out_h),
            _("dout h by dnet h"),
        ),
        _("How steep the hidden neuron's sigmoid is at this point."),
    ),
    (
        Quantity(
            "dnet_h_dw1",
            "∂net_h/∂w_1",
            _("how the hidden neuron's net input reacts to its weight"),
            i,
            _("dnet h by dw1"),
        ),
        _("The input is multiplied by w₁: it is the lever of w₁."),
    ),
    (
        Quantity(
            "de_dw1",
            "∂E/∂w_1",
            _("gradient of the error in the first weight"),
            de_dout_o * dout_o_dnet_o * dnet_o_dout_h * dout_h_dnet_h * dnet_h_dw1,
            _("dE by dw1"),
        ),
        _("How much is w₁ to blame? The first two factors are those of w₂, used again."),
    ),
)

_UPDATE = (
    (
        Quantity("new_w1", "w_1 ←", _("new first weight"), w1 - eta * de_dw1, _("new w1")),
        _("Move against the gradient: w₁ changes so that the error falls."),
    ),
    (
        Quantity("new_w2", "w_2 ←", _("new second weight"), w2 - eta * de_dw2, _("new w2")),
        _("The same for w₂. Both gradients were found with the old weights."),
    ),
)

_PHASES = {Phase.FORWARD: _FORWARD, Phase.BACKWARD: _BACKWARD, Phase.UPDATE: _UPDATE}


def _compute(setup: Setup, w1: float, w2: float) -> Iterable[float]:
    return chain.from_iterable(iteration(setup, w1, w2))


ARTICLE = Lesson(
    given=_GIVEN,
    steps=tuple(
        Step(number, phase, *row)
        for number, (phase, row) in enumerate(
            ((phase, row) for phase, rows in _PHASES.items() for row in rows), start=1
        )
    ),
    stop_step=len(_FORWARD),
    gradients={"w1": "de_dw1", "w2": "de_dw2"},
    watched=("out_o", "error", "de_dw2", "de_dw1", "w1", "w2"),
    compute=_compute,
)
