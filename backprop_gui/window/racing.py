"""Races a mistake: a run with it beside the right one, chosen in a dialog or found in a working."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from backprop_gui.core.kept_run import MOST_KEPT
from backprop_gui.paint.theme import Theme
from backprop_gui.state.session import Session
from backprop_gui.system.texts import _

if TYPE_CHECKING:
    from backprop_gui.lesson.mistaken import Mistaken

_Say = Callable[[str], object]


def ask_for_race(session: Session, window: QWidget, theme: Theme, say: _Say) -> None:
    """Ask for the mistake, and race it. Where there is no room, say so instead."""
    if session.room < 1:
        full = _("{most} runs are kept. Remove one to make room for a mistake.")
        say(full.format(most=MOST_KEPT))
        return
    from backprop_gui.dialogs.race_dialog import RaceDialog

    dialog = RaceDialog(window, theme)
    dialog.answered.connect(lambda mistaken: race(session, mistaken, say))
    dialog.exec()
    dialog.deleteLater()


def race(session: Session, mistaken: "Mistaken", say: _Say) -> None:
    """Race a mistake, and say where it is seen."""
    session.race(mistaken)
    if any(each.setup.method == mistaken for each in session.state.kept):
        say(
            _("Racing “{title}”: see the curves, and the list of runs").format(title=mistaken.title)
        )
