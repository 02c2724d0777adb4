"""Reading files that may be anything, and writing them so that the old one stays whole.

What is written stands beside the old file under a hidden name until it is whole, and so does an old
file until all of several new ones have their names. A program that is killed meanwhile leaves both
behind. The next one that writes a file of the name removes what was not whole, puts an old file
back whose name is missing, and removes any other old one once its own file is there.
"""

import errno
import os
import re
import stat
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from typing import BinaryIO
from zlib import crc32

from backprop_gui.system.foreign import shown
from backprop_gui.system.texts import _

_SUFFIX = ".backprop-part"  # of a file that is being written
_OLD = ".backprop.old"  # of one that is being replaced
_HEX = "[0-9a-f]{8}"
_PART = re.compile(
    rf"\..*\.{_HEX}-(?P<place>{_HEX})-(?P<process>\d{{1,10}})-{_HEX}"
    rf"(?P<suffix>{re.escape(_SUFFIX)}|{re.escape(_OLD)})",
    re.DOTALL,
)
_LETTERS = 20  # of a file's name in a hidden one, which must not get longer than names may be
_PIECE = 1 << 20  # bytes that are compared in one go
_DAY_S = 24 * 3600
_SYNCS_NOT = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EOPNOTSUPP)


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
    except OSError as error:
        if error.errno in (errno.ENXIO, errno.ELOOP):  # a socket, a circle of links
            raise _not_a_file(path) from error
        raise
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
    asides = _taken_up(path, _abandoned(path.parent))
    name, stream = _temporary(path)
    try:
        with stream:
            yield stream
            _settle(stream, name, path)
        os.replace(name, path)
    except BaseException:
        _remove(name)
        raise
    for aside in asides:
        _remove(aside)
    _sync_folder(path.parent)


@contextmanager
def replacing_all(folder: Path) -> Iterator[Callable[[str, bytes], None]]:
    """Yield what writes files, by name and content, into a folder: all of them or none.

    They take their names when the block ends; where one of them cannot, all that was there before
    is there again. A crash in that moment leaves some new files, some old ones, and the old ones of
    the new under hidden names that end with .old. The next saving of such a name puts the old one
    back at once where the name is missing, and otherwise removes it when its own file is in place.

    Raises OSError, also where two of the names lead to one file.
    """
    written: dict[str, Path] = {}
    paths: set[Path] = set()
    abandoned: dict[Path, list[str]] = {}  # by folder: a link may lead to another one
    asides: list[str] = []
    folder = _resolved(folder)

    def write_one(name: str, data: bytes) -> None:
        path = _resolved(folder / name)  # a link stays a link, to the new file
        if path in paths:
            problem = _("two of the files would have the same name: {name}")
            raise FileExistsError(errno.EEXIST, problem.format(name=shown(path.name)), str(path))
        if path.exists() and not (path.is_file() or path.is_dir()):
            raise _not_a_file(path)  # a pipe, say, which must not become a file
        paths.add(path)
        if path.parent not in abandoned:
            abandoned[path.parent] = _abandoned(path.parent)
        asides.extend(_taken_up(path, abandoned[path.parent]))
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
    for aside in asides:
        _remove(aside)
    for changed in abandoned:
        _sync_folder(changed)


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
            sentence = _("{reason}; the former files are still there, ending with .old: {names}")
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
    aside = _hidden(path, _OLD)
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
    """Write `data` to `path`, whole or not at all, and only as what can be read again.

    Raises OSError.
    """
    with replacing(path) as stream:
        stream.write(data)
        if stream.readable():  # a terminal, say, gives nothing back
            _check(stream, data, path)


def _check(stream: BinaryIO, data: bytes, path: Path) -> None:
    """Raise where a file does not give back what was written to it."""
    stream.seek(0)
    for start in range(0, len(data) + 1, _PIECE):
        if stream.read(_PIECE) != data[start : start + _PIECE]:
            problem = _("the disk returned other data than Backprop wrote")
            raise OSError(errno.EIO, problem, str(path))


def write_own(path: Path, data: bytes) -> None:
    """Write a file that the program will read again, as `write` does.

    Raises OSError; NotAFileError where there is something else of that name, such as a pipe, which
    would keep the program waiting.
    """
    refuse_other(path)
    write(path, data)


def refuse_other(path: Path) -> None:
    """Raise NotAFileError where there is something else than a file of that name."""
    if path.exists() and not path.is_file():
        raise _not_a_file(path)


def refuse_unwritable(path: Path) -> None:
    """Raise OSError where no file of this name can be made: told before there is work for it."""
    if path.is_dir():
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    if path.is_file() or not path.exists():
        name, stream = _temporary(_resolved(path))
        stream.close()
        _remove(name)


def forget_abandoned(folder: Path) -> None:
    """Remove what programs that were killed while they wrote have left in a folder of our own."""
    for name in _abandoned(folder):
        if name.endswith(_SUFFIX):
            _remove(name)


def _resolved(path: Path) -> Path:
    """Return where a path leads. Raises OSError."""
    try:
        return path.resolve()
    except RuntimeError as error:  # before Python 3.13: links that lead to each other
        raise OSError(errno.ELOOP, os.strerror(errno.ELOOP), str(path)) from error
    except ValueError as error:  # a nought byte, or half a letter, in its name
        raise _not_a_file(path) from error


def _temporary(path: Path) -> tuple[str, BinaryIO]:
    """Return the name of a new file beside `path`, open for writing and reading."""
    _refuse_locked(path)
    # A new file gets the mode that the system gives one: to ask for that, it would have to be set.
    mode = 0o600 if path.exists() else 0o666
    flags = os.O_RDWR | os.O_CREAT | os.O_EXCL | _flag("O_NOFOLLOW") | _flag("O_BINARY")
    name = _hidden(path, _SUFFIX)
    return name, os.fdopen(os.open(name, flags, mode), "w+b")


def _hidden(path: Path, suffix: str) -> str:
    """Return a new hidden name beside `path`, which tells whose it is."""
    writer = f"{_place()}-{os.getpid()}-{os.urandom(4).hex()}"
    return str(path.parent / f"{_prefix(path.name)}{writer}{suffix}")


def _prefix(name: str) -> str:
    """Return how the hidden names begin under which a file of this name is written."""
    return f".{name[:_LETTERS]}.{crc32(os.fsencode(name)):08x}-"


@cache
def _place() -> str:
    """Return where a number stands for one process: the computer and, in a container, which."""
    place = [os.uname().nodename] if hasattr(os, "uname") else []
    with suppress(OSError):  # not on every system
        place.append(os.readlink("/proc/self/ns/pid"))
    return f"{crc32(os.fsencode(' '.join(place))):08x}"


def _taken_up(path: Path, abandoned: list[str]) -> list[str]:
    """Take up what programs that live no more have left: new files, whatever their names would be.

    Return old ones of this file that go when a new one is there; where the name is missing,
    one of them has it again.
    """
    prefix, asides = _prefix(path.name), []
    for name in abandoned:
        if name.endswith(_SUFFIX):
            _remove(name)
        elif not os.path.basename(name).startswith(prefix):
            continue
        elif os.path.lexists(path) or not _put_back(path, name):
            asides.append(name)
    return asides


def _abandoned(folder: Path) -> list[str]:
    """Return the hidden files that programs have left that live no more."""
    found = []
    with suppress(OSError), os.scandir(folder) as entries:  # it costs some room, and no saving
        for entry in entries:
            is_ours = _PART.fullmatch(entry.name)
            if is_ours and entry.is_file(follow_symlinks=False) and _is_abandoned(is_ours, entry):
                found.append(entry.path)
    return found


def _is_abandoned(found: re.Match[str], entry: "os.DirEntry[str]") -> bool:
    if os.name == "posix" and found["place"] == _place():
        return not _is_living(int(found["process"]))
    seen = entry.stat(follow_symlinks=False)
    # An old file keeps its time; when it was put aside is when it got that name.
    since = seen.st_ctime if found["suffix"] == _OLD else seen.st_mtime
    return time.time() - since > _DAY_S


def _is_living(process: int) -> bool:
    try:
        os.kill(process, 0)  # asks, and does nothing
    except (ProcessLookupError, OverflowError):
        return False
    except PermissionError:  # somebody else's
        return True
    return True


def _refuse_locked(path: Path) -> None:
    """Raise where the file may not be written, which its folder would allow to get around."""
    with suppress(FileNotFoundError):
        mode = path.stat().st_mode
        if stat.S_ISREG(mode) and (not mode & 0o222 or not os.access(path, os.W_OK)):
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(path))


def _settle(stream: BinaryIO, name: str, path: Path) -> None:
    """Bring the file `name` to the disk, with the rights of what it will replace."""
    stream.flush()
    try:
        os.fsync(stream.fileno())
    except OSError as error:
        if error.errno not in _SYNCS_NOT:  # not every system of files can
            raise
    with suppress(FileNotFoundError):
        _keep_rights(name, path.stat())


def _keep_rights(name: str, old: os.stat_result) -> None:
    """Give a file the owner, the group and the mode of an old one, as far as the system lets us.

    Where the group cannot be kept, another one may not do more with the file than anybody.
    """
    mode, new = stat.S_IMODE(old.st_mode) & 0o777, os.stat(name)
    if (new.st_uid, new.st_gid) != (old.st_uid, old.st_gid):
        is_kept = _may("chown", name, old.st_uid, old.st_gid) or _may("chown", name, -1, old.st_gid)
        if not is_kept and new.st_gid != old.st_gid:
            mode = (mode & ~0o070) | (mode & 0o007) << 3
    if stat.S_IMODE(new.st_mode) != mode:
        _may("chmod", name, mode)


def _may(call: str, *words: str | int) -> bool:
    """Change the rights of a file, or say that they cannot be: a mount may know of none."""
    if not hasattr(os, call):
        return False
    try:
        getattr(os, call)(*words)
    except OSError:
        return False
    return True


def _remove(name: str) -> None:
    with suppress(OSError):  # it may be gone already; what failed is what is raised
        os.unlink(name)


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
