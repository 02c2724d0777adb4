"""The table of a moment's values: its cells, which the window's table has too, and a drawing."""

import re
from collections.abc import Callable, Iterator
from typing import NamedTuple

from backprop_gui.drawing.shapes import Box, Drawing, Ink, Line, Shape, Spot, Text, Tint
from backprop_gui.lesson import numbers
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.steps import Step
from backprop_gui.lesson.value_table import Row, rows
from backprop_gui.system.texts import _

_WIDTH = 1060.0
_ROW = 35.0
_HEAD = 44.0
_BAR, _SYMBOL, _FORMULA, _VALUE = 12.0, 44.0, 168.0, _WIDTH - 20.0  # where columns begin, or end
_SIZE = 19.0
_GAP = 12.0  # between columns
_DIGIT, _SIGN = 0.66, 0.9  # of the size: the most that a figure and a minus take
_WIDTHS = {numbers.MINUS: 1.3, **dict.fromkeys(".,·", 0.5), **dict.fromkeys("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", 0.63)}
_MARK = "▸"  # not by its colour alone is a row told to be this step's
_MAY_BREAK = re.compile(r"(?= · | − )")


class Cells(NamedTuple):
    """The cells of a step's row while `now` is the step of the moment, in letters of a size.

    The symbol has the colour of its phase, and all is muted while the value is not known.
    """

    row: Row
    step: Step
    now: Step
    size: float

    @property
    def _is_known(self) -> bool:
        return self.step.number <= self.now.number

    @property
    def state(self) -> tuple[str, bool, bool]:
        """All that differs between two moments: cells with the same one look the same."""
        return self.row.text, self._is_known, self.step is self.now

    @property
    def _phase(self) -> Ink:
        return Ink(self.step.phase.value)

    def ink(self, ink: Ink = Ink.TEXT) -> Ink:
        """Return the ink of a cell that has this one as soon as the value is known."""
        return ink if self._is_known else Ink.MUTED

    def mark(self, x: float, y: float, height: float) -> Iterator[Shape]:
        """Yield the bar of the phase around x, and the sign of this step's row on its right."""
        tint = Tint(self._phase, 0.9 if self._is_known else 0.3)
        ends = (x, y - height / 2), (x, y + height / 2)
        yield Line(ends, tint, 4.0, name=_("phase"))
        if self.step is self.now:
            room, name = 2 * self.size, _("current")
            yield Text(x + 6, y, _MARK, self.size, self._phase, room, name=name, align=0.0)

    def symbol(self, x: float, y: float, room: float) -> Text:
        """Return the symbol, which begins at x."""
        name, ink = self.row.symbol, self.ink(self._phase)
        symbol = self.row.quantity.symbol
        return Text(x, y, symbol, self.size, ink, room, False, name, 0.0, (symbol,))

    def formula(
        self, x: float, y: float, room: float, lines: tuple[str, ...], leading: float = 0.0
    ) -> Iterator[Text]:
        """Yield the lines of the formula, which begin at x, around y and so far apart."""
        top = y - leading * (len(lines) - 1) / 2
        for place, line in enumerate(lines):
            below = top + place * leading
            name = self.row.formula if len(lines) == 1 else _("formula")
            yield Text(x, below, line, self.size, self.ink(), room, False, name, 0.0, (line,))

    def value(self, point: float, end: float, y: float, room: float) -> Iterator[Text]:
        """Yield the value, its decimal sign at `point`; what is no number ends at `end`."""
        text = self.row.text
        if text:
            x, align = (point, _before_point(text)) if numbers.parts(text) else (end, 1.0)
            name = _("value of {symbol}").format(symbol=self.row.symbol)
            is_now = self.step is self.now
            yield Text(x, y, text, self.size, self.ink(), room, is_now, name, align)


def _before_point(text: str) -> float:
    """Return how much of a number's width lies before its decimal sign.

    Figures are of one width; of the others, a font hardly moves what is between them.
    """
    head, tail = (sum(_WIDTHS.get(sign, 1.0) for sign in part) for part in numbers.at_point(text))
    return head / (head + tail)


def broken(formula: str, room: float, width: Callable[[str], float]) -> tuple[str, ...]:
    """Return a formula in lines that are no wider than `room`, broken before its operators.

    What no operator parts may be wider.
    """
    first, *others = _MAY_BREAK.split(formula)
    lines = [first]
    for part in others:
        if width(lines[-1] + part) <= room:
            lines[-1] += part
        else:
            lines.append(part.strip())
    return tuple(lines)


def draw_table(moment: Moment, numerals: Numerals = FILES) -> Drawing:
    """Return the table of a moment's values, with the row of its step marked."""
    table = rows(moment, numerals)
    heads, tails = zip(*(numbers.at_point(row.text) for row in table), strict=True)
    point = _VALUE - _DIGIT * _SIZE * max(map(len, tails))
    of_head = _SIZE * (_SIGN + _DIGIT * max(len(head.lstrip(numbers.MINUS)) for head in heads))
    of_formula = point - of_head - _GAP - _FORMULA
    shapes = [*_head()]
    spots = []
    for row, step in zip(table, moment.lesson.steps, strict=True):
        y = _HEAD + _ROW * (step.number - 0.5)
        if step is moment.step:
            fill = Tint(Ink(step.phase.value), 0.2)
            shapes.append(Box(_WIDTH / 2, y, _WIDTH, _ROW - 4, fill, fill, name=_("this step")))
        cells = Cells(row, step, moment.step, _SIZE)
        lines = (row.lesson.formula(row.quantity),)
        shapes += cells.mark(_BAR, y, _ROW - 14)
        shapes.append(cells.symbol(_SYMBOL, y, _FORMULA - _SYMBOL - _GAP))
        shapes += cells.formula(_FORMULA, y, of_formula, lines)
        shapes += cells.value(point, _VALUE, y, of_head + _VALUE - point)
        spots.append(Spot(_WIDTH / 2, y, _WIDTH, _ROW, row.quantity.name))
    return Drawing(_WIDTH, _HEAD + _ROW * len(moment.lesson.steps) + 4, tuple(shapes), tuple(spots))


def _head() -> Iterator[Shape]:
    y = _HEAD / 2 - 4
    columns = (
        (_("Symbol"), _SYMBOL, 0.0),
        (_("Formula"), _FORMULA, 0.0),
        (_("Value"), _VALUE, 1.0),
    )
    for text, x, align in columns:
        yield Text(x, y, text, _SIZE, Ink.MUTED, 180, name=text, align=align)
    yield Line(((0, _HEAD - 6), (_WIDTH, _HEAD - 6)), Tint(Ink.LINE), 1.5, name=_("rule"))
