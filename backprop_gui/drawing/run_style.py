"""How the curves of compared runs are told apart: by a colour and a dash, in every card and file.

Runs that follow each other differ in both. The six colours differ to the colour-blind, too; in
grey the dashes do.
"""

from backprop_gui.core.kept_run import COLOURS
from backprop_gui.drawing.shapes import Ink

# Lengths on and off, in logical units; () is a line without gaps.
DASHES = ((), (9.0, 4.0), (2.0, 3.0), (9.0, 3.0, 2.0, 3.0))
_INKS = (Ink.RUN_1, Ink.RUN_2, Ink.RUN_3, Ink.RUN_4, Ink.RUN_5, Ink.RUN_6)
PRESENT_STYLE: tuple[Ink, tuple[float, ...]] = (Ink.FORWARD, ())  # the present run's
_ROUND = 12  # after so many runs the same pairs would come again: the dashes go on by one


def style(colour: str) -> tuple[Ink, tuple[float, ...]]:
    """Return the ink and the dash of a kept run's colour: one of COLOURS, or of an ink.

    Raises ValueError for another one.
    """
    if colour not in COLOURS:
        return Ink(colour), ()
    place = COLOURS.index(colour)
    return _INKS[place % len(_INKS)], DASHES[(place + place // _ROUND) % len(DASHES)]
