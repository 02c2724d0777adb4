"""What a lesson is made of: quantities that are given, and steps that compute the others."""

from collections.abc import Callable, Iterable, Mapping
from enum import Enum
from typing import Final, NamedTuple

from backprop_gui.core.network import Setup
from backprop_gui.lesson.expression import Expression, uses
from backprop_gui.system.texts import _


class Phase(Enum):
    """The three parts of an iteration."""

    FORWARD = "forward"
    BACKWARD = "backward"
    UPDATE = "update"

    @property
    def title(self) -> str:
        """What the phase is called."""
        return _PHASE_TITLES[self]


_PHASE_TITLES = {
    Phase.FORWARD: _("Forward"),
    Phase.BACKWARD: _("Backward"),
    Phase.UPDATE: _("Update"),
}


class Quantity(NamedTuple):
    """A number that the lesson speaks of.

    `name` is its name in code and files, `symbol` is in the notation of `notation`, `title` is
    what it is called, `expression` is its formula, None where it is given, and `spoken` is how
    its symbol is read aloud.
    """

    name: str
    symbol: str
    title: str
    expression: Expression | None
    spoken: str

    @property
    def uses(self) -> tuple[str, ...]:
        """The code names of the quantities in the formula, each once, in reading order."""
        return uses(self.expression) if self.expression else ()


class Step(NamedTuple):
    """One computation of an iteration; `number` counts from 1, `why` is a sentence."""

    number: int
    phase: Phase
    quantity: Quantity
    why: str


class Lesson:
    """What is taught: the quantities given, and the steps of an iteration. It never changes.

    `stop_step` is the step after which a run may stop: no later one is computed then. `gradients`
    has the code names of weights and their gradients; `watched` those of the quantities that tell
    how a run gets on. `compute` gives the values of all steps, in their order, from a setup and
    the weights w1 and w2 that the iteration begins with.

    `quantities` has all of them by their code names, those given first; `step_of` has the numbers
    of the steps by the code names of what they compute; with the steps `phase_ends` phases end.
    """

    def __init__(
        self,
        given: tuple[Quantity, ...],
        steps: tuple[Step, ...],
        stop_step: int,
        gradients: Mapping[str, str],
        watched: tuple[str, ...],
        compute: Callable[[Setup, float, float], Iterable[float]],
    ) -> None:
        self.given: Final = given
        self.steps: Final = steps
        self.stop_step: Final = stop_step
        self.gradients: Final = gradients
        self.watched: Final = watched
        self.compute: Final = compute
        self.first_step: Final = steps[0].number
        self.last_step: Final = steps[-1].number
        made = {step.quantity.name: step.quantity for step in steps}
        self.quantities: Final[Mapping[str, Quantity]] = {q.name: q for q in given} | made
        self.step_of: Final[Mapping[str, int]] = {step.quantity.name: step.number for step in steps}
        self.phase_ends: Final = tuple({step.phase: step.number for step in steps}.values())
        self._formulas: dict[str, str] = {}

    def phase_end_after(self, step: int) -> int | None:
        """Return the end of the first phase that ends after a step, or None."""
        return next((end for end in self.phase_ends if end > step), None)

    def phase_end_before(self, step: int) -> int | None:
        """Return the end of the last phase that ends before a step, or None."""
        return next((end for end in reversed(self.phase_ends) if end < step), None)

    def all_steps(self, iteration: int = 1) -> str:
        """Return all steps of an iteration as a text of positions: 1:1-15."""
        return f"{iteration}:{self.first_step}-{self.last_step}"

    def formula(self, quantity: Quantity) -> str:
        """Return a quantity's formula with symbols, in `notation`; "" where it is given."""
        if quantity.name not in self._formulas:  # each is asked for at every step
            self._formulas[quantity.name] = self._written(quantity)
        return self._formulas[quantity.name]

    def _written(self, quantity: Quantity) -> str:
        # Imported where it is used: the first frame does without.
        from backprop_gui.lesson.written import Piece, as_text, written

        if quantity.expression is None:
            return ""
        symbols = ((name, self.quantities[name].symbol) for name in quantity.uses)
        pieces = {name: Piece(symbol, "", name) for name, symbol in symbols}
        return as_text(written(quantity.expression, lambda name, _is_inner: pieces[name]))
