"""A person's own working as a field of the experiment file."""

from collections.abc import Callable
from typing import Any

from backprop_gui.core.network import MOST_ITERATIONS, Setup
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.fields import as_values
from backprop_gui.lesson.own_working import LONGEST, NO_WORKING, Beginning, Help, OwnWorking
from backprop_gui.storage.json_fields import Fields
from backprop_gui.system.texts import _

_FLAGS = ("is_test", "is_handed_in")
_LINES = tuple(ARTICLE.step_of)


def encoded(working: OwnWorking) -> dict[str, Any]:
    """Return a working as JSON has it: of which iteration it is, its lines, and the help."""
    values: dict[str, Any] = {}
    if begins := working.begins:
        values = begins._asdict() | {"setup": as_values(begins.setup)}
    values["lines"] = working.texts
    values["help"] = {name: int(help) for name, help in working.help}
    return values | {name: getattr(working, name) for name in _FLAGS}


def decoded(fields: Fields, setup: Callable[[Fields], Setup]) -> OwnWorking:
    """Return the working in the field "working" of a file, which may be missing.

    `setup` reads the setup that it is of. Raises FieldError.
    """
    if "working" not in fields.values:
        return NO_WORKING
    own = fields.inner("working")
    lines = _lines(own.inner("lines"))
    begins = _beginning(own, setup) if lines else None
    own.refuse_others(*(Beginning._fields if lines else ()), "lines", "help", *_FLAGS)
    opened = own.inner("help")
    opened.refuse_others(*(name for name, _text in lines))
    help = tuple(
        (name, Help(opened.whole(name, Help.WHERE, Help.LINE)))
        for name in _LINES
        if name in opened.values
    )
    return OwnWorking(begins, lines, help, *(own.flag(name) for name in _FLAGS))


def _lines(fields: Fields) -> tuple[tuple[str, str], ...]:
    fields.refuse_others(*_LINES)
    texts = {name: fields.lines(name, LONGEST) for name in _LINES if name in fields.values}
    for name, text in texts.items():
        if not text or text != text.strip() or "\n" in text:
            raise fields.wrong(name, _("must be a line of text"))
    return tuple(texts.items())


def _beginning(fields: Fields, setup: Callable[[Fields], Setup]) -> Beginning:
    return Beginning(
        setup(fields.inner("setup")),
        fields.whole("iteration", 1, MOST_ITERATIONS),
        fields.number("w1"),
        fields.number("w2"),
    )
