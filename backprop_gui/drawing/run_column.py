"""The names of compared runs in a column of their own, each beside a piece of its curve."""

from collections.abc import Iterator, Sequence

from backprop_gui.drawing.breaking import lines_of
from backprop_gui.drawing.shapes import Drawing, Ink, Line, Shape, Text, Tint
from backprop_gui.lesson.notation import literal

_PIECE, _GAP, _EDGE = (
    (0.8, 3.0),
    3.6,
    0.4,
)  # letters from the left, and what stays free at the right
_LEADING, _APART = 1.2, 0.3  # from line to line, and more from name to name
_STEP, _LEAST = 0.9, 12.0  # from one size of letters to the next, down to 9 points

Entry = tuple[Ink, tuple[float, ...], str]  # of a run: its colour, its dash and its name


def draw_key(entries: Sequence[Entry], size: tuple[float, float], text: float) -> Drawing:
    """Return the names, `size` wide and high, in letters of the size `text` or smaller.

    A name is broken where it is long. Where all cannot have room so, each has one line.
    """
    wide, high = size
    names = [literal(name) for _ink, _dash, name in entries]
    while True:
        room = wide - (_GAP + _EDGE) * text
        broken = [lines_of(name, text, room) for name in names]
        rows = sum(len(lines) for lines in broken)
        if text * (rows * _LEADING + len(names) * _APART) <= high or text * _STEP < _LEAST:
            break
        text *= _STEP
    if text * (rows * _LEADING + len(names) * _APART) > high:
        broken = [lines if len(lines) == 1 else [f"{lines[0][:-1]}…"] for lines in broken]
    shapes = tuple(_shapes(entries, broken, text, room))
    return Drawing(wide, high, shapes, ())


def _shapes(
    entries: Sequence[Entry], broken: Sequence[list[str]], text: float, room: float
) -> Iterator[Shape]:
    y = 0.5 * _LEADING * text
    for (ink, dash, name), lines in zip(entries, broken, strict=True):
        ends = (_PIECE[0] * text, y), (_PIECE[1] * text, y)
        yield Line(ends, Tint(ink), 3.0, name=name, dash=dash)
        for line in lines:
            yield Text(_GAP * text, y, line, text, Ink.TEXT, room, name=name, align=0.0)
            y += _LEADING * text
        y += _APART * text
