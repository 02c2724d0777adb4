"""When Python looks for objects that nobody can reach: not while the window opens.

Opening makes a hundred thousand objects, and nearly all of them stay. To go through them takes a
twentieth of the start. Later it stops a run at full speed, and the window, for a tenth of a second.
"""

import gc


def postpone() -> None:
    """Look for none until `begin`."""
    gc.disable()


def begin() -> None:
    """Look for them from now on, and never among the objects that are there already."""
    gc.freeze()
    gc.enable()
