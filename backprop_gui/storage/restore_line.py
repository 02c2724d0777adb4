"""The restore line: one short line, in every exported file, that gives an experiment back.

`backprop 1: input=0.1 target=0.9 w1=0.5 w2=0.5 eta=0.9 tolerance=5e-5 max_iterations=10000000
at=1:9` is a setup and a position; `method=3s` before the position is how its iterations are
computed where not in doubles. The line is plain ASCII of at most 300 characters, so any kind of
metadata can hold it as it is. LibreOffice drops the colons of keywords: they may be missing.
"""

import re
from collections.abc import Mapping
from typing import Any, NamedTuple

from backprop_gui.core.network import MOST_ITERATIONS, Setup, SetupError
from backprop_gui.lesson import numbers
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.fields import FIELDS, as_values
from backprop_gui.lesson.methods import MethodError, method_of
from backprop_gui.lesson.moment import Position
from backprop_gui.system.texts import _

LONGEST = 300
_VERSION = "1"
NAMES = tuple(field.name for field in FIELDS)
_NUMBER = r"[-+.e\d]{1,24}"
_VALUES = " ".join(rf"{name}=(?P<{name}>{_NUMBER})" for name in NAMES)
PATTERN = rf"backprop (?P<version>\d{{1,4}}):? (?P<rest>[a-z_]+=[-+.:=_ a-z\d]{{0,{LONGEST}}})"
_LINE = re.compile(PATTERN, re.ASCII)
_METHOD = r"(?: method=(?P<method>[-._a-z\d]{1,64}))?"
_REST = re.compile(
    rf"{_VALUES}{_METHOD} at=(?P<iteration>\d{{1,10}})[: ](?P<step>\d{{1,2}})(?!\d)", re.ASCII
)


class RestoreLineError(ValueError):
    """What is wrong with a restore line; the words go on after "cannot be opened: "."""


class Experiment(NamedTuple):
    """A setup, and where a person stood in its run."""

    setup: Setup
    position: Position


def line(experiment: Experiment) -> str:
    """Return the line that restores the experiment, to the last bit."""
    setup, (iteration, step) = experiment
    texts = " ".join(
        f"{name}={numbers.exact(value) if isinstance(value, float) else value}"
        for name, value in as_values(setup).items()
    )
    return f"backprop {_VERSION}: {texts} at={iteration}:{step}"


def find(text: str) -> Experiment:
    """Return the experiment of the first such line in `text`.

    Raises RestoreLineError where there is none, or one of a newer version, or one with values that
    a setup cannot have.
    """
    found = _LINE.search(text)
    if not found:
        raise RestoreLineError(_("there is no experiment of Backprop in it"))
    if found["version"] != _VERSION:
        sentence = _("its experiment has version {version}, and this program reads version {own}")
        raise RestoreLineError(sentence.format(version=found["version"], own=_VERSION))
    values = _REST.match(found["rest"])
    if not values:
        raise RestoreLineError(_("its experiment is damaged"))
    try:
        given = {name: float(values[name]) for name in NAMES}
        position = _position(values)
    except ValueError as error:
        raise RestoreLineError(_("its experiment is damaged")) from error
    return Experiment(setup_of(given, values["method"]), position)


def setup_of(values: Mapping[str, float], method: str | None = None) -> Setup:
    """Return the setup with these values, and the method with this code.

    Raises RestoreLineError where it cannot have one.
    """
    given: dict[str, Any] = {name: values[name] for name in NAMES}
    most = values["max_iterations"]
    given["max_iterations"] = int(most) if most.is_integer() else most
    try:
        return Setup(**given, method=method_of(method) if method else None)
    except MethodError as error:
        raise RestoreLineError(_("its experiment is damaged")) from error
    except SetupError as error:
        sentence = _("its experiment is damaged: {field} {problem}")
        raise RestoreLineError(sentence.format(field=error.field, problem=error)) from error


def _position(values: re.Match[str]) -> Position:
    iteration, step = int(values["iteration"]), int(values["step"])
    if not (1 <= iteration <= MOST_ITERATIONS and ARTICLE.first_step <= step <= ARTICLE.last_step):
        raise ValueError("no such position")
    return Position(iteration, step)
