"""The one place through which text of a person, or of another program, goes.

What the formats can hold stays as it is: spaces of every width, joiners, marks of direction,
letters that are newer than this program. What none of them can hold is replaced so that it is
seen: control characters by their pictures, and by U+FFFD what Unicode keeps free for ever and
halves of letters. XML, and with it SVG, PDF and PowerPoint, forbids most of these.
"""

import re

from backprop_gui.system.foreign import picture

_LINE_ENDS = re.compile("\r\n|[\n\r\v\f\x85\u2028\u2029]")
_BLANKS = re.compile("(?:\r\n|[ \t\n\r\v\f\x85\u2028\u2029])+")
_LAST = (0xFFFE, 0xFFFF)  # of each plane
_NEVER = "".join(map(chr, (n + last for n in range(0, 0x110000, 1 << 16) for last in _LAST)))
_NOT_HELD = re.compile(f"[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef{_NEVER}]")
_HALVES = re.compile("[\ud800-\udbff][\udc00-\udfff]")  # of one letter; not by a codec, which
# would have to be read from the disk, where the program's files may have been replaced
_REPLACEMENT = "\N{REPLACEMENT CHARACTER}"

# What turns the direction of all that follows, up to what ends it.
_END_EMBEDDING, _END_ISOLATE = "\u202c", "\u2069"
_ENDS = dict.fromkeys("\u202a\u202b\u202d\u202e", _END_EMBEDDING)
_ENDS |= dict.fromkeys("\u2066\u2067\u2068", _END_ISOLATE)


def lines(text: str) -> str:
    """Return a text of several lines, each of which ends with a line feed."""
    return _held(_LINE_ENDS.sub("\n", text))


def one_line(text: str) -> str:
    """Return a text on one line; what comes after it keeps its direction."""
    line = _held(_BLANKS.sub(" ", text).strip(" "))
    return line + _open_ends(line)


def is_held(text: str) -> bool:
    """Say whether every character of a text with line feeds can be held as it is."""
    return _NOT_HELD.search(text) is None


def _held(text: str) -> str:
    return _NOT_HELD.sub(_seen, _HALVES.sub(_joined, text))


def _joined(found: re.Match[str]) -> str:
    high, low = map(ord, found[0])
    return chr(0x10000 + (high - 0xD800 << 10) + low - 0xDC00)


def _seen(found: re.Match[str]) -> str:
    return picture(found[0]) or _REPLACEMENT


def _open_ends(line: str) -> str:
    """Return what ends the embeddings, overrides and isolates that a line leaves open."""
    ends: list[str] = []
    for letter in line:
        if letter in _ENDS:
            ends.append(_ENDS[letter])
        elif letter == _END_EMBEDDING and ends and ends[-1] == letter:
            ends.pop()
        elif letter == _END_ISOLATE and letter in ends:
            while ends.pop() != letter:  # it ends the embeddings within it, too
                pass
    return "".join(reversed(ends))
