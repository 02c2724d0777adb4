"""Menus from lists of actions."""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtGui import QAction, QActionGroup, QKeySequence
from PySide6.QtWidgets import QMenu

Key = str | tuple[str, ...] | QKeySequence.StandardKey | None


class Entry(NamedTuple):
    """An action of a menu: its text, its key or keys, and what it calls.

    A key that is held down calls it again only where it `repeats`.
    """

    text: str
    key: Key
    handler: Callable[[], object]
    repeats: bool = False


def fill(menu: QMenu, *entries: Entry | None) -> list[QAction]:
    """Add an action for each entry, and a line where an entry is None; return the actions."""
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
        action.triggered.connect(lambda _checked=False, call=entry.handler: call())
        actions.append(action)
    return actions


def fill_with_choices(
    menu: QMenu, choices: dict[str, str], choose: Callable[[str], None]
) -> dict[str, QAction]:
    """Add an action for each choice (its name: its text), of which one is checked."""
    group = QActionGroup(menu)
    actions = {}
    for name, text in choices.items():
        action = menu.addAction(text)
        action.setCheckable(True)
        action.triggered.connect(lambda _checked=False, name=name: choose(name))
        group.addAction(action)
        actions[name] = action
    return actions
