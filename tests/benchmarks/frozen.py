"""Measure the frozen program: its size, and its start against that of the unfrozen one.

Run with `.venv/bin/python -m tests.benchmarks.frozen` after `sh packaging/build.sh`. Both are
watched from outside, as another client of the X server.
"""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from PySide6.QtGui import QColor, QGuiApplication

from tests.benchmarks.measuring import is_quick, screen

ROOT = Path(__file__).resolve().parents[2]
FROZEN = ROOT / "dist" / "backprop-gui" / "backprop-gui"
UNFROZEN = Path(sys.executable).with_name("backprop-gui")
LIMIT_S = 20


def main() -> None:
    rounds = 1 if is_quick() else 15
    if not FROZEN.exists():
        print("There is no frozen program to measure: run `sh packaging/build.sh` first.")
        return
    sizes()
    os.environ.pop("QT_QPA_PLATFORM", None)  # what is offscreen cannot be watched
    with screen("1440x900"):
        starts(QGuiApplication([]), rounds)


def starts(app: QGuiApplication, rounds: int) -> None:
    times: dict[str, list[float]] = {"frozen": [], "unfrozen": []}
    for _round in range(rounds):
        for name, program in (("frozen", FROZEN), ("unfrozen", UNFROZEN)):
            times[name].append(start(app, program))
    for name, measured in times.items():
        print(f"{name}: median {statistics.median(measured):.0f}, best {min(measured):.0f} ms")
    medians = [statistics.median(measured) for measured in times.values()]
    print(f"start to first painted frame: {medians[0] / medians[1]:.2f} x")


def sizes() -> None:
    unpacked = sum(path.lstat().st_size for path in FROZEN.parent.rglob("*") if path.is_file())
    print(f"unpacked: {unpacked / 1e6:.1f} MB")
    for path in sorted((ROOT / "dist").glob("*.*")):
        print(f"{path.name}: {path.stat().st_size / 1e6:.1f} MB")


def start(app: QGuiApplication, program: Path) -> float:
    """Return the time from start to a painted window, in ms."""
    with tempfile.TemporaryDirectory() as home:
        environment = {key: value for key, value in os.environ.items() if "XDG_" not in key}
        environment |= {"HOME": home, "XDG_RUNTIME_DIR": home}
        begun = time.perf_counter()
        child = subprocess.Popen([program], env=environment)
        while not is_painted(app):
            if time.perf_counter() - begun > LIMIT_S:
                sys.exit(f"{program} shows nothing")
        passed = (time.perf_counter() - begun) * 1000
        child.terminate()
        child.wait(LIMIT_S)
        while is_painted(app):
            time.sleep(0.01)
    return passed


def is_painted(app: QGuiApplication) -> bool:
    """Say whether there is more than the root's black, in the middle and where cards are white."""
    app.processEvents()
    image = app.primaryScreen().grabWindow(0, 0, 0, 800, 500).toImage()
    white = QColor("white").rgb()
    return any(image.pixel(x, 300) == white for x in range(200, 800, 50))


if __name__ == "__main__":
    main()
