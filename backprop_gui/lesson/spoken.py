"""A moment in words, for those who hear the window."""

import re
from collections.abc import Callable, Sequence
from functools import lru_cache, reduce
from typing import TYPE_CHECKING

from backprop_gui.lesson import notation, numbers
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.expression import (
    Difference,
    Expression,
    Function,
    HalfSquare,
    Negative,
    Number,
    Product,
    Reference,
    Sigmoid,
    Sum,
)
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.steps import Lesson, Quantity
from backprop_gui.system.texts import _, ngettext

if TYPE_CHECKING:
    from backprop_gui.lesson.formula import Formula

_LOWERED_OR_PART = set("ₕₒ₁₂∂")  # what is lost, or has no sound, when a symbol is read aloud
_WITH_POWER = re.compile(r"−?(?:[\d.,]*\d·)?\b10[⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+")
_RELATIONS = {"=": _(", which is {0}"), "≈": _(", which is about {0}")}
_FUNCTIONS = {
    "exp": _("e to the power of {0}"),
    "tanh": _("the hyperbolic tangent of {0}"),
    "log": _("the natural logarithm of {0}"),
}
_SIGNS = {
    " ·": ",",
    "←": _("left arrow"),
    "→": _("right arrow"),
    "η": _("eta"),
    "−∇E": _("minus the gradient of E"),
    "σ": _("sigma"),
    "<": _("less than"),
    "⚠ ": "",
    "\N{ZERO WIDTH SPACE}": "",
}


def spoken(moment: Moment, numerals: Numerals = FILES) -> str:
    """Return the step and all that is known at the moment as sentences."""
    opening = _("Iteration {iteration}.").format(iteration=numerals.count(moment.iteration))
    known = filter(
        None, (_sentence(moment, q, numerals) for q in moment.lesson.quantities.values())
    )
    return " ".join([opening, spoken_step(moment, numerals), *known])


def spoken_step(moment: Moment, numerals: Numerals = FILES) -> str:
    """Return the step alone: its number and phase, its value, and how it is found."""
    step = moment.step
    return _("Step {number} of {count}, {phase}: {quantity} is {value}, {formula}.").format(
        number=step.number,
        count=moment.lesson.last_step,
        phase=step.phase.title.lower(),
        quantity=step.quantity.spoken,
        value=_number(moment, step.quantity.name, numerals),
        formula=spoken_formula(step.quantity, moment.lesson),
    )


def spoken_formula(quantity: Quantity, lesson: Lesson = ARTICLE) -> str:
    """Return the formula of a quantity in words; "" where it is given."""
    if quantity.expression is None:
        return ""
    return _in_words(quantity.expression, lambda name: lesson.quantities[name].spoken)


def spoken_equation(quantity: Quantity, made: "Formula") -> str:
    """Return the formula of a quantity in words as it is shown: symbols, numbers and value."""
    said = _("{quantity} is {formula}").format(
        quantity=quantity.spoken, formula=spoken_formula(quantity)
    )
    for relation, *side in made.rights[1:]:
        shown = {piece.quantity: spoken_number(piece.text.strip("σ()")) for piece in side}
        is_value = side[0].quantity == quantity.name or len(made.rights) == 2
        words = shown[side[0].quantity]
        if quantity.expression and not is_value:
            words = _in_words(quantity.expression, shown.__getitem__)
        said += _RELATIONS[relation.text].format(words)
    return f"{said}."


def spoken_number(text: str) -> str:
    """Return the text of a number, as it is shown, as it is read aloud."""
    minus = _("minus") + " "
    if shown := numbers.parts(text):
        sign, factor, exponent = shown
        power = _("10 to the {exponent}").format(exponent=exponent) if exponent else ""
        said = _("{factor} times {power}").format(factor=factor, power=power)
        text = sign + (said if factor and power else factor or power).replace("-", minus)
    return text.replace(numbers.MINUS, minus).replace("∞", _("infinity"))


@lru_cache(maxsize=1024)  # a window has some 300 texts, and half of them at several places
def aloud(text: str) -> str:
    """Return a text that is shown as it is read aloud: symbols as words, and nothing invisible."""
    text = _WITH_POWER.sub(lambda found: spoken_number(found[0]), text)
    for symbol, words in _SYMBOLS:
        text = text.replace(symbol, words)
    for sign, word in _SIGNS.items():
        text = text.replace(sign, word)
    return text


def spoken_plot(
    moment: Moment, first: float, last: float, known: int, kept: int, numerals: Numerals = FILES
) -> str:
    """Return what the plot of the error shows.

    `first` and `last` are the errors of the first and the last of so many `known` iterations;
    `kept` is how many curves of kept runs there are.
    """
    sentences = (
        ngettext(
            "The error of {known} iteration: {first}.",
            "The error of {known} iterations, from {first} to {last}.",
            known,
        ),
        _("At iteration {iteration}, which is marked, it is {error}."),
        _("The tolerance is {tolerance}."),
        ngettext("{kept} kept run is beside it.", "{kept} kept runs are beside it.", kept),
    )
    numerals = numerals.of(moment.setup)
    return " ".join(sentences[: 4 if kept else 3]).format(
        known=numerals.count(known),
        first=spoken_number(numerals.short(first)),
        last=spoken_number(numerals.short(last)),
        iteration=numerals.count(moment.iteration),
        error=spoken_number(numerals.short(moment.values["error"])),
        tolerance=spoken_number(numerals.given(moment.setup.tolerance)),
        kept=kept,
    )


def _in_words(expression: Expression, word: Callable[[str], str]) -> str:
    """Return a formula in words, its quantities as `word` calls them by their code names."""
    match expression:
        case Reference(name):
            return word(name)
        case Number(value):
            return f"{value}"
        case Negative(parts=(inner,)):
            return _("minus {0}").format(_part(inner, word))
        case Sigmoid(parts=(inner,)):
            return _("the sigmoid of {0}").format(_part(inner, word))
        case Function(name=name, parts=(inner,)):
            return _FUNCTIONS[name].format(_part(inner, word))
        case HalfSquare(parts=(inner,)):
            return _("half the square of {0}").format(_in_words(inner, word))
        case Difference(parts=(left, right)):
            return _("{0} minus {1}").format(_in_words(left, word), _part(right, word))
        case Sum(parts=(left, right)):
            return _("{0} plus {1}").format(_in_words(left, word), _part(right, word))
        case Product(parts=factors):
            words = [_part(factor, word) for factor in factors]
            if all(factor.strength == Expression.ATOM for factor in factors):
                return _("the product of {0}").format(_listed(words))
            return reduce(_("{0} times {1}").format, words)
    raise TypeError(f"a {type(expression).__name__} cannot be said")


def _part(part: Expression, word: Callable[[str], str]) -> str:
    """Return a part of a formula in words that make one thing of it."""
    if isinstance(part, Difference):
        left, right = (_part(each, word) for each in part.parts)
        return _("the difference of {0} and {1}").format(left, right)
    if isinstance(part, Sum):
        left, right = (_part(each, word) for each in part.parts)
        return _("the sum of {0} and {1}").format(left, right)
    return _in_words(part, word)


def _listed(words: Sequence[str]) -> str:
    """Return words as "a, b and c"."""
    *some, last = words
    return _("{some} and {last}").format(some=", ".join(some), last=last)


def _sentence(moment: Moment, quantity: Quantity, numerals: Numerals) -> str | None:
    if moment.value(quantity.name) is None:
        return None
    number = _number(moment, quantity.name, numerals)
    return _("{quantity} is {number}.").format(quantity=quantity.spoken, number=number)


def _number(moment: Moment, name: str, numerals: Numerals) -> str:
    return spoken_number(moment.text(name, numerals))


# The longest first: "∂E/∂w₂" before the "w₂" in it.
_SYMBOLS = sorted(
    (
        (notation.plain(quantity.symbol), quantity.spoken)
        for quantity in ARTICLE.quantities.values()
        if _LOWERED_OR_PART & set(notation.plain(quantity.symbol))
    ),
    key=lambda pair: -len(pair[0]),
)
