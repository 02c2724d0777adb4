"""What each option of an export needs: where it would do nothing, it is refused, or not asked."""

from collections.abc import Callable
from typing import NamedTuple

from backprop_gui.export import formats
from backprop_gui.export.contents import What
from backprop_gui.export.formats import Can, Format
from backprop_gui.system.texts import _

# By their names on the command line.
OPTIONS = {
    "what": Can.CHOOSE,
    "positions": Can.GO_TO,
    "theme": Can.COLOUR,
    "transparent": Can.BE_CLEAR,
    "size": Can.MEASURE,
    "large": Can.ENLARGE,
    "caption": Can.CAPTION,
    "texts": Can.OUTLINE,
    "digits": Can.ROUND,
    "title": Can.HEAD,
    "seconds": Can.MOVE,
    "loops": Can.LOOP,
    "per-page": Can.PAGE,
    "blanked": Can.BE_EXAMPLE,
    "every": Can.BE_DATA,
    "separator": Can.SEPARATE,
    "decimal": Can.SEPARATE,
}


class Plan(NamedTuple):
    """An export, as far as the use of its options depends on it; `is_one` is of one position."""

    kind: Format
    what: What
    is_one: bool = False
    is_large: bool = False


_OBSTACLES: tuple[tuple[Can, Callable[[Plan], bool], str], ...] = (
    (
        Can.CHOOSE,
        lambda plan: plan.kind is formats.PPTX,
        _("a slide has the network, the formula and a chart"),
    ),
    (
        Can.MOVE | Can.LOOP,
        lambda plan: plan.is_one and Can.LOOP in plan.kind.can,
        _("one position alone does not move"),
    ),
    (
        Can.OUTLINE,
        lambda plan: Can.PAGE in plan.kind.can and not plan.is_one,
        _("the letters of several pages stay text"),
    ),
    (
        Can.ROUND,
        lambda plan: plan.is_large and Can.ENLARGE in plan.what.can,
        _("large pictures have few digits"),
    ),
)


def refusal(name: str, plan: Plan) -> str:
    """Return why an option would do nothing, for after its name, or "" where it does something."""
    needed, suffix = OPTIONS[name], plan.kind.suffix
    for lost, is_so, reason in _OBSTACLES:
        if needed in lost and needed in plan.what.can and is_so(plan):
            return _("is of no use for {suffix}: {reason}").format(suffix=suffix, reason=reason)
    if needed not in plan.kind.can:
        return _("is of no use for {suffix}").format(suffix=suffix)
    if needed not in plan.what.can:
        sentence = _("is of no use for {suffix} with --what {word}")
        return sentence.format(suffix=suffix, word=plan.what.word)
    return ""


def is_useful(name: str, plan: Plan) -> bool:
    """Say whether an option does something, and is asked for in a dialog."""
    return not refusal(name, plan)


def form(plan: Plan) -> Can | None:
    """Return what a plan becomes: one picture, several, an example or data; None is nothing."""
    both = plan.kind.can & plan.what.can
    one = (Can.BE_ONE,) if plan.is_one else ()
    forms = (*one, Can.BE_SEVERAL, Can.BE_EXAMPLE, Can.BE_DATA)
    return next((each for each in forms if each in both), None)
