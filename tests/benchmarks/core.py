"""Measure the compiled kernel against C, the history of a long run, and a run on paper.

Run with `.venv/bin/python -m tests.benchmarks.core`; without a C compiler it does without C.
"""

import json
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from backprop_gui.core import kernel
from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.lesson.rounded import Rounded
from tests.benchmarks.measuring import is_quick


def main() -> None:
    print(f"kernel: {kernel.__file__}")
    quick = is_quick()
    if shutil.which("cc"):
        against_c(100_000 if quick else 50_000_000, rounds=1 if quick else 3)
    else:
        print("There is no C compiler to compare with.")
    history(100_000 if quick else 100_000_000)
    on_paper(100 if quick else 3_000)


def on_paper(iterations: int) -> None:
    for method in (Rounded(5), Rounded(4, is_of_decimals=True), Rounded(5, is_cut=True)):
        run = Run(Setup(tolerance=0.0, method=method))
        begun = time.process_time()
        run.advance(iterations)
        ours_s = (time.process_time() - begun) / run.iteration
        w1, w2, s = 0.5, 0.5, run.setup
        begun = time.process_time()
        for _each in range(iterations // 10):
            given = {"input": s.input, "target": s.target, "w1": w1, "w2": w2, "eta": s.eta}
            w1, w2 = method.in_decimals(given).updated
        decimals_s = (time.process_time() - begun) / (iterations // 10)
        times = f"{ours_s * 1e6:.0f} µs an iteration; {decimals_s / ours_s:.1f} times as fast"
        print(f"{method.title}: {times} as in decimals")
        if run.weights(iterations // 10 + 1) != (w1, w2):
            sys.exit("doubles give other bits than decimals")


def against_c(iterations: int, rounds: int) -> None:
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder, "loop")
        source = Path(__file__).with_name("loop.c")
        subprocess.run(
            ["cc", "-O2", "-ffp-contract=off", str(source), "-o", str(program), "-lm"], check=True
        )
        ours = [sys.executable, "-m", "backprop_gui", "train", "--target", "1.5", "--json"]
        ours += ["--max-iterations", str(iterations)]
        times: dict[str, list[float]] = {"c": [], "ours": []}
        for _round in range(rounds):
            c_output = _timed([str(program), str(iterations)], times["c"])
            our_output = _timed(ours, times["ours"])
    end = json.loads(our_output)
    k, w1, w2 = c_output.split()
    same = (int(k), float(w1), float(w2)) == (end["iterations"], end["w1"], end["w2"])
    c_s, our_s = min(times["c"]), min(times["ours"])
    print(f"C -O2: {iterations / c_s / 1e6:.1f} M/s; backprop-gui train: {c_s / our_s:.2f} of that")
    if not same:
        sys.exit("C ends with other bits")


def history(iterations: int) -> None:
    run = Run(Setup(target=1.5, max_iterations=2 * iterations))
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    run.advance(iterations)
    grown_mb = (resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024
    print(f"memory grown by {iterations:,} iterations: {grown_mb:.1f} MB")
    chosen = sorted(random.Random(1).sample(range(1, iterations), 40))
    taken = []
    found = []
    for iteration in chosen:
        begun = time.perf_counter()
        found.append(run.weights(iteration))
        taken.append(time.perf_counter() - begun)
    print(f"going to any of them: worst of {len(chosen)} {max(taken) * 1e3:.1f} ms")
    s, w1, w2, at = run.setup, run.setup.w1, run.setup.w2, 1
    same = True
    for iteration, weights in zip(chosen, found, strict=True):
        _, w1, w2 = kernel.advance(s.input, s.target, w1, w2, s.eta, s.tolerance, iteration - at)
        at = iteration
        same = same and (w1, w2) == weights
    if not same:
        sys.exit("checkpoints change the bits")


def _timed(command: list[str], times: list[float]) -> str:
    begun = time.perf_counter()
    output = subprocess.run(command, check=True, capture_output=True, text=True).stdout
    times.append(time.perf_counter() - begun)
    return output


if __name__ == "__main__":
    main()
