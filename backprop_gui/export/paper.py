"""The paper that a page is printed on, in logical pixels, 96 to an inch."""

import os
from collections.abc import Callable
from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

from backprop_gui.system.texts import _

if TYPE_CHECKING:  # the command line reads the words, and does without Qt
    from PySide6.QtCore import QSizeF

# Where sheets of letter size lie in the printer, by the Unicode consortium's list.
_WITH_LETTER = "BZ CA CL CO CR DO GT MX NI PA PH PR SV US VE".split()  # noqa: SIM905 - a line


class Paper(Enum):
    """A size of paper: its word on the command line, its title, and width and height, upright."""

    A4 = ("a4", _("A4"), (794, 1123))
    LETTER = ("letter", _("US Letter"), (816, 1056))

    def __init__(self, word: str, title: str, size: tuple[int, int]) -> None:
        self.word = word
        self.title = title
        self.upright = size


class Orientation(Enum):
    """How a sheet lies: its word on the command line, and its title."""

    PORTRAIT = ("portrait", _("Portrait"))
    LANDSCAPE = ("landscape", _("Landscape"))

    def __init__(self, word: str, title: str) -> None:
        self.word = word
        self.title = title


class PaperSheet(NamedTuple):
    """A paper, upright or on its side; None is as it can be read best."""

    paper: Paper = Paper.A4
    is_landscape: bool | None = None

    @property
    def size(self) -> "QSizeF":
        """The size in logical pixels; upright, unless on its side."""
        from PySide6.QtCore import QSizeF

        upright = QSizeF(*self.paper.upright)
        return upright.transposed() if self.is_landscape else upright

    @property
    def ways(self) -> tuple["PaperSheet", ...]:
        """The sheet, upright or on its side, or both where that is left open."""
        both = (False, True) if self.is_landscape is None else (self.is_landscape,)
        return tuple(PaperSheet(self.paper, each) for each in both)


A4 = PaperSheet()


def sheet_named(paper: str | None, orientation: str | None) -> PaperSheet:
    """Return the sheet of two words; without one, the usual paper, as it can be read best.

    Raises KeyError where there is no such paper or orientation.
    """
    papers = {each.word: each for each in Paper}
    ways = {each.word: each is Orientation.LANDSCAPE for each in Orientation}
    return PaperSheet(
        papers[paper] if paper else usual_paper(), ways[orientation] if orientation else None
    )


def usual_paper(variable: Callable[[str], str | None] = os.environ.get) -> Paper:
    """Return the paper that is usual where the person is, as the system's settings say."""
    from PySide6.QtCore import QLocale

    named = variable("LC_ALL") or variable("LC_PAPER")
    locale = QLocale(named.partition(".")[0]) if named else QLocale.system()
    is_letter = QLocale.territoryToCode(locale.territory()) in _WITH_LETTER
    return Paper.LETTER if is_letter and locale.language() != QLocale.Language.C else Paper.A4
