"""Measure the window at full speed, its timer meanwhile, its start and its plot.

Run with `xvfb-run -s "-screen 0 1440x900x24" .venv/bin/python tests/benchmarks/window.py`.
"""

import statistics
import subprocess
import sys
import time

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtWidgets import QApplication

from backprop_gui.core import kernel
from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.storage.settings import Settings
from backprop_gui.window.main_window import MainWindow

SECONDS = 5.0
LONG = 100_000_000
STARTS = 9
SETUP = Setup(target=1.5, max_iterations=2_000_000_000)

# Both say when their first frame is painted, and end.
BARE = """
import sys, time
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication, QMainWindow
class Window(QMainWindow):
    def paintEvent(self, event):
        super().paintEvent(event)
        QTimer.singleShot(0, self.end)
    def end(self):
        print(time.monotonic_ns())
        self.close()
app = QApplication(sys.argv)
window = Window()
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
main_window.MainWindow.complete = end
sys.exit(main.main([]))
"""


def main() -> None:
    print(f"kernel: {kernel.__file__}")
    start()
    app = QApplication([])
    app.setStyle("Fusion")
    window = MainWindow(Settings(setup=SETUP, speed=None))
    window.show()
    _wait(1.5)
    full_speed(window)
    plot_repaint(window)
    window.close()


def start() -> None:
    times: dict[str, list[float]] = {"bare": [], "ours": []}
    for _round in range(STARTS):
        for name, program in (("bare", BARE), ("ours", OURS)):
            begun = time.monotonic_ns()
            command = [sys.executable, "-c", program]
            painted = subprocess.run(command, check=True, capture_output=True, text=True).stdout
            times[name].append((int(painted) - begun) / 1e6)
    bare, ours = (statistics.median(times[name]) for name in ("bare", "ours"))
    print(f"start to first frame: bare {bare:.0f} ms, ours {ours:.0f} ms: {ours / bare:.2f} x")


def full_speed(window: MainWindow) -> None:
    alone = _alone()
    gaps: list[float] = []
    clock = QElapsedTimer()
    timer = QTimer(interval=16, timerType=Qt.TimerType.PreciseTimer)
    timer.timeout.connect(lambda: gaps.append(clock.nsecsElapsed() / 1e6) or clock.start())
    window.session.start()
    _wait(0.5)
    before, begun = window.session.run.iteration, time.perf_counter()
    clock.start()
    timer.start()
    _wait(SECONDS)
    timer.stop()
    rate = (window.session.run.iteration - before) / (time.perf_counter() - begun)
    window.session.pause()
    gaps.sort()
    p99 = gaps[int(len(gaps) * 0.99)]
    print(f"kernel alone {alone / 1e6:.1f} M/s; in the window {rate / alone:.2f} of that")
    print(f"16 ms timer meanwhile: median {statistics.median(gaps):.1f}, p99 {p99:.1f} ms")


def plot_repaint(window: MainWindow) -> None:
    while window.session.run.iteration < LONG:
        window.session.start()
        _wait(0.5)
    window.session.pause()
    _wait(0.3)
    times = []
    plot = window.error_plot
    for _round in range(30):
        begun = time.perf_counter()
        plot.show_known(window.session.known_iterations)
        plot.show_running(False)
        plot.grab()
        times.append(time.perf_counter() - begun)
    points = len(window.session.run.curve().iterations)
    print(f"plot repaint with {points:,} points: median {statistics.median(times) * 1e3:.1f} ms")


def _alone() -> float:
    run = Run(SETUP)
    begun = time.perf_counter()
    while time.perf_counter() - begun < 2.0:
        run.advance(1_000_000)
    return run.iteration / (time.perf_counter() - begun)


def _wait(seconds: float) -> None:
    # Not quit(), which closes the windows.
    QTimer.singleShot(int(seconds * 1000), lambda: QApplication.exit(0))
    QApplication.exec()


if __name__ == "__main__":
    main()
