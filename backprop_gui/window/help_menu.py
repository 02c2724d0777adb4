"""What helps a person: the welcome, the help, "What's this?", and what the program is."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QSize, Qt, Signal
from PySide6.QtWidgets import (
    QAbstractButton,
    QLabel,
    QMainWindow,
    QPushButton,
    QWidget,
)

from backprop_gui.system.foreign import shown
from backprop_gui.system.resources import resource
from backprop_gui.system.texts import _
from backprop_gui.widgets.card import Card
from backprop_gui.window.appearance import Appearance

if TYPE_CHECKING:
    from backprop_gui.dialogs.help_dialog import HelpDialog
    from backprop_gui.widgets.welcome import Welcome

_ICON = QSize(64, 64)


class HelpMenu(QObject):
    """The Help menu and what it opens; `hold` gives a strip its place above the cards.

    Signals:
        tried(str): the person wants to try "step", "change" or "sample": see the welcome.
        said(str): a note on what was done.
        refused(str): a sentence on what could not be done.
    """

    tried = Signal(str)
    said = Signal(str)
    refused = Signal(str)

    def __init__(
        self,
        window: QMainWindow,
        appearance: Appearance,
        log_folder: Path,
        hold: Callable[[QWidget], None],
        *,
        is_welcome_wanted: bool,
    ) -> None:
        super().__init__(window)
        self._hold = hold
        self._window = window
        self._appearance = appearance
        self._log_folder = log_folder
        self._is_welcome_wanted = is_welcome_wanted
        self._help: HelpDialog | None = None
        self._welcome: Welcome | None = None
        self._is_welcome_open = self._is_one_alone = False
        appearance.theme_changed.connect(self._on_theme_changed)

    @property
    def is_welcome_wanted(self) -> bool:
        """Whether the welcome comes by itself at the next start."""
        return self._is_welcome_wanted

    @is_welcome_wanted.setter
    def is_welcome_wanted(self, is_wanted: bool) -> None:
        self._is_welcome_wanted = is_wanted
        if self._welcome:
            self._welcome.again.setChecked(is_wanted)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """Return what carries out the commands of the Help menu, by their ids."""
        return {
            "help": self.show_help,
            "what": self.ask_what_it_is,
            "welcome": self.show_welcome,
            "log": self.show_log,
            "about": self.show_about,
        }

    def show_help(self) -> None:
        """Show the page of help, beside the window."""
        from backprop_gui.dialogs.help_dialog import HelpDialog

        if self._help is None:
            self._help = HelpDialog(self._appearance.theme, self._window)
        self._help.show()
        self._help.raise_()
        self._help.activateWindow()

    def show_welcome(self) -> None:
        """Show the welcome, above the cards."""
        from backprop_gui.widgets.welcome import Welcome

        if self._welcome is None:
            self._welcome = Welcome()
            self._welcome.tried.connect(self.tried)
            self._welcome.wanted_changed.connect(self._on_wanted_changed)
            self._welcome.closed.connect(self._on_welcome_closed)
            self._hold(self._welcome)
        if not self._is_welcome_open:
            self._is_welcome_open = True
            self.is_welcome_wanted = False  # it has been seen; only who asks for it sees it again
            self._welcome.begin()
        self._show_welcome()

    def make_room(self, is_one_alone: bool) -> None:
        """Take the welcome away while a card, or the lecture, has the window to itself."""
        self._is_one_alone = is_one_alone
        self._show_welcome()

    def _show_welcome(self) -> None:
        if self._welcome:
            self._welcome.setVisible(self._is_welcome_open and not self._is_one_alone)

    def ask_what_it_is(self) -> None:
        """Let the next click tell what is under it."""
        from PySide6.QtWidgets import QWhatsThis

        self.explain()
        QWhatsThis.enterWhatsThisMode()

    def explain(self) -> None:
        """Have an explanation on every control: its own, else that of what it is for."""
        for card in self._window.findChildren(Card):
            _explain_tabs(card)
        for widget in self._window.findChildren(QWidget):
            if not widget.whatsThis():
                widget.setWhatsThis(_explanation(widget))

    def show_log(self) -> None:
        """Show the folder of the log in the file manager."""
        from PySide6.QtCore import QUrl
        from PySide6.QtGui import QDesktopServices

        try:
            self._log_folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            problem = _("{path} could not be made: {reason}.")
            self.refused.emit(problem.format(path=shown(self._log_folder), reason=error.strerror))
            return
        is_opened = QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._log_folder)))
        tell = self.said if is_opened else self.refused
        tell.emit(_("The log is in {path}.").format(path=shown(self._log_folder)))

    def show_about(self) -> None:
        """Say what the program is and what it is made of."""
        from PySide6.QtGui import QIcon
        from PySide6.QtWidgets import QMessageBox

        from backprop_gui.views.about import about_text

        box = QMessageBox(self._window)
        box.setWindowTitle(_("About Backprop"))
        box.setIconPixmap(QIcon(str(resource("icons/backprop-gui.svg"))).pixmap(_ICON))
        box.setTextFormat(Qt.TextFormat.RichText)  # of our own
        box.setText(about_text())
        close = box.addButton(_("Close"), QMessageBox.ButtonRole.RejectRole)
        close.setWhatsThis(_("Closes the information about Backprop."))
        box.exec()
        box.deleteLater()

    def _on_theme_changed(self) -> None:
        if self._help:
            self._help.set_theme(self._appearance.theme)

    def _on_welcome_closed(self) -> None:
        self._is_welcome_open = False

    def _on_wanted_changed(self, is_wanted: bool) -> None:
        self._is_welcome_wanted = is_wanted


def _explain_tabs(card: Card) -> None:
    """A tab says what its page is for."""
    texts = {page.title: page.content.whatsThis() for page in card.pages}
    for tab in card.findChildren(QPushButton, "tab"):
        tab.setWhatsThis(texts.get(tab.text()) or tab.toolTip())


def _explanation(widget: QWidget) -> str:
    """Return what a widget's own texts say of it; of a label, what it is the label of."""
    if widget.toolTip():
        return widget.toolTip()
    if isinstance(widget, QLabel) and (buddy := widget.buddy()):
        return buddy.whatsThis() or buddy.toolTip()
    if isinstance(widget, QAbstractButton):
        return widget.accessibleName() or widget.text().replace("&", "")
    return ""
