"""What helps a person: the welcome, the help, "What's this?", and what the program is."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QPoint, QSize, Signal
from PySide6.QtWidgets import QAbstractButton, QMainWindow, QMenu, QWidget

from backprop_gui.appearance import Appearance
from backprop_gui.assets import resource
from backprop_gui.i18n import _
from backprop_gui.menus import Entry, fill

if TYPE_CHECKING:
    from backprop_gui.dialogs.help_dialog import HelpDialog, Keys
    from backprop_gui.dialogs.welcome_dialog import WelcomeDialog

_ICON = QSize(64, 64)
_BESIDE = 40  # pixels from the window's corner: the network stays to be seen


class Guidance(QObject):
    """The Help menu and what it opens. `describe` tells what the parts of the window are for.

    Signals:
        tried(str): "step", "change" or "sample" is to be tried: see the welcome.
        refused(str): a sentence on what could not be done.
    """

    tried = Signal(str)
    refused = Signal(str)

    def __init__(
        self,
        window: QMainWindow,
        appearance: Appearance,
        describe: Callable[[], Mapping[QWidget, str]],
        log_folder: Path,
        *,
        is_welcome_wanted: bool,
    ) -> None:
        super().__init__(window)
        self._window = window
        self._appearance = appearance
        self._describe = describe
        self._log_folder = log_folder
        self.is_welcome_wanted = is_welcome_wanted
        self._help: HelpDialog | None = None
        self._welcome: WelcomeDialog | None = None
        appearance.theme_changed.connect(self._on_theme_changed)

    def fill_menu(self, menu: QMenu) -> None:
        """Add the entries of the Help menu."""
        fill(
            menu,
            Entry(_("&Help"), "F1", self.show_help),
            Entry(_("What's &this?"), "Shift+F1", self.ask_what_it_is),
            Entry(_("&Welcome"), None, self.show_welcome),
            None,
            Entry(_("Show the &log"), None, self.show_log),
            Entry(_("&About Backprop"), None, self.show_about),
        )

    def show_help(self) -> None:
        """Show the page of help, beside the window."""
        from backprop_gui.dialogs.help_dialog import HelpDialog

        if self._help is None:
            self._help = HelpDialog(self._keys(), self._appearance.theme, self._window)
        self._help.show()
        self._help.raise_()
        self._help.activateWindow()

    def show_welcome(self) -> None:
        """Show the welcome, beside the window."""
        from backprop_gui.dialogs.welcome_dialog import WelcomeDialog

        if self._welcome is None:
            self._welcome = WelcomeDialog(self._window)
            self._welcome.tried.connect(self.tried)
            self._welcome.wanted_changed.connect(self._on_wanted_changed)
            self._welcome.adjustSize()
            corner = self._window.frameGeometry().bottomRight() - QPoint(_BESIDE, _BESIDE)
            self._welcome.move(corner - self._welcome.rect().bottomRight())
        self._welcome.again.setChecked(self.is_welcome_wanted)
        self._welcome.show()
        self._welcome.raise_()

    def ask_what_it_is(self) -> None:
        """Let the next click tell what is under it."""
        from PySide6.QtWidgets import QWhatsThis

        self.explain()
        QWhatsThis.enterWhatsThisMode()

    def explain(self) -> None:
        """Have an explanation on every control: its own, else its tooltip."""
        for widget, text in self._describe().items():
            widget.setWhatsThis(text)
        for widget in self._window.findChildren(QWidget):
            if not widget.whatsThis() and widget.toolTip():
                widget.setWhatsThis(widget.toolTip())
            elif isinstance(widget, QAbstractButton) and not widget.whatsThis():
                widget.setWhatsThis(widget.accessibleName() or widget.text().replace("&", ""))

    def show_log(self) -> None:
        """Show the folder of the log in the file manager."""
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        try:
            self._log_folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            problem = _("{path} could not be made: {reason}.")
            self.refused.emit(problem.format(path=self._log_folder, reason=error.strerror))
            return
        if not QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log_folder))):
            self.refused.emit(_("The log is in {path}.").format(path=self._log_folder))

    def show_about(self) -> None:
        """Say what the program is and what it is made of."""
        from PySide6.QtGui import QIcon
        from PySide6.QtWidgets import QMessageBox

        from backprop_gui.views.about import about_text

        box = QMessageBox(self._window)
        box.setWindowTitle(_("About Backprop"))
        box.setIconPixmap(QIcon(str(resource("icons/backprop-gui.svg"))).pixmap(_ICON))
        box.setText(about_text())
        box.addButton(_("Close"), QMessageBox.ButtonRole.RejectRole)
        box.exec()
        box.deleteLater()

    def _keys(self) -> "Keys":
        """Return what the window's actions do, and their keys."""
        from PySide6.QtGui import QKeySequence

        form = QKeySequence.SequenceFormat.NativeText
        return [
            (
                action.text().replace("&", "").rstrip("…"),
                ", ".join(key.toString(form) for key in action.shortcuts()),
            )
            for action in self._window.actions()
            if action.shortcuts()
        ]

    def _on_theme_changed(self) -> None:
        if self._help:
            self._help.set_theme(self._appearance.theme)

    def _on_wanted_changed(self, is_wanted: bool) -> None:
        self.is_welcome_wanted = is_wanted
