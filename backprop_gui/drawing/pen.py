"""What all parts of the drawing are made with: a moment, its layout, and how numbers look."""

from functools import cache

from backprop_gui.drawing.fitting import Rooms, Written, written
from backprop_gui.drawing.layout import Layout
from backprop_gui.drawing.shapes import Ink, Text, Tint
from backprop_gui.lesson import notation
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.system.texts import _

IDLE = 0.6  # how deep the ink of what is known, and of no part in this step, is
AHEAD = Tint(Ink.LINE)  # the outline of what is not known yet
GROUND = Tint(Ink.LINE, 0.0)  # lets through what is behind it


class Pen:
    """A moment being drawn in a layout."""

    def __init__(
        self,
        moment: Moment,
        layout: Layout,
        progress: float,
        numerals: Numerals,
        *,
        is_fitted: bool,
        is_blanked: bool,
    ) -> None:
        self.moment = moment
        self.layout = layout
        self.measures = layout.measures
        self.areas, self.ways = layout.areas(), layout.ways()
        self.progress = progress
        self.is_blanked = is_blanked
        self.has_way_back = moment.stop is None
        self.numerals, self._is_fitted = numerals, is_fitted

    def is_known(self, name: str) -> bool:
        """Say whether the quantity is known at the moment."""
        return self.moment.value(name) is not None

    def is_own(self, name: str) -> bool:
        """Say whether this is the quantity that the step computes."""
        return name == self.moment.step.quantity.name and not self.is_blanked

    def written(self, name: str, rooms: Rooms, before: str = "") -> Written:
        """Return the number of a quantity as it fits, or nothing."""
        if not self.is_known(name) or (self.is_blanked and name in ARTICLE.step_of):
            return Written((), self.measures.value)
        return written(
            self.moment,
            name,
            self.numerals,
            self.measures.value,
            rooms,
            is_exact=not self._is_fitted,
            before=before,
        )

    def value(self, name: str, x: float, y: float, room: float, ink: Ink = Ink.TEXT) -> list[Text]:
        """Return the number of a quantity around (x, y), bold where the step computes it."""
        made = self.written(name, Rooms(room))
        is_bold = self.is_own(name)
        label = value_of(name)
        return [Text(x, y, line, made.size, ink, room, is_bold, label) for line in made.lines]

    def symbol(self, name: str, x: float, y: float, room: float, ink: Ink) -> Text:
        """Return the symbol of a quantity around (x, y)."""
        return self.name_of(ARTICLE.quantities[name].symbol, x, y, room, ink, is_symbol=True)

    def name_of(
        self, text: str, x: float, y: float, room: float, ink: Ink, *, is_symbol: bool = False
    ) -> Text:
        """Return the name of a thing around (x, y); its last word is a symbol, or all of it."""
        size = self.measures.symbol if is_symbol else self.measures.label
        symbols = (text if is_symbol else text.split()[-1],)
        return Text(x, y, text, size, ink, room, False, label_of(text), symbols=symbols)


@cache
def plain(name: str) -> str:
    """Return the symbol of a quantity, by its code name, with Unicode's lowered letters."""
    return notation.plain(ARTICLE.quantities[name].symbol)


@cache
def value_of(name: str) -> str:
    """Return what the number of a quantity is called where it stands alone."""
    return _("value of {symbol}").format(symbol=plain(name))


@cache
def label_of(what: str) -> str:
    """Return what the name of a thing is called where it stands alone."""
    return _("label {what}").format(what=notation.plain(what))
