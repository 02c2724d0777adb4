"""The contours of the error, the curve of exact solutions, and the band in which a run stops."""

import math
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from functools import cached_property, lru_cache
from itertools import accumulate, pairwise
from typing import NamedTuple

from backprop_gui.core.network import Setup, forward
from backprop_gui.drawing.clipping import Point, clipped
from backprop_gui.drawing.error_field import ErrorScale
from backprop_gui.drawing.room import Room, plate_width
from backprop_gui.drawing.scene import Plane, Scene
from backprop_gui.drawing.shapes import Ink, Line, Shape, Text, Tint
from backprop_gui.lesson.surface import branches, contour_points, levels
from backprop_gui.system.texts import _

_DARK = 0.47  # of the scale, below which its colours want bright letters
_FRACTIONS = (0.2, 0.8, 0.5, 0.35, 0.65, 0.1, 0.9)  # of a line, where its name may stand
_SAMPLES = (0.5, 0.3, 0.7, 0.2, 0.8, 0.12, 0.88)
_SIDES = (1.1, -1.1, 1.5, -1.5, 2.0, -2.0, 2.6, -2.6)  # letters from a line to its name
_BEND = 14.0  # degrees by which a line may bend along its name
_STEEPEST = 75.0  # degrees by which a name may be turned
_UNEVEN = 0.35  # of the scale, by which colours behind a name may differ


Lines = tuple[tuple[Point, ...], ...]


class Chord(NamedTuple):
    """A stretch of a line: its middle, how far it is turned, and where it begins and ends on it."""

    x: float
    y: float
    turn: float
    start: float
    end: float


def contour_shapes(scene: Scene, plane: Plane, scale: ErrorScale, room: Room) -> Iterator[Shape]:
    """Yield the contours with their names, where these are free to stand."""
    bare = scene._replace(paths=(), moment=None, start_map=None)
    for contour in _contours(bare, plane, scale):
        is_named = False
        for part in contour:
            named = () if is_named else part.named(room)
            is_named = is_named or bool(named)
            yield from named or (part.line,)


class _Stretch:
    """A part of a contour: the line, and how it looks with its name at each place of it."""

    def __init__(self, line: Line, text: Text, ground: "_Ground") -> None:
        self.line, self._text, self._ground = line, text, ground
        self._chords: dict[float, Chord | None] = {}
        self._named: dict[float, tuple[Shape, ...]] = {}

    def named(self, room: Room) -> tuple[Shape, ...]:
        """Return the line with its name, where that is read and has room, and take the room.

        Where there is no such place, that is nothing.
        """
        for fraction in _FRACTIONS:
            chord = self._chord(fraction)
            if chord is None:
                continue
            text = self._text._replace(x=chord.x, y=chord.y, turn=chord.turn)
            if room.place(text):
                return self._with_name(fraction, chord, text)
        return ()

    @cached_property
    def _ways(self) -> list[float]:
        return _ways(self.line.points)

    def _chord(self, fraction: float) -> Chord | None:
        """Return the stretch for a name around a fraction of the line, where that is read."""
        if fraction not in self._chords:
            length = plate_width(self._text)
            chord = _chord(self.line.points, self._ways, length, fraction)
            is_read = chord is not None and self._ground.is_even(chord, self._text)
            self._chords[fraction] = chord if is_read else None
        return self._chords[fraction]

    def _with_name(self, fraction: float, chord: Chord, text: Text) -> tuple[Shape, ...]:
        if fraction not in self._named:
            pieces = _without(self.line.points, self._ways, chord)
            lines = (self.line._replace(points=piece) for piece in pieces)
            self._named[fraction] = *lines, text
        return self._named[fraction]


@lru_cache(maxsize=8)  # while a run goes on, only the room for the names changes
def _contours(scene: Scene, plane: Plane, scale: ErrorScale) -> tuple[tuple[_Stretch, ...], ...]:
    """Return the contours, the highest first, each in its parts."""
    found, ground = [], _Ground(scene, plane, scale)
    for level in reversed(levels(scene.setup, scene.region, is_linear=scene.is_linear)):
        ink = Ink.CHALK if scale.share(level) < _DARK else Ink.COAL
        label = scene.numerals.exact(level)
        name = _("E = {level}").format(level=label)
        text = Text(0, 0, label, scene.text, ink, 10 * scene.text, name=name)
        lines = (
            Line(part, Tint(ink), 0.8 * scene.thickness, name=name)
            for part in lines_of(scene, plane, level)
        )
        found.append(tuple(_Stretch(line, text, ground) for line in lines))
    return tuple(found)


def band_lines(scene: Scene, plane: Plane) -> Lines:
    """Return the lines within which a run stops."""
    return lines_of(scene, plane, scene.setup.tolerance) if scene.setup.tolerance else ()


def band_shapes(scene: Scene, parts: Lines) -> Iterator[Shape]:
    """Yield the lines within which a run stops."""
    name = _("E = tolerance")
    for part in parts:
        weight = scene.thickness
        yield Line(part, Tint(Ink.UPDATE), 1.2 * weight, name=name, dash=(5.0, 4.0), halo=True)


def valley_lines(scene: Scene, plane: Plane) -> Lines:
    """Return the curve of exact solutions."""
    return lines_of(scene, plane, 0.0)


def valley_shapes(scene: Scene, parts: Lines) -> Iterator[Shape]:
    """Yield the curve of exact solutions."""
    for part in parts:
        weight = scene.thickness
        yield Line(part, Tint(Ink.UPDATE), 2.6 * weight, name=_("E = 0"), halo=True)


def valley_text(scene: Scene, parts: Lines, band: Lines, room: Room) -> Text | None:
    """Return what is said along the curve of exact solutions, or None where there is no room.

    It keeps off the band's lines where it is not far from the curve then.
    """
    strict = room.copy()
    for line in band:
        strict.take_line(line)
    long = _("E = 0: every point of this curve is an exact solution")
    for words in (long, _("E = 0: exact solutions"), _("E = 0")):
        text = Text(0, 0, words, scene.text, Ink.UPDATE, 60 * scene.text, name=words, halo=True)
        found = [chord for part in parts for chord in chords(part, plate_width(text), _SAMPLES)]
        for free, sides in ((strict, _SIDES), (room, _SIDES[:4])):
            for side in sides:
                for chord in found:
                    beside = _beside(text, chord, side * scene.text)
                    if free.place(beside):
                        room.place(beside)
                        return beside
    return None


def _beside(text: Text, chord: Chord, away: float) -> Text:
    turn = math.radians(chord.turn)
    x, y = chord.x - away * math.sin(turn), chord.y + away * math.cos(turn)
    return text._replace(x=x, y=y, turn=chord.turn)


def lines_of(scene: Scene, plane: Plane, level: float) -> Lines:
    """Return the contours of a level as they are drawn, from left to right."""
    return _lines(scene.setup.input, scene.setup.target, plane, level)


@lru_cache(maxsize=256)  # while a run goes on, they stay where they are
def _lines(input: float, target: float, plane: Plane, level: float) -> Lines:
    parts: list[tuple[Point, ...]] = []
    setup = Setup(input=input, target=target)
    for out_o in branches(setup, level):
        points = contour_points(setup, out_o, plane.region, (plane.frame.width, plane.frame.height))
        parts += clipped((plane.place(*point) for point in points), plane.frame)
    return tuple(parts)


class _Ground(NamedTuple):
    """The colours on which names stand."""

    scene: Scene
    plane: Plane
    scale: ErrorScale

    def is_even(self, chord: Chord, text: Text) -> bool:
        """Say whether a name is read on all colours behind it."""
        turn, away = math.radians(chord.turn), 0.7 * text.size
        shares = []
        for side in (-away, away):
            x, y = chord.x - side * math.sin(turn), chord.y + side * math.cos(turn)
            error = forward(self.scene.setup, *self.plane.weights(x, y)).error
            shares.append(self.scale.share(error))
        return abs(shares[0] - shares[1]) <= _UNEVEN


def chords(part: tuple[Point, ...], length: float, fractions: tuple[float, ...]) -> Iterator[Chord]:
    """Yield the stretches of a line of a length that are straight enough for a text."""
    ways = _ways(part)
    yield from filter(None, (_chord(part, ways, length, fraction) for fraction in fractions))


def _chord(
    part: tuple[Point, ...], ways: list[float], length: float, fraction: float
) -> Chord | None:
    """Return the stretch around a fraction of a line, or None where that is not straight enough."""
    start = fraction * ways[-1] - length / 2
    end = start + length
    if start < 0 or end > ways[-1]:
        return None
    first, middle, last = (_at(part, ways, way) for way in (start, (start + end) / 2, end))
    turn = _angle(first, last)
    bend = abs(_angle(first, middle) - _angle(middle, last))
    if abs(turn) > _STEEPEST or bend > _BEND:
        return None
    x, y = (first[0] + last[0]) / 4 + middle[0] / 2, (first[1] + last[1]) / 4 + middle[1] / 2
    return Chord(x, y, turn, start, end)


def _ways(part: tuple[Point, ...]) -> list[float]:
    """Return how far along a line each of its points is."""
    return [0.0, *accumulate(math.dist(*each) for each in pairwise(part))]


def _angle(start: Point, end: Point) -> float:
    return math.degrees(math.atan2(end[1] - start[1], end[0] - start[0]))


def _at(part: tuple[Point, ...], ways: list[float], way: float) -> Point:
    """Return the point of a line after a way along it."""
    place = max(1, bisect_left(ways, way))
    while place < len(part) and ways[place] == ways[place - 1]:
        place += 1  # two points at one place have no way between them
    if place >= len(part):
        return part[-1]
    share = (way - ways[place - 1]) / (ways[place] - ways[place - 1])
    (x0, y0), (x1, y1) = part[place - 1], part[place]
    return x0 + share * (x1 - x0), y0 + share * (y1 - y0)


def _without(part: tuple[Point, ...], ways: list[float], chord: Chord) -> Lines:
    """Return a line without a stretch of it."""
    first, last = bisect_left(ways, chord.start), bisect_right(ways, chord.end)
    before = *part[:first], _at(part, ways, chord.start)
    after = _at(part, ways, chord.end), *part[last:]
    return tuple(piece for piece in (before, after) if len(piece) > 1)
