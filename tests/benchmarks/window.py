"""Measure the window at full speed, its timer meanwhile, its start and its plot.

Run with `.venv/bin/python -m tests.benchmarks.window`.
"""

import statistics
import subprocess
import sys
import time

from PySide6.QtCore import QElapsedTimer, Qt, QTimer

from backprop_gui.core import kernel
from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.storage.settings import Settings
from backprop_gui.window.main_window import MainWindow
from tests.benchmarks.measuring import is_quick, screen, wait, window

SETUP = Setup(target=1.5, max_iterations=2_000_000_000)

# Each says when what it is named after is on the screen, and ends.
BARE = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow, QWidget
if PLOT:
    from pyqtgraph import PlotWidget as Content
else:
    Content = QWidget
class Painted(Content):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, end)
def end():
    print(time.monotonic_ns(), flush=True)
    window.close()
app = QApplication(sys.argv)
window = QMainWindow()
window.setCentralWidget(Painted())
window.resize(1440, 900)
window.show()
sys.exit(app.exec())
"""
OURS = """
import sys, time
from backprop_gui.cli import main
from backprop_gui.window import main_window
def end(self):
    print(time.monotonic_ns())
    self.close()
if PLOT:
    complete = main_window.MainWindow.complete
    main_window.MainWindow.complete = lambda self: (complete(self), self.repaint(), end(self))
else:
    main_window.MainWindow.complete = end
sys.exit(main.main([]))
"""


def main() -> None:
    print(f"kernel: {kernel.__file__}")
    quick = is_quick()
    with screen("1440x900"):
        start("first frame", "PLOT = False", 1 if quick else 9)
        start("every panel (bare: one plot)", "PLOT = True", 1 if quick else 9)
        with window(Settings(setup=SETUP, speed=None)) as opened:
            full_speed(opened, 0.5 if quick else 5.0)
            plot_repaint(opened, *((10_000, 2) if quick else (100_000_000, 30)))


def start(until: str, choice: str, rounds: int) -> None:
    times: dict[str, list[float]] = {"bare": [], "ours": []}
    for _round in range(rounds):
        for name, program in (("bare", BARE), ("ours", OURS)):
            begun = time.monotonic_ns()
            command = [sys.executable, "-c", choice + program]
            painted = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            times[name].append((int(painted.split()[0]) - begun) / 1e6)
    bare, ours = (statistics.median(times[name]) for name in ("bare", "ours"))
    print(f"start to {until}: bare {bare:.0f} ms, ours {ours:.0f} ms: {ours / bare:.2f} x")


def full_speed(window: MainWindow, seconds: float) -> None:
    alone = _alone(seconds / 2)
    gaps: list[float] = []
    clock = QElapsedTimer()
    timer = QTimer(interval=16, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: gaps.append(clock.nsecsElapsed() / 1e6) or clock.start())
    window.session.start()
    wait(0.5)
    before, begun = window.session.run.iteration, time.perf_counter()
    clock.start()
    timer.start()
    wait(seconds)
    timer.stop()
    rate = (window.session.run.iteration - before) / (time.perf_counter() - begun)
    window.session.pause()
    gaps.sort()
    p99 = gaps[int(len(gaps) * 0.99)]
    print(f"kernel alone {alone / 1e6:.1f} M/s; in the window {rate / alone:.2f} of that")
    print(f"16 ms timer meanwhile: median {statistics.median(gaps):.1f}, p99 {p99:.1f} ms")


def plot_repaint(window: MainWindow, iterations: int, rounds: int) -> None:
    while window.session.run.iteration < iterations:
        window.session.start()
        wait(0.5)
    window.session.pause()
    wait(0.3)
    times = []
    plot = window.error_plot
    for _round in range(rounds):
        begun = time.perf_counter()
        plot._drawn = None
        plot._refresh()
        plot.grab()
        times.append(time.perf_counter() - begun)
    points = len(window.session.run.trace().iterations)
    print(f"plot repaint with {points:,} points: median {statistics.median(times) * 1e3:.1f} ms")


def _alone(seconds: float) -> float:
    run = Run(SETUP)
    begun = time.perf_counter()
    while time.perf_counter() - begun < seconds:
        run.advance(1_000_000)
    return run.iteration / (time.perf_counter() - begun)


if __name__ == "__main__":
    main()
