"""What is said of a working as a whole: whose numbers these look like, and what they hide."""

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.lesson import notation
from backprop_gui.lesson.fields import FIELDS
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.steps import Lesson
from backprop_gui.system.texts import _

_ENOUGH = 3  # lines from which a working can be told for another one's
_ITERATIONS = 12  # that are looked at
_UNITS = 6.0  # of a number's last digit: rounding adds up
_DIGITS = 3  # to which a value of the setup is guessed


def remarks(
    setup: Setup,
    w1: float,
    w2: float,
    texts: dict[str, str],
    numerals: Numerals,
    lesson: Lesson,
    *,
    is_wrong: bool,
) -> tuple[str, ...]:
    """Return sentences on a working as a whole, a line of which is wrong or is not."""
    if not texts:
        return ()
    found: list[str] = []
    if is_wrong:
        found += _whose(setup, w1, w2, texts, numerals, lesson)
    elif w1 == w2 and len(texts) >= _ENOUGH:
        found.append(_hidden(w1, numerals))
    return tuple(found)


def _hidden(weight: float, numerals: Numerals) -> str:
    sentence = _(
        "w₁ and w₂ are equal, so these numbers would hide that the weights were exchanged: "
        "with w₂ = {other} it would show"
    )
    return sentence.format(other=numerals.given(round(weight + 0.1, 10)))


def _whose(
    setup: Setup, w1: float, w2: float, texts: dict[str, str], numerals: Numerals, lesson: Lesson
) -> Iterator[str]:
    """Yield whose numbers these look like, where they are right for others."""
    if len(texts) < _ENOUGH:
        return
    for iteration, weights in _iterations(setup):
        if weights != (w1, w2) and _is_right(setup, *weights, texts, numerals, lesson):
            sentence = _("These look like the numbers of iteration {iteration}")
            yield sentence.format(iteration=numerals.count(iteration))
            return
    for name, value in _other_values(setup, w1, w2, texts, numerals):
        changed: dict[str, Any] = {name: value}
        other = replace(setup, **changed)
        weights = (other.w1 if name == "w1" else w1), (other.w2 if name == "w2" else w2)
        if _is_right(other, *weights, texts, numerals, lesson):
            symbol = next(notation.plain(field.symbol) for field in FIELDS if field.name == name)
            sentence = _("These look like the numbers of {symbol} = {value}")
            yield sentence.format(symbol=symbol, value=numerals.given(value))
            return


def _iterations(setup: Setup) -> Iterator[tuple[int, tuple[float, float]]]:
    run = Run(setup)
    run.advance(_ITERATIONS)
    for iteration in range(1, run.iteration + 1):
        yield iteration, run.weights(iteration)


def _other_values(
    setup: Setup, w1: float, w2: float, texts: dict[str, str], numerals: Numerals
) -> Iterator[tuple[str, float]]:
    """Yield values of the setup from which a line's number would follow."""
    from backprop_gui.lesson.numbers import NumberError
    from backprop_gui.lesson.written_number import written_number

    def number(name: str) -> float | None:
        try:
            return written_number(texts[name], numerals).value if name in texts else None
        except NumberError:
            return None

    net_h, out_h, net_o, out_o = map(number, ("net_h", "out_h", "net_o", "out_o"))
    de_dout_o, step, gradient = map(number, ("de_dout_o", "new_w2", "de_dw2"))
    guesses = (
        ("w1", net_h, setup.input),
        ("input", net_h, w1),
        ("w2", net_o, out_h),
    )
    for name, product, factor in guesses:
        if product is not None and factor:
            yield from _rounded(name, product / factor)
    if de_dout_o is not None and out_o is not None:
        yield from _rounded("target", out_o - de_dout_o)
    if step is not None and gradient:
        eta = (w2 - step) / gradient
        if eta >= 0:
            yield from _rounded("eta", eta)


def _rounded(name: str, value: float) -> Iterator[tuple[str, float]]:
    """Yield a value with few digits: a setup has round numbers."""
    if not math.isfinite(value):
        return
    for digits in range(1, _DIGITS + 1):
        rounded = float(f"{value:.{digits}g}")
        if math.isfinite(rounded):
            yield name, rounded


def _is_right(
    setup: Setup,
    w1: float,
    w2: float,
    texts: dict[str, str],
    numerals: Numerals,
    lesson: Lesson,
) -> bool:
    """Say whether all numbers that can be read are those of this setup, to their digits."""
    from backprop_gui.lesson.numbers import NumberError
    from backprop_gui.lesson.written_number import written_number

    true = dict(zip(lesson.step_of, lesson.compute(setup, w1, w2), strict=True))
    for name, text in texts.items():
        try:
            written = written_number(text, numerals)
        except NumberError:
            continue
        if not abs(written.value - true[name]) <= _UNITS * written.unit:
            return False
    return True
