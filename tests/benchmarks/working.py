"""Measure how long the check of a working takes, with all causes.

Run with `.venv/bin/python -m tests.benchmarks.working`.
"""

import random
import statistics
import time

from backprop_gui.core.network import Setup
from backprop_gui.lesson.working import check_working
from tests.benchmarks.measuring import is_quick
from tests.lesson.pencil import RIGHT, WRONG, Person, Values, setup, work

Working = tuple[Values, dict[str, str]]


def main() -> None:
    count = 3 if is_quick() else 500
    dice = random.Random(16)
    _report("no mistake", [right(dice) for _each in range(count)])
    _report("one mistake", [mistaken(dice, 1) for _each in range(count)])
    _report("up to 15 mistakes", [mistaken(dice, 15) for _each in range(count)])
    _report("15 numbers without sense", [senseless(dice) for _each in range(count)])


def right(dice: random.Random) -> Working:
    values = setup(dice)
    return values, work(values, Person(4))


def mistaken(dice: random.Random, most: int) -> Working:
    values = setup(dice)
    wrong = {name: WRONG[name, kind] for name, kind in dice.sample(list(WRONG), most)}
    return values, work(values, Person(4), wrong)


def senseless(dice: random.Random) -> Working:
    return setup(dice), {name: f"{dice.uniform(-1, 1):.4f}" for name in RIGHT}


def _report(what: str, workings: list[Working]) -> None:
    times = []
    for values, texts in workings:
        made = Setup(*(values[name] for name in ("input", "target", "w1", "w2", "eta")))
        begun = time.perf_counter()
        check_working(made, made.w1, made.w2, texts)
        times.append((time.perf_counter() - begun) * 1e3)
    first, *others = times
    print(
        f"15 lines, {what}: first {first:.1f} ms, "
        f"median {statistics.median(others):.1f} ms, worst {max(others):.1f} ms"
    )


if __name__ == "__main__":
    main()
