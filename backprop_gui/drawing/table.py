"""A table of runs as a drawing: each row with a piece of its run's colour."""

from collections.abc import Iterator, Sequence
from itertools import accumulate

from backprop_gui.drawing.breaking import lines_of
from backprop_gui.drawing.shapes import Drawing, Ink, Line, Patch, Shape, Text, Tint
from backprop_gui.drawing.widths import width
from backprop_gui.lesson.notation import literal

PADDING = 8  # pixels beside the text of a cell
ROW_PX, LEAST_ROW_PX = 40.0, 30.0
PIECE = "■ "
_POINTS = (16, 14, 12, 11, 10, 9)  # of a table's text: the largest in which each cell has one line
_SPARE = 1.15  # times its width, for the font that sets it elsewhere
_LEAST_NAME = 160.0  # pixels of the first column, where others are long
_LEADING = 1.25

Row = tuple[Ink, tuple[str, ...]]  # of a run: its colour, and its cells, the name first


def columns_of(texts: Sequence[Sequence[str]], room: float) -> tuple[float, list[float]]:
    """Return the points of a table's text, and the width of each column in pixels.

    Where all is too long for lines of their own, the first column has what the others leave.
    """
    for points in _POINTS:
        px = points / 0.75
        least = [
            max(width(text, px) for text in column) * _SPARE + 2 * PADDING
            for column in zip(*texts, strict=True)
        ]
        least[0] += width(PIECE, px)
        if sum(least) <= room:
            share = (room - sum(least)) / len(least)
            return points, [each + share for each in least]
    others = sum(least[1:])
    name = max(room - others, min(least[0], _LEAST_NAME))
    return points, [name, *(each * (room - name) / others for each in least[1:])]


def draw_table(headings: Sequence[str], rows: Sequence[Row], size: tuple[float, float]) -> Drawing:
    """Return the table, `size` wide and high at least, in pixels. Cells are as they are written."""
    texts = [tuple(headings), *(cells for _ink, cells in rows)]
    points, columns = columns_of(texts, size[0])
    px, high = points / 0.75, max(LEAST_ROW_PX, min(ROW_PX, size[1] / len(texts)))
    inks = [None, *(ink for ink, _cells in rows)]
    shapes: list[Shape] = []
    top = 0.0
    for ink, cells in zip(inks, texts, strict=True):
        broken = [
            lines_of(cell, px, wide - 2 * PADDING - (0 if place else width(PIECE, px)))
            for place, (cell, wide) in enumerate(zip(cells, columns, strict=True))
        ]
        deep = max(high, max(map(len, broken)) * _LEADING * px + PADDING)
        shapes += _row(broken, columns, px, (top, top + deep), ink)
        top += deep
    return Drawing(size[0], max(size[1], top), tuple(shapes), ())


def _row(
    broken: Sequence[list[str]],
    columns: Sequence[float],
    px: float,
    sides: tuple[float, float],
    ink: Ink | None,
) -> Iterator[Shape]:
    """Yield a row between its top and its bottom; without an ink it is that of the headings."""
    top, bottom = sides
    middle, wide, rights = (top + bottom) / 2, sum(columns), list(accumulate(columns))
    if ink is None:
        yield _filled(0, top, wide, bottom - top, Tint(Ink.LINE, 0.25))
    else:
        side = 0.6 * px
        yield _filled(PADDING, middle - side / 2, side, side, Tint(ink))
    yield Line(((0, bottom), (wide, bottom)), Tint(Ink.LINE), 1.0)
    for place, lines in enumerate(broken):
        x = rights[place] - PADDING if place else PADDING + width(PIECE, px)
        room = columns[place] - PADDING - (0 if place else width(PIECE, px))
        if not place and ink is None:
            x = PADDING
        y = middle - (len(lines) - 1) / 2 * _LEADING * px
        for line in lines:
            yield Text(x, y, literal(line), px, Ink.TEXT if ink else Ink.MUTED, room,
                       is_bold=ink is None, align=float(place > 0))  # fmt: skip
            y += _LEADING * px


def _filled(x: float, y: float, wide: float, high: float, fill: Tint) -> Patch:
    corners = (x, y), (x + wide, y), (x + wide, y + high), (x, y + high)
    return Patch(corners, fill=fill)
