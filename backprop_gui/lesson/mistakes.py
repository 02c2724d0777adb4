"""The mistakes that people make in a formula, derived from its tree.

A mistake leaves out or replaces one part of the formula (repair theory: Brown and VanLehn, 1980).
What it makes is another tree; so nothing here is a list for one network.
"""

import math
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from backprop_gui.lesson.expression import (
    Difference,
    Exponential,
    Expression,
    HalfSquare,
    Logarithm,
    Negative,
    Number,
    Product,
    Reference,
    Sigmoid,
    Sum,
    Tanh,
    replaced,
    uses,
)
from backprop_gui.lesson.steps import Lesson
from backprop_gui.system.texts import _

_ONE, _TWO = Number(1), Number(2)
_FROM_LATER = ("new_weight", "other_gradient", "other_slope")  # need a line that comes later
_DEGREE = math.pi / 180


class Mistake(NamedTuple):
    """A mistaken formula: what kind it is, its tree, what was done, and a question that helps.

    `rank` says how common it is, from 0.
    """

    id: str
    expression: Expression
    text: str
    question: str
    rank: int


class _Way(NamedTuple):
    id: str
    text: str
    question: str


# The most common first.
_KINDS = {
    kind.id: (rank, kind)
    for rank, kind in enumerate(
        (
            _Way("sign_lost", _("the sign is the other one"), _("Which sign has this line?")),
            _Way("plus_for_minus", _("plus in place of minus"),
                  _("Does an update go with the gradient, or against it?")),
            _Way("left_out", _("{part} is left out"), _("Are all factors there?")),
            _Way("sigmoid_forgotten", _("the sigmoid is forgotten"),
                  _("What does a neuron make of its net input?")),
            _Way("slope_incomplete", _("the slope is not out·(1 − out)"),
                  _("Which rule did you use for the slope?")),
            _Way("slope_forgotten", _("the slope is forgotten, as if it were 1"),
                  _("How steep is the sigmoid there?")),
            _Way("slope_squared", _("out·out in place of out·(1 − out)"),
                  _("Which rule did you use for the slope?")),
            _Way("other_slope", _("the slope of the other neuron"),
                  _("Of which neuron is this the slope?")),
            _Way("slope_at_net", _("the slope is taken at net in place of out"),
                  _("With which number does the rule for the slope begin?")),
            _Way("slope_at_target", _("the slope is taken at the target"),
                  _("With which number does the rule for the slope begin?")),
            _Way("other_weight", _("the other weight"), _("Which weight belongs here?")),
            _Way("new_weight", _("the new weight in place of the old one"),
                  _("With which weights was this iteration computed forwards?")),
            _Way("half_forgotten", _("½ is forgotten"),
                  _("Which factor stands before the square?")),
            _Way("square_forgotten", _("the square is forgotten"),
                  _("Is the difference squared?")),
            _Way("two_kept", _("the 2 of the square is kept, without the ½"),
                  _("What does the ½ do to the 2 of the derivative?")),
            _Way("half_kept", _("the ½ of the error is kept, without the 2 of the square"),
                  _("What does the ½ do to the 2 of the derivative?")),
            _Way("square_kept", _("the square is kept"),
                  _("What is left of a square in its derivative?")),
            _Way("error_for_derivative", _("E in place of its derivative"),
                  _("Is this the error, or how it reacts?")),
            _Way("rate_left_out", _("η is left out"), _("How far does an update go?")),
            _Way("rate_twice", _("η is used twice"), _("How often does η come in?")),
            _Way("step_alone", _("the step without the weight"),
                  _("From where does the update start?")),
            _Way("weight_unchanged", _("the weight is unchanged"),
                  _("What does the update change?")),
            _Way("other_gradient", _("the other gradient"),
                  _("Which gradient belongs to this weight?")),
            _Way("sum_for_product", _("a sum in place of a product"),
                  _("Are the parts added or multiplied?")),
            _Way("wrong_quantity", _("{part} in place of {old}"), _("Which number belongs here?")),
            _Way("difference_alone", _("a part of the difference alone"),
                  _("Is anything taken away here?")),
            _Way("sigmoid_twice", _("the sigmoid is taken twice"),
                  _("How often does the sigmoid come in?")),
            _Way("exponent_sign", _("e^x in place of e^−x"),
                  _("Which sign has the exponent?")),
            _Way("brackets_forgotten", _("1/1 + e^−x, without the brackets"),
                  _("What is all below the fraction line?")),
            _Way("power_alone", _("the power of e alone"),
                  _("What is the whole formula of the sigmoid?")),
            _Way("tanh", _("tanh in place of the sigmoid"),
                  _("Which function does the neuron use?")),
            _Way("base_ten", _("10^−x in place of e^−x"), _("What is the base of the power?")),
            _Way("degrees", _("the calculator was set to degrees"),
                  _("In which mode is the calculator?")),
        )
    )
}  # fmt: skip

Found = tuple[str, Expression, dict[str, str]]  # the kind, the part's mistaken tree, and words


@lru_cache(maxsize=1024)
def mistakes(name: str, expression: Expression, lesson: Lesson) -> tuple[Mistake, ...]:
    """Return what can go wrong in the formula of the quantity `name`, the most common first."""
    made = []
    whole: Iterator[Found] = iter((("sign_lost", Negative(expression), {}),))
    for kind, tree, words in chain(whole, _anywhere(expression, name, lesson)):
        if not _is_known(tree, name, lesson, may_be_later=kind in _FROM_LATER):
            continue
        rank, (id, text, question) = _KINDS[kind]
        made.append(Mistake(id, tree, text.format(**words), question, rank))
    made.sort(key=lambda mistake: mistake.rank)
    unique = {mistake.expression: mistake for mistake in reversed(made)}
    return tuple(m for m in made if unique[m.expression] is m and m.expression != expression)


@lru_cache(maxsize=64)
def mistakes_within(name: str, expression: Expression, lesson: Lesson) -> tuple[Mistake, ...]:
    """Return what can go wrong with a quantity that a formula uses, although its line is right."""
    from backprop_gui.lesson import notation

    made = []
    for used in uses(expression):
        formula = lesson.quantities[used].expression
        if formula is None:
            continue
        symbol = notation.name(lesson.quantities[used].symbol)
        for mistake in mistakes(used, formula, lesson):
            tree = replaced(expression, Reference(used), mistake.expression)
            if _is_known(tree, name, lesson, may_be_later=mistake.id in _FROM_LATER):
                text = _("in {symbol}, {text}").format(symbol=symbol, text=mistake.text)
                question = _("{symbol}: {question}")
                question = question.format(symbol=symbol, question=mistake.question)
                made.append(mistake._replace(expression=tree, text=text, question=question))
    return tuple(sorted(made, key=lambda mistake: mistake.rank))


def _is_known(tree: Expression, name: str, lesson: Lesson, *, may_be_later: bool) -> bool:
    """Say whether a person could have computed a formula: from what stands before its line."""
    steps = lesson.step_of
    used = [each for each in uses(tree) if each in steps]
    return name not in used and (may_be_later or all(steps[n] < steps[name] for n in used))


def _anywhere(expression: Expression, name: str, lesson: Lesson) -> Iterator[Found]:
    """Yield the mistakes in a tree as a whole, and in each of its parts."""
    yield from _here(expression, name, lesson)
    for place, part in enumerate(expression.parts):
        for kind, mistaken, words in _anywhere(part, name, lesson):
            parts = list(expression.parts)
            parts[place] = mistaken
            yield kind, type(expression)(*parts), words


def _here(expression: Expression, name: str, lesson: Lesson) -> Iterator[Found]:
    match expression:
        case Product(parts=(out, Difference(parts=(Number(1), again)))) if out == again:
            yield from _slope(out, lesson)
        case Product(parts=factors):
            yield from _product(factors, lesson)
        case Negative(parts=(Difference(parts=(target, out)) as inner,)):
            yield from _derivative(inner, target, out)
        case Negative(parts=(inner,)):
            yield "sign_lost", inner, {}
        case Difference(parts=(weight, Product() as step)) if name.startswith("new_"):
            yield from _update(weight, step)
        case Difference(parts=(one, other)):
            yield "plus_for_minus", Sum(one, other), {}
            yield "sign_lost", Difference(other, one), {}
            for part in (one, other):
                yield "difference_alone", part, {}
        case Sigmoid(parts=(net,)):
            yield from _sigmoid(net)
        case HalfSquare(parts=(difference,)):
            yield "half_forgotten", Product(difference, difference), {}
            yield "square_forgotten", Product(Number(0.5), difference), {}
            yield "difference_alone", difference, {}
        case Reference(old):
            yield from _reference(old, name, lesson)


def _product(factors: tuple[Expression, ...], lesson: Lesson) -> Iterator[Found]:
    for place, factor in enumerate(factors):
        others = factors[:place] + factors[place + 1 :]
        kind = "rate_left_out" if factor == Reference("eta") else "left_out"
        yield kind, _product_of(others), {"part": _name(factor, lesson)}
    if Reference("eta") in factors:
        yield "rate_twice", Product(Reference("eta"), *factors), {}
    sums = factors[0]
    for factor in factors[1:]:
        sums = Sum(sums, factor)
    yield "sum_for_product", sums, {}


def _slope(out: Expression, lesson: Lesson) -> Iterator[Found]:
    yield "slope_incomplete", Difference(_ONE, out), {}
    yield "slope_incomplete", out, {}
    yield "slope_squared", Product(out, out), {}
    yield "slope_forgotten", _ONE, {}
    yield "plus_for_minus", Product(out, Sum(_ONE, out)), {}
    yield "sum_for_product", Sum(out, Difference(_ONE, out)), {}
    others = {"out_o": "out_h", "out_h": "out_o"}
    nets = {"out_o": "net_o", "out_h": "net_h"}
    if isinstance(out, Reference) and out.name in others:
        for kind, name in (
            ("other_slope", others[out.name]),
            ("slope_at_net", nets[out.name]),
            ("slope_at_target", "target"),
        ):
            at = Reference(name)
            yield kind, Product(at, Difference(_ONE, at)), {}
        net = Reference(nets[out.name])
        yield "slope_at_net", Product(net, net), {}


def _derivative(inner: Expression, target: Expression, out: Expression) -> Iterator[Found]:
    yield "sign_lost", inner, {}
    yield "two_kept", Product(_TWO, Negative(inner)), {}
    yield "two_kept", Product(_TWO, inner), {}
    yield "error_for_derivative", Reference("error"), {}
    yield "error_for_derivative", Negative(Reference("error")), {}
    yield "square_kept", Product(inner, inner), {}
    yield "half_kept", Product(Number(0.5), Negative(inner)), {}
    yield "half_kept", Product(Number(0.5), inner), {}
    yield "plus_for_minus", Sum(target, out), {}


def _update(weight: Expression, step: Product) -> Iterator[Found]:
    yield "plus_for_minus", Sum(weight, step), {}
    yield "step_alone", step, {}
    yield "step_alone", Negative(step), {}
    yield "weight_unchanged", weight, {}
    yield "sign_lost", Difference(step, weight), {}


def _sigmoid(net: Expression) -> Iterator[Found]:
    yield "sigmoid_forgotten", net, {}
    yield "sigmoid_twice", Sigmoid(Sigmoid(net)), {}
    yield "exponent_sign", Sigmoid(Negative(net)), {}
    for exponent in (Negative(net), net):
        yield "brackets_forgotten", Sum(_ONE, Exponential(exponent)), {}
        yield "power_alone", Exponential(exponent), {}
    yield "tanh", Tanh(net), {}
    yield "base_ten", Sigmoid(Product(net, Logarithm(Number(10)))), {}
    yield "degrees", Sigmoid(Product(net, Number(_DEGREE))), {}


def _reference(old: str, name: str, lesson: Lesson) -> Iterator[Found]:
    """Yield other quantities that may be taken for one."""
    if old == "error":
        return
    weights = tuple(lesson.gradients)
    gradients = tuple(lesson.gradients.values())
    if old in weights:
        for other in weights:
            if other != old:
                yield "other_weight", Reference(other), {}
        if not name.startswith("new_"):
            yield "new_weight", Reference(f"new_{old}"), {}
    if old in gradients:
        for other in gradients:
            if other != old:
                yield "other_gradient", Reference(other), {}
    slopes = ("dout_o_dnet_o", "dout_h_dnet_h")
    if old in slopes:
        yield "other_slope", Reference(slopes[old == slopes[0]]), {}
    for other in _MIXED_UP.get(old, ()):
        kind = "sigmoid_forgotten" if other == old.replace("out", "net") else "wrong_quantity"
        words = {"part": _name(Reference(other), lesson), "old": _name(Reference(old), lesson)}
        yield kind, Reference(other), words


_MIXED_UP: Mapping[str, tuple[str, ...]] = {
    "input": ("target", "w1", "net_h", "out_h"),
    "target": ("input",),
    "out_h": ("net_h", "out_o", "net_o"),
    "out_o": ("net_o", "out_h", "target"),
    "w2": ("out_h",),
    "eta": ("input", "target"),
    "net_h": ("net_o",),
    "net_o": ("net_h",),
    "dnet_o_dw2": ("dnet_o_dout_h", "dnet_h_dw1"),
    "dnet_o_dout_h": ("dnet_o_dw2",),
    "dnet_h_dw1": ("dnet_o_dw2",),
    "de_dout_o": ("error",),
}


def _name(part: Expression, lesson: Lesson) -> str:
    from backprop_gui.lesson import notation

    if isinstance(part, Reference):
        return notation.plain(lesson.quantities[part.name].symbol)
    return _("a part")


def _product_of(factors: Iterable[Expression]) -> Expression:
    parts = tuple(factors)
    return parts[0] if len(parts) == 1 else Product(*parts)
