"""Measure the landscape's card in the window: at full speed, its map of starts, its relief.

Run with `.venv/bin/python -m tests.benchmarks.surface`.
"""

import statistics
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from PySide6.QtCore import QElapsedTimer, Qt, QTimer
from PySide6.QtWidgets import QApplication

from backprop_gui.core import kernel
from backprop_gui.core.network import Setup
from backprop_gui.lesson.surface import Layer, Region
from backprop_gui.lesson.surface_look import Beside
from backprop_gui.storage.settings import Settings
from backprop_gui.window.main_window import MainWindow
from tests.benchmarks.measuring import is_quick, screen, wait, window

# It goes on for as long as one measures; at this η the point moves all the while.
ENDLESS = Setup(tolerance=0.0, eta=1e-6, max_iterations=2_000_000_000)
STARTS = Region(-5.0, 5.0, -5.0, 5.0)
LIMIT_S = 60.0


def main() -> None:
    print(f"kernel: {kernel.__file__}")
    quick = is_quick()
    with screen("1440x900"), window(Settings(setup=ENDLESS, speed=None)) as opened:
        full_speed(opened, *((0.2, 1) if quick else (3.0, 5)))
        opened.session.set_setup(Setup())
        opened.arrangement.reveal(opened.views.landscape)
        picture(opened, 2 if quick else 40)
        relief(opened, 2 if quick else 40)
        map_of_starts(opened, 0.2 if quick else LIMIT_S)


def full_speed(opened: MainWindow, seconds: float, rounds: int) -> None:
    """Compare running with the landscape in sight with running behind another card, in pairs."""
    cards = {"error plot": opened.error_plot, "landscape": opened.views.landscape}
    rates: dict[str, list[float]] = {name: [] for name in cards}
    gaps: dict[str, list[float]] = {name: [] for name in cards}
    frames: dict[str, list[float]] = {name: [] for name in cards}
    for _round in range(rounds):
        for name, card in cards.items():
            opened.arrangement.reveal(card)
            opened.session.reset()
            opened.session.start()
            wait(0.5)
            with late_timers(gaps[name]), frame_times(opened, frames[name]):
                before, begun = opened.session.run.iteration, time.perf_counter()
                wait(seconds)
                spent = time.perf_counter() - begun
                rates[name].append((opened.session.run.iteration - before) / spent)
            opened.session.pause()
    for name in cards:
        print(f"full speed, {name} in sight: {statistics.median(rates[name]) / 1e6:.1f} M/s")
        print(f"  16 ms timer meanwhile: {percentiles(gaps[name])}")
        print(f"  a frame, of the processor: {percentiles(frames[name])}")
    ratios = [a / b for a, b in zip(rates["landscape"], rates["error plot"], strict=True)]
    print(f"  with the landscape {statistics.median(ratios):.2f} of without")


def picture(opened: MainWindow, count: int) -> None:
    """Paint the map in the window as it comes, at the next zoom steps, and as the moment moves."""
    shown = opened.views.landscape.map
    wait(0.5)  # the other cards show the new run meanwhile
    print(f"map in the window, {shown.width()} x {shown.height()}")

    def zoom() -> None:
        shown.zoom(0.9)
        shown.repaint()

    def move() -> None:
        opened.session.step_on()
        shown.repaint()

    painted("a zoom step", [spent(zoom) for _each in range(count)])
    shown.fit()
    shown.repaint()
    painted("the next step", [spent(move) for _each in range(count)])


def relief(opened: MainWindow, count: int) -> None:
    """Turn the hill by some degrees at a time."""
    session, shown = opened.session, opened.views.landscape.relief
    session.set_look(session.state.look._replace(beside=Beside.RELIEF))
    wait(0.3)
    print(f"relief in the window, {shown.width()} x {shown.height()}")

    def turn() -> None:
        shown.turn(7.0, 0.3)
        shown.repaint()

    painted("turned", [spent(turn) for _each in range(count)])
    session.set_look(session.state.look._replace(beside=Beside.NOTHING))


def map_of_starts(opened: MainWindow, limit_s: float) -> None:
    """Have the map of starts computed while the window is asked whether it is awake."""
    session, maps = opened.session, opened.landscape.maps
    session.set_look(session.state.look._replace(region=STARTS, is_typed=True))
    wait(0.3)
    gaps: list[float] = []
    found: dict[int, float] = {}
    begun, processor = time.perf_counter(), time.process_time()

    def look() -> None:
        if maps.map:
            found.setdefault(maps.map.columns, time.perf_counter() - begun)

    maps.changed.connect(look)
    with late_timers(gaps):
        session.set_look(session.state.look._replace(layer=Layer.ITERATIONS))
        while maps.computing and time.perf_counter() - begun < limit_s:
            QApplication.processEvents()
            time.sleep(0.001)
    print(f"map of starts, {time.process_time() - processor:.2f} s of the processor")
    print("  " + ", ".join(f"{side}×{side}: {at:.2f} s" for side, at in found.items()))
    print(f"  16 ms timer meanwhile: {percentiles(gaps)}")


@contextmanager
def late_timers(gaps: list[float]) -> Iterator[None]:
    """Add the milliseconds from each tick of a timer of 16 ms to the next."""
    clock = QElapsedTimer()
    timer = QTimer(interval=16, timerType=Qt.TimerType.PreciseTimer)

    def tick() -> None:
        gaps.append(clock.nsecsElapsed() / 1e6)
        clock.start()

    timer.timeout.connect(tick)
    clock.start()
    timer.start()
    yield
    timer.stop()


@contextmanager
def frame_times(opened: MainWindow, times: list[float]) -> Iterator[None]:
    """Add the milliseconds of the processor that the window takes from a state to the next."""
    begun = time.thread_time()

    def tell() -> None:
        nonlocal begun
        now = time.thread_time()
        times.append(1e3 * (now - begun))
        begun = now

    opened.session.state_changed.connect(tell)
    yield
    opened.session.state_changed.disconnect(tell)


def percentiles(gaps: list[float]) -> str:
    """Return what is said of many milliseconds."""
    found = sorted(gaps) or [0.0]
    p99 = found[int(len(found) * 0.99)]
    return f"median {statistics.median(found):.1f}, p99 {p99:.1f}, most {found[-1]:.1f} ms"


def spent(act: Callable[[], None]) -> tuple[float, float]:
    """Return the milliseconds that this takes, of the clock and of the processor."""
    begun, processor = time.perf_counter(), time.thread_time()
    act()
    return 1e3 * (time.perf_counter() - begun), 1e3 * (time.thread_time() - processor)


def painted(what: str, times: list[tuple[float, float]]) -> None:
    walls, processor = (sorted(each) for each in zip(*times, strict=True))
    print(
        f"  {what}: median {statistics.median(walls):.1f} ms, at most {walls[-1]:.1f}; "
        f"of the processor {statistics.median(processor):.1f}, at most {processor[-1]:.1f}"
    )


if __name__ == "__main__":
    main()
