"""Which parts of a drawing are taken, so that no text covers another or what matters."""

import math
from collections.abc import Iterable, Iterator
from functools import cached_property, lru_cache
from itertools import pairwise

from backprop_gui.drawing.clipping import Frame, Point
from backprop_gui.drawing.shapes import Text
from backprop_gui.drawing.widths import PLATE_HEIGHT, PLATE_MARGIN, width

_CELL = 0.4  # of a letter
_ROW = 1 << 20  # from a cell's number to that of the cell below it


class Room:
    """The room inside a frame, in small cells."""

    def __init__(self, frame: Frame, text: float) -> None:
        self.frame, self._cell = frame, _CELL * text
        self._taken: set[int] = set()  # cells by number: a drawing asks for very many

    @staticmethod
    def around(text: Text) -> Frame:
        """Return the plate of a text that is not turned."""
        wide, high = plate_width(text), PLATE_HEIGHT * text.size
        left, right = text.x + wide * -text.align, text.x + wide * (1.0 - text.align)
        return Frame(left, text.y - high * 0.5, right, text.y + high * 0.5)

    def copy(self) -> "Room":
        """Return another room, of which as much is taken."""
        made = Room(self.frame, self._cell / _CELL)
        made._taken |= self._taken
        return made

    def take_line(self, points: Iterable[Point]) -> None:
        """Keep texts off a line."""
        cell, floor, found = self._cell, math.floor, list[int]()
        for (x, y), end in pairwise(points):
            steps = max(1, math.ceil(math.dist((x, y), end) / cell))
            dx, dy = end[0] - x, end[1] - y
            found += [
                floor((y + dy * n / steps) / cell) * _ROW + floor((x + dx * n / steps) / cell)
                for n in range(steps + 1)
            ]
        self._taken.update(found)

    def take_disc(self, x: float, y: float, radius: float) -> None:
        """Keep texts off a place."""
        self._taken.update(*self._cells((x - radius, y - radius), (x + radius, y + radius)))

    def place(self, text: Text) -> bool:
        """Take the room of a text and say True, or say False where it is not free."""
        corners = _turned(text).corners if text.turn else self._corners(text)
        if not all(self.frame.contains(*corner) for corner in corners):
            return False
        rows = []
        for row in self._rows(text):
            if not self._taken.isdisjoint(row):
                return False
            rows.append(row)
        self._taken.update(*rows)
        return True

    def take(self, text: Text) -> None:
        """Keep other texts off one that stands where it does."""
        self._taken.update(*self._rows(text))

    def first(self, texts: Iterable[Text]) -> Text | None:
        """Take the room of the first of some texts for which it is free, and return that text."""
        return next((text for text in texts if self.place(text)), None)

    def _corners(self, text: Text) -> tuple[Point, Point]:
        left, top, right, bottom = self.around(text)
        return (left, top), (right, bottom)

    def _rows(self, text: Text) -> Iterable[Iterable[int]]:
        """Return the cells that the plate of a text covers, row by row."""
        if text.turn:
            return _turned(text).rows(self._cell)
        return self._cells(*self._corners(text))

    def _cells(self, upper_left: Point, lower_right: Point) -> Iterator[Iterable[int]]:
        """Yield the cells of a rectangle, row by row."""
        left, top, right, bottom = (
            math.floor(along / self._cell) for along in (*upper_left, *lower_right)
        )
        for row in range(top, bottom + 1):
            yield range(row * _ROW + left, row * _ROW + right + 1)


class _Turned:
    """The plate of a text that is turned around its place."""

    def __init__(self, text: Text) -> None:
        self._x, self._y, self._align = text.x, text.y, text.align
        self._wide, self._high = plate_width(text), PLATE_HEIGHT * text.size
        turn = math.radians(text.turn)
        self._cos, self._sin = math.cos(turn), math.sin(turn)
        self._rows: dict[tuple[float, int], list[int]] = {}

    def _at(self, across: float, down: float) -> Point:
        """Return a point of it, by its shares of the width and of the height."""
        u, v = self._wide * (across - self._align), self._high * (down - 0.5)
        return self._x + u * self._cos - v * self._sin, self._y + u * self._sin + v * self._cos

    @cached_property
    def corners(self) -> tuple[Point, Point, Point, Point]:
        """Its corners, clockwise from the upper left."""
        return self._at(0, 0), self._at(1, 0), self._at(1, 1), self._at(0, 1)

    def rows(self, cell: float) -> Iterator[list[int]]:
        """Yield the cells that it covers, row by row."""
        count, rows = (math.ceil(side / cell) for side in (self._wide, self._high))
        for n in range(rows + 1):
            if (cell, n) not in self._rows:
                ends = self._at(0, n / rows), self._at(1, n / rows)
                self._rows[cell, n] = _row(*ends, count, cell)
            yield self._rows[cell, n]


# While a run goes on, contours and their names are where they were.
_turned = lru_cache(maxsize=1024)(_Turned)


def _row(start: Point, end: Point, count: int, cell: float) -> list[int]:
    """Return the cells at each of `count` steps from one point to another."""
    (x, y), floor = start, math.floor
    dx, dy = (end[0] - x) / count / cell, (end[1] - y) / count / cell
    x, y = x / cell, y / cell
    return [floor(y + k * dy) * _ROW + floor(x + k * dx) for k in range(count + 1)]


def plate_width(text: Text) -> float:
    """Return how wide a text is with its plate, at the most."""
    return width(text.text, text.size, text.symbols) + 2 * PLATE_MARGIN * text.size
