"""A moment in words, for those who hear the window."""

import re

from backprop_gui.i18n import _
from backprop_gui.lesson import numbers
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.steps import GIVEN, LAST_STEP, PHASE_NAMES, QUANTITIES, STEPS, Quantity

# Formulas in words, from the first pattern that fits. {0}, {1} … are what stands in brackets.
_WORDS = (
    (r"(\{\w+\}(?: · \{\w+\})+)", _("the product of {0}")),
    (r"σ\((\{\w+\})\)", _("the sigmoid of {0}")),
    (r"½ \((\{\w+\}) − (\{\w+\})\)²", _("half the square of {0} minus {1}")),
    (r"−\((\{\w+\}) − (\{\w+\})\)", _("minus the difference of {0} and {1}")),
    (r"(\{\w+\}) \(1 − (\{\w+\})\)", _("{0} times the difference of 1 and {1}")),
    (r"(\{\w+\}) − (\{\w+\}) · (\{\w+\})", _("{0} minus the product of {1} and {2}")),
    (r"(\{\w+\})", "{0}"),
)


def spoken(moment: Moment) -> str:
    """Return the step and all that is known at the moment as sentences."""
    opening = _("Iteration {iteration}.").format(iteration=numbers.count(moment.iteration))
    quantities = (*GIVEN, *(step.quantity for step in STEPS))
    known = filter(None, (_sentence(moment, q) for q in quantities))
    return " ".join([opening, spoken_step(moment), *known])


def spoken_step(moment: Moment) -> str:
    """Return the step alone: its number and phase, its value, and how it is found."""
    step = moment.step
    return _("Step {number} of {count}, {phase}: {quantity} is {value}, {formula}.").format(
        number=step.number,
        count=LAST_STEP,
        phase=PHASE_NAMES[step.phase].lower(),
        quantity=step.quantity.spoken,
        value=_number(moment, step.quantity.name),
        formula=spoken_formula(step.quantity),
    )


def spoken_formula(quantity: Quantity) -> str:
    """Return the formula of a quantity in words; "" where it is given."""
    for pattern, words in _WORDS:
        if found := re.fullmatch(pattern, quantity.template):
            return words.format(*map(_named, found.groups()))
    return ""


def _named(part: str) -> str:
    """Return the names in a part of a template as they are read aloud: "a, b and c"."""
    *some, last = [QUANTITIES[name].spoken for name in re.findall(r"\w+", part)]
    return _("{some} and {last}").format(some=", ".join(some), last=last) if some else last


def _sentence(moment: Moment, quantity: Quantity) -> str | None:
    if moment.value(quantity.name) is None:
        return None
    number = _number(moment, quantity.name)
    return _("{quantity} is {number}.").format(quantity=quantity.spoken, number=number)


def _number(moment: Moment, name: str) -> str:
    text = moment.text(name)
    if found := re.fullmatch(r"(.*\d)e(.?\d+)", text):
        mantissa, exponent = found.groups()
        text = _("{mantissa} times 10 to the {exponent}").format(
            mantissa=mantissa, exponent=exponent
        )
    return text.replace(numbers.MINUS, _("minus") + " ")
