"""The ticks of a plot's axes, with their numbers, as shapes."""

import math
from collections.abc import Iterable, Iterator

from backprop_gui.drawing.clipping import Frame
from backprop_gui.drawing.shapes import Ink, Line, Shape, Text, Tint
from backprop_gui.drawing.widths import width
from backprop_gui.lesson.notation import plain

TICK = 4.0  # how long a tick is, in units of the drawing
_GAP = 0.35  # letters between a tick at the side and its number
_DOWN = 0.75  # letters from a tick below to the middle of its number
_NAME = 1.1  # of an axis's name, in letters

Mark = tuple[float, str]  # where a tick is in the drawing, and its number


def ticks_below(
    frame: Frame, marks: Iterable[Mark], text: float, least: float, most: float
) -> Iterator[Shape]:
    """Yield ticks below a plot; those have numbers whose numbers keep between `least` and `most`.

    `text` is the size of the letters.
    """
    for x, number in marks:
        ends = (x, frame.bottom), (x, frame.bottom + TICK)
        yield Line(ends, Tint(Ink.MUTED), 1.0)
        wide = width(number, text)
        if least <= x - wide / 2 and x + wide / 2 <= most:
            y = frame.bottom + TICK + _DOWN * text
            yield Text(x, y, number, text, Ink.MUTED, wide, name=number)


def axis_below(
    frame: Frame,
    marks: Iterable[Mark],
    name: str,
    text: float,
    right: float,
    symbols: tuple[str, ...] = (),
) -> Iterator[Shape]:
    """Yield ticks below a plot, and the axis's name in their row, which ends at `right`.

    The `symbols` in the name are in `notation`.
    """
    left = right - width(name, _NAME * text, symbols) - text
    yield from ticks_below(frame, marks, text, -math.inf, left)
    yield Text(right, frame.bottom + TICK + _DOWN * text, name, _NAME * text, Ink.TEXT, 20 * text,
               name=plain(name), align=1.0, symbols=symbols)  # fmt: skip


def ticks_beside(frame: Frame, marks: Iterable[Mark], text: float, room: float) -> Iterator[Shape]:
    """Yield ticks at the left of a plot with their numbers, which are `room` wide at the most."""
    for y, number in marks:
        ends = (frame.left - TICK, y), (frame.left, y)
        yield Line(ends, Tint(Ink.MUTED), 1.0)
        yield Text(frame.left - TICK - _GAP * text, y, number, text, Ink.MUTED, room,
                   name=number, align=1.0)  # fmt: skip
