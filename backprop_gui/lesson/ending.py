"""Why an iteration is the run's last one: the only wording of it."""

from backprop_gui.core.run import Stop
from backprop_gui.lesson import notation
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.system.texts import _, ngettext


def why_it_ends(moment: Moment, numerals: Numerals) -> str:
    """Return why the run ends with the moment's iteration, in a sentence; "" where it goes on."""
    if moment.stop is None:
        return ""
    sentence = _("{reason}: the run ends at iteration {iteration}.")
    return sentence.format(
        reason=reason(moment, numerals), iteration=numerals.count(moment.iteration)
    )


def reason(moment: Moment, numerals: Numerals) -> str:
    """Return why the run ends with the moment's iteration, in a few words; "" where it goes on."""
    if moment.stop is Stop.TOLERANCE:
        tolerance = numerals.exact(moment.setup.tolerance)
        return _("E is below the tolerance of {tolerance}").format(tolerance=tolerance)
    if moment.stop is Stop.MAX_ITERATIONS:
        return ngettext(
            "The maximum of {count} iteration is reached",
            "The maximum of {count} iterations is reached",
            moment.iteration,
        ).format(count=numerals.count(moment.iteration))
    if moment.stop is Stop.NOT_FINITE:
        lost = moment.lesson.steps[moment.last_step - 1].quantity
        return _("{symbol} is no longer finite").format(symbol=notation.plain(lost.symbol))
    return ""
