"""The program once more, with a window of its own beside this one."""

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from backprop_gui.system import programs
from backprop_gui.system.texts import _

_APART = 0x00000200 | 0x00000008  # Windows: a process group of its own, and no console
_LOOK_MS = 250
_LOOKS = 80  # after so many it has started; how it ends later is its own matter


def start_another(
    owner: QObject, refused: Callable[[str], None], path: Path | None = None
) -> "Another | None":
    """Start the program once more, with a file; call `refused` with a sentence where it cannot.

    That may be after some seconds, as long as `owner` lives. Return what looks after it.
    """
    files = [str(path.absolute())] if path else []
    words = [*programs.ourselves(), "--new-window", "--desktop", *files]
    try:
        return Another(words, refused, owner)
    except OSError as error:
        problem = _("Another window could not be opened: {reason}.")
        refused(problem.format(reason=error.strerror or error))
        return None


class Another(QObject):
    """Looks after a program that was started, which goes on when this one ends."""

    def __init__(self, words: list[str], refused: Callable[[str], None], owner: QObject) -> None:
        super().__init__(owner)
        self._refused = refused
        self._looks = 0
        # What comes from the terminal of this one is not meant for that one; nor does it stay in
        # a folder that the person may want to move.
        is_windows = sys.platform == "win32"
        apart = {"creationflags": _APART} if is_windows else {"start_new_session": True}
        home = os.path.expanduser("~")
        self.process = subprocess.Popen(  # noqa: S603 - our own words, and no shell
            words,
            stdin=subprocess.DEVNULL,
            cwd=home if os.path.isdir(home) else None,
            env=programs.surroundings(),
            **apart,
        )
        timer = QTimer(self, interval=_LOOK_MS)
        timer.timeout.connect(self._look)
        timer.start()

    def _look(self) -> None:
        self._looks += 1
        code = self.process.poll()
        if code is None:
            return
        if code and self._looks <= _LOOKS:
            problem = _(
                "Another window could not be opened: the program ended with the code {code}."
            )
            self._refused(problem.format(code=code))
        self.deleteLater()
