"""Measure how long a key press takes until its step is painted, with every card visible.

Run with `.venv/bin/python -m tests.benchmarks.steps`.
"""

import statistics
import time
from dataclasses import replace

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from backprop_gui.core.network import Setup
from backprop_gui.paint import typesetting
from backprop_gui.storage.settings import Settings
from backprop_gui.window.main_window import MainWindow
from tests.benchmarks.measuring import is_quick, screen, wait, window

LONG = Setup(target=1.5, max_iterations=10_000_000)
SHORT = replace(LONG, max_iterations=100_000)


def main() -> None:
    quick = is_quick()
    with screen("1920x1080"), window(Settings(), (1920, 1080)) as opened:
        measure(opened, 1 if quick else 20, SHORT if quick else LONG)


def measure(window: MainWindow, iterations: int, setup: Setup) -> None:
    # The tabs that are not on top get cards of their own, so that all are painted.
    window.arrangement.add_to_sidebar(*window.panels.pages()[2:])
    wait(0.5)
    hidden = [page.title for page in window.panels.pages() if not page.content.isVisible()]
    if hidden:
        raise RuntimeError(f"not to be seen: {hidden}")
    window.activateWindow()
    if not QTest.qWaitForWindowActive(window):
        raise RuntimeError("the window does not get the keys")
    key_to_paint(window, iterations, is_cold=True)
    key_to_paint(window, iterations, is_cold=False)
    window.appearance.choose(replace(window.appearance.choices, digits=17))
    key_to_paint(window, iterations, is_cold=False, what="warm, 17 digits")
    ends(window, setup)


def key_to_paint(window: MainWindow, iterations: int, *, is_cold: bool, what: str = "") -> None:
    for name, key in (("forwards", Qt.Key.Key_Right), ("backwards", Qt.Key.Key_Left)):
        times = []
        begun = window.session.moment.position
        for _each in range(15 * iterations):
            if is_cold:
                typesetting.forget()
            times.append(_pressed(window, key))
        if abs(window.session.moment.iteration - begun.iteration) != iterations:
            raise RuntimeError("the keys did not go through the run")
        kind = what or ("cold" if is_cold else "warm")
        _report(f"key to painted step, {kind}, {name}", times)


def ends(window: MainWindow, setup: Setup) -> None:
    session = window.session
    session.set_setup(setup)
    session.set_speed(float("inf"))
    session.start()
    while session.is_running:
        wait(0.1)
    print(f"run of {session.known_iterations:,} iterations")
    for name, key in (("Home", Qt.Key.Key_Home), ("End", Qt.Key.Key_End)) * 5:
        print(f"  {name} {_pressed(window, key) * 1e3:.1f} ms")


def _pressed(window: MainWindow, key: Qt.Key) -> float:
    """Return the seconds from the key press until all that it changes is painted."""
    QApplication.processEvents()
    begun = time.perf_counter()
    QTest.keyClick(window.network, key)
    QApplication.processEvents(QEventLoop.ProcessEventsFlag.ExcludeUserInputEvents)
    taken = time.perf_counter() - begun
    wait(0.02)
    return taken


def _report(what: str, times: list[float]) -> None:
    times.sort()
    middle, p99 = statistics.median(times), times[int(len(times) * 0.99)]
    print(f"{what}: median {middle * 1e3:.1f}, p99 {p99 * 1e3:.1f} ms")


if __name__ == "__main__":
    main()
