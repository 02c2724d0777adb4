"""The window for those who hear it or have no mouse."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleInterface
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget
from pytestqt.qtbot import QtBot

from backprop_gui.window.main_window import MainWindow

pytestmark = pytest.mark.window

# Roles that a person acts on, and so has to find by name.
ACTED_ON = {
    QAccessible.Role.PushButton,
    QAccessible.Role.CheckBox,
    QAccessible.Role.RadioButton,
    QAccessible.Role.ButtonMenu,
    QAccessible.Role.SpinBox,
    QAccessible.Role.Slider,
    QAccessible.Role.Table,
    QAccessible.Role.ComboBox,
    QAccessible.Role.MenuItem,
}


def _tree(node: QAccessibleInterface) -> Iterator[QAccessibleInterface]:
    yield node
    for number in range(node.childCount()):
        child = node.child(number)
        if child is not None and child.isValid() and not child.state().invisible:
            yield from _tree(child)


def _named(window: MainWindow) -> list[tuple[QAccessible.Role, str]]:
    root = QAccessible.queryAccessibleInterface(window)
    return [(node.role(), node.text(QAccessible.Text.Name)) for node in _tree(root)]


def test_everything_that_is_acted_on_has_a_name(window: MainWindow) -> None:
    for page in window.panels.pages():
        window.arrangement.enlarge(page.content)
        acted_on = [(role, name) for role, name in _named(window) if role in ACTED_ON]
        assert len(acted_on) > 5
        assert not [role for role, name in acted_on if not name.strip()], page.title
        window.arrangement.restore()
    acted_on = [name for role, name in _named(window) if role in ACTED_ON]
    assert len(acted_on) > 40
    assert all(name.strip() for name in acted_on)


def test_the_canvas_tells_the_step_and_all_that_is_known(window: MainWindow) -> None:
    for _each in range(4):
        QTest.keyClick(window.network, Qt.Key.Key_Right)
    canvas = QAccessible.queryAccessibleInterface(window.network)
    told = canvas.text(QAccessible.Text.Description)
    assert told.startswith("Iteration 1. Step 9 of 15, backward: dE by dw2 is minus 0.04239, ")
    assert "out o is 0.5637." in told
    assert "dE by dw1" not in told


def test_a_step_is_announced_once_and_running_is_not(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    said: list[str] = []
    monkeypatch.setattr(QAccessible, "isActive", lambda: True)
    monkeypatch.setattr(QAccessible, "updateAccessibility", lambda e: said.append(e.message()))
    QTest.keyClick(window.network, Qt.Key.Key_Right)
    assert [text.split(":")[0] for text in said] == ["Step 6 of 15, backward"]
    said.clear()
    window.session.set_speed(500.0)
    with qtbot.waitSignal(
        window.session.state_changed, check_params_cb=lambda state: not state.is_running
    ):
        window.session.start()
    assert len(said) <= 2  # where it begins and where it ends


def test_the_tab_key_comes_round_to_every_control_and_the_focus_is_seen(
    window: MainWindow,
) -> None:
    reached: set[QWidget] = set()
    for _each in range(150):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.add(QApplication.focusWidget())
    buttons = [
        button
        for button in window.findChildren(QAbstractButton)
        if button.isVisible() and button.isEnabled() and button.focusPolicy() != 0
    ]
    focusable = [b for b in buttons if b.focusPolicy() != Qt.FocusPolicy.NoFocus]
    assert set(focusable) <= reached
    for button in focusable:
        plain = button.grab().toImage()
        button.setFocus(Qt.FocusReason.TabFocusReason)
        assert button.grab().toImage() != plain, button.accessibleName()
        window.network.setFocus()
