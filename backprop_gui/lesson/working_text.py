"""A working as text: lines such as `net_h = 0.05`, in many spellings, or a column of numbers."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from typing import NamedTuple

from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.numbers import quoted
from backprop_gui.lesson.steps import Lesson
from backprop_gui.system.texts import _

MOST_LINES = 1_000
_LONGEST = 1_000  # characters of a line
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


def read_working(text: str, lesson: Lesson = ARTICLE) -> WorkingText:
    """Return the lines of a working.

    A line is a name, a sign such as `=` and a number; the article's spelling is read, too, and so
    are `dE/dw2`, `∂E/∂w₂` and LaTeX. What follows a `#` is a remark. Numbers alone, one for each
    line of the lesson or for the first ones, are a column. Never raises.
    """
    rows = []
    problems: list[str] = []
    for number, row in enumerate(text.split("\n", MOST_LINES)):
        if number == MOST_LINES:
            problems.append(
                _("Only the first {most} lines were read").format(most=f"{MOST_LINES:,}")
            )
            break
        bare = row.partition("#")[0].strip()[:_LONGEST]
        if bare:
            rows.append(bare)
    if rows and all(_NUMBER_ALONE.fullmatch(row) for row in rows):
        return _column(rows, lesson, problems)
    texts: dict[str, str] = {}
    for row in rows:
        _add(row, texts, problems, lesson)
    return WorkingText(texts, tuple(problems))


def _column(rows: list[str], lesson: Lesson, problems: list[str]) -> WorkingText:
    names = tuple(lesson.step_of)
    if len(rows) > len(names):
        sentence = _("The column has {n} numbers, and the lesson has {most} lines")
        problems.append(sentence.format(n=len(rows), most=len(names)))
    return WorkingText(dict(zip(names, rows, strict=False)), tuple(problems))


def _add(row: str, texts: dict[str, str], problems: list[str], lesson: Lesson) -> None:
    found = _BETWEEN.search(row)
    if found is None:
        sentence = _("{row} is no line of a working; write it as net_h = 0.05")
        problems.append(sentence.format(row=quoted(row)))
        return
    word, number = row[: found.start()].strip(), row[found.end() :]
    name = name_of(word, lesson)
    if name is None:
        sentence = _("{word} is no quantity of this lesson")
        problems.append(sentence.format(word=quoted(word)))
    elif name in texts:
        sentence = _("{word} is there twice; the first one counts")
        problems.append(sentence.format(word=quoted(word)))
    elif name in lesson.step_of:
        texts[name] = _BETWEEN.split(number)[-1].strip()  # of a chain the last number


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
