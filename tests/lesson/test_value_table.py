"""The table of values and what is copied of it."""

import csv
import io
import random
import re

import pytest

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.lesson.moment import Moment, Position, moment_at
from backprop_gui.lesson.value_table import FORMATS, as_csv, as_latex, as_markdown, as_text, rows
from tests.core.article import iteration

SETUP = Setup(input=0.3, target=0.8, w1=-0.7, w2=1.9)
NAMES = list(iteration(SETUP, 0.1, 0.1))


def _moment(step: int, setup: Setup = SETUP) -> Moment:
    return moment_at(Run(setup), Position(1, step))


@pytest.mark.parametrize("digits", range(3, 18))
def test_values_have_the_digits_asked_for_and_are_rounded_as_python_does(digits: int) -> None:
    chance = random.Random(digits)
    for _each in range(20):
        setup = Setup(*(chance.uniform(-3, 3) for _value in range(4)), tolerance=0.0)
        expected = iteration(setup, setup.w1, setup.w2)
        for row in rows(_moment(15, setup), digits):
            value = expected[row.quantity.name]
            assert float(row.text.replace("−", "-")) == float(f"{value:.{digits}g}")
            mantissa = row.text.split("e")[0].replace("−", "").replace(".", "").lstrip("0")
            assert len(mantissa) == digits


@pytest.mark.parametrize("step", range(1, 16))
def test_what_lies_ahead_is_blank(step: int) -> None:
    table = rows(_moment(step))
    assert [row.quantity.name for row in table] == NAMES
    assert [bool(row.text) for row in table] == [n <= step for n in range(1, 16)]
    assert [row.value is not None for row in table] == [n <= step for n in range(1, 16)]


def test_csv_gives_the_doubles_back_to_the_last_bit() -> None:
    table = list(csv.DictReader(io.StringIO(as_csv(rows(_moment(15), 3)))))
    expected = iteration(SETUP, SETUP.w1, SETUP.w2)
    assert {row["name"]: float(row["value"]) for row in table} == expected
    blank = list(csv.DictReader(io.StringIO(as_csv(rows(_moment(9))))))
    assert [row["value"] for row in blank[9:]] == [""] * 6


def test_markdown_has_three_columns_in_every_line() -> None:
    lines = as_markdown(rows(_moment(15))).splitlines()
    assert len(lines) == 17
    assert {len(re.findall(r"(?<!\\)\|", line)) for line in lines} == {4}
    assert lines[10] == "| ∂E/∂w₂ | ∂E/∂outₒ · ∂outₒ/∂netₒ · ∂netₒ/∂w₂ | " + (
        rows(_moment(15))[8].text + " |"
    )


def test_text_is_in_columns() -> None:
    lines = as_text(rows(_moment(15))).splitlines()
    assert len(lines) == 15
    assert len({re.search(r"  [−\d]", line).start() for line in lines if line}) <= 2
    assert all(not line.endswith(" ") for line in as_text(rows(_moment(3))).splitlines())


def test_latex_is_balanced_and_has_a_line_for_each_row() -> None:
    latex = as_latex(rows(_moment(15)))
    assert latex.count("{") == latex.count("}")
    assert latex.count("$") == 15 * 6
    assert latex.count("&") == 2 * 16
    assert latex.isascii()
    assert r"$\frac{\partial E}{\partial w_2}$ & " in latex
    assert r"\frac{\partial E}{\partial \mathit{out}_o} \cdot" in latex


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_takes_extremes_and_a_single_row(name: str) -> None:
    setup = Setup(input=1e300, w1=1e300, w2=-1e300, target=1e200)
    write = FORMATS[name]
    assert write(rows(_moment(15, setup), 17))
    assert write(rows(_moment(15))[8:9])
