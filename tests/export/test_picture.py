"""Pictures."""

from pathlib import Path

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFont, QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.export.picture import network_image, save_png, widget_image
from backprop_gui.lesson.moment import Position, moment_at
from backprop_gui.paint.theme import DARK, LIGHT

MOMENT = moment_at(Run(Setup()), Position(1, 15))


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_a_network_s_picture_has_the_theme_s_ground_and_something_on_it(
    qtbot: QtBot, theme
) -> None:
    image = network_image(MOMENT, QSize(400, 250), 2.0, theme, QFont())
    assert (image.width(), image.height()) == (800, 500)
    assert image.pixelColor(0, 0).name() == theme.ground
    colours = {image.pixel(x, y) for x in range(0, 800, 5) for y in range(0, 500, 5)}
    assert len(colours) > 10


def test_the_same_moment_gives_the_same_pixels(qtbot: QtBot) -> None:
    first, second = (
        network_image(MOMENT, QSize(400, 250), 1.0, LIGHT, QFont()) for _each in range(2)
    )
    assert first == second


def test_a_widget_s_picture_has_more_detail_at_a_larger_scale(qtbot: QtBot) -> None:
    label = QLabel("0.5637")
    qtbot.addWidget(label)
    label.resize(80, 30)
    small, large = (widget_image(label, scale, LIGHT) for scale in (1.0, 3.0))
    assert large.size() == small.size() * 3
    blown_up = small.scaled(large.size())
    assert large.convertToFormat(QImage.Format.Format_RGB32) != blown_up


def test_a_saved_picture_is_the_picture(qtbot: QtBot, tmp_path: Path) -> None:
    image = network_image(MOMENT, QSize(300, 200), 1.0, LIGHT, QFont())
    save_png(image, tmp_path / "network.png")
    read = QImage(str(tmp_path / "network.png")).convertToFormat(image.format())
    assert [path.name for path in tmp_path.iterdir()] == ["network.png"]
    assert all(
        read.pixel(x, y) == image.pixel(x, y) for x in range(0, 300, 3) for y in range(0, 200, 3)
    )
