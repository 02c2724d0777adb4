"""Which runs are kept when one more is: the rules, as a function of values.

A run that the program keeps by itself may make room for another one; a person's own never does.
"""

from collections.abc import Iterable
from contextlib import suppress
from dataclasses import replace

from backprop_gui.core.kept_run import COLOURS, FADED, MOST_KEPT, KeptRun
from backprop_gui.core.network import Setup


class FullError(ValueError):
    """There is no room for one more run: a person wants all of those that are kept."""


def with_one_more(runs: tuple[KeptRun, ...], added: KeptRun) -> tuple[KeptRun, ...]:
    """Return the runs that are kept when this one is, too, the newest last.

    It has the id, name and colour of one with the same setup, and its place. Else it gets those
    that are free, and where there is no room, the oldest run that nobody asked for makes it.
    Raises FullError where there is none.
    """
    same = next((each for each in runs if each.setup == added.setup), None)
    if same:
        return _joined(runs, same, added)
    if len(runs) >= MOST_KEPT:
        makes_room = next((each for each in runs if not each.is_own), None)
        if makes_room is None:
            raise FullError
        runs = tuple(each for each in runs if each is not makes_room)
    return (*runs, replace(added, id=free_id(runs), colour=free_colour(runs)))


def right(setup: Setup) -> Setup:
    """Return a setup without the mistake that its method makes on purpose, where it makes one."""
    return setup.exact if setup.is_mistaken else setup


def beside_right(setup: Setup, kept: tuple[KeptRun, ...]) -> tuple[Setup, tuple[KeptRun, ...]]:
    """Return what a person goes through in place of a run with a mistake, and what is kept then.

    The mistake is kept beside the right run, as far as it is worth to be seen, if there is room.
    """
    if setup.method is None or not setup.is_mistaken:
        return setup, kept
    if any(each.setup == setup for each in kept):
        return right(setup), kept
    from backprop_gui.lesson.race import raced_length

    made = KeptRun(0, setup.method.title, COLOURS[0], setup, raced_length(setup), is_own=True)
    with suppress(FullError):
        kept = with_one_more(kept, made)
    return right(setup), kept


def free_id(runs: Iterable[KeptRun]) -> int:
    """Return an id that no run has, nor had before the newest one."""
    return 1 + max((each.id for each in runs), default=0)


def free_colour(runs: Iterable[KeptRun]) -> str:
    """Return the first colour that no run has."""
    taken = {each.colour for each in runs}
    return next((colour for colour in COLOURS if colour not in taken), FADED)


def _joined(runs: tuple[KeptRun, ...], same: KeptRun, added: KeptRun) -> tuple[KeptRun, ...]:
    """Return the runs with one that is kept again; a person's own stays as long as it is known."""
    if same.is_own and added.iterations <= same.iterations:
        newer = replace(same, is_shown=same.is_shown or added.is_own)
    else:
        newer = replace(
            added,
            id=same.id,
            name=added.name if added.is_own and not same.is_own else same.name,
            colour=same.colour,
            is_shown=same.is_shown or added.is_own,
            is_own=same.is_own or added.is_own,
        )
    if same.is_own:
        return tuple(newer if each is same else each for each in runs)
    return (*(each for each in runs if each is not same), newer)
