"""Buttons, as they are everywhere in the window."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QPushButton


def button(text: str, hint: str, name: str = "", style: str = "") -> QPushButton:
    """Return a button with a tooltip; `name` is what it is called aloud, else the hint.

    A click leaves the keyboard where it was, so that the space bar goes on running and pausing;
    the Enter key presses the button that has the focus.
    """
    made = QPushButton(text)
    made.setObjectName(style)
    made.setToolTip(hint)
    made.setAccessibleName(name or hint)
    made.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    made.setAutoDefault(True)
    return made


def tool(text: str, hint: str, *, is_toggle: bool = False) -> QPushButton:
    """Return a small button for the heading of a card."""
    made = button(text, hint, style="tool")
    made.setCheckable(is_toggle)
    return made
