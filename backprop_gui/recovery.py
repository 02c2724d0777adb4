"""Unsaved work, kept aside every few seconds for the case that the program ends without asking.

Each running program has one file, and a lock beside it that ends with the program. A file whose
lock is free was left by a program that did not come to its end.
"""

import json
import os
import uuid
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from backprop_gui import experiment, files
from backprop_gui.documents import Unsaved
from backprop_gui.experiment import ExperimentError
from backprop_gui.lesson.positions import Report
from backprop_gui.worker import Worker

_INTERVAL_MS = 3000
_SUFFIX, _LOCK_SUFFIX = ".recovery", ".lock"
_FORMAT = "backprop recovery"


class Recovery(QObject):
    """Keeps the unsaved work in a file. The window calls `end` as it closes.

    `unsaved` returns the work that is in no file, or None where all is saved. A folder that
    cannot be written to costs this safety, and nothing else.

    Signals:
        failed(str): why work could not be kept; once, until it can be kept again.
    """

    failed = Signal(str)

    def __init__(
        self, folder: Path, unsaved: Callable[[], Unsaved | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._unsaved = unsaved
        self._path = folder / f"{os.getpid()}-{uuid.uuid4().hex[:8]}{_SUFFIX}"
        self._lock = _lock_of(self._path)
        self._kept: bytes | None = None
        self._problem = ""
        self._worker = Worker(self)
        self._worker.ended.connect(self._on_ended)
        self._timer = QTimer(self, interval=_INTERVAL_MS)
        self._timer.timeout.connect(self._on_due)
        self._timer.start()

    def keep_now(self) -> None:
        """Keep the unsaved work before anything else happens. Raises OSError."""
        self._worker.end()
        content = self._content()
        if content is None:
            self._forget()
        else:
            self._write(content)

    def end(self) -> None:
        """Keep the unsaved work for the next start, where there is any; then no thread is left."""
        self._timer.stop()
        try:
            self.keep_now()
        except OSError as error:
            self._tell(error)
        self._lock.unlock()

    def left(self) -> "list[Left]":
        """Return what programs left that did not come to their end, the newest first."""
        found = []
        try:
            self._forget_stale_locks()
            for path in self._folder.glob(f"*{_SUFFIX}"):
                lock = _lock_of(path)
                if path != self._path and lock.tryLock(0):
                    found.append(Left(path, lock))
        except OSError as error:
            self._tell(error)
        return sorted(found, key=lambda left: left.time, reverse=True)

    def _forget_stale_locks(self) -> None:
        """Remove the locks of programs that were ended while all their work was saved."""
        for path in self._folder.glob(f"*{_LOCK_SUFFIX}"):
            if not path.with_suffix(_SUFFIX).exists():
                lock = _lock_of(path)
                if lock.tryLock(0):
                    lock.unlock()  # which removes it

    def _on_due(self) -> None:
        if self._worker.is_busy:
            return
        content = self._content()
        if content == self._kept:
            return
        if content is not None:
            self._worker.start(partial(self._write, content))
            return
        try:
            self._forget()
        except OSError as error:
            self._tell(error)

    def _on_ended(self, failure: Exception | None) -> None:
        if isinstance(failure, OSError | None):
            self._tell(failure)
        else:
            raise failure

    def _tell(self, failure: OSError | None) -> None:
        problem = (failure.strerror or str(failure)) if failure else ""
        if problem and problem != self._problem:
            self.failed.emit(problem)
        self._problem = problem

    def _content(self) -> bytes | None:
        unsaved = self._unsaved()
        if unsaved is None:
            return None
        path, document, known = unsaved
        values = {
            "format": _FORMAT,
            "path": str(path) if path else None,
            "experiment": experiment.encoded(document).decode(),
            "known": known.decode(),
        }
        return json.dumps(values).encode()

    def _write(self, content: bytes, _report: Report | None = None) -> None:
        """Write the file; this may run in the worker's thread."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not self._lock.isLocked() and not self._lock.tryLock(0):
            raise OSError(None, self._lock.error().name)
        files.write(self._path, content)
        self._kept = content

    def _forget(self) -> None:
        if self._kept is not None:
            self._path.unlink(missing_ok=True)
            self._kept = None


class Left:
    """Work that a program left; `time` is when it was kept, in seconds."""

    def __init__(self, path: Path, lock: QLockFile) -> None:
        self._path = path
        self._lock = lock
        self.time = path.stat().st_mtime

    def read(self) -> Unsaved | None:
        """Return the work, or None where the file is none that the program wrote whole."""
        try:
            values: Any = json.loads(self._path.read_bytes()[: 4 * experiment.LARGEST])
            if not isinstance(values, dict) or values.get("format") != _FORMAT:
                return None
            name, text = values.get("path"), values.get("experiment")
            known = values.get("known", "")
            if not (isinstance(name, str | None) and isinstance(text, str)):
                return None
            if not isinstance(known, str):
                return None
            document = experiment.decoded(text.encode())
        except (OSError, ValueError, RecursionError, ExperimentError):
            return None
        return Unsaved(Path(name) if name else None, document, known.encode())

    def forget(self) -> None:
        """Remove it for good."""
        self._path.unlink(missing_ok=True)
        self._lock.unlock()

    def leave(self) -> None:
        """Leave it to the next start."""
        self._lock.unlock()


def _lock_of(path: Path) -> QLockFile:
    lock = QLockFile(str(path.with_suffix(_LOCK_SUFFIX)))
    lock.setStaleLockTime(0)  # by whether its program lives, not by its age
    return lock
