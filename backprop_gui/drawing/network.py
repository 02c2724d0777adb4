"""A moment as a drawing of the network: the one description that screen and files paint.

Above, the forward pass from left to right; below, the way back. The error's blame goes through
the output neuron once, from there up to w2, and on through the hidden neuron to w1. What is not
known yet is there from the first step on, dashed and with its symbol.
"""

from collections.abc import Iterator

from backprop_gui.drawing import emphasis
from backprop_gui.drawing.backward import Backward
from backprop_gui.drawing.forward import Forward
from backprop_gui.drawing.layout import DESK, Area, Layout, Measures
from backprop_gui.drawing.pen import Pen
from backprop_gui.drawing.shapes import Drawing, Spot
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import FILES, Numerals


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
    text_scale: float = 1.0,
) -> Drawing:
    """Return the drawing of a moment, laid out for a ground `aspect` times as wide as high.

    `lit` is the code name of a quantity to point at. `progress`, 0 to 1, is how far the motion of
    the step has got; at 1 nothing moves. Numbers have the digits of the `numerals`; fitted, fewer
    where there is no room. Blanked, it is empty where a number is computed, to be filled in by
    hand, and nothing stands out. Texts are `text_scale` times as large as usual.
    """
    measures = measures.scaled(text_scale)
    measures = measures if is_fitted else measures.with_digits(numerals.digits)
    layout = Layout.of(measures, aspect)
    if is_fitted:
        numerals = numerals.with_digits(min(numerals.digits, measures.digits))
    pen = Pen(moment, layout, progress, numerals, is_fitted=is_fitted, is_blanked=is_blanked)
    spots = tuple(_spots(pen))
    lit_areas: list[Area] = [spot[:4] for spot in spots if lit and spot.quantity == lit]
    forward, backward = Forward(pen), Backward(pen)
    shapes = (
        *forward.lines(),
        *backward.lines(),
        *(() if is_blanked else emphasis.way(moment, layout)),
        *forward.shapes(),
        *backward.shapes(),
        *(() if is_blanked else emphasis.shapes(moment, layout, progress)),
        *(shape for area in lit_areas for shape in emphasis.outline(str(lit), area, layout)),
    )
    return Drawing(layout.width, layout.height, shapes, spots)


def _spots(pen: Pen) -> Iterator[Spot]:
    """Yield the places of all quantities that are drawn; the learning rate has two."""
    for name, area in pen.areas.items():
        if name == "eta":
            rates = pen.layout.rates if pen.has_way_back else ()
            yield from (Spot(*rate, name) for rate in rates)
        elif pen.is_known(name):
            yield Spot(*area, name)
