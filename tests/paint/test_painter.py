"""From shapes to pixels."""

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QFont, QFontInfo, QImage, QPainter
from pytestqt.qtbot import QtBot

from backprop_gui.core.kept_run import COLOURS
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
from backprop_gui.paint.colour_map import colours
from backprop_gui.paint.painter import fit, paint
from backprop_gui.paint.theme import DARK, LIGHT, Theme, symbol_family

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


def test_a_text_keeps_its_proportions_whatever_its_room(qtbot: QtBot) -> None:
    def size(max_width: float) -> tuple[int, int]:
        inked = _inked(_painted(Text(50, 50, "0.0500", 20, Ink.TEXT, max_width)))
        xs, ys = [x for x, _y in inked], [y for _x, y in inked]
        return max(xs) - min(xs), max(ys) - min(ys)

    (width, height), (small, low) = size(99), size(40)
    assert small < width
    assert small / low == pytest.approx(width / height, rel=0.15)


def test_a_symbol_has_the_letters_of_the_formula_and_digits_of_one_width(qtbot: QtBot) -> None:
    def inked(text: str, *symbols: str) -> set[tuple[int, int]]:
        return _inked(_painted(Text(50, 50, text, 30, Ink.TEXT, 99, symbols=symbols)))

    assert inked("w_1", "w_1") != inked("w_1")
    assert inked("input i", "i") != inked("input i")
    assert inked("0.5", "w_1") == inked("0.5")
    # The font is there, and no other one in its stead.
    symbol, serif = QFont(symbol_family()), QFont("serif")
    assert QFontInfo(symbol).family() == symbol_family()
    assert QFontInfo(symbol).family() != QFontInfo(serif).family()


@pytest.mark.parametrize("kind", ["box", "ring"])
def test_a_dashed_outline_has_gaps(qtbot: QtBot, kind: str) -> None:
    def ink(*, is_dashed: bool) -> int:
        box = Box(50, 50, 80, 60, None, FORWARD, 3, is_dashed=is_dashed)
        ring = Ring(50, 50, 40, FORWARD, 3, is_dashed=is_dashed)
        return len(_inked(_painted(box if kind == "box" else ring)))

    assert 0.4 * ink(is_dashed=False) < ink(is_dashed=True) < 0.85 * ink(is_dashed=False)


def test_an_open_half_ring_lacks_the_straight_side(qtbot: QtBot) -> None:
    def inked(*, is_open: bool) -> set[tuple[int, int]]:
        return _inked(_painted(HalfRing(50, 50, 40, True, FORWARD, 3, is_open=is_open)))

    assert (50, 50) in inked(is_open=False)
    assert (50, 50) not in inked(is_open=True)
    assert (90, 50) in inked(is_open=True)


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
    # Not of letters, or not on the ground.
    lines = {ink for ink in Ink if ink.value in COLOURS} | {Ink.LINE, Ink.CHALK, Ink.COAL}
    for ink in set(Ink) - lines:
        assert _contrast(theme.ink(ink), QColor(theme.ground)) >= 4.5, ink


def test_one_of_two_inks_can_be_read_on_each_colour_of_the_map() -> None:
    for colour in colours()[:252]:
        assert max(_contrast(LIGHT.ink(ink), colour) for ink in (Ink.CHALK, Ink.COAL)) >= 4.5


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
