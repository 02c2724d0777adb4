"""The shapes of which a drawing is made, in logical units: 1,000 across, y downwards.

The `name` of a shape says what it is, for those who meet it alone, such as on a slide.
"""

from enum import Enum
from typing import NamedTuple


class Ink(Enum):
    """What a colour means; the theme says which colour that is."""

    TEXT = "text"
    MUTED = "muted"
    LINE = "line"
    FORWARD = "forward"
    BACKWARD = "backward"
    UPDATE = "update"


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
    """The outline of the left or right half of a disc, with the straight side."""

    x: float
    y: float
    radius: float
    is_right: bool
    stroke: Tint
    width: float
    name: str = ""


class Ring(NamedTuple):
    """The outline of a circle."""

    x: float
    y: float
    radius: float
    stroke: Tint
    width: float
    name: str = ""


class Box(NamedTuple):
    """A rounded rectangle around the centre (x, y), filled or as a frame."""

    x: float
    y: float
    width: float
    height: float
    fill: Tint | None
    stroke: Tint
    stroke_width: float = 2.0
    name: str = ""


class Line(NamedTuple):
    """A line through points, dashed or not, with an arrow at its end or not."""

    points: tuple[tuple[float, float], ...]
    stroke: Tint
    width: float
    is_dashed: bool = False
    has_arrow: bool = False
    name: str = ""


class Text(NamedTuple):
    """A text in `notation` around (x, y), set narrower where it exceeds `max_width`.

    `align` says where x is: at its left end (0), in its middle (0.5) or at its right end (1).
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


Shape = HalfDisc | HalfRing | Disc | Ring | Box | Line | Text


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
