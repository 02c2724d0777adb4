"""Numbers that hide a mistake: it gives what is right, as where both weights are equal."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import lru_cache
from typing import Any, NamedTuple

from backprop_gui.core.network import Setup
from backprop_gui.lesson.arithmetic import DOUBLES, value
from backprop_gui.lesson.expression import Expression
from backprop_gui.lesson.mistakes import Mistake, mistakes
from backprop_gui.lesson.steps import Lesson

_STEPS = (1, -1, 2, -2, 3, -3, 5, -5)  # tenths by which a value of the setup is changed
_RARE = ("wrong_quantity",)  # two numbers of a setup may well be equal
_SAME = 1e-9  # relative: whatever is nearer has the same digits on paper
# Numbers in which no two things are equal: what is hidden here gives the right value always.
_ORDINARY = Setup(input=0.37, target=0.71, w1=0.53, w2=-0.83, eta=0.29)


_Keyed = tuple[tuple[str, Expression], Mistake]  # by its line and its formula


class Hidden(NamedTuple):
    """Mistakes that cannot be seen, and the nearest value of the setup with which they can.

    They are those of the most common kind, and the others that the same value shows.
    """

    mistakes: tuple[Mistake, ...]
    name: str
    value: float


@lru_cache(maxsize=16)
def hidden(
    setup: Setup, w1: float, w2: float, names: tuple[str, ...], lesson: Lesson
) -> Hidden | None:
    """Return mistakes that lines of an iteration hide, or None where they hide none.

    `names` are the code names of the lines.
    """
    candidates = _candidates(names, lesson)
    found = dict(_hidden(_numbers(setup, w1, w2, lesson), candidates))
    if not found:
        return None
    common = min(found.values(), key=lambda mistake: mistake.rank).id
    for name, new in _near(setup, w1, w2):
        still = dict(_hidden(_numbers(*_changed(setup, w1, w2, name, new), lesson), candidates))
        is_shown = all(mistake.id != common for mistake in still.values())
        if is_shown and still.keys() <= found.keys():
            shown = tuple(mistake for key, mistake in found.items() if key not in still)
            return Hidden(shown, name, new)
    return None


def _hidden(numbers: Mapping[str, float], candidates: Iterable[_Keyed]) -> Iterator[_Keyed]:
    for key, mistake in candidates:
        name = key[0]
        given = value(mistake.expression, numbers, DOUBLES)
        if abs(given - numbers[name]) <= _SAME * abs(numbers[name]):
            yield key, mistake


@lru_cache(maxsize=16)
def _candidates(names: tuple[str, ...], lesson: Lesson) -> tuple[_Keyed, ...]:
    """Return the mistakes in some lines that some numbers show."""
    everything = [
        ((name, mistake.expression), mistake)
        for name in names
        if (formula := lesson.quantities[name].expression) is not None
        for mistake in mistakes(name, formula, lesson)
        if mistake.id not in _RARE
    ]
    numbers = _numbers(_ORDINARY, _ORDINARY.w1, _ORDINARY.w2, lesson)
    never_seen = dict(_hidden(numbers, everything))
    return tuple(each for each in everything if each[0] not in never_seen)


def _near(setup: Setup, w1: float, w2: float) -> Iterator[tuple[str, float]]:
    """Yield changed values of the setup, the nearest first."""
    now = {"w2": w2, "w1": w1, "eta": setup.eta, "input": setup.input, "target": setup.target}
    for step in _STEPS:
        for name, old in now.items():
            new = round(old + step / 10, 10)
            if name != "eta" or new > 0.0:
                yield name, new


def _changed(
    setup: Setup, w1: float, w2: float, name: str, new: float
) -> tuple[Setup, float, float]:
    changed: dict[str, Any] = {name: new}
    return replace(setup, **changed), (new if name == "w1" else w1), (new if name == "w2" else w2)


def _numbers(setup: Setup, w1: float, w2: float, lesson: Lesson) -> dict[str, float]:
    given = {each.name: float(getattr(setup, each.name)) for each in lesson.given}
    computed = zip(lesson.step_of, lesson.compute(setup, w1, w2), strict=True)
    return given | {"w1": w1, "w2": w2} | dict(computed)
