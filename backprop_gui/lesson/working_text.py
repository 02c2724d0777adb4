"""A working as text: lines such as `net_h = 0.05`, in many spellings, or a column of numbers."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from functools import lru_cache
from typing import NamedTuple

from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.numbers import FILES, quoted
from backprop_gui.lesson.steps import Lesson
from backprop_gui.system.texts import _

MOST_LINES = 1_000
_LONGEST = 1_000  # characters of a line
_MOST_TOLD = 10  # of the lines that cannot be read
_NUMBERED = re.compile(r"(?:\(?\d{1,2}[.)]|[-*•–])\s+(?=[^\W\d]|[∂\\$])")
_SPACED = re.compile(r"(?P<word>.*\S)\s+(?P<number>[+\-−–]?[.,]?\d\S*)")
_ARROWS = ("<-", "←")
_BETWEEN = re.compile(r"[=≈:\t]|<-|←|:=")
_NUMBER_ALONE = re.compile(r"[\s$~≈]*[+\-−–.,]?\s*\d[^=:a-zA-Z∂]*(?:[eE][+\-−]?\d+)?\s*")
_PARTIALS = re.compile(r"\\partial|\\delta|[∂δΔ𝜕]", re.IGNORECASE)
_LATEX = re.compile(r"\\(?:frac|dfrac|mathrm|text|operatorname|left|right|cdot|eta)|\\")
_GIVEN = {"i": "input", "x": "input", "t": "target", "η": "eta", "eta": "eta", "lr": "eta"}
_OTHER_SPELLINGS = {
    "e": "error",
    "etotal": "error",
    "dedout": "de_dout_o",
    "doutdnet": "dout_o_dnet_o",
    "dnetdw2": "dnet_o_dw2",
    "dnetodouth": "dnet_o_dout_h",
    "w1": "new_w1",
    "w2": "new_w2",
    "w1new": "new_w1",
    "w2new": "new_w2",
    "w1neu": "new_w1",
    "w2neu": "new_w2",
}


class WorkingText(NamedTuple):
    """Lines by their code names, as they were written, and a sentence on each that is none."""

    texts: dict[str, str]
    problems: tuple[str, ...]


class _Row(NamedTuple):
    """A line as it was written: its name and what it says, or "" where it has no sign between.

    `is_assigned` is whether that sign is an arrow, as of an update.
    """

    whole: str
    word: str = ""
    number: str = ""
    name: str | None = None
    is_assigned: bool = False

    @property
    def may_be_given(self) -> bool:
        """Whether it has a weight under the name that it has before and after the update."""
        is_weight = self.name is not None and f"new_{_key(self.word)}" == self.name
        return is_weight and not self.is_assigned


def read_working(text: str, lesson: Lesson = ARTICLE) -> WorkingText:
    """Return the lines of a working.

    A line is a name, a sign such as `=` and a number; the article's spelling is read, too, and so
    are `dE/dw2`, `∂E/∂w₂` and LaTeX. What follows a `#` is a remark. Numbers alone, one for each
    line of the lesson or for the first ones, are a column. A weight that stands before all that is
    computed, or beside its new one, is the given one. Never raises.
    """
    lines = text.split("\n", MOST_LINES)
    bare = [line.partition("#")[0].strip()[:_LONGEST] for line in lines[:MOST_LINES]]
    rows = [row for row in bare if row]
    problems: list[str] = []
    if len(lines) > MOST_LINES:
        sentence = _("Only the first {most} lines were read")
        problems.append(sentence.format(most=FILES.count(MOST_LINES)))
    if rows and all(_NUMBER_ALONE.fullmatch(row) for row in rows):
        return _column(rows, lesson, problems)
    texts: dict[str, str] = {}
    for row in _without_given([_row(row, lesson) for row in rows], lesson):
        _add(row, texts, problems, lesson)
    return WorkingText(texts, _told(problems))


def _column(rows: list[str], lesson: Lesson, problems: list[str]) -> WorkingText:
    names = tuple(lesson.step_of)
    if len(rows) > len(names):
        sentence = _("The column has {n} numbers, and the lesson has {most} lines")
        problems.append(sentence.format(n=len(rows), most=len(names)))
    return WorkingText(dict(zip(names, rows, strict=False)), tuple(problems))


def _told(problems: list[str]) -> tuple[str, ...]:
    """Return each problem once, and how many there are beyond the first ones."""
    unique = tuple(dict.fromkeys(problems))
    if len(unique) <= _MOST_TOLD:
        return unique
    more = _("{n} more lines could not be read").format(n=FILES.count(len(unique) - _MOST_TOLD))
    return (*unique[:_MOST_TOLD], more)


def _row(row: str, lesson: Lesson) -> _Row:
    bare = _NUMBERED.sub("", row, count=1) if _NUMBERED.match(row) else row
    found = _BETWEEN.search(bare)
    if found is None:
        spaced = _SPACED.fullmatch(bare)
        name = name_of(spaced["word"], lesson) if spaced else None
        return _Row(row, spaced["word"], spaced["number"], name) if spaced and name else _Row(row)
    word, number = bare[: found.start()].strip(), bare[found.end() :]
    return _Row(row, word, number, name_of(word, lesson), found[0] in _ARROWS)


def _without_given(rows: list[_Row], lesson: Lesson) -> Iterator[_Row]:
    """Yield the rows but for the weights that the iteration begins with, each once."""
    sure = {row.name for row in rows if row.name in lesson.step_of and not row.may_be_given}
    is_begun, given = not sure, set[str | None]()
    for row in rows:
        is_begun = is_begun or row.name in sure
        if row.may_be_given and row.name not in given and (not is_begun or row.name in sure):
            given.add(row.name)
        else:
            yield row


def _add(row: _Row, texts: dict[str, str], problems: list[str], lesson: Lesson) -> None:
    if not (row.word or row.number):
        sentence = _("{row} is no line of a working; write it as net_h = 0.05")
        problems.append(sentence.format(row=quoted(row.whole)))
    elif row.name is None:
        sentence = _("{word} is no quantity of this lesson")
        problems.append(sentence.format(word=quoted(row.word)))
    elif row.name in texts:
        sentence = _("{word} is there twice; the first one counts")
        problems.append(sentence.format(word=quoted(row.word)))
    elif row.name in lesson.step_of:
        texts[row.name] = _BETWEEN.split(row.number)[-1].strip()  # of a chain the last number


def name_of(word: str, lesson: Lesson = ARTICLE) -> str | None:
    """Return the code name of a quantity in some spelling, or None where it is none."""
    key = _key(word)
    given = _GIVEN.get(key)
    return _spellings(lesson).get(key) or given


@lru_cache(maxsize=4)
def _spellings(lesson: Lesson) -> Mapping[str, str]:
    found = {name: code for name, code in _OTHER_SPELLINGS.items() if code in lesson.step_of}
    for name, quantity in lesson.quantities.items():
        if name in lesson.step_of or name not in lesson.gradients:
            for spelling in (name, quantity.symbol, quantity.title, quantity.spoken):
                found.setdefault(_key(spelling), name)
    return found


def _key(word: str) -> str:
    """Return what is the same in all spellings of a name."""
    word = unicodedata.normalize("NFKC", _PARTIALS.sub("d", word))
    word = _LATEX.sub("", word).replace("η", "eta")
    return re.sub(r"[^a-z0-9]", "", word.lower())
