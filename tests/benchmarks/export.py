"""Measure exports: how long they take, how the window's timer fares meanwhile, where texts stand.

Run with `.venv/bin/python -m tests.benchmarks.export`.
"""

import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
import xml.etree.ElementTree as ET
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QElapsedTimer, QSizeF, Qt, QTimer
from PySide6.QtGui import QTransform
from PySide6.QtWidgets import QApplication

from backprop_gui.core.network import Setup
from backprop_gui.drawing.network import draw
from backprop_gui.drawing.shapes import Text
from backprop_gui.export import render
from backprop_gui.export.orders import (
    DataOrder,
    ExampleOrder,
    Order,
    PictureOrder,
    Pixels,
    SlidesOrder,
)
from backprop_gui.export.picture import Look, What, moment_picture, room_within
from backprop_gui.lesson.moment import Moment
from backprop_gui.paint.painter import fit
from backprop_gui.paint.theme import interface_font
from backprop_gui.storage.settings import Settings
from backprop_gui.window.main_window import MainWindow
from tests.benchmarks.measuring import is_quick, screen, wait, window

SMALL = Pixels(960, 540)


@dataclass(frozen=True)
class Sizes:
    """What is exported: pixels of a picture, of a page and of a frame; positions; iterations."""

    rounds: int
    picture: Pixels
    page: Pixels
    frame: Pixels
    positions: str
    longer: str
    iterations: int


FULL = Sizes(5, Pixels(3840, 2160), Pixels(1920, 1080), SMALL, "1:1-15", "1-4:1-15", 100_000)
QUICK = Sizes(1, Pixels(384, 216), Pixels(384, 216), Pixels(192, 108), "1:1-2", "1:1-2", 1_000)


def main() -> None:
    sizes = QUICK if is_quick() else FULL
    with screen("1920x1080"), window(Settings()) as opened:
        measure(opened, sizes)


def measure(window: MainWindow, sizes: Sizes) -> None:
    window.session.go_to_last()
    window.session.go_to_iteration(1)
    window.session.go_to_step(15)
    wait(0.5)
    _exporting = window.exporting  # a dialog has been opened before anything is exported
    print(sizes)
    print(f"{'export':34} {'best':>7} {'median':>7}   16 ms timer meanwhile: p99, worst")
    with tempfile.TemporaryDirectory() as folder:
        for name, order, suffix in _orders(window, sizes):
            _measure(window, name, order, Path(folder, f"out{suffix}"), sizes.rounds)
        window.session.set_setup(Setup(target=1.5, max_iterations=sizes.iterations))
        window.session.go_to_last()
        wait(0.5)
        for suffix in (".csv", ".json"):
            name = f"data of {sizes.iterations:,} iterations {suffix}"
            path = Path(folder, f"out{suffix}")
            _measure(window, name, DataOrder(1, sizes.iterations), path, sizes.rounds)
        window.session.set_setup(Setup())
        window.session.go_to_step(15)
        _text_positions(window.session.moment, Path(folder))


def _picture(what: What, pixels: Pixels, look: Look | None = None) -> PictureOrder:
    return PictureOrder(what, look or Look(), pixels.logical, pixels.scale, pixels.exact)


def _orders(window: MainWindow, sizes: Sizes) -> list[tuple[str, Order, str]]:
    cards = PictureOrder(What.WINDOW, Look(), QSizeF(window.arrangement.size()), 4.0)
    large = Look(is_large=True)
    both, small = _picture(What.BOTH, sizes.page, large), _picture(What.BOTH, sizes.frame, large)
    steps, many = sizes.positions, sizes.longer
    orders: list[tuple[str, Order, str]] = [
        ("network .png", _picture(What.NETWORK, sizes.picture), ".png"),
        ("network and formula .png", _picture(What.BOTH, sizes.picture), ".png"),
        ("error plot .png", _picture(What.ERROR, sizes.picture), ".png"),
        ("values .png", _picture(What.VALUES, sizes.picture), ".png"),
        ("window at 4× .png", cards, ".png"),
        ("window .svg", cards, ".svg"),
        ("window .pdf", cards, ".pdf"),
        ("network and formula .svg", _picture(What.BOTH, sizes.page), ".svg"),
        ("slides .pptx", SlidesOrder(both, steps), ".pptx"),
        ("pages .pdf", SlidesOrder(both, steps), ".pdf"),
        ("pictures .png", SlidesOrder(both, steps), ".png"),
        ("frames .gif", SlidesOrder(small, many), ".gif"),
        ("frames .webp", SlidesOrder(small, many), ".webp"),
        ("frames .apng", SlidesOrder(small, many), ".apng"),
        ("worked example .pdf", ExampleOrder("1", 5), ".pdf"),
        ("worked example .html", ExampleOrder("1", 5), ".html"),
        ("worked example .tex", ExampleOrder("1", 5), ".tex"),
    ]
    if shutil.which("ffmpeg"):
        orders.append(("frames .mp4", SlidesOrder(small, many), ".mp4"))
    return orders


def _measure(window: MainWindow, name: str, order: Order, path: Path, rounds: int) -> None:
    times, gaps = [], []
    for _round in range(rounds):
        clock = QElapsedTimer()
        timer = QTimer(interval=16, timerType=Qt.TimerType.PreciseTimer)
        timer.timeout.connect(lambda c=clock: gaps.append(c.nsecsElapsed() / 1e6) or c.start())
        clock.start()
        timer.start()
        begun = time.perf_counter()
        window.exporting.write(order, path)
        window.exporting._worker.ended.connect(_leave)
        QApplication.exec()
        times.append(time.perf_counter() - begun)
        gaps.append(clock.nsecsElapsed() / 1e6)
        window.exporting._worker.ended.disconnect(_leave)
        timer.stop()
        if not (path.exists() or any(path.parent.glob(f"{path.stem}-*"))):
            sys.exit(f"{name}: nothing was written")
        for each in path.parent.iterdir():
            each.unlink()
    gaps.sort()
    p99 = gaps[min(len(gaps) - 1, int(len(gaps) * 0.99))]
    best, median = min(times), statistics.median(times)
    print(f"{name:34} {best:6.2f}s {median:6.2f}s   {p99:5.1f} ms, {gaps[-1]:5.1f} ms", flush=True)


def _text_positions(moment: Moment, folder: Path) -> None:
    """Print how far texts in SVG and PDF are from where the drawing has them, in pixels at 1×."""
    size, look, font = SMALL.logical, Look(), interface_font()
    picture = moment_picture(What.NETWORK, moment, size, look, font)
    room = room_within(size, look)
    drawing = draw(moment, room.width() / room.height())
    scale, offset = fit(drawing, room)
    texts = [s for s in drawing.shapes if isinstance(s, Text)]
    once = [s for s in texts if sum(s.text == t.text for t in texts) == 1 and "_" not in s.text]
    expected = {s.text: s.x * scale + offset.x() for s in once}
    root = ET.fromstring(render.svg(picture, None, "", "", outlines=False))
    far = []
    for text in root.iter("{http://www.w3.org/2000/svg}text"):
        if text.text in expected:
            matrix = [float(n) for n in re.findall(r"-?[\d.]+(?:e-?\d+)?", text.get("transform"))]
            left = QTransform(*matrix).map(float(text.get("x")), 0.0)[0]
            middle = left + float(text.get("textLength")) * matrix[0] / 2
            far.append(abs(middle - expected[text.text]))
    print(f"texts in SVG: at most {max(far):.2f} px from the drawing's ({len(far)} texts)")
    path = folder / "p.pdf"
    path.write_bytes(render.pdf(picture, None, "", "", outlines=False))
    command = ["pdftotext", "-bbox", str(path), "-"]
    boxes = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    words: dict[str, list[float]] = {}
    for found in re.finditer(r'xMin="([\d.]+)".*?xMax="([\d.]+)".*?>([^<]*)<', boxes):
        words.setdefault(found[3], []).append((float(found[1]) + float(found[2])) / 2 * 96 / 72)
    # A number may stand there once alone, and again as a part of "w₁ = 0.5000".
    far = [
        min(abs(middle - expected[text]) for middle in middles)
        for text, middles in words.items()
        if text in expected
    ]
    print(f"texts in PDF: at most {max(far):.2f} px from the drawing's ({len(far)} texts)")


def _leave(_failure: object) -> None:
    QApplication.exit(0)  # not quit(), which closes the windows


if __name__ == "__main__":
    main()
