"""Measure how long an experiment takes to be saved and to be opened, in a window.

Run with `.venv/bin/python -m tests.benchmarks.documents`.
"""

import statistics
import tempfile
import time
from pathlib import Path

from PySide6.QtWidgets import QApplication

from backprop_gui.core.kept_run import MOST_KEPT, KeptRun
from backprop_gui.core.network import Setup
from backprop_gui.lesson.moment import Position
from backprop_gui.storage.experiment_file import (
    LONGEST_NOTE,
    Document,
    View,
    encoded,
)
from backprop_gui.storage.settings import Settings
from backprop_gui.window.main_window import MainWindow
from tests.benchmarks.measuring import is_quick, screen, window

SMALL = Document()
LARGE = Document(
    Setup(w1=1 / 3),
    Position(500, 9),
    tuple(KeptRun.numbered(n, Setup(eta=1.0 + n / 10), 500) for n in range(1, MOST_KEPT + 1)),
    View(7, True, False),
    "x " * (LONGEST_NOTE // 2),
)


def main() -> None:
    rounds = 2 if is_quick() else 50
    with (
        screen("1440x900"),
        window(Settings(is_welcome_wanted=False)) as opened,
        tempfile.TemporaryDirectory() as folder,
    ):
        for name, document in (("the article", SMALL), ("the largest", LARGE)):
            measure(opened, name, document, Path(folder, "a.backprop"), rounds)


def measure(window: MainWindow, name: str, document: Document, path: Path, rounds: int) -> None:
    path.write_bytes(encoded(document))
    opened, saved = [], []
    for _round in range(rounds):
        opened.append(timed(lambda: window.documents.open(path)))
        saved.append(timed(window.documents.save))
    for what, times in (("opened", opened), ("saved", saved)):
        print(f"{name} {what}: median {statistics.median(times):.1f}, worst {max(times):.1f} ms")


def timed(do) -> float:
    """Return how long it takes until all of it is painted, in ms."""
    begun = time.perf_counter()
    do()
    QApplication.processEvents()
    return (time.perf_counter() - begun) * 1000


if __name__ == "__main__":
    main()
