"""The shapes of which a drawing is made, in logical units, y downwards.

The `name` of a shape says what it is, for those who meet it alone, such as on a slide.
"""

import re
from enum import Enum, IntEnum
from functools import lru_cache
from typing import NamedTuple, Protocol

from backprop_gui.lesson import notation


class Ink(Enum):
    """What a colour means; the theme says which colour that is."""

    TEXT = "text"
    MUTED = "muted"
    LINE = "line"
    FORWARD = "forward"
    BACKWARD = "backward"
    UPDATE = "update"
    CHALK = "chalk"  # on dark places of a colour map, whatever the theme
    COAL = "coal"  # on bright ones
    RUN_1 = "run-1"
    RUN_2 = "run-2"
    RUN_3 = "run-3"
    RUN_4 = "run-4"
    RUN_5 = "run-5"
    RUN_6 = "run-6"


class Tint(NamedTuple):
    """An ink, mixed into the ground: `depth` 0 is the ground alone and 1 the ink alone."""

    ink: Ink
    depth: float = 1.0


class HalfDisc(NamedTuple):
    """The left or right half of a disc."""

    x: float
    y: float
    radius: float
    is_right: bool
    fill: Tint
    name: str = ""


class Disc(NamedTuple):
    """A filled circle without an outline."""

    x: float
    y: float
    radius: float
    fill: Tint
    name: str = ""


class HalfRing(NamedTuple):
    """The outline of the left or right half of a disc; an open one lacks the straight side."""

    x: float
    y: float
    radius: float
    is_right: bool
    stroke: Tint
    width: float
    name: str = ""
    is_open: bool = False


class Ring(NamedTuple):
    """The outline of a circle, dashed or not."""

    x: float
    y: float
    radius: float
    stroke: Tint
    width: float
    name: str = ""
    is_dashed: bool = False


class Box(NamedTuple):
    """A rounded rectangle around the centre (x, y), filled or as a frame, dashed or not."""

    x: float
    y: float
    width: float
    height: float
    fill: Tint | None
    stroke: Tint
    stroke_width: float = 2.0
    name: str = ""
    is_dashed: bool = False


class Line(NamedTuple):
    """A line through points, dashed or not, with an arrow at its end or not.

    `dash` are lengths on and off instead of the usual ones. With a `halo` there is a thin line of
    the ground's colour to both sides, so that it is seen on any colour.
    """

    points: tuple[tuple[float, float], ...]
    stroke: Tint
    width: float
    is_dashed: bool = False
    has_arrow: bool = False
    name: str = ""
    dash: tuple[float, ...] = ()
    halo: bool = False


class Text(NamedTuple):
    """A text in `notation` around (x, y), set smaller where it exceeds `max_width`.

    `align` says where x is: at its left end (0), in its middle (0.5) or at its right end (1).
    `symbols` are the words in it that are symbols; they have the formula's letters. With a `halo`
    it stands on a plate of the ground's colour, so that it is read on any colour. `turn` is by how
    many degrees it is turned clockwise around (x, y).
    """

    x: float
    y: float
    text: str
    size: float
    ink: Ink
    max_width: float
    is_bold: bool = False
    name: str = ""
    align: float = 0.5
    symbols: tuple[str, ...] = ()
    halo: bool = False
    turn: float = 0.0


class ColourField(Protocol):
    """What the colours of a raster mean. It is a frozen value, equal where its pixels are."""

    def __hash__(self) -> int: ...

    def indices(self, width_px: int, height_px: int) -> bytes:
        """Return an index for each pixel, row by row from the top.

        0 to 251 are places on the colour map, and those from 252 on are colours of `Flat`.
        """


class Flat(IntEnum):
    """Indices of a raster that have a colour of their own, off the colour map."""

    LIMIT = 252
    SETTLED = 253
    NOT_FINITE = 254
    OUT_OF_REACH = 255


class Raster(NamedTuple):
    """A rectangle around the centre (x, y), of pixels as fine as the device has them."""

    x: float
    y: float
    width: float
    height: float
    field: ColourField
    name: str = ""


class Patch(NamedTuple):
    """A flat piece of a surface: a polygon in the colour of a place on the colour map, 0 to 251.

    `shade` is by how much it is lighter, above 0, or darker: 1 is white and -1 black. With `fill`
    it has that colour instead.
    """

    points: tuple[tuple[float, float], ...]
    place: int = 0
    shade: float = 0.0
    fill: Tint | None = None
    name: str = ""


class TextPiece(NamedTuple):
    """A part of a text that is in one font and at one height."""

    text: str
    is_lowered: bool
    is_symbol: bool


@lru_cache(4096)  # a run goes on for hours, and each of its numbers is another text
def pieces(text: str, symbols: tuple[str, ...] = ()) -> tuple[TextPiece, ...]:
    """Return a text in `notation` as its pieces, in reading order."""
    if not symbols:
        return (
            (TextPiece(text, False, False),) if "_" not in text else _parted(text, is_symbol=False)
        )
    words = "|".join(re.escape(symbol) for symbol in sorted(symbols, key=len, reverse=True))
    # In brackets, a symbol is a part of its own: every second one.
    parts = re.split(rf"(?<!\w)({words})(?!\w)", text)
    return tuple(
        piece
        for place, part in enumerate(parts)
        for piece in _parted(part, is_symbol=place % 2 == 1)
    )


def _parted(text: str, *, is_symbol: bool) -> tuple[TextPiece, ...]:
    if "_" not in text:
        return (TextPiece(text, False, is_symbol),) if text else ()
    return tuple(TextPiece(run, is_lowered, is_symbol) for run, is_lowered in notation.runs(text))


Shape = HalfDisc | HalfRing | Disc | Ring | Box | Line | Text | Raster | Patch


class Spot(NamedTuple):
    """The rectangle around the centre (x, y) that shows a quantity, by its code name."""

    x: float
    y: float
    width: float
    height: float
    quantity: str

    def contains(self, x: float, y: float) -> bool:
        """Say whether the point lies in the rectangle."""
        return abs(x - self.x) <= self.width / 2 and abs(y - self.y) <= self.height / 2


class Drawing(NamedTuple):
    """Shapes, to be painted in this order, on a ground of `width` × `height` logical units."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    spots: tuple[Spot, ...]

    def quantity_at(self, x: float, y: float) -> str | None:
        """Return the code name of the quantity shown at a point, or None."""
        return next((s.quantity for s in reversed(self.spots) if s.contains(x, y)), None)
