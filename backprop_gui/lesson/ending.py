"""Why an iteration is the run's last one, in a sentence."""

from backprop_gui.core.run import Stop
from backprop_gui.lesson import notation, numbers
from backprop_gui.lesson.moment import Moment
from backprop_gui.system.texts import _


def why_it_ends(moment: Moment) -> str:
    """Return why the run ends with the moment's iteration; "" where it goes on."""
    iteration = numbers.count(moment.iteration)
    if moment.stop is Stop.TOLERANCE:
        return _("The run ends at iteration {iteration}: E is below the tolerance.").format(
            iteration=iteration
        )
    if moment.stop is Stop.MAX_ITERATIONS:
        return _("The run ends at iteration {iteration}: it is the last one allowed.").format(
            iteration=iteration
        )
    if moment.stop is Stop.NOT_FINITE:
        symbol = notation.plain(moment.lesson.steps[moment.last_step - 1].quantity.symbol)
        sentence = _("The run ends at iteration {iteration}: {symbol} is no longer finite.")
        return sentence.format(iteration=iteration, symbol=symbol)
    return ""
