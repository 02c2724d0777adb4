"""What a person is asked before some steps, which answer is right, and why.

A question is about sign, size or direction. One of its three answers is right, whatever the
numbers are; with numbers that are not finite, nothing is asked.
"""

import math
from collections.abc import Callable, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from backprop_gui.lesson import by_hand, notation
from backprop_gui.lesson.mistaken import Mistaken
from backprop_gui.lesson.moment import Moment, Position
from backprop_gui.lesson.numbers import DIGITS_RANGE, FILES, Numerals, decimal
from backprop_gui.lesson.steps import Quantity
from backprop_gui.system.texts import _

STEEP, FLAT, _STEEPEST = 0.2, 0.05, 0.25  # slopes of a sigmoid
_UPDATES = {"w1": "new_w1", "w2": "new_w2"}


class Question(NamedTuple):
    """A question before the step that computes the quantity `name`.

    `right` is the number of the right one of the `answers`, from 1; `reason` is a sentence with
    the numbers, to be read when the step is known.
    """

    name: str
    text: str
    answers: tuple[str, str, str]
    right: int
    reason: str


class _Numbers:
    """The numbers of an iteration, as values and as texts."""

    def __init__(self, moment: Moment, numerals: Numerals) -> None:
        self.moment, self.numerals = moment, numerals.of(moment.setup)
        self._plain = numerals  # what is on no paper has no digits of its own
        self.values: Mapping[str, float] = moment.values

    def symbol(self, name: str) -> str:
        """Return how a quantity is written."""
        return notation.plain(self.quantity(name).symbol)

    def quantity(self, name: str) -> Quantity:
        """Return the quantity with this code name."""
        return self.moment.lesson.quantities[name]

    def text(self, name: str) -> str:
        """Return the number of a quantity, as it is shown."""
        return self.numerals.short(self.values[name])

    def equation(self, name: str) -> str:
        """Return a symbol with its number."""
        return f"{self.symbol(name)} = {self.text(name)}"

    def told_apart(self, name: str, other: float) -> tuple[str, str]:
        """Return a quantity and a number that is none, with as many digits as it takes to differ.

        What is on paper is written as it stands there.
        """
        text, other_text = self._plain.told_apart(self.values[name], other)
        return self.text(name) if self.numerals.method else text, other_text

    def put_in(self, text: str) -> str:
        """Return a text with numbers in the places that it has for them."""
        exact = self.numerals.exact
        return text.format(
            target=self.target,
            gradient=self.text("de_dw2"),
            steep=exact(STEEP),
            flat=exact(FLAT),
            most=exact(_STEEPEST),
        )

    @property
    def target(self) -> str:
        """The target, as it was given."""
        return self.numerals.given(self.moment.setup.target)


class _Asking(NamedTuple):
    """A question: its text and answers, with places for numbers, which is right, and why.

    `uses` are the quantities that have to be finite beside those up to the step.
    """

    text: str
    answers: tuple[str, str, str]
    right: Callable[[_Numbers], int]
    reason: Callable[[_Numbers], str]
    uses: tuple[str, ...] = ()


def next_question(moment: Moment, numerals: Numerals = FILES) -> Question | None:
    """Return the question before the step that comes next in this iteration, or None."""
    number = moment.position.step + 1
    if number > moment.last_step:
        return None
    return question(moment, moment.lesson.steps[number - 1].quantity.name, numerals)


def question(moment: Moment, name: str, numerals: Numerals = FILES) -> Question | None:
    """Return the question before the step that computes `name` in the moment's iteration, or None.

    None is asked of a run in which a line is computed by mistake: the reasons would not hold.
    """
    position = Position(moment.iteration, moment.lesson.step_of[name])
    return _made(replace(moment, position=position), numerals)


@lru_cache(maxsize=16)
def _made(moment: Moment, numerals: Numerals) -> Question | None:
    name = moment.step.quantity.name
    row = QUESTIONS.get(name)
    if row is None or moment.position.step > moment.last_step:
        return None
    known = [step.quantity.name for step in moment.lesson.steps[: moment.position.step]]
    is_finite = all(math.isfinite(moment.values[each]) for each in (*known, *row.uses))
    if not is_finite or isinstance(moment.setup.method, Mistaken):
        return None
    seen = _Numbers(moment, numerals)
    first, second, third = (seen.put_in(answer) for answer in row.answers)
    answers = first, second, third
    return Question(name, seen.put_in(row.text), answers, row.right(seen), row.reason(seen))


def _by_sign(x: float) -> int:
    """Return 1 for a number below 0, 2 for 0, 3 for one above."""
    return 1 if x < 0 else 2 if x == 0 else 3


def _where_output_lies(seen: _Numbers) -> int:
    if seen.values["error"] < seen.moment.setup.tolerance:
        return 2
    out, target = seen.values["out_o"], seen.values["target"]
    return 1 if out < target else 2 if out == target else 3


def _why_output(seen: _Numbers) -> str:
    net, out, target = (seen.values[name] for name in ("net_o", "out_o", "target"))
    shown = {
        "net": seen.equation("net_o"),
        "out": f"{seen.symbol('out_o')} = {seen.numerals.beside(out, target)}",
        "target": seen.target,
    }
    if out == target:
        return _("{net} gives {out}, which is the target.").format(**shown)
    if _where_output_lies(seen) == 2:
        sentence = _(
            "{net} gives {out}, and half the squared distance to {target} is below the tolerance "
            "of {tolerance}."
        )
        tolerance = seen.moment.setup.tolerance
        if (out - target) ** 2 / 2 >= tolerance:  # on paper
            sentence = _(
                "{net} gives {out}, and half the squared distance to {target}, rounded to {error}, "
                "is below the tolerance of {tolerance}."
            )
            shown["error"] = seen.text("error")
        return sentence.format(tolerance=seen.numerals.exact(tolerance), **shown)
    if not 0 < target < 1:
        sentence = _("{out}: a sigmoid stays between 0 and 1, and the target of {target} does not.")
        return sentence.format(**shown)
    needed = math.log(target) - math.log1p(-target)
    if net == needed or (net < needed) != (out < target):  # numbers that are rounded
        return _("{net} gives {out}, and the target is {target}.").format(**shown)
    net_text, needed_text = seen.told_apart("net_o", needed)
    shown["net"] = f"{seen.symbol('net_o')} = {net_text}"
    sentence = _("{net} gives {out}; {target} would take {symbol} = {needed}.")
    return sentence.format(symbol=seen.symbol("net_o"), needed=needed_text, **shown)


def _how_steep(seen: _Numbers) -> int:
    return _steepness(seen.values["dout_o_dnet_o"])


def _steepness(slope: float) -> int:
    return 1 if slope >= STEEP else 3 if slope <= FLAT else 2


def _why_steep(seen: _Numbers) -> str:
    for digits in range(seen.numerals.digits, DIGITS_RANGE.stop):
        # It has more digits where they cancel, or where it would be on the other side of a bound.
        found = by_hand.operands(seen.moment, seen.numerals.with_digits(digits))
        if _steepness(float(decimal(found.value))) == _how_steep(seen):
            break
    sentence = _("{out} · (1 − {out}) = {slope}; for an output of {half} it would be {most}.")
    return sentence.format(
        out=found.texts["out_o"],
        slope=found.value,
        half=seen.numerals.exact(0.5),
        most=seen.numerals.exact(_STEEPEST),
    )


def _why_sign(seen: _Numbers) -> str:
    if zero := _zero_factor(seen, "de_dw2"):
        return zero
    slope = seen.values["de_dw2"]
    if slope == 0:
        return _("The product of the factors is so small that it is computed as 0.")
    if slope < 0:
        sentence = _("Of the factors only {factor} is negative: more {w} means less E.")
    else:
        sentence = _("{factor} is positive, as the other factors are: more {w} means more E.")
    return sentence.format(factor=seen.equation("de_dout_o"), w=seen.symbol("w2"))


def _zero_factor(seen: _Numbers, name: str) -> str:
    """Return that a factor of a gradient is 0, "" where none is."""
    for factor in seen.quantity(name).uses:
        if seen.values[factor] == 0:
            sentence = _("The factor {factor} is 0, so {gradient} is 0.")
            return sentence.format(factor=seen.symbol(factor), gradient=seen.symbol(name))
    return ""


def _which_is_larger(seen: _Numbers) -> int:
    first, second = abs(seen.values["de_dw1"]), abs(seen.values["de_dw2"])
    return 1 if first > second else 2 if first == second else 3


def _why_larger(seen: _Numbers) -> str:
    if seen.values["de_dw1"] == seen.values["de_dw2"] == 0:
        return _("Both gradients are 0.")
    if zero := _zero_factor(seen, "de_dw1"):
        return zero
    own = seen.quantity("de_dw1").uses[2:]  # but the two that both gradients have
    first = abs(math.prod(seen.values[name] for name in own))
    second = seen.values["dnet_o_dw2"]  # an output, which is not negative
    right = 1 if first > second else 2 if first == second else 3
    if right != _which_is_larger(seen):  # numbers that are rounded, or too small
        sizes = (abs(seen.values[name]) for name in ("de_dw1", "de_dw2"))
        texts = dict(zip(("size", "other"), seen.numerals.told_apart(*sizes), strict=True))
        sentence = _("In size {first} is {size}, and {second} is {other}.")
        return sentence.format(first=seen.symbol("de_dw1"), second=seen.symbol("de_dw2"), **texts)
    sentence = _(
        "The factors that they do not share make {first} for {w1}, {second} for {w2}, in size."
    )
    second_text, first_text = seen.told_apart("dnet_o_dw2", first)
    return sentence.format(
        first=first_text, second=second_text, w1=seen.symbol("w1"), w2=seen.symbol("w2")
    )


def _move(seen: _Numbers, weight: str) -> int:
    """Return which way a weight moves: 1 down, 2 not at all, 3 up."""
    return _by_sign(seen.values[_UPDATES[weight]] - seen.values[weight])


def _push(seen: _Numbers, weight: str) -> int:
    """Return which way the gradient of a weight moves it: 1 down, 2 not at all, 3 up."""
    gradient = seen.values[seen.moment.lesson.gradients[weight]]
    return _by_sign(-gradient) if seen.moment.setup.eta else 2


def _which_way(seen: _Numbers) -> int:
    moves = {_move(seen, weight) for weight in _UPDATES}
    return 1 if moves == {3} else 2 if moves == {1} else 3


def _why_way(seen: _Numbers) -> str:
    moves, pushes = ([way(seen, weight) for weight in _UPDATES] for way in (_move, _push))
    if moves == [2, 2] and seen.moment.setup.eta == 0:
        return _("η is 0, so no weight moves.")
    if moves != pushes or moves not in ([1, 1], [3, 3]):
        first, second = (_why_it_moves(seen, weight) for weight in _UPDATES)
        return _("{first}; {second}.").format(first=first, second=second)
    if moves == [3, 3]:
        sentence = _("The gradients {first} and {second} are negative, so both weights grow.")
    else:
        sentence = _("The gradients {first} and {second} are positive, so both weights shrink.")
    return sentence.format(first=seen.text("de_dw1"), second=seen.text("de_dw2"))


# By how a weight moves and which way its gradient moves it. On paper a weight that was given with
# more digits is rounded with its first update, which may take it the other way.
_WHY_IT_MOVES: Mapping[tuple[int, int], str] = {
    (1, 1): _("{w} shrinks, for {equation} is positive"),
    (3, 3): _("{w} grows, for {equation} is negative"),
    (2, 1): _("{w} stays, for η · {gradient} is too small to change it"),
    (2, 3): _("{w} stays, for η · {gradient} is too small to change it"),
    (2, 2): _("{w} stays, for {gradient} is 0"),
}
_ROUNDED: Mapping[int, str] = {
    1: _("{w} shrinks, for it is rounded to {new}"),
    3: _("{w} grows, for it is rounded to {new}"),
}


def _why_it_moves(seen: _Numbers, weight: str) -> str:
    move, push = _move(seen, weight), _push(seen, weight)
    if move == push == 2 and seen.moment.setup.eta == 0:
        sentence = _("{w} stays, for η is 0")
    else:
        sentence = _WHY_IT_MOVES.get((move, push)) or _ROUNDED[move]
    gradient = seen.moment.lesson.gradients[weight]
    return sentence.format(
        w=seen.symbol(weight),
        new=seen.text(_UPDATES[weight]),
        gradient=seen.symbol(gradient),
        equation=seen.equation(gradient),
    )


QUESTIONS: Mapping[str, _Asking] = {
    "out_o": _Asking(
        _("Where does the output lie, compared with the target of {target}?"),
        (_("below it"), _("on it: E ≈ 0"), _("above it")),
        _where_output_lies,
        _why_output,
        ("error",),
    ),
    "dout_o_dnet_o": _Asking(
        _("How steep is the sigmoid here? It is {most} at the most."),
        (_("{steep} or more"), _("in between"), _("{flat} or less")),
        _how_steep,
        _why_steep,
    ),
    "de_dw2": _Asking(
        _("What does E do if w₂ grows a little?"),
        (_("E shrinks"), _("E stays"), _("E grows")),
        lambda seen: _by_sign(seen.values["de_dw2"]),
        _why_sign,
    ),
    "de_dw1": _Asking(
        _("How large is ∂E/∂w₁ in size, beside ∂E/∂w₂ = {gradient}?"),
        (_("larger"), _("as large"), _("smaller")),
        _which_is_larger,
        _why_larger,
    ),
    "new_w1": _Asking(
        _("Which way do the weights move?"),
        (_("both grow"), _("both shrink"), _("neither of these")),
        _which_way,
        _why_way,
        ("new_w2",),
    ),
}
