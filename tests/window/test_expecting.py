"""The curve that a person expects, in the window: switched, drawn, judged and removed."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from backprop_gui.core.network import Setup
from backprop_gui.drawing.shapes import Line
from backprop_gui.lesson.expected_curve import Stroke
from backprop_gui.window.main_window import MainWindow

FALLS_AT_300 = (Stroke((1, 0.1), (299, 6e-5)), Stroke((299, 6e-5), (301, 1e-5)))
SAID = "You expected E below the tolerance after about 300 iterations; it took 813."


def _draw(window: MainWindow) -> None:
    window.commands["expect"].trigger()
    for stroke in FALLS_AT_300:
        window.error_plot.stroked.emit(stroke)


def _guess(window: MainWindow) -> str:
    panel = window.outcome_panel
    return "" if panel._guess.isHidden() else panel._guess.text()


def test_the_switch_is_on_in_the_menu_and_in_the_card_alike(window: MainWindow) -> None:
    action, tool = window.commands["expect"], window.error_plot.tools.draw
    for act, is_on in (
        (action.trigger, True),
        (tool.click, False),
        (tool.click, True),
        (window.session.start, False),
    ):
        act()
        assert action.isChecked() == tool.isChecked() == window.session.state.is_drawing == is_on
    window.session.pause()


def test_the_mouse_draws_and_the_run_is_compared_with_it(window: MainWindow) -> None:
    window.show()
    window.commands["expect"].trigger()
    plot = window.error_plot._plot
    screen = plot._plot.viewport()
    plot._plot.grab()
    area = plot._plot.mapFromScene(plot._box.sceneBoundingRect()).boundingRect()
    start = area.topLeft() + QPoint(area.width() // 20, area.height() // 5)
    QTest.mousePress(screen, Qt.MouseButton.LeftButton, pos=start)
    QTest.mouseMove(screen, area.center())
    QTest.mouseRelease(screen, Qt.MouseButton.LeftButton, pos=area.center())
    curve = window.session.state.expected
    assert 450 <= curve.points[-1].iteration <= 550, "half of a thousand, in the middle"
    window.session.go_to_last()
    assert window.session.state.expected is curve
    assert _guess(window).startswith("Your curve ends above the tolerance at iteration")


def test_the_run_s_end_says_how_far_off_the_guess_was(window: MainWindow) -> None:
    _draw(window)
    assert _guess(window) == ""
    window.session.go_to_last()
    assert _guess(window) == SAID
    window.commands["forget"].trigger()
    assert _guess(window) == ""


def test_a_plot_alone_says_it_too(window: MainWindow) -> None:
    """In a lecture nothing else can."""
    hint = window.error_plot._hint
    window.show()
    _draw(window)
    window.session.go_to_last()
    assert hint.isHidden(), "beside other cards there is no room"
    window.commands["error"].trigger()
    QApplication.processEvents()
    assert (hint.isVisible(), hint.text()) == (True, SAID)
    window.session.reset()
    QApplication.processEvents()
    assert hint.isHidden()


def test_what_is_drawn_over_a_run_that_has_ended_is_no_guess(window: MainWindow) -> None:
    window.session.go_to_last()
    _draw(window)
    assert _guess(window) == ""


@pytest.mark.window
def test_escape_removes_the_curve_and_then_ends_drawing(window: MainWindow) -> None:
    window.show()
    window.commands["error"].trigger()  # Escape brings the other cards back, if it is not drawn
    _draw(window)
    QApplication.processEvents()
    for expected, is_drawing, is_alone in (
        (False, True, True),
        (False, False, True),
        (False, False, False),
    ):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
        state = window.session.state
        assert (bool(state.expected), state.is_drawing) == (expected, is_drawing)
        assert window.arrangement.is_one_alone == is_alone


def test_what_is_expected_is_in_no_file_and_no_settings(window: MainWindow) -> None:
    before = window.settings()
    _draw(window)
    assert window.unsaved is None
    assert window.settings() == before


def test_how_to_draw_is_said_until_something_is_drawn(window: MainWindow) -> None:
    hint = window.error_plot._hint
    assert hint.isHidden()
    window.commands["expect"].trigger()
    assert not hint.isHidden()
    window.error_plot.stroked.emit(FALLS_AT_300[0])
    assert hint.isHidden()


def test_a_heading_holds_one_tool_beside_those_that_are_always_there(window: MainWindow) -> None:
    window.show()
    session, tools = window.session, window.error_plot.tools

    def shown() -> list[str]:
        return [each.text() for each in (tools.draw, tools.clear) if each.isVisible()]

    assert shown() == ["Draw"]
    session.go_to_last()
    assert shown() == ["Draw"]
    session.set_setup(Setup(w1=0.3))  # the first run is kept
    assert shown() == ["Draw"], "the next has not begun"
    session.reach_iteration(5)
    assert shown() == ["Clear"]
    session.set_drawing(True)
    assert shown() == ["Draw"], "what is on can be switched off"


def test_a_lecture_s_small_curve_shows_it_too(window: MainWindow) -> None:
    curve = window.views.error_curve
    curve.resize(400, 200)

    def names() -> list[str]:
        return [shape.name for shape in curve.drawing().shapes if isinstance(shape, Line)]

    assert "expected" not in names()
    _draw(window)
    assert "expected" in names()
