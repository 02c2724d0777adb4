"""Measure the map of starts against C over the same starts, with one core and with all.

Run with `.venv/bin/python -m tests.benchmarks.map`; without a C compiler it does without C.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.benchmarks.measuring import is_quick


def main() -> None:
    quick = is_quick()
    side, rounds = (16, 1) if quick else (256, 5)
    with tempfile.TemporaryDirectory() as name:
        measure(Path(name), side, rounds)


def measure(folder: Path, side: int, rounds: int) -> None:
    ours = [sys.executable, "-m", "backprop_gui", "map", str(folder / "map.csv")]
    ours += ["--range-w1", "-5:5", "--range-w2", "-5:5", "--size", str(side)]
    subprocess.run(ours, check=True)
    rows = (folder / "map.csv").read_text("ascii").splitlines()[1:]
    cells = [row.split(",") for row in rows]
    starts = "".join(f"{row[0]},{row[1]}\n" for row in cells)
    times: dict[str, list[float]] = {"C": [], "one core": [], "all cores": []}
    program = compiled(folder)
    for _round in range(rounds):
        if program:
            begun = time.perf_counter()
            done = subprocess.run(
                [program], input=starts, check=True, capture_output=True, text=True
            )
            times["C"].append(time.perf_counter() - begun)
            check(done.stdout, cells)
        with one_core():
            times["one core"].append(seconds(ours))
        times["all cores"].append(seconds(ours))
    print(f"{side}×{side} starts, {sum(int(row[2]) for row in cells):,} iterations")
    for what, found in times.items():
        if found:
            ratio = f", {min(found) / min(times['C']):.2f} of C" if times["C"] else ""
            print(f"{what}: {min(found):.2f} s{ratio}")


def compiled(folder: Path) -> str | None:
    """Return the program in C, or None where there is no compiler."""
    if not shutil.which("cc"):
        print("There is no C compiler to compare with.")
        return None
    source, program = Path(__file__).with_name("starts.c"), str(folder / "starts")
    words = ["cc", "-O2", "-ffp-contract=off", str(source), "-o", program, "-lm"]
    subprocess.run(words, check=True)
    return program


def seconds(command: list[str]) -> float:
    begun = time.perf_counter()
    subprocess.run(command, check=True)
    return time.perf_counter() - begun


@contextmanager
def one_core() -> Iterator[None]:
    """Have processes that start meanwhile on one core, where the system can be told so."""
    if not hasattr(os, "sched_setaffinity"):
        yield
        return
    allowed = os.sched_getaffinity(0)
    os.sched_setaffinity(0, {min(allowed)})
    try:
        yield
    finally:
        os.sched_setaffinity(0, allowed)


def check(printed: str, cells: list[list[str]]) -> None:
    for line, row in zip(printed.splitlines(), cells, strict=True):
        k, w1, w2 = line.split(",")
        if (int(k), float(w1), float(w2)) != (int(row[2]), float(row[4]), float(row[5])):
            sys.exit(f"C ends with other bits from {row[0]}, {row[1]}")


if __name__ == "__main__":
    main()
