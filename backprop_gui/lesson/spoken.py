"""A moment in words, for those who hear the window."""

import re
from collections.abc import Callable
from typing import TYPE_CHECKING

from backprop_gui.lesson import notation, numbers
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.steps import GIVEN, LAST_STEP, PHASE_NAMES, QUANTITIES, STEPS, Quantity
from backprop_gui.system.texts import _, ngettext

if TYPE_CHECKING:
    from backprop_gui.lesson.formula import Formula

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
_LOWERED_OR_PART = set("ₕₒ₁₂∂")  # what is lost, or has no sound, when a symbol is read aloud
_RELATIONS = {"=": _(", which is {0}"), "≈": _(", which is about {0}")}
_SIGNS = {
    " ·": ",",
    "←": _("left arrow"),
    "→": _("right arrow"),
    "η": _("eta"),
    "σ": _("sigma"),
    "<": _("less than"),
    "⚠ ": "",
    "\N{ZERO WIDTH SPACE}": "",
}


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
    return _in_words(quantity, lambda name: QUANTITIES[name].spoken)


def spoken_equation(quantity: Quantity, made: "Formula") -> str:
    """Return the formula of a quantity in words as it is shown: symbols, numbers and value."""
    said = _("{quantity} is {formula}").format(
        quantity=quantity.spoken, formula=spoken_formula(quantity)
    )
    for relation, *side in made.rights[1:]:
        shown = {piece.quantity: spoken_number(piece.text.strip("σ()")) for piece in side}
        is_value = side[0].quantity == quantity.name or len(made.rights) == 2
        words = shown[side[0].quantity] if is_value else _in_words(quantity, shown.__getitem__)
        said += _RELATIONS[relation.text].format(words)
    return f"{said}."


def spoken_number(text: str) -> str:
    """Return the text of a number, as it is shown, as it is read aloud."""
    if found := re.fullmatch(r"(.*\d)e(.?\d+)", text):
        mantissa, exponent = found.groups()
        text = _("{mantissa} times 10 to the {exponent}").format(
            mantissa=mantissa, exponent=exponent
        )
    return text.replace(numbers.MINUS, _("minus") + " ").replace("∞", _("infinity"))


def aloud(text: str) -> str:
    """Return a text that is shown as it is read aloud: symbols as words, and nothing invisible."""
    for symbol, words in _SYMBOLS:
        text = text.replace(symbol, words)
    for sign, word in _SIGNS.items():
        text = text.replace(sign, word)
    return text


def spoken_plot(moment: Moment, first: float, last: float, known: int, former: int) -> str:
    """Return what the plot of the error shows.

    `first` and `last` are the errors of the first and the last of so many `known` iterations;
    `former` is how many curves of former runs there are.
    """
    sentences = (
        ngettext(
            "The error of {known} iteration: {first}.",
            "The error of {known} iterations, from {first} to {last}.",
            known,
        ),
        _("At iteration {iteration}, which is marked, it is {error}."),
        _("The tolerance is {tolerance}."),
        ngettext("{former} kept run is faded.", "{former} kept runs are faded.", former),
    )
    return " ".join(sentences[: 4 if former else 3]).format(
        known=numbers.count(known),
        first=spoken_number(numbers.short(first)),
        last=spoken_number(numbers.short(last)),
        iteration=numbers.count(moment.iteration),
        error=spoken_number(numbers.short(moment.forward.error)),
        tolerance=spoken_number(numbers.given(moment.setup.tolerance)),
        former=former,
    )


def _in_words(quantity: Quantity, word: Callable[[str], str]) -> str:
    for pattern, words in _WORDS:
        if found := re.fullmatch(pattern, quantity.template):
            return words.format(*(_listed(part, word) for part in found.groups()))
    return ""


def _listed(part: str, word: Callable[[str], str]) -> str:
    """Return the names in a part of a template as words: "a, b and c"."""
    *some, last = [word(name) for name in re.findall(r"\w+", part)]
    return _("{some} and {last}").format(some=", ".join(some), last=last) if some else last


def _sentence(moment: Moment, quantity: Quantity) -> str | None:
    if moment.value(quantity.name) is None:
        return None
    number = _number(moment, quantity.name)
    return _("{quantity} is {number}.").format(quantity=quantity.spoken, number=number)


def _number(moment: Moment, name: str) -> str:
    return spoken_number(moment.text(name))


# The longest first: "∂E/∂w₂" before the "w₂" in it.
_SYMBOLS = sorted(
    (
        (notation.plain(quantity.symbol), quantity.spoken)
        for quantity in QUANTITIES.values()
        if _LOWERED_OR_PART & set(notation.plain(quantity.symbol))
    ),
    key=lambda pair: -len(pair[0]),
)
