"""What happens when the program itself fails: one dialog, the work kept, the details in a log.

The files of the program may be what failed: an update replaces them while it runs. So nothing here
is imported when it is needed, and nothing is read from the disk.
"""

import os
import platform
import sys
import threading
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from types import TracebackType
from typing import NamedTuple

from PySide6.QtCore import QObject, Qt, QUrl, Signal
from PySide6.QtGui import QDesktopServices
from PySide6.QtWidgets import QApplication, QLabel
from shiboken6 import isValid

from backprop_gui import __version__
from backprop_gui.dialogs.failure_dialog import WENT_WRONG, FailureDialog
from backprop_gui.storage import files
from backprop_gui.system.terminal import tell_lines
from backprop_gui.system.texts import _
from backprop_gui.widgets.plain import label

LOG = "backprop.log"
_LARGEST, _KEPT = 256_000, 3  # bytes of a log file, and how many older ones there are
_LONGEST_LINE = 300  # characters
_REMIND_S = 1.0  # at most so often
_MACHINE = f"{platform.system()} {platform.release()}, Python {platform.python_version()}"
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
        try:
            lines = traceback.format_exception(type(self.error), self.error, self.trace)
        except Exception:  # noqa: BLE001 - Python imports some of what formats it only here
            lines = [f"{self.summary}\n", f"{self.place}\n"]
        return f"Backprop {__version__}\n{_MACHINE}\nThread {self.thread}\n\n{''.join(lines)}"


class CrashHandler(QObject):
    """Takes every exception that nobody caught, in any slot, event or thread.

    `keep` keeps the unsaved work aside and returns a sentence on that. The same mistake opens a
    dialog once; what fails while it is open is counted and logged.

    Signals:
        happened(Failure): in whichever thread; taken in the window's.
        came_again(str): what the person tried fails once more, since the program was changed; a
            sentence on that.
    """

    happened = Signal(object)
    came_again = Signal(str)

    def __init__(self, folder: Path, keep: Callable[[], str], parent: QObject) -> None:
        super().__init__(parent)
        self._folder = folder
        self._keep = keep
        self._told: set[str] = set()
        self._dialog: FailureDialog | None = None
        self._plain: QLabel | None = None
        self._more = 0
        self._logged = 0
        self._is_taking = False
        self._reminded_at = -_REMIND_S
        self._files = _program_files()
        self._hooks = sys.excepthook, threading.excepthook, sys.unraisablehook
        # Queued: nothing more may happen where the exception happened.
        self.happened.connect(self._on_happened, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """Take exceptions from now on."""
        sys.excepthook = self._on_exception
        threading.excepthook = self._on_exception_in_thread
        sys.unraisablehook = self._on_unraisable
        _rehearse()

    def end(self) -> None:
        """Take none any more."""
        sys.excepthook, threading.excepthook, sys.unraisablehook = self._hooks

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
        else:
            self._remind(failure)

    def _tell(self, failure: Failure) -> None:
        headline, kept = self._headline(failure), self._kept()
        self._more = 0
        try:
            self._dialog = FailureDialog(
                failure.summary,
                kept,
                failure.report,
                self._folder / LOG,
                QApplication.activeModalWidget() or QApplication.activeWindow(),
                headline=headline,
            )
            self._dialog.log_requested.connect(self._on_log_requested)
            self._dialog.finished.connect(self._on_told)
            self._dialog.open()
        except Exception as error:  # noqa: BLE001 - whatever it is, the person is told
            self._dialog = None
            self._log(Failure(error, error.__traceback__, failure.thread))
            self._plain = _told_plainly("\n\n".join((headline, failure.summary, kept)))

    def _headline(self, failure: Failure) -> str:
        if not self._is_program_changed(failure):
            return WENT_WRONG
        return _(
            "Backprop was changed or removed while it was running, for example by an update, and "
            "cannot load one of its parts. Save your work, then start Backprop again."
        )

    def _is_program_changed(self, failure: Failure) -> bool:
        """Say whether a part of the program is missing, or not the one that was started."""
        return isinstance(failure.error, ImportError) or any(
            _state(path) != state for path, state in self._files.items()
        )

    def _remind(self, failure: Failure) -> None:
        """Say once more why nothing happens, where it is the person who tries again."""
        now = time.monotonic()
        if now - self._reminded_at >= _REMIND_S and self._is_program_changed(failure):
            self._reminded_at = now
            self.came_again.emit(self._headline(failure))

    def _kept(self) -> str:
        """Keep the work; the work itself may be what is broken."""
        try:
            return self._keep()
        except Exception as error:  # noqa: BLE001 - it is told, beside what happened before
            self._log(Failure(error, error.__traceback__, ""))
            return _("Backprop could not keep a copy of your work: save it, if you can.")

    def _on_told(self) -> None:
        if self._dialog:
            self._dialog.deleteLater()
            self._dialog = None

    def _on_log_requested(self) -> None:
        QDesktopServices.openUrl(QUrl.fromLocalFile(str(self._folder)))

    def _log(self, failure: Failure) -> None:
        self._logged += 1
        if self._logged > _MOST_LOGGED:
            return
        try:
            _write(self._folder, failure.report)
        except OSError as error:
            tell_lines(f"{self._folder}: {error.strerror or error}\n{failure.report}")


def _rehearse() -> None:
    """Make a report, so that Python has imported what it needs for one."""
    try:
        [].pop()
    except IndexError as error:
        Failure(error, error.__traceback__, "").report.encode()


def _program_files() -> dict[str, tuple[int, ...] | None]:
    """Return the files that the program consists of so far, each with how it is now."""
    ours = (m for name, m in list(sys.modules.items()) if name.partition(".")[0] == "backprop_gui")
    paths = {getattr(module, "__file__", None) or "" for module in ours}
    return {path: _state(path) for path in (*paths, sys.executable)}


def _state(path: str) -> tuple[int, ...] | None:
    """Return what changes when a file is replaced, or None where there is none."""
    try:
        found = os.stat(path)
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


def _write(folder: Path, report: str) -> None:
    """Add a report to the log; where that is too large, begin it again and keep the former one."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    path = folder / LOG
    files.refuse_other(path)  # a pipe would keep the program waiting
    entry = f"{time.strftime('%Y-%m-%d %H:%M:%S')} {report}\n"
    content = entry.encode(errors="backslashreplace")
    with suppress(FileNotFoundError):
        if path.stat().st_size + len(content) > _LARGEST:
            _shift(path)
    with path.open("ab") as log:
        log.write(content)


def _shift(path: Path) -> None:
    """Give a log and the older ones the next number; the oldest goes."""
    names = [path, *(path.with_name(f"{path.name}.{number + 1}") for number in range(_KEPT))]
    for newer, older in reversed(list(pairwise(names))):
        with suppress(FileNotFoundError):
            newer.replace(older)


def _told_plainly(text: str) -> QLabel:
    """Tell by what needs nothing but Qt, and on the terminal; it is there as long as it is held."""
    tell_lines(text)
    told = label(text)
    told.setParent(QApplication.activeWindow(), Qt.WindowType.Dialog)
    told.setWordWrap(True)
    told.setMargin(20)
    told.setWindowTitle("Backprop")
    told.show()
    return told
