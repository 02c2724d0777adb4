"""Where files of each format carry a text about themselves, read without trusting the file.

Each function checks that a file is whole, as far as its format tells, and returns the fields
that may hold such a text. Nothing is built from a file but what is returned, no field is longer
than `LONGEST` where the format does not say less, and the work is bounded whatever it claims.
"""

import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import BinaryIO

from backprop_gui.system.texts import _

LONGEST = 1 << 16  # bytes of a field
HEAD = 1 << 16  # bytes in which a text file says what it is
_TAIL = 1 << 10
_WINDOW = 1 << 20
_MOST_LOOKS = 100_000  # into one file
_MOST_FIELDS = 100
_MOST_CHECKED = 1 << 26  # bytes of which checksums are made, in one file


class ContainerError(ValueError):
    """A file that is not read; its text is a sentence with {name} for the name of the file."""

    def about(self, name: str) -> str:
        """Return the sentence about the file of that name."""
        return str(self).format(name=name)


class Source:
    """An open file that is looked into at any place, but not for ever."""

    def __init__(self, stream: BinaryIO, size: int) -> None:
        self.size = size
        self._stream = stream
        self._looks = 0

    def read(self, place: int, count: int) -> bytes:
        """Return exactly `count` bytes from `place` on.

        Raises OSError, or ContainerError where there are fewer, as where a file lies about its
        lengths, or this was asked too often.
        """
        self._looks += 1
        if self._looks > _MOST_LOOKS:
            raise ContainerError(_("{name} has more parts than Backprop reads."))
        if place < 0 or count < 0 or place + count > self.size:
            raise _cut_off()
        self._stream.seek(place)
        data = self._stream.read(count)
        if len(data) != count:  # another program has shortened it meanwhile
            raise _cut_off()
        return data

    def head(self, count: int) -> bytes:
        """Return the first bytes, at most `count`."""
        return self.read(0, min(count, self.size))

    def tail(self) -> bytes:
        """Return the last bytes, some hundred of them."""
        count = min(_TAIL, self.size)
        return self.read(self.size - count, count)

    def pieces(self, place: int, end: int) -> Iterator[bytes]:
        """Yield the bytes between two places, some at a time."""
        for start in range(place, end, _WINDOW):
            yield self.read(start, min(_WINDOW, end - start))

    def places_of(self, word: bytes) -> Iterator[int]:
        """Yield where a word stands."""
        place = 0
        while place + len(word) <= self.size:
            window = self.read(place, min(_WINDOW, self.size - place))
            found = window.find(word)
            if found >= 0:
                yield place + found
            place += len(window) - len(word) + 1 if found < 0 else found + len(word)


def png(source: Source) -> list[bytes]:
    """Return the texts of a PNG, animated or not; first those under the name of Backprop."""
    texts: list[tuple[bytes, bytes]] = []
    place, kind = 8, b""
    while kind != b"IEND":
        length, kind = struct.unpack(">I4s", source.read(place, 8))
        body, place = place + 8, place + length + 12
        checksum = int.from_bytes(source.read(place - 4, 4))
        is_text = kind in (b"tEXt", b"zTXt", b"iTXt") and length <= LONGEST
        # The pixels of a long animation do not matter here, and would take seconds.
        if is_text or place <= _MOST_CHECKED:
            _check(checksum, source.pieces(body - 4, place - 4))
        if is_text and len(texts) < _MOST_FIELDS:
            texts.append(_png_text(kind, source.read(body, length)))
    _check_end(source, place)
    return [text for _keyword, text in sorted(texts, key=lambda each: each[0] != b"Backprop")]


def _png_text(kind: bytes, body: bytes) -> tuple[bytes, bytes]:
    """Return the keyword and the text of a chunk; Qt compresses those of 40 bytes and more."""
    keyword, _zero, text = body.partition(b"\0")
    is_compressed = kind == b"zTXt"
    if kind == b"iTXt":
        is_compressed = text[:1] == b"\1"
        _language, _zero, rest = text[2:].partition(b"\0")
        _translated, _zero, text = rest.partition(b"\0")
    elif is_compressed:
        text = text[1:]  # the method, of which there is one
    return keyword, _inflated(text, zlib.MAX_WBITS) if is_compressed else text


def gif(source: Source) -> list[bytes]:
    """Return the comments of a GIF."""
    comments: list[bytes] = []
    place = 13 + _palette(source.read(10, 1)[0])
    while (introducer := source.read(place, 1)) != b";":
        start, is_comment = _gif_block(source, place, introducer)
        place = _after_sub_blocks(source, start)
        if is_comment and place - start <= LONGEST and len(comments) < _MOST_FIELDS:
            comments.append(_joined(source.read(start, place - start)))
    _check_end(source, place + 1)
    return comments


def _gif_block(source: Source, place: int, introducer: bytes) -> tuple[int, bool]:
    """Return where the sub-blocks of a block begin, and whether it is a comment."""
    if introducer == b"!":
        return place + 2, source.read(place + 1, 1) == b"\xfe"
    if introducer == b",":
        return place + 11 + _palette(source.read(place + 9, 1)[0]), False
    raise _damaged()


def _palette(flags: int) -> int:
    """Return how many bytes of colours follow."""
    return 3 << (flags & 7) + 1 if flags & 0x80 else 0


def _after_sub_blocks(source: Source, place: int) -> int:
    """Return the end of a chain of sub-blocks, each at most 255 bytes and its length."""
    window = 256
    while length := source.read(place, 1)[0]:
        place += 1 + length
        if length == 255:  # most are, so that a stretch of them is passed at once
            lengths = source.read(place, min(window, source.size - place))[::256]
            place += 256 * (len(lengths) - len(lengths.lstrip(b"\xff")))
            window = min(2 * window, _WINDOW)
    return place + 1


def _joined(chain: bytes) -> bytes:
    parts, place = [], 0
    while place < len(chain) and (length := chain[place]):
        parts.append(chain[place + 1 : place + 1 + length])
        place += 1 + length
    return b"".join(parts)


def webp(source: Source) -> list[bytes]:
    """Return the XMP packets of a WebP."""
    _check_end(source, 8 + int.from_bytes(source.read(4, 4), "little"))
    packets: list[bytes] = []
    place = 12
    while place < source.size:
        kind, length = struct.unpack("<4sI", source.read(place, 8))
        if kind == b"XMP " and length <= LONGEST and len(packets) < _MOST_FIELDS:
            packets.append(source.read(place + 8, length))
        place += 8 + length + length % 2
    _check_end(source, place)
    return packets


def mp4(source: Source) -> list[bytes]:
    """Return the comments in the metadata of an MP4."""
    for _box in _boxes(source, 0, source.size):
        pass  # they are to fill the file, wherever the metadata stand
    path = (b"moov", b"udta", b"meta", b"ilst", b"\xa9cmt", b"data")
    return list(islice(_box_texts(source, 0, source.size, path), _MOST_FIELDS))


def _box_texts(source: Source, place: int, end: int, path: tuple[bytes, ...]) -> Iterator[bytes]:
    """Yield the texts of the boxes that are at the end of the path."""
    for kind, start, stop in _boxes(source, place, end):
        if kind != path[0]:
            continue
        if path[1:]:
            inner = start + 4 if kind == b"meta" else start  # it alone has a version
            yield from _box_texts(source, inner, stop, path[1:])
        elif stop - start <= LONGEST:
            yield source.read(start, stop - start)


def _boxes(source: Source, place: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Yield the kind, the begin and the end of the contents of the boxes between two places."""
    while place < end:
        size, kind = struct.unpack(">I4s", source.read(place, 8))
        start = place + 8
        if size == 1:
            size, start = int.from_bytes(source.read(start, 8)), start + 8
        elif size == 0 and end == source.size:  # as far as the file goes
            size = end - place
        if place + size > source.size:
            raise _cut_off()
        if not start <= place + size <= end:
            raise _damaged()
        place += size
        yield kind, start, place


def pdf(source: Source) -> list[bytes]:
    """Return the XMP packets of a PDF that are not compressed, as its own should not be."""
    if b"%%EOF" not in source.tail():
        raise _cut_off()
    packets = []
    for place in islice(source.places_of(b"<?xpacket begin"), _MOST_FIELDS):
        text = source.read(place, min(LONGEST, source.size - place))
        packet, closing, _rest = text.partition(b"<?xpacket end")
        if closing:
            packets.append(packet)
    return packets


_CORE = b"docProps/core.xml"
_ENTRY = struct.Struct("<4s4xHH4xIIIHHH8xI")
_MOST_ENTRIES = 10_000
_LONGEST_DIRECTORY = 1 << 22


def pptx(source: Source) -> list[bytes]:
    """Return the properties of the document of PowerPoint, or another of its office."""
    entry = _core_entry(source)
    if not entry:
        return []
    flags, method, checksum, packed, size, place = entry
    if flags & 1:
        raise ContainerError(_("{name} is encrypted, which Backprop does not read."))
    if max(packed, size) > LONGEST:
        raise ContainerError(_("{name} has more to say of itself than Backprop reads."))
    local, name_length, extra_length = struct.unpack("<4s22xHH", source.read(place, 30))
    if local != b"PK\3\4" or method not in (0, 8):
        raise _damaged()
    data = source.read(place + 30 + name_length + extra_length, packed)
    text = _inflated(data, -zlib.MAX_WBITS) if method else data
    _check(checksum, [text])
    return [text]


def _core_entry(source: Source) -> tuple[int, int, int, int, int, int] | None:
    """Return the flags, method, checksum, packed size, size and place of the properties."""
    directory, count = _directory(source)
    place = 0
    for _each in range(count):
        if place + _ENTRY.size > len(directory):
            raise _damaged()
        magic, *found, name, extra, comment, at = _ENTRY.unpack_from(directory, place)
        if magic != b"PK\1\2":
            raise _damaged()
        place += _ENTRY.size
        if directory[place : place + name] == _CORE:
            flags, method, checksum, packed, size = found
            return flags, method, checksum, packed, size, at
        place += name + extra + comment
    return None


def _directory(source: Source) -> tuple[bytes, int]:
    """Return the central directory of a zip and the number of its entries.

    It is to reach to the last record, and that to the end: with nothing between and behind
    them there are no two ways of reading it, and it is not of the kind for large files.
    """
    end = source.size - 22
    if end < 0:
        raise _cut_off()
    magic, count, size, start, _comment = struct.unpack("<4s6xHIIH", source.read(end, 22))
    if magic != b"PK\5\6":
        raise _cut_off()
    if start + size != end:
        raise _damaged()
    if count > _MOST_ENTRIES or size > _LONGEST_DIRECTORY:
        raise ContainerError(_("{name} has more parts than Backprop reads."))
    return source.read(start, size), count


SVG_OPENING = re.compile(  # what may stand before the root, which has no way back into itself
    rb"(?:\xef\xbb\xbf)?(?:\s++|<\?[^>]*+>|<!--.*?-->|<!DOCTYPE[^>\[]*+(?:\[[^\]]*+\]\s*+)?+>)*+"
    rb"<svg[\s>]",
    re.DOTALL,
)
_SVG_SEARCHED = 1 << 20  # bytes; the metadata stand at its beginning
_SVG_METADATA = re.compile(rb"<!--|<!\[CDATA\[|<\?|<metadata(?:\s[^<>]*+)?(?<!/)>")
_SVG_PASSED = {b"<!--": b"-->", b"<![CDATA[": b"]]>", b"<?": b"?>"}


def svg(source: Source) -> list[bytes]:
    """Return the first metadata of an SVG."""
    _check_last(source, b"</svg>")
    text = source.head(_SVG_SEARCHED)
    root = SVG_OPENING.match(text)
    place = root.end() if root else 0
    while opening := _SVG_METADATA.search(text, place):
        closing = _SVG_PASSED.get(opening[0])
        inner, place = opening.end(), text.find(closing or b"</metadata>", opening.end())
        if place < 0:
            break
        if not closing:
            return [text[inner:place]]
        place += len(closing)
    return []


_META = re.compile(rb'<meta\s+name="backprop"\s+content="([^"<>]*)"\s*/?>', re.IGNORECASE)


def html(source: Source) -> list[bytes]:
    """Return what the page says of Backprop at its beginning."""
    _check_last(source, b"</html>")
    return _META.findall(source.head(HEAD))


_FIRST_PAIR = re.compile(rb'(?:\xef\xbb\xbf)?\s*+\{\s*+"backprop"\s*+:\s*+"([^"\\]*)"')


def json(source: Source) -> list[bytes]:
    """Return the first value of a JSON object, if its key is backprop."""
    _check_last(source, b"}")
    found = _FIRST_PAIR.match(source.head(HEAD))
    return [found[1]] if found else []


def markdown(source: Source) -> list[bytes]:
    """Return the comment in the first line."""
    comment, closing, _rest = source.head(HEAD).partition(b"-->")
    if not closing:
        raise _cut_off()
    return [comment]


def latex(source: Source) -> list[bytes]:
    """Return the comment in the first line of a LaTeX document."""
    _check_last(source, rb"\end{document}")
    return [_first_line(source)]


def _first_line(source: Source) -> bytes:
    line, newline, _rest = source.head(HEAD).partition(b"\n")
    if not newline:
        raise _cut_off()
    return line


def _inflated(data: bytes, window_bits: int) -> bytes:
    """Return a compressed text, or an empty one where it is longer than a field may be."""
    decoder = zlib.decompressobj(window_bits)
    try:
        text = decoder.decompress(data, LONGEST + 1)
    except zlib.error as error:
        raise _damaged() from error
    return text if decoder.eof else b""


def _check(checksum: int, pieces: Iterable[bytes]) -> None:
    value = 0
    for piece in pieces:
        value = zlib.crc32(piece, value)
    if value != checksum:
        raise ContainerError(_("{name} is damaged: a checksum is wrong."))


def _check_end(source: Source, end: int) -> None:
    """Raise where what the file consists of ends behind the end of the file, or before."""
    if end > source.size:
        raise _cut_off()
    if end < source.size:
        raise ContainerError(_("{name} is damaged: there is more in it after its end."))


def _check_last(source: Source, last: bytes) -> None:
    """Raise where a text does not end with what is to be the last of it."""
    if not source.tail().rstrip().lower().endswith(last):
        raise _cut_off()


def _cut_off() -> ContainerError:
    return ContainerError(_("{name} is cut off: its end is missing."))


def _damaged() -> ContainerError:
    return ContainerError(_("{name} is damaged: its parts do not fit together."))
