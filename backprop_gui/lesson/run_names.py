"""What kept runs are called unless a person names them: by the values in which they differ."""

from collections.abc import Iterable, Sequence

from backprop_gui.core.kept_run import KeptRun
from backprop_gui.core.network import Setup
from backprop_gui.lesson import notation
from backprop_gui.lesson.fields import FIELDS, Field
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.system.texts import _

LONGEST = 80  # characters of a name
_WORDS = {"tolerance": _("E < {value}"), "max_iterations": _("at most {value} iterations")}


def differing(setup: Setup, other: Setup) -> tuple[Field, ...]:
    """Return the values in which two setups differ."""
    return tuple(f for f in FIELDS if getattr(setup, f.name) != getattr(other, f.name))


def method_name(setup: Setup) -> str:
    """Return how a setup's numbers are computed: "3 significant digits", "exact"."""
    return setup.method.title if setup.method else _("exact")


def default_name(setup: Setup, present: Setup, kept: Iterable[KeptRun], numerals: Numerals) -> str:
    """Return what tells a setup from the present one: "w₁ = −3, w₂ = −1.5".

    Where that is the same, it is what tells it from the newest of the kept runs that has another,
    or from the article's. No two runs get the same name.
    """
    others = [each for each in kept if each.setup != setup]
    references = (present, *(each.setup for each in reversed(others)), Setup())
    reference = next((each for each in references if each != setup), None)
    if reference is None:
        return _free(_("The article’s run"), [each.name for each in others])
    fields = differing(setup, reference)
    is_method_told = setup.method != reference.method
    text = _written(setup, fields, numerals, is_method_told=is_method_told)
    for namesake in others:
        if namesake.name == text:
            told = {*fields, *differing(setup, namesake.setup)}
            fields = tuple(field for field in FIELDS if field in told)
            is_method_told |= setup.method != namesake.setup.method
            text = _written(setup, fields, numerals, is_method_told=is_method_told)
    return _free(text, [each.name for each in others])


def names_among(setups: Sequence[Setup], numerals: Numerals) -> tuple[str, ...]:
    """Return what tells each of some setups from all the others: "η = 5"."""
    told = [f for f in FIELDS if len({getattr(setup, f.name) for setup in setups}) > 1]
    is_method_told = len({setup.method for setup in setups}) > 1
    names: list[str] = []
    for setup in setups:
        text = _written(setup, told, numerals, is_method_told=is_method_told)
        names.append(_free(text or default_name(setup, setup, (), numerals), names))
    return tuple(names)


def _written(
    setup: Setup, fields: Sequence[Field], numerals: Numerals, *, is_method_told: bool
) -> str:
    """Return these values, as many of them as a name holds, and how they are computed."""
    texts = [_value(setup, field, numerals) for field in fields]
    texts = [method_name(setup), *texts] if is_method_told else texts
    while len(", ".join(texts)) > LONGEST - 5:  # with room for a number behind
        texts = [*texts[: -1 - (texts[-1] == "…")], "…"]
    return ", ".join(texts)


def _value(setup: Setup, field: Field, numerals: Numerals) -> str:
    text = field.shown(getattr(setup, field.name), numerals)
    if field.name in _WORDS:
        return _WORDS[field.name].format(value=text)
    return f"{notation.plain(field.symbol)} = {text}"


def _free(name: str, taken: Sequence[str]) -> str:
    number, free = 1, name
    while free in taken:
        number += 1
        free = f"{name} ({number})"
    return free
