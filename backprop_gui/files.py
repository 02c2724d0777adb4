"""Writing files so that the old one stays whole until the new one is."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import BinaryIO


@contextmanager
def replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes the place of `path` when the block ends, and not before.

    Where the block or the disk fails, `path` stays as it was and nothing is left behind. A link
    stays a link, to the new file; what is no file, such as /dev/stdout, is written to as it is.
    Raises OSError.
    """
    if path.exists() and not path.is_file():
        with path.open("wb") as stream:
            yield stream
        return
    path = path.resolve()
    import tempfile  # it takes as long to import as all of this program's own files

    handle, name = tempfile.mkstemp(prefix=f".{path.name[:32]}.", dir=path.parent)
    try:
        with os.fdopen(handle, "wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        os.chmod(name, _mode(path))
        os.replace(name, path)
    except BaseException:
        with suppress(OSError):  # it may be gone already; what failed is what is raised
            os.unlink(name)
        raise
    _sync_folder(path.parent)


def write(path: Path, data: bytes) -> None:
    """Write `data` to `path`, whole or not at all. Raises OSError."""
    with replacing(path) as stream:
        stream.write(data)


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
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
