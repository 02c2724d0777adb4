"""The door to the exports, which are imported when somebody first wants one."""

from typing import TYPE_CHECKING

from PySide6.QtWidgets import QMenu, QWidget

from backprop_gui.export.contents import What
from backprop_gui.window.commands import Commands
from backprop_gui.window.messages import Messages

if TYPE_CHECKING:
    from collections.abc import Callable

    from backprop_gui.window.exporting import Exporting

_OFFERED = ("slides", "example", "picture", "data")  # what a lecturer comes for, first


class LazyExporting:
    """Makes the exporting with `make` when it is first asked for, once."""

    def __init__(self, make: "Callable[[], Exporting]", messages: Messages) -> None:
        self._make, self._messages = make, messages
        self._exporting: Exporting | None = None

    @property
    def exporting(self) -> "Exporting":
        """What asks, and has files written."""
        if self._exporting is None:
            self._exporting = self._make()
            self._exporting.said.connect(self._messages.say)
            self._exporting.refused.connect(self._messages.refuse)
        return self._exporting

    def end(self) -> None:
        """Cancel what is being written; when this returns no thread is left."""
        if self._exporting:
            self._exporting.end()

    def drag(self, content: QWidget) -> None:
        """Let the pointer carry the picture of a card's content out of the window."""
        self.exporting.pictures.drag(content)

    def export_card(self, content: QWidget) -> None:
        """Ask for a picture, beginning with that of a card's content, or for the list of runs."""
        what = self.exporting.pictures.what_of(content)
        if what is What.RUNS:
            self.exporting.export_runs()
        else:
            self.exporting.export_picture(what)


def menu_of(commands: Commands, parent: QWidget) -> QMenu:
    """Return a menu of all that can be exported."""
    menu = QMenu(parent)
    menu.addActions([commands[command] for command in _OFFERED])
    return menu
