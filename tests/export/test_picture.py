"""What pictures show."""

import re
from html import unescape

import pytest
from PySide6.QtCore import QRectF, QSizeF
from PySide6.QtGui import QFont, QImage, QPainter
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.drawing.layout import LECTURE
from backprop_gui.drawing.network import draw
from backprop_gui.drawing.shapes import Text
from backprop_gui.export import picture as picture_module
from backprop_gui.export import render
from backprop_gui.export.contents import What
from backprop_gui.export.picture import Look, Picture, moment_picture, room_within
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.formula import formula
from backprop_gui.lesson.moment import Position, moment_at
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.paint.painter import paint
from backprop_gui.paint.theme import DARK, LIGHT

MOMENT = moment_at(Run(Setup()), Position(1, 15))
SIZE = QSizeF(960, 540)
OF_A_MOMENT = (What.NETWORK, What.FORMULA, What.BOTH, What.VALUES, What.LANDSCAPE)


def _image(what: What = What.NETWORK, look: Look | None = None, moment=MOMENT) -> QImage:
    look = look or Look()
    picture = moment_picture(what, moment, SIZE, look, QFont())
    return render.image(picture, 1.0, look.theme.ground)


def _inked(image: QImage, area: QRectF, ground: str) -> bool:
    """Say whether anything but the ground is in the area."""
    return any(
        image.pixelColor(x, y).name() != ground
        for x in range(int(area.left()), int(area.right()), 2)
        for y in range(int(area.top()), int(area.bottom()), 2)
    )


@pytest.mark.parametrize("theme", [LIGHT, DARK])
@pytest.mark.parametrize("what", OF_A_MOMENT)
def test_a_picture_has_the_theme_s_ground_and_something_on_it(
    qtbot: QtBot, what: What, theme
) -> None:
    image = _image(what, Look(theme=theme))
    assert image.pixelColor(0, 0).name() == theme.ground
    colours = {image.pixel(x, y) for x in range(0, 960, 3) for y in range(0, 540, 3)}
    assert len(colours) > 10


def test_the_network_s_picture_is_what_the_one_painter_paints(qtbot: QtBot) -> None:
    room = room_within(SIZE, Look())
    drawing = draw(MOMENT, room.width() / room.height(), is_fitted=False)

    def paint_it(painter: QPainter, _scale: float) -> None:
        paint(painter, drawing, room, LIGHT, QFont())

    assert _image() == render.image(Picture(SIZE, paint_it), 1.0, LIGHT.ground)


@pytest.mark.parametrize("what", OF_A_MOMENT)
def test_another_moment_is_another_picture_and_the_same_one_the_same(
    qtbot: QtBot, what: What
) -> None:
    other = moment_at(Run(Setup(w1=-2.0)), Position(1, 14))
    assert _image(what) == _image(what)
    assert _image(what) != _image(what, moment=other)


def test_title_and_caption_stand_beside_the_content_and_not_on_it(qtbot: QtBot) -> None:
    plain, titled = Look(), Look(title="Lecture 3", is_captioned=True)
    room = room_within(SIZE, titled)
    above = QRectF(0, 0, SIZE.width(), room.top())
    below = QRectF(0, room.bottom(), SIZE.width(), SIZE.height() - room.bottom())
    assert not _inked(_image(look=plain), QRectF(0, 0, SIZE.width(), 12), LIGHT.ground)
    assert _inked(_image(look=titled), above, LIGHT.ground)
    assert _inked(_image(look=titled), below, LIGHT.ground)


@pytest.mark.parametrize("title", ["a < b & c > d", "😀 ∂E/∂w", "שלום עולם", "x" * 500, "\x00\n\t"])
def test_any_title_can_be_painted(qtbot: QtBot, title: str) -> None:
    image = _image(look=Look(title=title))
    assert image.width() == 960


def test_a_widget_is_no_picture_of_a_moment(qtbot: QtBot) -> None:
    for what in (What.ERROR, What.WINDOW):
        with pytest.raises(ValueError, match="no moment"):
            moment_picture(what, MOMENT, SIZE, Look(), QFont())


def test_large_text_is_larger(qtbot: QtBot) -> None:
    texts = {
        is_large: max(
            s.size for s in draw(MOMENT, 1.8, Look(is_large=is_large).measures).shapes
            if hasattr(s, "text")
        )
        for is_large in (False, True)
    }  # fmt: skip
    assert texts[True] > texts[False]


@pytest.mark.parametrize("is_large", [False, True])
@pytest.mark.parametrize("digits", [3, 7, 17])
def test_the_drawing_beside_a_formula_has_its_digits(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, digits: int, is_large: bool
) -> None:
    drawn = []
    monkeypatch.setattr(picture_module, "paint", lambda _painter, made, *_more: drawn.append(made))
    look = Look(digits=digits, is_large=is_large)
    moment = moment_at(Run(Setup(input=-1e-7, w1=1 / 3)), Position(1, 15))
    _image(What.BOTH, look, moment)
    lines: dict[str, str] = {}  # a long number has two
    for shape in drawn[0].shapes:
        if isinstance(shape, Text) and shape.name.startswith("value"):
            lines[shape.name] = lines.get(shape.name, "") + shape.text
    texts = set(lines.values())
    for step in range(1, 16):
        at_step = moment_at(Run(moment.setup), Position(1, step))
        value = formula(at_step, Numerals(LECTURE.digits if is_large else digits)).pieces[-1].text
        assert value in texts, step
    assert lines["value of w₁"].startswith("0.333")


@pytest.mark.parametrize("step", ARTICLE.steps, ids=lambda step: step.quantity.name)
def test_the_picture_of_a_sigmoid_s_formula_has_its_curve(qtbot: QtBot, step) -> None:
    moment = moment_at(Run(Setup()), Position(1, step.number))
    picture = moment_picture(What.FORMULA, moment, QSizeF(960, 300), Look(), QFont())
    svg = render.svg(picture, None, "", "", outlines=False).decode()
    texts = {unescape(text).strip() for text in re.findall(r">([^<>]+)</text>", svg)}
    name = step.quantity.name
    assert ("−5" in texts) == (name in {"out_h", "out_o", "dout_h_dnet_h", "dout_o_dnet_o"})
    if name in {"dout_h_dnet_h", "dout_o_dnet_o"}:
        assert FILES.short(moment.values[name]) in texts
