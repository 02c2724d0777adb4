"""Asks for a sweep: a run for each of several values of one thing, beside the present run."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from backprop_gui.core.kept_run import MOST_KEPT
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.state.session import Session
from backprop_gui.system.texts import _

_LEAST = 2  # runs of a sweep


def ask_for_sweep(
    session: Session, window: QWidget, numerals: Numerals, say: Callable[[str], object]
) -> None:
    """Ask for the values, and have a run of each kept. Where there is no room, say so instead."""
    if session.room < _LEAST:
        full = _("{kept} of {most} runs are kept. Remove some to make room for a sweep.")
        say(full.format(kept=MOST_KEPT - session.room, most=MOST_KEPT))
        return
    from backprop_gui.dialogs.sweep_dialog import SweepDialog

    dialog = SweepDialog(session.setup, session.room, window, numerals)
    dialog.answered.connect(session.add_runs)
    dialog.exec()
    dialog.deleteLater()
