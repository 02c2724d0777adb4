"""The experiment file, *.backprop: what a person works on, as JSON that a person can read.

A file is small, since a run is its setup; it is checked field by field, and what it says is never
more than data. Names of fields are those of the code, numbers are the shortest that give the
double back, always with a decimal point.
"""

import codecs
import dataclasses
import json
import math
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from backprop_gui.core.network import MOST_ITERATIONS, Setup, SetupError
from backprop_gui.lesson import numbers
from backprop_gui.lesson.moment import START, Position
from backprop_gui.lesson.samples import Scenario
from backprop_gui.lesson.steps import FIRST_STEP, LAST_STEP
from backprop_gui.storage import files
from backprop_gui.storage.restore_line import Experiment
from backprop_gui.system import letters
from backprop_gui.system.foreign import shown
from backprop_gui.system.texts import _

SUFFIX = ".backprop"
LARGEST = 1 << 18  # bytes; what the program writes has some thousand
MOST_COMPARED = 8  # setups, as many as the plot has former curves
LONGEST_NOTE = 2_000  # characters
HEAD = 256  # bytes, by which an experiment is known
_FORMAT, _VERSION = "backprop experiment", 1
_LONGEST_NUMBER = 400  # characters; a double has fewer than 30, and Python takes long for millions
_OPENING = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"format"\s*:\s*"backprop experiment"')
_T = TypeVar("_T")
_SETUP_FIELDS = tuple(field.name for field in dataclasses.fields(Setup))


class ExperimentError(ValueError):
    """A file that is no experiment which this program can open; its own text is a sentence."""


class Compared(NamedTuple):
    """A setup whose curve stays in the plot for comparison, and how many iterations it shows."""

    setup: Setup
    iterations: int


@dataclass(frozen=True, slots=True)
class View:
    """How an experiment is looked at. `digits` are significant ones, 3 to 17."""

    digits: int = numbers.DIGITS
    is_log_error: bool = True
    is_log_iterations: bool = False


class Work(NamedTuple):
    """What would be lost: going through a run, or looking at it otherwise, changes none of it."""

    setup: Setup
    compared: tuple[Compared, ...]
    note: str


@dataclass(frozen=True, slots=True)
class Document:
    """All that an experiment file holds.

    `note` is what a person, or a sample, says about it. `compared` are former runs, the newest
    last. A `view` of None leaves the window as it is.
    """

    setup: Setup = dataclasses.field(default_factory=Setup)
    position: Position = START
    compared: tuple[Compared, ...] = ()
    view: View | None = None
    note: str = ""

    @staticmethod
    def of(experiment: Experiment) -> "Document":
        """Return the document of an experiment that came with an exported file."""
        return Document(*experiment)

    @staticmethod
    def of_scenario(scenario: Scenario) -> "Document":
        """Return the document of a setup that is worth a look."""
        compared = tuple(Compared(*each) for each in scenario.compared)
        return Document(scenario.setup, scenario.position, compared, note=scenario.note)


def encoded(document: Document) -> bytes:
    """Return the content of the file, of which it is certain that it opens as this document.

    Raises ExperimentError, with words that go on after "could not be saved: ".
    """
    document = replace(document, note=letters.lines(document.note))
    try:
        data = _encoded(document)
    except ValueError as error:  # a number that is none, or half a letter in the note
        raise ExperimentError(_("it has something in it that no file can hold")) from error
    if len(data) > LARGEST or decoded(data) != document:
        raise ExperimentError(_("Backprop could not open the file again as it is now"))
    return data


def _encoded(document: Document) -> bytes:
    values: dict[str, Any] = {"format": _FORMAT, "version": _VERSION}
    if document.note:
        values["note"] = document.note
    values["setup"] = dataclasses.asdict(document.setup)
    values["position"] = document.position._asdict()
    values["compared"] = [
        {"setup": dataclasses.asdict(setup), "iterations": iterations}
        for setup, iterations in document.compared
    ]
    if document.view:
        values["view"] = dataclasses.asdict(document.view)
    return (json.dumps(values, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


def decoded(data: bytes) -> Document:
    """Return the document of a file's content.

    Raises ExperimentError, with words that name the field and go on after "cannot be opened: ".
    """
    return _document(_Fields(_parsed(data), ""))


def is_opening(head: bytes) -> bool:
    """Say whether a file that begins with these bytes, HEAD of them, calls itself an experiment."""
    return _OPENING.match(head) is not None


def read(path: Path) -> Document:
    """Return the document of a file. Raises OSError, and ExperimentError with a whole sentence."""
    return decoded_from(path, read_bytes(path))


def read_bytes(path: Path) -> bytes:
    """Return the content of a file. Raises OSError, and ExperimentError where it is too large."""
    with files.open_regular(path) as stream:
        data = stream.read(LARGEST + 1)
    if len(data) > LARGEST:
        problem = _("it is larger than {most} KB, which no experiment is")
        raise _error(path, problem.format(most=LARGEST >> 10))
    return data


def decoded_from(path: Path, data: bytes) -> Document:
    """Return the document of the content of the file `path`. Raises ExperimentError."""
    try:
        return decoded(data)
    except ExperimentError as error:
        raise _error(path, str(error)) from error


def _error(path: Path, problem: str) -> ExperimentError:
    sentence = _("{name} cannot be opened: {problem}.")
    name = shown(path.name or path)
    return ExperimentError(sentence.format(name=name, problem=problem))


def _quoted(field: str) -> str:
    return numbers.clipped(shown(field))


def _parsed(data: bytes) -> Any:
    if not data.strip():
        raise ExperimentError(_("it is empty"))
    try:
        return json.loads(
            data.removeprefix(codecs.BOM_UTF8).decode(),
            object_pairs_hook=_object,
            parse_int=_whole,
        )
    except UnicodeDecodeError as error:
        raise ExperimentError(_("it is not text in UTF-8")) from error
    except json.JSONDecodeError as error:
        problem = _("it is not complete JSON; it breaks off, or is damaged, in line {line}")
        raise ExperimentError(problem.format(line=error.lineno)) from error
    except RecursionError as error:
        raise ExperimentError(_("it is nested too deeply")) from error


def _whole(text: str) -> float:
    """Return a whole number; one that is longer than any double is as good as infinite."""
    return int(text) if len(text) <= _LONGEST_NUMBER else math.inf


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        count = Counter(name for name, _value in pairs)
        twice = next(name for name in count if count[name] > 1)
        problem = _("“{field}” appears twice")
        raise ExperimentError(problem.format(field=_quoted(twice)))
    return values


def _document(fields: "_Fields") -> Document:
    if fields.values.get("format") != _FORMAT:
        raise ExperimentError(_("it is not a Backprop experiment: “format” says something else"))
    version = fields.whole("version", 1, MOST_ITERATIONS)
    if version > _VERSION:
        problem = _(
            "its “version” is {version}, and this program reads {own}; a newer one is needed"
        )
        raise ExperimentError(problem.format(version=version, own=_VERSION))
    fields.refuse_others(
        "format", "version", "note", "setup", "position", "compared", "view", needed=("setup",)
    )
    position = fields.inner("position", _position) if "position" in fields.values else START
    view = fields.inner("view", _view) if "view" in fields.values else None
    return Document(
        setup=fields.inner("setup", _setup),
        position=position,
        compared=fields.each("compared", _compared, MOST_COMPARED),
        view=view,
        note=fields.text("note", LONGEST_NOTE),
    )


def _setup(fields: "_Fields") -> Setup:
    fields.refuse_others(*_SETUP_FIELDS, needed=_SETUP_FIELDS)
    given: dict[str, Any] = {name: fields.number(name) for name in _SETUP_FIELDS[:-1]}
    given["max_iterations"] = fields.whole("max_iterations", 1, MOST_ITERATIONS)
    try:
        return Setup(**given)
    except SetupError as error:
        raise fields.wrong(error.field, str(error)) from error


def _position(fields: "_Fields") -> Position:
    fields.refuse_others("iteration", "step", needed=("iteration", "step"))
    return Position(
        fields.whole("iteration", 1, MOST_ITERATIONS), fields.whole("step", FIRST_STEP, LAST_STEP)
    )


def _compared(fields: "_Fields") -> Compared:
    fields.refuse_others("setup", "iterations", needed=("setup", "iterations"))
    return Compared(fields.inner("setup", _setup), fields.whole("iterations", 1, MOST_ITERATIONS))


def _view(fields: "_Fields") -> View:
    names = tuple(field.name for field in dataclasses.fields(View))
    fields.refuse_others(*names, needed=names)
    digits = numbers.DIGITS_RANGE
    return View(
        fields.whole("digits", digits.start, digits.stop - 1),
        fields.flag("is_log_error"),
        fields.flag("is_log_iterations"),
    )


class _Fields:
    """The fields of one object in a file; what is wrong with one is told with its whole name."""

    def __init__(self, values: Any, name: str) -> None:
        self._name = name
        if not isinstance(values, dict):
            if name:
                raise self.wrong("", _("must be an object in braces"))
            raise ExperimentError(_("it is not a Backprop experiment, but another kind of JSON"))
        self.values: dict[str, Any] = values

    def wrong(self, field: str, problem: str) -> ExperimentError:
        """Return the error that a field has a problem."""
        name = ".".join(filter(None, (self._name, field)))
        return ExperimentError(f"“{name}” {problem}")

    def refuse_others(self, *known: str, needed: tuple[str, ...]) -> None:
        """Raise where a field is unknown, or one that is needed is missing."""
        for field in self.values:
            if field not in known:
                raise self.wrong(_quoted(field), _("is a field that Backprop does not know"))
        for field in needed:
            if field not in self.values:
                raise self.wrong(field, _("is missing"))

    def number(self, field: str) -> float:
        """Return a finite number."""
        value = self.values[field]
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise self.wrong(field, _("must be a number"))
        try:
            finite = float(value)
        except OverflowError:
            finite = math.inf
        if not math.isfinite(finite):
            raise self.wrong(field, _("must be a finite number"))
        return finite

    def whole(self, field: str, least: int, most: int) -> int:
        """Return a whole number in a range."""
        value = self.values.get(field)
        if type(value) is not int or not least <= value <= most:
            problem = _("must be a whole number from {least} to {most}")
            raise self.wrong(field, problem.format(least=least, most=f"{most:,}"))
        return value

    def flag(self, field: str) -> bool:
        """Return true or false."""
        value = self.values[field]
        if not isinstance(value, bool):
            raise self.wrong(field, _("must be true or false"))
        return value

    def text(self, field: str, longest: int) -> str:
        """Return a text whose lines end as everywhere in the program, empty where there is none.

        So what is read is what would be written: files may have the other ends of Unicode.
        """
        value = self.values.get(field, "")
        if not isinstance(value, str):
            raise self.wrong(field, _("must be text"))
        text = letters.lines(value)
        if len(text) > longest:
            problem = _("is longer than {most:,} characters")
            raise self.wrong(field, problem.format(most=longest))
        if not letters.is_held(value):
            raise self.wrong(field, _("has characters that cannot be shown"))
        return text

    def inner(self, field: str, make: Callable[["_Fields"], _T]) -> _T:
        """Return what is made of the object in a field."""
        name = ".".join(filter(None, (self._name, field)))
        return make(_Fields(self.values[field], name))

    def each(self, field: str, make: Callable[["_Fields"], _T], most: int) -> tuple[_T, ...]:
        """Return what is made of each object in a list, which may be missing."""
        values = self.values.get(field, [])
        if not isinstance(values, list):
            raise self.wrong(field, _("must be a list in brackets"))
        if len(values) > most:
            problem = _("has more than {most} entries")
            raise self.wrong(field, problem.format(most=most))
        name = ".".join(filter(None, (self._name, field)))
        return tuple(
            make(_Fields(value, f"{name}[{place}]")) for place, value in enumerate(values, start=1)
        )
