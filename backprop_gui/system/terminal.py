"""The only place that writes for a terminal: in the letters that it has, and quiet when it is gone.

What an encoding lacks is written plainly: - for a true minus sign, eta for η. A foreign letter,
such as one in a file's name, is escaped so that it can be seen: \\u0142.
"""

import codecs
import io
import os
import re
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TextIO

from backprop_gui.system.job import Report, unheard

_PATIENCE_S, _PACE_S = 0.5, 0.1  # before progress is shown, and from one to the next
_PLAINLY = "backprop.plainly"  # how Python calls this way of handling what cannot be encoded
_PLAIN = {
    "\N{MINUS SIGN}": "-",
    "–": "-",
    "—": "-",
    "·": "*",
    "×": "x",
    "÷": "/",
    "≈": "~",
    "≤": "<=",
    "≥": ">=",
    "±": "+-",
    "∞": "inf",
    "½": "1/2",
    "←": "<-",
    "→": "->",
    "↑": "up",
    "↓": "down",
    "◀": "<",
    "▶": ">",
    "η": "eta",
    "σ": "sigma",
    "∂": "d",
    "∇": "grad ",
    "°": " degrees",
    "ₕ": "_h",
    "ₒ": "_o",
    "“": '"',
    "”": '"',
    "‘": "'",
    "’": "'",
    "…": "...",
    "⚠": "!",
    "✓": "+",
    "○": "o",
    "✕": "x",
    "✗": "x",
}
_PLAIN |= dict.fromkeys(
    "\N{NO-BREAK SPACE}\N{FIGURE SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}", " "
)
_PLAIN |= {low: digit for digit, low in zip("0123456789", "₀₁₂₃₄₅₆₇₈₉", strict=True)}
_HIGH = dict(zip("⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺", "0123456789-+", strict=True))
_POWER = re.compile(rf"\b10[{''.join(_HIGH)}]+")


class LostOutputError(Exception):
    """The output takes no more; the text says why, and is empty where its reader has left."""


def prepare() -> None:
    """Let both outputs write plainly what their encoding lacks."""
    codecs.register_error(_PLAINLY, _handled)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=_PLAINLY)


def say(text: str) -> None:
    """Print what was asked for. Raises LostOutputError."""
    _write(sys.stdout, f"{text}\n")


def tell(sentence: str) -> None:
    """Say on one line of the error output what is wrong."""
    with suppress(LostOutputError):  # then nobody is left to be told
        _write(sys.stderr, f"{one_line(sentence)}\n")


def tell_lines(text: str) -> None:
    """Say on the error output what takes several lines, such as a report."""
    lines = text.expandtabs().splitlines()
    with suppress(LostOutputError):
        _write(sys.stderr, "".join(f"{_visible(line)}\n" for line in lines))


@contextmanager
def progress(words: str) -> Iterator[Report]:
    """Give what to report to; where the error output is a terminal, a line says how far it is.

    It is gone when this ends. Whoever says something meanwhile says it after that line.
    """
    if not (sys.stderr and sys.stderr.isatty()):
        yield unheard
        return
    line = _Progress(words)
    try:
        yield line.show
    finally:
        line.end()


class _Progress:
    """A line of the error output that is written over and over."""

    def __init__(self, words: str) -> None:
        self._words, self._shown = words, ""
        self._next = time.monotonic() + _PATIENCE_S

    def show(self, done: int, total: int) -> None:
        """Say how far it is, unless that was said just now."""
        now = time.monotonic()
        if now < self._next:
            return
        self._next = now + _PACE_S
        text = f"{self._words} {100 * done // max(1, total)} %".ljust(len(self._shown))
        if text != self._shown:
            self._shown = text
            with suppress(LostOutputError):  # then nobody looks
                _write(sys.stderr, f"\r{text}")

    def end(self) -> None:
        """Leave an empty line."""
        if self._shown:
            with suppress(LostOutputError):
                _write(sys.stderr, f"\r{' ' * len(self._shown)}\r")


def finish() -> None:
    """Bring to its reader what others have printed. Raises LostOutputError."""
    _write(sys.stdout, "")


def one_line(text: str) -> str:
    """Return a text on one line, in which what a terminal would obey, or not show, can be seen."""
    return _visible(" ".join(text.split()))


def _visible(line: str) -> str:
    return "".join(sign if sign.isprintable() else _escaped(sign) for sign in line)


def plain(text: str) -> str:
    """Return a text without what few encodings have: 5*10^-5 for 5·10⁻⁵, out_o for outₒ."""
    made, is_high = "", False
    for sign in text:
        if sign in _HIGH:
            made += _HIGH[sign] if is_high else f"^{_HIGH[sign]}"
        else:
            made += sign if sign.isascii() else _PLAIN.get(sign) or _escaped(sign)
        is_high = sign in _HIGH
    return made


def _whole(power: str, encoding: str | None) -> str:
    """Return a power of ten, plainly where a part of it is lacking: Latin-1 has ³ but no ⁰."""
    try:
        power.encode(encoding or "utf-8")
    except (LookupError, UnicodeError):
        return plain(power)
    return power


def _handled(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    return plain(error.object[error.start : error.end]), error.end


def _escaped(sign: str) -> str:
    return (
        sign.encode("ascii", "backslashreplace").decode()
        if not sign.isascii()
        else f"\\x{ord(sign):02x}"
    )


def _write(stream: TextIO | None, text: str) -> None:
    if stream is None:  # a program without a terminal has none
        return
    try:
        if text:  # a full disk refuses even to take nothing
            stream.write(_POWER.sub(lambda power: _whole(power[0], stream.encoding), text))
        stream.flush()
    except OSError as error:
        _let_go(stream)
        reason = "" if isinstance(error, BrokenPipeError) else error.strerror or str(error)
        raise LostOutputError(reason) from error


def _let_go(stream: TextIO) -> None:
    """Let what is still buffered go nowhere: at exit Python would try once more, and complain."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, stream.fileno())
    finally:
        os.close(nowhere)
