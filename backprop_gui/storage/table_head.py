"""The experiment that a table of iterations carries, whatever program has saved the table.

It stands in the first row, which is that of iteration 1, under the names of a setup's values. An
older table has the restore line as the last cell of its header.
"""

import csv
import math
import re
from collections import Counter
from collections.abc import Mapping

from backprop_gui.core.iteration import iteration
from backprop_gui.core.network import Setup
from backprop_gui.lesson import numbers
from backprop_gui.lesson.dialect import SEPARATORS
from backprop_gui.lesson.moment import START
from backprop_gui.storage.restore_line import NAMES, Experiment, RestoreLineError, find, setup_of
from backprop_gui.system.texts import _

_FIRST = "iteration"
_COLUMNS = (_FIRST, *NAMES)
_WIDE = ((b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be"))  # "Unicode text" of a spreadsheet
OPENING = re.compile(
    b"|".join(
        rb"%b(?:%b)?%b" % (re.escape(bom), '"'.encode(encoding), _FIRST.encode(encoding))
        for bom, encoding in _WIDE
    )
    + rb'|(?:\xef\xbb\xbf)?"?iteration"?[,;\t]'
)
_LINE = re.compile(r"backprop \d{1,4}: ")
_NUMBER = re.compile(r"[+-]?(?:\d+(?:[.,]\d*)?|[.,]\d+)(?:[eE][+-]?\d+)?", re.ASCII)
_CHECKED = ("net_h", "net_o")  # products, in which nothing cancels
_AS_EXACT = 1e-6  # a spreadsheet may have saved fewer digits


def experiment_of(head: bytes) -> Experiment:
    """Return the experiment of a table that begins with these bytes.

    Raises RestoreLineError where it has none, or breaks off, or does not begin with iteration 1.
    """
    header, row = _cells(head)
    lines = [cell for cell in header if _LINE.match(cell)]
    if lines:
        return find(lines[-1])
    count = Counter(header)
    if any(count[name] != 1 for name in _COLUMNS):
        raise RestoreLineError(_("there is no experiment of Backprop in it"))
    row += [""] * (len(header) - len(row))  # a spreadsheet leaves out the empty end of a row
    if any(row[len(header) :]):
        raise RestoreLineError(_("its first row has more cells than its header"))
    return _experiment(dict(zip(header, row, strict=False)))


def _cells(head: bytes) -> tuple[list[str], list[str]]:
    """Return the cells of the header, which says what stands between them, and of the first row."""
    encoding = next((name for bom, name in _WIDE if head.startswith(bom)), "utf-8")
    text = head.decode(encoding, "replace").removeprefix("\ufeff")
    lines = [line for line in text.splitlines(keepends=True) if line.strip()]
    header, row = [*lines[:2], "", ""][:2]
    if not header or not all(line.endswith(("\r", "\n")) for line in (header, row) if line):
        raise RestoreLineError(_("it ends too early"))
    separator = header.replace('"', "").removeprefix(_FIRST)[:1]
    if separator not in SEPARATORS.values():
        raise RestoreLineError(_("there is no experiment of Backprop in it"))
    return _split(header, separator), _split(row, separator)


def _split(line: str, separator: str) -> list[str]:
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error as error:
        raise RestoreLineError(_("its first rows are damaged")) from error


def _experiment(cells: Mapping[str, str]) -> Experiment:
    given = {name: _tidy(cells[name]) for name in _COLUMNS}
    text = "".join(given.values())
    has_two_signs = numbers.POINT in text and numbers.COMMA in text
    if has_two_signs or not all(map(_NUMBER.fullmatch, given.values())):
        raise RestoreLineError(_("the setup in its first row is damaged"))
    values = {name: _float(each) for name, each in given.items()}
    if values[_FIRST] != 1:
        sentence = _("its first row is of iteration {k}; only the row of iteration 1 has the setup")
        raise RestoreLineError(sentence.format(k=numbers.clipped(given[_FIRST])))
    experiment = Experiment(setup_of(values, cells.get("method")), START)
    _check(experiment.setup, cells)
    return experiment


def _check(setup: Setup, cells: Mapping[str, str]) -> None:
    """Raise where a row was not computed from the setup in it: a cell was changed, or moved."""
    made = iteration(setup, setup.w1, setup.w2).seen
    for name in _CHECKED:
        text, expected = _tidy(cells.get(name, "")), getattr(made, name)
        if not (_NUMBER.fullmatch(text) and math.isfinite(expected)):
            continue
        if not math.isclose(_float(text), expected, rel_tol=_AS_EXACT):
            sentence = _("its first row is damaged: “{column}” does not follow from the setup")
            raise RestoreLineError(sentence.format(column=name))


def _tidy(cell: str) -> str:
    return cell.strip().replace(numbers.MINUS, "-")


def _float(text: str) -> float:
    return float(text.replace(numbers.COMMA, numbers.POINT))
