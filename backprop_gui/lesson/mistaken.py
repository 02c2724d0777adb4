"""Iterations in which one line is computed by a mistaken formula."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from graphlib import CycleError, TopologicalSorter
from typing import Any, ClassVar

from backprop_gui.core.network import Iteration, Method, Setup
from backprop_gui.lesson import notation
from backprop_gui.lesson.arithmetic import DOUBLES
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.expression import Expression, uses
from backprop_gui.lesson.listing import code
from backprop_gui.lesson.mistakes import Mistake, mistakes

_Compute = Callable[[float, float, float, float, float], tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class Mistaken(Method):
    """The line `name` computed by its mistake `id`; `number`, from 1, tells those of one kind.

    All other lines are the article's, in doubles. Raises KeyError where there is no such mistake,
    or where the line would have to be known before itself.
    """

    name: str
    id: str
    number: int = 1

    is_mistaken: ClassVar[bool] = True

    def __post_init__(self) -> None:
        _compute(self.name, self.mistake.expression)

    @property
    def code(self) -> str:
        """The line, the mistake and, beyond 1, the number: de_dw1.left_out.2."""
        return f"{self.name}.{self.id}{f'.{self.number}' if self.number > 1 else ''}"

    @property
    def title(self) -> str:
        """What a person calls it: "∂E/∂w₁: the sign is the other one"."""
        return f"{notation.name(ARTICLE.quantities[self.name].symbol)}: {self.mistake.text}"

    @property
    def mistake(self) -> Mistake:
        """The mistake."""
        return _all_mistakes()[self.name, self.id, self.number]

    def iteration(self, setup: Setup, w1: float, w2: float) -> Iteration:
        """Return the iteration with the mistake in it."""
        compute = _compute(self.name, self.mistake.expression)
        return Iteration.of(compute(setup.input, setup.target, w1, w2, setup.eta))


def all_mistaken() -> Iterator[Mistaken]:
    """Yield every mistake that an iteration can have, line by line, the most common first."""
    for name in ARTICLE.step_of:
        yield from mistaken_in(name)


def mistaken_in(line: str) -> Iterator[Mistaken]:
    """Yield every mistake that one line can have, by its code name, the most common first."""
    for name, id, number in _all_mistakes():
        if name == line:
            yield Mistaken(name, id, number)


@lru_cache(maxsize=1)
def _all_mistakes() -> dict[tuple[str, str, int], Mistake]:
    found: dict[tuple[str, str, int], Mistake] = {}
    for name in ARTICLE.step_of:
        expression = ARTICLE.quantities[name].expression
        if expression is None:
            continue
        for mistake in mistakes(name, expression, ARTICLE):
            if not _can_be_computed(name, mistake.expression):
                continue
            number = 1
            while (name, mistake.id, number) in found:
                number += 1
            found[name, mistake.id, number] = mistake
    return found


def _can_be_computed(name: str, formula: Expression) -> bool:
    try:
        tuple(_order(name, formula))
    except CycleError:
        return False
    return True


def _order(name: str, formula: Expression) -> Iterator[str]:
    """Return the lines so that each comes after what it uses. Raises CycleError."""
    steps = ARTICLE.step_of
    needs = {each: ARTICLE.quantities[each].uses for each in steps} | {name: uses(formula)}
    graph = {each: [used for used in needs[each] if used in steps] for each in steps}
    return iter(tuple(TopologicalSorter(graph).static_order()))


@lru_cache(maxsize=32)
def _compute(name: str, formula: Expression) -> _Compute:
    """Return the function that computes all lines, with this formula for one of them.

    It is the program that Backprop shows, made of the same trees: a race has thousands of
    iterations, and reading the trees each time takes twenty times as long.
    """
    formulas = {each: q.expression for each, q in ARTICLE.quantities.items() if q.expression}
    formulas[name] = formula
    lines = "".join(f"    {each} = {code(formulas[each])}\n" for each in _order(name, formula))
    head = f"def compute({', '.join(each.name for each in ARTICLE.given)}):\n"
    source = f"{head}{lines}    return {', '.join(ARTICLE.step_of)}\n"
    known: dict[str, Any] = {"sigmoid": DOUBLES.sigmoid, **DOUBLES.functions}
    exec(compile(source, f"<{name}>", "exec"), known)  # noqa: S102 - of our own trees
    made: _Compute = known["compute"]
    return made
