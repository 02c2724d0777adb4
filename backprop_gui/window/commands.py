"""The commands as actions of the window, each bound to what carries it out."""

from collections.abc import Callable, Mapping

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QMainWindow, QMenu

from backprop_gui.core.network import Setup
from backprop_gui.widgets.command import Command, When
from backprop_gui.widgets.commands import COMMANDS, MENUS
from backprop_gui.window.gate import Gate


class Commands:
    """The window's menus, filled from the table of commands.

    `handlers` has for each command, by its id, what carries it out: called with nothing, or with
    whether it is checked where that is its kind. `submenus` adds the menus that others fill.
    """

    def __init__(
        self,
        window: QMainWindow,
        gate: Gate,
        handlers: Mapping[str, Callable[..., object]],
        submenus: Mapping[str, Callable[[QMenu], None]],
    ) -> None:
        self._window, self._gate = window, gate
        self._actions: dict[str, QAction] = {}
        bar = window.menuBar()
        for title, entries in MENUS:
            menu = bar.addMenu(title)
            for entry in entries:
                if entry is None:
                    menu.addSeparator()
                elif isinstance(entry, str):
                    submenus[entry](menu)
                else:
                    self._add(menu, entry, handlers[entry.id])
        # The keys work where the menus are hidden, too, but not before there is what they act on.
        window.addActions([act for menu in bar.findChildren(QMenu) for act in menu.actions()])
        for action in window.actions():
            action.setEnabled(False)

    def __getitem__(self, command: str) -> QAction:
        return self._actions[command]

    def enable(self) -> None:
        """Let the commands work, except those that wait for something."""
        for action in self._window.actions():
            action.setEnabled(True)
        for when in When:
            self.enable_where(when, is_enabled=when is When.COMPLETE)

    def show_lecture(self, is_on: bool) -> None:
        """Let the commands and the keys work that are for a lecture, or not."""
        self.enable_where(When.LECTURE, is_enabled=is_on)
        for name, action in self._actions.items():
            row = COMMANDS[name]
            if row.lecture_keys:
                action.setShortcuts(_sequences(f"{row.keys} {row.lecture_keys if is_on else ''}"))

    def enable_where(self, when: When, *, is_enabled: bool) -> None:
        """Let the commands of one kind work, or not."""
        for name, action in self._actions.items():
            if COMMANDS[name].when is when:
                action.setEnabled(is_enabled)

    def show_run(self, *, is_running: bool, is_over: bool) -> None:
        """Write what the command to run would do now."""
        self["run"].setText(COMMANDS["run"].text_now(is_running, is_over))

    def show_setup(self, setup: Setup) -> None:
        """Let the commands work that are for a run on paper, or not."""
        self.enable_where(When.ON_PAPER, is_enabled=setup.is_on_paper)

    def show_change(self, command: str, change: str) -> None:
        """Write what the command would undo or redo now; "" is for nothing."""
        row = COMMANDS[command]
        text = row.text_on.format(change=change.replace("&", "&&")) if change else row.text
        self[command].setText(text)
        self.enable_where(row.when, is_enabled=bool(change))

    def _add(self, menu: QMenu, command: Command, handler: Callable[..., object]) -> None:
        action = menu.addAction(command.text)
        action.setShortcuts(_sequences(command.keys))
        action.setToolTip(command.hint)
        action.setWhatsThis(command.purpose)
        action.setAutoRepeat(command.repeats)
        action.setCheckable(command.is_checkable)
        call = self._gate.before(handler, command.passing, command.name)
        if command.is_checkable:
            action.triggered.connect(lambda is_checked: call(is_checked))
        else:
            action.triggered.connect(lambda _checked=False: call())
        self._actions[command.id] = action


def _sequences(keys: str) -> list[QKeySequence]:
    return [QKeySequence(key) for key in keys.split()]
