"""A run on the landscape: its path with dots, the point where it is, and the step that it takes."""

import math
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Trace
from backprop_gui.drawing.clipping import Frame, Point, clipped
from backprop_gui.drawing.room import Room, plate_width
from backprop_gui.drawing.scene import BORDER, Path, Plane, Scene
from backprop_gui.drawing.shapes import Disc, Ink, Line, Ring, Shape, Text, Tint
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.notation import literal, plain
from backprop_gui.lesson.numbers import MINUS, Numerals
from backprop_gui.lesson.round_numbers import rung_below
from backprop_gui.lesson.surface import dot_iterations
from backprop_gui.system.texts import _

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

_APART = 1.5  # units between points of a path; nearer ones are left out
_MOST_POINTS = 3_000
_GROUND = Tint(Ink.LINE, 0.0)
_ARROW = 0.26  # of the plot's smaller side, the most that an arrow is long
_LEAST_ARROW = 14.0
_LEAST_SCALE = 1e-300  # of an arrow; at 1 / this nothing of it is a number any more


class _Arrow(NamedTuple):
    """A difference of weights that a step is about: a gradient, or `times` a gradient."""

    w1: float
    w2: float
    gradient: str
    ink: Ink
    times: str = ""

    @property
    def symbol(self) -> str:
        """How it is written, in `notation`."""
        return self.times + self.gradient


def path_points(path: Path, plane: Plane) -> list[Point]:
    """Return the points of a path as they are drawn, from its start to where it has got to."""
    trace = path.trace
    kept = _entering(trace.setup, plane).points(trace, trace.size_up_to(path.upto))
    kept = kept[:: max(1, math.ceil(len(kept) / _MOST_POINTS))]
    return [*kept, plane.place(*_weights(trace, min(path.upto, trace.last)))]


class _Entering:
    """Where a run enters another cell of a plane, as far as it was asked for.

    A frame of a run that goes on looks only at what is new of it.
    """

    def __init__(self, plane: Plane) -> None:
        self._plane = plane
        # How many checkpoints were looked at, which of them enter a cell, and where those are:
        # replaced whole, since threads share it.
        self._found: tuple[int, list[int], list[Point]] = 0, [], []

    def points(self, trace: Trace, size: int) -> list[Point]:
        """Return the first point, those where a cell is entered, and the last, of `size` points."""
        seen, places, points = self._found
        last = size - 1
        x, y = self._places(trace, min(max(seen - 1, 0), last), size)
        if seen < last:
            is_new = self._is_new(x[:-1], y[:-1])
            is_new[0] = seen == 0
            new = is_new.nonzero()[0].tolist()
            places = [*places, *(max(seen - 1, 0) + each for each in new)]
            points = [*points, *zip(x[new].tolist(), y[new].tolist(), strict=True)]
            self._found = last, places, points
        before = points[: bisect_left(places, last)]
        return [*before, (float(x[-1]), float(y[-1]))]

    def _places(
        self, trace: Trace, start: int, end: int
    ) -> tuple["NDArray[np.float64]", "NDArray[np.float64]"]:
        import numpy as np

        w1s, w2s = (np.frombuffer(each, np.float64) for each in trace.part(start, end))
        with np.errstate(all="ignore"):
            return self._plane.places(w1s, w2s)

    def _is_new(self, x: "NDArray[np.float64]", y: "NDArray[np.float64]") -> "NDArray[np.bool_]":
        """Say of each point whether it is in another cell than that before it."""
        import numpy as np

        with np.errstate(all="ignore"):
            cells = np.stack([np.floor_divide(x, _APART), np.floor_divide(y, _APART)])
        is_new = np.ones(len(x), dtype=bool)
        is_new[1:] = (cells[:, 1:] != cells[:, :-1]).any(axis=0)
        return is_new


@lru_cache(maxsize=64)  # as many runs as are shown, twice
def _entering(_setup: Setup, plane: Plane) -> _Entering:
    return _Entering(plane)


def path_shapes(path: Path, parts: list[tuple[Point, ...]], scene: Scene) -> Iterator[Shape]:
    """Yield the line of a path."""
    width = 2.2 * scene.thickness
    name = path.name or _("path of the run")
    for part in parts:
        yield Line(part, Tint(path.colour), width, name=name, dash=path.dash, halo=True)


def dot_shapes(path: Path, plane: Plane, scene: Scene, room: Room) -> Iterator[Shape]:
    """Yield dots at iterations 1, 2, 5, 10, … and their numbers, where there is room.

    Of the runs beside the first one only the last dot has its number.
    """
    radius = 3.0 * scene.thickness
    texts = []
    before: Point = (math.inf, math.inf)
    last = min(path.upto, path.trace.last)
    for iteration in dot_iterations(last):
        x, y = plane.place(*_weights(path.trace, iteration))
        if not plane.contains(x, y) or math.dist(before, (x, y)) < 1.2 * radius:
            continue
        before = x, y
        name = _("iteration {iteration}").format(iteration=scene.numerals.count(iteration))
        yield Disc(x, y, radius + 1.2, _GROUND, name)
        yield Disc(x, y, radius, Tint(path.colour), name)
        room.take_disc(x, y, radius)
        if path is scene.paths[0] or iteration == last:
            texts.append((x, y, scene.numerals.count(iteration), name))
    for x, y, number, name in reversed(texts):
        made = Text(x, y, number, scene.text, Ink.TEXT, 12 * scene.text, name=name, halo=True)
        if found := room.first(_around(made, radius)):
            yield found


def name_text(path: Path, parts: list[tuple[Point, ...]], scene: Scene, room: Room) -> Text | None:
    """Return the name of a path at its end or its start, or None where there is no room."""
    if not (path.name and parts):
        return None
    for x, y in (parts[-1][-1], parts[0][0]):
        words = literal(path.name)
        text = Text(x, y, words, scene.text, path.colour, 24 * scene.text, name=path.name)
        if found := room.first(_around(text._replace(halo=True), 5.0)):
            return found
    return None


def _around(text: Text, away: float) -> Iterator[Text]:
    """Yield a text to the right, to the left, below and above its place."""
    beside, above = away + 0.65 * text.size, away + text.size
    yield text._replace(x=text.x + beside, align=0.0)
    yield text._replace(x=text.x - beside, align=1.0)
    yield text._replace(y=text.y + above)
    yield text._replace(y=text.y - above)


def point_shapes(moment: Moment, plane: Plane, scene: Scene) -> Iterator[Disc | Ring]:
    """Yield the point where the moment is, on the plane."""
    place = plane.place(moment.w1, moment.w2)
    if plane.contains(*place):
        yield from point_at(place, scene)


def point_at(place: Point, scene: Scene) -> Iterator[Disc | Ring]:
    """Yield the point where the run is, at a place of the drawing."""
    size, name = scene.thickness, _("where the run is")
    yield Disc(*place, 8.2 * size, _GROUND, name)
    yield Ring(*place, 5.6 * size, Tint(scene.ink), 2.6 * size, name)


def arrow_shapes(moment: Moment, plane: Plane, scene: Scene, room: Room) -> Iterator[Shape]:
    """Yield the arrow of the moment's step with its name and its scale."""
    arrow = _arrow(moment)
    start = plane.place(moment.w1, moment.w2)
    if arrow is None or not plane.contains(*start):
        return
    dx, dy = arrow.w1 * plane.units_per_w1, -arrow.w2 * plane.units_per_w2
    length, factor = math.hypot(dx, dy), 0.0
    if 0.0 < length < math.inf:
        factor = _factor(start, (dx / length, dy / length), length, plane.frame)
    tip = start[0] + dx * factor, start[1] + dy * factor
    parts = clipped([start, tip], plane.frame) if factor else []
    name = plain(arrow.symbol)
    for part in parts:
        width = 3.2 * scene.thickness
        yield Line(part, Tint(arrow.ink), width, has_arrow=True, name=name, halo=True)
        room.take_line(part)
    words = _words(arrow.symbol, factor, length, scene.numerals)
    text = Text(*tip, words, scene.text, arrow.ink, 30 * scene.text, True, name, halo=True,
                symbols=(arrow.gradient,))  # fmt: skip
    room.take_disc(*start, 8.0)
    if found := room.first(_beside_arrow(text, start, plane.frame)):
        yield found


def is_under(shape: Shape, others: Iterable[Shape]) -> bool:
    """Say whether a shape is a text that the point or the arrow would cover."""
    if not isinstance(shape, Text):
        return False
    plate = Room.around(shape)
    for other in others:
        if isinstance(other, Ring):
            reach = other.radius + other.width
            if plate.inset(-reach).contains(other.x, other.y):
                return True
        elif isinstance(other, Line) and clipped(other.points, plate.inset(-other.width)):
            return True
    return False


def _beside_arrow(text: Text, start: Point, frame: Frame) -> Iterator[Text]:
    """Yield a text beside the tip and the middle of its arrow, then farther away, in the frame."""
    middle = text._replace(x=(text.x + start[0]) / 2, y=(text.y + start[1]) / 2)
    half, inside = plate_width(text) / 2, frame.inset(BORDER)
    for away in (5.0, 12.0, 22.0, 36.0):
        for each in (text, middle):
            yield from _around(each, away)
            yield from _around(each._replace(y=each.y + 0.8 * text.size), away)
            yield from _around(each._replace(y=each.y - 0.8 * text.size), away)
    for away in (5.0, 12.0, 22.0, 36.0, 54.0, 80.0):
        for side in (-away, away):
            for x in (inside.left + half + 1, inside.right - half - 1):
                yield text._replace(x=x, y=text.y + side)


def _factor(start: Point, way: Point, length: float, frame: Frame) -> float:
    """Return the scale at which an arrow is seen, 1, 2 or 5 times a power of ten; 0 is none."""
    most = _ARROW * min(frame.width, frame.height)
    far = clipped([start, (start[0] + most * way[0], start[1] + most * way[1])], frame.inset(4.0))
    most = max(_LEAST_ARROW, math.dist(*far[0]) if far else 0.0)
    if _LEAST_ARROW <= length <= most:
        return 1.0
    times = most / length
    return rung_below(times) if _LEAST_SCALE < times < 1 / _LEAST_SCALE else 0.0


def _words(symbol: str, factor: float, length: float, numerals: Numerals) -> str:
    if length == 0.0:
        return f"{symbol} = 0"
    if factor in (0.0, 1.0):
        return symbol
    return f"{symbol} (×{numerals.exact(factor)})"


def _arrow(moment: Moment) -> _Arrow | None:
    """Return what the moment's step is about, of a gradient or of an update."""
    quantity, lesson = moment.step.quantity.name, moment.lesson
    eta, against = moment.setup.eta, f"{MINUS}η·"
    of_w1, of_w2 = names = tuple(lesson.gradients.values())
    de_dw1, de_dw2 = (moment.values[name] for name in names)
    along_w1, along_w2 = (lesson.quantities[name].symbol for name in names)
    made = {
        of_w2: _Arrow(0.0, de_dw2, along_w2, Ink.BACKWARD),
        of_w1: _Arrow(de_dw1, 0.0, along_w1, Ink.BACKWARD),
        "new_w1": _Arrow(-eta * de_dw1, 0.0, along_w1, Ink.UPDATE, against),
        # With the second weight the whole step is known.
        "new_w2": _Arrow(-eta * de_dw1, -eta * de_dw2, "∂E/∂w", Ink.UPDATE, against),
    }
    return made.get(quantity)


def _weights(trace: Trace, iteration: int) -> Point:
    """Return the weights at an iteration of a trace."""
    return _weights_at(_TraceOfSetup(trace), iteration)


class _TraceOfSetup:
    """A trace, the same as any other of its setup: what was computed never changes."""

    def __init__(self, trace: Trace) -> None:
        self.trace = trace

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _TraceOfSetup) and self.trace.setup == other.trace.setup

    def __hash__(self) -> int:
        return hash(self.trace.setup)


@lru_cache(maxsize=2048)
def _weights_at(known: _TraceOfSetup, iteration: int) -> Point:
    return known.trace.weights(iteration)
