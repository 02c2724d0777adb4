"""Measure how long the error plot takes to be painted with 24 runs beside the present one.

Run with `.venv/bin/python -m tests.benchmarks.plot`.
"""

import statistics
import time
from dataclasses import replace

from PySide6.QtWidgets import QApplication

from backprop_gui.core.kept_run import COLOURS, MOST_KEPT, KeptRun
from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.widgets.curve_plot import CurvePlot
from tests.benchmarks.measuring import is_quick, screen

SIZES = ((340, 260), (900, 600), (1366, 700))


def main() -> None:
    iterations, times = (1_000, 2) if is_quick() else (100_000, 30)
    with screen("1920x1080"):
        app = QApplication([])
        measure(iterations, times)
        app.quit()


def measure(iterations: int, times: int) -> None:
    endless = Setup(tolerance=0.0, max_iterations=iterations)
    runs = [_kept(n, replace(endless, eta=0.02 * 1.4**n, w1=n / 8)) for n in range(MOST_KEPT)]
    print(f"{len(runs)} runs of {iterations:,} iterations")
    for size in SIZES:
        plot = CurvePlot()
        plot.resize(*size)
        plot.show_tolerance(5e-5)
        plot.show_kept(runs)
        plot.show_curve(_run(endless).trace(), is_growing=False)
        plot.show()
        QApplication.processEvents()
        again = statistics.median(_painted(plot) for _each in range(times))
        zoomed = statistics.median(_painted(plot, 0.95) for _each in range(times))
        where = f"{size[0]} x {size[1]}"
        print(f"  {where}: painted again {again * 1e3:.1f} ms, zoom step {zoomed * 1e3:.1f} ms")
        plot.close()


def _painted(plot: CurvePlot, factor: float = 0.0) -> float:
    begun = time.perf_counter()
    if factor:
        plot.zoom(factor)
    plot._plot.viewport().repaint()
    return time.perf_counter() - begun


def _run(setup: Setup) -> Run:
    run = Run(setup)
    run.advance(setup.max_iterations)
    return run


def _kept(number: int, setup: Setup) -> KeptRun:
    run = _run(setup)
    made = KeptRun(number + 1, f"run {number}", COLOURS[number], setup, run.iteration, run.stop)
    return replace(made, trace=run.trace(), is_whole=True)


if __name__ == "__main__":
    main()
