"""The upper part of the drawing: the network, with the values of the forward pass."""

import math
from collections.abc import Iterator

from backprop_gui.drawing.emphasis import HALVES
from backprop_gui.drawing.fitting import Rooms
from backprop_gui.drawing.layout import ARROW, PAD, RING
from backprop_gui.drawing.pen import AHEAD, GROUND, Pen, plain, value_of
from backprop_gui.drawing.shapes import Box, HalfDisc, HalfRing, Ink, Line, Ring, Shape, Text, Tint
from backprop_gui.system.texts import _

_KNOWN = Tint(Ink.TEXT, 0.85)


def edge_width(weight: float) -> float:
    """Return how thick the edge of a weight is drawn: it grows with |w|, up to 20."""
    size = abs(weight)
    return 2.0 + 18.0 * (size / (size + 4.0) if math.isfinite(size) else 1.0)


class Forward:
    """The network of a pen's moment."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._measures = pen.measures
        self._y = pen.layout.net

    def lines(self) -> Iterator[Shape]:
        """Yield the edges."""
        ways = self._pen.ways
        yield self._edge("w1", ways["net_h"])
        yield self._edge("w2", ways["net_o"])
        name = _("from the output neuron to the error")
        yield Line(ways["error"], Tint(Ink.LINE), 2.5, name=name)

    def shapes(self) -> Iterator[Shape]:
        """Yield what the edges connect, and the weights above them."""
        m, y = self._measures, self._y
        columns = self._pen.layout.columns
        for weight in ("w1", "w2"):
            yield from self._weight(weight)
        given = columns[0]
        yield Box(given, y, *m.input_size, Tint(Ink.FORWARD, 0.10), _KNOWN, name=_("input"))
        yield from self._pen.value("input", given, y, m.input_size[0] - 2 * PAD - 4)
        above = y - m.input_size[1] / 2 - PAD - 0.6 * m.label
        name = _("input i") if not m.is_large else "i"
        yield self._pen.name_of(name, given, above, m.input_size[0], Ink.MUTED)
        yield from self._neuron(_("hidden neuron h"), ("net_h", "out_h"), columns[2])
        yield from self._neuron(_("output neuron o"), ("net_o", "out_o"), columns[4])
        yield from self._target()
        yield from self._error()

    def _weight(self, name: str) -> Iterator[Shape]:
        """A weight above its edge: grey when there is a new one."""
        pen, (x, _y, _width, _height) = self._pen, self._pen.areas[name]
        room = pen.layout.label_room
        ink = Ink.TEXT if pen.moment.value(f"new_{name}") is None else Ink.MUTED
        top, bottom = self._two_lines(name)
        yield pen.symbol(name, x, top, room, ink)
        yield from pen.value(name, x, bottom, room, ink)

    def _two_lines(self, name: str) -> tuple[float, float]:
        """Return how high a name and a number below it stand in the area of a quantity."""
        m, (_x, y, _width, height) = self._measures, self._pen.areas[name]
        top, bottom = y - height / 2 + m.pad + RING / 2, y + height / 2 - m.pad - RING / 2
        return top + 0.38 * m.symbol, bottom - 0.41 * m.value

    def _edge(self, name: str, ends: tuple[tuple[float, float], ...]) -> Line:
        """The edge of a weight; it grows or shrinks from the old weight to the new one."""
        pen = self._pen
        old = pen.moment.value(name) or 0.0
        new = pen.moment.value(f"new_{name}")
        label = _("edge of {symbol}").format(symbol=plain(name))
        if new is None or pen.is_blanked:
            tint = Tint(Ink.TEXT, 0.55)
            return Line(ends, tint, edge_width(old), is_dashed=old < 0, name=label)
        is_own_step = pen.is_own(f"new_{name}")
        share = pen.progress if is_own_step else 1.0
        width = edge_width(old) + (edge_width(new) - edge_width(old)) * share
        tint = Tint(Ink.UPDATE, 0.9) if is_own_step else Tint(Ink.TEXT, 0.55)
        is_dashed = (new if share == 1 else old) < 0
        return Line(ends, tint, width, is_dashed=is_dashed, name=label)

    def _neuron(self, title: str, names: tuple[str, str], x: float) -> Iterator[Shape]:
        pen, y, r = self._pen, self._y, self._measures.radius
        net, out = names
        activation = pen.moment.value(out)
        is_blank = activation is None or math.isnan(activation) or pen.is_blanked
        depth = 0.0 if is_blank else 0.06 + 0.5 * (activation or 0.0)
        left, right = (_("{neuron}: {half}").format(neuron=title, half=w) for w in ("net", "out"))
        yield HalfDisc(x, y, r, is_right=False, fill=Tint(Ink.MUTED, 0.07), name=left)
        yield HalfDisc(x, y, r, is_right=True, fill=Tint(Ink.FORWARD, depth), name=right)
        middle = _("middle of the {neuron}").format(neuron=title)
        yield Line(((x, y - r), (x, y + r)), Tint(Ink.TEXT, 0.6), 1.5, name=middle)
        if pen.is_known(out):
            yield Ring(x, y, r, _KNOWN, 2.5, name=title)
        else:
            yield Ring(x, y, r, AHEAD, 2.5, name=title, is_dashed=True)
        if pen.is_known(net) and not pen.is_known(out):
            yield HalfRing(x, y, r, False, _KNOWN, 2.5, name=left, is_open=True)
        for name in names:
            yield from self._half(name, x)
        above = y - r - 14 - 0.6 * self._measures.label
        yield pen.name_of(title, x, above, 2.3 * r, Ink.MUTED)

    def _half(self, name: str, x: float) -> Iterator[Shape]:
        """The symbol of half a neuron, and its number below: in two lines where it is long."""
        pen, m = self._pen, self._measures
        side = 1 if HALVES[name] else -1
        high = 0.76 * m.value
        rows = ((-m.value, 0.9 * m.symbol), (0.4 * m.value, high), (1.4 * m.value, high))
        places = pen.layout.half_rooms(*rows)
        spots = [
            (x + side * off, self._y + down)
            for (_room, off), (down, _high) in zip(places, rows, strict=True)
        ]
        top, *rooms = (room for room, _off in places)
        ink = Ink.TEXT if pen.is_known(name) else Ink.MUTED
        yield pen.symbol(name, *spots[0], top, ink)
        made = pen.written(name, Rooms(rooms[0], (rooms[0], rooms[1])))
        is_bold, label = pen.is_own(name), value_of(name)
        for line, spot, room in zip(made.lines, spots[1:], rooms, strict=False):
            yield Text(*spot, line, made.size, Ink.TEXT, room, is_bold, label)

    def _target(self) -> Iterator[Shape]:
        pen, m = self._pen, self._measures
        x, _y, width, _height = pen.areas["target"]
        top = self._y - m.error_size[1] / 2
        arrow = _("from the target to the error")
        yield Line(((x, top - ARROW), (x, top)), Tint(Ink.LINE), 2.5, has_arrow=True, name=arrow)
        name = "t" if m.is_large else _("target t")
        room, (above, below) = width - 2 * self._measures.pad - 3, self._two_lines("target")
        yield pen.name_of(name, x, above, room, Ink.MUTED)
        yield from pen.value("target", x, below, room)

    def _error(self) -> Iterator[Shape]:
        pen, (x, y, width, height) = self._pen, self._pen.areas["error"]
        title, room = _("error E"), width - 2 * self._measures.pad - 4
        name = "E" if self._measures.is_large else title
        if pen.is_known("error"):
            yield Box(x, y, width, height, Tint(Ink.BACKWARD, 0.08), _KNOWN, name=title)
        else:
            yield Box(x, y, width, height, GROUND, AHEAD, 2.0, title, is_dashed=True)
        yield pen.name_of(name, x, y - 0.24 * height, room, Ink.MUTED)
        yield from pen.value("error", x, y + 0.23 * height, room)
