"""A moment as a drawing of the network: the one description that screen and files paint.

Above, the forward pass from left to right; below, the way back. The error's blame goes through
the output neuron once, from there up to w2, and on through the hidden neuron to w1.
"""

import math
from collections.abc import Iterator
from typing import NamedTuple

from backprop_gui.core.run import Stop
from backprop_gui.i18n import _
from backprop_gui.lesson import numbers
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.shapes import (
    Box,
    Drawing,
    HalfDisc,
    Ink,
    Line,
    Ring,
    Shape,
    Spot,
    Text,
    Tint,
)
from backprop_gui.lesson.steps import FORWARD_STEPS, QUANTITIES

WIDTH = 1000.0
_LEAST_HEIGHT, _MOST_HEIGHT = 540.0, 1000.0

# Columns: centres, from the input to the error.
_INPUT, _EDGE_1, _HIDDEN, _EDGE_2, _OUTPUT, _ERROR = 58.0, 165.0, 328.0, 491.0, 654.0, 914.0
_OUTPUT_SLOPE = 684.0  # a little to the right, to leave room for the way down to w1
_SPLIT = 588.0
_RADIUS = 98.0
_INPUT_SIZE = (84.0, 84.0)
_ERROR_SIZE = (140.0, 104.0)
_CHIP = (142.0, 66.0)
_GRADIENT = (118.0, 68.0)

_LABEL, _VALUE = 20.0, 22.5
_LOWER_LABEL, _UPPER_LABEL = 33.0, 62.0  # heights above an edge
_GROUND = Tint(Ink.LINE, 0.0)


class _Rows(NamedTuple):
    """Heights of the rows, which share what the card has to spare."""

    height: float
    net: float
    gradient: float
    shared: float  # the factors that both gradients use, and the last one for w2
    onward: float  # the factors that only w1 needs

    @classmethod
    def of(cls, aspect: float) -> "_Rows":
        height = min(max(WIDTH / aspect, _LEAST_HEIGHT), _MOST_HEIGHT)
        spare = height - _LEAST_HEIGHT
        net = 170 + 0.25 * spare
        shared = net + 185 + 0.3 * spare
        return cls(height, net, net + 64, shared, shared + 118 + 0.2 * spare)


def draw(moment: Moment, aspect: float = 1.6) -> Drawing:
    """Return the drawing of a moment, laid out for a ground `aspect` times as wide as high."""
    rows = _Rows.of(aspect)
    shapes = (*_forward(moment, rows), *_backward(moment, rows))
    return Drawing(WIDTH, rows.height, shapes, tuple(_spots(moment, rows)))


def edge_width(weight: float) -> float:
    """Return how thick the edge of a weight is drawn: it grows with |w|, up to 20."""
    size = abs(weight)
    return 2.0 + 18.0 * (size / (size + 4.0) if math.isfinite(size) else 1.0)


def _forward(moment: Moment, rows: _Rows) -> Iterator[Shape]:
    y = rows.net
    left, right = _INPUT + _INPUT_SIZE[0] / 2, _ERROR - _ERROR_SIZE[0] / 2
    yield from _edge(moment, "w1", (left, _HIDDEN - _RADIUS), y)
    yield from _edge(moment, "w2", (_HIDDEN + _RADIUS, _OUTPUT - _RADIUS), y)
    yield Line(((_OUTPUT + _RADIUS, y), (right, y)), Tint(Ink.LINE), 2.5)

    yield Box(_INPUT, y, *_INPUT_SIZE, Tint(Ink.FORWARD, 0.10), Tint(Ink.TEXT, 0.75))
    yield _value(moment, "input", _INPUT, y, _INPUT_SIZE[0] - 10)
    yield _label(_("input i"), _INPUT, y + 68)
    yield from _neuron(moment, ("net_h", "out_h"), _HIDDEN, y)
    yield _label(_("hidden neuron h"), _HIDDEN, y - _RADIUS - 22)
    yield from _neuron(moment, ("net_o", "out_o"), _OUTPUT, y)
    yield _label(_("output neuron o"), _OUTPUT, y - _RADIUS - 22)
    yield from _error(moment, y)


def _edge(moment: Moment, name: str, span: tuple[float, float], y: float) -> Iterator[Shape]:
    weight = moment.value(name) or 0.0
    ends = ((span[0], y), (span[1], y))
    yield Line(ends, Tint(Ink.TEXT, 0.55), edge_width(weight), is_dashed=weight < 0)
    x, room = sum(span) / 2, span[1] - span[0] - 4
    new = moment.value(f"new_{name}")
    text = f"{QUANTITIES[name].symbol} = {numbers.short(weight)}"
    yield Text(x, y - _weight_height(moment, name), text, 22, Ink.TEXT, room, is_bold=True)
    if new is not None:
        text = f"→ {numbers.short(new)}"
        yield Text(x, y - _LOWER_LABEL, text, 22, Ink.UPDATE, room, is_bold=True)


def _weight_height(moment: Moment, name: str) -> float:
    """How high above its edge a weight stands: it makes room for the new one."""
    return _LOWER_LABEL if moment.value(f"new_{name}") is None else _UPPER_LABEL


def _neuron(moment: Moment, names: tuple[str, str], x: float, y: float) -> Iterator[Shape]:
    net, out = names
    activation = moment.value(out)
    depth = 0.0 if activation is None or math.isnan(activation) else 0.06 + 0.5 * activation
    yield HalfDisc(x, y, _RADIUS, is_right=False, fill=Tint(Ink.MUTED, 0.07))
    yield HalfDisc(x, y, _RADIUS, is_right=True, fill=Tint(Ink.FORWARD, depth))
    yield Line(((x, y - _RADIUS), (x, y + _RADIUS)), Tint(Ink.TEXT, 0.6), 1.5)
    yield Ring(x, y, _RADIUS, Tint(Ink.TEXT, 0.85), 2.5)
    for name, side, word in ((net, -1, "net"), (out, 1, "out")):
        middle = x + side * _RADIUS * 0.475
        yield Text(middle, y - 22, word, _LABEL, Ink.MUTED if side < 0 else Ink.TEXT, 80)
        yield _value(moment, name, middle, y + 10, _RADIUS * 0.9)


def _error(moment: Moment, y: float) -> Iterator[Shape]:
    top = y - _ERROR_SIZE[1] / 2
    yield Line(((_ERROR, top - 42), (_ERROR, top)), Tint(Ink.LINE), 2.5, has_arrow=True)
    target = f"{_('target t')} = {numbers.given(moment.setup.target)}"
    yield Text(_ERROR, top - 62, target, _LABEL + 1, Ink.TEXT, 156, is_bold=True)
    yield Box(_ERROR, y, *_ERROR_SIZE, Tint(Ink.BACKWARD, 0.08), Tint(Ink.TEXT, 0.75))
    yield Text(_ERROR, y - 22, _("error E"), _LABEL, Ink.MUTED, 120)
    yield _value(moment, "error", _ERROR, y + 12, _ERROR_SIZE[0] - 12)


def _backward(moment: Moment, rows: _Rows) -> Iterator[Shape]:
    if moment.position.step <= FORWARD_STEPS:
        yield from _way_back_ahead(moment, rows)
        return
    for points, needed in _ways(rows):
        if moment.value(needed) is not None:
            yield Line(points, Tint(Ink.BACKWARD), 3.0, has_arrow=True)
    for name, x, y in _factors(rows):
        if moment.value(name) is not None:
            fill, stroke = Tint(Ink.BACKWARD, 0.04), Tint(Ink.BACKWARD, 0.45)
            yield Box(x, y, *_CHIP, fill, stroke, 1.5)
            yield from _named_value(moment, name, x, y, _CHIP[0] - 10)
    for name, x in (("de_dw2", _EDGE_2), ("de_dw1", _EDGE_1)):
        if moment.value(name) is not None:
            fill, stroke = Tint(Ink.BACKWARD, 0.14), Tint(Ink.BACKWARD)
            yield Box(x, rows.gradient, *_GRADIENT, fill, stroke, 2.0)
            yield from _named_value(moment, name, x, rows.gradient, _GRADIENT[0] - 8)


def _factors(rows: _Rows) -> tuple[tuple[str, float, float], ...]:
    return (
        ("de_dout_o", _ERROR, rows.shared),
        ("dout_o_dnet_o", _OUTPUT_SLOPE, rows.shared),
        ("dnet_o_dw2", _EDGE_2, rows.shared),
        ("dnet_o_dout_h", _EDGE_2, rows.onward),
        ("dout_h_dnet_h", _HIDDEN, rows.onward),
        ("dnet_h_dw1", _EDGE_1, rows.onward),
    )


def _ways(rows: _Rows) -> tuple[tuple[tuple[tuple[float, float], ...], str], ...]:
    """The arrows of the way back, each with the quantity from which on it is gone."""
    half_width, half_height = _CHIP[0] / 2, _CHIP[1] / 2
    below = rows.gradient + _GRADIENT[1] / 2
    shared, onward = rows.shared, rows.onward
    return (
        (((_ERROR, rows.net + _ERROR_SIZE[1] / 2), (_ERROR, shared - half_height)), "de_dout_o"),
        (((_ERROR - half_width, shared), (_OUTPUT_SLOPE + half_width, shared)), "dout_o_dnet_o"),
        (((_OUTPUT_SLOPE - half_width, shared), (_EDGE_2 + half_width, shared)), "dnet_o_dw2"),
        (((_EDGE_2, shared - half_height), (_EDGE_2, below)), "de_dw2"),
        (
            ((_SPLIT, shared), (_SPLIT, onward), (_EDGE_2 + half_width, onward)),
            "dnet_o_dout_h",
        ),
        (((_EDGE_2 - half_width, onward), (_HIDDEN + half_width, onward)), "dout_h_dnet_h"),
        (((_HIDDEN - half_width, onward), (_EDGE_1 + half_width, onward)), "dnet_h_dw1"),
        (((_EDGE_1, onward - half_height), (_EDGE_1, below)), "de_dw1"),
    )


def _way_back_ahead(moment: Moment, rows: _Rows) -> Iterator[Shape]:
    """The ways back as a faint line, and a sentence on why nothing stands there."""
    below = rows.net + _ERROR_SIZE[1] / 2
    corners = ((_ERROR, below), (_ERROR, rows.shared), (_SPLIT, rows.shared))
    faint = Tint(Ink.LINE, 0.7)
    up = ((_SPLIT, rows.shared), (_EDGE_2, rows.shared), (_EDGE_2, rows.net + 24))
    on = ((_SPLIT, rows.shared), (_SPLIT, rows.onward), (_EDGE_1, rows.onward))
    yield Line(corners, faint, 2.0, is_dashed=True)
    yield Line(up, faint, 2.0, is_dashed=True, has_arrow=True)
    yield Line((*on, (_EDGE_1, rows.net + 24)), faint, 2.0, is_dashed=True, has_arrow=True)
    sentence = {
        None: _("The backward pass has not begun."),
        Stop.TOLERANCE: _("The error is below the tolerance: no backward pass, the run ends here."),
        Stop.MAX_ITERATIONS: _("The last iteration allowed: no backward pass, the run ends here."),
        Stop.NOT_FINITE: _("A quantity is no longer finite: the run ends here."),
    }[moment.stop]
    middle = (rows.onward + rows.height) / 2
    yield Text(WIDTH / 2, middle, sentence, 21, Ink.MUTED, WIDTH - 80)


def _named_value(moment: Moment, name: str, x: float, y: float, room: float) -> Iterator[Shape]:
    yield Text(x, y - 16, QUANTITIES[name].symbol, _LABEL, Ink.BACKWARD, room)
    yield _value(moment, name, x, y + 14, room, Ink.BACKWARD)


def _value(moment: Moment, name: str, x: float, y: float, room: float, ink: Ink = Ink.TEXT) -> Text:
    value = moment.value(name)
    if value is None:
        text = ""
    elif name == "input":
        text = numbers.given(value)
    else:
        text = numbers.short(value)
    return Text(x, y, text, _VALUE, ink, room, is_bold=True)


def _label(text: str, x: float, y: float) -> Text:
    return Text(x, y, text, _LABEL, Ink.MUTED, 210)


def _spots(moment: Moment, rows: _Rows) -> Iterator[Spot]:
    y, r = rows.net, _RADIUS
    places = [
        Spot(_INPUT, y, *_INPUT_SIZE, "input"),
        Spot(_ERROR, y - _ERROR_SIZE[1] / 2 - 62, 156, 32, "target"),
        Spot(_EDGE_1, y - _weight_height(moment, "w1"), 126, 28, "w1"),
        Spot(_EDGE_2, y - _weight_height(moment, "w2"), 126, 28, "w2"),
        Spot(_EDGE_1, y - _LOWER_LABEL, 126, 28, "new_w1"),
        Spot(_EDGE_2, y - _LOWER_LABEL, 126, 28, "new_w2"),
        Spot(_HIDDEN - r / 2, y, r, 1.5 * r, "net_h"),
        Spot(_HIDDEN + r / 2, y, r, 1.5 * r, "out_h"),
        Spot(_OUTPUT - r / 2, y, r, 1.5 * r, "net_o"),
        Spot(_OUTPUT + r / 2, y, r, 1.5 * r, "out_o"),
        Spot(_ERROR, y, *_ERROR_SIZE, "error"),
        Spot(_EDGE_2, rows.gradient, *_GRADIENT, "de_dw2"),
        Spot(_EDGE_1, rows.gradient, *_GRADIENT, "de_dw1"),
        *(Spot(x, height, *_CHIP, name) for name, x, height in _factors(rows)),
    ]
    yield from (spot for spot in places if moment.value(spot.quantity) is not None)
