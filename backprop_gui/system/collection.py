"""When Python looks for objects that nobody can reach: not while the window opens.

Opening makes a hundred thousand objects, and nearly all of them stay. To go through them takes a
twentieth of the start. Later it stops a run at full speed, and the window, for a tenth of a second.
"""

import gc

_SELDOM = 200  # times that younger objects are looked through before all are


def postpone() -> None:
    """Look for none until `begin`."""
    gc.disable()


def begin() -> None:
    """Look for them from now on, and never among the objects that are there already.

    Among all others seldom: that takes 15 ms, and would come in every seventieth frame of a run.
    """
    gc.freeze()
    young, middle, _old = gc.get_threshold()
    gc.set_threshold(young, middle, _SELDOM)
    gc.enable()
