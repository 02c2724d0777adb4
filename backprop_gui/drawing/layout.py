"""Where everything stands in the drawing, in its logical units, y downwards.

Texts decide how large boxes and neurons are, and those how small the drawing can be. What its
ground has to spare goes to the edges where it is wide, and between the rows where it is high.
"""

import math
from functools import lru_cache
from typing import NamedTuple

from backprop_gui.drawing import widths
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.numbers import MINUS, Numerals

PAD = 8.0  # from a text to the border around it, at the least
CLEAR = 6.0  # from a ring to what it must not touch
EDGE = 170.0  # the least length of an edge; the last one, which has no weight, gives way first
ARROW = 36.5  # the least length of an arrow between boxes
RING = 2.5  # the width of a ring's line
RING_BEYOND = 9.0  # how far beyond a neuron's circle its ring is
_MARGIN = 12.0  # above and below what there is
_ASIDE = 5.0  # and beside it
_MIDDLE, _HALF_LINE = 1.0, 1.5  # half of a neuron's middle line, and of its circle's line
_STUB = 14.0  # from a gradient up to the learning rate
_ABOVE = 26.0  # and from there up to the new weight
_BETWEEN = 22.0  # from the factors for w2 down to those for w1
_FRAME = 4.0  # the width of the frame around this step's box
_BESIDE = 2 * (CLEAR + 1.25 + _FRAME)  # what a weight's box must leave of its edge
_HALF_EDGE = 10.0  # of the widest
_TALLEST = 1.05  # how high the drawing can be, in units of its width
_FLATTEST = 3.2  # and how wide, in units of its height
_MOST_DIGITS = 9  # for which there is room
_FEW, _USUAL = 3, 4  # digits
_SCALES = (1.1, 1.2, 1.35, 1.5, 1.75, 2.0, 2.1)
_LARGE = 1.2  # the scale from which texts have few of them, and symbols are no larger
_DIGIT, _POINT, _MINUS = (
    widths.width(sign, 1.0) for sign in ("0", ".", MINUS)
)  # in units of the size
_OVERHANG = 0.014  # by which slanted letters lean out of their width
_WIDEST_SYMBOL = _OVERHANG + max(
    widths.width(quantity.symbol, 1.0, (quantity.symbol,))
    for quantity in ARTICLE.quantities.values()
)

Area = tuple[float, float, float, float]  # the centre (x, y), width and height
Way = tuple[tuple[float, float], ...]


class Measures(NamedTuple):
    """The sizes of a drawing's texts, and what follows from them.

    `label`, `value` and `symbol` are sizes in logical units; `digits` are significant ones, and
    `pad` is how far a text stays from the border around it.
    """

    label: float
    value: float
    symbol: float
    digits: int
    is_large: bool = False
    pad: float = PAD

    def scaled(self, text_scale: float) -> "Measures":
        """Return the measures with texts so many times as large, of few digits where large."""
        if text_scale == 1:
            return self
        label, value, symbol = (round(text_scale * size) for size in self[:3])
        if text_scale < _LARGE:
            return self._replace(label=label, value=value, symbol=symbol)
        few = min(self.digits, _FEW)
        return self._replace(label=label, value=value, symbol=value, digits=few)

    def legible(self, ground: tuple[float, float], least_px: float, text_scale: float) -> float:
        """Return the scale of texts, from `text_scale` on, at which none is below `least_px`.

        `ground` is the width and the height in pixels that the drawing has. Where it is too small
        for that at any scale, texts are as large as they can be.
        """
        scales = [text_scale, *(scale for scale in _SCALES if scale > text_scale)]
        sizes = []
        for scale in scales:
            px = self.scaled(scale).px(ground)
            if px >= least_px:
                return scale
            sizes.append(px)
        return scales[sizes.index(max(sizes))]

    def showing(self, digits: int, ground: tuple[float, float], least_px: float) -> "Measures":
        """Return the measures for at most so many digits, more than usual where all is legible.

        `ground` is the width and the height in pixels that the drawing has.
        """
        for more in range(min(digits, _MOST_DIGITS), self.digits, -1):
            measures = self._replace(digits=more)
            if measures.px(ground) >= least_px:
                return measures
        return self._replace(digits=min(digits, self.digits))

    def px(self, ground: tuple[float, float]) -> float:
        """Return the size in pixels of its smallest texts on a ground of so many pixels."""
        width, height = ground
        layout = Layout.of(self, width / max(1.0, height))
        return min(width / layout.width, height / layout.height) * min(self[:3])

    def with_digits(self, digits: int) -> "Measures":
        """Return the measures with room for numbers of exactly so many digits, such as 0.05000.

        Of more than eight digits, numbers are smaller instead.
        """
        return self._replace(digits=min(digits + 1, _MOST_DIGITS))

    def numerals(self, digits: int) -> Numerals:
        """Return how numbers look in texts of this size: with few digits where it is large."""
        return Numerals(self.digits if self.is_large else digits)

    @property
    def half_room(self) -> float:
        """How wide a number in half a neuron can be: 0.5125, or −0.513."""
        positive = _POINT + _DIGIT * (self.digits + 1)
        return self.value * max(positive, positive - _DIGIT + _MINUS)

    @property
    def radius(self) -> float:
        """The radius of a neuron, in each half of which a number keeps clear of all borders."""
        right = self.half_room + PAD + _MIDDLE
        return math.ceil(math.hypot(right, 0.9 * self.value) + PAD + _HALF_LINE)

    @property
    def edge(self) -> float:
        """The least length of an edge, by which its weight and the factors below have room."""
        factor = _WIDEST_SYMBOL * self.symbol
        if self.digits >= _USUAL:
            factor = max(factor, self.value * (_POINT + _DIGIT * (self.digits + 4)))  # 0.0001045
        box = factor + 2 * self.pad + _FRAME
        weight = self.half_room + 2 * self.pad + _BESIDE
        return max(EDGE, weight, 2 * (box + ARROW - self.radius))

    @property
    def input_size(self) -> tuple[float, float]:
        """The box of the input: 0.1234, or −0.123; a digit less in a lecture, which has no room."""
        ems = _POINT + _DIGIT * self.digits + 0.1
        wide = self.value * ems if self.is_large else self.half_room
        wide += 2 * PAD + _FRAME
        return math.ceil(wide), round(3.4 * self.value)

    @property
    def error_size(self) -> tuple[float, float]:
        """The box of the error, as wide as that of the factor below it."""
        return self.chip[0], self.row + 8

    @property
    def chip(self) -> tuple[float, float]:
        """The box of a factor: as wide as the arrows beside it let it be."""
        return self.edge / 2 + self.radius - ARROW, self.row

    @property
    def gradient(self) -> tuple[float, float]:
        """The box of a gradient: −0.0009264."""
        wide = self.value * (_MINUS + _POINT + _DIGIT * (self.digits + 4)) + 2 * self.pad + _FRAME
        return math.ceil(wide), self.row

    @property
    def row(self) -> float:
        """The height of a box with a symbol above a number."""
        return round(2 * self.pad + 20 + 0.82 * (self.symbol + self.value))

    @property
    def line(self) -> float:
        """The height of a box with one line."""
        return math.ceil(2 * self.pad + 5 + 0.97 * self.value)


DESK = Measures(label=24, value=24, symbol=26, digits=_USUAL)
# 20 points are 26.7 pixels; so large are its texts in a window of 1,000 pixels.
LECTURE = Measures(label=49, value=49, symbol=49, digits=_FEW, is_large=True, pad=14.0)


class Layout(NamedTuple):
    """The measures on a ground: its size, the columns' centres and the rows' heights."""

    measures: Measures
    width: float
    height: float
    edge: float  # the length of an edge
    last_edge: float  # of that to the error, as long where there is room
    columns: tuple[float, float, float, float, float, float]  # from the input to the error
    net: float
    gradient: float
    shared: float  # the factors that both gradients use, and the last one for w2
    onward: float  # the factors that only w1 needs

    @classmethod
    @lru_cache(64)
    def of(cls, measures: Measures, aspect: float) -> "Layout":
        """Return the layout for a ground `aspect` times as wide as high.

        It has that shape itself, unless the ground is flatter or taller than a drawing can be.
        """
        m = measures
        least_edge = _least_edge(m)
        fixed = 2 * _ASIDE + m.input_size[0] + 4 * m.radius + m.error_size[0]
        least_width = fixed + 2 * least_edge + EDGE
        net, gradient, shared, onward, least_height = _rows(m)
        width = max(least_width, min(aspect, _FLATTEST) * least_height)
        height = max(least_height, min(width / aspect, _TALLEST * width))
        edge = max(least_edge, (width - fixed) / 3)
        last_edge = width - fixed - 2 * edge
        spare = height - least_height
        return cls(
            m,
            width,
            height,
            edge,
            last_edge,
            _columns(m, edge, last_edge),
            net + 0.25 * spare,
            gradient + 0.4 * spare,
            shared + 0.6 * spare,
            onward + 0.8 * spare,
        )

    @property
    def slope(self) -> float:
        """The column of ∂out_o/∂net_o, in the middle of what is beside it."""
        return (self.columns[3] + self.columns[5]) / 2

    @property
    def split(self) -> float:
        """Where the way to w1 leaves the way to w2."""
        return (self.columns[3] + self.slope) / 2

    @property
    def rates(self) -> tuple[Area, Area]:
        """The places of the learning rate on the ways up to w1 and to w2."""
        m, height = self.measures, self.measures.line
        y = self.gradient - m.gradient[1] / 2 - _STUB - height / 2
        near = _reach(m.radius + CLEAR + RING + 1.25, y - height / 2 - RING - self.net)
        width = min(m.gradient[0], self.edge + 2 * (m.radius - near))
        return (self.columns[1], y, width, height), (self.columns[3], y, width, height)

    def areas(self) -> dict[str, Area]:
        """Return the area of every quantity; that of the learning rate is the first of two."""
        m, y = self.measures, self.net
        given, edge_1, hidden, edge_2, output, error = self.columns
        r, half = m.radius, m.radius - 1
        weight = (self.label_room + 2 * m.pad + RING, 2 * m.pad + 1.02 * (m.symbol + m.value))
        new = (self.label_room + 2 * m.pad + _FRAME, m.line)
        target = (m.error_size[0], weight[1])
        above, below = y - _HALF_EDGE - CLEAR - weight[1] / 2 - 2, y + _HALF_EDGE + PAD + new[1] / 2
        target_y = y - m.error_size[1] / 2 - ARROW - target[1] / 2
        return {
            "input": (given, y, *m.input_size),
            "target": (error, target_y, *target),
            "eta": self.rates[0],
            "w1": (edge_1, above, *weight),
            "w2": (edge_2, above, *weight),
            "new_w1": (edge_1, below, *new),
            "new_w2": (edge_2, below, *new),
            "net_h": (hidden - r / 2, y, half, 1.5 * r),
            "out_h": (hidden + r / 2, y, half, 1.5 * r),
            "net_o": (output - r / 2, y, half, 1.5 * r),
            "out_o": (output + r / 2, y, half, 1.5 * r),
            "error": (error, y, *m.error_size),
            "de_dout_o": (self.columns[5], self.shared, *m.chip),
            "dout_o_dnet_o": (self.slope, self.shared, *m.chip),
            "dnet_o_dw2": (edge_2, self.shared, *m.chip),
            "de_dw2": (edge_2, self.gradient, *m.gradient),
            "dnet_o_dout_h": (edge_2, self.onward, *m.chip),
            "dout_h_dnet_h": (hidden, self.onward, *m.chip),
            "dnet_h_dw1": (edge_1, self.onward, *m.chip),
            "de_dw1": (edge_1, self.gradient, *m.gradient),
        }

    @property
    def label_room(self) -> float:
        """How wide the text of a weight can be."""
        return min(self.edge - _BESIDE - 2 * self.measures.pad, 7 * self.measures.value)

    def half_rooms(self, *rows: tuple[float, float]) -> tuple[tuple[float, float], ...]:
        """Return how wide each text in half a neuron can be, and how far off its middle stands.

        A row is how far below the neuron's middle a text stands, and how high it is.
        """
        reach = self.measures.radius - _HALF_LINE - PAD
        found = []
        for y, height in rows:
            right = _reach(reach, abs(y) + height / 2)
            left = PAD + _MIDDLE
            found.append((right - left, (right + left) / 2))
        return tuple(found)

    def ways(self) -> dict[str, Way]:
        """Return the way that leads to each quantity: forward along the edges, then back."""
        m, y = self.measures, self.net
        given, edge_1, hidden, edge_2, output, error = self.columns
        r, half_width, half_height = m.radius, m.chip[0] / 2, m.chip[1] / 2
        below = self.gradient + m.gradient[1] / 2
        above = self.gradient - m.gradient[1] / 2
        shared, onward, slope = self.shared, self.onward, self.slope
        top = y + _HALF_EDGE + PAD + m.line + 4
        return {
            "net_h": ((given + m.input_size[0] / 2, y), (hidden - r, y)),
            "out_h": ((hidden - r / 2, y + r / 2), (hidden + r / 2, y + r / 2)),
            "net_o": ((hidden + r, y), (output - r, y)),
            "out_o": ((output - r / 2, y + r / 2), (output + r / 2, y + r / 2)),
            "error": ((output + r, y), (error - m.error_size[0] / 2, y)),
            "de_dout_o": ((error, y + m.error_size[1] / 2), (error, shared - half_height)),
            "dout_o_dnet_o": ((error - half_width, shared), (slope + half_width, shared)),
            "dnet_o_dw2": ((slope - half_width, shared), (edge_2 + half_width, shared)),
            "de_dw2": ((edge_2, shared - half_height), (edge_2, below)),
            "dnet_o_dout_h": (
                (self.split, shared),
                (self.split, onward),
                (edge_2 + half_width, onward),
            ),
            "dout_h_dnet_h": ((edge_2 - half_width, onward), (hidden + half_width, onward)),
            "dnet_h_dw1": ((hidden - half_width, onward), (edge_1 + half_width, onward)),
            "de_dw1": ((edge_1, onward - half_height), (edge_1, below)),
            "new_w1": ((edge_1, above), (edge_1, top)),
            "new_w2": ((edge_2, above), (edge_2, top)),
        }


def _rows(m: Measures) -> tuple[float, float, float, float, float]:
    """Return the heights of the rows in the flattest drawing, and how high that is."""
    net = _MARGIN + 1.2 * m.label + 14 + m.radius
    new_bottom = _HALF_EDGE + PAD + m.line + 4
    gradient = net + new_bottom + _ABOVE + m.line + _STUB + m.row / 2
    shared = gradient + m.row + ARROW
    onward = shared + m.row + _BETWEEN
    return net, gradient, shared, onward, onward + m.row / 2 + _MARGIN


def _least_edge(m: Measures) -> float:
    """Return the least length of an edge, below which a gradient has room, too."""
    net, gradient, *_rest = _rows(m)
    down = gradient - m.row / 2 - net
    beside = m.radius - _reach(m.radius, down)
    return max(m.edge, m.gradient[0] + 4 * CLEAR - 2 * beside)


def _reach(radius: float, down: float) -> float:
    """Return how far a circle reaches to a side, so far below its middle."""
    return math.sqrt(max(0.0, radius**2 - down**2))


def _columns(
    m: Measures, edge: float, last_edge: float
) -> tuple[float, float, float, float, float, float]:
    given = _ASIDE + m.input_size[0] / 2
    hidden = given + m.input_size[0] / 2 + edge + m.radius
    output = hidden + 2 * m.radius + edge
    error = output + m.radius + last_edge + m.error_size[0] / 2
    between = m.radius + edge / 2
    return given, hidden - between, hidden, output - between, output, error
