"""The formula of a step in a room, and the curve of its sigmoid beside it.

All steps of a lesson share one size of type, one left edge and one height of the first baseline,
so that nothing jumps from step to step. A formula whose numbers grow too long for that is set in
the next smaller size.
"""

from functools import lru_cache
from typing import NamedTuple

from backprop_gui.core.network import Setup
from backprop_gui.drawing.shapes import Drawing
from backprop_gui.drawing.slope import LEAST_SIZE, draw_slope, size_for
from backprop_gui.lesson.formula import Formula, formula
from backprop_gui.lesson.moment import Moment, Position
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.slope import curve_point, has_curve
from backprop_gui.lesson.steps import Lesson
from backprop_gui.lesson.written import Piece
from backprop_gui.paint.typesetting import Setting, fit, rise

_SPARE = 0.94  # of the width is for the first iteration's numbers: later ones are longer
_SMALLER = 0.8
_FIGURE_SHARES = (0.34, 0.46)  # of the width: as a rule, and for a figure that needs more
_EXPONENT_DIGIT = 0.36  # em
_GAP = 1.0  # between formula and figure, in units of the figure's text
# With a smaller share of the size that it has alone, a formula needs the figure's room; beyond
# so many times the figure's text it is large enough in any case.
_WORTH, _EASY = 0.72, 1.7

Size = tuple[float, float]


class FormulaPlan(NamedTuple):
    """A formula at the upper left of a room and, where its step has one, a figure at the right.

    `height` is what the highest of all steps needs. `x` and `y` are the figure's upper left corner.
    """

    made: Formula
    setting: Setting
    height: float
    figure: Drawing | None
    x: float
    y: float

    def quantity_at(self, x: float, y: float) -> str | None:
        """Return the code name of the quantity that is shown at a point, or None."""
        if self.figure and (name := self.figure.quantity_at(x - self.x, y - self.y)):
            return name
        return self.setting.quantity_at(x, y)


class _Frame(NamedTuple):
    """What all steps share, and the height of the highest.

    `size` is pixels per em, `rise` that of the first line in em, `figure` the figure's size.
    """

    size: float
    height: float
    rise: float
    figure: Size | None


def plan(
    moment: Moment, numerals: Numerals, room: Size, text: float, largest: float, least: float
) -> FormulaPlan:
    """Return the plan for the moment's step in a room.

    `text` is the size of the figure's letters. The formula's, in pixels per em, is between
    `largest` and `least`; see `fit`.
    """
    lesson = moment.lesson
    frame = _frame(moment.setup, lesson, numerals, room, text, largest, least)
    made = formula(moment, numerals)
    width, height = room
    figure = None
    if frame.figure and has_curve(moment.step.quantity, lesson):
        width -= frame.figure[0] + _GAP * text
        point = curve_point(moment)
        of_run = numerals.of(moment.setup)
        figure = draw_slope(point, lesson, frame.figure, text, of_run) if point else None
    setting = fit(made, width, height, frame.size, min(least, frame.size), frame.rise, _SMALLER)
    if figure is None:
        return FormulaPlan(made, setting, frame.height, None, 0.0, 0.0)
    x, y = room[0] - figure.width, (height - figure.height) / 2
    return FormulaPlan(made, setting, frame.height, figure, x, y)


@lru_cache(maxsize=8)
def _frame(
    setup: Setup,
    lesson: Lesson,
    numerals: Numerals,
    room: Size,
    text: float,
    largest: float,
    least: float,
) -> _Frame:
    formulas = _formulas(setup, lesson, numerals)
    highest = max(map(rise, formulas))
    width, height = room

    def common(figure: Size | None) -> _Frame:
        """Return the frame at whose size each formula fits beside its figure."""
        size, tallest = largest, figure[1] if figure else 0.0
        rooms = []
        for step in lesson.steps:
            is_beside = figure and has_curve(step.quantity, lesson)
            rooms.append(width - (figure[0] + _GAP * text if figure and is_beside else 0.0))
        for made, room in zip(formulas, rooms, strict=True):
            size = fit(made, _SPARE * room, height, size, least, highest).size
        for made, room in zip(formulas, rooms, strict=True):
            shown = fit(made, room, height, size, min(least, size), highest)
            tallest = max(tallest, shown.height)
        return _Frame(size, tallest, highest, figure)

    alone = common(None)
    usual, most = (share * width for share in _FIGURE_SHARES)
    figure = size_for((min(most, max(usual, LEAST_SIZE[0] * text)), height), text)
    if figure is None:
        return alone
    beside = common(figure)
    needed = max(least, _WORTH * min(alone.size, _EASY * text))
    return beside if beside.size >= min(alone.size, needed) else alone


@lru_cache(maxsize=4)
def _formulas(setup: Setup, lesson: Lesson, numerals: Numerals) -> tuple[Formula, ...]:
    """Return the formulas of a run's first iteration, which stand for those of all others."""
    places = (Position(1, step.number) for step in lesson.steps)
    moments = (Moment(setup, place, setup.w1, setup.w2, lesson=lesson) for place in places)
    return tuple(_measured(formula(moment, numerals)) for moment in moments)


def _measured(made: Formula) -> Formula:
    """Return a formula as wide as this one, of pieces that are typeset already.

    A number within a piece, as in the exponent of σ, would have to be typeset for every setup:
    the piece with its symbol stands in for it, and takes as much more room as the text is longer.
    """
    general, *others = made.rights
    symbols = {piece.quantity: piece for piece in general if piece.quantity}

    def stand_in(piece: Piece) -> Piece:
        if piece.is_number or piece.quantity not in symbols:
            return piece
        symbol = symbols[piece.quantity]
        longer = max(0, len(piece.text) - len(symbol.text)) * _EXPONENT_DIGIT
        return symbol._replace(space=piece.space + longer)

    rights = (tuple(map(stand_in, right)) for right in others)
    return made._replace(rights=(general, *rights))
