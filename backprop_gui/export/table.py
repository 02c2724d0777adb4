"""A run as a table of iterations, and its end as one JSON object."""

import csv
import io
import json
import math
from pathlib import Path
from typing import Any

from backprop_gui import files
from backprop_gui.core.run import Run
from backprop_gui.lesson import numbers
from backprop_gui.lesson.moment import Moment, Position, moment_at
from backprop_gui.lesson.steps import FORWARD_STEPS, GIVEN, LAST_STEP, STEPS

COLUMNS = (*(q.name for q in GIVEN), *(step.quantity.name for step in STEPS))


def save_csv(run: Run, stride: int, path: Path) -> None:
    """Write every `stride`-th iteration, from the first, and the last, with every quantity.

    Numbers round-trip; what an iteration does not have is empty. Raises OSError.
    """
    with files.replacing(path) as stream:
        text = io.TextIOWrapper(stream, encoding="ascii", newline="", write_through=True)
        table = csv.writer(text, lineterminator="\n")
        table.writerow(("iteration", *COLUMNS))
        for iteration, w1, w2 in run.every(stride):
            stop = run.stop if iteration == run.iteration else None
            step = FORWARD_STEPS if stop else LAST_STEP
            moment = Moment(run.setup, Position(iteration, step), w1, w2, stop)
            table.writerow((iteration, *(_cell(moment.value(name)) for name in COLUMNS)))
        text.detach()


def as_json(run: Run) -> str:
    """Return the setup and the end of a stopped run as one JSON object; null is not finite."""
    setup = run.setup
    end = moment_at(run, Position(run.iteration, FORWARD_STEPS))
    values: dict[str, Any] = {
        "input": setup.input,
        "target": setup.target,
        "eta": setup.eta,
        "tolerance": setup.tolerance,
        "max_iterations": setup.max_iterations,
        "initial_w1": setup.w1,
        "initial_w2": setup.w2,
        "iterations": run.iteration,
        "stopped": run.stop.value if run.stop else None,
        "output": _finite(end.forward.out_o),
        "error": _finite(end.forward.error),
        "w1": end.w1,
        "w2": end.w2,
    }
    return json.dumps(values, indent=2, allow_nan=False)


def _cell(value: float | None) -> str:
    return "" if value is None else numbers.exact(value)


def _finite(value: float) -> float | None:
    return value if math.isfinite(value) else None
