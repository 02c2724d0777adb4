"""The ways of the keyboard through the window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from backprop_gui.window.main_window import MainWindow

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


def _letter(text: str) -> str:
    return text.replace("&&", "").partition("&")[2][:1].lower()


def _met_by_tab(window: MainWindow, count: int) -> list[QWidget]:
    window.network.setFocus()
    met = []
    for _each in range(count):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        met.append(QApplication.focusWidget())
    return met


@pytest.mark.window
def test_tab_meets_the_setup_and_then_the_transport_with_the_pips_as_one_stop(
    window: MainWindow,
) -> None:
    boxes = list(window.setup_panel.boxes.values())
    met = _met_by_tab(window, 18)
    assert met[:7] == boxes
    names = [each.accessibleName() for each in met[7:]]
    expected = ["Numbers: Exact numbers", "Reset to the article", "Iteration", "Speed"]
    assert names[:4] == expected
    assert names[4].startswith("Step 5")  # the scrubber has nowhere to go yet
    assert names[5] == "Run"
    assert not [name for name in names[6:] if name.startswith("Step 5")]


@pytest.mark.window
def test_the_keys_through_the_steps_take_the_focus_along_the_pips(window: MainWindow) -> None:
    pips = window.timeline._pips
    pips[4].setFocus()
    for step in (6, 7):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Right)
        assert QApplication.focusWidget() is pips[step - 1]
    stops = [pip for pip in pips if pip.focusPolicy() & Qt.FocusPolicy.TabFocus]
    assert stops == [pips[6]]


@pytest.mark.window
def test_each_box_has_a_letter_for_alt_that_nothing_else_has(window: MainWindow) -> None:
    labels = [each for each in window.findChildren(QLabel) if each.buddy()]
    menus = [action.text() for action in window.menuBar().actions()]
    buttons = [each.text() for each in window.findChildren(QAbstractButton)]
    letters = [_letter(text) for text in (*menus, *buttons, *(each.text() for each in labels))]
    found = [letter for letter in letters if letter]
    assert len(found) == len(set(found))
    wanted = {*window.setup_panel.boxes.values(), window.transport._iteration}
    assert wanted <= {each.buddy() for each in labels if _letter(each.text())}
    for each in labels:
        if letter := _letter(each.text()):
            window.network.setFocus()
            QTest.keyClick(window.network, Qt.Key(ord(letter.upper())), ALT)
            assert QApplication.focusWidget() is each.buddy()


@pytest.mark.window
def test_the_iteration_is_typed_after_ctrl_g(qtbot: QtBot, window: MainWindow) -> None:
    window.session.go_to_last()
    window.commands["values"].trigger()  # from a card alone, too
    QTest.keyClick(window, Qt.Key.Key_G, CTRL)
    box = window.transport._iteration
    qtbot.waitUntil(box.hasFocus)
    qtbot.keyClicks(box, "400")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert window.session.moment.iteration == 400
    assert window.network.hasFocus()


@pytest.mark.window
def test_what_is_no_iteration_is_refused_beside_the_box_and_stops_nothing(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.session.go_to_last()
    window.transport.begin_typing()
    box = window.transport._iteration
    qtbot.keyClicks(box, "9999")
    height = window.transport.height()
    qtbot.keyClick(box, Qt.Key.Key_Return)
    shown = [each.text() for each in window.transport.findChildren(QLabel) if each.isVisible()]
    assert "⚠ Type an iteration from 1 to 813." in shown
    assert window.transport.height() == height
    assert window.session.moment.iteration == 813
    QTest.keyClick(box, Qt.Key.Key_Left, CTRL)
    assert window.session.moment.iteration == 812
    assert box.lineEdit().text() == "812"


def test_at_the_end_of_a_run_it_can_be_run_again(qtbot: QtBot, window: MainWindow) -> None:
    run = window.transport._run
    window.session.go_to_last()
    assert run.text() == "Run again"
    assert window.commands["run"].text().replace("&", "") == "Run again"
    width = run.width()
    qtbot.mouseClick(run, Qt.MouseButton.LeftButton)
    assert window.session.is_running
    assert (run.text(), run.width()) == ("Pause", width)
    qtbot.mouseClick(run, Qt.MouseButton.LeftButton)
    assert window.session.moment.iteration < 813
    assert (run.text(), run.width()) == ("Run", width)


def test_the_scrub_bar_is_as_wide_as_the_card(window: MainWindow) -> None:
    assert window.transport._scrubber.width() == window.transport.width()
