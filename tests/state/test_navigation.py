"""The keys that go through a run."""

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.state.navigation import Navigation
from backprop_gui.state.session import Session
from backprop_gui.window.main_window import MainWindow

NONE, SHIFT, CTRL = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ShiftModifier,
    Qt.KeyboardModifier.ControlModifier,
)
KEYS = [
    (Qt.Key.Key_Right, NONE, (1, 5), (1, 6)),
    (Qt.Key.Key_PageDown, NONE, (1, 5), (1, 6)),
    (Qt.Key.Key_Left, NONE, (1, 5), (1, 4)),
    (Qt.Key.Key_PageUp, NONE, (1, 5), (1, 4)),
    (Qt.Key.Key_Right, SHIFT, (1, 5), (1, 13)),
    (Qt.Key.Key_Left, SHIFT, (1, 5), (1, 1)),
    (Qt.Key.Key_Right, CTRL, (1, 5), (2, 5)),
    (Qt.Key.Key_Left, CTRL, (3, 7), (2, 7)),
    (Qt.Key.Key_Home, NONE, (3, 7), (1, 1)),
    (Qt.Key.Key_End, NONE, (3, 7), (813, 5)),
    (Qt.Key.Key_Right, NONE, (3, 15), (4, 1)),
    (Qt.Key.Key_Left, NONE, (3, 1), (2, 15)),
]
BUTTONS = {
    "←": "previous step",
    "→": "next step",
    "Shift+←": "previous phase",
    "Shift+→": "next phase",
    "Ctrl+←": "previous iteration",
    "Ctrl+→": "next iteration",
    "Home": "start of the run",
    "End": "end of the run",
    "Space": "run and pause",
}


def _go_to(session: Session, position: tuple[int, int]) -> None:
    session.go_to_last()
    session.go_to_iteration(position[0])
    session.go_to_step(position[1])
    assert session.moment.position == position


@pytest.mark.window
def test_a_key_goes_where_it_says(window: MainWindow) -> None:
    for key, modifier, start, end in KEYS:
        _go_to(window.session, start)
        QTest.keyClick(window.network, key, modifier)
        assert window.session.moment.position == end, (key, modifier, start)


@pytest.mark.window
def test_every_key_has_a_button_whose_tooltip_names_it(window: MainWindow) -> None:
    hints = [b.toolTip().lower() for b in window.transport.findChildren(QPushButton)]
    for key, words in BUTTONS.items():
        named = [h for h in hints if f"({key.lower()}" in h or f", {key.lower()})" in h]
        assert any(words in hint for hint in named), key


@pytest.mark.window
def test_a_button_does_what_its_key_does(qtbot: QtBot, window: MainWindow) -> None:
    buttons = {b.toolTip(): b for b in window.transport.findChildren(QPushButton)}
    for hint, start, end in (
        ("Next step (→, Page Down)", (2, 5), (2, 6)),
        ("Previous phase (Shift+←)", (2, 7), (2, 5)),
        ("Next iteration (Ctrl+→)", (2, 7), (3, 7)),
        ("Start of the run (Home)", (2, 7), (1, 1)),
        ("End of the run (End)", (2, 7), (813, 5)),
    ):
        _go_to(window.session, start)
        qtbot.mouseClick(buttons[hint], Qt.MouseButton.LeftButton)
        assert window.session.moment.position == end


@pytest.fixture
def session(qtbot: QtBot) -> Session:
    return Session(Setup())


def test_a_held_key_moves_once_until_everything_is_painted(session: Session) -> None:
    navigation = Navigation(session, session)
    navigation.is_key_held = True
    for _each in range(10):
        navigation.go_on("step")
    assert session.moment.position == (1, 6)
    QApplication.processEvents()
    navigation.go_on("step")
    assert session.moment.position == (1, 7)


def test_a_key_that_is_pressed_again_moves_each_time(session: Session) -> None:
    navigation = Navigation(session, session)
    for _each in range(7):
        navigation.go_on("step")
    navigation.go_back("step")
    assert session.moment.position == (1, 11)


@pytest.mark.window
def test_the_window_tells_a_held_key_from_a_pressed_one(window: MainWindow) -> None:
    for is_held in (True, False):
        event = QKeyEvent(QEvent.Type.ShortcutOverride, Qt.Key.Key_Right, NONE, "", is_held, 1)
        QApplication.sendEvent(window.network, event)
        assert window.navigation.is_key_held is is_held


@pytest.mark.window
def test_stepping_beyond_the_end_says_that_and_why_the_run_has_stopped(
    window: MainWindow,
) -> None:
    QTest.keyClick(window.network, Qt.Key.Key_End)
    QTest.keyClick(window.network, Qt.Key.Key_Right)
    assert window.session.moment.position == (813, 5)
    assert window.messages.note.text() == (
        "E is below the tolerance of 5·10⁻⁵: the run ends at iteration 813."
    )
    QTest.keyClick(window.network, Qt.Key.Key_Home)
    QTest.keyClick(window.network, Qt.Key.Key_Left)
    assert window.messages.note.text() == "This is the first step of the run."


@pytest.mark.window
def test_the_end_of_a_long_run_stays_where_it_is_and_says_that_the_run_goes_on(
    window: MainWindow,
) -> None:
    window.session.set_setup(Setup(target=1.5, max_iterations=2_000_000_000))
    for _each in range(2):
        QTest.keyClick(window.network, Qt.Key.Key_End)
        assert window.session.moment.position == (100_000, 15)
        assert (
            window.messages.note.text() == "This is the last iteration so far. The run continues."
        )
    QTest.keyClick(window.network, Qt.Key.Key_Left)
    assert window.messages.note.text() == ""


@pytest.mark.window
@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Escape])
def test_the_keys_step_again_when_an_edit_has_ended(window: MainWindow, key: Qt.Key) -> None:
    box = window.setup_panel.boxes["w1"]
    box.setFocus()
    QTest.keyClick(box, key)
    QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_PageDown)
    assert window.session.moment.position == (1, 6)
    assert window.session.setup.w1 == 0.5


def test_only_keys_that_go_or_zoom_are_repeated_while_they_are_held(window: MainWindow) -> None:
    repeated = {
        action.text().replace("&", "") for action in window.actions() if action.autoRepeat()
    }
    words = {"Step", "Step back", "Phase", "Phase back", "Iteration", "Iteration back"}
    shown = {
        action.text().replace("&", "")
        for action in window.actions()
        if action.autoRepeat() and action.shortcut().toString()
    }
    assert shown == words | {"Zoom in", "Zoom out"}, repeated
