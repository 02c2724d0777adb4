"""The lower part of the drawing: the way back, and the ways up to new weights."""

from collections.abc import Iterator

from backprop_gui.drawing.fitting import Rooms
from backprop_gui.drawing.layout import PAD
from backprop_gui.drawing.pen import AHEAD, GROUND, IDLE, Pen, plain, value_of
from backprop_gui.drawing.shapes import Box, Ink, Line, Shape, Text, Tint
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.ending import reason
from backprop_gui.system.texts import _

_WEIGHTS = ("w1", "w2")
_GRADIENTS = ("de_dw2", "de_dw1")
_FACTORS = (
    "de_dout_o",
    "dout_o_dnet_o",
    "dnet_o_dw2",
    "dnet_o_dout_h",
    "dout_h_dnet_h",
    "dnet_h_dw1",
)
_RAISED = 0.08  # in units of its size, for what hangs below a line's letters


class Backward:
    """The way back of a pen's moment: what is gone of it, and the rest as a ghost."""

    def __init__(self, pen: Pen) -> None:
        self._pen = pen
        self._measures = pen.measures
        self._areas = pen.areas

    def lines(self) -> Iterator[Shape]:
        """Yield the ways."""
        if self._pen.has_way_back:
            for name in (*_FACTORS, *_GRADIENTS, *(f"new_{weight}" for weight in _WEIGHTS)):
                yield self._way(name)

    def shapes(self) -> Iterator[Shape]:
        """Yield what stands on the ways; or why there is no way back."""
        if not self._pen.has_way_back:
            yield from self._reason()
            return
        for name in (*_FACTORS, *_GRADIENTS):
            yield from self._box(name)
        yield from self._shared()
        for weight, area in zip(_WEIGHTS, self._pen.layout.rates, strict=True):
            yield from self._rate(weight, area)
            yield from self._new_weight(weight)

    def _way(self, name: str) -> Line:
        points = self._pen.ways[name]
        label = _("way to {symbol}").format(symbol=plain(name))
        if not self._pen.is_known(name):
            return Line(points, AHEAD, 2.0, is_dashed=True, has_arrow=True, name=label)
        ink = Ink(ARTICLE.steps[ARTICLE.step_of[name] - 1].phase.value)
        return Line(points, Tint(ink, IDLE), 3.0, has_arrow=True, name=label)

    def _box(self, name: str) -> Iterator[Shape]:
        """A factor or a gradient: its symbol, and its number below."""
        x, y, width, height = self._areas[name]
        room, off = width - 2 * self._measures.pad - 4, 0.226 * height
        is_known = self._pen.is_known(name)
        if is_known:
            depth = 0.14 if name in _GRADIENTS else 0.06
            fill, stroke = Tint(Ink.BACKWARD, depth), Tint(Ink.BACKWARD, IDLE)
            yield Box(x, y, width, height, fill, stroke, 2.0, name=plain(name))
        else:
            yield Box(x, y, width, height, GROUND, AHEAD, 2.0, plain(name), is_dashed=True)
        ink = Ink.BACKWARD if is_known else Ink.MUTED
        yield self._pen.symbol(name, x, y - off, room, ink)
        yield from self._pen.value(name, x, y + off, room, Ink.BACKWARD)

    def _shared(self) -> Iterator[Shape]:
        """Say of the two factors that both gradients have that they are computed once."""
        if not self._pen.is_known("de_dw2"):
            return
        m, layout = self._measures, self._pen.layout
        left = self._areas["dout_o_dnet_o"][0] - m.chip[0] / 2
        right = self._areas["de_dout_o"][0] + m.chip[0] / 2
        y = layout.shared + m.chip[1] / 2 + PAD
        bracket = ((left, y), (left, y + 7), (right, y + 7), (right, y))
        name = _("shared factors")
        yield Line(bracket, Tint(Ink.BACKWARD, IDLE), 1.5, name=name)
        for row, line in enumerate((_("computed once,"), _("used for w_2 and for w_1"))):
            height = y + 7 + PAD + (0.5 + 1.2 * row) * m.label
            place = ((left + right) / 2, height, line, m.label, Ink.BACKWARD, right - left)
            yield Text(*place, name=name, symbols=("w_1", "w_2"))

    def _rate(self, weight: str, area: tuple[float, float, float, float]) -> Iterator[Shape]:
        """The learning rate, on the way from a gradient up to its weight."""
        pen, (x, y, width, height) = self._pen, area
        is_known = pen.is_known(f"new_{weight}")
        stroke = Tint(Ink.UPDATE, IDLE) if is_known else AHEAD
        name = _("learning rate η")
        yield Box(x, y, width, height, GROUND, stroke, 2.0, name, is_dashed=not is_known)
        room = width - 2 * self._measures.pad - 4
        made = pen.written("eta", Rooms(room), before="η = ")
        ink = Ink.UPDATE if is_known else Ink.MUTED
        for line in made.lines:
            label = value_of("eta")
            yield Text(
                x, y - _RAISED * made.size, line, made.size, ink, room, name=label, symbols=("η",)
            )

    def _new_weight(self, weight: str) -> Iterator[Shape]:
        """The new weight, below the edge, where the way from the gradient ends."""
        pen, name = self._pen, f"new_{weight}"
        x, y, width, height = self._areas[name]
        room = width - 2 * self._measures.pad - 4
        if not pen.is_known(name):
            yield Box(x, y, width, height, GROUND, AHEAD, 2.0, plain(name), is_dashed=True)
            text = _("new {symbol}").format(symbol=ARTICLE.quantities[weight].symbol)
            yield pen.name_of(text, x, y - _RAISED * self._measures.label, room, Ink.MUTED)
            return
        fill, stroke = Tint(Ink.UPDATE, 0.08), Tint(Ink.UPDATE, IDLE)
        yield Box(x, y, width, height, fill, stroke, 2.0, name=plain(name))
        yield from pen.value(name, x, y, room, Ink.UPDATE)

    def _reason(self) -> Iterator[Shape]:
        """A sentence in the middle of the room that the way back would have."""
        m, layout = self._measures, self._pen.layout
        why = _("{reason}.").format(reason=reason(self._pen.moment, self._pen.numerals))
        top = layout.net + m.radius
        for row, line in enumerate((why, _("The run ends here, without a backward pass."))):
            y = (top + layout.height) / 2 + (row - 0.5) * 1.4 * m.label
            room = layout.width - 4 * PAD
            yield Text(layout.width / 2, y, line, m.label + 2, Ink.MUTED, room, name=_("note"))
