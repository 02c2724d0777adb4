"""What keeps a person's work when something ends the program, or the program fails."""

import time
from datetime import datetime
from importlib import import_module
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QMessageBox

from backprop_gui.app.crash_handler import CrashHandler
from backprop_gui.app.recovery import Left, Recovery
from backprop_gui.lesson import notation, numbers
from backprop_gui.lesson.fields import FIELDS
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.storage.experiment_file import Document
from backprop_gui.system.foreign import shown
from backprop_gui.system.texts import _
from backprop_gui.widgets.plain import message_box
from backprop_gui.window.main_window import MainWindow

_DAY_S = 24 * 3600
# What saves, also what has no name yet, and what is said about that, is imported before an update
# can replace its files.
_NEEDED = (
    "backprop_gui.dialogs.question",
    "backprop_gui.dialogs.file_dialog",
    "backprop_gui.widgets.banner",
    "fractions",  # with which what is typed may be read
    "html",
)
_Role = QMessageBox.ButtonRole


class Restorer(QObject):
    """Stands by a window from when it is complete until `end`.

    Signals:
        settled(bool): nothing is left over from former starts that the person has not answered
            to, and whether work was restored.
    """

    settled = Signal(bool)

    def __init__(self, window: MainWindow, data_folder: Path, log_folder: Path) -> None:
        super().__init__(window)
        self._window = window
        self._left: list[Left] = []
        self._recovery = Recovery(data_folder / "recovery", lambda: window.unsaved, self)
        self._recovery.failed.connect(self._on_failed)
        self._recovery.kept_again.connect(self._on_kept_again)
        self._failures = CrashHandler(log_folder, self._keep, self)
        self._failures.came_again.connect(window.messages.refuse)
        self._failures.install()
        for name in _NEEDED:
            import_module(name)

    def offer_what_is_left(self) -> None:
        """Offer the work of programs that did not come to their end, the newest first."""
        self._left = self._recovery.left()
        self._offer_next()

    def keep(self) -> None:
        """Keep the unsaved work now; the window says where that cannot be."""
        try:
            self._recovery.keep_now()
        except OSError as error:
            self._on_failed(error.strerror or str(error))

    def end(self) -> None:
        """Keep what is not saved and not given up; stand by no more."""
        for left in self._left:
            left.leave()
        self._recovery.end()
        self._failures.end()

    def _offer_next(self) -> None:
        if not self._left:
            self.settled.emit(False)
            return
        unsaved = self._left[0].read()
        if unsaved is None:  # of a newer version, which may still read it, or not to be read now
            self._left.pop(0).leave()
            self._offer_next()
            return
        name = shown(unsaved.path.name) if unsaved.path else _("Untitled")
        text = _("Backprop stopped {when}. Restore the unsaved changes to {name}?")
        box = message_box(
            self._window,
            _("Unsaved work"),
            text.format(when=_when(self._left[0].time), name=name),
            _in_a_line(unsaved.document, self._window.appearance.choices.numerals),
        )
        restore = box.addButton(_("&Restore"), _Role.AcceptRole)
        restore.setWhatsThis(_("Opens the work in this window. Save it afterwards."))
        forget = box.addButton(_("&Discard"), _Role.DestructiveRole)
        forget.setWhatsThis(_("Deletes the work permanently."))
        later = box.addButton(_("Decide &later"), _Role.RejectRole)
        later.setWhatsThis(_("Keeps the work. Backprop asks again at the next start."))
        box.setDefaultButton(restore)

        def answered() -> None:
            chosen = box.clickedButton()
            box.deleteLater()
            if chosen is restore:
                self._restore()
            elif chosen is forget:
                self._forget(self._left.pop(0))
                self._offer_next()
            else:
                self._leave_rest()

        box.finished.connect(answered)
        box.open()

    def _restore(self) -> None:
        left = self._left.pop(0)
        unsaved = left.read()
        if unsaved:
            self._window.documents.restore(unsaved)
            self._replace(left)
        self._leave_rest(is_restored=unsaved is not None)

    def _replace(self, left: Left) -> None:
        """Keep what was restored as this program's, and only then forget the former copy."""
        try:
            self._recovery.keep_now()
        except OSError:  # which is told
            left.leave()
        else:
            self._forget(left)

    def _forget(self, left: Left) -> None:
        try:
            left.forget()
        except OSError as error:
            problem = _("The copy of the work could not be removed: {reason}.")
            self._window.messages.refuse(problem.format(reason=error.strerror or error))

    def _leave_rest(self, *, is_restored: bool = False) -> None:
        """Leave the other copies to the next start: one window has one document."""
        while self._left:
            self._left.pop().leave()
        self.settled.emit(is_restored)

    def _on_failed(self, reason: str) -> None:
        problem = _("Backprop cannot keep a copy of unsaved work ({reason}): save your work often.")
        self._window.messages.set_lasting(problem.format(reason=reason))

    def _on_kept_again(self, is_kept: bool) -> None:
        self._window.messages.set_lasting("")
        if is_kept:
            self._window.messages.say(_("Backprop keeps a copy of unsaved work again"))

    def _keep(self) -> str:
        """Keep the unsaved work now, and say so."""
        try:
            self._recovery.keep_now()
        except OSError as error:
            problem = _("Backprop could not keep a copy of your unsaved work: {reason}.")
            return problem.format(reason=error.strerror or error)
        if self._window.unsaved is None:
            return _("You have no unsaved work.")
        return _("Backprop has kept a copy of your unsaved work and offers it at the next start.")


def _in_a_line(document: Document, numerals: Numerals) -> str:
    """Return what tells one experiment from another: its numbers, and how far it was looked at."""
    setup = document.setup
    values = (
        f"{notation.plain(field.symbol)} {numbers.relation(text, value)} {text}"
        for field in FIELDS
        if field.symbol
        for value in (getattr(setup, field.name),)
        for text in (numerals.given(value),)
    )
    place = _("iteration {iteration}").format(iteration=numerals.count(document.position.iteration))
    how = (setup.method.title,) if setup.method else ()
    return " · ".join((*values, *how, place))


def _when(kept: float) -> str:
    """Return a time in words, as near as a person needs it."""
    moment = datetime.fromtimestamp(kept).astimezone()
    if time.time() - kept < _DAY_S:
        return _("at {time}").format(time=f"{moment:%H:%M}")
    return _("on {date}").format(date=f"{moment:%Y-%m-%d}")
