"""What can be shown and exported: its names, its card and key, and what it can be asked for."""

from enum import Enum

from backprop_gui.export.formats import WORKED_OUT, Can
from backprop_gui.system.texts import _

EXAMPLE_DIGITS = 5  # significant ones, unless a person chooses
_SERIES = Can.SEVERAL | Can.PER_PAGE | Can.LINES | Can.SHEET | Can.SECONDS | Can.LOOPS
_OF_RUNS = Can.RUNS | Can.LISTED | Can.COMPARED
_SHOWN = ~(Can.EXAMPLE | Can.YOURS | Can.DATA | _OF_RUNS | Can.CELLS | Can.SURFACE)
_SURFACE = (_SHOWN | Can.SURFACE) & ~Can.DIGITS
_COMPARED = Can.RUNS | Can.COMPARED | Can.WHAT | Can.DIGITS | Can.THEME | Can.SIZE | Can.TITLE
_LISTED = Can.RUNS | Can.LISTED | Can.WHAT | Can.DIGITS | Can.CELLS


class What(Enum):
    """What can be shown or exported.

    `word` is its name on the command line, `title` that in dialogs and `file` that of its files.
    `card` is the title of its card, "" where it has none. `can` is what a person can ask of it,
    see `Can`.
    """

    NETWORK = ("network", _("Network"), _SHOWN, "", _("Network"))
    FORMULA = ("formula", _("Formula of this step"), _SHOWN, "", _("This step"))
    BOTH = ("network+formula", _("Network and formula"), _SHOWN, "network and formula")
    ERROR = ("error", _("Error plot"), _SHOWN & ~_SERIES & ~Can.DIGITS, "", _("Error"))
    LANDSCAPE = ("landscape", _("Landscape"), _SURFACE, "", _("Landscape"))
    SLICES = ("slices", _("Slices of the landscape"), _SURFACE & ~Can.LAYER)
    RELIEF = ("relief", _("Landscape as a relief"), _SURFACE & ~Can.LAYER)
    VALUES = ("values", _("Table of values"), _SHOWN & ~Can.LARGE, "", _("Values"))
    PROGRAM = ("program", _("Program"), Can(0), "", _("Program"))
    CHECK = ("check", _("Check"), Can(0), "", _("Check"))
    WORKING = ("working", _("Your working"), Can(0), "", _("Yours"))
    RUNS = ("runs", _("List of runs"), _LISTED, "runs", _("Runs"))
    COMPARE = ("compare", _("Comparison of the runs"), _COMPARED)
    WINDOW = ("window", _("Window"), Can.ONE | Can.SIZE | Can.TEXTS)
    EXAMPLE = ("example", _("Worked example"), WORKED_OUT | Can.SHEET, "worked example")
    DATA = ("data", _("Data"), Can.DATA | Can.CELLS, "iterations")

    def __init__(self, word: str, title: str, can: Can, file: str = "", card: str = "") -> None:
        self.word = word
        self.title = title
        self.can = can
        self.file = file or word
        self.card = card


CARDS = tuple(what for what in What if what.card)
PICTURES = tuple(what for what in What if Can.ONE in what.can)
SURFACES = tuple(what for what in What if Can.REGION in what.can)
SLIDES = (What.BOTH, What.NETWORK, What.FORMULA, What.VALUES, *SURFACES)
NATIVE = (What.BOTH, *SURFACES)  # in shapes of PowerPoint
CHOICES = tuple(what for what in What if Can.WHAT in what.can)  # of the command line


def named(word: str) -> What:
    """Return what is called so on the command line and in dialogs. Raises KeyError."""
    return {what.word: what for what in What}[word]
