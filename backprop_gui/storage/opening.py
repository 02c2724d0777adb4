"""What remakes a file: the experiment that it is or carries, whatever kind of file it is."""

import os
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import NamedTuple

from backprop_gui.storage import embedded_line, experiment_file, files, table_head
from backprop_gui.storage.embedded_line import ContainerError, Source
from backprop_gui.storage.experiment_file import Document, ExperimentError
from backprop_gui.storage.files import NotAFileError
from backprop_gui.storage.restore_line import Experiment, RestoreLineError, find
from backprop_gui.system.foreign import shown
from backprop_gui.system.texts import _

LARGEST_MB = 256
_MOST_LINES = 20  # that are tried, in one file
_LINE = re.compile(rb"backprop \d{1,4}: [^<>\"']*+")  # ends at the latest where its field does
_BOM = rb"(?:\xef\xbb\xbf)?"

# By what a file begins with; its name may be anything.
_KINDS: tuple[tuple[re.Pattern[bytes], Callable[[Source], list[bytes]]], ...] = (
    (re.compile(rb"\x89PNG\r\n\x1a\n"), embedded_line.png),
    (re.compile(rb"GIF8[79]a"), embedded_line.gif),
    (re.compile(rb"RIFF.{4}WEBP", re.DOTALL), embedded_line.webp),
    (re.compile(rb".{4}ftyp", re.DOTALL), embedded_line.mp4),
    (re.compile(rb"PK\x03\x04"), embedded_line.pptx),
    (re.compile(rb"%PDF-"), embedded_line.pdf),
    (re.compile(_BOM + rb"% backprop \d"), embedded_line.latex),
    (re.compile(_BOM + rb"<!-- backprop \d"), embedded_line.markdown),
    (re.compile(_BOM + rb"\s*+\{"), embedded_line.json),
    (re.compile(_BOM + rb"\s*+<(?:!doctype\s+html|html)[\s>]", re.IGNORECASE), embedded_line.html),
    (embedded_line.SVG_OPENING, embedded_line.svg),
)


class NoExperimentError(ValueError):
    """A file with no experiment that this program can remake; its own text is a sentence."""


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
    the file, where it is damaged, or no such file, or has no experiment in it. No file takes longer
    than a moment, and none more memory than a few megabytes.
    """
    try:
        return _found(path)
    except NotAFileError as error:
        raise _not_a_file(path) from error
    except ContainerError as error:
        raise NoExperimentError(error.about(_shown(path))) from error
    except RestoreLineError as error:
        sentence = _("{name} cannot be opened: {problem}.")
        raise NoExperimentError(sentence.format(name=_shown(path), problem=error)) from error


def _experiment(fields: Iterable[bytes]) -> Experiment:
    """Return the first experiment in the fields of a file."""
    problem: ValueError = ContainerError(_("{name} has no experiment of Backprop in it."))
    for line in islice(_lines(fields), _MOST_LINES):
        try:
            return find(line)
        except RestoreLineError as error:
            problem = error
    raise problem


def _lines(fields: Iterable[bytes]) -> Iterator[str]:
    for field in fields:
        # Backwards: a title, into which a person may have put a line, stands before ours.
        for line in reversed(_LINE.findall(field)):
            yield line.decode("ascii", "replace")


def _found(path: Path) -> Experiment:
    """Return the experiment of a file, whatever its kind."""
    with files.open_regular(path) as stream:
        size = os.fstat(stream.fileno()).st_size
        if size > LARGEST_MB << 20:
            sentence = _("{name} is larger than {most} MB, which Backprop does not read.")
            raise ContainerError(sentence.format(name="{name}", most=LARGEST_MB))
        source = Source(stream, size)
        head = source.head(embedded_line.HEAD)
        for opening, fields in _KINDS:
            if opening.match(head):
                return _experiment(fields(source))
        if table_head.OPENING.match(head):
            return table_head.experiment_of(head)
    if not head:
        raise ContainerError(_("{name} is empty."))
    raise ContainerError(_("{name} is a kind of file that Backprop does not read."))


def _not_a_file(path: Path) -> NoExperimentError:
    return NoExperimentError(_("{name} is not a file that can be read.").format(name=_shown(path)))


def _shown(path: Path) -> str:
    """Return the name of a file, as it stands in a sentence."""
    return shown(path.name or path)
