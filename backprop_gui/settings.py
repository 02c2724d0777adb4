"""What the program remembers from one start to the next."""

import dataclasses
import json
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backprop_gui import files
from backprop_gui.core.network import Setup
from backprop_gui.i18n import _
from backprop_gui.lesson import numbers

MOST_RECENT = 10
TEXT_PERCENTS = (100, 120, 150)
_LARGEST = 100_000  # bytes; our own files have some 2,000
_MOST_SIZES = 16  # of one splitter
_LARGEST_SIZE = 100_000  # pixels
_THEMES = ("system", "light", "dark")


@dataclass(frozen=True, slots=True)
class Settings:
    """What is remembered.

    `speed` is in iterations per second; None is as fast as it goes. `digits` are significant ones,
    3 to 17. `is_moving` says whether a step moves, unless the desktop asks for less motion.
    `layout` has sizes in pixels, and places of tabs, under names that the window knows.
    `text_percent` is the size of text, of the desktop's own. `recent` and `folder` are paths.
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

    def __post_init__(self) -> None:
        if self.theme not in _THEMES:
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


_FIRST = (
    "setup",
    "theme",
    "speed",
    "is_log_error",
    "is_log_iterations",
    "geometry",
)  # always there


def load(path: Path) -> tuple[Settings, str | None]:
    """Return the settings of a file, and a note for the person if it was damaged.

    A damaged file is set aside under another name; the settings are then the defaults.
    """
    try:
        with path.open("rb") as stream:
            return _decoded(json.loads(stream.read(_LARGEST))), None
    except FileNotFoundError:
        return Settings(), None
    except (IsADirectoryError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return Settings(), _set_aside(path)
    except OSError as error:  # of a disk, say: the file may be good
        note = _("The settings could not be read ({problem}); the defaults are used.")
        return Settings(), note.format(problem=error.strerror or error)


def save(settings: Settings, path: Path) -> None:
    """Write the settings, whole or not at all. Raises OSError."""
    values = dataclasses.asdict(settings)
    values["geometry"] = settings.geometry.hex()
    path.parent.mkdir(parents=True, exist_ok=True)
    files.write(path, json.dumps(values, indent=2, allow_nan=False).encode())


def _decoded(values: dict[str, Any]) -> Settings:
    """Return the settings; what a former version did not know is as by default."""
    known = {
        name: read(values[name]) for name, read in _READ.items() if name in values or name in _FIRST
    }
    return Settings(**known)


def _setup(values: dict[str, Any]) -> Setup:
    given = {f.name: values[f.name] for f in dataclasses.fields(Setup)}
    for value in given.values():
        _number(value)
    return Setup(**given)


def _number(value: Any) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise TypeError("not a number")
    return float(value)


def _speed(value: Any) -> float | None:
    return None if value is None else _number(value)


def _whole(value: Any) -> int:
    if type(value) is not int:
        raise TypeError("not a whole number")
    return value


def _flag(value: Any) -> bool:
    if not isinstance(value, bool):
        raise TypeError("neither true nor false")
    return value


def _text(value: Any) -> str:
    if not isinstance(value, str):
        raise TypeError("not a text")
    return value


def _texts(values: Any) -> tuple[str, ...]:
    if not isinstance(values, list):
        raise TypeError("not a list")
    return tuple(_text(value) for value in values)


def _layout(values: Any) -> dict[str, tuple[int, ...]]:
    if not isinstance(values, dict) or not all(
        isinstance(sizes, list) and len(sizes) <= _MOST_SIZES for sizes in values.values()
    ):
        raise TypeError("not lists of sizes")
    return {name: tuple(_size(size) for size in sizes) for name, sizes in values.items()}


def _size(value: Any) -> int:
    if not 0 <= _whole(value) <= _LARGEST_SIZE:
        raise ValueError("no size of a window")
    return int(value)


def _bytes(value: Any) -> bytes:
    return bytes.fromhex(value)


_READ: dict[str, Callable[[Any], Any]] = {
    "setup": _setup,
    "theme": _text,
    "speed": _speed,
    "is_log_error": _flag,
    "is_log_iterations": _flag,
    "digits": _whole,
    "is_moving": _flag,
    "geometry": _bytes,
    "layout": _layout,
    "text_percent": _whole,
    "decimal_sign": _text,
    "opens_new_windows": _flag,
    "is_welcome_wanted": _flag,
    "recent": _texts,
    "folder": _text,
}


def _set_aside(path: Path) -> str:
    aside = path.with_name(f"{path.stem}.damaged{path.suffix}")
    try:
        path.replace(aside)
    except OSError as error:
        return _("The settings could not be read ({problem}); the defaults are used.").format(
            problem=error.strerror
        )
    note = _("The settings were damaged and are set aside as {name}; the defaults are used.")
    return note.format(name=aside.name)
