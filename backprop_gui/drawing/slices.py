"""The error along each weight alone, through the point where the run is, with its tangents.

Runs that are compared have theirs through the point where each ends, in its colour and dash.

The slope of a tangent is the gradient: what is nearly flat has a gradient near 0. So both axes of
E are linear, and the same.
"""

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from backprop_gui.core.kept_run import MOST_KEPT
from backprop_gui.core.network import Setup, forward
from backprop_gui.core.run import Trace
from backprop_gui.drawing.axes import axis_below, ticks_beside
from backprop_gui.drawing.clipping import Frame, Point, clipped
from backprop_gui.drawing.room import Room
from backprop_gui.drawing.run_key import key_shapes
from backprop_gui.drawing.scene import BORDER, Path, Scene
from backprop_gui.drawing.shapes import Box, Disc, Drawing, Ink, Line, Shape, Text, Tint
from backprop_gui.drawing.ticks import ticks
from backprop_gui.drawing.widths import width
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.notation import plain
from backprop_gui.lesson.round_numbers import multiples, nice
from backprop_gui.lesson.steps import Lesson
from backprop_gui.system.texts import _

_WIDE = 1.5  # times as wide as high, from where on both stand side by side
_SAMPLES, _KEPT_SAMPLES = 160, 48  # there may be many kept runs in every frame
_HEAD = 0.15  # of the axis of E, above the largest
_ACROSS, _UP = 5.5, 3.0  # letters from one tick to the next
_LEFT, _TOP, _RIGHT, _BOTTOM = 4.2, 2.0, 0.6, 1.9  # margins of a plot, in letters
_NUMBER = 3.7  # of E at the most, in letters
_LEAST = 24.0
_FARTHEST = 1e300  # a point beyond is drawn here: the axis has to have a length


class _Slice(NamedTuple):
    """A weight along which E is drawn: its symbol, that of the other, and its gradient's name."""

    symbol: str
    other: str
    gradient: str
    place: int


def _slices(lesson: Lesson) -> tuple[_Slice, ...]:
    symbols = [lesson.quantities[weight].symbol for weight in lesson.gradients]
    return tuple(
        _Slice(symbols[place], symbols[1 - place], gradient, place)
        for place, gradient in enumerate(lesson.gradients.values())
    )


def draw_slices(scene: Scene, size: tuple[float, float]) -> Drawing:
    """Return E along w1 and along w2 through the scene's moment, `size` wide and high.

    The ranges are those of the scene's region, and the letters have the scene's size.
    """
    if scene.moment is None:
        raise ValueError("slices go through a moment")
    pen = _SlicePen(scene, scene.moment, size)
    return Drawing(*size, tuple(pen.shapes()), ())


class _SlicePen:
    def __init__(self, scene: Scene, moment: Moment, size: tuple[float, float]) -> None:
        self._scene, self._moment, self._size = scene, moment, size
        self._point = moment.w1, moment.w2
        self._slices = _slices(moment.lesson)
        self._curves = [self._curve(each) for each in self._slices]
        errors = [error for curve in self._curves for _w, error in curve]
        most = max(errors, default=0.0)
        self._most = most * (1 + _HEAD) if most > 0 else 1.0

    def shapes(self) -> Iterator[Shape]:
        """Yield both plots."""
        for each, curve, frame in zip(self._slices, self._curves, self._frames(), strict=True):
            yield from self._plot(each, curve, frame)

    def _frames(self) -> tuple[Frame, Frame]:
        wide, high = self._size
        if wide >= _WIDE * high:
            return self._frame(0, 0, wide / 2, high), self._frame(wide / 2, 0, wide, high)
        return self._frame(0, 0, wide, high / 2), self._frame(0, high / 2, wide, high)

    def _frame(self, left: float, top: float, right: float, bottom: float) -> Frame:
        text = self._scene.text
        left, top = left + BORDER + _LEFT * text, top + BORDER + _TOP * text
        right, bottom = right - BORDER - _RIGHT * text, bottom - BORDER - _BOTTOM * text
        return Frame(left, top, max(right, left + _LEAST), max(bottom, top + _LEAST))

    def _range(self, each: _Slice) -> tuple[float, float]:
        region = self._scene.region
        low, high = region[2 * each.place : 2 * each.place + 2]
        at = min(max(self._point[each.place], -_FARTHEST), _FARTHEST)
        return min(low, at), max(high, at)

    def _curve(self, each: _Slice) -> list[Point]:
        return _curve(self._scene.setup, self._point, each.place, *self._range(each), _SAMPLES)

    def _plot(self, each: _Slice, curve: list[Point], frame: Frame) -> Iterator[Shape]:
        scene, moment, text = self._scene, self._moment, self._scene.text
        weight = scene.thickness
        x = (frame.left + frame.right) / 2
        y = (frame.top + frame.bottom) / 2
        yield Box(x, y, frame.width, frame.height, None, Tint(Ink.LINE), 1.0, _("frame"))
        yield from self._axes(each, frame)
        title = _("E along {weight}, with {other} = {value}").format(
            weight=each.symbol,
            other=each.other,
            value=scene.numerals.given(self._point[1 - each.place]),
        )
        symbols = "E", each.symbol, each.other
        yield Text(frame.left, frame.top - 0.9 * text, title, text, Ink.TEXT, frame.width,
                   name=plain(title), align=0.0, symbols=symbols)  # fmt: skip
        if not curve:
            yield Text(x, y, _("E is not finite"), text, Ink.MUTED, frame.width)
            return
        room = Room(frame.inset(BORDER / 2), text)
        kept = [(path, *self._kept(each, path, frame)) for path in scene.paths if path.name]
        for path, parts, _end in kept:
            for part in parts:
                room.take_line(part)
                yield Line(part, Tint(path.colour), 1.6 * weight, name=path.name, dash=path.dash)
        lines = clipped((self._place(each, frame, *point) for point in curve), frame)
        for line in lines:
            room.take_line(line)
            yield Line(line, Tint(scene.ink), 2.0 * weight, name=_("E"))
        for path, _parts, end in kept:
            if end:
                room.take_disc(*end, 4.0)
                yield Disc(*end, 3.4 * weight, Tint(path.colour), path.name)
        at = self._point[each.place], moment.values["error"]
        if not math.isfinite(at[1]):
            return
        dot = self._place(each, frame, *at)
        room.take_disc(*dot, 6.0)
        if each is self._slices[-1]:  # whose curve leaves the most room
            yield from key_shapes([each[0] for each in kept], frame, room, text, halo=False)
        yield from self._tangent(each, frame, at, room)
        name = _("where the run is")
        yield Disc(*dot, 6.0 * weight, Tint(Ink.LINE, 0.0), name)
        yield Disc(*dot, 4.4 * weight, Tint(scene.ink), name)

    def _kept(
        self, each: _Slice, path: Path, frame: Frame
    ) -> tuple[list[tuple[Point, ...]], Point | None]:
        """Return the lines of a run that is compared, and its end where that is in the frame."""
        *curve, last = _kept_curve(path.trace, each.place, *self._range(each))
        low, high = self._range(each)
        is_seen = low <= last[0] <= high and last[1] <= self._most
        parts = clipped((self._place(each, frame, *point) for point in curve), frame)
        return list(parts), self._place(each, frame, *last) if is_seen else None

    def _tangent(self, each: _Slice, frame: Frame, at: Point, room: Room) -> Iterator[Shape]:
        """Yield the tangent, as soon as the lesson has its slope, and its name."""
        slope = self._moment.value(each.gradient)
        if slope is None or not math.isfinite(slope):
            return
        scene, quantity = self._scene, self._moment.lesson.quantities[each.gradient]
        is_now = self._moment.step.quantity.name == each.gradient
        low, high = self._range(each)
        ends = [(w, at[1] + slope * (w - at[0])) for w in (low, high)]
        line_width = (2.6 if is_now else 1.6) * scene.thickness
        name = plain(quantity.symbol)
        for part in clipped((self._place(each, frame, *end) for end in ends), frame):
            room.take_line(part)
            yield Line(part, Tint(Ink.BACKWARD), line_width, not is_now, name=name)
        words = _("slope {symbol} = {number}").format(
            symbol=quantity.symbol, number=scene.numerals.short(slope)
        )
        x, y = self._place(each, frame, *at)
        text = Text(x, y, words, scene.text, Ink.BACKWARD, 40 * scene.text, is_now, plain(words),
                    symbols=(quantity.symbol,), halo=True)  # fmt: skip
        if found := room.first(_around(text, frame)):
            yield found

    def _place(self, each: _Slice, frame: Frame, weight: float, error: float) -> Point:
        low, high = self._range(each)
        share = (weight - low) / (high - low) if high > low else 0.5
        return frame.left + share * frame.width, frame.bottom - error / self._most * frame.height

    def _axes(self, each: _Slice, frame: Frame) -> Iterator[Shape]:
        scene, text = self._scene, self._scene.text
        low, high = self._range(each)
        made = ticks(each.symbol, low, high, frame.width / (_ACROSS * text), 4.6, scene.numerals)
        across = ((self._place(each, frame, w, 0.0)[0], name) for w, name in made.marks)
        end = frame.right + BORDER * 0.5
        yield from axis_below(frame, across, made.name, text, end, (each.symbol,))
        step = nice(self._most / max(1.0, frame.height / (_UP * text)))
        up = (
            (self._place(each, frame, low, error)[1], scene.numerals.exact(error))
            for error in multiples(step, 0.0, self._most)
        )
        yield from ticks_beside(frame, up, text, _NUMBER * text)


def _curve(
    setup: Setup, point: Point, place: int, low: float, high: float, samples: int
) -> list[Point]:
    """Return E along one of the two weights through a point, as far as it is finite."""
    if not (math.isfinite(low) and math.isfinite(high)):
        return []
    steps = [low + (high - low) * (n / samples) for n in range(samples + 1)]
    made = []
    for weight in sorted({*steps, point[place]}):
        weights = (weight, point[1]) if place == 0 else (point[0], weight)
        made.append((weight, forward(setup, *weights).error))
    return [each for each in made if math.isfinite(each[1])]


@lru_cache(maxsize=2 * MOST_KEPT)
def _kept_curve(trace: Trace, place: int, low: float, high: float) -> tuple[Point, ...]:
    """Return the curve through the end of a run, and that end as the last point."""
    point = trace.w1[-1], trace.w2[-1]
    is_known = all(map(math.isfinite, point))
    curve = _curve(trace.setup, point, place, low, high, _KEPT_SAMPLES) if is_known else []
    return *curve, (point[place], forward(trace.setup, *point).error)


def _around(text: Text, frame: Frame) -> Iterator[Text]:
    """Yield a text at places near its own, inside a frame."""
    half = width(text.text, text.size) / 2 + text.size
    for away in (1.6, -1.6, 2.6, -2.6, 4.0, -4.0, 6.0, -6.0):
        y = text.y + away * text.size
        for x in (text.x, frame.left + half, frame.right - half):
            x = min(max(x, frame.left + half), frame.right - half)
            yield text._replace(x=x, y=y)
