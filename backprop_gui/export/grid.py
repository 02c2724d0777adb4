"""Where the positions of a handout stand on a sheet, such that each text of them can be read."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

from PySide6.QtCore import QRectF, QSizeF

from backprop_gui.export.cell import LEAST_PX, STYLES, Style
from backprop_gui.export.paper import PaperSheet

RULE_PX = 24.0  # eighteen points from one line for handwriting to the next
FOOT_PX = 12
_SIDE, _TOP, _BOTTOM = 36.0, 24.0, 34.0
_GAP, _GAPS_BETWEEN = 8.0, {1: 0.0, 2: 24.0, 3: 8.0, 4: 10.0, 6: 8.0}  # of so many rows
_BESIDE, _LEAST_BESIDE, _BELOW = 0.34, 150.0, 3  # lines beside a cell, in shares; or so many below
_COUNTS = {6: ((2, 3), (1, 6), (3, 2)), 4: ((2, 2), (1, 4), (4, 1)), 3: ((1, 3), (3, 1)),
           2: ((1, 2), (2, 1)), 1: ((1, 1),)}  # fmt: skip

# The least size of a text in so much room, in a style.
LeastPx = Callable[[QSizeF, Style], float]


class Place(NamedTuple):
    """Where a position stands, and the lines to write on, where there are some."""

    cell: QRectF
    lines: QRectF | None = None


class Grid(NamedTuple):
    """A page of a handout: its sheet, what stands where, and how it is shown."""

    sheet: PaperSheet
    places: tuple[Place, ...]
    style: Style
    least_px: float

    @property
    def foot(self) -> QRectF:
        """Where the page's number stands."""
        size = self.sheet.size
        return QRectF(_SIDE, size.height() - _BOTTOM + 8, size.width() - 2 * _SIDE, 18)


def grid_of(most: int, sheet: PaperSheet, least_px: LeastPx, *, has_lines: bool = False) -> Grid:
    """Return the page with `most` positions, or as many as can be read, with the largest texts.

    `most` is one of those that a person can choose. Where not even a single one can be read, it
    has the whole sheet.
    """
    grids: list[Grid] = []
    for count in sorted((n for n in _COUNTS if n <= most), reverse=True):
        for style in STYLES:
            grids = [
                Grid(way, places, style, least_px(places[0].cell.size(), style))
                for way in sheet.ways
                for shape in _COUNTS[count]
                for places in _places(way.size, shape, has_lines=has_lines)
            ]
            best = max(grids, key=lambda grid: (grid.least_px, -abs(_stretch(grid))))
            if best.least_px >= LEAST_PX:
                return best
    return max(grids, key=lambda grid: grid.least_px)


def _stretch(grid: Grid) -> float:
    """Return how far a cell is from the shape of a slide."""
    cell = grid.places[0].cell
    return cell.width() / cell.height() - 1.6


def _places(
    size: QSizeF, shape: tuple[int, int], *, has_lines: bool
) -> Iterator[tuple[Place, ...]]:
    """Yield the ways to share a page out: columns and rows, and lines beside or below each."""
    columns, rows = shape
    width = (size.width() - 2 * _SIDE - (columns - 1) * 2 * _GAP) / columns
    gap = _GAPS_BETWEEN[rows]
    height = (size.height() - _TOP - _BOTTOM - (rows - 1) * gap) / rows
    areas = [
        QRectF(_SIDE + column * (width + 2 * _GAP), _TOP + row * (height + gap), width, height)
        for row in range(rows)
        for column in range(columns)
    ]
    if not has_lines:
        yield tuple(Place(area) for area in areas)
        return
    beside, below = max(_LEAST_BESIDE, _BESIDE * width), _BELOW * RULE_PX + _GAP
    if beside < width / 2:
        yield tuple(_split(area, area.width() - beside, area.height()) for area in areas)
    if below < height / 2:
        yield tuple(_split(area, area.width(), area.height() - below) for area in areas)


def _split(area: QRectF, width: float, height: float) -> Place:
    cell = QRectF(area.x(), area.y(), width, height)
    if width < area.width():
        gap = 2 * _GAP
        return Place(cell, area.adjusted(width + gap, 0, 0, 0))
    return Place(cell, area.adjusted(0, height + _GAP, 0, 0))
