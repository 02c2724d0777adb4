"""The paper that a page is printed on, in logical pixels, 96 to an inch."""

import os
from collections.abc import Callable
from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QLocale, QSizeF

from backprop_gui.system.texts import _

# Where sheets of letter size lie in the printer, by the Unicode consortium's list.
_WITH_LETTER = "BZ CA CL CO CR DO GT MX NI PA PH PR SV US VE".split()  # noqa: SIM905 - a line


class Paper(Enum):
    """A size of paper: its word on the command line, its title, and an upright sheet."""

    A4 = ("a4", _("A4"), QSizeF(794, 1123))
    LETTER = ("letter", _("US Letter"), QSizeF(816, 1056))

    def __init__(self, word: str, title: str, size: QSizeF) -> None:
        self.word = word
        self.title = title
        self.upright = size


class PaperSheet(NamedTuple):
    """A paper, upright or on its side; None is as it can be read best."""

    paper: Paper = Paper.A4
    is_landscape: bool | None = None

    @property
    def size(self) -> QSizeF:
        """The size in logical pixels; upright, unless on its side."""
        return self.paper.upright.transposed() if self.is_landscape else self.paper.upright

    @property
    def ways(self) -> tuple["PaperSheet", ...]:
        """The sheet, upright or on its side, or both where that is left open."""
        both = (False, True) if self.is_landscape is None else (self.is_landscape,)
        return tuple(PaperSheet(self.paper, each) for each in both)


A4 = PaperSheet()


def paper_named(word: str) -> Paper:
    """Return the paper of a word. Raises KeyError."""
    return {paper.word: paper for paper in Paper}[word]


def usual_paper(variable: Callable[[str], str | None] = os.environ.get) -> Paper:
    """Return the paper that is usual where the person is, as the system's settings say."""
    named = variable("LC_ALL") or variable("LC_PAPER")
    locale = QLocale(named.partition(".")[0]) if named else QLocale.system()
    is_letter = QLocale.territoryToCode(locale.territory()) in _WITH_LETTER
    return Paper.LETTER if is_letter and locale.language() != QLocale.Language.C else Paper.A4
