"""A small plot: axes with what stands below them, curves, a point, and labels beside them.

Its units are those of whoever asks for it, such as pixels.
"""

from collections.abc import Iterable, Iterator
from itertools import pairwise
from typing import NamedTuple

from backprop_gui.drawing.layout import Way
from backprop_gui.drawing.shapes import Disc, Ink, Line, Text, Tint
from backprop_gui.drawing.widths import width
from backprop_gui.lesson.notation import plain
from backprop_gui.system.texts import _

DOT = 0.32  # the radius of a point, in units of the text, as are all these
_BELOW = 1.55  # from the lower axis down to the end
_CLEAR = 0.1  # from a label to a curve
_HALF_HIGH = 0.42  # from the middle of a label to its ends
_APART = 0.6  # from one name below the axis to the next


class LabelPlace(NamedTuple):
    """Where a label stands: around or beside (x, y), as `align` of a text says."""

    x: float
    y: float
    align: float


class SmallPlot(NamedTuple):
    """The edges of a plot, with `foot` where its least values stand, and the size of its text."""

    left: float
    top: float
    right: float
    foot: float
    bottom: float
    text: float

    @classmethod
    def on(
        cls, size: tuple[float, float], text: float, *, left: float, top: float, foot: float = 0.0
    ) -> "SmallPlot":
        """Return a plot that fills a ground.

        `left` and `top` are what is left free there, and `foot` what is between the least values
        and the axis.
        """
        bottom = size[1] - _BELOW * text
        return cls(left, top, size[0] - DOT * text - 1, bottom - foot, bottom, text)

    @property
    def dot(self) -> float:
        """The radius of a point."""
        return DOT * self.text

    @property
    def middle(self) -> tuple[float, float]:
        """The middle of the plot, along the axes."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2

    def at(self, across: float, up: float) -> tuple[float, float]:
        """Return a place by its shares of the plot's width and height, from the lower left."""
        x = self.left + across * (self.right - self.left)
        return x, self.foot - up * (self.foot - self.top)

    def axes(self, beyond: float = 0.0) -> Line:
        """Return both axes; the upright one ends so much above the plot."""
        corner = (self.left, self.bottom)
        ends = (self.left, self.top - beyond), (self.right, self.bottom)
        return Line((ends[0], corner, ends[1]), Tint(Ink.LINE), 1.2, name=_("axes"))

    def point(self, x: float, y: float, ink: Ink, name: str) -> Disc:
        """Return a point, as a disc."""
        return Disc(x, y, self.dot, Tint(ink), name)

    def label(
        self, text: str, place: LabelPlace, ink: Ink = Ink.MUTED, *, is_symbol: bool = False
    ) -> Text:
        """Return a label at a place."""
        x, y, align = place
        symbols = (text,) if is_symbol else ()
        room = self.right - self.left
        return Text(x, y, text, self.text, ink, room, False, plain(text), align, symbols)

    def below(self, low: str, high: str, name: str, *, is_symbol: bool = False) -> Iterator[Text]:
        """Yield what stands below the axis: its ends, and between them its name if it fits."""
        y = self.bottom + 0.8 * self.text
        yield self.label(low, LabelPlace(self.left, y, 0.0))
        if high:
            yield self.label(high, LabelPlace(self.right, y, 1.0))
        beside = max(width(low, self.text), width(high, self.text)) + _APART * self.text
        wide = width(name, self.text, (name,) if is_symbol else ())
        if wide + 2 * beside <= self.right - self.left:
            yield self.label(name, LabelPlace(self.middle[0], y, 0.5), is_symbol=is_symbol)

    def free(
        self, text: str, places: Iterable[LabelPlace], ways: Iterable[Way]
    ) -> LabelPlace | None:
        """Return the first of these places at which no way runs through a label, or None."""
        ways = tuple(ways)
        return next((place for place in places if self._is_free(text, place, ways)), None)

    def room_of(self, text: str, place: LabelPlace) -> tuple[float, float, float, float]:
        """Return left, top, right and bottom of a label at a place, with what is free around it."""
        clear, high = _CLEAR * self.text, (_HALF_HIGH + _CLEAR) * self.text
        wide = width(text, self.text)
        left = place.x - place.align * wide
        return left - clear, place.y - high, left + wide + clear, place.y + high

    def around(self, x: float, y: float) -> tuple[Way, Way]:
        """Return ways that run through a point from edge to edge."""
        r = self.dot
        return ((x - r, y), (x + r, y)), ((x, y - r), (x, y + r))

    def _is_free(self, text: str, place: LabelPlace, ways: tuple[Way, ...]) -> bool:
        room = self.room_of(text, place)
        if room[0] < self.left or room[2] > self.right + self.dot + 1:
            return False
        return not any(_meets(a, b, room) for way in ways for a, b in pairwise(way))


def _meets(
    a: tuple[float, float], b: tuple[float, float], room: tuple[float, float, float, float]
) -> bool:
    """Say whether the line from a to b enters a room, from the part of it in each direction."""
    enters, leaves = 0.0, 1.0
    for start, end, low, high in zip(a, b, room[:2], room[2:], strict=True):
        if start == end:
            if not low <= start <= high:
                return False
            continue
        shares = sorted(((low - start) / (end - start), (high - start) / (end - start)))
        enters, leaves = max(enters, shares[0]), min(leaves, shares[1])
    return enters <= leaves
