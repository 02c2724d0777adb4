"""Menus from lists of actions."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

from backprop_gui.window.gate import Gate, Passing

Key = str | tuple[str, ...] | QKeySequence.StandardKey | None


class Entry(NamedTuple):
    """An action of a menu: its text, its key or keys, and what it calls.

    A key that is held down calls it again only where it `repeats`. `passing` says what becomes of
    a number that is being typed.
    """

    text: str
    key: Key
    handler: Callable[[], object]
    repeats: bool = False
    passing: Passing = Passing.STOPS


def fill(menu: QMenu, gate: Gate, *entries: Entry | None) -> list[QAction]:
    """Add an action for each entry, and a line where an entry is None; return the actions.

    What is typed passes the gate before an action does anything.
    """
    actions = []
    for entry in entries:
        if entry is None:
            menu.addSeparator()
            continue
        action = menu.addAction(entry.text)
        if isinstance(entry.key, tuple):
            action.setShortcuts([QKeySequence(key) for key in entry.key])
        elif entry.key is not None:
            action.setShortcut(QKeySequence(entry.key))
        action.setAutoRepeat(entry.repeats)
        call = gate.before(entry.handler, entry.passing)
        action.triggered.connect(lambda _checked=False, call=call: call())
        actions.append(action)
    return actions


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
