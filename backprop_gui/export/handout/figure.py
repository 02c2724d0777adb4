"""The drawing of the network in a handout, as all formats with pictures have it."""

from PySide6.QtCore import QSizeF

from backprop_gui.drawing.network import draw
from backprop_gui.export import render
from backprop_gui.export.handout.worked_example import Figure
from backprop_gui.export.picture import Picture
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.paint.painter import paint
from backprop_gui.paint.theme import LIGHT, interface_font

FIGURE = QSizeF(720, 390)


def figure_picture(figure: Figure, *, is_blanked: bool) -> Picture:
    """Return the picture of a figure."""
    aspect = FIGURE.width() / FIGURE.height()
    drawing = draw(
        figure.moment,
        aspect,
        numerals=Numerals(figure.digits),
        is_fitted=False,
        is_blanked=is_blanked,
    )
    area = render.area_of(FIGURE)
    font = interface_font()
    return Picture(FIGURE, lambda painter, _scale: paint(painter, drawing, area, LIGHT, font))
