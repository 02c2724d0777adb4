"""The application: one window, its settings, and every way in which it may have to end."""

import signal
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QLocale,
    QLockFile,
    QObject,
    QStandardPaths,
    Signal,
)
from PySide6.QtGui import QFileOpenEvent, QGuiApplication
from PySide6.QtWidgets import QApplication, QStyleFactory

from backprop_gui import __version__
from backprop_gui.app import instance_address
from backprop_gui.paint.theme import interface_font
from backprop_gui.storage import settings
from backprop_gui.storage.settings import Settings
from backprop_gui.system import collection, terminal
from backprop_gui.system.resources import resource
from backprop_gui.system.texts import _
from backprop_gui.window.main_window import MainWindow

if TYPE_CHECKING:
    from backprop_gui.app.single_instance import SingleInstance

APP_ID = "backprop-gui"


def open_window(path: Path | None = None, *, is_new: bool = False) -> int:
    """Show the window until it is closed, with a file or as before; return the exit code.

    A program that is running already shows the file, unless `is_new` asks for another window.
    """
    QCoreApplication.setApplicationName(APP_ID)
    lock = instance_address.lock_of(_config())
    if instance_address.is_held_by_another(lock) and not is_new and _is_taken(path):
        return 0
    app = _application()
    memory = _Memory(_config() / "settings.json")
    remembered, note = memory.load()
    window = MainWindow(remembered, _logs())
    if note:
        window.completed.connect(lambda: window.messages.refuse(note))
    window.remembered.connect(lambda values: memory.save(values, window.messages.refuse))
    window.closed.connect(memory.save)
    window.completed.connect(_show_icon)
    window.completed.connect(collection.begin)
    if signal.getsignal(signal.SIGINT) != signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # until then there is nothing to be saved
    window.opened.connect(lambda: _Attendance(window, path, lock, memory, app))
    window.show()
    return app.exec()


class _Application(QApplication):
    """Also takes the files that macOS opens: they come as events, not as arguments.

    `file_asked_for_first` is one that came before anybody listened, or "".

    Signals:
        file_asked_for(str): the path of a file that the person wants to open.
    """

    file_asked_for = Signal(str)
    file_asked_for_first = ""

    def event(self, event: QEvent) -> bool:
        """Ask for a file to be opened."""
        if isinstance(event, QFileOpenEvent):
            self.file_asked_for_first = event.file()
            self.file_asked_for.emit(event.file())
            return True
        return super().event(event)


def _application() -> _Application:
    QCoreApplication.setApplicationVersion(__version__)
    QGuiApplication.setDesktopFileName(APP_ID)
    QGuiApplication.setApplicationDisplayName("Backprop")
    _use_plain_digits()
    app = _Application([APP_ID])
    app.setStyle(QStyleFactory.create("Fusion"))
    app.setFont(interface_font())
    return app


def _use_plain_digits() -> None:
    """Let Qt write the digits that all numbers of this program have, in its file dialog too."""
    if QLocale().zeroDigit() != "0":
        QLocale.setDefault(QLocale.c())


def _is_taken(path: Path | None) -> bool:
    """Have the program that is running take the file; say whether it did."""
    from backprop_gui.app.single_instance import hand_over

    return hand_over(instance_address.of(_config()), path)


def _show_icon() -> None:
    from PySide6.QtGui import QIcon

    QApplication.setWindowIcon(QIcon(str(resource("icons/backprop-gui.svg"))))


def _config() -> Path:
    places = QStandardPaths.StandardLocation
    return Path(QStandardPaths.writableLocation(places.AppConfigLocation))


def _data() -> Path:
    places = QStandardPaths.StandardLocation
    return Path(QStandardPaths.writableLocation(places.AppLocalDataLocation))


def _logs() -> Path:
    return _data() / "log"


class _Memory:
    """The file of the settings, which several windows write.

    What the start could not read is not written over: it may be good. What is wrong with the file
    is told once.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._told: str | None = None
        self._before = Settings()  # what this window read or wrote last
        self._unread = ""  # why the file could not be read

    def load(self) -> tuple[Settings, str | None]:
        """Return the settings to begin with, and a note for the person if something was wrong."""
        try:
            self._before, self._told = settings.load(self._path)
        except OSError as error:
            self._unread = error.strerror or str(error)
            note = _(
                "Backprop could not read the settings ({problem}). It uses the defaults, and does "
                "not save changes to them."
            )
            return Settings(), note.format(problem=self._unread)
        return self._before, self._told

    def save(self, values: Settings, tell: Callable[[str], None] = terminal.tell) -> None:
        """Write the settings, with what other windows have written meanwhile; tell a problem."""
        problem = _("The settings could not be saved: {reason}.")
        if self._unread:
            reason = _("they could not be read at the start ({problem})")
            tell(problem.format(reason=reason.format(problem=self._unread)))
            return
        try:
            settings.save(self._with_known(values, tell), self._path)
        except OSError as error:
            tell(problem.format(reason=error.strerror or error))
        else:
            self._before = values

    def _with_known(self, values: Settings, tell: Callable[[str], None]) -> Settings:
        known, note = settings.load(self._path)
        if note and note != self._told:
            self._told = note
            tell(note)
        if note or known == Settings():  # the file is damaged, or it is gone
            return replace(values, others=known.others)
        return settings.merged(values, self._before, known)


class _Attendance(QObject):
    """What stands by the window from its first frame on, in case that something fails.

    What follows when it is complete: a file, what was left, later starts, a welcome.
    """

    def __init__(
        self,
        window: MainWindow,
        path: Path | None,
        lock: QLockFile,
        memory: _Memory,
        app: _Application,
    ) -> None:
        super().__init__(app)
        from backprop_gui.app.restore import Restorer
        from backprop_gui.system.termination import Termination

        self._window = window
        self._path = Path(app.file_asked_for_first) if app.file_asked_for_first else path
        self._lock = lock
        self._memory = memory
        self._instance: SingleInstance | None = None
        self._restorer: Restorer = Restorer(window, _data(), _logs())
        Termination(self._restorer.keep, window.end, app)
        app.file_asked_for.connect(self._on_file_asked_for)
        window.completed.connect(self._on_completed)
        window.closed.connect(self._end)

    def _on_file_asked_for(self, path: str) -> None:
        from backprop_gui.window.second_window import start_another

        if self._instance:
            if not self._window.arrivals.take(Path(path)):
                start_another(self._window, self._window.messages.refuse, Path(path))
        else:
            self._path = Path(path)  # the window is not complete yet

    def _on_completed(self) -> None:
        from backprop_gui.app.single_instance import SingleInstance

        self._instance = SingleInstance(
            instance_address.of(_config()), self._lock, self._window.arrivals.take, self
        )
        if self._path:
            self._window.documents.open(self._path)
        self._restorer.settled.connect(self._on_settled)
        self._restorer.offer_what_is_left()

    def _on_settled(self, is_restored: bool) -> None:
        help_menu = self._window.help_menu
        if help_menu.is_welcome_wanted and not self._path and not is_restored:
            help_menu.show_welcome()
            self._memory.save(self._window.settings())  # it comes once, however this start ends

    def _end(self) -> None:
        if self._instance:
            self._instance.end()
        self._restorer.end()
