"""A run that stays for comparison with the present one."""

from dataclasses import dataclass, field

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Stop, Trace
from backprop_gui.system.texts import _

MOST_KEPT = 8  # as many as the eye can tell apart
USUAL_COLOUR = "muted"


@dataclass(frozen=True, slots=True)
class KeptRun:
    """The first `iterations` of a setup's run, under a name and in a colour.

    `id`, from 1, is its own within an experiment and stays; `colour` is the name of an ink. The
    rest follows from these, so two kept runs are equal without it: `stop`, why the run ends with
    its last iteration, or None; `trace`, as far as it is computed, and whether it `is_whole`.
    """

    id: int
    name: str
    colour: str
    setup: Setup
    iterations: int
    stop: Stop | None = field(default=None, compare=False)
    trace: Trace | None = field(default=None, compare=False, repr=False)
    is_whole: bool = field(default=False, compare=False, repr=False)

    @staticmethod
    def numbered(id: int, setup: Setup, iterations: int) -> "KeptRun":
        """Return the run with this id under its usual name and in the usual colour."""
        name = _("Run {number}").format(number=id)
        return KeptRun(id, name, USUAL_COLOUR, setup, iterations)
