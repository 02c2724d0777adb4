"""The kinds of files that can be exported, and what some of them need."""

import shlex
import sys
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path
from typing import NamedTuple

from backprop_gui.system import programs
from backprop_gui.system.texts import _


class FormatError(ValueError):
    """A file name from which no format follows, or a format that is not to be had here."""


class Format(NamedTuple):
    """A kind of file: its suffix, what it is called, and the module or program that it needs.

    `most_side` is how many pixels it can have across or down, where that is fewer than usual.
    """

    suffix: str
    title: str
    module: str = ""
    program: str = ""
    most_side: int | None = None


PNG = Format(".png", _("PNG picture"))
SVG = Format(".svg", _("SVG vector picture"))
PDF = Format(".pdf", _("PDF file"))
PPTX = Format(".pptx", _("PowerPoint slides"), module="pptx")
GIF = Format(".gif", _("GIF animation"), module="PIL")
WEBP = Format(".webp", _("WebP animation"), module="PIL", most_side=16_383)
APNG = Format(".apng", _("Animated PNG"), module="PIL")
MP4 = Format(".mp4", _("MP4 video"), program="ffmpeg", most_side=16_383)
MARKDOWN = Format(".md", _("Markdown text"))
LATEX = Format(".tex", _("LaTeX text"))
HTML = Format(".html", _("HTML page"))
CSV = Format(".csv", _("CSV table"))
JSON = Format(".json", _("JSON data"))

PICTURES = (PNG, SVG, PDF)
SLIDES = (PPTX, PDF, PNG, SVG, GIF, WEBP, APNG, MP4)
ANIMATIONS = (GIF, WEBP, APNG, MP4)
EXAMPLES = (PDF, HTML, MARKDOWN, LATEX)
DATA = (CSV, JSON)
ALL = tuple(dict.fromkeys((*PICTURES, *SLIDES, *EXAMPLES, *DATA)))

_PACKAGES = {"pptx": "python-pptx", "PIL": "Pillow"}


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
