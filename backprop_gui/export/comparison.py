"""What is said of runs that are compared, page by page, on slides or in a PDF."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import NamedTuple

from PySide6.QtCore import QRectF

from backprop_gui.core.kept_run import KeptRun
from backprop_gui.core.run import Stop, Trace
from backprop_gui.drawing.run_column import draw_key
from backprop_gui.drawing.run_style import PRESENT_STYLE, style
from backprop_gui.drawing.shapes import Drawing, Ink
from backprop_gui.drawing.sweep_plot import SweepPoint, draw_sweep
from backprop_gui.drawing.table import Row, draw_table
from backprop_gui.export.computed_map import with_map
from backprop_gui.export.contents import What
from backprop_gui.export.picture import Look, surface_picture
from backprop_gui.lesson import notation, numbers
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.fields import FIELDS
from backprop_gui.lesson.moment import Moment, Position
from backprop_gui.lesson.run_table import RunRow, along_one
from backprop_gui.system.job import Report
from backprop_gui.system.texts import _

TEXT = 21.0  # pixels of a drawing's letters: 16 points
_KEY_SHARE = 0.24  # of a page's width, for the names beside the curves
_MOST_ROWS = 13  # of a table on a page: two pages for all runs that there can be
_FIGURES = ("input", "target", "w1", "w2", "eta", "tolerance", "max_iterations")


class Compared(NamedTuple):
    """The runs that are compared, the present one first, and the trace of that."""

    rows: tuple[RunRow, ...]
    trace: Trace

    @property
    def kept(self) -> tuple[KeptRun, ...]:
        """The runs beside the present one."""
        return tuple(row.kept for row in self.rows if row.kept)

    @property
    def first(self) -> Moment:
        """The first moment of the present run."""
        setup = self.rows[0].setup
        return Moment(setup, Position(1, ARTICLE.first_step), setup.w1, setup.w2)


class TablePage(NamedTuple):
    """A table: its name, its headings and its rows, which have as many cells."""

    title: str
    name: str
    headings: tuple[str, ...]
    rows: tuple[Row, ...]


class CurvesPage(NamedTuple):
    """The error of all runs over the iterations, with their names beside it."""

    title: str


class DrawnPage(NamedTuple):
    """A drawing with a name, as large as the page's area, or as the names leave it beside them."""

    title: str
    name: str
    drawing: Drawing
    has_key: bool = False


Page = TablePage | CurvesPage | DrawnPage


def pages_of(
    compared: Compared, look: Look, size: tuple[float, float], report: Report
) -> Iterator[Page]:
    """Yield the pages; `size` is of the area of each in pixels. `report` is as in `with_map`."""
    numerals = numbers.Numerals(look.digits)
    setups = [(row, _setup_cells(row, numerals)) for row in compared.rows]
    yield from _tables(_("The runs and their setups"), _setup_headings(), setups, size)
    yield CurvesPage(_("Error over the iterations"))
    yield from _sweep(compared.rows, size, numerals)
    nameless = tuple(replace(run, name="") for run in compared.kept)
    shown = replace(look, is_large=True, kept=nameless)
    given = What.LANDSCAPE, compared.first, ((1 - _KEY_SHARE) * size[0], size[1]), TEXT
    landscape = surface_picture(*given, with_map(*given, shown, report))
    yield DrawnPage(_("The paths of the runs"), _("Landscape"), landscape, has_key=True)
    ends = [(row, _end_cells(row, numerals)) for row in compared.rows]
    yield from _tables(_("How the runs end"), _end_headings(), ends, size)


def beside_key(area: QRectF) -> tuple[QRectF, QRectF]:
    """Return the part of a page's area that the names leave, and theirs."""
    room, column = QRectF(area), QRectF(area)
    room.setWidth((1 - _KEY_SHARE) * area.width())
    column.setLeft(room.right())
    return room, column


def key_of(compared: Compared, size: tuple[float, float]) -> Drawing:
    """Return the names of all runs, each beside a piece of its curve."""
    entries = [
        (*(style(row.kept.colour) if row.kept else PRESENT_STYLE), row.name)
        for row in compared.rows
    ]
    return draw_key(entries, size, TEXT)


def ink_of(row: RunRow) -> Ink:
    """Return the ink of a run."""
    return style(row.kept.colour)[0] if row.kept else PRESENT_STYLE[0]


def _sweep(
    rows: Sequence[RunRow], size: tuple[float, float], numerals: numbers.Numerals
) -> Iterator[Page]:
    """Yield the iterations over the one value in which runs differ, where there is one."""
    found = along_one(rows)
    if found is None:
        return
    field, alike = found
    symbol = field.symbol or field.label.removesuffix(" E <").lower()
    points = tuple(
        SweepPoint(
            float(getattr(row.setup, field.name)), row.iterations,
            row.stop is Stop.TOLERANCE, ink_of(row), row.name,
        )
        for row in alike
    )  # fmt: skip
    title = _("How many iterations the runs take")
    yield DrawnPage(title, title, draw_sweep(symbol, points, size, TEXT, numerals))


def _tables(
    title: str,
    headings: tuple[str, ...],
    rows: Sequence[tuple[RunRow, list[str]]],
    size: tuple[float, float],
) -> Iterator[Page]:
    """Yield a table, on as many pages as it takes."""
    headings = _("Run"), *headings
    cells = tuple((ink_of(row), (row.full_name, *texts)) for row, texts in rows)
    parts = _parts(headings, cells, size)
    for number, part in enumerate(parts, start=1):
        words = _("{title} ({part} of {count})")
        said = words.format(title=title, part=number, count=len(parts))
        yield TablePage(said if len(parts) > 1 else title, title, headings, part)


def _parts(
    headings: tuple[str, ...], rows: tuple[Row, ...], size: tuple[float, float]
) -> list[tuple[Row, ...]]:
    """Return the rows of each page, about as many on all: as many as have room."""
    count = math.ceil(len(rows) / _MOST_ROWS)
    while True:
        each = math.ceil(len(rows) / count)
        parts = [rows[start : start + each] for start in range(0, len(rows), each)]
        heights = (draw_table(headings, part, size).height for part in parts)
        if each == 1 or max(heights) <= size[1]:
            return parts
        count += 1


def _setup_cells(row: RunRow, numerals: numbers.Numerals) -> list[str]:
    write = {True: numerals.count, False: numerals.given}
    fields = {field.name: field for field in FIELDS}
    return [write[fields[name].is_whole](getattr(row.setup, name)) for name in _FIGURES]


def _end_cells(row: RunRow, numerals: numbers.Numerals) -> list[str]:
    of_run = numerals.of(row.setup)
    values = [of_run.short(value) for value in row.values or ()] or ["…"] * 3
    return [numerals.count(row.iterations), row.ended, *values]


def _setup_headings() -> tuple[str, ...]:
    symbols = {field.name: notation.plain(field.symbol) for field in FIELDS}
    words = {"tolerance": "E <", "max_iterations": _("At most")}
    return tuple(symbols[name] or words[name] for name in _FIGURES)


def _end_headings() -> tuple[str, ...]:
    return _("Iterations"), _("Ended by"), "E", notation.plain("w_1"), notation.plain("w_2")
