"""The words for a change that can be undone: "w₂ 0.5 → 0.31"."""

from typing import Any

from backprop_gui.core.network import Setup
from backprop_gui.lesson import notation
from backprop_gui.lesson.fields import FIELDS, Field
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.run_names import method_name
from backprop_gui.state.state import Change
from backprop_gui.system.foreign import shown
from backprop_gui.system.texts import _
from backprop_gui.widgets.commands import COMMANDS

_OTHERS = {  # what is no command of a menu
    "remove_run": _("Remove “{run}”"),
    "rename_run": _("Rename “{run}”"),
    "show_run": _("Show “{run}”"),
    "hide_run": _("Hide “{run}”"),
    "make_present": _("Go on with “{run}”"),
    "sweep": _("Add runs"),
    "working_line": _("Your {run}"),
    "working_paste": _("Paste your working"),
    "working_clear": _("Clear your working"),
    "working_move": _("Check your working here"),
}


def words(change: Change | None, numerals: Numerals) -> str:
    """Return what a change has changed: a value, several of them, or what a command does.

    That is "" for None.
    """
    if change is None:
        return ""
    if change.command:
        said = _OTHERS.get(change.command) or COMMANDS[change.command].name
        return said.format(run=shown(change.run))
    changed = [field for field in FIELDS if len(set(_values(field, change))) > 1]
    is_method = change.before.method != change.after.method
    if is_method and not changed:
        return f"{method_name(change.before)} → {method_name(change.after)}"
    if len(changed) == 1 and not is_method:
        return _value(changed[0], change, numerals)
    if change.after == Setup():
        return COMMANDS["article"].name
    names = [_name(field) for field in changed]
    return ", ".join([*names, method_name(change.after)] if is_method else names)


def _value(field: Field, change: Change, numerals: Numerals) -> str:
    values = _values(field, change)
    before, after = (field.shown(value, numerals) for value in values)
    if before == after:  # a person tells them apart by all of their digits
        before, after = (numerals.exact(value) for value in values)
    return f"{_name(field)} {before} → {after}"


def _values(field: Field, change: Change) -> tuple[Any, Any]:
    return getattr(change.before, field.name), getattr(change.after, field.name)


def _name(field: Field) -> str:
    return notation.plain(field.symbol) or field.label
