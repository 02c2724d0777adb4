"""Which parts of a drawing are taken, so that no text covers another or what matters."""

import math
from collections.abc import Iterable, Iterator
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
        (left, top), _right, (right, bottom), _left = _Plate(text).corners
        return Frame(left, top, right, bottom)

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
        plate = _Plate(text)
        corners = plate.corners if plate.turn else (plate.at(0, 0), plate.at(1, 1))
        if not all(self.frame.contains(*corner) for corner in corners):
            return False
        rows = []
        for row in self._rows(plate):
            if not self._taken.isdisjoint(row):
                return False
            rows.append(row)
        self._taken.update(*rows)
        return True

    def take(self, text: Text) -> None:
        """Keep other texts off one that stands where it does."""
        self._taken.update(*self._rows(_Plate(text)))

    def first(self, texts: Iterable[Text]) -> Text | None:
        """Take the room of the first of some texts for which it is free, and return that text."""
        return next((text for text in texts if self.place(text)), None)

    def _rows(self, plate: "_Plate") -> Iterator[Iterable[int]]:
        """Yield the cells that a plate covers, row by row."""
        if not plate.turn:
            yield from self._cells(plate.at(0, 0), plate.at(1, 1))
            return
        count, rows = (math.ceil(side / self._cell) for side in (plate.wide, plate.high))
        floor = math.floor
        for n in range(rows + 1):
            (x, y), (right, bottom) = plate.at(0, n / rows), plate.at(1, n / rows)
            dx, dy = (right - x) / count / self._cell, (bottom - y) / count / self._cell
            x, y = x / self._cell, y / self._cell
            yield [floor(y + k * dy) * _ROW + floor(x + k * dx) for k in range(count + 1)]

    def _cells(self, upper_left: Point, lower_right: Point) -> Iterator[Iterable[int]]:
        """Yield the cells of a rectangle, row by row."""
        left, top, right, bottom = (
            math.floor(along / self._cell) for along in (*upper_left, *lower_right)
        )
        for row in range(top, bottom + 1):
            yield range(row * _ROW + left, row * _ROW + right + 1)


class _Plate:
    """The plate of a text: a rectangle, turned around the text's place."""

    def __init__(self, text: Text) -> None:
        self._x, self._y, self._align, self.turn = text.x, text.y, text.align, text.turn
        self.wide, self.high = plate_width(text), PLATE_HEIGHT * text.size
        turn = math.radians(text.turn)
        self._cos, self._sin = math.cos(turn), math.sin(turn)

    def at(self, across: float, down: float) -> Point:
        """Return a point of it, by its shares of the width and of the height."""
        u, v = self.wide * (across - self._align), self.high * (down - 0.5)
        return self._x + u * self._cos - v * self._sin, self._y + u * self._sin + v * self._cos

    @property
    def corners(self) -> tuple[Point, Point, Point, Point]:
        """Its corners, clockwise from the upper left."""
        return self.at(0, 0), self.at(1, 0), self.at(1, 1), self.at(0, 1)


def plate_width(text: Text) -> float:
    """Return how wide a text is with its plate, at the most."""
    return width(text.text, text.size, text.symbols) + 2 * PLATE_MARGIN * text.size
