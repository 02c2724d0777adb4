"""The person's preferences: asked for, taken at once, and remembered."""

import dataclasses
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMainWindow

from backprop_gui.window.appearance import Appearance, Choices
from backprop_gui.window.help_menu import HelpMenu

if TYPE_CHECKING:
    from backprop_gui.dialogs.preferences_dialog import Preferences


class Preferring(QObject):
    """Owns what is preferred beside the appearance, and asks for all of it.

    Signals:
        changed(): the person has chosen, here or in a menu; what is remembered is another.
    """

    changed = Signal()

    def __init__(
        self,
        window: QMainWindow,
        appearance: Appearance,
        help_menu: HelpMenu,
        *,
        opens_new_windows: bool,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._appearance = appearance
        self._help_menu = help_menu
        self.opens_new_windows = opens_new_windows
        appearance.chosen.connect(self.changed)

    def ask(self) -> None:
        """Ask for the preferences."""
        from backprop_gui.dialogs.preferences_dialog import Preferences, PreferencesDialog

        now = Preferences(
            **dataclasses.asdict(self._appearance.choices),
            opens_new_windows=self.opens_new_windows,
            is_welcome_wanted=self._help_menu.is_welcome_wanted,
        )
        dialog = PreferencesDialog(now, self._window)
        dialog.chosen.connect(self._on_chosen)
        dialog.exec()
        dialog.deleteLater()

    def _on_chosen(self, chosen: "Preferences") -> None:
        self.opens_new_windows = chosen.opens_new_windows
        self._help_menu.is_welcome_wanted = chosen.is_welcome_wanted
        fields = (field.name for field in dataclasses.fields(Choices))
        self._appearance.choose(Choices(**{name: getattr(chosen, name) for name in fields}))
