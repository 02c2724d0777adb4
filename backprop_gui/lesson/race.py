"""A run with a mistake beside the right one: where its steps point, and what a check finds.

A falling error proves nothing: most mistakes still learn. What tells them is the angle between a
step and −∇E, the direction in which E falls fastest, and a finite difference of E.
"""

import math
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from backprop_gui.core.iteration import at_once, error, iteration
from backprop_gui.core.kept_run import KeptRun
from backprop_gui.core.network import Setup, backward, forward
from backprop_gui.core.run import Run, Stop
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.checks import GradientCheck, gradient_checks
from backprop_gui.lesson.expression import Expression, Reference, replaced, uses
from backprop_gui.lesson.mistaken import Mistaken, mistaken_in
from backprop_gui.lesson.moment import Moment, Position
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.verdicts import Cause, CheckedLine, CheckedWorking, Verdict

_TIMES, _LEAST, _MOST = 10, 1_000, 100_000  # how far a mistake is raced


class RacedStep(NamedTuple):
    """One iteration of a run with a mistake, beside the exact gradient at the same weights.

    `step` is by how much it changes (w1, w2), and `descent` is −∇E; `angle` is between them, in
    degrees from 0 to 180, None where one of them has no direction. `checks` compare the run's own
    ∂E/∂w1 and ∂E/∂w2 with central differences of the exact E.
    """

    iteration: int
    step: tuple[float, float]
    descent: tuple[float, float]
    angle: float | None
    checks: tuple[GradientCheck, GradientCheck]


class Race(NamedTuple):
    """A run with a mistake, as far as it is known.

    `at` is the iteration that was asked for, or the last one with a step, None where there is no
    step at all. `errors` are E of the first and of the `last` iteration as the run computes it,
    `least` is the least at any checkpoint, and `true_errors` are the exact E at the weights of
    `errors`. `is_finite` says whether its numbers stay so to the end, and `is_learned` whether the
    run ended because its E is below the tolerance. `right_last` is the iteration in which the right
    run does, None where it soon does not.
    """

    mistaken: Mistaken
    at: RacedStep | None
    last: int
    errors: tuple[float, float]
    least: float
    true_errors: tuple[float, float]
    is_learned: bool
    is_finite: bool
    right_last: int | None


def raced_step(
    setup: Setup, iteration_number: int, w1: float, w2: float, numerals: Numerals = FILES
) -> RacedStep:
    """Return what a setup's method makes of an iteration that begins with these weights."""
    made = iteration(setup, w1, w2)
    right = setup.exact
    exact = backward(right, w2, forward(right, w1, w2))
    step = made.updated.new_w1 - w1, made.updated.new_w2 - w2
    descent = -exact.de_dw1, -exact.de_dw2
    moment = Moment(right, Position(iteration_number, ARTICLE.last_step), w1, w2)
    checks = gradient_checks(moment, numerals, made.found._asdict())
    return RacedStep(iteration_number, step, descent, _angle(step, descent), checks)


def race_of(kept: KeptRun, wanted: int, numerals: Numerals = FILES) -> Race | None:
    """Return how a kept run with a mistake stands at an iteration, from 1.

    Where the run is shorter, it is its last iteration with a step. Returns None for a run without
    a mistake, and while its iterations are not computed.
    """
    setup, trace = kept.setup, kept.trace
    if not isinstance(setup.method, Mistaken) or trace is None or not kept.is_whole:
        return None
    last = kept.last
    stepping = min(wanted, last - 1 if kept.stop else last)  # the one that ends a run has none
    at = raced_step(setup, stepping, *trace.weights(stepping), numerals) if stepping else None
    ends = (setup.w1, setup.w2), trace.weights(last)
    right = setup.exact
    return Race(
        setup.method,
        at,
        last,
        (error(setup, *ends[0]), error(setup, *ends[1])),
        min(filter(math.isfinite, trace.errors), default=math.inf),
        (error(right, *ends[0]), error(right, *ends[1])),
        is_learned=bool(kept.stop) and error(setup, *ends[1]) < setup.tolerance,
        is_finite=kept.stop is not Stop.NOT_FINITE,
        right_last=_learned_after(right),
    )


def raced_length(setup: Setup) -> int:
    """Return how many iterations of a mistake are worth to be seen beside the right run.

    Ten times as many as that has; a mistake that needs more would make its curve too small.
    """
    last, stop = _right_end(setup.exact)
    wanted = max(_LEAST, _TIMES * last) if stop else _MOST
    return min(setup.max_iterations, wanted, _MOST)


def _learned_after(right: Setup) -> int | None:
    last, stop = _right_end(right)
    return last if stop is Stop.TOLERANCE else None


@lru_cache(maxsize=8)  # it is read at every iteration that is shown
def _right_end(right: Setup) -> tuple[int, Stop | None]:
    """Return the last iteration of a right run and why it ends, as far as that is soon known."""
    run = Run(right)
    run.advance(min(at_once(right), _MOST) - 1)
    return run.iteration, run.stop


def raceable_causes(line: CheckedLine, checked: CheckedWorking) -> dict[Mistaken, Cause]:
    """Return what can be raced of what was found about a line, each with its cause."""
    pairs = ((raceable(line.name, cause, checked), cause) for cause in line.causes)
    return {mistaken: cause for mistaken, cause in pairs if mistaken}


def raceable(name: str, cause: Cause, checked: CheckedWorking) -> Mistaken | None:
    """Return the mistake to race for what was found about the line `name` of a working.

    None where no single line computed wrongly is that cause: two mistakes, a slip of the fingers,
    or a mistake made within this line only with a number that was written right before it.
    """
    missing = [line.name for line in checked.lines if line.verdict in _UNWRITTEN]
    for line in (name, *_put_into(name, missing)):
        for mistaken in mistaken_in(line):
            mistake = mistaken.mistake
            formulas = {line: mistake.expression}
            trees = {_expanded(name, (), formulas), _expanded(name, missing, formulas)}
            if mistake.id == cause.id and cause.expression in trees:
                return mistaken
    return None


_UNWRITTEN = (Verdict.MISSING, Verdict.UNREADABLE)


def _put_into(name: str, missing: list[str]) -> Iterator[str]:
    """Yield the lines without a number from which a line was computed."""
    for used in ARTICLE.quantities[name].uses:
        if used in missing:
            yield used
            yield from _put_into(used, missing)


def _expanded(
    name: str, missing: list[str] | tuple[()], formulas: dict[str, Expression]
) -> Expression:
    """Return a line's formula, or its mistaken one, with those of missing lines put in."""
    tree = formulas.get(name) or ARTICLE.quantities[name].expression or Reference(name)
    for used in uses(tree):
        if used in missing:
            tree = replaced(tree, Reference(used), _expanded(used, missing, formulas))
    return tree


def _angle(one: tuple[float, float], other: tuple[float, float]) -> float | None:
    """Return the angle between two directions in degrees, None where one of them is none."""
    if not (_is_direction(one) and _is_direction(other)):
        return None
    (a, b), (c, d) = _scaled(one), _scaled(other)
    return math.degrees(math.atan2(abs(a * d - b * c), a * c + b * d))


def _is_direction(vector: tuple[float, float]) -> bool:
    return any(vector) and all(map(math.isfinite, vector))


def _scaled(vector: tuple[float, float]) -> tuple[float, float]:
    """Return a vector of the same direction whose products neither vanish nor overflow."""
    largest = max(map(abs, vector))
    return vector[0] / largest, vector[1] / largest
