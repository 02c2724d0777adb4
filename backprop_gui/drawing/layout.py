"""Where everything stands in the drawing, in its logical units: 1,000 across, y downwards."""

from typing import NamedTuple

WIDTH = 1000.0
_MOST_HEIGHT = 1000.0

Area = tuple[float, float, float, float]  # the centre (x, y), width and height
Way = tuple[tuple[float, float], ...]


class Measures(NamedTuple):
    """Columns, sizes and texts of a drawing: one set for the desk, one for the lecture hall.

    The columns are centres, from the input to the error. `drops` are the least distances from
    the neurons down to the gradients, to the factors of both weights and to those of w1 alone.
    """

    columns: tuple[float, float, float, float, float, float]
    slope: float  # the centre of ∂out_o/∂net_o: it leaves room for the way down to w1
    split: float
    radius: float
    input_size: tuple[float, float]
    error_size: tuple[float, float]
    chip: tuple[float, float]
    gradient: tuple[float, float]
    label: float
    value: float
    lower_label: float  # heights above an edge
    upper_label: float
    top: float
    drops: tuple[float, float, float]
    least_height: float
    digits: int
    most_characters: int  # that half a neuron can hold
    is_large: bool


DESK = Measures(
    columns=(58, 165, 328, 491, 654, 914),
    slope=684,
    split=588,
    radius=98,
    input_size=(84, 84),
    error_size=(140, 104),
    chip=(142, 66),
    gradient=(118, 68),
    label=20,
    value=22.5,
    lower_label=33,
    upper_label=62,
    top=170,
    drops=(64, 185, 303),
    least_height=540,
    digits=4,
    most_characters=9,
    is_large=False,
)

# At 1,000 pixels a unit is a pixel, and 20 points are 26.7 of them.
LECTURE = Measures(
    columns=(44, 158, 350, 542, 734, 928),
    slope=730,
    split=636,
    radius=116,
    input_size=(76, 84),
    error_size=(134, 108),
    chip=(164, 80),
    gradient=(150, 80),
    label=27,
    value=27,
    lower_label=36,
    upper_label=72,
    top=162,
    drops=(70, 182, 276),
    least_height=496,
    digits=3,
    most_characters=7,
    is_large=True,
)


class Layout(NamedTuple):
    """The measures, and the heights of the rows, which share what the card has to spare."""

    measures: Measures
    height: float
    net: float
    gradient: float
    shared: float  # the factors that both gradients use, and the last one for w2
    onward: float  # the factors that only w1 needs

    @classmethod
    def of(cls, measures: Measures, aspect: float) -> "Layout":
        """Return the layout for a ground `aspect` times as wide as high."""
        least = measures.least_height
        height = min(max(WIDTH / aspect, least), _MOST_HEIGHT)
        spare = height - least
        net = measures.top + 0.25 * spare
        down, shared, onward = measures.drops
        return cls(
            measures,
            height,
            net,
            net + down,
            net + shared + 0.3 * spare,
            net + onward + 0.5 * spare,
        )

    def weight_height(self, is_updated: bool) -> float:
        """Return how high above its edge a weight stands: it makes room for the new one."""
        return self.measures.upper_label if is_updated else self.measures.lower_label

    def areas(self, updated: frozenset[str]) -> dict[str, Area]:
        """Return the area of every quantity; `updated` are the weights that have a new value."""
        m, y = self.measures, self.net
        given, edge_1, hidden, edge_2, output, error = m.columns
        r = m.radius
        label = (edge_2 - edge_1 - 2 * r - 4, m.upper_label - m.lower_label - 1)
        chip_x = min(error, WIDTH - 8 - m.chip[0] / 2)
        target = min(m.error_size[0] + 14, 2 * (WIDTH - error) - 12)
        return {
            "input": (given, y, *m.input_size),
            "target": (error, y - m.error_size[1] / 2 - 62, target, 1.6 * m.label),
            "eta": (given + 10, self.gradient + m.gradient[1] / 2 + 30, 96, 1.4 * m.label),
            "w1": (edge_1, y - self.weight_height("w1" in updated), *label),
            "w2": (edge_2, y - self.weight_height("w2" in updated), *label),
            "new_w1": (edge_1, y - m.lower_label, *label),
            "new_w2": (edge_2, y - m.lower_label, *label),
            "net_h": (hidden - r / 2, y, r, 1.5 * r),
            "out_h": (hidden + r / 2, y, r, 1.5 * r),
            "net_o": (output - r / 2, y, r, 1.5 * r),
            "out_o": (output + r / 2, y, r, 1.5 * r),
            "error": (error, y, *m.error_size),
            "de_dout_o": (chip_x, self.shared, *m.chip),
            "dout_o_dnet_o": (m.slope, self.shared, *m.chip),
            "dnet_o_dw2": (edge_2, self.shared, *m.chip),
            "de_dw2": (edge_2, self.gradient, *m.gradient),
            "dnet_o_dout_h": (edge_2, self.onward, *m.chip),
            "dout_h_dnet_h": (hidden, self.onward, *m.chip),
            "dnet_h_dw1": (edge_1, self.onward, *m.chip),
            "de_dw1": (edge_1, self.gradient, *m.gradient),
        }

    def ways(self) -> dict[str, Way]:
        """Return the way that leads to each quantity: forward along the edges, then back."""
        m, y = self.measures, self.net
        given, edge_1, hidden, edge_2, output, error = m.columns
        r, half_width, half_height = m.radius, m.chip[0] / 2, m.chip[1] / 2
        below = self.gradient + m.gradient[1] / 2
        above = self.gradient - m.gradient[1] / 2
        shared, onward = self.shared, self.onward
        chip_x = min(error, WIDTH - 8 - half_width)
        return {
            "net_h": ((given + m.input_size[0] / 2, y), (hidden - r, y)),
            "out_h": ((hidden - r / 2, y + 40), (hidden + r / 2, y + 40)),
            "net_o": ((hidden + r, y), (output - r, y)),
            "out_o": ((output - r / 2, y + 40), (output + r / 2, y + 40)),
            "error": ((output + r, y), (error - m.error_size[0] / 2, y)),
            "de_dout_o": ((error, y + m.error_size[1] / 2), (error, shared - half_height)),
            "dout_o_dnet_o": ((chip_x - half_width, shared), (m.slope + half_width, shared)),
            "dnet_o_dw2": ((m.slope - half_width, shared), (edge_2 + half_width, shared)),
            "de_dw2": ((edge_2, shared - half_height), (edge_2, below)),
            "dnet_o_dout_h": (
                (m.split, shared),
                (m.split, onward),
                (edge_2 + half_width, onward),
            ),
            "dout_h_dnet_h": ((edge_2 - half_width, onward), (hidden + half_width, onward)),
            "dnet_h_dw1": ((hidden - half_width, onward), (edge_1 + half_width, onward)),
            "de_dw1": ((edge_1, onward - half_height), (edge_1, below)),
            "new_w1": ((edge_1, above), (edge_1, y)),
            "new_w2": ((edge_2, above), (edge_2, y)),
        }
