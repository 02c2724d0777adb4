"""Reading files that may be anything, and writing them so that the old one stays whole."""

import errno
import os
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO

from backprop_gui.i18n import _


class NotAFileError(OSError):
    """A folder, a pipe or a device where a file should be, or a name that none can have."""


def open_regular(path: Path) -> BinaryIO:
    """Open a file to be read; a pipe, say, would keep the program waiting.

    Raises OSError; NotAFileError where there is something else of that name.
    """
    flags = os.O_RDONLY | _flag("O_NONBLOCK") | _flag("O_NOCTTY") | _flag("O_BINARY")
    try:
        handle = os.open(path, flags)
    except ValueError as error:  # a nought byte, or half a letter, in its name
        raise _not_a_file(path) from error
    if not stat.S_ISREG(os.fstat(handle).st_mode):
        os.close(handle)
        raise _not_a_file(path)
    return os.fdopen(handle, "rb")


def _flag(name: str) -> int:
    """Return a flag of the system's `open`, where it has one of that name."""
    return int(getattr(os, name, 0))


def _not_a_file(path: Path) -> NotAFileError:
    return NotAFileError(errno.EINVAL, _("it is not a file that can be read"), str(path))


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes the place of `path` when the block ends, and not before.

    Where the block or the disk fails, `path` stays as it was and nothing is left behind. A link
    stays a link, to the new file; what is no file, such as /dev/stdout, is written to as it is.
    Raises OSError.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as device:
            yield device
        return
    path = _resolved(path)
    name, stream = _temporary(path)
    try:
        with stream:
            yield stream
            _settle(stream, name, path)
        os.replace(name, path)
    except BaseException:
        _remove(name)
        raise
    _sync_folder(path.parent)


@contextmanager
def replacing_all(folder: Path) -> Iterator[Callable[[str, bytes], None]]:
    """Yield what writes files, by name and content, into a folder: all of them or none.

    They take their names when the block ends; where one of them cannot, all that was there before
    is there again. A crash of the machine in that moment leaves some new files, some old ones, and
    the old ones of the new, whose names then end with .old. Raises OSError.
    """
    written: dict[str, Path] = {}
    folder = _resolved(folder)

    def write_one(name: str, data: bytes) -> None:
        path = _resolved(folder / name)  # a link stays a link, to the new file
        temporary, stream = _temporary(path)
        written[temporary] = path
        with stream:
            stream.write(data)
            _settle(stream, temporary, path)

    try:
        yield write_one
        _take_names(written)
    except BaseException:
        for name in written:
            _remove(name)
        raise
    _sync_folder(folder)


def _take_names(written: dict[str, Path]) -> None:
    """Give files their names, all or none; the old ones stay aside until all are in place."""
    asides: dict[Path, str | None] = {}
    try:
        for name, path in written.items():
            if aside := _set_aside(path):
                asides[path] = aside
            os.replace(name, path)
            asides.setdefault(path, None)
    except BaseException as error:
        lost = [path.name for path in reversed(asides) if not _put_back(path, asides[path])]
        if lost:
            sentence = _("{reason}; what was there stays beside it, ending with .old: {names}")
            reason = getattr(error, "strerror", None) or str(error)
            raise OSError(sentence.format(reason=reason, names=", ".join(lost))) from error
        raise
    for aside in filter(None, asides.values()):
        _remove(aside)


def _set_aside(path: Path) -> str | None:
    """Return another name of the file that is there, or None where there is none."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if not path.exists():
        return None
    aside = str(path.with_name(f".{path.name[:32]}.{os.urandom(4).hex()}.old"))
    try:
        os.link(path, aside)
    except (OSError, NotImplementedError):  # a disk without links: for a moment it has no name
        os.replace(path, aside)
    return aside


def _put_back(path: Path, aside: str | None) -> bool:
    """Let a name stand for what was there before, and say whether it does."""
    try:
        if aside:
            os.replace(aside, path)
        else:
            path.unlink(missing_ok=True)
    except OSError:
        return False
    if aside:
        _remove(aside)  # two names of one file are both left by the system's call
    return True


def write(path: Path, data: bytes) -> None:
    """Write `data` to `path`, whole or not at all. Raises OSError."""
    with replacing(path) as stream:
        stream.write(data)


def _resolved(path: Path) -> Path:
    """Return where a path leads. Raises OSError."""
    try:
        return path.resolve()
    except RuntimeError as error:  # before Python 3.13: links that lead to each other
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path)) from error


def _temporary(path: Path) -> tuple[str, BinaryIO]:
    """Return the name of a new file beside `path`, open for writing."""
    import tempfile  # it takes as long to import as all of this program's own files

    _refuse_locked(path)
    handle, name = tempfile.mkstemp(prefix=f".{path.name[:32]}.", dir=path.parent)
    return name, os.fdopen(handle, "wb")


def _refuse_locked(path: Path) -> None:
    """Raise where the file may not be written, which its folder would allow to get around."""
    with suppress(FileNotFoundError):
        mode = path.stat().st_mode
        if stat.S_ISREG(mode) and (not mode & 0o222 or not os.access(path, os.W_OK)):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def _settle(stream: BinaryIO, name: str, path: Path) -> None:
    """Bring the file `name` to the disk, with the mode of what it will replace."""
    stream.flush()
    os.fsync(stream.fileno())
    os.chmod(name, _mode(path))


def _remove(name: str) -> None:
    with suppress(OSError):  # it may be gone already; what failed is what is raised
        os.unlink(name)


def _mode(path: Path) -> int:
    """Return the mode of the file to be replaced, or that of a new one."""
    try:
        return path.stat().st_mode & 0o777
    except FileNotFoundError:
        mask = os.umask(0)
        os.umask(mask)
        return 0o666 & ~mask


def _sync_folder(folder: Path) -> None:
    if os.name != "posix":  # elsewhere a folder cannot be opened
        return
    # The file has its name by now: a folder that cannot be read, or a system that syncs none,
    # must not be told as a saving that failed.
    with suppress(OSError):
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
