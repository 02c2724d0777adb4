"""What is said of a working as a whole: whose numbers these look like, and what they hide."""

import math
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.lesson import notation
from backprop_gui.lesson.fields import FIELDS
from backprop_gui.lesson.hiding import Hidden, hidden
from backprop_gui.lesson.numbers import NumberError, Numerals
from backprop_gui.lesson.steps import Lesson
from backprop_gui.lesson.written_intervals import HALF
from backprop_gui.lesson.written_number import written_number
from backprop_gui.system.texts import _

_ENOUGH = 3  # lines from which a working can be told for another one's
_ITERATIONS = 12  # that are looked at
_MOST_NAMED = 3  # mistakes that are hidden
_UNITS, _PART = 6.0, 0.02  # of a number's last digit, and of itself: rounding adds up
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
    if is_wrong:
        if len(texts) >= _ENOUGH and len(set(texts.values())) == 1:
            return (_("All lines have the same number"),)
        return tuple(_whose(setup, w1, w2, texts, numerals, lesson))
    found = hiding(setup, w1, w2, texts, lesson)
    return (_hiding(found, numerals),) if found else ()


def hiding(
    setup: Setup, w1: float, w2: float, texts: dict[str, str], lesson: Lesson
) -> Hidden | None:
    """Return which mistakes would not show in right lines, if there are enough to say so."""
    return hidden(setup, w1, w2, tuple(texts), lesson) if len(texts) >= _ENOUGH else None


def _hiding(found: Hidden, numerals: Numerals) -> str:
    texts = tuple(dict.fromkeys(mistake.text for mistake in found.mistakes))
    sentence = _(
        "With these numbers nobody can see this mistake: {mistakes}. With {symbol} = {value} it "
        "would show"
    )
    if len(texts) > _MOST_NAMED:
        texts = (*texts[:_MOST_NAMED], _("and others"))
    return sentence.format(
        mistakes="; ".join(texts),
        symbol=_symbol(found.name),
        value=numerals.given(found.value),
    )


def _symbol(name: str) -> str:
    return next(notation.plain(field.symbol) for field in FIELDS if field.name == name)


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
            sentence = _("These look like the numbers of {symbol} = {value}")
            yield sentence.format(symbol=_symbol(name), value=numerals.given(value))
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
    true = dict(zip(lesson.step_of, lesson.compute(setup, w1, w2), strict=True))
    for name, text in texts.items():
        try:
            written = written_number(text, numerals)
        except NumberError:
            continue
        far = min(_UNITS * written.unit, _PART * abs(true[name]))
        if not abs(written.value - true[name]) <= max(far, HALF * written.unit):
            return False
    return True
