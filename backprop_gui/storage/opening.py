"""Opening any file: the experiment that it is, or that it carries, whatever kind of file it is."""

import os
from pathlib import Path
from typing import NamedTuple

from backprop_gui.storage import embedded_line, experiment_file, files, table_head
from backprop_gui.storage.experiment_file import Document, ExperimentError
from backprop_gui.storage.files import NotAFileError
from backprop_gui.storage.restore_line import Experiment, RestoreLineError
from backprop_gui.system.foreign import shown
from backprop_gui.system.texts import _

LARGEST_MB = 256
_HEAD = 1 << 16  # bytes in which a table has its first row


class NoExperimentError(ValueError):
    """A file with no experiment that this program can open; its own text is a sentence."""


class Opened(NamedTuple):
    """What was found in a file; `content` is the file's, where it is an experiment of its own."""

    path: Path
    document: Document
    content: bytes | None = None


def opened(path: Path) -> Opened:
    """Return what an experiment file holds, or the experiment that an exported file carries.

    Raises as `read` does.
    """
    try:
        if not _is_experiment(path):
            return Opened(path, Document.of(read(path)))
        content = experiment_file.read_bytes(path)
        return Opened(path, experiment_file.decoded_from(path, content), content)
    except NotAFileError as error:
        raise _not_a_file(path) from error
    except ExperimentError as error:
        raise NoExperimentError(str(error)) from error


def _is_experiment(path: Path) -> bool:
    """Say whether a file is an experiment, by its name or by what it begins with."""
    if path.suffix.lower() == experiment_file.SUFFIX:
        return True
    with files.open_regular(path) as stream:
        return experiment_file.is_opening(stream.read(experiment_file.HEAD))


def read(path: Path) -> Experiment:
    """Return the experiment that an exported file carries.

    Raises OSError where the file cannot be read, and NoExperimentError, with a sentence that names
    the file, where there is no experiment in it that can be restored. No file takes longer than a
    moment, and none more memory than a few megabytes.
    """
    try:
        return _found(path)
    except NotAFileError as error:
        raise _not_a_file(path) from error
    except RestoreLineError as error:
        sentence = _("{name} cannot be opened: {problem}.")
        raise NoExperimentError(sentence.format(name=_shown(path), problem=error)) from error


def _found(path: Path) -> Experiment:
    """Return the experiment of a file, whatever its kind."""
    with files.open_regular(path) as stream:
        if os.fstat(stream.fileno()).st_size > LARGEST_MB << 20:
            sentence = _("{name} is larger than {most} MB, the most that Backprop reads.")
            raise NoExperimentError(sentence.format(name=_shown(path), most=LARGEST_MB))
        head = stream.read(_HEAD)
        if not head:
            raise NoExperimentError(_("{name} is empty.").format(name=_shown(path)))
        if table_head.OPENING.match(head):
            return table_head.experiment_of(head)
        stream.seek(0)
        return embedded_line.experiment_in(stream)


def _not_a_file(path: Path) -> NoExperimentError:
    return NoExperimentError(_("{name} is not a file that can be read.").format(name=_shown(path)))


def _shown(path: Path) -> str:
    """Return the name of a file, as it stands in a sentence."""
    return shown(path.name or path)
