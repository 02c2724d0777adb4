"""The canvas with the network."""

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.drawing.shapes import Text
from backprop_gui.lesson.moment import Position, moment_at
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.views.network_view import NetworkView

_PLAIN = QImage.Format.Format_RGB32
_MOMENT = moment_at(Run(Setup()), Position(1, 9))


def _least_px(view: NetworkView) -> float:
    drawing = view._laid_out()
    scale = min(view.width() / drawing.width, view.height() / drawing.height)
    return scale * min(shape.size for shape in drawing.shapes if isinstance(shape, Text))


@pytest.mark.parametrize("size", [(560, 300), (702, 400), (1100, 620)])
def test_the_person_s_text_size_enlarges_the_drawing_s_letters(
    qtbot: QtBot, size: tuple[int, int]
) -> None:
    view = NetworkView(_MOMENT)
    qtbot.addWidget(view)
    view.resize(*size)
    usual = _least_px(view)
    assert usual >= 9 / 72 * view.logicalDpiY()
    view.set_text_scale(1.5)
    assert _least_px(view) >= 1.15 * usual
    view.set_text_scale(1.0)
    assert _least_px(view) == usual


@pytest.mark.parametrize("width", [560, 694, 956])
@pytest.mark.parametrize("digits", [4, 17])
def test_no_letter_is_below_nine_points_in_the_lowest_card(
    qtbot: QtBot, width: int, digits: int
) -> None:
    view = NetworkView(_MOMENT)
    qtbot.addWidget(view)
    view.show_numerals(Numerals(digits))
    view.resize(width, view.minimumHeight())
    assert _least_px(view) >= 9 / 72 * view.logicalDpiY()


@pytest.mark.parametrize("size", [(644, 330), (702, 400), (1100, 500)])
def test_the_drawing_fills_its_canvas(qtbot: QtBot, size: tuple[int, int]) -> None:
    view = NetworkView(_MOMENT)
    qtbot.addWidget(view)
    view.resize(*size)
    drawing = view._laid_out()
    assert drawing.width / drawing.height == pytest.approx(size[0] / size[1])


@pytest.mark.parametrize("is_large", [False, True])
def test_what_is_on_the_screen_after_a_step_is_the_whole_drawing_of_it(
    qtbot: QtBot, is_large: bool
) -> None:
    run = Run(Setup())
    run.advance(3)
    view = NetworkView(_MOMENT)
    qtbot.addWidget(view)
    view.resize(900, 480)
    view.set_large(is_large)
    with qtbot.waitExposed(view):
        view.show()
    steps = range(1, _MOMENT.lesson.last_step + 1)
    for place in (Position(1, 1), *(Position(2, step) for step in steps), Position(3, 12)):
        view.show_moment(moment_at(run, place), is_step=True)
        for time in (0, 140, 280):  # as the step moves, until it is there
            view._motion.setCurrentTime(time)
            QApplication.processEvents()
            seen = view.screen().grabWindow(view.winId()).toImage()
            assert seen.convertToFormat(_PLAIN) == view.grab().toImage().convertToFormat(_PLAIN)
