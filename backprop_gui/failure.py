"""What happens when the program itself fails: one dialog, the work kept, the details in a log."""

import sys
import threading
import traceback
from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtWidgets import QApplication
from shiboken6 import isValid

from backprop_gui import __version__
from backprop_gui.i18n import _

if TYPE_CHECKING:
    import logging

    from backprop_gui.dialogs.failure_dialog import FailureDialog

LOG = "backprop.log"
_LARGEST, _KEPT = 256_000, 3  # bytes of a log file, and how many older ones there are
_LONGEST_LINE = 300  # characters
_MOST_LOGGED = 200  # of one start: what fails in each frame would fill the disk otherwise


class Failure(NamedTuple):
    """An exception that nobody expected, and where it happened."""

    error: BaseException
    trace: TracebackType | None
    thread: str

    @property
    def place(self) -> str:
        """What kind of error it is, and in which line: the same for the same mistake."""
        frames = traceback.extract_tb(self.trace)
        last = frames[-1] if frames else None
        where = f"{last.filename}:{last.lineno}" if last else ""
        return f"{type(self.error).__name__} {where}"

    @property
    def summary(self) -> str:
        """What kind of error it is, and its message, on one line."""
        message = " ".join(str(self.error).split())
        return ": ".join(filter(None, (type(self.error).__name__, message)))[:_LONGEST_LINE]

    @property
    def report(self) -> str:
        """All that is known of it, without what the person worked on."""
        import platform

        lines = traceback.format_exception(type(self.error), self.error, self.trace)
        machine = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
        return f"Backprop {__version__}\n{machine}\nThread {self.thread}\n\n{''.join(lines)}"


class Failures(QObject):
    """Takes every exception that nobody caught, in any slot, event or thread.

    `keep` keeps the unsaved work aside and returns a sentence on that. The same mistake opens a
    dialog once; what fails while it is open is counted and logged.

    Signals:
        happened(Failure): in whichever thread; taken in the window's.
    """

    happened = Signal(object)

    def __init__(self, folder: Path, keep: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._folder = folder
        self._keep = keep
        self._told: set[str] = set()
        self._dialog: FailureDialog | None = None
        self._more = 0
        self._logged = 0
        self._logger: logging.Logger | None = None
        self._is_taking = False
        self._hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
        # Queued: where the exception happened nothing more is to be done.
        self.happened.connect(self._on_happened, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take exceptions from now on."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_exception_in_thread
        sys.unraisablehook = self._on_unraisable

    def end(self) -> None:
        """Take none any more, and close the log."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._hooks
        if self._logger:
            for handler in self._logger.handlers[:]:
                handler.close()
                self._logger.removeHandler(handler)

    def _on_exception(
        self, _kind: type[BaseException], error: BaseException, trace: TracebackType | None
    ) -> None:
        if isinstance(error, KeyboardInterrupt):
            QApplication.exit(130)
            return
        self.happened.emit(Failure(error, trace, threading.current_thread().name))

    def _on_exception_in_thread(self, args: threading.ExceptHookArgs) -> None:
        if args.exc_value:
            name = args.thread.name if args.thread else ""
            self.happened.emit(Failure(args.exc_value, args.exc_traceback, name))

    def _on_unraisable(self, args: "sys.UnraisableHookArgs") -> None:
        if args.exc_value:
            name = threading.current_thread().name
            self.happened.emit(Failure(args.exc_value, args.exc_traceback, name))

    def _on_happened(self, failure: Failure) -> None:
        if self._is_taking:
            return  # what fails while a failure is told is not told itself
        self._is_taking = True
        try:
            self._take(failure)
        except Exception as error:  # noqa: BLE001 - telling would fail again, without end
            self._log(Failure(error, error.__traceback__, failure.thread))
        finally:
            self._is_taking = False

    def _take(self, failure: Failure) -> None:
        self._log(failure)
        if self._dialog and isValid(self._dialog):  # its parent may have gone, and it too
            self._more += 1
            self._dialog.show_more(self._more)
        elif failure.place not in self._told:
            self._told.add(failure.place)
            self._tell(failure)

    def _tell(self, failure: Failure) -> None:
        from backprop_gui.dialogs.failure_dialog import FailureDialog

        self._dialog = FailureDialog(
            failure.summary,
            self._kept(),
            failure.report,
            self._folder / LOG,
            QApplication.activeModalWidget() or QApplication.activeWindow(),
        )
        self._more = 0
        self._dialog.log_requested.connect(self._on_log_requested)
        self._dialog.finished.connect(self._on_told)
        self._dialog.open()

    def _kept(self) -> str:
        """Keep the work; what is broken may be the very thing that is to be kept."""
        try:
            return self._keep()
        except Exception as error:  # noqa: BLE001 - it is told, beside what happened before
            self._log(Failure(error, error.__traceback__, ""))
            return _("Your unsaved work could not be kept aside: save it, if you can.")

    def _on_told(self) -> None:
        if self._dialog:
            self._dialog.deleteLater()
            self._dialog = None

    def _on_log_requested(self) -> None:
        from PySide6.QtGui import QDesktopServices

        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _log(self, failure: Failure) -> None:
        self._logged += 1
        if self._logged > _MOST_LOGGED:
            return
        try:
            self._opened_log().error("%s", failure.report)
        except OSError as error:
            sys.stderr.write(f"{self._folder}: {error.strerror or error}\n{failure.report}\n")

    def _opened_log(self) -> "logging.Logger":
        """Return the log; what is seldom needed is imported when it is."""
        import logging
        from logging.handlers import RotatingFileHandler

        if self._logger is None:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            handler = RotatingFileHandler(
                self._folder / LOG,
                maxBytes=_LARGEST,
                backupCount=_KEPT,
                encoding="utf-8",
                errors="backslashreplace",
            )
            handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
            self._logger = logging.Logger("backprop")
            self._logger.addHandler(handler)
        return self._logger
