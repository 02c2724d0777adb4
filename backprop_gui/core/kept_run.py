"""A run that stays for comparison with the present one."""

from dataclasses import dataclass, field

from backprop_gui.core.iteration import error
from backprop_gui.core.network import Setup
from backprop_gui.core.run import Stop, Trace
from backprop_gui.system.texts import _

MOST_KEPT = 24  # as many as there are colours with dashes, see `drawing/run_style.py`
FADED = "muted"  # the colour of all runs in files of former versions
COLOURS = tuple(f"run-{number}" for number in range(1, MOST_KEPT + 1))


@dataclass(frozen=True, slots=True)
class KeptRun:
    """The first `iterations` of a setup's run, under a name and in a colour.

    `id`, from 1, is its own within an experiment and stays; `colour` is one of COLOURS, or of a
    former version; `is_shown` is whether its curve is drawn. `is_own` says that a person wants it:
    it was kept, named or computed at their wish, and never makes room for another. The rest follows
    from these, so two kept runs are equal without it: `stop`, why the run ends with its last
    iteration, or None; `trace`, as far as it is computed, and whether it `is_whole`.
    """

    id: int
    name: str
    colour: str
    setup: Setup
    iterations: int
    stop: Stop | None = field(default=None, compare=False)
    trace: Trace | None = field(default=None, compare=False, repr=False)
    is_whole: bool = field(default=False, compare=False, repr=False)
    is_shown: bool = True
    is_own: bool = False

    @property
    def last(self) -> int:
        """The last iteration that it has; a file may say more than the run has."""
        is_over = self.is_whole and self.stop is not None and self.trace is not None
        return self.trace.iterations[-1] if is_over and self.trace else self.iterations

    def error(self, iteration: int) -> float | None:
        """Return E of an iteration, from 1, or None where it is beyond what is known."""
        if self.trace is None or not self._knows(iteration):
            return None
        return error(self.setup, *self.trace.weights(iteration))

    def _knows(self, iteration: int) -> bool:
        known = self.last if self.is_whole or not self.trace else self.trace.iterations[-1]
        return iteration <= min(known, self.last)

    @staticmethod
    def numbered(id: int, setup: Setup, iterations: int) -> "KeptRun":
        """Return the run with this id as former versions had it: with a number, and faded."""
        name = _("Run {number}").format(number=id)
        return KeptRun(id, name, FADED, setup, iterations)
