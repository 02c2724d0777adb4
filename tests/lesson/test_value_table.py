"""The table of the fifteen values, against the oracle and other readers of the formats."""

import csv
import io
import math
import random
import re
from decimal import ROUND_HALF_EVEN, Context, Decimal

import pytest

from backprop_gui.core.network import Setup
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.dialect import DIALECTS
from backprop_gui.lesson.moment import Moment, Position
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.value_table import FORMATS, as_cells, rows
from tests.core.article import bits, iteration
from tests.shown import typed

NAMES = list(iteration(Setup(), 0.5, 0.5))
WILD = Setup(input=1e300, w1=-1e300, w2=-1e-300, target=-1e300, tolerance=0.0)


def moment(setup: Setup, step: int = 15) -> Moment:
    return Moment(setup, Position(1, step), setup.w1, setup.w2)


def random_setups(count: int) -> list[Setup]:
    chance = random.Random(20261124)
    return [
        Setup(
            input=chance.uniform(-5, 5),
            target=chance.uniform(-0.5, 1.5),
            w1=chance.choice([1, 1, 1e-6, 1e5]) * chance.uniform(-4, 4),
            w2=chance.choice([1, 1, 1e-6, 1e5]) * chance.uniform(-4, 4),
            eta=chance.uniform(0, 20),
            tolerance=0.0,
        )
        for _each in range(count)
    ]


def rounded(value: float, digits: int) -> Decimal:
    return Context(prec=digits, rounding=ROUND_HALF_EVEN).create_decimal(Decimal(value))


@pytest.mark.parametrize("digits", range(3, 18))
def test_values_are_the_oracle_s_as_rounded_by_decimals(digits: int) -> None:
    for setup in random_setups(200):
        expected = iteration(setup, setup.w1, setup.w2)
        table = rows(moment(setup), Numerals(digits))
        assert [row.quantity.name for row in table] == NAMES
        for row in table:
            value = expected[row.quantity.name]
            assert bits(row.value) == bits(value)
            assert Decimal(typed(row.text)) == rounded(value, digits), row


@pytest.mark.parametrize("step", range(1, 16))
def test_what_is_not_known_yet_is_blank_in_every_format(step: int) -> None:
    table = rows(moment(Setup(), step))
    assert [bool(row.text) for row in table] == [number <= step for number in range(1, 16)]
    parsed = list(csv.DictReader(io.StringIO(FORMATS["CSV"](table), newline="")))
    assert [bool(row["value"]) for row in parsed] == [row.value is not None for row in table]
    for write in (FORMATS["Markdown"], FORMATS["LaTeX"], FORMATS["Text"], as_cells):
        assert "None" not in write(table)


@pytest.mark.parametrize("setup", [*random_setups(200), WILD, Setup(w1=-0.0, input=0.0)])
def test_the_csv_gives_the_same_doubles_back_whatever_the_digits(setup: Setup) -> None:
    text = FORMATS["CSV"](rows(moment(setup), Numerals(3)))
    header, *parsed = list(csv.reader(io.StringIO(text, newline="")))
    assert header == ["name", "symbol", "formula", "value"]
    expected = iteration(setup, setup.w1, setup.w2)
    assert [row[0] for row in parsed] == NAMES
    for name, _symbol, _formula, value in parsed:
        same_nan = math.isnan(expected[name]) and value == "nan"
        assert same_nan or bits(float(value)) == bits(expected[name]), name
        assert "−" not in value


def test_no_cell_of_a_sheet_but_a_number_begins_with_what_a_sheet_computes() -> None:
    table = rows(moment(Setup()))
    cells = [row[:3] for row in csv.reader(io.StringIO(FORMATS["CSV"](table), newline=""))]
    cells += [line.split("\t")[:2] for line in as_cells(table).splitlines()]
    assert not [cell for row in cells for cell in row if cell[0] in "=+-@"]


def test_cells_between_tabs_are_symbol_formula_and_the_exact_value() -> None:
    expected = iteration(Setup(), 0.5, 0.5)
    lines = [line.split("\t") for line in as_cells(rows(moment(Setup()), Numerals(3))).splitlines()]
    assert [bits(float(line[-1])) for line in lines] == [bits(expected[n]) for n in NAMES]
    assert lines[8] == ["∂E/∂w₂", "∂E/∂outₒ · ∂outₒ/∂netₒ · ∂netₒ/∂w₂", repr(expected["de_dw2"])]


@pytest.mark.parametrize("step", [1, 9, 15])
@pytest.mark.parametrize("setup", [Setup(), WILD], ids=["article", "wild"])
def test_every_line_of_the_markdown_has_three_columns(setup: Setup, step: int) -> None:
    lines = FORMATS["Markdown"](rows(moment(setup, step), Numerals(17))).splitlines()
    assert len(lines) == 17
    for line in lines:
        assert len(re.findall(r"(?<!\\)\|", line)) == 4, line
        assert line.startswith("|")
        assert line.endswith("|")
    assert re.fullmatch(r"\|( *-{3,}:? *\|){3}", lines[1])


@pytest.mark.parametrize("setup", [Setup(), WILD], ids=["article", "wild"])
def test_the_latex_is_a_tabular_of_whole_formulas_in_ascii(setup: Setup) -> None:
    text = FORMATS["LaTeX"](rows(moment(setup), Numerals(17)))
    assert text.isascii()
    depth = 0
    for character in text:
        depth += {"{": 1, "}": -1}.get(character, 0)
        assert depth >= 0
    assert depth == 0
    body = [line for line in text.splitlines() if "&" in line]
    assert len(body) == 16
    for line in body:
        assert line.count("&") == 2
        assert line.count("$") % 2 == 0
        assert re.search(r"\\\\(\[\d+pt\])?$", line)
    for command in ("\\begin{tabular}", "\\end{tabular}"):
        assert text.count(command) == 1
    assert text.count("\\hline") == 3
    assert not re.search(r"\d[eE][+-]?\d", text)  # an exponent is set as a power of ten


def test_the_arrow_of_an_update_is_in_the_latex() -> None:
    lines = FORMATS["LaTeX"](rows(moment(Setup()))).splitlines()
    assert sum("leftarrow" in line for line in lines) == 2


def test_columns_of_the_text_begin_below_each_other() -> None:
    table = rows(moment(Setup()), Numerals(6))
    lines = FORMATS["Text"](table).splitlines()
    starts = {
        line.index(row.formula, len(row.symbol)) for line, row in zip(lines, table, strict=True)
    }
    ends = [line.endswith(row.text) for line, row in zip(lines, table, strict=True)]
    assert len(starts) == 1
    assert all(ends)


@pytest.mark.parametrize("name", FORMATS)
def test_any_selection_of_rows_can_be_written_even_none(name: str) -> None:
    table = rows(moment(Setup(), 8))
    assert isinstance(FORMATS[name](()), str)
    for chosen in ([table[3]], [table[14]], table[2:12:3]):
        written = FORMATS[name](chosen)
        shown = [row.text if name != "CSV" else repr(row.value) for row in chosen if row.text]
        for text in shown:
            assert typed(text) in typed(written)
        assert (table[0].text in written) is False


def test_there_are_fifteen_rows_in_the_order_of_the_steps() -> None:
    assert [row.quantity for row in rows(moment(Setup()))] == [
        step.quantity for step in ARTICLE.steps
    ]


@pytest.mark.parametrize("kind", FORMATS)
def test_every_format_is_written_in_any_dialect_and_only_a_sheet_s_changes(kind: str) -> None:
    table = rows(moment(Setup()))
    texts = {FORMATS[kind](table, each) for each in DIALECTS.values()}
    assert len(texts) == (len(DIALECTS) if kind == "CSV" else 1)
