"""The experiment file, *.backprop: what a person works on, as JSON that a person can read.

A file is small, since a run is its setup; it is checked field by field, and what it says is never
more than data. Names of fields are those of the code, numbers are the shortest that give the
double back, always with a decimal point.

Version 1 has setups and iterations of the kept runs, version 2 also id, name, colour and stop, and
version 3 further colours, whether a run is shown and is a person's own, how the landscape is
looked at where that is not as usual, and a person's own working where there is one. Version 4 has
a setup's method, where it has one. The least version that holds an experiment is written, so that
older programs read it, too. The runs' traces are in none of them: they are computed again from the
setups.
"""

import dataclasses
import json
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from enum import Enum
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from backprop_gui.core.kept_run import COLOURS, MOST_KEPT, KeptRun
from backprop_gui.core.network import MOST_ITERATIONS, Setup, SetupError
from backprop_gui.core.run import Stop
from backprop_gui.lesson import numbers
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.fields import FIELDS, as_values
from backprop_gui.lesson.methods import MethodError, method_of
from backprop_gui.lesson.moment import START, Position
from backprop_gui.lesson.numbers import FILES
from backprop_gui.lesson.own_working import NO_WORKING, OwnWorking
from backprop_gui.lesson.run_names import LONGEST, default_name
from backprop_gui.lesson.samples import Sample
from backprop_gui.lesson.surface import Layer, Region, range_problem
from backprop_gui.lesson.surface_look import USUAL_LOOK, Beside, SurfaceLook
from backprop_gui.storage import files, working_field
from backprop_gui.storage.json_fields import FieldError, Fields, parsed
from backprop_gui.storage.restore_line import Experiment
from backprop_gui.system import letters
from backprop_gui.system.foreign import shown
from backprop_gui.system.texts import _

SUFFIX = ".backprop"
LARGEST = 1 << 18  # bytes; what the program writes has some thousand
LONGEST_NOTE = 2_000  # characters
HEAD = 256  # bytes, by which an experiment is known
_FORMAT, _VERSION = "backprop experiment", 4
_OPENING = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*"format"\s*:\s*"backprop experiment"')
_FORMER_COLOURS = ("text", "muted", "line", "forward", "backward", "update")
_FORMER_MOST = 8  # kept runs
_STOPS = tuple(stop.value for stop in Stop)
_FLAGS = ("is_shown", "is_own")  # of a kept run, from version 3 on
_VIEW_FIELDS = ("digits", "is_log_error", "is_log_iterations")  # of every version
_SETUP_FIELDS = tuple(field.name for field in FIELDS)
_Kind = TypeVar("_Kind", bound=Enum)


class ExperimentError(ValueError):
    """A file that is no experiment which this program can open; its own text is a sentence."""


@dataclass(frozen=True, slots=True)
class View:
    """How an experiment is looked at. `digits` are significant ones, 3 to 17."""

    digits: int = numbers.DIGITS
    is_log_error: bool = True
    is_log_iterations: bool = False
    look: SurfaceLook = USUAL_LOOK


class Work(NamedTuple):
    """What would be lost: going through a run, or looking at it otherwise, changes none of it."""

    setup: Setup
    kept: tuple[KeptRun, ...]
    note: str
    working: OwnWorking = NO_WORKING


@dataclass(frozen=True, slots=True)
class Document:
    """All that an experiment file holds.

    `note` is what a person, or a sample, says about it. `kept` has the newest run last.
    A `view` of None leaves the window as it is.
    """

    setup: Setup = dataclasses.field(default_factory=Setup)
    position: Position = START
    kept: tuple[KeptRun, ...] = ()
    view: View | None = None
    note: str = ""
    working: OwnWorking = NO_WORKING

    @staticmethod
    def of(experiment: Experiment) -> "Document":
        """Return the document of an experiment that came with an exported file."""
        return Document(*experiment)

    @staticmethod
    def of_sample(sample: Sample) -> "Document":
        """Return the document of a setup that is worth a look."""
        kept: list[KeptRun] = []
        for colour, (setup, iterations) in zip(COLOURS, sample.beside, strict=False):
            name = default_name(setup, sample.setup, kept, FILES)
            kept.append(KeptRun(len(kept) + 1, name, colour, setup, iterations))
        return Document(sample.setup, sample.position, tuple(kept), note=sample.note)


def encoded(document: Document) -> bytes:
    """Return the content of the file, of which it is certain that it opens as this document.

    Raises ExperimentError, with words that go on after "could not be saved: ".
    """
    document = replace(document, note=letters.lines(document.note))
    try:
        data = _encoded(document)
    except ValueError as error:  # a number that is none, or half a letter in the note
        raise ExperimentError(_("it contains a value that no file can hold")) from error
    if decoded(data) != document:
        raise ExperimentError(_("Backprop could not open the new file again"))
    return data


def _encoded(document: Document) -> bytes:
    version = _version(document)
    values: dict[str, Any] = {"format": _FORMAT, "version": version}
    if document.note:
        values["note"] = document.note
    values["setup"] = as_values(document.setup)
    values["position"] = document.position._asdict()
    values["compared" if version == 1 else "kept"] = [
        _values(each, version) for each in document.kept
    ]
    if document.working != NO_WORKING:
        values["working"] = working_field.encoded(document.working)
    if document.view:
        values["view"] = _view_values(document.view)
    return (json.dumps(values, indent=2, ensure_ascii=False, allow_nan=False) + "\n").encode()


def _view_values(view: View) -> dict[str, Any]:
    values = {name: getattr(view, name) for name in _VIEW_FIELDS}
    return values if view.look == USUAL_LOOK else {**values, "landscape": _look_values(view.look)}


def _look_values(look: SurfaceLook) -> dict[str, Any]:
    return {
        "layer": look.layer.value,
        "is_linear": look.is_linear,
        "beside": look.beside.value,
        "region": look.region._asdict() if look.region else None,
        "is_typed": look.is_typed,
    }


def _version(document: Document) -> int:
    """Return the least version that holds a document."""
    begins = (document.working.begins,) if document.working.begins else ()
    if any(each.setup.method for each in (document, *document.kept, *begins)):
        return 4
    has_look = document.view is not None and document.view.look != USUAL_LOOK
    if has_look or document.working != NO_WORKING:
        return 3
    if not document.kept:
        return 1
    is_former = len(document.kept) <= _FORMER_MOST and all(
        each.colour in _FORMER_COLOURS and each.is_shown and not each.is_own
        for each in document.kept
    )
    return 2 if is_former else 3


def _values(kept: KeptRun, version: int) -> dict[str, Any]:
    values = {
        "id": kept.id,
        "name": kept.name,
        "colour": kept.colour,
        "setup": as_values(kept.setup),
        "iterations": kept.iterations,
        "stop": kept.stop.value if kept.stop else None,
    }
    return values if version < 3 else {**values, **{name: getattr(kept, name) for name in _FLAGS}}


def decoded(data: bytes) -> Document:
    """Return the document of a file's content.

    Raises ExperimentError, with words that name the field and go on after "cannot be opened: ".
    """
    try:
        return _document(parsed(data, LARGEST))
    except FieldError as error:
        raise ExperimentError(str(error)) from error


def is_opening(head: bytes) -> bool:
    """Say whether a file that begins with these bytes, HEAD of them, calls itself an experiment."""
    return _OPENING.match(head) is not None


def read(path: Path) -> Document:
    """Return the document of a file. Raises OSError, and ExperimentError with a whole sentence."""
    return decoded_from(path, read_bytes(path))


def read_bytes(path: Path) -> bytes:
    """Return the content of a file, cut where it is too large for `decoded`. Raises OSError."""
    with files.open_regular(path) as stream:
        return stream.read(LARGEST + 1)


def decoded_from(path: Path, data: bytes) -> Document:
    """Return the document of the content of the file `path`. Raises ExperimentError."""
    try:
        return decoded(data)
    except ExperimentError as error:
        sentence = _("{name} cannot be opened: {problem}.")
        name = shown(path.name or path)
        raise ExperimentError(sentence.format(name=name, problem=error)) from error


def _document(fields: Fields) -> Document:
    if fields.values.get("format") != _FORMAT:
        raise FieldError(_("it is not a Backprop experiment: “format” has another value"))
    version = fields.whole("version", 1, MOST_ITERATIONS)
    if version > _VERSION:
        problem = _(
            "its “version” is {version}, and this program reads {own}; install a newer Backprop"
        )
        raise FieldError(problem.format(version=version, own=_VERSION))
    runs = "compared" if version == 1 else "kept"
    own = ("working",) if version > 2 else ()
    fields.refuse_others("format", "version", "note", "setup", "position", runs, "view", *own)
    return Document(
        setup=_setup(fields.inner("setup")),
        position=_position(fields.inner("position")) if "position" in fields.values else START,
        kept=_compared(fields) if version == 1 else _kept_runs(fields, version),
        view=_view(fields.inner("view"), version) if "view" in fields.values else None,
        note=fields.lines("note", LONGEST_NOTE),
        working=working_field.decoded(fields, _setup),
    )


def _setup(fields: Fields) -> Setup:
    fields.refuse_others(*_SETUP_FIELDS, "method")
    given: dict[str, Any] = {name: fields.number(name) for name in _SETUP_FIELDS[:-1]}
    given["max_iterations"] = fields.whole("max_iterations", 1, MOST_ITERATIONS)
    try:
        if "method" in fields.values:
            given["method"] = method_of(fields.text("method"))
        return Setup(**given)
    except MethodError as error:
        raise fields.wrong("method", str(error)) from error
    except SetupError as error:
        raise fields.wrong(error.field, str(error)) from error


def _position(fields: Fields) -> Position:
    fields.refuse_others("iteration", "step")
    return Position(
        fields.whole("iteration", 1, MOST_ITERATIONS),
        fields.whole("step", ARTICLE.first_step, ARTICLE.last_step),
    )


def _compared(fields: Fields) -> tuple[KeptRun, ...]:
    """Return the kept runs of version 1, which had neither names nor colours."""
    runs = fields.each("compared", _compared_run, _FORMER_MOST)
    return tuple(KeptRun.numbered(number, *run) for number, run in enumerate(runs, start=1))


def _compared_run(fields: Fields) -> tuple[Setup, int]:
    fields.refuse_others("setup", "iterations")
    return _setup(fields.inner("setup")), fields.whole("iterations", 1, MOST_ITERATIONS)


def _kept_runs(fields: Fields, version: int) -> tuple[KeptRun, ...]:
    read, most = (_former_run, _FORMER_MOST) if version == 2 else (_kept_run, MOST_KEPT)
    runs = fields.each("kept", read, most)
    if len({run.id for run in runs}) < len(runs):
        raise fields.wrong("kept", _("has two entries with the same “id”"))
    return runs


def _kept_run(fields: Fields) -> KeptRun:
    run = _kept(fields, (*_FORMER_COLOURS, *COLOURS), *_FLAGS)
    return replace(run, is_shown=fields.flag("is_shown"), is_own=fields.flag("is_own"))


def _former_run(fields: Fields) -> KeptRun:
    """Return a kept run of version 2."""
    return _kept(fields, _FORMER_COLOURS)


def _kept(fields: Fields, colours: tuple[str, ...], *flags: str) -> KeptRun:
    fields.refuse_others("id", "name", "colour", "setup", "iterations", "stop", *flags)
    name = fields.lines("name", LONGEST)
    if not name.strip() or "\n" in name:
        raise fields.wrong("name", _("must be a line of text"))
    stop = fields.text_or_none("stop")
    return KeptRun(
        fields.whole("id", 1, MOST_ITERATIONS),
        name,
        _one_of(fields, "colour", colours, fields.text("colour")),
        _setup(fields.inner("setup")),
        fields.whole("iterations", 1, MOST_ITERATIONS),
        Stop(_one_of(fields, "stop", _STOPS, stop)) if stop is not None else None,
    )


def _one_of(fields: Fields, field: str, known: tuple[str, ...], value: str) -> str:
    if value not in known:
        names = ", ".join(known)
        raise fields.wrong(field, _("must be one of these: {names}").format(names=names))
    return value


def _view(fields: Fields, version: int) -> View:
    fields.refuse_others(*_VIEW_FIELDS, *(("landscape",) if version > 2 else ()))
    digits = numbers.DIGITS_RANGE
    return View(
        fields.whole("digits", digits.start, digits.stop - 1),
        fields.flag("is_log_error"),
        fields.flag("is_log_iterations"),
        _look(fields.inner("landscape")) if "landscape" in fields.values else USUAL_LOOK,
    )


def _look(fields: Fields) -> SurfaceLook:
    """Return how the landscape is looked at: what is not said is as usual."""
    fields.refuse_others(*SurfaceLook._fields)
    given = {name: read(fields, name) for name, read in _READ_LOOK.items() if name in fields.values}
    return SurfaceLook(**given)


def _region(fields: Fields, name: str) -> Region | None:
    if fields.values[name] is None:
        return None
    inner = fields.inner(name)
    inner.refuse_others(*Region._fields)
    region = Region(*map(inner.number, Region._fields))
    for low, high in (("w1_low", "w1_high"), ("w2_low", "w2_high")):
        if problem := range_problem(getattr(region, low), getattr(region, high)):
            raise inner.wrong(low, problem)
    return region


def _one_of_all(kind: type[_Kind]) -> Callable[[Fields, str], _Kind]:
    known = tuple(each.value for each in kind)
    return lambda fields, name: kind(_one_of(fields, name, known, fields.text(name)))


_READ_LOOK: dict[str, Callable[[Fields, str], Any]] = {
    "layer": _one_of_all(Layer),
    "is_linear": Fields.flag,
    "beside": _one_of_all(Beside),
    "region": _region,
    "is_typed": Fields.flag,
}
