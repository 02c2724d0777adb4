"""The drawing of the network in a handout, as all formats with pictures have it."""

from PySide6.QtCore import QSizeF

from backprop_gui.drawing.layout import Measures
from backprop_gui.drawing.network import draw
from backprop_gui.drawing.shapes import Drawing, Text
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


def figure_drawing(
    moment: Moment, digits: int, *, is_blanked: bool, is_fitted: bool = True
) -> Drawing:
    """Return the drawing of a moment, its numbers with so many digits; fitted, or with fewer."""
    aspect, numerals = FIGURE.width() / FIGURE.height(), Numerals(digits)
    measures = _MEASURES.showing(digits + 1, (FIGURE.width(), FIGURE.height()), LEAST_PX)
    return draw(
        moment, aspect, measures, numerals=numerals, is_fitted=is_fitted, is_blanked=is_blanked
    )


def has_room(moment: Moment, digits: int, *, is_blanked: bool) -> bool:
    """Say whether all numbers of the drawing can be read with so many digits."""
    shown, wanted = (
        _letters(figure_drawing(moment, digits, is_blanked=is_blanked, is_fitted=is_fitted))
        for is_fitted in (True, False)
    )
    return shown == wanted


def figure_picture(moment: Moment, digits: int, *, is_blanked: bool) -> Picture:
    """Return the picture of a moment, its numbers with so many digits, or as many as fit."""
    drawing = figure_drawing(moment, digits, is_blanked=is_blanked)
    area, font = render.area_of(FIGURE), interface_font()
    return Picture(FIGURE, lambda painter, _scale: paint(painter, drawing, area, LIGHT, font))


def _letters(drawing: Drawing) -> str:
    """Return all texts of a drawing, where it does not matter how they are broken into lines."""
    texts = (shape.text for shape in drawing.shapes if isinstance(shape, Text))
    return "".join("".join(texts).split())
