"""What each option of an export needs: where it would do nothing, it is refused, or not asked."""

from collections.abc import Callable
from typing import NamedTuple

from backprop_gui.export import formats
from backprop_gui.export.contents import NATIVE, What
from backprop_gui.export.formats import Can, Format
from backprop_gui.system.texts import _

_FORMS = Can.ONE | Can.SEVERAL | Can.LISTED | Can.COMPARED
OPTIONS = {str(can.name).lower().replace("_", "-"): can for can in Can if can not in _FORMS}


class Plan(NamedTuple):
    """An export, as far as the use of its options depends on it.

    `is_one` is of one position; a handout is of several on a page.
    """

    kind: Format
    what: What
    is_one: bool = False
    is_large: bool = False
    is_handout: bool = False


def _may_be_handout(plan: Plan) -> bool:
    return Can.PER_PAGE in plan.kind.can & plan.what.can


_OBSTACLES: tuple[tuple[Can, Callable[[Plan], bool], str], ...] = (
    (
        Can.WHAT,
        lambda plan: plan.kind is formats.PPTX and plan.what not in (*NATIVE, What.COMPARE),
        _("a slide has the network, the formula and a chart, or the landscape, or compares runs"),
    ),
    (
        Can.SECONDS | Can.LOOPS,
        lambda plan: plan.is_one and Can.LOOPS in plan.kind.can,
        _("one position alone does not move"),
    ),
    (
        Can.TEXTS,
        lambda plan: Can.PER_PAGE in plan.kind.can and not plan.is_one,
        _("a PDF of several pages always has text as text"),
    ),
    (
        Can.LINES | Can.SHEET,
        lambda plan: _may_be_handout(plan) and not plan.is_handout,
        _("only a handout of several slides on a page is for paper"),
    ),
    (
        Can.LARGE | Can.SIZE | Can.CAPTION | Can.TRANSPARENT,
        lambda plan: _may_be_handout(plan) and plan.is_handout,
        _("a handout fills its paper"),
    ),
    (
        Can.DIGITS,
        lambda plan: plan.is_large and Can.LARGE in plan.what.can,
        _("large pictures have few digits"),
    ),
)


def refusal(name: str, plan: Plan) -> str:
    """Return why an option would do nothing, for after its name, or "" where it does something."""
    needed, suffix = OPTIONS[name], plan.kind.suffix
    for lost, is_so, reason in _OBSTACLES:
        if needed in lost and needed in plan.what.can and is_so(plan):
            return _("has no effect on {suffix}: {reason}").format(suffix=suffix, reason=reason)
    if needed not in plan.kind.can:
        return _("has no effect on {suffix}").format(suffix=suffix)
    if needed not in plan.what.can:
        sentence = _("has no effect on {suffix} with --what {word}")
        return sentence.format(suffix=suffix, word=plan.what.word)
    return ""


def is_useful(name: str, plan: Plan) -> bool:
    """Say whether an option does something, and is asked for in a dialog."""
    return not refusal(name, plan)


def form(plan: Plan) -> Can | None:
    """Return what a plan becomes: picture, pictures, example, data, list or comparison."""
    both = plan.kind.can & plan.what.can
    one = (Can.ONE,) if plan.is_one else ()
    forms = (*one, Can.SEVERAL, Can.EXAMPLE, Can.DATA, Can.LISTED, Can.COMPARED)
    return next((each for each in forms if each in both), None)
