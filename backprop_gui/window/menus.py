"""Menus of what is no command of the window: files, samples and choices."""

from collections.abc import Callable

from PySide6.QtGui import QAction, QActionGroup
from PySide6.QtWidgets import QMenu

from backprop_gui.widgets.command import Passing, bare
from backprop_gui.window.gate import Gate


def add(
    menu: QMenu,
    gate: Gate,
    text: str,
    act: Callable[[], object],
    passing: Passing = Passing.STOPS,
) -> None:
    """Add an action; what is typed passes the gate before it does anything."""
    call = gate.before(act, passing, bare(text))
    menu.addAction(text).triggered.connect(lambda _checked=False: call())


def fill_with_choices(
    menu: QMenu, gate: Gate, choices: dict[str, str], choose: Callable[[str], None]
) -> dict[str, QAction]:
    """Add an action for each choice (its name: its text), of which one is checked."""
    group = QActionGroup(menu)
    call = gate.before(choose, Passing.GOES_ON)
    actions = {}
    for name, text in choices.items():
        action = menu.addAction(text)
        action.setCheckable(True)
        action.triggered.connect(lambda _checked=False, name=name: call(name))
        group.addAction(action)
        actions[name] = action
    return actions
