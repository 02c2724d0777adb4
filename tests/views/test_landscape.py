"""The landscape's card: pointing reads core's numbers, clicks and keys start there, maps move."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt
from PySide6.QtGui import QMouseEvent, QWheelEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup, backward, forward
from backprop_gui.core.run import Run
from backprop_gui.lesson.surface import Layer, Region
from backprop_gui.lesson.surface_look import Beside
from backprop_gui.state.session import Session
from backprop_gui.views.landscape_panel import LandscapePanel

REGION = Region(-3.0, 3.0, -2.0, 4.0)


class Shown:
    """A panel with the session that it shows, wired as in the window."""

    def __init__(self, qtbot: QtBot) -> None:
        self.session = session = Session()
        self.panel = LandscapePanel(session.state)
        qtbot.addWidget(self.panel)
        qtbot.addWidget(self.panel.tools)
        session.state_changed.connect(self.panel.show_state)
        self.panel.look_chosen.connect(session.set_look)
        self.panel.start_chosen.connect(self._start)
        self.panel.resize(600, 480)
        self.panel.show()
        self.map = self.panel.map

    def _start(self, w1: float, w2: float, goes_on: bool) -> None:
        self.session.set_setup(replace(self.session.setup, w1=w1, w2=w2), goes_on=goes_on)

    def look_at(self, region: Region) -> None:
        self.session.set_look(self.session.state.look._replace(region=region, is_typed=True))

    def pixel(self, w1: float, w2: float) -> QPoint:
        return QPointF(*self.map.plane.place(w1, w2)).toPoint()

    def move(self, to: QPoint, *, held: bool = False) -> None:
        button = Qt.MouseButton.LeftButton if held else Qt.MouseButton.NoButton
        point = QPointF(to)
        event = QMouseEvent(
            QEvent.Type.MouseMove,
            point,
            self.map.mapToGlobal(point),
            Qt.MouseButton.NoButton,
            button,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(self.map, event)

    def drag(self, start: QPoint, *via: QPoint) -> None:
        QTest.mousePress(self.map, Qt.MouseButton.LeftButton, pos=start)
        for point in via:
            self.move(point, held=True)
        QTest.mouseRelease(self.map, Qt.MouseButton.LeftButton, pos=via[-1])

    def turn_wheel(self, at: QPoint, notches: int) -> None:
        point = QPointF(at)
        event = QWheelEvent(
            point,
            self.map.mapToGlobal(point),
            QPoint(),
            QPoint(0, 120 * notches),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.NoModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(self.map, event)

    @property
    def weights(self) -> tuple[float, float]:
        return self.session.setup.w1, self.session.setup.w2

    def button(self, text: str) -> QPushButton:
        (found,) = (b for b in self.panel.tools.findChildren(QPushButton) if b.text() == text)
        return found


@pytest.fixture
def shown(qtbot: QtBot) -> Shown:
    return Shown(qtbot)


def test_a_click_starts_there_and_undo_brings_the_former_start_back(shown: Shown) -> None:
    shown.look_at(REGION)
    shown.session.go_to_last()
    before = shown.session.state.moment
    QTest.mouseClick(shown.map, Qt.MouseButton.LeftButton, pos=shown.pixel(-2.0, 1.0))
    assert shown.weights == pytest.approx((-2.0, 1.0), abs=6.0 / 400)
    assert all(len(repr(weight)) <= 5 for weight in shown.weights)  # not more digits than pixels
    shown.session.undo()
    assert shown.weights == (0.5, 0.5)
    assert shown.session.state.moment == before


def test_enter_starts_where_the_pointer_is(shown: Shown) -> None:
    shown.look_at(REGION)
    shown.move(shown.pixel(1.0, 2.0))
    QTest.keyClick(shown.map, Qt.Key.Key_Return)
    assert shown.weights == pytest.approx((1.0, 2.0), abs=6.0 / 400)


def test_dragging_the_start_moves_it_live_as_one_change(shown: Shown) -> None:
    shown.look_at(REGION)
    seen: list[tuple[float, float]] = []
    shown.session.state_changed.connect(
        lambda state: seen.append((state.run.setup.w1, state.run.setup.w2))
    )
    ways = [(1.0, 1.0), (1.5, 2.0), (2.0, 3.0)]
    shown.drag(shown.pixel(0.5, 0.5), *(shown.pixel(*way) for way in ways))
    for found, wanted in zip(seen, ways, strict=True):
        assert found == pytest.approx(wanted, abs=6.0 / 400)
    shown.session.undo()
    assert shown.weights == (0.5, 0.5)


def test_dragging_elsewhere_moves_the_map_with_the_pointer_and_nothing_else(shown: Shown) -> None:
    shown.look_at(REGION)
    start, end = shown.pixel(-2.0, 3.0), shown.pixel(-1.0, 2.5)
    held = shown.map.plane.weights(start.x(), start.y())
    shown.drag(start, QPoint(start.x() + 5, start.y()), end)
    assert shown.map.plane.weights(end.x(), end.y()) == pytest.approx(held, abs=1e-9)
    assert shown.weights == (0.5, 0.5)


def test_the_wheel_zooms_around_the_pointer(shown: Shown) -> None:
    shown.look_at(REGION)
    at = shown.pixel(2.0, -1.0)
    held = shown.map.plane.weights(at.x(), at.y())
    span = shown.map.plane.region.w1_span
    shown.turn_wheel(at, 3)
    plane = shown.map.plane
    assert plane.region.w1_span < 0.6 * span
    assert plane.weights(at.x(), at.y()) == pytest.approx(held, abs=1e-9)


def test_zooming_ends_where_doubles_do(shown: Shown) -> None:
    shown.look_at(REGION)
    at = shown.pixel(0.5, 0.5)
    for _turn in range(40):
        shown.turn_wheel(at, 10)
    low, high = shown.map.plane.region[:2]
    assert high - low > 1e-9
    for _turn in range(80):
        shown.turn_wheel(at, -10)
    assert max(map(abs, shown.map.plane.region)) <= 1e9


def test_fit_shows_start_path_and_exact_solutions_with_equal_units(shown: Shown) -> None:
    shown.session.go_to_last()
    shown.look_at(Region(50.0, 51.0, 50.0, 51.0))
    shown.button("Fit").click()
    plane, run = shown.map.plane, shown.session.state.run
    for iteration in (1, 100, run.iterations):
        assert plane.region.contains(*run.weights(iteration))
    assert plane.units_per_w1 == pytest.approx(plane.units_per_w2)
    shown.panel.resize(480, 600)
    plane = shown.map.plane
    assert plane.units_per_w1 == pytest.approx(plane.units_per_w2)


def test_arrow_keys_move_the_start_by_a_box_s_step(shown: Shown) -> None:
    for key in (Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Up, Qt.Key.Key_Left, Qt.Key.Key_Down):
        QTest.keyClick(shown.map, key)
    assert shown.weights == (0.5, 0.6)


def test_pointing_reads_core_s_numbers_and_the_run_s_length(shown: Shown, qtbot: QtBot) -> None:
    shown.look_at(REGION)
    shown.move(shown.pixel(-2.0, 1.0))
    qtbot.waitUntil(lambda: "w₁" in shown.map.accessibleDescription() or bool(reading(shown)))
    words = reading(shown)
    lines = dict(line.split(" = ") for line in words.splitlines()[1:-1])
    head = words.splitlines()[0]
    w1, w2 = (float(part.split(" = ")[1].replace("−", "-")) for part in head.split(", "))
    setup = Setup(w1=w1, w2=w2)
    seen = forward(setup, w1, w2)
    found = backward(setup, w2, seen)
    for name, value in (("E", seen.error), ("∂E/∂w₁", found.de_dw1), ("∂E/∂w₂", found.de_dw2)):
        assert float(lines[name].replace("−", "-")) == float(f"{value:.4g}")
    run = Run(setup)
    run.advance(100_000)
    assert words.splitlines()[-1] == f"{run.iteration:,} iterations"


def reading(shown: Shown) -> str:
    from PySide6.QtWidgets import QLabel

    (label,) = shown.map.findChildren(QLabel)
    return label.text().replace("\u200b", "") if not label.isHidden() else ""


def test_the_buttons_choose_a_layer_and_what_stands_beside(shown: Shown) -> None:
    look = shown.session.state.look
    assert (look.layer, look.beside) == (Layer.ERROR, Beside.NOTHING)
    shown.button("slices").click()
    shown.button("ends").click()
    look = shown.session.state.look
    assert (look.layer, look.beside) == (Layer.ENDS, Beside.SLICES)
    assert not shown.panel.slices.isHidden()
    shown.button("slices").click()
    assert shown.session.state.look.beside is Beside.NOTHING
    assert shown.panel.slices.isHidden()


def test_a_map_of_starts_is_wanted_only_while_it_is_to_be_seen(shown: Shown) -> None:
    asked: list[str] = []
    shown.panel.map_wanted.connect(lambda *_what: asked.append("wanted"))
    shown.panel.map_unwanted.connect(lambda: asked.append("unwanted"))
    shown.button("iterations").click()
    assert asked[-1] == "wanted"
    shown.button("error").click()
    assert asked[-1] == "unwanted"
    shown.panel.hide()
    asked.clear()
    shown.session.set_look(shown.session.state.look._replace(layer=Layer.ENDS))
    assert "wanted" not in asked
