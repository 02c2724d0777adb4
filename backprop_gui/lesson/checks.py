"""Our numbers beside something else: finite differences of E, and what the article prints."""

import math
import sys
from collections.abc import Iterator, Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import NamedTuple

from backprop_gui.core.network import Setup, forward
from backprop_gui.lesson import by_hand, notation
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.moment import Moment, Position
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.steps import Quantity
from backprop_gui.system.texts import _

ALL_DIGITS = 17  # the two are the same double
_FEW_DIGITS = 5  # fewer want an explanation
_EPSILON = sys.float_info.epsilon
_SMALLEST = math.ulp(0.0)


class GradientCheck(NamedTuple):
    """A gradient by back-propagation and by a central finite difference of E with this `step`.

    `agreeing_digits` is the number of significant digits in which they agree, ALL_DIGITS where
    they are equal, or None where a comparison means nothing; `remark` is a sentence on that, or
    on why so few digits agree. It is empty where there is nothing to explain.
    """

    name: str
    by_backpropagation: float
    by_difference: float
    step: float
    agreeing_digits: int | None
    remark: str

    @property
    def is_wrong(self) -> bool:
        """Whether they differ by more than a finite difference can be off."""
        digits = self.agreeing_digits
        return digits is not None and digits < _FEW_DIGITS and not self.remark


class Printed(NamedTuple):
    """A number of iteration 1 as the article prints it, and ours to as many decimals.

    `reason` says in sentences why they differ, or why a person who computes the article's line
    again gets another number; it is empty where there is nothing to say.
    """

    name: str
    printed: str
    ours: str
    agrees: bool
    reason: str


def gradient_checks(
    moment: Moment, numerals: Numerals = FILES, found: Mapping[str, float] | None = None
) -> tuple[GradientCheck, GradientCheck]:
    """Check ∂E/∂w1 and ∂E/∂w2 with the weights that the moment's iteration begins with.

    `found` are gradients by code name that somebody else has computed with these weights.
    """
    found = moment.values if found is None else found
    slope = abs(moment.values["dout_h_dnet_h"] * moment.w2)  # how net_o reacts to net_h
    levers = abs(moment.setup.input) * max(1.0, slope), moment.values["out_h"]
    return (
        _gradient_check(moment, "de_dw1", found["de_dw1"], levers[0], numerals),
        _gradient_check(moment, "de_dw2", found["de_dw2"], levers[1], numerals),
    )


def is_article(setup: Setup) -> bool:
    """Say whether iteration 1 of the setup is the one that the article prints."""
    article = Setup()
    given = ("input", "target", "w1", "w2", "eta")
    is_same = all(getattr(setup, name) == getattr(article, name) for name in given)
    return is_same and setup.method is None


class _Difference(NamedTuple):
    """A central finite difference, and by how much rounding and curvature may put it off."""

    value: float
    step: float
    noise: float
    bend: float

    @property
    def doubt(self) -> float:
        return self.noise + self.bend


def _gradient_check(
    moment: Moment, name: str, found: float, lever: float, numerals: Numerals
) -> GradientCheck:
    difference = _difference(moment, name, lever)
    values = found, difference.value
    digits: int | None = None
    if not all(map(math.isfinite, (*values, difference.step))):
        remark = _("E or its gradient is not finite here: there is nothing to compare.")
    elif found == difference.value and (found or not moment.values[name]):
        digits, remark = ALL_DIGITS, _remark_on_zero(moment, name)
    elif difference.doubt >= 0.1 * max(map(abs, values)):
        remark = _remark_on_doubt(difference, numerals)
    else:
        digits = _agreeing_digits(*values)
        is_explained = abs(found - difference.value) <= 4 * difference.doubt
        is_poor = digits < _FEW_DIGITS and is_explained
        remark = _("A finite difference cannot be more precise here.") if is_poor else ""
        if moment.setup.is_on_paper:
            rounded = _("Back-propagation is rounded on paper here ({how}).")
            remark = rounded.format(how=moment.how)
    return GradientCheck(name, *values, difference.step, digits, remark)


def _difference(moment: Moment, name: str, lever: float) -> _Difference:
    """Return (E(w + h) − E(w − h)) / 2h, where h moves no net input by much more than ε^⅓."""
    w = moment.w1 if name == "de_dw1" else moment.w2
    scale = min(max(1.0, abs(w)), 1.0 / lever if lever else math.inf)
    h = max(_EPSILON ** (1 / 3) * scale, math.ulp(w))
    fine, coarse = _chord(moment, name, w, h), _chord(moment, name, w, 2 * h)
    # The error by curvature grows with h², so the chord of 2h is off by four times as much.
    bend = abs(coarse.slope - fine.slope) / 3
    return _Difference(fine.slope, fine.half, _noise(moment, fine.error) / fine.half, bend)


class _Chord(NamedTuple):
    """The chord of E from w − h to w + h: slope, half its true width, the larger E at its ends."""

    slope: float
    half: float
    error: float


def _chord(moment: Moment, name: str, w: float, h: float) -> _Chord:
    ends = up, down = w + h, w - h
    if name == "de_dw1":
        errors = [forward(moment.setup, w1, moment.w2).error for w1 in ends]
    else:
        errors = [forward(moment.setup, moment.w1, w2).error for w2 in ends]
    width = up - down
    return _Chord((errors[0] - errors[1]) / width, width / 2, max(errors))


def _noise(moment: Moment, error: float) -> float:
    """Return by how much rounding alone may put such an E off: each operation by half an ε."""
    known = moment.values
    slope = known["dout_h_dnet_h"]
    by_net_h = abs(moment.w2 * slope * known["net_h"]) if slope else 0.0  # net_h may be infinite
    net_o = abs(known["net_o"]) + by_net_h
    out_o = known["out_o"] + known["dout_o_dnet_o"] * net_o
    remaining = math.sqrt(2 * error)
    return _EPSILON * (remaining * out_o + error) + _SMALLEST


def _agreeing_digits(a: float, b: float) -> int:
    largest = max(abs(a), abs(b))
    apart = abs(a / largest - b / largest)
    return max(0, min(ALL_DIGITS - 1, math.floor(-math.log10(apart)))) if apart else ALL_DIGITS


def _remark_on_zero(moment: Moment, name: str) -> str:
    path = [moment.values["de_dout_o"]]  # the factors that may be 0 in truth; a slope of σ never is
    if name == "de_dw1":
        path += [moment.setup.input, moment.w2]
    if moment.values[name] != 0 or 0 in path:
        return ""
    return _("Both are 0 because of rounding only: the true gradient is tiny, but not 0.")


def _remark_on_doubt(difference: _Difference, numerals: Numerals) -> str:
    if difference.noise >= difference.bend:
        return _("Too small for a finite difference: rounding alone changes it by {noise}.").format(
            noise=numerals.short(difference.noise, 3)
        )
    return _("E bends too much between w − h and w + h for a finite difference.")


# The fifteen numbers of iteration 1, character by character.
_PRINTED = {
    "net_h": ".05",
    "out_h": ".51249",
    "net_o": ".25624",
    "out_o": ".563711",
    "error": ".056545",
    "de_dout_o": "-.336289",
    "dout_o_dnet_o": ".24594",
    "dnet_o_dw2": ".51249",
    "de_dw2": "-.042386",
    "dnet_o_dout_h": ".5",
    "dout_h_dnet_h": ".24984",
    "dnet_h_dw1": ".1",
    "de_dw1": "-.001033",
    "new_w1": "0.5009298654",
    "new_w2": "0.538148",
}

# Where the article puts another text into a line than it printed before.
_PUT_IN = {"de_dw2": {"de_dout_o": "-.33628"}}


@lru_cache(maxsize=2)  # of the window, and of what is made for another person
def printed_in_article(numerals: Numerals = FILES) -> tuple[Printed, ...]:
    """Compare the fifteen numbers that the article prints for iteration 1 with ours."""
    setup = Setup()
    moment = Moment(setup, Position(1, ARTICLE.last_step), setup.w1, setup.w2)
    return tuple(_compared(moment, step.quantity, numerals) for step in ARTICLE.steps)


class _Line(NamedTuple):
    """A printed number, ours, and what a person gets from the numbers in the article's line.

    `inexact` names those of them which differ from ours.
    """

    printed: Decimal
    ours: float
    again: Decimal
    inexact: str
    numerals: Numerals

    @property
    def decimals(self) -> int:
        return _decimals(self.printed)

    @property
    def is_rounded(self) -> bool:
        return _rounded(Decimal(self.ours), self.decimals) == self.printed

    @property
    def is_cut(self) -> bool:
        return _cut(Decimal(self.ours), self.decimals) == self.printed

    @property
    def is_again_rounded(self) -> bool:
        return _rounded(self.again, self.decimals) == self.printed

    @property
    def follows(self) -> bool:
        return self.is_again_rounded or _cut(self.again, self.decimals) == self.printed

    @property
    def again_text(self) -> str:
        wanted = min(self.decimals + 2, max(self.decimals, _decimals(self.again)))
        return _text(float(self.again), wanted, self.numerals)


def _compared(moment: Moment, quantity: Quantity, numerals: Numerals) -> Printed:
    text = _PRINTED[quantity.name]
    line = _line(moment, quantity, numerals)
    reason = " ".join(_reasons(line))
    ours = _text(line.ours, line.decimals, numerals)
    return Printed(quantity.name, text, ours, line.is_rounded, reason)


def _line(moment: Moment, quantity: Quantity, numerals: Numerals) -> _Line:
    printed = _PRINTED | _PUT_IN.get(quantity.name, {})
    used = {name: printed.get(name) for name in quantity.uses}
    factors = {name: Decimal(text or repr(moment.values[name])) for name, text in used.items()}
    inexact = ", ".join(
        f"{notation.plain(ARTICLE.quantities[name].symbol)} = {numerals.signed(text)}"
        for name, text in used.items()
        if text and float(text) != moment.values[name]
    )
    again = by_hand.computed(quantity, factors)
    ours = moment.values[quantity.name]
    return _Line(Decimal(_PRINTED[quantity.name]), ours, again, inexact, numerals)


def _reasons(line: _Line) -> Iterator[str]:
    if not line.is_rounded:
        yield _reason(line)
    if not line.follows:
        yield _(
            "The numbers in this line give {value}: the article uses more digits than it prints."
        ).format(value=line.again_text)


def _reason(line: _Line) -> str:
    more = _text(line.ours, line.decimals + 2, line.numerals)
    follows = line.follows and bool(line.inexact)
    if line.is_cut and follows:
        sentence = _(
            "Cut off, not rounded: the value is {more} (and {again} from {used}, as printed)."
        )
    elif line.is_cut:
        sentence = _("Cut off, not rounded: the value is {more}.")
    elif follows and line.is_again_rounded:
        sentence = _("Computed from {used}, as printed: that gives {again}.")
    elif follows:
        sentence = _("Computed from {used}, as printed: that gives {again}, then cut off.")
    else:
        sentence = _("It differs from ours by {apart}; cutting off digits does not explain that.")
    apart = line.numerals.short(abs(float(line.printed) - line.ours), 2)
    return sentence.format(more=more, again=line.again_text, used=line.inexact, apart=apart)


def _decimals(x: Decimal) -> int:
    exponent = x.normalize().as_tuple().exponent
    return max(0, -int(exponent))


def _rounded(x: Decimal, decimals: int) -> Decimal:
    return x.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _cut(x: Decimal, decimals: int) -> Decimal:
    return x.quantize(Decimal(1).scaleb(-decimals), ROUND_DOWN)


def _text(x: float, decimals: int, numerals: Numerals) -> str:
    """Return a number below 1 with so many decimals."""
    return numerals.short(x, max(1, decimals + Decimal(x).adjusted() + 1))
