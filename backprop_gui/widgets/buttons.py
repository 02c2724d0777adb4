"""Buttons, as they are everywhere in the window."""

import unicodedata

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton

from backprop_gui.lesson.spoken import aloud
from backprop_gui.widgets.commands import COMMANDS


def button(
    text: str, hint: str, style: str = "", kind: type[QPushButton] = QPushButton
) -> QPushButton:
    """Return a button with a tooltip. Aloud it is called what stands on it.

    Where a sign is part of that, it is called what the hint says, without the keys in brackets.

    A click leaves the keyboard where it was, so that the space bar goes on running and pausing;
    the Enter key presses the button that has the focus.
    """
    made = kind(text)
    made.setObjectName(style)
    made.setToolTip(hint)
    is_sign = any(unicodedata.category(letter).startswith("S") for letter in text)
    made.setAccessibleDescription(aloud(hint))
    made.setAccessibleName(hint.partition(" (")[0] if is_sign else text)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setAutoDefault(True)
    return made


def command_button(
    command: str, text: str = "", style: str = "", kind: type[QPushButton] = QPushButton
) -> QPushButton:
    """Return a button for the command with this id, with its name unless the text is another."""
    return button(text or COMMANDS[command].name, COMMANDS[command].hint, style, kind)


def tool(text: str, hint: str, *, is_toggle: bool = False) -> QPushButton:
    """Return a small button for the heading of a card."""
    made = button(text, hint, style="tool")
    made.setCheckable(is_toggle)
    return made
