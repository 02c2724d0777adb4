"""A run as a table of iterations, and its end as one JSON object."""

import csv
import io
import json
import math
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.lesson import rounding_cost
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.dialect import PROGRAMS, Dialect
from backprop_gui.lesson.fields import as_values
from backprop_gui.lesson.moment import START, Moment, Position, end_of
from backprop_gui.storage import files
from backprop_gui.storage.restore_line import Experiment, line
from backprop_gui.system.job import Report, unheard

COLUMNS = tuple(ARTICLE.quantities)
_CONSTANTS = ("tolerance", "max_iterations", "method")
_ROWS_AT_ONCE = 64


def save_csv(
    run: Run, stride: int, path: Path, report: Report = unheard, dialect: Dialect = PROGRAMS
) -> None:
    """Write every `stride`-th iteration, from the first, and the last, with every quantity.

    Every row has a number in each column, and numbers round-trip: see `Dialect.cells`. The first
    one restores the run: see `table_head`. Raises OSError.
    """
    setup = run.setup
    names, values = constants(setup)
    constant = [*dialect.cells(values[:1]), *values[1:]]
    with files.replacing(path) as stream:
        text = io.TextIOWrapper(stream, encoding="ascii", newline="", write_through=True)
        table = csv.writer(text, delimiter=dialect.separator, lineterminator="\n")
        table.writerow(("iteration", *COLUMNS, *names))
        for iteration, row in rows(run, stride, report):
            table.writerow((iteration, *dialect.cells(row), *constant))
        text.detach()


def save_json(run: Run, stride: int, path: Path, report: Report = unheard) -> None:
    """Write the same iterations as one JSON object; null is not known or not finite.

    Raises OSError.
    """
    setup = run.setup
    head = {
        "backprop": restore_line(run),
        "setup": as_values(setup),
        "stopped": run.stop.value if run.stop else None,
    }
    with files.replacing(path) as stream:
        opening = json.dumps(head, indent=2, allow_nan=False).removesuffix("\n}")
        stream.write(f'{opening},\n  "iterations": ['.encode())
        comma = ""
        for iteration, values in rows(run, stride, report):
            pairs = zip(COLUMNS, (_finite(value) for value in values), strict=True)
            row = json.dumps({"iteration": iteration, **dict(pairs)}, allow_nan=False)
            stream.write(f"{comma}\n    {row}".encode())
            comma = ","
        stream.write(b"\n  ]\n}\n")


def constants(setup: Setup) -> tuple[tuple[str, ...], tuple[Any, ...]]:
    """Return what else a setup has by its names, and its values; a method only where there is one.

    It stands in every row, so that the first one restores the run.
    """
    values = as_values(setup)
    names = tuple(name for name in _CONSTANTS if name in values)
    return names, tuple(values[name] for name in names)


def rows(run: Run, stride: int, report: Report) -> Iterator[tuple[int, tuple[float | None, ...]]]:
    """Yield every `stride`-th iteration, and the last, with the values of `COLUMNS`.

    What is not known is None.
    """
    total = -(-run.iteration // stride)
    for done, (iteration, w1, w2) in enumerate(run.every(stride)):
        stop = run.stop if iteration == run.iteration else None
        last = Position(iteration, ARTICLE.last_step)
        moment = Moment(run.setup, last, w1, w2, stop).clipped()
        yield iteration, tuple(moment.value(name) for name in COLUMNS)
        if done % _ROWS_AT_ONCE == 0:
            report(done, total)
    report(total, total)


def restore_line(run: Run) -> str:
    """Return the restore line of a run, from its start."""
    return line(Experiment(run.setup, START))


def end_values(run: Run) -> dict[str, Any]:
    """Return the setup and the end of a stopped run by their names; None is not finite.

    There is a method only where the run has one, and what rounding costs where it is on paper.
    """
    setup = run.setup
    end = end_of(run)
    method = {"method": setup.method.code} if setup.method else {}
    cost = _cost(setup) if setup.is_on_paper else {}
    return {
        "input": setup.input,
        "target": setup.target,
        "eta": setup.eta,
        "tolerance": setup.tolerance,
        "max_iterations": setup.max_iterations,
        "initial_w1": setup.w1,
        "initial_w2": setup.w2,
        **method,
        "iterations": run.iteration,
        "stopped": run.stop.value if run.stop else None,
        "output": _finite(end.values["out_o"]),
        "error": _finite(end.values["error"]),
        "w1": end.w1,
        "w2": end.w2,
        **cost,
    }


def _cost(setup: Setup) -> dict[str, Any]:
    """Return where the exact run stops, and by how much one on paper is off; None is not known."""
    run = Run(setup.exact)
    run.advance(setup.max_iterations)
    known = {each.iterations: each for each in rounding_cost.apart(setup)}
    off = {
        f"{name}_off_after_{count}": _finite(getattr(known.get(count), name, None))
        for count in rounding_cost.COUNTS
        for name in ("w1", "w2", "error")
    }
    stopped = run.stop.value if run.stop else None
    return {"exact_iterations": run.iteration, "exact_stopped": stopped, **off}


def as_json(run: Run) -> str:
    """Return the setup and the end of a stopped run as one JSON object; null is not finite."""
    return json.dumps(end_values(run), indent=2, allow_nan=False)


def as_json_list(ends: Sequence[dict[str, Any]]) -> str:
    """Return what `end_values` says of several runs as a list of such objects."""
    return json.dumps(ends, indent=2, allow_nan=False)


def save_ends(ends: Sequence[dict[str, Any]], path: Path, dialect: Dialect = PROGRAMS) -> None:
    """Write a row for each run, with the names of `end_values` above. Raises OSError.

    A run without a method has an empty cell for it, where another one has one.
    """
    names = tuple(dict.fromkeys(name for end in ends for name in end))
    with files.replacing(path) as stream:
        text = io.TextIOWrapper(stream, encoding="ascii", newline="", write_through=True)
        table = csv.writer(text, delimiter=dialect.separator, lineterminator="\n")
        table.writerow(names)
        for end in ends:
            table.writerow(_cell(end.get(name, ""), dialect) for name in names)
        text.detach()


def _cell(value: str | float | None, dialect: Dialect) -> str:
    if isinstance(value, str | int):
        return str(value)
    return next(iter(dialect.cells([value])))


def _finite(value: float | None) -> float | None:
    return value if value is not None and math.isfinite(value) else None
