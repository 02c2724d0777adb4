"""A working on paper as the command line gets it: a text file, or standard input."""

import argparse
import sys
from collections.abc import Sequence

from backprop_gui.cli import arguments
from backprop_gui.lesson.working import WorkingText, read_working
from backprop_gui.storage import files
from backprop_gui.system import terminal
from backprop_gui.system.foreign import shown
from backprop_gui.system.texts import _

_LARGEST = 1 << 20  # bytes that are read
_STANDARD_INPUT = "-"


def working_in(name: str, parser: argparse.ArgumentParser) -> WorkingText:
    """Return the lines in a file, or of standard input for -; one without any ends the program."""
    written = read_working(_text(name, parser))
    if not written.texts:
        tell(parser, written.problems)
        parser.error(_("{name} has no line of a working").format(name=shown(name)))
    return written


def tell(parser: argparse.ArgumentParser, remarks: Sequence[str]) -> None:
    """Say each remark in a line of its own."""
    for remark in remarks:
        terminal.tell(f"{parser.prog}: {remark}")


def _text(name: str, parser: argparse.ArgumentParser) -> str:
    try:
        if name == _STANDARD_INPUT:
            data = sys.stdin.buffer.read(_LARGEST)
        else:
            with files.open_regular(arguments.file_path(name)) as stream:
                data = stream.read(_LARGEST)
    except (OSError, argparse.ArgumentTypeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else error
        parser.error(f"{shown(name)}: {reason}")
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    return data.decode(encoding, errors="replace")
