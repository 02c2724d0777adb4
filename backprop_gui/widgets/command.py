"""What a command of the window is: its text, its keys, and when it is of use."""

from dataclasses import dataclass
from enum import Enum

from backprop_gui.system.texts import _


class Passing(Enum):
    """What an act does about a number that is typed and not taken yet."""

    STOPS = "takes it first; where it cannot be taken, nothing else happens"
    GOES_ON = "takes it first where it can be taken; goes on in any case, for it does without it"
    SEES_TO_IT = "takes it, or leaves it, by itself"


class When(Enum):
    """When a command is enabled."""

    COMPLETE = "as soon as the window is complete"
    ONE_ALONE = "while one card is alone, or in a lecture"
    UNDOABLE = "while there is a change to undo"
    REDOABLE = "while there is a change to redo"
    LECTURE = "in a lecture"
    ON_PAPER = "while the run is computed as on paper"
    ASKED = "while a question waits for an answer"


@dataclass(frozen=True)
class Command:
    """A command: its menu text, its keys (portable, with spaces between) and what it is for.

    `lecture_keys` work in a lecture alone, where no box has a use of its own for them.
    `purpose` is a sentence for the help, "What's this?" and the README; `short` says the same on
    a button. A key that is held down calls it again only where it `repeats`. `text_on` is the
    text while it is on, where that is another one, with a place for the {change} that it is about;
    `text_over` is the text at the run's end.
    """

    id: str
    text: str
    keys: str
    purpose: str
    short: str = ""
    passing: Passing = Passing.STOPS
    when: When = When.COMPLETE
    repeats: bool = False
    is_checkable: bool = False
    text_on: str = ""
    text_over: str = ""
    lecture_keys: str = ""

    @property
    def name(self) -> str:
        """The text without the letter's mark and the dots."""
        return bare(self.text)

    def text_now(self, is_on: bool, is_over: bool = False) -> str:
        """Return the text while it is on or not, or at the run's end."""
        text = self.text_on if is_on else self.text_over if is_over else ""
        return text or self.text

    @property
    def keys_shown(self) -> str:
        """The keys as a person reads them: "→, Page Down"."""
        return _keys_shown(self.keys)

    @property
    def all_keys_shown(self) -> str:
        """The same with those of a lecture: "→, Page Down, in a lecture ↓"."""
        if not self.lecture_keys:
            return self.keys_shown
        in_lecture = _("in a lecture {keys}").format(keys=_keys_shown(self.lecture_keys))
        return f"{self.keys_shown}, {in_lecture}"

    @property
    def hint(self) -> str:
        """The tooltip: what it is for, and its keys in brackets."""
        return self.hint_of(self.short or self.purpose.rstrip("."))

    def hint_of(self, text: str) -> str:
        """Return a text as the tooltip, with the keys in brackets."""
        return f"{text} ({self.keys_shown})" if self.keys else text


def bare(text: str) -> str:
    """Return a menu's text without the letter's mark and the dots."""
    return text.replace("&", "").rstrip("…")


_KEYS = {
    "Right": "→",
    "Left": "←",
    "Up": "↑",
    "Down": "↓",
    "PgUp": _("Page Up"),
    "PgDown": _("Page Down"),
    "-": "−",
}


def _keys_shown(keys: str) -> str:
    return ", ".join(_key_shown(key) for key in keys.split())


def _key_shown(key: str) -> str:
    head, plus, last = key.rpartition("+") if not key.endswith("+") else ("", "", key)
    return head + plus + _KEYS.get(last, last)
