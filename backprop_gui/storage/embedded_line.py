"""The restore line in a file of any format, by a search that is bounded whatever the file is.

Most formats carry the line as it is. What packs it is unpacked as far as a line can stand in it:
compressed texts of a PNG, the properties of an office document, and pictures in that. No length
and no checksum of the file is needed: one that was cut off, or has bytes behind its end, gives its
line where that is whole.
"""

import re
import zlib
from collections.abc import Iterator
from itertools import islice
from typing import BinaryIO

from backprop_gui.storage import restore_line
from backprop_gui.storage.restore_line import Experiment, RestoreLineError
from backprop_gui.system.texts import _

_WINDOW = 1 << 20  # bytes that are read at a time
_PART = 1 << 16  # bytes of a packed part that are looked at, packed and unpacked
_CONTEXT = 64  # bytes before a line, which say where it stands
_MOST_TRIES, _MOST_PARTS, _MOST_LINES = 20_000, 400, 2_000  # in one file
_WORD = b"backprop "
_LINE = re.compile(restore_line.PATTERN.encode())

# What the line stands behind in the metadata of a file, and in the text of a picture.
_METADATA = re.compile(
    rb"(?:<dc:source>|<metadata[^<>]*>|<(?:cp|meta):keywords?>|<dc:description>"
    rb'|name="backprop" content="|"backprop"\s*:\s*"|(?:\A|[\r\n]|\xef\xbb\xbf)(?:%|<!--) '
    rb"|!\xfe.|\xa9cmt.{4}data.{8})\Z",
    re.DOTALL,
)
_PICTURE_TEXT = re.compile(rb"Backprop\0{1,5}\Z")
# What says how long the text is: the length of a box of an MP4, or of a chunk of a PNG.
_BOX = re.compile(rb"(.{4})data.{8}\Z", re.DOTALL)
_CHUNK = re.compile(rb"(.{4})[it][TE]Xt(Backprop\0{1,5})\Z", re.DOTALL)

# What begins a packed part, and all that stands before its deflated bytes. The first group counts
# as a piece of the part, the second is the length of what is passed over.
_Packed = tuple[bytes, re.Pattern[bytes]]
_PNG_TEXT: _Packed = (  # zTXt or iTXt
    b"TXtBackprop\0",
    re.compile(rb"TXt(Backprop\0)(?:\0|\x01\0[^\0]{0,99}\0[^\0]{0,999}\0)..()", re.DOTALL),
)
_OF_DOCUMENT: _Packed = (
    b"PK\3\4",
    re.compile(
        rb"()PK\x03\x04.{4}\x08\0.{18}(..)(?:docProps/\w+\.xml|meta\.xml"
        rb"|(?:\w+/media|Pictures)/[^/<]{1,99}?\.(?:png|svg|gif|webp|mp4))",
        re.DOTALL,
    ),
)


def experiment_in(stream: BinaryIO) -> Experiment:
    """Return the experiment of the first line in a file that is whole.

    One in the file's metadata comes before one in the text of a picture, and that before all
    others. Raises OSError, and RestoreLineError where no line can be restored, of the first one.
    """
    found: dict[int, Experiment] = {}
    problem: RestoreLineError | None = None
    is_document = stream.read(2) == b"PK"  # and has pictures with lines of their own
    packed = (_PNG_TEXT, _OF_DOCUMENT) if is_document else (_PNG_TEXT,)
    stream.seek(0)
    lines = filter(None, islice(_tries_in(stream, packed), _MOST_TRIES))
    for rank, line in islice(lines, _MOST_LINES):
        if rank not in found:
            try:
                found[rank] = restore_line.find(line)
            except RestoreLineError as error:
                problem = problem or error
            else:
                if rank == 0 or (rank == 1 and not is_document):
                    break
    if not found:
        raise problem or RestoreLineError(_("there is no experiment of Backprop in it"))
    return found[min(found)]


def _tries_in(stream: BinaryIO, packed: tuple[_Packed, ...]) -> Iterator[tuple[int, str] | None]:
    """Yield what `_tries` does, of a whole file."""
    parts = iter(range(_MOST_PARTS))
    window, begin, is_last = b"", 0, False
    while not is_last:
        piece = stream.read(_WINDOW)
        is_last = len(piece) < _WINDOW
        window += piece
        end = len(window) - (0 if is_last else _PART)
        yield from _tries(window, begin, end, parts, packed)
        window, begin = window[end - _CONTEXT :], _CONTEXT


def _tries(
    data: bytes, begin: int, end: int, parts: Iterator[int], packed: tuple[_Packed, ...]
) -> Iterator[tuple[int, str] | None]:
    """Yield the lines that begin between two places, each with its rank; None for what is none.

    As long as `parts` has some left, what is `packed` is looked into, and in it what is named
    before its kind: a picture in a document may have a packed text.
    """
    for found in _found(_WORD, _LINE, data, begin, end):
        yield _whole(found, data) if found else None
    for kind, (word, opening) in enumerate(packed):
        for found in _found(word, opening, data, begin, end):
            yield None
            if found and next(parts, None) is not None:
                place = found.end() + int.from_bytes(found[2], "little")
                part = found[1] + _unpacked(data[place : place + _PART])
                yield from _tries(part, 0, len(part), parts, packed[:kind])


def _found(
    word: bytes, opening: re.Pattern[bytes], data: bytes, begin: int, end: int
) -> Iterator[re.Match[bytes] | None]:
    """Yield what follows each place of a word, None where that is something else."""
    while (begin := data.find(word, begin, end + len(word) - 1)) >= 0:
        yield opening.match(data, begin)
        begin += len(word)


def _whole(found: re.Match[bytes], data: bytes) -> tuple[int, str] | None:
    """Return a line with its rank, or None where the file ends in a number, which may go on."""
    before = data[max(0, found.start() - _CONTEXT) : found.start()]
    length = _length(before)
    text = found[0][:length]  # what follows may be a digit: a checksum, say
    is_cut = found.end() == len(data) and text[-1:].isdigit() and length != len(text)
    return None if is_cut else (_rank(before), text.decode())


def _rank(before: bytes) -> int:
    """Return how far the bytes before a line are from saying that it is the file's own."""
    return 0 if _METADATA.search(before) else 1 if _PICTURE_TEXT.search(before) else 2


def _length(before: bytes) -> int | None:
    """Return how many bytes the text has by what stands before it, or None."""
    if box := _BOX.search(before):
        return int.from_bytes(box[1]) - 16
    chunk = _CHUNK.search(before)
    return int.from_bytes(chunk[1]) - len(chunk[2]) if chunk else None


def _unpacked(packed: bytes) -> bytes:
    """Return the beginning of what is deflated, with a line feed if that is all of it."""
    decoder = zlib.decompressobj(-zlib.MAX_WBITS)  # without a checksum
    try:
        part = decoder.decompress(packed, _PART)
    except zlib.error:
        return b""
    return part + b"\n" if decoder.eof else part
