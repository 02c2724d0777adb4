"""A moment as a drawing of the network: the one description that screen and files paint.

Above, the forward pass from left to right; below, the way back. The error's blame goes through
the output neuron once, from there up to w2, and on through the hidden neuron to w1.
"""

import math
from collections.abc import Iterator
from functools import cache

from backprop_gui.drawing import emphasis
from backprop_gui.drawing.layout import DESK, WIDTH, Layout, Measures
from backprop_gui.drawing.shapes import (
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
from backprop_gui.lesson import notation, numbers
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.ending import reason
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.system.texts import _

_GRADIENTS = ("de_dw2", "de_dw1")
_FACTORS = (
    "de_dout_o",
    "dout_o_dnet_o",
    "dnet_o_dw2",
    "dnet_o_dout_h",
    "dout_h_dnet_h",
    "dnet_h_dw1",
)


def draw(
    moment: Moment,
    aspect: float = 1.6,
    measures: Measures = DESK,
    lit: str | None = None,
    progress: float = 1.0,
    numerals: Numerals = FILES,
    *,
    is_fitted: bool = True,
    is_blanked: bool = False,
) -> Drawing:
    """Return the drawing of a moment, laid out for a ground `aspect` times as wide as high.

    `lit` is the code name of a quantity to point at. `progress`, 0 to 1, is how far the motion of
    the step has got; at 1 nothing moves. Fitted, numbers have as many digits as there is room
    for, else those of the `numerals`. Blanked, it is empty where a number is computed, to be
    filled in by hand, and nothing stands out.
    """
    layout = Layout.of(measures, aspect)
    digits = None if is_fitted else numerals.digits
    pen = _Pen(moment, layout, progress, digits, numerals, is_blanked)
    spots = tuple(pen.spots())
    lit_area = next((spot[:4] for spot in spots if spot.quantity == lit), None)
    shapes = (
        *pen.forward(),
        *pen.backward(),
        *(() if is_blanked else emphasis.shapes(moment, layout, pen.areas, progress)),
        *(emphasis.outline(lit, lit_area, layout) if lit and lit_area else ()),
    )
    return Drawing(WIDTH, layout.height, shapes, spots)


def edge_width(weight: float) -> float:
    """Return how thick the edge of a weight is drawn: it grows with |w|, up to 20."""
    size = abs(weight)
    return 2.0 + 18.0 * (size / (size + 4.0) if math.isfinite(size) else 1.0)


class _Pen:
    """A moment being drawn in a layout."""

    def __init__(
        self,
        moment: Moment,
        layout: Layout,
        progress: float,
        digits: int | None,
        numerals: Numerals,
        is_blanked: bool,
    ) -> None:
        self._moment = moment
        self._layout = layout
        self._measures = layout.measures
        self._progress = progress
        self._digits, self._numerals = digits, numerals
        self._is_blanked = is_blanked
        updated = {name for name in ("w1", "w2") if moment.value(f"new_{name}") is not None}
        self.areas = layout.areas(frozenset(updated))

    def forward(self) -> Iterator[Shape]:
        """Yield the network with the values of the forward pass."""
        m, y = self._measures, self._layout.net
        given, _edge_1, hidden, _edge_2, output, error = m.columns
        left, right = given + m.input_size[0] / 2, error - m.error_size[0] / 2
        yield from self._edge("w1", (left, hidden - m.radius))
        yield from self._edge("w2", (hidden + m.radius, output - m.radius))
        name = _("from the output neuron to the error")
        yield Line(((output + m.radius, y), (right, y)), Tint(Ink.LINE), 2.5, name=name)

        fill, stroke = Tint(Ink.FORWARD, 0.10), Tint(Ink.TEXT, 0.75)
        yield Box(given, y, *m.input_size, fill, stroke, name=_("input"))
        yield self._value("input", given, y, m.input_size[0] - 10)
        yield self._label(_("input i") if not m.is_large else "i", given, y + 68)
        yield from self._neuron(_("hidden neuron h"), ("net_h", "out_h"), hidden)
        yield from self._neuron(_("output neuron o"), ("net_o", "out_o"), output)
        yield from self._error()

    def backward(self) -> Iterator[Shape]:
        """Yield the way back, as far as it is gone."""
        if self._moment.position.step <= self._moment.lesson.stop_step:
            yield from self._way_back_ahead()
            return
        for name, points in self._layout.ways().items():
            is_gone = self._is_known(name)
            if is_gone and name in (*_FACTORS, *_GRADIENTS):
                way = _("way to {symbol}").format(symbol=_plain(name))
                yield Line(points, Tint(Ink.BACKWARD), 3.0, has_arrow=True, name=way)
        for name in _FACTORS:
            fill, stroke = Tint(Ink.BACKWARD, 0.04), Tint(Ink.BACKWARD, 0.45)
            yield from self._named_value(name, fill, stroke, 1.5)
        for name in _GRADIENTS:
            fill, stroke = Tint(Ink.BACKWARD, 0.14), Tint(Ink.BACKWARD)
            yield from self._named_value(name, fill, stroke, 2.0)
        yield from self._shared()
        if self._is_updating():
            x, y, width, _height = self.areas["eta"]
            text = f"η {self._related('eta')}"
            size = self._measures.label
            yield Text(x, y, text, size, Ink.UPDATE, width, is_bold=True, name=_value_of("eta"))

    def spots(self) -> Iterator[Spot]:
        """Yield the places of all quantities that are drawn."""
        for name, area in self.areas.items():
            if self._is_known(name) and (name != "eta" or self._is_updating()):
                yield Spot(*area, name)

    def _edge(self, name: str, span: tuple[float, float]) -> Iterator[Shape]:
        m, y = self._measures, self._layout.net
        new = self._moment.value(f"new_{name}")
        yield self._edge_line(name, ((span[0], y), (span[1], y)))
        x, height, room, _height = self.areas[name]
        gap = "\u2009" if m.is_large else " "
        text = f"{ARTICLE.quantities[name].symbol}{gap}{self._related(name, gap)}"
        size = m.value - 0.5 if not m.is_large else m.value
        yield Text(x, height, text, size, Ink.TEXT, room, is_bold=True, name=_value_of(name))
        if new is not None:
            text, label = f"→ {self._text(f'new_{name}')}", _value_of(f"new_{name}")
            height = y - m.lower_label
            yield Text(x, height, text, size, Ink.UPDATE, room, is_bold=True, name=label)

    def _edge_line(self, name: str, ends: tuple[tuple[float, float], ...]) -> Line:
        """The edge of a weight; it grows or shrinks from the old weight to the new one."""
        old = self._moment.value(name) or 0.0
        new = self._moment.value(f"new_{name}")
        label = _("edge of {symbol}").format(symbol=_plain(name))
        if new is None or self._is_blanked:
            tint = Tint(Ink.TEXT, 0.55)
            return Line(ends, tint, edge_width(old), is_dashed=old < 0, name=label)
        is_own_step = self._moment.step.quantity.name == f"new_{name}"
        share = self._progress if is_own_step else 1.0
        width = edge_width(old) + (edge_width(new) - edge_width(old)) * share
        tint = Tint(Ink.UPDATE, 0.9) if is_own_step else Tint(Ink.TEXT, 0.55)
        is_dashed = (new if share == 1 else old) < 0
        return Line(ends, tint, width, is_dashed=is_dashed, name=label)

    def _neuron(self, title: str, names: tuple[str, str], x: float) -> Iterator[Shape]:
        y, r = self._layout.net, self._measures.radius
        net, out = names
        activation = self._moment.value(out)
        is_blank = activation is None or math.isnan(activation) or self._is_blanked
        depth = 0.0 if is_blank else 0.06 + 0.5 * (activation or 0.0)
        left, right = (_("{neuron}: {half}").format(neuron=title, half=w) for w in ("net", "out"))
        yield HalfDisc(x, y, r, is_right=False, fill=Tint(Ink.MUTED, 0.07), name=left)
        yield HalfDisc(x, y, r, is_right=True, fill=Tint(Ink.FORWARD, depth), name=right)
        middle_line = _("middle of the {neuron}").format(neuron=title)
        yield Line(((x, y - r), (x, y + r)), Tint(Ink.TEXT, 0.6), 1.5, name=middle_line)
        yield Ring(x, y, r, Tint(Ink.TEXT, 0.85), 2.5, name=title)
        for name, side, word in ((net, -1, "net"), (out, 1, "out")):
            middle = x + side * r * 0.475
            ink = Ink.MUTED if side < 0 else Ink.TEXT
            yield Text(middle, y - 22, word, self._measures.label, ink, 80, name=_label_of(word))
            yield self._value(name, middle, y + 10, r * 0.9)
        yield self._label(title, x, y - r - 22)

    def _error(self) -> Iterator[Shape]:
        m, y = self._measures, self._layout.net
        x, width = m.columns[-1], m.error_size[0]
        top = y - m.error_size[1] / 2
        arrow = _("from the target to the error")
        yield Line(((x, top - 42), (x, top)), Tint(Ink.LINE), 2.5, has_arrow=True, name=arrow)
        name = "t" if m.is_large else _("target t")
        room = self.areas["target"][2]
        target = f"{name} {self._related('target')}"
        size, label = m.label + 1, _value_of("target")
        yield Text(x, top - 62, target, size, Ink.TEXT, room, is_bold=True, name=label)
        fill, stroke, title = Tint(Ink.BACKWARD, 0.08), Tint(Ink.TEXT, 0.75), _("error E")
        yield Box(x, y, *m.error_size, fill, stroke, name=title)
        yield Text(x, y - 22, title, m.label, Ink.MUTED, width - 10, name=_label_of(title))
        yield self._value("error", x, y + 14, width - 12)

    def _shared(self) -> Iterator[Shape]:
        """Say of the two factors that both gradients have that they are computed once."""
        if not self._is_known("de_dw2"):
            return
        m = self._measures
        left = self.areas["dout_o_dnet_o"][0] - m.chip[0] / 2
        right = self.areas["de_dout_o"][0] + m.chip[0] / 2
        y = self._layout.shared + m.chip[1] / 2 + 9
        bracket = ((left, y), (left, y + 6), (right, y + 6), (right, y))
        name = _("shared factors")
        yield Line(bracket, Tint(Ink.BACKWARD, 0.6), 1.5, name=name)
        if self._is_known("dnet_o_dout_h"):
            words = _("computed once, used twice: for w_2 and for w_1")
        else:
            words = _("computed once: for w_2, and soon for w_1")
        for row, line in enumerate(_two_lines(words) if m.is_large else (words,)):
            height = y + 6 + (0.9 + 1.25 * row) * m.label
            middle, room = (left + right) / 2, right - left
            yield Text(middle, height, line, m.label, Ink.BACKWARD, room, name=name)

    def _way_back_ahead(self) -> Iterator[Shape]:
        """The ways back as a faint line, and a sentence on why nothing stands there."""
        m, layout = self._measures, self._layout
        _given, edge_1, _hidden, edge_2, _output, error = m.columns
        below, shared = layout.net + m.error_size[1] / 2, layout.shared
        onward = layout.onward - (m.chip[1] / 2 if m.is_large else 0)  # room for two large lines
        corners = ((error, below), (error, shared), (m.split, shared))
        faint = Tint(Ink.LINE, 0.7)
        up = ((m.split, shared), (edge_2, shared), (edge_2, layout.net + 24))
        on = ((m.split, shared), (m.split, onward), (edge_1, onward), (edge_1, layout.net + 24))
        name = _("way back")
        yield Line(corners, faint, 2.0, is_dashed=True, name=name)
        yield Line(up, faint, 2.0, is_dashed=True, has_arrow=True, name=name)
        yield Line(on, faint, 2.0, is_dashed=True, has_arrow=True, name=name)
        yield from self._reason((onward + layout.height) / 2)

    def _reason(self, middle: float) -> Iterator[Shape]:
        m = self._measures
        sentence = _why_no_way_back(self._moment)
        lines = _two_lines(sentence) if m.is_large else (sentence,)
        for row, line in enumerate(lines):
            y = middle + (row - (len(lines) - 1) / 2) * 1.3 * m.label
            size, room = m.label + 1, WIDTH - 40
            yield Text(WIDTH / 2, y, line, size, Ink.MUTED, room, name=_("note"))

    def _named_value(
        self, name: str, fill: Tint, stroke: Tint, stroke_width: float
    ) -> Iterator[Shape]:
        if not self._is_known(name):
            return
        x, y, width, height = self.areas[name]
        yield Box(x, y, width, height, fill, stroke, stroke_width, name=_plain(name))
        size, room, label = self._measures.label, width - 8, _label_of(_plain(name))
        yield Text(x, y - 16, ARTICLE.quantities[name].symbol, size, Ink.BACKWARD, room, name=label)
        yield self._value(name, x, y + 0.7 * size, width - 8, Ink.BACKWARD)

    def _value(self, name: str, x: float, y: float, room: float, ink: Ink = Ink.TEXT) -> Text:
        is_half = name in ("net_h", "out_h", "net_o", "out_o")
        most = self._measures.most_characters if is_half else 99
        text, size, label = self._text(name, most), self._measures.value, _value_of(name)
        return Text(x, y, text, size, ink, room, is_bold=True, name=label)

    def _text(self, name: str, most_characters: int = 99) -> str:
        """The text of a quantity, with fewer digits where it would not fit; or nothing."""
        if self._is_blanked and name in ARTICLE.step_of:
            return ""
        if self._digits:
            return self._moment.text(name, self._numerals)
        most = self._measures.digits
        usual = min(most, numbers.DIGITS)  # which have room everywhere but in half a neuron
        fitting = min(most_characters, self.areas[name][2] / (0.6 * self._measures.value) - 1)
        text = ""
        for digits in range(most, usual - 2, -1):
            text = self._moment.text(name, self._numerals.with_digits(digits))
            if len(text) <= (fitting if digits > usual else most_characters):
                break
        return text

    def _related(self, name: str, gap: str = " ") -> str:
        """The text of a given quantity behind its sign: ≈ where digits are left out."""
        text = self._text(name)
        return f"{numbers.relation(text, self._moment.value(name) or 0.0)}{gap}{text}"

    def _label(self, text: str, x: float, y: float) -> Text:
        return Text(x, y, text, self._measures.label, Ink.MUTED, 230, name=_label_of(text))

    def _is_known(self, name: str) -> bool:
        return self._moment.value(name) is not None

    def _is_updating(self) -> bool:
        return self._moment.position.step >= ARTICLE.step_of["new_w1"]


@cache
def _plain(name: str) -> str:
    """Return the symbol of a quantity, by its code name, with Unicode's lowered letters."""
    return notation.plain(ARTICLE.quantities[name].symbol)


@cache
def _value_of(name: str) -> str:
    return _("value of {symbol}").format(symbol=_plain(name))


@cache
def _label_of(what: str) -> str:
    return _("label {what}").format(what=what)


def _why_no_way_back(moment: Moment) -> str:
    if moment.stop is None:
        return _("The backward pass has not begun.")
    return _("{reason}: no backward pass, the run ends here.").format(reason=reason(moment))


def _two_lines(sentence: str) -> tuple[str, ...]:
    """Return the sentence as lines, broken behind its colon."""
    first, colon, rest = sentence.partition(": ")
    return (first + colon.strip(), rest) if rest else (first,)
