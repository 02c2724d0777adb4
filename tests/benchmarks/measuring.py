"""What the measuring programs share: their sizes, a screen, and waiting for a while.

Each takes `--quick`, which measures next to nothing: it shows that the program still runs.
"""

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from tests.screens import x_server

if TYPE_CHECKING:  # the programs that open no window do not wait for its import
    from backprop_gui.storage.settings import Settings
    from backprop_gui.window.main_window import MainWindow


def is_quick() -> bool:
    """Read the command line of a measuring program."""
    parser = argparse.ArgumentParser(description=sys.modules["__main__"].__doc__)
    parser.add_argument("--quick", action="store_true", help="small sizes: does it still run?")
    return bool(parser.parse_args().quick)


@contextmanager
def screen(size: str) -> Iterator[None]:
    """Have Qt draw on an X server of its own, or where QT_QPA_PLATFORM already says."""
    if "QT_QPA_PLATFORM" in os.environ:
        yield
        return
    with x_server(size) as (_server, display):
        os.environ |= {"DISPLAY": display, "QT_QPA_PLATFORM": "xcb"}
        yield


@contextmanager
def window(settings: "Settings", size: tuple[int, int] = (1440, 900)) -> Iterator["MainWindow"]:
    """Open the main window, with all that follows its first frame; end it afterwards."""
    from backprop_gui.paint.theme import interface_font
    from backprop_gui.system import collection
    from backprop_gui.window.main_window import MainWindow

    app = QApplication([])
    app.setStyle("Fusion")
    app.setFont(interface_font())
    opened = MainWindow(settings)
    opened.resize(*size)
    opened.completed.connect(collection.begin)  # as for every window
    opened.completed.connect(_leave)
    opened.show()
    QApplication.exec()
    wait(0.5)
    yield opened
    opened.end()


def wait(seconds: float) -> None:
    """Let the program run on for a while, or for a fifth of it where nothing is measured."""
    pace = 200 if "--quick" in sys.argv else 1000
    QTimer.singleShot(int(seconds * pace), _leave)
    QApplication.exec()


def _leave() -> None:
    QApplication.exit(0)  # not quit(), which closes the windows
