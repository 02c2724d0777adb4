"""A moment in words, for those who hear the window."""

from backprop_gui.i18n import _
from backprop_gui.lesson import numbers
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.steps import GIVEN, STEPS, Quantity


def spoken(moment: Moment) -> str:
    """Return all that is known at the moment as sentences."""
    opening = _("Iteration {iteration}.").format(iteration=numbers.count(moment.iteration))
    quantities = (*GIVEN, *(step.quantity for step in STEPS))
    return " ".join([opening, *filter(None, (_sentence(moment, q) for q in quantities))])


def _sentence(moment: Moment, quantity: Quantity) -> str | None:
    value = moment.value(quantity.name)
    if value is None:
        return None
    number = numbers.short(value).replace(numbers.MINUS, _("minus") + " ")
    return _("{quantity} is {number}.").format(quantity=quantity.spoken, number=number)
