"""From shapes to pixels."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QImage, QPainter
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.drawing.layout import LECTURE
from backprop_gui.drawing.network import draw
from backprop_gui.drawing.shapes import (
    Box,
    Disc,
    Drawing,
    HalfDisc,
    HalfRing,
    Ink,
    Line,
    Ring,
    Shape,
    Text,
    Tint,
)
from backprop_gui.lesson.moment import Position, moment_at
from backprop_gui.paint.painter import fit, paint
from backprop_gui.paint.theme import DARK, LIGHT, Theme, interface_font

FORWARD = Tint(Ink.FORWARD)
SHAPES = (
    HalfDisc(50, 50, 20, is_right=True, fill=FORWARD),
    HalfRing(50, 50, 20, True, FORWARD, 3),
    Disc(50, 50, 20, FORWARD),
    Ring(50, 50, 20, FORWARD, 3),
    Box(50, 50, 40, 20, FORWARD, FORWARD),
    Line(((10, 50), (90, 50)), FORWARD, 3, has_arrow=True),
    Text(50, 50, "∂E/∂w_2", 20, Ink.FORWARD, 90),
)


def _painted(*shapes: Shape, theme: Theme = LIGHT, width: int = 100, height: int = 100) -> QImage:
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(theme.ground))
    painter = QPainter(image)
    drawing = Drawing(100, 100, shapes, ())
    paint(painter, drawing, QRectF(0, 0, width, height), theme, QFont())
    painter.end()
    return image


def _inked(image: QImage, theme: Theme = LIGHT) -> set[tuple[int, int]]:
    ground = QColor(theme.ground).rgb()
    places = ((x, y) for x in range(image.width()) for y in range(image.height()))
    return {(x, y) for x, y in places if image.pixel(x, y) != ground}


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("shape", SHAPES, ids=lambda shape: type(shape).__name__)
def test_every_kind_of_shape_leaves_its_ink_around_its_place(
    qtbot: QtBot, shape: Shape, theme: Theme
) -> None:
    inked = _inked(_painted(shape, theme=theme), theme)
    assert len(inked) > 20
    xs, ys = [x for x, _y in inked], [y for _x, y in inked]
    assert 5 <= min(xs) <= max(xs) <= 95
    assert abs((min(ys) + max(ys)) / 2 - 50) < 5


def test_a_right_half_is_filled_on_the_right_only(qtbot: QtBot) -> None:
    inked = _inked(_painted(HalfDisc(50, 50, 20, is_right=True, fill=FORWARD)))
    assert min(x for x, _y in inked) >= 49
    assert (65, 50) in inked


def test_a_long_text_is_set_smaller_until_it_fits(qtbot: QtBot) -> None:
    long = Text(50, 50, "−1.2345678901234567·10⁻³⁰⁰", 20, Ink.TEXT, max_width=60)
    xs = [x for x, _y in _inked(_painted(long))]
    assert max(xs) - min(xs) <= 62


def test_a_text_that_is_a_little_too_long_gets_narrower_and_keeps_its_height(
    qtbot: QtBot,
) -> None:
    def size(max_width: float) -> tuple[int, int]:
        inked = _inked(_painted(Text(50, 50, "0.0500", 20, Ink.TEXT, max_width)))
        xs, ys = [x for x, _y in inked], [y for _x, y in inked]
        return max(xs) - min(xs), max(ys) - min(ys)

    (width, height), (narrow, same), (small, low) = size(99), size(54), size(30)
    assert small < narrow < width
    assert same == height > low


@pytest.mark.parametrize("setup", [Setup(), Setup(w1=-0.5, w2=-0.5, target=0.2)])
def test_no_text_of_a_lecture_loses_height(qtbot: QtBot, setup: Setup) -> None:
    run = Run(setup)
    run.advance(900)
    for iteration in (1, 100, run.iteration - 1, run.iteration):
        for step in range(1, 16):
            moment = moment_at(run, Position(iteration, step))
            for shape in draw(moment, 2.0, LECTURE).shapes:
                if isinstance(shape, Text):
                    font = interface_font()
                    font.setPixelSize(round(shape.size))
                    font.setWeight(QFont.Weight.DemiBold if shape.is_bold else QFont.Weight.Normal)
                    width = QFontMetricsF(font).horizontalAdvance(shape.text.replace("_", ""))
                    assert 0.8 * width <= 1.02 * shape.max_width, shape.text


def test_a_dashed_line_has_gaps_and_a_solid_one_has_none(qtbot: QtBot) -> None:
    def gaps(is_dashed: bool) -> int:
        line = Line(((10, 50), (90, 50)), FORWARD, 4, is_dashed)
        inked = _inked(_painted(line))
        return sum((x, 50) not in inked for x in range(12, 88))

    assert gaps(is_dashed=False) == 0
    assert gaps(is_dashed=True) > 10


@pytest.mark.parametrize("area", [QRectF(0, 0, 300, 100), QRectF(10, 20, 50, 500)])
def test_a_drawing_fills_its_area_and_is_centred_in_it(area: QRectF) -> None:
    scale, offset = fit(Drawing(200, 100, (), ()), area)
    shown = QRectF(offset.x(), offset.y(), 200 * scale, 100 * scale)
    assert area.contains(shown) or area == shown
    assert shown.center() == area.center()
    assert max(shown.width() / area.width(), shown.height() / area.height()) == pytest.approx(1)


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_every_ink_can_be_read_on_the_ground(theme: Theme) -> None:
    for ink in set(Ink) - {Ink.LINE}:
        assert _contrast(theme.ink(ink), QColor(theme.ground)) >= 4.5, ink


def _contrast(one: QColor, other: QColor) -> float:
    """The contrast ratio of WCAG 2."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def _luminance(colour: QColor) -> float:
    parts = [
        c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4
        for c in (colour.redF(), colour.greenF(), colour.blueF())
    ]
    return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]
