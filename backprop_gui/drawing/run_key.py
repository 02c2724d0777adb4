"""What runs are called: at their ends or, where these are close together, in a column."""

import math
from collections.abc import Iterator, Sequence
from itertools import combinations

from backprop_gui.drawing.clipping import Frame, Point
from backprop_gui.drawing.room import Room
from backprop_gui.drawing.run_path import name_text
from backprop_gui.drawing.scene import BORDER, Path, Scene, thickness_with
from backprop_gui.drawing.shapes import Ink, Line, Shape, Text, Tint
from backprop_gui.drawing.widths import width
from backprop_gui.lesson.notation import literal

_STEP, _PIECE, _GAP = 0.5, 2.2, 0.5  # letters from one place to the next; of the piece; behind it
_LINE = 4  # steps from one name to the next
_BEFORE = "\u2003" * 3  # as much as piece and gap take
_CLOSE = 1.5  # letters between two ends at which nobody sees whose a name is

Seen = tuple[Path, list[tuple[Point, ...]]]  # a run, and its lines as far as they are seen


def name_shapes(runs: Sequence[Seen], scene: Scene, frame: Frame, room: Room) -> list[Shape]:
    """Return the names of runs, which take the room that they need."""
    named = [(path, lines) for path, lines in runs if path.name and lines]
    ends = (lines[-1][-1] for _path, lines in named)
    if all(math.dist(*pair) > _CLOSE * scene.text for pair in combinations(ends, 2)):
        free = room.copy()
        texts = [name_text(path, lines, scene, free) for path, lines in named]
        found = [text for text in texts if text]
        if len(found) == len(named):
            for text in found:
                room.take(text)
            return list(found)
    return list(key_shapes([path for path, _lines in named], frame, room, scene.text))


def key_shapes(
    paths: Sequence[Path], frame: Frame, room: Room, text: float, *, halo: bool = True
) -> Iterator[Shape]:
    """Yield the names, each after a piece of its line, along the right or left side of a frame.

    The letters have a size. What finds no room is left out, with all that follow.
    """
    away = BORDER + 0.5 * text
    names = [literal(path.name) for path in paths]
    widest = max(names, key=lambda name: width(name, text), default="")
    whole = Text(0.0, 0.0, _BEFORE + widest, text, Ink.TEXT, frame.width, halo=halo)
    right, left = frame.right - away - width(whole.text, text), frame.left + away
    rows = range(1, max(1, int(frame.height / (_STEP * text))))
    places = [
        whole._replace(x=x, y=frame.top + n * _STEP * text, align=0.0)
        for x in (right, left)
        for n in rows
    ]
    for path, name in zip(paths, names, strict=True):
        found = room.first(places)
        if found is None:
            return
        places = places[places.index(found) + _LINE :]
        end = found.x + _PIECE * text
        ends = (found.x, found.y), (end, found.y)
        stroke = 1.8 * thickness_with(text)
        yield Line(ends, Tint(path.colour), stroke, name=path.name, dash=path.dash, halo=halo)
        x = end + _GAP * text
        yield found._replace(x=x, text=name, name=path.name)
