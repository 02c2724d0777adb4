"""Work that takes a while: it reports how far it has got, and can be ended there."""

from collections.abc import Callable

Report = Callable[[int, int], None]  # (done, of so many); it may raise Cancelled
Job = Callable[[Report], None]


class Cancelled(Exception):  # noqa: N818 - nothing went wrong
    """The person does not want the result any more."""


def unheard(_done: int, _total: int) -> None:
    """Take a report that nobody waits for."""
