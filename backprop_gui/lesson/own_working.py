"""What a person has worked out on paper: the numbers as they were typed, and the help asked for."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import IntEnum
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from backprop_gui.core.network import Setup
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.system.texts import _

if TYPE_CHECKING:
    from backprop_gui.lesson.working import CheckedWorking, WorkingText

LONGEST = 1_000  # characters of a line
_NUMBER = re.compile(r"\s*[^\s\w=:]{0,2}[\d.,¼-¾⅐-⅞]")  # how a line begins that has no name
_MOST_LINES = 1_000  # of a block that is pasted: the lines of a working, and remarks


class Help(IntEnum):
    """How much a person has been told about a line, each only when asked for."""

    WHERE = 1
    QUESTION = 2
    LINE = 3


class Beginning(NamedTuple):
    """The iteration that a working is of: its setup, its number, and the weights it begins with."""

    setup: Setup
    iteration: int
    w1: float
    w2: float

    @staticmethod
    def of(moment: Moment) -> "Beginning":
        """Return the beginning of the iteration of a moment."""
        return Beginning(moment.setup, moment.iteration, moment.w1, moment.w2)


@dataclass(frozen=True, slots=True)
class OwnWorking:
    """A person's numbers for one iteration.

    `lines` has the texts as they were typed by code name, in the lesson's order; a line without
    a text is not in it. `begins` is None while there is none. `help` says how far help is open,
    by code name. In a test nothing is said about the numbers until it is handed in.
    """

    begins: Beginning | None = None
    lines: tuple[tuple[str, str], ...] = ()
    help: tuple[tuple[str, Help], ...] = ()
    is_test: bool = False
    is_handed_in: bool = False

    @property
    def texts(self) -> dict[str, str]:
        """The texts by code name."""
        return dict(self.lines)

    @property
    def is_silent(self) -> bool:
        """Whether a test is going on, in which nothing is said yet."""
        return self.is_test and not self.is_handed_in

    def help_with(self, name: str) -> Help | None:
        """Return how far help is open for a line, or None."""
        return dict(self.help).get(name)

    def is_of(self, moment: Moment) -> bool:
        """Say whether this is, or would be, a working of the iteration of a moment."""
        return self.begins in (None, Beginning.of(moment))

    def with_texts(self, texts: Mapping[str, str], moment: Moment) -> "OwnWorking":
        """Return the working with other texts, "" for none; the first begins it at a moment.

        The help for a line closes when its number is another one.
        """
        now = self.texts | {name: text[:LONGEST].strip() for name, text in texts.items()}
        lines = tuple((name, now[name]) for name in ARTICLE.step_of if now.get(name))
        begins = (self.begins or Beginning.of(moment)) if lines else None
        return self._written(begins, lines)

    def with_help(self, name: str, help: Help) -> "OwnWorking":
        """Return the working with help open so far for a line."""
        now = dict(self.help) | {name: help}
        return replace(self, help=tuple((n, now[n]) for n in ARTICLE.step_of if n in now))

    def as_written_in(self, other: "OwnWorking") -> "OwnWorking":
        """Return the working with the numbers of another one, and of its iteration."""
        return self._written(other.begins, other.lines)

    def moved_to(self, moment: Moment) -> "OwnWorking":
        """Return the same numbers as a working of the iteration of a moment."""
        begins = Beginning.of(moment) if self.lines else None
        return replace(self, begins=begins, help=())

    def _written(
        self, begins: Beginning | None, lines: tuple[tuple[str, str], ...]
    ) -> "OwnWorking":
        stays = {line[0] for line in set(lines) & set(self.lines)}
        help = tuple(each for each in self.help if each[0] in stays and begins == self.begins)
        return replace(self, begins=begins, lines=lines, help=help)


NO_WORKING = OwnWorking()


@lru_cache(maxsize=4)
def checked(working: OwnWorking, numerals: Numerals = FILES) -> "CheckedWorking | None":
    """Return the verdicts on a working, or None where it has no numbers."""
    from backprop_gui.lesson.working import check_working  # the first frame does without

    if working.begins is None:
        return None
    setup, _iteration, w1, w2 = working.begins
    return check_working(setup, w1, w2, working.texts, numerals)


def is_block(text: str) -> bool:
    """Say whether a text that stands in a line's field is more than its number."""
    return any(sign in text for sign in "\n\t=:")


def read_block(text: str, name: str) -> "WorkingText":
    """Return the lines of a text that a person has put into the field of this code name.

    They are lines with names, a column of all numbers or, from this line on downwards, of some.
    """
    from backprop_gui.lesson.working import WorkingText, read_working

    cells = text.rstrip().split("\n", _MOST_LINES)[:_MOST_LINES]
    names = tuple(ARTICLE.step_of)
    is_column = not any(each.strip() and not _NUMBER.match(each) for each in cells)
    if not is_column or "\t" in text.strip() or len(cells) == len(names):
        return read_working("\n".join(cells))
    here = names[names.index(name) :]
    texts = dict(zip(here, (cell.strip() for cell in cells), strict=False))
    problem = _("The column has {count} numbers, and there are {room} lines from here on.")
    problems = (problem.format(count=len(cells), room=len(here)),) if len(cells) > len(here) else ()
    return WorkingText({each: cell for each, cell in texts.items() if cell}, problems)
