"""What the program remembers from one start to the next."""

import dataclasses
import json
import math
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from backprop_gui import files
from backprop_gui.core.network import Setup
from backprop_gui.i18n import _
from backprop_gui.lesson import numbers

_LARGEST = 100_000  # bytes; our own files have about 1,000
_THEMES = ("system", "light", "dark")


@dataclass(frozen=True, slots=True)
class Settings:
    """What is remembered.

    `speed` is in iterations per second; None is as fast as it goes. `digits` are significant ones,
    3 to 17. `is_moving` says whether a step moves, unless the desktop asks for less motion.
    """

    setup: Setup = dataclasses.field(default_factory=Setup)
    theme: str = "system"
    speed: float | None = 100.0
    is_log_error: bool = True
    is_log_iterations: bool = False
    digits: int = numbers.DIGITS
    is_moving: bool = True
    geometry: bytes = b""

    def __post_init__(self) -> None:
        if self.theme not in _THEMES:
            raise ValueError("no such theme")
        if self.speed is not None and not 0 < self.speed < math.inf:
            raise ValueError("no such speed")
        if self.digits not in numbers.DIGITS_RANGE:
            raise ValueError("no such number of digits")


def load(path: Path) -> tuple[Settings, str | None]:
    """Return the settings of a file, and a note for the person if it was damaged.

    A damaged file is set aside under another name; the settings are then the defaults.
    """
    try:
        with path.open("rb") as stream:
            return _decoded(json.loads(stream.read(_LARGEST))), None
    except FileNotFoundError:
        return Settings(), None
    except (OSError, ValueError, TypeError, KeyError, OverflowError, RecursionError):
        return Settings(), _set_aside(path)


def save(settings: Settings, path: Path) -> None:
    """Write the settings, whole or not at all. Raises OSError."""
    values = dataclasses.asdict(settings)
    values["geometry"] = settings.geometry.hex()
    path.parent.mkdir(parents=True, exist_ok=True)
    files.write(path, json.dumps(values, indent=2, allow_nan=False).encode())


def _decoded(values: dict[str, Any]) -> Settings:
    setup = values["setup"]
    given = {f.name: setup[f.name] for f in dataclasses.fields(Setup)}
    for name, value in given.items():
        if isinstance(value, bool) or not isinstance(value, int | float):
            raise TypeError(f"{name} is not a number")
    speed = values["speed"]
    if isinstance(speed, bool) or not isinstance(speed, int | float | None):
        raise TypeError("the speed is not a number")
    values = {"digits": numbers.DIGITS, "is_moving": True} | values  # of a former version
    for name in ("is_log_error", "is_log_iterations", "is_moving"):
        if not isinstance(values[name], bool):
            raise TypeError(f"{name} is neither true nor false")
    if type(values["digits"]) is not int:
        raise TypeError("the digits are not a whole number")
    return Settings(
        Setup(**given),
        values["theme"],
        None if speed is None else float(speed),
        values["is_log_error"],
        values["is_log_iterations"],
        values["digits"],
        values["is_moving"],
        bytes.fromhex(values["geometry"]),
    )


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
