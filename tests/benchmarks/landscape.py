"""Measure the landscape: how long it takes to draw and to paint, and how exact its contours are.

Run with `.venv/bin/python -m tests.benchmarks.landscape`.
"""

import os
import random
import statistics
import time
from collections.abc import Callable

from PySide6.QtCore import QRectF
from PySide6.QtGui import QGuiApplication, QImage, QPainter

from backprop_gui.core.network import Setup, forward
from backprop_gui.core.run import Run
from backprop_gui.drawing.landscape import Path, Scene, aspect_of, draw_landscape
from backprop_gui.drawing.shapes import Ink
from backprop_gui.lesson.moment import Position, moment_at
from backprop_gui.lesson.surface import Region, branches, contour, usual_region
from backprop_gui.paint.painter import paint
from backprop_gui.paint.theme import LIGHT, interface_font
from tests.benchmarks.measuring import is_quick

SIZE = (800.0, 800.0)
ARTICLE = Setup()


def main() -> None:
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    app = QGuiApplication([])
    count = 2 if is_quick() else 40
    run = Run(ARTICLE)
    run.advance(ARTICLE.max_iterations)
    usual = usual_region(ARTICLE, run.trace(), aspect_of(SIZE))
    image = QImage(round(SIZE[0]), round(SIZE[1]), QImage.Format.Format_RGB32)

    def show(region: Region) -> None:
        path = Path(run.trace(), Ink.FORWARD, upto=run.iteration)
        moment = moment_at(run, Position(1, 9))
        drawing = draw_landscape(Scene(ARTICLE, region, paths=(path,), moment=moment), SIZE)
        painter = QPainter(image)
        paint(painter, drawing, QRectF(0, 0, *SIZE), LIGHT, interface_font())
        painter.end()

    def zoom(number: int) -> None:
        by = 0.9 ** (number + 1)
        w1, w2 = (usual[0] + usual[1]) / 2, (usual[2] + usual[3]) / 2
        spans = usual.w1_span * by / 2, usual.w2_span * by / 2
        show(Region(w1 - spans[0], w1 + spans[0], w2 - spans[1], w2 + spans[1]))

    cold = timed(lambda: show(Region(0.0, 1.0, 0.0, 1.0)))
    print(f"the first of all: {cold:.1f} ms, with the import of NumPy and the fonts")
    first = timed(lambda: show(usual))
    print(f"800×800 from nothing to painted: {first:.1f} ms")
    steps = [timed(lambda number=number: zoom(number)) for number in range(count)]
    middle, most = statistics.median(steps), max(steps)
    print(f"a zoom step: median {middle:.1f} ms, at most {most:.1f} ms of {count}")
    moves = [timed(lambda: show(usual)) for _ in range(count)]
    middle, most = statistics.median(moves), max(moves)
    print(f"the same region once more: median {middle:.1f} ms, at most {most:.1f} ms")
    print(f"contours at 100 random points: E is off by at most {worst():.1e} of the level")
    del app


def timed(act: Callable[[], None]) -> float:
    """Return the milliseconds that this takes."""
    begun = time.perf_counter()
    act()
    return 1000 * (time.perf_counter() - begun)


def worst() -> float:
    """Return the largest relative difference of the core's E from a contour's level."""
    draw, found = random.Random(15), 0.0
    for _ in range(100):
        setup = Setup(input=draw.uniform(-2, 2), target=draw.uniform(0.05, 0.95))
        level, w1 = 10 ** draw.uniform(-6, -1), draw.uniform(-5, 5)
        for out_o in branches(setup, level):
            (w2,) = contour(setup, out_o, [w1])
            found = max(found, abs(forward(setup, w1, w2).error / level - 1))
    return found


if __name__ == "__main__":
    main()
