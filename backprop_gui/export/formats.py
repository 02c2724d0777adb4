"""The kinds of files that can be exported: what each can do, and what some of them need."""

import shlex
import sys
from collections.abc import Sequence
from enum import Flag, auto
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from backprop_gui.system import programs
from backprop_gui.system.texts import _


class FormatError(ValueError):
    """A file name from which no format follows, or a format that is not to be had here."""


class Can(Flag):
    """What a format can do with a content, and a content in a format: both have to be able to."""

    BE_ONE = auto()  # a picture of one position
    BE_SEVERAL = auto()  # of several ones
    BE_EXAMPLE = auto()  # an iteration worked out, in full or with gaps
    BE_DATA = auto()  # the iterations of a run, all of them or every so many
    CHOOSE = auto()  # show what a person chooses
    GO_TO = auto()  # be of positions that a person chooses
    COLOUR = auto()  # be light or dark
    BE_CLEAR = auto()  # have no ground
    MEASURE = auto()  # be of any size or shape
    ENLARGE = auto()  # have large texts, for slides
    ROUND = auto()  # have numbers of so many digits
    HEAD = auto()  # have a heading
    CAPTION = auto()  # have the restore line below a picture
    OUTLINE = auto()  # have letters as text or as outlines
    PAGE = auto()  # have so many positions on a page
    MOVE = auto()  # show each position so long
    LOOP = auto()  # be shown so many times
    SEPARATE = auto()  # have cells as a spreadsheet or a program reads them


_DRAWN = Can.CHOOSE | Can.GO_TO | Can.COLOUR | Can.MEASURE | Can.ENLARGE | Can.ROUND | Can.HEAD
_PICTURE = _DRAWN | Can.BE_ONE | Can.BE_SEVERAL | Can.CAPTION | Can.BE_CLEAR
_MOVING = _DRAWN | Can.BE_SEVERAL | Can.CAPTION | Can.MOVE
_EXAMPLE = Can.BE_EXAMPLE | Can.CHOOSE | Can.GO_TO | Can.ROUND | Can.HEAD


class Format(NamedTuple):
    """A kind of file: its suffix, what it is called, and what it can do.

    `module` or `program` is what it needs. `wide` and `narrow` are the pixels that it has unless
    a person chooses others, which a vector format takes for a shape alone; `most_side` is how many
    it can have across or down, where that is fewer than usual. `letters` are text or outlines,
    unless a person chooses. `is_numbered` is whether several positions are as many files.
    """

    suffix: str
    title: str
    can: Can
    module: str = ""
    program: str = ""
    wide: tuple[int, int] = (1920, 1080)
    narrow: tuple[int, int] = (1440, 1080)
    most_side: int | None = None
    letters: str = ""
    is_vector: bool = False
    is_numbered: bool = False


PER_PAGE = (1, 2, 4, 6)  # positions on a page of a PDF
SECONDS = (0.02, 600.0)  # that an animation can show a position
LOOPS = range(65_536)  # that an animation can be shown, as GIF and WebP count them
_SMALL, _SMALL_NARROW = (960, 540), (960, 720)
_WEB_SIDE = 16_383
PNG = Format(".png", _("PNG picture"), _PICTURE, is_numbered=True)
SVG = Format(
    ".svg",
    _("SVG vector picture"),
    _PICTURE | Can.OUTLINE,
    is_vector=True,
    letters="outlines",
    is_numbered=True,
)
PDF = Format(
    ".pdf",
    _("PDF file"),
    _PICTURE | Can.OUTLINE | Can.PAGE | Can.BE_EXAMPLE,
    letters="text",
    is_vector=True,
)
PPTX = Format(
    ".pptx",
    _("PowerPoint slides"),
    (_DRAWN & ~Can.CHOOSE) | Can.BE_SEVERAL,
    module="pptx",
    is_vector=True,
)
GIF = Format(
    ".gif", _("GIF animation"), _MOVING | Can.LOOP, "PIL", wide=_SMALL, narrow=_SMALL_NARROW
)
WEBP = Format(
    ".webp",
    _("WebP animation"),
    _MOVING | Can.LOOP | Can.BE_CLEAR,
    "PIL",
    wide=_SMALL,
    narrow=_SMALL_NARROW,
    most_side=_WEB_SIDE,
)
APNG = Format(
    ".apng",
    _("Animated PNG"),
    _MOVING | Can.LOOP | Can.BE_CLEAR,
    "PIL",
    wide=_SMALL,
    narrow=_SMALL_NARROW,
)
MP4 = Format(
    ".mp4",
    _("MP4 video"),
    _MOVING,
    program="ffmpeg",
    wide=(1280, 720),
    narrow=_SMALL_NARROW,
    most_side=_WEB_SIDE,
)
MARKDOWN = Format(".md", _("Markdown text"), _EXAMPLE)
LATEX = Format(".tex", _("LaTeX text"), _EXAMPLE)
HTML = Format(".html", _("HTML page"), _EXAMPLE)
CSV = Format(".csv", _("CSV table"), Can.BE_DATA | Can.SEPARATE)
JSON = Format(".json", _("JSON data"), Can.BE_DATA)

ALL = (PNG, SVG, PDF, PPTX, GIF, WEBP, APNG, MP4, MARKDOWN, LATEX, HTML, CSV, JSON)

_PACKAGES = {"pptx": "python-pptx", "PIL": "Pillow"}


def that(can: Can, *first: Format) -> tuple[Format, ...]:
    """Return the formats that can do this, these ones first."""
    return (*first, *(each for each in ALL if can in each.can and each not in first))


PICTURES = that(Can.BE_ONE)
SLIDES = that(Can.BE_SEVERAL, PPTX, PDF)
EXAMPLES = that(Can.BE_EXAMPLE, PDF, HTML)
DATA = that(Can.BE_DATA)


def of(path: Path, among: Sequence[Format]) -> Format:
    """Return the format of a file name. Raises FormatError with a sentence that names it."""
    suffix = path.suffix.lower()
    found = next((each for each in among if each.suffix == suffix), None)
    if found:
        return found
    known = ", ".join(each.suffix for each in among)
    if not suffix:
        sentence = _("“{name}” has no ending that says what it becomes; there are {known}")
    else:
        sentence = _("“{name}” does not end in one of {known}")
    raise FormatError(sentence.format(name=" ".join(path.name.split()), known=known))


def problem(wanted: Format) -> str | None:
    """Return in one sentence what is missing for a format and how it is had, or None."""
    if wanted.module and find_spec(wanted.module) is None:
        sentence = _("{title} need {package}. Install it with this command: {command}")
        words = (sys.executable, "-m", "pip", "install", _PACKAGES[wanted.module])
        return sentence.format(
            title=wanted.title, package=_PACKAGES[wanted.module], command=shlex.join(words)
        )
    if wanted.program and programs.found(wanted.program) is None:
        sentence = _("{title} needs the program {program}: install it, or add it to the PATH.")
        return sentence.format(title=wanted.title, program=wanted.program)
    return None
