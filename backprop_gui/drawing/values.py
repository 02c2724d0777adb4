"""The table of a moment's values as a drawing, for pictures and slides."""

from collections.abc import Iterator

from backprop_gui.drawing.shapes import Box, Drawing, Ink, Line, Shape, Spot, Text, Tint
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.value_table import Row, rows
from backprop_gui.system.texts import _

_WIDTH = 960.0
_ROW = 35.0
_HEAD = 44.0
_SYMBOL, _FORMULA, _VALUE = 34.0, 210.0, _WIDTH - 20.0  # where the columns begin, or end
_SIZE = 19.0


def draw_table(moment: Moment, numerals: Numerals = FILES) -> Drawing:
    """Return the table of a moment's values, with the row of its step marked."""
    table = rows(moment, numerals)
    shapes = [*_head()]
    spots = []
    for row, step in zip(table, moment.lesson.steps, strict=True):
        y = _HEAD + _ROW * (step.number - 0.5)
        ink = Ink(step.phase.value)
        if step is moment.step:
            fill = Tint(ink, 0.2)
            shapes.append(Box(_WIDTH / 2, y, _WIDTH, _ROW - 4, fill, fill, name=_("this step")))
        shapes += _cells(row, y, step.number <= moment.step.number, ink)
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
        yield Text(x, y, text, _SIZE - 2, Ink.MUTED, 180, name=text, align=align)
    yield Line(((0, _HEAD - 6), (_WIDTH, _HEAD - 6)), Tint(Ink.LINE), 1.5, name=_("rule"))


def _cells(row: Row, y: float, is_known: bool, ink: Ink) -> Iterator[Shape]:
    quantity = row.quantity
    text_ink = Ink.TEXT if is_known else Ink.MUTED
    mark = Tint(ink, 0.9 if is_known else 0.3)
    yield Box(12, y, 5, _ROW - 14, mark, mark, 1.0, name=_("phase"))
    symbol, formula = quantity.symbol, row.lesson.formula(quantity)
    room = _FORMULA - _SYMBOL - 12
    yield Text(_SYMBOL, y, symbol, _SIZE, text_ink, room, True, row.symbol, 0.0)
    room = _VALUE - _FORMULA - 250
    yield Text(_FORMULA, y, formula, _SIZE, Ink.MUTED, room, False, row.formula, 0.0)
    value = _("value of {symbol}").format(symbol=row.symbol)
    yield Text(_VALUE, y, row.text, _SIZE, text_ink, 240, True, value, 1.0)
