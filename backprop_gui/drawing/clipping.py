"""Lines clipped to a rectangle."""

import math
from collections.abc import Iterable
from typing import NamedTuple

Point = tuple[float, float]
_FAR = 1e12  # farther points are drawn in: the part of a line that is seen stays where it is


class Frame(NamedTuple):
    """A rectangle."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """How wide it is."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """How high it is."""
        return self.bottom - self.top

    @property
    def centre(self) -> Point:
        """The point in its middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    @property
    def outline(self) -> tuple[Point, ...]:
        """The line around it."""
        left, top, right, bottom = self
        return (left, top), (right, top), (right, bottom), (left, bottom), (left, top)

    def inset(self, by: float) -> "Frame":
        """Return the rectangle with a margin inside taken away."""
        return Frame(self.left + by, self.top + by, self.right - by, self.bottom - by)

    def contains(self, x: float, y: float) -> bool:
        """Say whether a point lies in it; its edges belong to it."""
        return self.left <= x <= self.right and self.top <= y <= self.bottom


def clipped(points: Iterable[Point], frame: Frame) -> list[tuple[Point, ...]]:
    """Return the parts of a line through points that are in a frame, each of two points or more.

    Where a point is not a number, the line is broken.
    """
    parts: list[list[Point]] = []
    before: Point | None = None
    was_inside = False
    left, top, right, bottom = frame
    for x, y in points:
        point = x, y
        if not (-_FAR < x < _FAR and -_FAR < y < _FAR):
            if math.isnan(x) or math.isnan(y):
                before = None
                continue
            point = _drawn_in(x), _drawn_in(y)
        is_inside = left <= x <= right and top <= y <= bottom
        if before is None:
            seen = None
        elif is_inside and was_inside:
            seen = before, point
        else:
            seen = _segment(before, point, frame)
        if seen:
            start, end = seen
            if not (parts and parts[-1][-1] == start and start == before):
                parts.append([start])
            parts[-1].append(end)
        before, was_inside = point, is_inside
    return [tuple(part) for part in parts]


def _drawn_in(x: float) -> float:
    return min(max(x, -_FAR), _FAR)


def _segment(start: Point, end: Point, frame: Frame) -> tuple[Point, Point] | None:
    """Return the part of a segment in a frame, after Liang and Barsky, or None."""
    dx, dy = end[0] - start[0], end[1] - start[1]
    enter, leave = 0.0, 1.0
    for along, room in (
        (-dx, start[0] - frame.left),
        (dx, frame.right - start[0]),
        (-dy, start[1] - frame.top),
        (dy, frame.bottom - start[1]),
    ):
        if along == 0.0:
            if room < 0.0:
                return None
        elif along < 0.0:
            enter = max(enter, room / along)
        else:
            leave = min(leave, room / along)
    if enter >= leave:
        return None
    first = start if enter == 0.0 else _inside(start[0] + enter * dx, start[1] + enter * dy, frame)
    last = end if leave == 1.0 else _inside(start[0] + leave * dx, start[1] + leave * dy, frame)
    return first, last


def _inside(x: float, y: float, frame: Frame) -> Point:
    """Return a point of an edge without what rounding has moved it beyond."""
    return min(max(x, frame.left), frame.right), min(max(y, frame.top), frame.bottom)
