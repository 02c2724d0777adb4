"""Undo and redo, as a person meets them in the window."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.widgets.number_box import NumberBox
from backprop_gui.window.main_window import MainWindow

CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def _box(window: MainWindow, name: str) -> NumberBox:
    box = window.setup_panel.boxes[name]
    box.setFocus()
    box.selectAll()
    return box


def _texts(window: MainWindow) -> list[str]:
    return [window.commands[name].text().replace("&", "") for name in ("undo", "redo")]


@pytest.mark.window
def test_a_typed_number_is_undone_and_redone_by_keys_that_say_what_they_do(
    qtbot: QtBot, window: MainWindow
) -> None:
    assert _texts(window) == ["Undo", "Redo"]
    box = _box(window, "w2")
    qtbot.keyClicks(box, "0.31")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert _texts(window) == ["Undo: w₂ 0.5 → 0.31", "Redo"]
    assert window.isWindowModified()
    QTest.keyClick(window.network, Qt.Key.Key_Z, CTRL)
    assert window.session.setup == Setup()
    assert not window.isWindowModified()
    assert _texts(window) == ["Undo", "Redo: w₂ 0.5 → 0.31"]
    for key, modifier in ((Qt.Key.Key_Z, CTRL | SHIFT), (Qt.Key.Key_Y, CTRL)):
        QTest.keyClick(window.network, key, modifier)
        assert window.session.setup == Setup(w2=0.31)
        window.session.undo()


@pytest.mark.window
def test_in_a_box_undoing_is_the_text_s_until_its_number_counts(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.session.set_setup(Setup(w1=0.7))
    box = _box(window, "w2")
    qtbot.keyClicks(box, "0.31")
    qtbot.keyClick(box, Qt.Key.Key_Z, CTRL)
    assert window.session.setup == Setup(w1=0.7)
    assert box.lineEdit().text() != "0.31"
    qtbot.keyClick(box, Qt.Key.Key_Z, CTRL | SHIFT)
    box.lineEdit().setText("0.31")
    window.setup_panel.commit()
    assert window.session.setup == Setup(w1=0.7, w2=0.31)
    assert box.hasFocus()
    qtbot.keyClick(box, Qt.Key.Key_Z, CTRL)
    assert window.session.setup == Setup(w1=0.7)
    assert box.lineEdit().text() == "0.5"


def test_one_visit_to_a_box_is_one_change_and_the_next_visit_another(
    qtbot: QtBot, window: MainWindow
) -> None:
    for _visit in range(2):
        box = _box(window, "w2")
        for _each in range(3):
            qtbot.keyClick(box, Qt.Key.Key_Up)
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert _texts(window)[0] == "Undo: w₂ 0.8 → 1.1"
    window.commands["undo"].trigger()
    assert _texts(window)[0] == "Undo: w₂ 0.5 → 0.8"


def test_the_buttons_undo_what_they_say(qtbot: QtBot, window: MainWindow) -> None:
    undo, redo = (
        next(b for b in window.findChildren(QPushButton) if b.text() == sign) for sign in "↶↷"
    )
    assert not undo.isEnabled()
    window.session.set_setup(Setup(eta=2.0))
    assert undo.toolTip() == "Undo: η 0.9 → 2.0 (Ctrl+Z)" or "η 0.9 → 2 " in undo.toolTip()
    qtbot.mouseClick(undo, Qt.MouseButton.LeftButton)
    assert window.session.setup == Setup()
    qtbot.mouseClick(redo, Qt.MouseButton.LeftButton)
    assert window.session.setup == Setup(eta=2.0)


def test_a_wrong_number_elsewhere_comes_before_undoing(qtbot: QtBot, window: MainWindow) -> None:
    window.session.set_setup(Setup(w1=0.7))
    box = _box(window, "w2")
    qtbot.keyClicks(box, "abc")
    window.network.setFocus()
    QTest.keyClick(window.network, Qt.Key.Key_Z, CTRL)
    assert window.session.setup == Setup(w1=0.7)
    assert box.hasFocus()


def test_a_change_after_the_reset_to_the_article_is_one_of_its_own(
    qtbot: QtBot, window: MainWindow
) -> None:
    box = _box(window, "w2")
    qtbot.keyClick(box, Qt.Key.Key_Up)
    qtbot.keyClick(box, Qt.Key.Key_Up)
    window.commands["article"].trigger()
    qtbot.keyClick(box, Qt.Key.Key_Up)
    changed = window.session.setup
    assert changed != Setup()
    window.session.undo()
    assert window.session.setup == Setup(), "the article stands between"
