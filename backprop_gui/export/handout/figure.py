"""The drawing of the network in a handout, as all formats with pictures have it."""

from PySide6.QtCore import QSizeF

from backprop_gui.drawing.layout import Measures
from backprop_gui.drawing.network import draw
from backprop_gui.export import render
from backprop_gui.export.cell import LEAST_PX
from backprop_gui.export.picture import Picture
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.paint.painter import paint
from backprop_gui.paint.theme import LIGHT, interface_font

# In logical pixels, 96 to an inch: as wide as upright paper has room for.
FIGURE = QSizeF(698, 324)
_MEASURES = Measures(label=42, value=42, symbol=42, digits=1, is_large=True)


def has_room(digits: int, *, is_blanked: bool) -> bool:
    """Say whether all numbers of a figure can be read with so many digits.

    Blanked, it has given numbers only, beside which there is more room.
    """
    return _measures(digits).digits >= (digits if is_blanked else digits + 1)


def figure_picture(moment: Moment, digits: int, *, is_blanked: bool) -> Picture:
    """Return the picture of a moment, its numbers with so many digits, or as many as fit."""
    drawing = draw(
        moment,
        FIGURE.width() / FIGURE.height(),
        _measures(digits),
        numerals=Numerals(digits),
        is_blanked=is_blanked,
    )
    area = render.area_of(FIGURE)
    font = interface_font()
    return Picture(FIGURE, lambda painter, _scale: paint(painter, drawing, area, LIGHT, font))


def _measures(digits: int) -> Measures:
    """Return the measures with room for numbers of so many digits such as 0.05000, or for fewer."""
    return _MEASURES.showing(digits + 1, (FIGURE.width(), FIGURE.height()), LEAST_PX)
