"""Work that takes a while: it reports how far it has got, and can be ended there."""

from collections.abc import Callable

Report = Callable[[int, int], None]  # (done, of so many); what it raises ends the job
Job = Callable[[Report], None]


def unheard(_done: int, _total: int) -> None:
    """Take a report that nobody waits for."""
