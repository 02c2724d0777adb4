"""Unsaved work, kept aside every few seconds for the case that the program ends without asking.

Each running program has one file, and a lock beside it that ends with the program. A file whose
lock is free was left by a program that did not come to its end.
"""

import errno
import json
import os
import uuid
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLockFile, QObject, QTimer, Signal

from backprop_gui.state.worker import Worker
from backprop_gui.storage import experiment_file, files
from backprop_gui.storage.experiment_file import ExperimentError
from backprop_gui.storage.json_fields import parsed
from backprop_gui.storage.locks import lock_at
from backprop_gui.system.job import Report
from backprop_gui.system.texts import _
from backprop_gui.window.document import Unsaved

_INTERVAL_MS = 3000
_SUFFIX, _LOCK_SUFFIX = ".recovery", ".lock"
_FORMAT = "backprop recovery"
_LARGEST = 4 * experiment_file.LARGEST  # bytes: an experiment, and what is in its file, as JSON


class Recovery(QObject):
    """Keeps the unsaved work in a file. The window calls `end` as it closes.

    `unsaved` returns the work that is in no file, or None where all is saved. A folder that
    cannot be written to costs this safety, and nothing else.

    Signals:
        failed(str): why work cannot be kept; once for each state of it, until it can be kept again.
        kept_again(bool): what was told is over; whether work is kept now, or none is unsaved.
    """

    failed = Signal(str)
    kept_again = Signal(bool)

    def __init__(
        self, folder: Path, unsaved: Callable[[], Unsaved | None], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._folder = folder
        self._unsaved = unsaved
        self._path = folder / f"{os.getpid()}-{uuid.uuid4().hex[:8]}{_SUFFIX}"
        self._lock = _lock_of(self._path)
        self._lock_path = self._path.with_suffix(_LOCK_SUFFIX)
        self._kept: bytes | None = None
        self._tried: bytes | None = None
        self._told: tuple[str, bytes | None] = ("", None)  # the problem, and with what
        self._worker = Worker(self)
        self._worker.ended.connect(self._on_ended)
        self._timer = QTimer(self, interval=_INTERVAL_MS)
        self._timer.timeout.connect(self._on_due)
        self._timer.start()

    def keep_now(self) -> None:
        """Keep the unsaved work before anything else happens. Raises OSError, and tells it."""
        self._worker.end()
        try:
            self._tried = content = self._content()
            if content is None:
                self._forget()
            else:
                self._write(content)
        except OSError as error:
            self._tell(error)
            raise
        self._tell(None)

    def end(self) -> None:
        """Keep the unsaved work for the next start, where there is any; then no thread is left."""
        self._timer.stop()
        with suppress(OSError):  # it is told, and nothing more can be done
            self.keep_now()
        self._release_lock()

    def left(self) -> "list[Left]":
        """Return what programs left that did not come to their end, the newest first."""
        found = []
        try:
            self._clean()
            for path in self._folder.glob(f"*{_SUFFIX}"):
                if path != self._path and (left := Left.taken(path)):
                    found.append(left)
        except OSError as error:
            self._tell(error)
        return sorted(found, key=lambda left: left.time, reverse=True)

    def _clean(self) -> None:
        """Remove what programs left that were ended while they wrote, or all their work was saved.

        Up to version 0.1 what was being written had a name with eight letters at its end.
        """
        files.forget_abandoned(self._folder)
        for path in self._folder.glob(f".*{_SUFFIX}.{'?' * 8}"):
            lock = _lock_of(path.with_name(path.stem[1:]))
            if lock.tryLock(0):
                path.unlink(missing_ok=True)
                lock.unlock()
        for path in self._folder.glob(f"*{_LOCK_SUFFIX}"):
            if not path.with_suffix(_SUFFIX).exists():
                lock = _lock_of(path)
                if lock.tryLock(0):
                    lock.unlock()  # which removes it

    def _on_due(self) -> None:
        if self._worker.is_busy:
            return
        try:
            self._tried = content = self._content()
            if content is not None and not (content == self._kept and self._is_whole):
                self._worker.start(partial(self._write, content))
                return
            if content is None:
                self._forget()
        except OSError as error:
            self._tell(error)
        else:
            self._tell(None)

    @property
    def _is_whole(self) -> bool:
        """Whether the copy and its lock are there, which somebody may have removed."""
        return all(os.path.exists(path) for path in (self._path, self._lock_path))

    def _on_ended(self, failure: Exception | None) -> None:
        if isinstance(failure, OSError | None):
            self._tell(failure)
        else:
            raise failure

    def _tell(self, failure: OSError | None) -> None:
        """Tell a problem once for each state of the work, and that it is over."""
        problem = (failure.strerror or str(failure)) if failure else ""
        told, self._told = self._told, (problem, self._tried if problem else None)
        if problem and told != self._told:
            self.failed.emit(problem)
        elif told[0] and not problem:
            self.kept_again.emit(self._kept is not None)

    def _content(self) -> bytes | None:
        """Return what to write, of which it is certain that it can be restored. Raises OSError."""
        unsaved = self._unsaved()
        if unsaved is None:
            return None
        try:
            content = _encoded(unsaved)
        except ExperimentError as error:
            raise OSError(errno.EINVAL, str(error)) from error
        if _decoded(content) != unsaved:
            raise OSError(errno.EINVAL, _("Backprop could not restore it exactly"))
        return content

    def _write(self, content: bytes, _report: Report | None = None) -> None:
        """Write the file; this may run in the worker's thread."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        self._hold_lock()
        files.write_own(self._path, content)
        self._kept = content

    def _hold_lock(self) -> None:
        """Have the lock; a folder that has gone takes it along, and the next start the copy."""
        if not os.path.exists(self._lock_path):
            self._release_lock()
        if not self._lock.isLocked() and not self._lock.tryLock(0):
            raise OSError(None, self._lock.error().name)

    def _release_lock(self) -> None:
        if self._lock.isLocked():
            with suppress(OSError):  # Qt complains of one that has gone before
                self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
                self._lock_path.touch()
            self._lock.unlock()

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

    @staticmethod
    def taken(path: Path) -> "Left | None":
        """Return the work of this file, or None where its program lives, or it is not there."""
        lock = _lock_of(path)
        if not lock.tryLock(0):
            return None
        try:
            return Left(path, lock)
        except OSError:
            lock.unlock()
            return None

    def read(self) -> Unsaved | None:
        """Return the work, or None where the file is none that the program wrote whole."""
        try:
            with files.open_regular(self._path) as stream:
                return _decoded(stream.read(_LARGEST + 1))
        except OSError:
            return None

    def forget(self) -> None:
        """Remove it for good. Raises OSError; it is then left to the next start."""
        try:
            self._path.unlink(missing_ok=True)
        finally:
            self._lock.unlock()

    def leave(self) -> None:
        """Leave it to the next start."""
        self._lock.unlock()


def _encoded(unsaved: Unsaved) -> bytes:
    """Return the content of a copy. Raises ExperimentError."""
    path, document, known = unsaved
    values = {
        "format": _FORMAT,
        "path": str(path) if path else None,
        "experiment": experiment_file.encoded(document).decode(),
        "known": known.decode(),
    }
    return json.dumps(values).encode()


def _decoded(content: bytes) -> Unsaved | None:
    """Return the work of a copy, or None where it is none that the program wrote whole."""
    try:
        fields = parsed(content, _LARGEST)
        name, text = fields.text_or_none("path"), fields.text("experiment")
        known = fields.text("known") if "known" in fields.values else ""  # the first had none
        if fields.text("format") != _FORMAT:
            return None
        document = experiment_file.decoded(text.encode())
        return Unsaved(Path(name) if name else None, document, known.encode())
    except ValueError:  # of the copy, of the experiment in it, or of half a letter
        return None


def _lock_of(path: Path) -> QLockFile:
    return lock_at(path.with_suffix(_LOCK_SUFFIX))
