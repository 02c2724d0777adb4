"""A deck that compares runs: their setups, their curves, their paths and how they end."""

from collections.abc import Sequence
from functools import singledispatchmethod
from typing import Any, BinaryIO

from lxml import etree
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Pt
from PySide6.QtCore import QRectF

from backprop_gui.drawing.shapes import Ink, Tint
from backprop_gui.drawing.table import LEAST_ROW_PX, PADDING, PIECE, ROW_PX, columns_of
from backprop_gui.export.comparison import (
    Compared,
    CurvesPage,
    DrawnPage,
    Page,
    TablePage,
    beside_key,
    key_of,
    pages_of,
)
from backprop_gui.export.picture import Look
from backprop_gui.export.powerpoint.chart import ErrorChart
from backprop_gui.export.powerpoint.deck import Deck, emu
from backprop_gui.export.powerpoint.foot import tidy
from backprop_gui.export.powerpoint.shapes import PIXEL, add_drawing, colour_of
from backprop_gui.export.slide_places import NARROW, WIDE
from backprop_gui.lesson import numbers
from backprop_gui.lesson.fields import FIELDS
from backprop_gui.lesson.numbers import FILES
from backprop_gui.paint.theme import Theme
from backprop_gui.system.job import Report
from backprop_gui.system.letters import one_line
from backprop_gui.system.texts import _

_NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"  # PowerPoint's "No Style, No Grid"


def write_comparison(
    stream: BinaryIO, compared: Compared, look: Look, report: Report, *, is_wide: bool
) -> None:
    """Write a deck of these runs, 16:9 or 4:3. Raises OSError where the stream does.

    `report` is as in `pages_of`.
    """
    made = _Comparison(compared, look, is_wide=is_wide)
    made.add_all(report)
    made.deck.presentation.save(stream)


class _Comparison:
    def __init__(self, compared: Compared, look: Look, *, is_wide: bool) -> None:
        self._compared, self._look, self._theme = compared, look, look.theme
        places = WIDE if is_wide else NARROW
        self.deck = Deck(places, look.theme, look.digits, True, one_line(look.title))
        self._area = places.whole

    def add_all(self, report: Report) -> None:
        """Add all slides."""
        first, size = self._compared.first, (self._area.width(), self._area.height())
        self.deck.open(first)
        for page in pages_of(self._compared, self._look, size, report):
            slide = self.deck.page(page.title)
            self._add(page, slide)
            self.deck.finish(slide, self._notes())
        self.deck.describe(first)

    def _with_key(self, slide: Any) -> QRectF:
        """Add the names of all runs, and return the area that they leave."""
        room, column = beside_key(self._area)
        drawing = key_of(self._compared, (column.width(), column.height()))
        add_drawing(slide.shapes, drawing, column, self._theme, _("Names of the runs"))
        return room

    @singledispatchmethod
    def _add(self, page: Page, slide: Any) -> None:
        raise TypeError(f"no slide for a {type(page).__name__}")

    @_add.register
    def _(self, _page: CurvesPage, slide: Any) -> None:
        room, end = self._with_key(slide), self._compared.rows[0].end
        if end:
            chart = ErrorChart(self._compared.trace, self._theme, self._compared.kept)
            chart.add(slide, emu(room), end)

    @_add.register
    def _(self, page: DrawnPage, slide: Any) -> None:
        area = self._with_key(slide) if page.has_key else self._area
        add_drawing(slide.shapes, page.drawing, area, self._theme, page.name)

    @_add.register
    def _(self, page: TablePage, slide: Any) -> None:
        area, texts = self._area, [page.headings, *(cells for _ink, cells in page.rows)]
        high = max(LEAST_ROW_PX, min(ROW_PX, area.height() / len(texts)))
        place = QRectF(area.x(), area.y(), area.width(), high * len(texts))
        frame = slide.shapes.add_table(len(texts), len(texts[0]), *emu(place))
        frame.name, table = page.name, frame.table
        style_id = table._tbl.tblPr.find(qn("a:tableStyleId"))
        style_id.text, table.horz_banding = _NO_STYLE, False
        points, wide = columns_of(texts, area.width())
        for column, width_px in zip(table.columns, wide, strict=True):
            column.width = Emu(round(width_px * PIXEL))
        for each in table.rows:
            each.height = Emu(round(high * PIXEL))
        inks = [None, *(ink for ink, _cells in page.rows)]
        for number, (cells, ink) in enumerate(zip(texts, inks, strict=True)):
            self._fill_row(table, number, cells, points, ink)

    def _fill_row(
        self, table: Any, number: int, texts: Sequence[str], points: float, ink: Ink | None
    ) -> None:
        theme = self._theme
        for place, text in enumerate(texts):
            cell = table.cell(number, place)
            cell.fill.solid()
            cell.fill.fore_color.rgb = colour_of(_ground(theme, is_heading=ink is None))
            _underline(cell, theme.inks[Ink.LINE])
            frame = cell.text_frame
            tidy(frame)
            cell.margin_left = cell.margin_right = Emu(PADDING * PIXEL)
            cell.margin_top = cell.margin_bottom = Emu(2 * PIXEL)
            cell.vertical_anchor = MSO_ANCHOR.MIDDLE
            paragraph = frame.paragraphs[0]
            paragraph.alignment = PP_ALIGN.RIGHT if place else PP_ALIGN.LEFT
            parts = [(text, Ink.TEXT if ink else Ink.MUTED)]
            if ink and not place:  # a piece of its colour
                parts.insert(0, (PIECE, ink))
            for words, colour in parts:
                run = paragraph.add_run()
                run.text = words
                run.font.size, run.font.bold = Pt(points), ink is None
                run.font.color.rgb = colour_of(theme.inks[colour])

    def _notes(self) -> str:
        """Return all runs with their numbers, exactly."""
        lines = []
        for row in self._compared.rows:
            given = ((f.title, numbers.exact(getattr(row.setup, f.name))) for f in FIELDS)
            values = ", ".join(f"{title} {number}" for title, number in given)
            ends = zip(("E", "w₁", "w₂"), row.values or (), strict=False)
            found = ", ".join(f"{symbol} = {numbers.exact(value)}" for symbol, value in ends)
            lines.append(f"{row.full_name}: {values}; {FILES.count(row.iterations)}: {found}")
        return "\n".join(lines)


def _ground(theme: Theme, *, is_heading: bool) -> str:
    return theme.colour(Tint(Ink.LINE, 0.25)).name() if is_heading else theme.ground


def _underline(cell: Any, colour: str) -> None:
    """Give a cell a thin line below, and no other one."""
    line = etree.Element(qn("a:lnB"), w=str(PIXEL))
    fill = etree.SubElement(line, qn("a:solidFill"))
    etree.SubElement(fill, qn("a:srgbClr"), val=colour.removeprefix("#"))
    cell._tc.get_or_add_tcPr().insert(0, line)
