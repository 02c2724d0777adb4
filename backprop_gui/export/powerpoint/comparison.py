"""A deck that compares runs: their setups, their curves, their paths and how they end."""

import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any, BinaryIO, NamedTuple

from lxml import etree
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt
from PySide6.QtCore import QRectF

from backprop_gui.core.kept_run import KeptRun
from backprop_gui.core.run import Stop, Trace
from backprop_gui.drawing.run_style import style
from backprop_gui.drawing.shapes import Drawing, Ink, Line, Shape, Text, Tint
from backprop_gui.drawing.sweep_plot import SweepPoint, draw_sweep
from backprop_gui.drawing.widths import width
from backprop_gui.export.contents import What
from backprop_gui.export.picture import Look, surface_picture
from backprop_gui.export.powerpoint.chart import ErrorChart
from backprop_gui.export.powerpoint.deck import NARROW, WIDE, Deck, emu
from backprop_gui.export.powerpoint.foot import tidy
from backprop_gui.export.powerpoint.shapes import PIXEL, add_drawing, colour_of
from backprop_gui.lesson import notation, numbers
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.fields import FIELDS
from backprop_gui.lesson.moment import Moment, Position
from backprop_gui.lesson.numbers import FILES
from backprop_gui.lesson.run_table import RunRow, along_one
from backprop_gui.paint.theme import Theme
from backprop_gui.system.letters import one_line
from backprop_gui.system.texts import _

_MOST_ROWS = 12  # of a table on a slide
_ROW_PX, _LEAST_ROW_PX = 40.0, 30.0
_POINTS = (16, 14, 12, 11, 10)  # of a table's text: the largest in which each has one line
_PIECE = "■ "
_PADDING = 8  # pixels beside the text of a cell
_SPARE = 1.15  # times its width, for the font that sets it elsewhere
_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # PowerPoint's "No Style, No Grid"
_TEXT = 21.0  # pixels of a drawing's letters: 16 points
_LEGEND = 0.24  # of the width
_LEADING = 1.5
_FIGURES = ("input", "target", "w1", "w2", "eta", "tolerance", "max_iterations")


class Compared(NamedTuple):
    """The runs that are compared, the present one first, and the trace of that."""

    rows: tuple[RunRow, ...]
    trace: Trace

    @property
    def kept(self) -> tuple[KeptRun, ...]:
        """The runs beside the present one."""
        return tuple(row.kept for row in self.rows if row.kept)


def write_comparison(stream: BinaryIO, compared: Compared, look: Look, *, is_wide: bool) -> None:
    """Write a deck of these runs, 16:9 or 4:3. Raises OSError where the stream does."""
    made = _Comparison(compared, look, is_wide=is_wide)
    made.add_all()
    made.deck.presentation.save(stream)


class _Comparison:
    def __init__(self, compared: Compared, look: Look, *, is_wide: bool) -> None:
        self._rows, self._compared, self._look = compared.rows, compared, look
        self._theme, self._numerals = look.theme, numbers.Numerals(look.digits)
        self._places = WIDE if is_wide else NARROW
        self.deck = Deck(self._places, look.theme, look.digits, True, one_line(look.title))
        top, bottom = self._places.network.top(), self._places.formula.bottom()
        self._area = self._places.alone(QRectF(0, top, 0, bottom - top))

    def add_all(self) -> None:
        """Add all slides."""
        setup = self._rows[0].setup
        first = Moment(setup, Position(1, ARTICLE.first_step), setup.w1, setup.w2)
        self.deck.open(first)
        self._add_tables(_("The runs and their setups"), _setup_headings(), self._setup_cells)
        self._add_curves()
        self._add_sweep()
        self._add_landscape(first)
        self._add_tables(_("How the runs end"), _end_headings(), self._end_cells)
        self.deck.describe(first)

    def _add_curves(self) -> None:
        slide, area = self.deck.page(_("Error over the iterations")), self._area
        room = QRectF(area)
        room.setWidth((1 - _LEGEND) * area.width())
        end = self._rows[0].end
        if end:
            chart = ErrorChart(self._compared.trace, self._theme, self._compared.kept)
            chart.add(slide, emu(room), end)
        column = QRectF(room.right(), area.y(), _LEGEND * area.width(), area.height())
        drawing = self._legend(column.width(), column.height())
        add_drawing(slide.shapes, drawing, column, self._theme, _("Names of the runs"))
        self.deck.finish(slide, self._notes())

    def _add_sweep(self) -> None:
        """Add the iterations over the one value in which runs differ, where there is one."""
        found = along_one(self._rows)
        if found is None:
            return
        field, rows = found
        symbol = field.symbol or field.label.removesuffix(" E <").lower()
        points = tuple(
            SweepPoint(
                float(getattr(row.setup, field.name)), row.iterations,
                row.stop is Stop.TOLERANCE, _ink(row), row.name,
            )
            for row in rows
        )  # fmt: skip
        title = _("How many iterations the runs take")
        slide, area = self.deck.page(title), self._area
        drawing = draw_sweep(symbol, points, (area.width(), area.height()), _TEXT, self._numerals)
        add_drawing(slide.shapes, drawing, area, self._theme, title)
        self.deck.finish(slide, self._notes())

    def _add_landscape(self, first: Moment) -> None:
        slide, area = self.deck.page(_("The paths of the runs")), self._area
        size = area.width(), area.height()
        drawing = surface_picture(What.LANDSCAPE, first, size, _TEXT, self._surface)
        add_drawing(slide.shapes, drawing, area, self._theme, _("Landscape"))
        self.deck.finish(slide, self._notes())

    @property
    def _surface(self) -> Look:
        return replace(self._look, is_large=True, kept=self._compared.kept)

    def _legend(self, wide: float, high: float) -> Drawing:
        shapes: list[Shape] = []
        leading = min(_LEADING * _TEXT, high / len(self._rows))
        text = min(_TEXT, leading / 1.2)
        for number, row in enumerate(self._rows):
            y, ink = (number + 1.0) * leading, _ink(row)
            dash = style(row.kept.colour)[1] if row.kept else ()
            ends = (0.8 * text, y), (3.0 * text, y)
            shapes.append(Line(ends, Tint(ink), 3.0, name=row.name, dash=dash))
            name = notation.literal(row.name)
            shapes.append(
                Text(3.6 * text, y, name, text, Ink.TEXT, wide - 4 * text, name=row.name, align=0.0)
            )
        return Drawing(wide, high, tuple(shapes), ())

    def _setup_cells(self, row: RunRow) -> list[str]:
        setup = row.setup
        write = {True: self._numerals.count, False: self._numerals.given}
        fields = {field.name: field for field in FIELDS}
        return [write[fields[name].is_whole](getattr(setup, name)) for name in _FIGURES]

    def _end_cells(self, row: RunRow) -> list[str]:
        values = [self._numerals.short(value) for value in row.values or ()] or ["…"] * 3
        return [self._numerals.count(row.iterations), row.ended, *values]

    def _add_tables(
        self, title: str, headings: Sequence[str], cells: Callable[[RunRow], list[str]]
    ) -> None:
        """Add a table, on as many slides as it takes."""
        count = math.ceil(len(self._rows) / _MOST_ROWS)
        each = math.ceil(len(self._rows) / count)
        for part in range(count):
            rows = self._rows[part * each : (part + 1) * each]
            words = _("{title} ({part} of {count})")
            said = words.format(title=title, part=part + 1, count=count) if count > 1 else title
            slide = self.deck.page(said)
            self._add_table(slide, headings, [(row, cells(row)) for row in rows], title)
            self.deck.finish(slide, self._notes())

    def _add_table(
        self,
        slide: Any,
        headings: Sequence[str],
        rows: Sequence[tuple[RunRow, list[str]]],
        name: str,
    ) -> None:
        area, texts = self._area, [[_("Run"), *headings]]
        texts += [[row.name, *cells] for row, cells in rows]
        high = max(_LEAST_ROW_PX, min(_ROW_PX, area.height() / len(texts)))
        place = QRectF(area.x(), area.y(), area.width(), high * len(texts))
        frame = slide.shapes.add_table(len(texts), len(texts[0]), *emu(place))
        frame.name, table = name, frame.table
        style_id = table._tbl.tblPr.find(qn("a:tableStyleId"))
        style_id.text, table.horz_banding = _NO_STYLE, False
        points, wide = _fitting(texts, area.width())
        for column, width_px in zip(table.columns, wide, strict=True):
            column.width = Emu(round(width_px * PIXEL))
        for each in table.rows:
            each.height = Emu(round(high * PIXEL))
        for number, cells in enumerate(texts):
            self._fill_row(table, number, cells, points, rows[number - 1][0] if number else None)

    def _fill_row(
        self, table: Any, number: int, texts: Sequence[str], points: float, row: RunRow | None
    ) -> None:
        theme = self._theme
        for place, text in enumerate(texts):
            cell = table.cell(number, place)
            cell.fill.solid()
            cell.fill.fore_color.rgb = colour_of(_ground(theme, is_heading=row is None))
            _underline(cell, theme.inks[Ink.LINE])
            frame = cell.text_frame
            tidy(frame)
            cell.margin_left = cell.margin_right = Emu(_PADDING * PIXEL)
            cell.margin_top = cell.margin_bottom = Emu(2 * PIXEL)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            paragraph = frame.paragraphs[0]
            paragraph.alignment = PP_ALIGN.RIGHT if place else PP_ALIGN.LEFT
            parts = [(text, Ink.TEXT if row else Ink.MUTED)]
            if row and not place:  # a piece of its colour
                parts.insert(0, (_PIECE, _ink(row)))
            for words, ink in parts:
                run = paragraph.add_run()
                run.text = words
                run.font.size, run.font.bold = Pt(points), row is None
                run.font.color.rgb = colour_of(theme.inks[ink])

    def _notes(self) -> str:
        """Return all runs with their numbers, exactly."""
        lines = []
        for row in self._rows:
            given = ((f.title, numbers.exact(getattr(row.setup, f.name))) for f in FIELDS)
            values = ", ".join(f"{title} {number}" for title, number in given)
            ends = zip(("E", "w₁", "w₂"), row.values or (), strict=False)
            found = ", ".join(f"{symbol} = {numbers.exact(value)}" for symbol, value in ends)
            lines.append(f"{row.name}: {values}; {FILES.count(row.iterations)}: {found}")
        return "\n".join(lines)


def _ink(row: RunRow) -> Ink:
    return style(row.kept.colour)[0] if row.kept else Ink.FORWARD


def _ground(theme: Theme, *, is_heading: bool) -> str:
    return theme.colour(Tint(Ink.LINE, 0.25)).name() if is_heading else theme.ground


def _underline(cell: Any, colour: str) -> None:
    """Give a cell a thin line below, and no other one."""
    line = etree.Element(qn("a:lnB"), w=str(PIXEL))
    fill = etree.SubElement(line, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr"), val=colour.removeprefix("#"))
    cell._tc.get_or_add_tcPr().insert(0, line)


def _fitting(texts: Sequence[Sequence[str]], room: float) -> tuple[float, list[float]]:
    """Return the points in which all texts of a table have one line, and its columns in pixels."""
    for points in _POINTS:
        px = points / 0.75
        least = [
            max(width(text, px) for text in column) * _SPARE + 2 * _PADDING
            for column in zip(*texts, strict=True)
        ]
        least[0] += width(_PIECE, px)
        if sum(least) <= room:
            break
    share = (room - sum(least)) / len(least)
    if share >= 0:
        return points, [each + share for each in least]
    return points, [each * room / sum(least) for each in least]


def _setup_headings() -> list[str]:
    symbols = {field.name: notation.plain(field.symbol) for field in FIELDS}
    words = {"tolerance": "E <", "max_iterations": _("At most")}
    return [symbols[name] or words[name] for name in _FIGURES]


def _end_headings() -> list[str]:
    return [_("Iterations"), _("Ended by"), "E", notation.plain("w_1"), notation.plain("w_2")]
