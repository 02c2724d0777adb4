"""The program that a person can copy: it runs, and ends as the oracle's straight loop does."""

import contextlib
import io
import random
import re
import subprocess
import sys

import pytest

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.listing import lines, program
from backprop_gui.lesson.moment import Position, moment_at
from backprop_gui.lesson.outcome import report
from tests.core.article import article_program, bits, iteration, sigmoid, unroll

EXTREMES = [
    Setup(target=1e200),
    Setup(input=1e200, w1=1e200),
    Setup(input=1e300, w1=-1e5, tolerance=0.0, max_iterations=5),  # exp() would overflow
    Setup(input=1.0, w1=-709.7827, w2=3.0, tolerance=0.0, max_iterations=3),
    Setup(input=1.0, w1=-700.0, w2=1e300, target=1e150),
    Setup(target=1e150, eta=1e300),
    Setup(input=0.0, target=1e150, eta=1e300),
    Setup(target=1.5, max_iterations=500),
    Setup(eta=0.0, max_iterations=7),
    Setup(max_iterations=1),
    Setup(tolerance=1e300),
    Setup(w1=-30.0, w2=40.0, eta=600.0, max_iterations=100),
]


def random_setups(count: int) -> list[Setup]:
    chance = random.Random(813)
    return [
        Setup(
            input=chance.uniform(-4, 4),
            target=chance.uniform(-0.3, 1.3),
            w1=chance.choice([1, 1, 100]) * chance.uniform(-5, 5),
            w2=chance.choice([1, 1, 100]) * chance.uniform(-5, 5),
            eta=chance.choice([0.1, 1, 30]) * chance.random(),
            tolerance=chance.choice([0.0, 5e-5, 1e-3]),
            max_iterations=chance.randint(1, 400),
        )
        for _each in range(count)
    ]


def printed_by(text: str) -> list[str]:
    out = io.StringIO()
    with contextlib.redirect_stdout(out):
        exec(compile(text, "program", "exec"), {"__name__": "__main__"})  # noqa: S102
    return out.getvalue().splitlines()


def test_the_article_s_program_runs_by_itself_and_prints_the_article_s_numbers() -> None:
    done = subprocess.run(
        [sys.executable, "-c", program(Setup())], check=True, capture_output=True, text=True
    )
    _errors, *end = article_program()
    target, out_o, _error, w1, w2, count = done.stdout.splitlines()
    assert [float(out_o), float(w1), float(w2), int(count)] == end
    assert target == "0.9"


@pytest.mark.parametrize("setup", [*EXTREMES, *random_setups(60)])
def test_the_program_of_any_setup_prints_the_same_digits_as_the_window(setup: Setup) -> None:
    end = unroll(setup)
    w1, w2 = end.weights[-1]
    values = iteration(setup, w1, w2)
    expected = bits(setup.target, values["out_o"], values["error"], w1, w2)
    *printed, count = printed_by(program(setup))
    assert bits(*map(float, printed)) == expected
    assert int(count) == len(end.weights)

    run = Run(setup)
    run.advance(setup.max_iterations)
    told = [value for _label, value in report(moment_at(run, Position(run.iteration, 1)))]
    assert bits(*map(float, told)) == bits(*map(float, [*printed, count]))


def test_every_step_has_one_line_in_the_order_of_the_steps() -> None:
    steps = {step.quantity.name for step in ARTICLE.steps}
    computed = [line.quantity for line in lines(Setup()) if line.quantity in steps]
    assert computed == [step.quantity.name for step in ARTICLE.steps]


@pytest.mark.parametrize("step", ARTICLE.steps, ids=lambda step: step.quantity.name)
def test_a_line_computes_what_the_oracle_computes_to_the_last_bit(step) -> None:
    chance = random.Random(step.number)
    (text,) = (line.text for line in lines(Setup()) if line.quantity == step.quantity.name)
    expression = text.split(" = ")[1]
    used = set(re.findall(r"[a-z]\w*", expression)) - {"sigmoid"}
    assert used == set(step.quantity.uses)
    for _each in range(300):
        setup = Setup(*(chance.uniform(-3, 3) for _value in range(4)), eta=chance.random())
        given = {name: getattr(setup, name) for name in ("input", "target", "w1", "w2", "eta")}
        known = given | iteration(setup, setup.w1, setup.w2)
        value = eval(expression, {"sigmoid": sigmoid, **known})  # noqa: S307
        assert bits(value) == bits(known[step.quantity.name])


def test_the_program_is_short_and_has_the_values_of_its_setup() -> None:
    setup = Setup(1 / 3, -2.5, 1e-7, 1e300, 0.25, 0.0, 12)
    listed = [line.text for line in lines(setup)]
    assert len(listed) <= 28
    assert max(map(len, listed)) <= 90
    assert "input, target, eta = 0.3333333333333333, -2.5, 0.25" in listed
    assert "w1, w2 = 1e-7, 1e300" in listed
