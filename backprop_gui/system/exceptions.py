"""Exceptions that cannot be raised where they happen: in a thread, or while Qt paints."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager


def hand_on(error: Exception) -> None:
    """Give an exception to whoever takes what nobody expected: see `app/crash_handler`."""
    sys.excepthook(type(error), error, error.__traceback__)


@contextmanager
def handed_on() -> Iterator[None]:
    """Hand on what is raised in the block.

    Raised out of an override of Qt's, an exception would meet each override that is called next in
    the same pass; a painter that it leaves active ends the process.
    """
    try:
        yield
    except Exception as error:  # noqa: BLE001 - whatever it is
        hand_on(error)
