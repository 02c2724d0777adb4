"""Rasters: each pixel has the colour of what is at its centre."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QImage, QPainter
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup, forward
from backprop_gui.drawing.error_field import ErrorField, ScaleField, scale_of
from backprop_gui.drawing.shapes import Drawing, Flat, Raster
from backprop_gui.lesson.surface import Region
from backprop_gui.paint.colour_map import colours
from backprop_gui.paint.painter import paint
from backprop_gui.paint.theme import DARK, LIGHT, Theme

SIZE = (40, 30)


def _painted(raster: Raster, scale: int, theme: Theme = LIGHT) -> QImage:
    made = QImage(SIZE[0] * scale, SIZE[1] * scale, QImage.Format.Format_RGB32)
    painter = QPainter(made)
    drawing = Drawing(*SIZE, (raster,), ())
    paint(painter, drawing, QRectF(0, 0, made.width(), made.height()), theme, QFont())
    painter.end()
    return made


@pytest.mark.parametrize("scale", [1, 3])
@pytest.mark.parametrize(
    ("setup", "region"),
    [
        (Setup(), Region(-4, 6, -2, 6)),
        (Setup(), Region(0.5, 0.5000001, 0.5, 0.5000001)),
        (Setup(input=5.0, target=0.2), Region(-3, 3, -30, 30)),
        (Setup(target=1.5), Region(-1e6, 1e6, -20, 20)),
    ],
)
def test_a_pixel_has_the_colour_of_the_error_at_its_centre(
    qtbot: QtBot, setup: Setup, region: Region, scale: int
) -> None:
    errors = scale_of(setup)
    field = ErrorField(setup.input, setup.target, region, errors)
    made = _painted(Raster(20, 15, *SIZE, field), scale)
    places = [colour.rgb() for colour in colours()]
    for x in range(0, made.width(), 7):
        for y in range(0, made.height(), 5):
            w1 = region.w1_low + (x + 0.5) / made.width() * region.w1_span
            w2 = region.w2_high - (y + 0.5) / made.height() * region.w2_span
            error = forward(setup, w1, w2).error
            place = 0 if error < errors.band else 1 + round(250 * errors.share(error))
            near = places[max(0, place - 1) : place + 2]  # a place to each side for rounding
            assert made.pixel(x, y) in near, (x, y)


def test_both_themes_have_the_same_colours_of_numbers(qtbot: QtBot) -> None:
    raster = Raster(20, 15, *SIZE, ScaleField())
    assert _painted(raster, 1) == _painted(raster, 1, DARK)


def test_the_colour_map_gets_brighter_with_each_place() -> None:
    grey = [0.2126 * c.redF() + 0.7152 * c.greenF() + 0.0722 * c.blueF() for c in colours()[:252]]
    assert all(later > earlier - 1e-3 for earlier, later in zip(grey, grey[8:], strict=False))
    assert grey[-1] - grey[0] > 0.6


def test_what_is_off_the_map_has_a_colour_of_its_own() -> None:
    off = [colours()[flat] for flat in Flat]
    for number, one in enumerate(off):
        for other in (*colours()[:252], *off[number + 1 :]):
            assert _distance(one, other) > 30


def _distance(one: QColor, other: QColor) -> int:
    pairs = zip(one.getRgb()[:3], other.getRgb()[:3], strict=True)  # type: ignore[index]
    return sum(abs(a - b) for a, b in pairs)
