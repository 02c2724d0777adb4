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
    """What a format can do with a content, and a content in a format: both have to be able to.

    Each but the first four is an option of its name on the command line.
    """

    ONE = auto()  # be one picture, of one position
    SEVERAL = auto()  # be of several ones
    LISTED = auto()  # be a table of the runs of an experiment
    COMPARED = auto()  # be slides that compare these runs
    BLANKED = EXAMPLE = auto()  # be an iteration worked out, in full or with gaps
    YOURS = auto()  # have a person's own numbers beside ours
    EVERY = DATA = auto()  # be the iterations of a run, all of them or every so many
    RUNS = auto()  # be of the runs of an experiment
    WHAT = auto()  # show what a person chooses
    POSITIONS = auto()  # be of positions that a person chooses
    THEME = auto()  # be light or dark
    TRANSPARENT = auto()  # have no ground
    SIZE = auto()  # be of any size or shape
    LARGE = auto()  # have large texts, for slides
    DIGITS = auto()  # have numbers of so many digits
    RANGE_W1 = auto()  # show the error over a part of the weights
    RANGE_W2 = auto()
    LAYER = auto()  # have colours of something else than the error
    TITLE = auto()  # have a heading
    CAPTION = auto()  # have the restore line below a picture
    TEXTS = auto()  # have letters as text or as outlines
    PER_PAGE = auto()  # have so many positions on a page
    LINES = auto()  # have lines to write on beside each position
    PAPER = auto()  # be on paper of a size, upright or on its side
    ORIENTATION = auto()
    SECONDS = auto()  # show each position so long
    LOOPS = auto()  # be shown so many times
    SEPARATOR = auto()  # have cells as a program or a spreadsheet reads them
    DECIMAL = auto()
    CELLS = SEPARATOR | DECIMAL
    SHEET = PAPER | ORIENTATION
    REGION = RANGE_W1 | RANGE_W2
    SURFACE = REGION | LAYER


_DRAWN = (Can.WHAT | Can.POSITIONS | Can.THEME | Can.SIZE | Can.LARGE | Can.DIGITS | Can.TITLE
          | Can.SURFACE)  # fmt: skip
_PICTURE = _DRAWN | Can.ONE | Can.SEVERAL | Can.CAPTION | Can.TRANSPARENT
_MOVING = _DRAWN | Can.SEVERAL | Can.CAPTION | Can.SECONDS
WORKED_OUT = Can.EXAMPLE | Can.YOURS | Can.WHAT | Can.POSITIONS | Can.DIGITS | Can.TITLE


class Format(NamedTuple):
    """A kind of file: its suffix, what it is called, what it can do, and which package it needs.

    `wide` and `narrow` are the pixels that it has unless a person chooses others, which a vector
    format takes for a shape alone; `most_side` is how many it can have across or down, where that
    is fewer than usual. `letters` are text or outlines, unless a person chooses. `is_numbered` is
    whether several positions are as many files.
    """

    suffix: str
    title: str
    can: Can
    needs: str = ""
    wide: tuple[int, int] = (1920, 1080)
    narrow: tuple[int, int] = (1440, 1080)
    most_side: int | None = None
    letters: str = ""
    is_vector: bool = False
    is_numbered: bool = False


PER_PAGE = (1, 2, 4, 6)  # positions on a page of a PDF, at the most
SECONDS = (0.02, 600.0)  # that an animation can show a position
LOOPS = range(65_536)  # that an animation can be shown, as GIF and WebP count them
_SMALL, _SMALL_NARROW, _WEB_SIDE = (960, 540), (960, 720), 16_383
_CLEAR = _MOVING | Can.LOOPS | Can.TRANSPARENT
_PAPER = (_PICTURE | Can.TEXTS | Can.PER_PAGE | Can.LINES | Can.SHEET | Can.EXAMPLE | Can.YOURS
          | Can.RUNS | Can.COMPARED)  # fmt: skip
_OF_RUNS = Can.RUNS | Can.LISTED
_TABLE = Can.DATA | _OF_RUNS | Can.WHAT
_NATIVE = _DRAWN | Can.SEVERAL | Can.RUNS | Can.COMPARED

PNG = Format(".png", _("PNG picture"), _PICTURE, is_numbered=True)
SVG = Format(".svg", _("SVG vector picture"), _PICTURE | Can.TEXTS, letters="outlines",
             is_vector=True, is_numbered=True)  # fmt: skip
PDF = Format(".pdf", _("PDF file"), _PAPER, letters="text", is_vector=True)
PPTX = Format(".pptx", _("PowerPoint slides"), _NATIVE, "python-pptx", is_vector=True)
GIF = Format(".gif", _("GIF animation"), _MOVING | Can.LOOPS, "Pillow", _SMALL, _SMALL_NARROW)
WEBP = Format(".webp", _("WebP animation"), _CLEAR, "Pillow", _SMALL, _SMALL_NARROW, _WEB_SIDE)
APNG = Format(".apng", _("Animated PNG"), _CLEAR, "Pillow", _SMALL, _SMALL_NARROW)
MP4 = Format(".mp4", _("MP4 video"), _MOVING, "ffmpeg", (1280, 720), _SMALL_NARROW, _WEB_SIDE)
MARKDOWN = Format(".md", _("Markdown text"), WORKED_OUT | _OF_RUNS)
LATEX = Format(".tex", _("LaTeX text"), WORKED_OUT | Can.SHEET | _OF_RUNS)
HTML = Format(".html", _("HTML page"), WORKED_OUT | Can.SHEET)
CSV = Format(".csv", _("CSV table"), _TABLE | Can.CELLS)
XLSX = Format(".xlsx", _("Excel spreadsheet"), _TABLE, "XlsxWriter")
JSON = Format(".json", _("JSON data"), Can.DATA)

ALL = (PNG, SVG, PDF, PPTX, GIF, WEBP, APNG, MP4, MARKDOWN, LATEX, HTML, CSV, XLSX, JSON)

_MODULES = {"python-pptx": "pptx", "Pillow": "PIL", "XlsxWriter": "xlsxwriter"}


def that(can: Can, *first: Format) -> tuple[Format, ...]:
    """Return the formats that can do this, these ones first."""
    return (*first, *(each for each in ALL if can in each.can and each not in first))


PICTURES = that(Can.ONE)
SLIDES = that(Can.SEVERAL, PPTX, PDF)
EXAMPLES = that(Can.EXAMPLE, PDF, HTML)
DATA = that(Can.DATA)
RUNS = that(Can.LISTED, CSV, XLSX)
COMPARISONS = that(Can.COMPARED, PPTX, PDF)


def of(path: Path, among: Sequence[Format]) -> Format:
    """Return the format of a file name. Raises FormatError with a sentence that names it."""
    suffix = path.suffix.lower()
    found = next((each for each in among if each.suffix == suffix), None)
    if found:
        return found
    known = ", ".join(each.suffix for each in among)
    if not suffix:
        sentence = _("“{name}” has no ending that names a format; use one of {known}")
    else:
        sentence = _("“{name}” does not end in one of {known}")
    raise FormatError(sentence.format(name=" ".join(path.name.split()), known=known))


def problem(wanted: Format) -> str | None:
    """Return in one sentence what is missing for a format and how it is had, or None."""
    needs, module = wanted.needs, _MODULES.get(wanted.needs)
    if module and find_spec(module) is None:
        sentence = _("{suffix} files need {package}. Install it with this command: {command}")
        command = shlex.join((sys.executable, "-m", "pip", "install", needs))
        return sentence.format(suffix=wanted.suffix, package=needs, command=command)
    if needs and not module and programs.found(needs) is None:
        sentence = _(
            "{suffix} files need the program {program}: install it, or add it to the PATH."
        )
        return sentence.format(suffix=wanted.suffix, program=needs)
    return None
