"""What the window copies."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication

from backprop_gui.system.texts import _

if TYPE_CHECKING:
    from backprop_gui.views.values_table import ValuesTable
    from backprop_gui.window.messages import Messages


class Clipboard:
    """Puts on the clipboard what a person copies, and says so."""

    def __init__(self, messages: "Messages") -> None:
        self._messages = messages

    def put(self, text: str, note: str) -> None:
        """Put a text on the clipboard, unless there is none, and say so."""
        if text:
            QGuiApplication.clipboard().setText(text)
        self._messages.note.say(note)

    def put_number(self, number: str) -> None:
        """Put a number on the clipboard."""
        self.put(number, _("Copied {number}").format(number=number))


def copy_selected(values: "ValuesTable", copy_picture: Callable[[], object]) -> None:
    """Copy what is selected in the table of values, where the person is there, else a picture."""
    focused = QApplication.focusWidget()
    if focused and values.isAncestorOf(focused):
        values.copy_selection()
    else:
        copy_picture()
