"""What the program remembers from one start to the next.

Files of other versions are read, too: what is missing in one is as by default, what this version
does not know is kept for the one that does, and a field that is wrong falls back alone.
"""

import binascii
import dataclasses
import errno
import json
import math
import os
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from backprop_gui.core.network import MOST_ITERATIONS, Method, Setup, SetupError
from backprop_gui.lesson import numbers
from backprop_gui.lesson.fields import FIELDS, as_values
from backprop_gui.lesson.methods import MethodError, method_of
from backprop_gui.lesson.surface import Layer
from backprop_gui.lesson.surface_look import USUAL_LOOK, Beside, SurfaceLook
from backprop_gui.storage import files
from backprop_gui.storage.files import NotAFileError
from backprop_gui.storage.json_fields import FieldError, Fields, parsed
from backprop_gui.system.texts import _

MOST_RECENT = 10
TEXT_PERCENTS = (100, 120, 150)
_LARGEST = 1 << 19  # bytes; our own files have some 2,000, and with the longest paths fewer
_LONGEST_PATH = 4_096  # bytes, for each of which JSON may take six
_LARGEST_OTHERS = 1 << 16  # bytes, of what this version does not know
_MOST_OTHERS, _DEEPEST_OTHERS = 200, 20  # fields, and levels of them
_LONGEST_GEOMETRY = 4_096  # bytes; Qt's have 66
_QT_GEOMETRY = b"\x01\xd9\xd0\xcb"  # what these begin with
_MOST_LAYOUTS, _LONGEST_NAME = 64, 64
_MOST_SIZES = 16  # of one splitter
_LARGEST_SIZE = 100_000  # pixels
_MOST_NAMED = 5  # fields, in a note
_LAYERS, _BESIDES = ({each.value for each in kind} for kind in (Layer, Beside))
THEMES = {"system": _("Follow the &system"), "light": _("&Light"), "dark": _("&Dark")}


@dataclass(frozen=True, slots=True)
class Settings:
    """What is remembered.

    `speed` is in iterations per second; None is as fast as it goes. `digits` are significant ones,
    3 to 17. `is_moving` says whether a step moves, unless the desktop asks for less motion.
    `layout` has sizes in pixels, and places of tabs, under names that the window knows.
    `text_percent` is the size of text, of the desktop's own. `recent` and `folder` are paths. The
    landscape has the words of `Layer` and `Beside`.
    `others` is what another version remembers; it makes no difference between two settings.
    Raises ValueError where a value is none that a file may have.
    """

    setup: Setup = dataclasses.field(default_factory=Setup)
    theme: str = "system"
    speed: float | None = 100.0
    is_log_error: bool = True
    is_log_iterations: bool = False
    digits: int = numbers.DIGITS
    is_moving: bool = True
    geometry: bytes = b""
    layout: Mapping[str, tuple[int, ...]] = dataclasses.field(default_factory=dict)
    text_percent: int = TEXT_PERCENTS[0]
    decimal_sign: str = numbers.POINT
    opens_new_windows: bool = False
    is_welcome_wanted: bool = True
    recent: tuple[str, ...] = ()
    folder: str = ""
    landscape_layer: str = USUAL_LOOK.layer.value
    is_landscape_linear: bool = USUAL_LOOK.is_linear
    landscape_beside: str = USUAL_LOOK.beside.value
    others: Mapping[str, Any] = dataclasses.field(default_factory=dict, compare=False, repr=False)

    @property
    def look(self) -> SurfaceLook:
        """How the landscape is looked at, at its usual region: another one is of one experiment."""
        return SurfaceLook(
            Layer(self.landscape_layer), self.is_landscape_linear, Beside(self.landscape_beside)
        )

    def __post_init__(self) -> None:
        if self.theme not in THEMES:
            raise ValueError("no such theme")
        if self.speed is not None and not 0 < self.speed < math.inf:
            raise ValueError("no such speed")
        if self.digits not in numbers.DIGITS_RANGE:
            raise ValueError("no such number of digits")
        if self.text_percent not in TEXT_PERCENTS:
            raise ValueError("no such size of text")
        if self.decimal_sign not in (numbers.POINT, numbers.COMMA):
            raise ValueError("no such decimal sign")
        if len(self.recent) > MOST_RECENT:
            raise ValueError("too many recent files")
        if self.landscape_layer not in _LAYERS or self.landscape_beside not in _BESIDES:
            raise ValueError("no such look of the landscape")
        if not all(map(is_path, (*self.recent, self.folder))):
            raise ValueError("no such path")
        if len(self.geometry) > _LONGEST_GEOMETRY:
            raise ValueError("no such geometry")
        if len(self.layout) > _MOST_LAYOUTS or not all(map(_is_layout, self.layout.items())):
            raise ValueError("no such layout")


def fitting(**values: Any) -> Settings:
    """Return settings with these values, as far as a file may have them.

    A field that is wrong is as by default; of paths and of the layout only what is wrong goes.
    """
    values["recent"] = tuple(filter(is_path, values.get("recent", ())))[:MOST_RECENT]
    layout = filter(_is_layout, values.get("layout", {}).items())
    values["layout"] = dict(islice(layout, _MOST_LAYOUTS))
    return Settings(**_fitting(values, []))


def merged(mine: Settings, before: Settings, theirs: Settings) -> Settings:
    """Return what several windows remember: of each field what was changed last.

    `mine` is what this window remembers, `before` what it did when it last read or wrote the file,
    and `theirs` is in the file now.
    """
    changed = {
        field.name: getattr(mine, field.name)
        for field in dataclasses.fields(Settings)
        if getattr(mine, field.name) != getattr(before, field.name)
    }
    changed.pop("others", None)
    if "recent" in changed:
        changed["recent"] = _merged_recent(mine.recent, before.recent, theirs.recent)
    return dataclasses.replace(theirs, **changed)


def _merged_recent(
    mine: tuple[str, ...], before: tuple[str, ...], theirs: tuple[str, ...]
) -> tuple[str, ...]:
    """Return the recent files of all windows, without those that were removed from either list."""
    opened = mine[:1] if mine[:1] != before[:1] else ()  # which may have been removed elsewhere
    removed = (set(before) - set(mine)) | (set(before) - set(theirs) - set(opened))
    recent = (path for path in dict.fromkeys((*mine, *theirs)) if path not in removed)
    return tuple(islice(recent, MOST_RECENT))


def load(path: Path) -> tuple[Settings, str | None]:
    """Return the settings of a file, and a note for the person if something in it was wrong.

    A file that is none of ours is set aside under another name; the settings are the defaults.
    Raises OSError where the disk, say, gives nothing back: the file may be good.
    """
    try:
        with files.open_regular(path) as stream:
            fields = parsed(stream.read(_LARGEST + 1), _LARGEST)
    except FileNotFoundError:
        return Settings(), None
    except (NotAFileError, FieldError):
        return Settings(), _set_aside(path)
    found, wrong = _decoded(fields)
    return found, _note(wrong) if wrong else None


def save(settings: Settings, path: Path) -> None:
    """Write the settings, whole or not at all, and only as they will be read. Raises OSError."""
    values = dataclasses.asdict(settings)
    others = values.pop("others")
    values["geometry"] = settings.geometry.hex()
    values["setup"] = others.pop("setup", {}) | as_values(settings.setup)
    data = json.dumps(others | values, indent=2, allow_nan=False).encode()
    if _decoded(parsed(data, _LARGEST)) != (settings, []):
        raise OSError(errno.EINVAL, _("Backprop could not read them back exactly"), str(path))
    path.parent.mkdir(parents=True, exist_ok=True)
    files.write_own(path, data)


def _decoded(fields: Fields) -> tuple[Settings, list[str]]:
    """Return the settings, and the names of fields that are as by default since they are wrong."""
    wrong: list[str] = []
    known = _each(fields, _READ, wrong)
    if "setup" in known:
        known["setup"] = Setup(**_each(known["setup"], _READ_SETUP, wrong))
    if "layout" in known:
        names = [name for name in known["layout"].values if len(name) <= _LONGEST_NAME]
        sizes = dict.fromkeys(names[:_MOST_LAYOUTS], _sizes)
        known["layout"] = _each(known["layout"], sizes, wrong)
    if "recent" in known:
        paths = [path for path in known["recent"] if isinstance(path, str) and is_path(path)]
        if len(paths) < len(known["recent"]):
            wrong.append("recent")
        known["recent"] = tuple(paths[:MOST_RECENT])
    return Settings(**_fitting(known, wrong), others=_others(fields.values)), wrong


def _fitting(values: Mapping[str, Any], wrong: list[str]) -> dict[str, Any]:
    """Return the values that settings may have; name the others in `wrong`."""
    found = {}
    for name, value in values.items():
        try:
            Settings(**{name: value})
        except (ValueError, TypeError):
            wrong.append(name)
        else:
            found[name] = value
    return found


def _each(fields: Fields, readers: "Mapping[str, _Reader]", wrong: list[str]) -> dict[str, Any]:
    """Return what the fields are that are there and right; name the others in `wrong`."""
    found = {}
    for name, read in readers.items():
        if name in fields.values:
            try:
                found[name] = read(fields, name)
            except FieldError as error:
                wrong.append(error.field)
    return found


def _others(values: dict[str, Any]) -> dict[str, Any]:
    """Return what this version does not know, also of the setup, as far as it can be kept."""
    others = {name: value for name, value in values.items() if name not in _READ}
    setup = values.get("setup")
    if isinstance(setup, dict):
        of_setup = {name: setup[name] for name in setup if name not in _READ_SETUP}
        others |= {"setup": of_setup} if of_setup else {}
    kept: dict[str, Any] = {}
    size = 0
    for name, value in islice(others.items(), _MOST_OTHERS):
        try:
            longer = size + len(json.dumps({name: value}, indent=2, allow_nan=False))
            if longer <= _LARGEST_OTHERS and _depth(value) <= _DEEPEST_OTHERS:
                kept[name], size = value, longer
        except (ValueError, RecursionError):
            continue  # it could not be written either
    return kept


def _depth(value: Any) -> int:
    inner: Iterable[Any] = value.values() if isinstance(value, dict) else value
    return 1 + max(map(_depth, inner), default=0) if isinstance(value, dict | list) else 0


def _note(wrong: list[str]) -> str:
    """Return what is said of fields that could not be read."""
    shown = ", ".join(f"“{numbers.clipped(name)}”" for name in wrong[:_MOST_NAMED])
    more = ", …" if len(wrong) > _MOST_NAMED else ""
    note = _("Some settings were damaged and have their defaults again: {names}.")
    return note.format(names=shown + more)


def _of_setup(fields: Fields, name: str) -> Any:
    is_whole = name == "max_iterations"
    value: Any = fields.whole(name, 1, MOST_ITERATIONS) if is_whole else fields.number(name)
    try:
        return getattr(Setup(**{name: value}), name)
    except SetupError as error:
        raise fields.wrong(name, str(error)) from error


def _method(fields: Fields, name: str) -> Method:
    try:
        return method_of(fields.text(name))
    except MethodError as error:
        raise fields.wrong(name, str(error)) from error


def _speed(fields: Fields, name: str) -> float | None:
    return None if fields.values[name] is None else fields.number(name)


def _whole(fields: Fields, name: str) -> int:
    return fields.whole(name, 0, 1000)  # which of these, the settings know


def _sizes(fields: Fields, name: str) -> tuple[int, ...]:
    sizes = tuple(fields.items(name))
    if not all(type(size) is int for size in sizes) or not _is_layout(("", sizes)):
        raise fields.wrong(name, "has no sizes of a window")
    return sizes


def _geometry(fields: Fields, name: str) -> bytes:
    text = fields.text(name)
    with suppress(ValueError):  # the first versions wrote it otherwise
        return bytes.fromhex(text)
    with suppress(ValueError):
        geometry = binascii.a2b_base64(text, strict_mode=True)
        if geometry.startswith(_QT_GEOMETRY):
            return geometry
    raise fields.wrong(name, "is no geometry")


def is_path(text: str) -> bool:
    """Say whether a file can have this path, and it can be remembered; "" is none."""
    try:
        path = os.fsencode(text)
    except ValueError:  # half a letter
        return False
    return b"\0" not in path and len(path) <= _LONGEST_PATH


def _is_layout(named: tuple[str, tuple[int, ...]]) -> bool:
    name, sizes = named
    are_sizes = all(0 <= size <= _LARGEST_SIZE for size in sizes)
    return len(name) <= _LONGEST_NAME and len(sizes) <= _MOST_SIZES and are_sizes


_Reader = Callable[[Fields, str], Any]
_READ: dict[str, _Reader] = {
    "setup": Fields.inner,
    "theme": Fields.text,
    "speed": _speed,
    "is_log_error": Fields.flag,
    "is_log_iterations": Fields.flag,
    "digits": _whole,
    "is_moving": Fields.flag,
    "geometry": _geometry,
    "layout": Fields.inner,
    "text_percent": _whole,
    "decimal_sign": Fields.text,
    "opens_new_windows": Fields.flag,
    "is_welcome_wanted": Fields.flag,
    "recent": Fields.items,
    "folder": Fields.text,
    "landscape_layer": Fields.text,
    "is_landscape_linear": Fields.flag,
    "landscape_beside": Fields.text,
}
_READ_SETUP = dict.fromkeys((field.name for field in FIELDS), _of_setup) | {"method": _method}


def _set_aside(path: Path) -> str:
    aside = path.with_name(f"{path.stem}.damaged{path.suffix}")
    try:
        path.replace(aside)
    except OSError as error:
        return _("Backprop could not read the settings ({problem}) and uses the defaults.").format(
            problem=error.strerror
        )
    note = _("The settings were damaged: Backprop uses the defaults. The old file is now {name}.")
    return note.format(name=aside.name)
