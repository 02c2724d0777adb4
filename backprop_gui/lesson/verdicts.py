"""What is said of a working: the verdicts of its lines, and the causes of wrong ones."""

from enum import Enum
from typing import NamedTuple

from backprop_gui.lesson.expression import Expression


class Verdict(Enum):
    """What is said of a line; the values are the words of the command line."""

    RIGHT = "right"
    FROM_YOURS = "from_yours"  # right, given an earlier number of the person's that is not
    CUT_OFF = "cut_off"
    WRONG = "wrong"
    UNCLEAR = "unclear"  # too few digits to tell
    MISSING = "missing"
    UNREADABLE = "unreadable"


class Cause(NamedTuple):
    """A mistake that gives the line's number: its formula, what was done, and a question.

    `id` is that of a kind of mistake; two in one line have both, joined by "+".
    """

    id: str
    expression: Expression
    text: str
    question: str


class CheckedLine(NamedTuple):
    """A line: as it was `written`, its verdict, what the lines before it lead to, and causes.

    `expected` is a double, None where no number follows; `why` is half a sentence. `is_exact` says
    whether a right number follows from those before just as they are written; else it does to the
    digits written, as of a person who keeps more of them. `is_recovered` says that a right number
    does not follow from a wrong one before it, but from the one that should stand there.
    """

    name: str
    written: str
    verdict: Verdict
    expected: float | None
    causes: tuple[Cause, ...]
    why: str
    is_exact: bool = True
    is_recovered: bool = False


class CheckedWorking(NamedTuple):
    """All lines of a lesson, the code name of the first wrong one or None, and remarks.

    Where right lines hide a mistake, `shown_by` is the code name of a given quantity and the
    nearest value of it with which the mistake would show.
    """

    lines: tuple[CheckedLine, ...]
    first_wrong: str | None
    remarks: tuple[str, ...]
    shown_by: tuple[str, float] | None = None
