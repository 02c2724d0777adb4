"""What to say of a run that has stopped: why, with which numbers, and what that means."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from backprop_gui.core.run import Known, Stop
from backprop_gui.lesson import by_hand, notation, numbers
from backprop_gui.lesson.ending import reason
from backprop_gui.lesson.moment import Moment, Position, end_of
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.system.texts import _

_FLAT = 1e-3  # a sigmoid with a slope below this is called saturated
_STEEP = 0.02  # and it was not, with one above this; at most it is 0.25


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a run ended.

    `is_learned` says whether the error got below the tolerance, `headline` says why the run ended;
    `remarks` are sentences on what that means; `report` has the pairs (label, number) that the
    article's program prints at the end.
    """

    is_learned: bool
    headline: str
    remarks: tuple[str, ...]
    report: tuple[tuple[str, float], ...]


def outcome(run: Known, numerals: Numerals = FILES) -> Outcome:
    """Return what to say of a stopped run. Raises ValueError where it can still go on."""
    if run.stop is None:
        raise ValueError("the run has not stopped")
    end, numerals = end_of(run), numerals.of(run.setup)
    is_learned = run.stop is Stop.TOLERANCE
    is_idle = run.stop is Stop.MAX_ITERATIONS and _is_unchanged(run, end)
    headline = _("E no longer changes") if is_idle else reason(end, numerals)
    return Outcome(is_learned, headline, tuple(_remarks(run, end, numerals)), report(end))


def report(moment: Moment) -> tuple[tuple[str, float], ...]:
    """Return the article's last lines as pairs of a label and a number: a count as an int."""
    return (
        (_("target"), moment.setup.target),
        (_("output"), moment.values["out_o"]),
        ("E", moment.values["error"]),
        (notation.plain("w_1"), moment.w1),
        (notation.plain("w_2"), moment.w2),
        (_("iterations"), moment.iteration),
    )


def _is_unchanged(run: Known, end: Moment) -> bool:
    if run.iteration == 1:
        return False
    before = end_of(run, run.iteration - 1)
    return before.values["error"] == end.values["error"]


def _remarks(run: Known, end: Moment, numerals: Numerals) -> Iterator[str]:
    setup = run.setup
    if run.stop is Stop.NOT_FINITE:
        quantity = end.step.quantity
        yield _(
            "In iteration {iteration} the {title} ({symbol}) goes beyond the largest double, "
            "about 1.8·10³⁰⁸. Smaller values in the setup avoid that."
        ).format(
            iteration=numerals.count(run.iteration),
            title=quantity.title,
            symbol=notation.plain(quantity.symbol),
        )
    if run.stop is Stop.MAX_ITERATIONS and run.settled_at is not None:
        yield _(
            "From iteration {iteration} on every update is too small to change a digit of a "
            "weight, so all iterations up to the maximum of {count} are the same."
        ).format(
            iteration=numerals.count(run.settled_at), count=numerals.count(setup.max_iterations)
        )
    if run.stop is Stop.MAX_ITERATIONS and run.cycle:
        yield _(
            "From iteration {iteration} on the weights come back every {length} iterations: the "
            "run goes round in a circle, up to the maximum of {count}."
        ).format(
            iteration=numerals.count(run.cycle.first),
            length=numerals.count(run.cycle.length),
            count=numerals.count(setup.max_iterations),
        )
    if setup.eta == 0:
        yield _("With a learning rate of 0, no weight ever changes.")
    if not 0 < setup.target < 1 and run.stop is not Stop.TOLERANCE:
        yield _(
            "The target {target} cannot be reached: the output of a sigmoid is greater than 0 and "
            "less than 1."
        ).format(target=numerals.exact(setup.target))
    if setup.input == 0:
        yield _("The input is 0, so ∂E/∂w₁ is 0 too and w₁ does not learn.")
    yield from _remarks_on_saturation(run, end, numerals)


def _remarks_on_saturation(run: Known, end: Moment, numerals: Numerals) -> Iterator[str]:
    first = end_of(run, 1)
    if run.iteration > 1:
        second = end_of(run, 2)
        if _slope(first) > _STEEP and _slope(second) < _FLAT:
            yield _(
                "With η = {eta} the first update takes w₂ from {old} to {new}, far into "
                "saturation: there the sigmoid is flat, and the gradients are near 0."
            ).format(
                eta=numerals.exact(run.setup.eta),
                old=numerals.short(first.w2),
                new=numerals.short(second.w2),
            )
            return
    if run.stop is Stop.MAX_ITERATIONS and _slope(end) < _FLAT:
        # So many digits of the output that its slope follows from them.
        step = end.lesson.step_of["dout_o_dnet_o"]
        at_slope = replace(end, position=Position(end.iteration, step))
        out = by_hand.operands(at_slope, numerals.with_digits(2)).texts["out_o"]
        yield _(
            "The output neuron is saturated: {symbol} {sign} {out} lies on a flat part of the "
            "sigmoid. Its slope there is only {slope}, so both gradients are near 0."
        ).format(
            symbol=notation.plain("out_o"),
            sign=numbers.relation(out, end.values["out_o"]),
            out=out,
            slope=numerals.short(_slope(end), 2),
        )


def _slope(moment: Moment) -> float:
    return moment.values["dout_o_dnet_o"]
