"""Which parts of a drawing are taken, so that no text covers another or what matters."""

import math
from collections.abc import Iterable

from backprop_gui.drawing.clipping import Frame, Point
from backprop_gui.drawing.shapes import Text
from backprop_gui.drawing.widths import PLATE_HEIGHT, PLATE_MARGIN, width

_CELL = 0.4  # of a letter


class Room:
    """The room inside a frame, in small cells."""

    def __init__(self, frame: Frame, text: float) -> None:
        self._frame, self._cell = frame, _CELL * text
        self._taken: set[tuple[int, int]] = set()

    def copy(self) -> "Room":
        """Return another room, of which as much is taken."""
        made = Room(self._frame, self._cell / _CELL)
        made._taken |= self._taken
        return made

    def take_line(self, points: Iterable[Point]) -> None:
        """Keep texts off a line."""
        before: Point | None = None
        for point in points:
            if before is not None:
                steps = max(1, math.ceil(math.dist(before, point) / self._cell))
                self._taken.update(
                    self._cell_of(
                        before[0] + (point[0] - before[0]) * n / steps,
                        before[1] + (point[1] - before[1]) * n / steps,
                    )
                    for n in range(steps + 1)
                )
            before = point

    def take_disc(self, x: float, y: float, radius: float) -> None:
        """Keep texts off a place."""
        (left, top), (right, bottom) = (
            self._cell_of(x + side, y + side) for side in (-radius, radius)
        )
        self._taken.update(
            (column, row) for column in range(left, right + 1) for row in range(top, bottom + 1)
        )

    def place(self, text: Text) -> bool:
        """Take the room of a text and say True, or say False where it is not free."""
        spots = list(self._spots(text))
        if not all(self._frame.contains(x, y) for x, y in spots):
            return False
        cells = {self._cell_of(x, y) for x, y in spots}
        if not self._taken.isdisjoint(cells):
            return False
        self._taken |= cells
        return True

    def take(self, text: Text) -> None:
        """Keep other texts off one that stands where it does."""
        self._taken.update(self._cell_of(x, y) for x, y in self._spots(text))

    def first(self, texts: Iterable[Text]) -> Text | None:
        """Take the room of the first of some texts for which it is free, and return that text."""
        return next((text for text in texts if self.place(text)), None)

    def _spots(self, text: Text) -> Iterable[Point]:
        """Yield points all over a text's plate, no farther apart than cells are."""
        across, up = wide(text), PLATE_HEIGHT * text.size
        columns, rows = math.ceil(across / self._cell), math.ceil(up / self._cell)
        turn = math.radians(text.turn)
        cos, sin = math.cos(turn), math.sin(turn)
        for column in range(columns + 1):
            u = across * (column / columns - text.align)
            for row in range(rows + 1):
                v = up * (row / rows - 0.5)
                yield text.x + u * cos - v * sin, text.y + u * sin + v * cos

    def _cell_of(self, x: float, y: float) -> tuple[int, int]:
        return math.floor(x / self._cell), math.floor(y / self._cell)


def wide(text: Text) -> float:
    """Return how wide a text is with its plate, at the most."""
    return width(text.text, text.size, text.symbols) + 2 * PLATE_MARGIN * text.size
