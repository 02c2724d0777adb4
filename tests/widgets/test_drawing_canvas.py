"""A canvas keeps its pixels, and what it shows of them is what painting all at once would show."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QRectF, QSize
from PySide6.QtGui import QImage, QPainter, QPixmap, QRegion
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from backprop_gui.lesson.surface import Layer, Region
from backprop_gui.paint.painter import paint
from backprop_gui.paint.theme import DARK, LIGHT, Theme
from backprop_gui.state.session import Session
from backprop_gui.widgets.drawing_canvas import DrawingCanvas
from backprop_gui.widgets.landscape_map import LandscapeMap
from backprop_gui.widgets.relief_picture import ReliefPicture
from backprop_gui.widgets.slices_picture import SlicesPicture

_CORNER = QPoint(3, 6)  # of the canvas, not on a whole pixel where one is 1.25 of a unit


class Shown:
    """A map with the slices and the relief of a session, on a screen of so many pixels a unit."""

    def __init__(self, qtbot: QtBot, ratio: float) -> None:
        self.session, self._ratio = Session(), ratio
        self.map = LandscapeMap(self.session.state)
        self.canvases = self.map, SlicesPicture(self.map), ReliefPicture(self.map)
        self.map.look_chosen.connect(self.session.set_look)
        for canvas in self.canvases:
            qtbot.addWidget(canvas)
            canvas.resize(420, 330)
            canvas.show()
            self.session.state_changed.connect(canvas.show_state)
        self.show_theme(LIGHT)

    def show_theme(self, theme: Theme) -> None:
        self.theme = theme
        for canvas in self.canvases:
            canvas.set_theme(theme)

    def assert_whole(self, what: str) -> None:
        for canvas in self.canvases:
            assert self._kept(canvas) == self._at_once(canvas), (what, canvas.objectName())

    def _kept(self, canvas: QWidget) -> QImage:
        pixels = self._ground(canvas)
        canvas.render(pixels, _CORNER, QRegion(), QWidget.RenderFlag(0))
        return pixels.toImage()

    def _at_once(self, canvas: DrawingCanvas) -> QImage:
        pixels = self._ground(canvas)
        with QPainter(pixels) as painter:
            painter.translate(_CORNER)
            paint(painter, canvas.drawing, QRectF(canvas.rect()), self.theme, canvas.font())
        return pixels.toImage()

    def _ground(self, canvas: QWidget) -> QPixmap:
        corner = QSize(_CORNER.x(), _CORNER.y())
        pixels = QPixmap((canvas.size() + 2 * corner) * self._ratio)
        pixels.setDevicePixelRatio(self._ratio)
        pixels.fill(self.theme.ground)
        return pixels


@pytest.mark.parametrize("ratio", [1.0, 1.25, 2.0])
def test_what_is_shown_is_the_whole_drawing_whatever_came_before(
    qtbot: QtBot, ratio: float
) -> None:
    shown = Shown(qtbot, ratio)
    session, surface = shown.session, shown.map
    for _step in range(16):
        session.step_on()
        shown.assert_whole(f"step at {session.moment.position}")
    for iteration in (3, 4, 20, 21, 500, 1000):
        session.go_to_iteration(iteration)
        shown.assert_whole(f"iteration {iteration}")
    shown.show_theme(DARK)
    shown.assert_whole("another theme")
    session.go_to_iteration(600)
    shown.assert_whole("moved in it")
    surface.zoom(0.5)
    shown.assert_whole("zoomed")
    session.go_to_iteration(501)
    shown.assert_whole("moved after that")
    session.set_setup(replace(session.setup, w1=-1.0))
    shown.assert_whole("another start, with the run before kept")
    session.go_to_iteration(200)
    (kept,) = session.state.kept
    session.rename_kept(kept.id, "another name")
    shown.assert_whole("renamed")
    session.show_kept(kept.id, is_shown=False)
    shown.assert_whole("hidden")
    session.show_kept(kept.id, is_shown=True)
    shown.assert_whole("shown")
    session.set_setup(replace(session.setup, tolerance=1e-3))
    shown.assert_whole("another tolerance")
    for canvas in shown.canvases:
        canvas.resize(431, 317)
    shown.assert_whole("another size")
    session.set_look(session.state.look._replace(region=Region(-9.0, 9.0, -1.0, 2.0)))
    session.set_look(session.state.look._replace(layer=Layer.ENDS))
    shown.assert_whole("another layer")
