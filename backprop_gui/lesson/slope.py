"""Where a neuron stands on the curve of its sigmoid, and how steep the curve is there.

Which steps have such a curve is read from their formulas: those that compute σ of a net input,
and those that compute its slope from the output, out (1 − out).
"""

import math
from typing import NamedTuple

from backprop_gui.lesson.expression import Difference, Number, Product, Reference, Sigmoid
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.spoken import spoken_number
from backprop_gui.lesson.steps import Lesson, Quantity
from backprop_gui.system.texts import _


class CurvePoint(NamedTuple):
    """A point of a neuron's sigmoid: (net, out), both finite.

    `net_name`, `out_name` and `slope_name` are code names of quantities. `slope` is how steep
    the curve is at the point, for a step that computes it; else it is None and has no name.
    """

    net_name: str
    out_name: str
    net: float
    out: float
    slope_name: str | None = None
    slope: float | None = None


def curve_point(moment: Moment) -> CurvePoint | None:
    """Return the point of the moment's step, or None.

    None is for a step that has nothing to do with a sigmoid, and for numbers that are not finite.
    """
    lesson, values = moment.lesson, moment.values
    quantity = moment.step.quantity
    names = _names(quantity, lesson)
    if names is None or not all(math.isfinite(values[name]) for name in (*names, quantity.name)):
        return None
    net, out = names
    point = CurvePoint(net, out, values[net], values[out])
    if quantity.name == out:
        return point
    return point._replace(slope_name=quantity.name, slope=values[quantity.name])


def has_curve(quantity: Quantity, lesson: Lesson) -> bool:
    """Say whether a quantity is computed on the curve of a sigmoid."""
    return _names(quantity, lesson) is not None


def spoken_point(point: CurvePoint, lesson: Lesson, numerals: Numerals = FILES) -> str:
    """Return what the curve shows, for those who meet it alone, such as on a slide."""
    said = {name: lesson.quantities[name].spoken for name in (point.net_name, point.out_name)}
    sentence = _("The curve of the sigmoid has a mark where {net} is {x} and {out} is {y}.")
    words = sentence.format(
        net=said[point.net_name],
        x=spoken_number(numerals.short(point.net)),
        out=said[point.out_name],
        y=spoken_number(numerals.short(point.out)),
    )
    if point.slope is None:
        return words
    slope = spoken_number(numerals.short(point.slope))
    return f"{words} " + _("The slope of the tangent there is {slope}.").format(slope=slope)


def _names(quantity: Quantity, lesson: Lesson) -> tuple[str, str] | None:
    """Return the code names of the net input and the output, or None."""
    match quantity.expression:
        case Sigmoid(parts=(Reference(name=net),)):
            return net, quantity.name
        case Product(
            parts=(
                Reference(name=out),
                Difference(parts=(Number(value=1), Reference(name=other))),
            )
        ) if out == other:
            made_by = lesson.quantities[out]
            return _names(made_by, lesson) if isinstance(made_by.expression, Sigmoid) else None
    return None
