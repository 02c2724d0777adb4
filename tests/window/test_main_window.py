"""The window as a whole."""

import dataclasses
import math
import random
from collections.abc import Callable

import pytest
from PySide6.QtCore import QByteArray, QPoint, QPointF, QRect, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractSlider, QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.lesson.moment import Moment
from backprop_gui.state.state import Axes
from backprop_gui.storage.settings import Settings
from backprop_gui.views.transport import SPEEDS
from backprop_gui.window.exporting import Exporting
from backprop_gui.window.main_window import MainWindow
from backprop_gui.window.preferences import Preferring

ENDLESS = Setup(target=1.5, max_iterations=2_000_000_000)


def _press(qtbot: QtBot, window: MainWindow, *keys: Qt.Key) -> None:
    for key in keys:
        qtbot.keyClick(QApplication.focusWidget() or window, key)


def _edit(qtbot: QtBot, window: MainWindow, name: str, text: str) -> None:
    box = window.setup_panel.boxes[name]
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, text)
    qtbot.keyClick(box, Qt.Key.Key_Return)


def _run_to_end(qtbot: QtBot, window: MainWindow) -> None:
    window.session.set_speed(float("inf"))
    with qtbot.waitSignal(
        window.session.state_changed, check_params_cb=lambda state: not state.is_running
    ):
        window.session.start()


def _pip(window: MainWindow, step: int) -> QPushButton:
    return next(b for b in window.timeline.findChildren(QPushButton) if b.text() == str(step))


def _texts(widget: QWidget) -> str:
    return "\n".join(
        child.text() for child in widget.findChildren(QWidget) if hasattr(child, "text")
    )


def test_a_typed_weight_changes_the_activations_at_once(qtbot: QtBot, window: MainWindow) -> None:
    _edit(qtbot, window, "w2", "2/3")
    assert window.session.setup.w2 == 2 / 3
    assert window.session.moment.value("out_o") == pytest.approx(0.58459, abs=1e-5)
    assert "out o is 0.5846." in window.network.accessibleDescription()


@pytest.mark.window
def test_keys_that_come_before_the_window_is_complete_do_no_harm(qtbot: QtBot) -> None:
    window = MainWindow(Settings())
    qtbot.addWidget(window)
    with qtbot.waitSignal(window.completed):
        window.show()
        for key in (Qt.Key.Key_F11, Qt.Key.Key_Right, Qt.Key.Key_Space, Qt.Key.Key_End):
            qtbot.keyClick(window.network, key)
        for key in (Qt.Key.Key_4, Qt.Key.Key_C):
            qtbot.keyClick(window.network, key, Qt.KeyboardModifier.ControlModifier)
    assert window.session.moment.position == (1, 5)
    assert not window.session.is_running
    window.close()


def test_a_wrong_value_is_marked_in_words_and_the_setup_stays(
    qtbot: QtBot, window: MainWindow
) -> None:
    run = window.session.run
    _edit(qtbot, window, "eta", "-1")
    assert window.session.run is run
    assert "must be 0 or more" in _texts(window.setup_panel)
    assert "The value is still 0.9" in _texts(window.setup_panel)


def test_resetting_to_the_article_also_takes_back_what_is_wrong(
    qtbot: QtBot, window: MainWindow
) -> None:
    _edit(qtbot, window, "target", "0.2")
    _edit(qtbot, window, "eta", "abc")
    window.typed.reset_to_article()
    assert window.session.setup == Setup()
    assert not any(box.problem for box in window.setup_panel.boxes.values())


@pytest.mark.window
def test_the_arrow_keys_step_and_the_space_bar_runs(qtbot: QtBot, window: MainWindow) -> None:
    window.session.set_setup(ENDLESS)
    _press(qtbot, window, Qt.Key.Key_Right, Qt.Key.Key_Right, Qt.Key.Key_Left)
    assert window.session.moment.position == (1, 6)
    _press(qtbot, window, Qt.Key.Key_Space)
    assert window.session.is_running
    _press(qtbot, window, Qt.Key.Key_Space)
    assert not window.session.is_running


def test_all_panels_show_the_same_iteration_while_the_run_goes_on(
    qtbot: QtBot, window: MainWindow
) -> None:
    apart = []

    def compare(moment: Moment) -> None:
        table = window.panels.values.shown_values()[4]
        formula = window.panels.formula.canvas.accessibleDescription().split()[-1]
        if table != moment.text("error") or formula != moment.text(moment.step.quantity.name):
            apart.append(moment.position)

    window.session.state_changed.connect(lambda state: compare(state.moment))
    window.session.set_speed(1000)
    with qtbot.waitSignal(
        window.session.state_changed, check_params_cb=lambda state: not state.is_running
    ):
        window.session.start()
    assert window.session.moment.position == (813, 5)
    assert not apart


def test_the_end_is_told_with_the_numbers_of_the_article_s_program(
    qtbot: QtBot, window: MainWindow
) -> None:
    _run_to_end(qtbot, window)
    told = _texts(window.outcome_panel)
    for part in ("E is below the tolerance", "0.8900135432882583", "0.8800250148952212", "813"):
        assert part in told
    assert "4.005620243943087" in told


def test_an_odd_end_is_explained(qtbot: QtBot, window: MainWindow) -> None:
    window.session.set_setup(Setup(target=1.5, max_iterations=1000))
    _run_to_end(qtbot, window)
    assert "cannot be reached" in _texts(window.outcome_panel)


def test_a_new_run_takes_the_former_end_away(qtbot: QtBot, window: MainWindow) -> None:
    _run_to_end(qtbot, window)
    window.session.reset()
    assert not window.outcome_panel.findChild(QWidget, "headline").isVisible()


@pytest.mark.window
def test_the_scrubber_goes_to_any_iteration_done(qtbot: QtBot, window: MainWindow) -> None:
    _run_to_end(qtbot, window)
    scrubber = next(
        s for s in window.findChildren(QAbstractSlider) if s.accessibleName() == "Iteration"
    )
    assert (scrubber.minimum(), scrubber.maximum(), scrubber.value()) == (1, 813, 813)
    scrubber.setValue(100)
    assert window.session.moment.position == (100, 5)
    qtbot.mouseClick(_pip(window, 9), Qt.MouseButton.LeftButton)
    assert window.session.moment.position == (100, 9)
    scrubber.setValue(200)
    assert window.session.moment.position == (200, 9)


def test_the_speed_slider_reaches_from_one_a_second_to_full_speed(window: MainWindow) -> None:
    slider = next(s for s in window.findChildren(QAbstractSlider) if s.accessibleName() == "Speed")
    slider.setValue(slider.minimum())
    assert window.session.speed == 1
    slider.setValue(slider.maximum())
    assert window.session.speed == float("inf")
    assert tuple(sorted(SPEEDS)) == SPEEDS


@pytest.mark.window
def test_a_click_on_the_plot_goes_to_the_iteration_there(qtbot: QtBot, window: MainWindow) -> None:
    _run_to_end(qtbot, window)
    plot = window.error_plot._plot
    plot.grab()  # only a painted axis knows how wide its numbers are
    plot._plot.getPlotItem().layout.activate()
    box = plot._plot.getPlotItem().getViewBox()
    scene_point = box.mapViewToScene(QPointF(400.0, -2.0))
    point = plot._plot.mapFromScene(scene_point)
    qtbot.mouseMove(plot._plot.viewport(), point)
    qtbot.mouseClick(plot._plot.viewport(), Qt.MouseButton.LeftButton, pos=point)
    assert window.session.moment.iteration == pytest.approx(400, abs=6)


@pytest.mark.window
def test_the_crosshair_reads_the_exact_error(qtbot: QtBot, window: MainWindow) -> None:
    window.session.iteration_on()
    window.session.iteration_on()
    window.error_plot._on_pointed_at(1)
    reading = window.error_plot.findChild(QWidget, "reading")
    assert (reading.isVisible(), reading.text()) == (True, "iteration 1\nE = 0.05654")
    assert window.error_plot.rect().contains(reading.geometry())
    window.error_plot._on_pointed_at(50)
    assert not reading.isVisible()


def test_curves_of_former_runs_stay_until_they_are_cleared(
    qtbot: QtBot, window: MainWindow
) -> None:
    plot = window.error_plot._plot
    for eta in (0.5, 1.0, 2.0):
        window.session.set_setup(Setup(eta=eta))
        _run_to_end(qtbot, window)
    assert len(plot._kept.lines) == 2
    window.session.clear_kept()
    assert not plot._kept.lines


def test_every_pair_of_axes_shows_the_marker_at_the_position(
    qtbot: QtBot, window: MainWindow
) -> None:
    _run_to_end(qtbot, window)
    for is_log_x in (False, True):
        for is_log_y in (False, True):
            window.session.set_axes(Axes(is_log_x, is_log_y))
            plot = window.error_plot._plot
            x, y = (float(data[0]) for data in plot._marks.marker.getData())
            assert (10**x if is_log_x else x) == pytest.approx(813)
            assert (10**y if is_log_y else y) == pytest.approx(4.9864658827745406e-05)
            assert plot._plot.getPlotItem().getViewBox().viewRect().contains(x, y)


def test_an_error_of_zero_and_one_that_is_not_finite_can_be_plotted(
    qtbot: QtBot, window: MainWindow
) -> None:
    for setup in (
        Setup(target=0.5, w2=0.0, tolerance=0.0, max_iterations=50),
        Setup(target=1e200, max_iterations=5),
    ):
        window.session.set_setup(setup)
        window.session.iteration_on()
        for is_log in (True, False):
            window.session.set_axes(Axes(False, is_log))
            window.error_plot.grab()
    assert "E is no longer finite" in _texts(window.outcome_panel)


@pytest.mark.window
def test_the_plot_zooms_and_fits_by_key(qtbot: QtBot, window: MainWindow) -> None:
    _run_to_end(qtbot, window)
    box = window.error_plot._plot._plot.getPlotItem().getViewBox()
    whole = box.viewRect().width()
    qtbot.keyClick(window.error_plot, Qt.Key.Key_Plus)
    assert box.viewRect().width() < whole
    qtbot.keyClick(window.error_plot, Qt.Key.Key_F)
    assert box.viewRect().width() == pytest.approx(whole)


def test_the_plot_stands_at_the_right_of_the_network_or_at_its_left(make_window) -> None:
    wide, narrow = make_window(size=(1280, 720)), make_window(size=(1000, 720))

    def ends(window: MainWindow) -> tuple[int, int, int, int]:
        plot, network = (
            QRect(each.mapTo(window, QPoint()), each.size())
            for each in (window.error_plot, window.network)
        )
        return plot.left(), plot.right(), network.left(), network.right()

    left, _right, _network_left, network_right = ends(wide)
    assert left > network_right
    _left, right, network_left, _network_right = ends(narrow)
    assert right < network_left
    assert narrow.width() <= 1024


@pytest.mark.window
def test_the_window_comes_back_as_it_was_left(qtbot: QtBot, make_window) -> None:
    first = make_window(Settings(setup=Setup(w1=1 / 3)), size=(1100, 700))
    first.appearance.choose(dataclasses.replace(first.appearance.choices, theme="dark"))
    first.session.set_speed(20)
    first.session.set_axes(Axes(True, False))
    with qtbot.waitSignal(first.closed) as closed:
        first.end()
    second = make_window(closed.args[0], size=(1100, 700))
    assert second.settings() == dataclasses.replace(
        closed.args[0], geometry=second.settings().geometry
    )
    assert second.session.setup.w1 == 1 / 3


ODD = {
    "a recent file": lambda window: setattr(
        window.documents, "recent", ("a" * 5000, "/mine.backprop", "\ud800", *map(str, range(20)))
    ),
    "a folder": lambda window: setattr(window.documents, "folder", "/\0"),
    "a size of a panel": lambda window: window.arrangement.set_layout(
        {"another": (-1, 10**9), "kept": (3, 4)}
    ),
    "too many panels": lambda window: window.arrangement.set_layout(
        {f"{number}": (1,) for number in range(99)}
    ),
    "a geometry": lambda window: setattr(window, "saveGeometry", lambda: QByteArray(b"x" * 9999)),
    "a speed": lambda window: setattr(window.session, "_speed", math.nan),
}


@pytest.mark.parametrize("make", ODD.values(), ids=ODD)
def test_nothing_odd_in_what_is_remembered_keeps_the_window_from_its_end(
    qtbot: QtBot, window: MainWindow, make: Callable[[MainWindow], None]
) -> None:
    window.appearance.choose(dataclasses.replace(window.appearance.choices, theme="dark"))
    make(window)
    with qtbot.waitSignal(window.closed) as closed:
        window.end()
    (remembered,) = closed.args
    assert remembered.theme == "dark"
    if window.documents.recent:
        assert remembered.recent == ("/mine.backprop", *map(str, range(9)))


@pytest.mark.window
def test_copying_puts_the_network_on_the_clipboard(window: MainWindow) -> None:
    window.commands["copy"].trigger()
    assert QApplication.clipboard().image().size() == window.network.size() * 2


@pytest.mark.window
def test_a_click_on_a_number_copies_all_of_it(qtbot: QtBot, window: MainWindow) -> None:
    drawing = window.network._laid_out()
    spot = next(s for s in drawing.spots if s.quantity == "out_o")
    scale = min(window.network.width() / drawing.width, window.network.height() / drawing.height)
    x = (window.network.width() - drawing.width * scale) / 2 + spot.x * scale
    y = (window.network.height() - drawing.height * scale) / 2 + spot.y * scale
    with qtbot.waitSignal(window.network.number_clicked) as clicked:
        qtbot.mouseClick(window.network, Qt.MouseButton.LeftButton, pos=QPoint(round(x), round(y)))
    assert clicked.args == ["0.5637139161734462"]


def test_every_control_has_an_accessible_name(window: MainWindow) -> None:
    nameless = []
    for widget in window.findChildren(QWidget):
        takes_focus = widget.focusPolicy() != Qt.FocusPolicy.NoFocus
        if widget.isVisible() and takes_focus and not widget.focusProxy():
            interface = QAccessible.queryAccessibleInterface(widget)
            if interface and not interface.text(QAccessible.Text.Name):
                nameless.append(widget)
    assert not nameless


@pytest.mark.window
def test_the_tab_key_reaches_every_button_and_field(qtbot: QtBot, window: MainWindow) -> None:
    window.session.iteration_on()
    window.session.iteration_on()
    reached = set()
    for _each in range(120):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    wanted = {b for b in window.findChildren(QPushButton) if b.isVisible() and b.isEnabled()}
    wanted |= set(window.setup_panel.boxes.values())
    pips = {_pip(window, number) for number in range(1, 16)}
    assert wanted - pips <= reached
    assert pips & reached == {_pip(window, window.session.moment.position.step)}  # one stop


@pytest.mark.window
def test_a_thousand_random_keys_and_clicks_while_running_do_no_harm(
    qtbot: QtBot, make_window, monkeypatch: pytest.MonkeyPatch
) -> None:
    # Modal dialogs would wait for a person.
    monkeypatch.setattr(Preferring, "ask", lambda self: None)
    exports = [name for name in vars(Exporting) if name.startswith("export_")]
    assert exports
    for name in exports:
        monkeypatch.setattr(Exporting, name, lambda self, *_: None)
    window = make_window(Settings(setup=ENDLESS, speed=None))
    chance = random.Random(20261123)
    targets = [w for w in window.findChildren(QWidget) if w.isVisible() and w.width() > 2]
    keys = [
        *(Qt.Key(k) for k in range(Qt.Key.Key_0, Qt.Key.Key_9 + 1)),
        *(Qt.Key.Key_Space, Qt.Key.Key_Left, Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down),
        *(Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Return, Qt.Key.Key_Escape),
        *(Qt.Key.Key_Tab, Qt.Key.Key_Minus, Qt.Key.Key_Plus, Qt.Key.Key_E, Qt.Key.Key_R),
        *(Qt.Key.Key_Comma, Qt.Key.Key_Slash, Qt.Key.Key_Backspace, Qt.Key.Key_Home),
    ]
    window.session.start()
    for number in range(1000):
        target = chance.choice(targets)
        if not target.isVisible():
            continue
        if chance.random() < 0.5:
            QTest.keyClick(target, chance.choice(keys))
        else:
            point = QPoint(chance.randrange(target.width()), chance.randrange(target.height()))
            QTest.mouseClick(target, Qt.MouseButton.LeftButton, pos=point)
        if number % 10 == 0:
            window.session.start()
            qtbot.wait(1)
    assert window.isVisible()
    window.end()
    assert not window.session.is_running


@pytest.mark.parametrize(
    ("remembered", "used"),
    [(5e-324, 1), (1e-300, 1), (0.5, 1), (150.0, 200), (1e300, math.inf), (None, math.inf)],
)
def test_the_speed_that_is_shown_is_the_one_that_is_used(
    make_window, remembered: float | None, used: float
) -> None:
    window = make_window(Settings(speed=remembered))
    assert window.session.speed == used
    expected = "full speed" if math.isinf(used) else f"{used}"
    assert window.transport._speed_label.text().startswith(expected)
