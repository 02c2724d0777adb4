"""The spreadsheet, read as what it is, a packed XML, and by LibreOffice."""

import csv
import errno
import io
import math
import re
import struct
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest
from hypothesis import given, settings

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.export.orders import OrderError
from backprop_gui.export.spreadsheet import MOST_ROWS, save_xlsx
from backprop_gui.export.table import save_csv
from backprop_gui.lesson.moment import Position
from backprop_gui.lesson.rounded import Rounded
from backprop_gui.storage.opening import read
from backprop_gui.storage.restore_line import Experiment
from tests.core.setups import wild
from tests.export.conftest import Tool

_NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


def _run(setup: Setup) -> Run:
    run = Run(setup)
    run.advance(20)
    return run


def _cells(path: Path) -> list[dict[int, str | float]]:
    """The cells of each row by their columns: texts, and numbers."""
    with zipfile.ZipFile(path) as parts:
        sheet = ET.fromstring(parts.read("xl/worksheets/sheet1.xml"))
        names = parts.namelist()
        shared = (
            ["".join(t.itertext()) for t in ET.fromstring(parts.read("xl/sharedStrings.xml"))]
            if "xl/sharedStrings.xml" in names
            else []
        )
    rows = []
    for row in sheet.iter(f"{_NS}row"):
        cells: dict[int, str | float] = {}
        for cell in row:
            letters = re.match("[A-Z]+", cell.get("r"))[0]
            column = 0
            for letter in letters:
                column = 26 * column + ord(letter) - 64
            kind, value = cell.get("t"), cell.find(f"{_NS}v")
            if kind == "inlineStr":
                cells[column - 1] = "".join(cell.find(f"{_NS}is").itertext())
            elif value is not None:
                cells[column - 1] = shared[int(value.text)] if kind == "s" else float(value.text)
        rows.append(cells)
    return rows


def _table(run: Run, path: Path) -> list[list[str]]:
    save_csv(run, 3, path)
    return list(csv.reader(io.StringIO(path.read_text(encoding="ascii"))))


@given(setup=wild())
@settings(deadline=None, max_examples=25)
def test_its_cells_are_those_of_the_table_to_the_last_bit(
    tmp_path_factory: pytest.TempPathFactory, setup: Setup
) -> None:
    run, folder = _run(setup), tmp_path_factory.getbasetemp()
    save_xlsx(run, 3, folder / "run.xlsx")
    head, *rows = _cells(folder / "run.xlsx")
    names, *expected = _table(run, folder / "run.csv")
    assert list(head.values()) == names
    for row, texts in zip(rows, expected, strict=True):
        for column, text in enumerate(texts):
            value, cell = float(text), row.get(column, "nan")
            if isinstance(cell, float):
                assert struct.pack("d", cell) == struct.pack("d", value)
            else:  # such a number is none of a spreadsheet's
                assert cell == text
                assert not math.isfinite(value) or not 2.3e-308 < abs(value) < 9.9e307


@given(setup=wild())
@settings(deadline=None, max_examples=25)
def test_it_opens_as_the_experiment_that_it_came_from(
    tmp_path_factory: pytest.TempPathFactory, setup: Setup
) -> None:
    path = tmp_path_factory.getbasetemp() / "run.xlsx"
    save_xlsx(_run(setup), 5, path)
    assert read(path) == Experiment(setup, Position(1, 5))


def test_a_run_on_paper_has_its_numbers_and_their_digits_in_each_row(tmp_path: Path) -> None:
    path = tmp_path / "run.xlsx"
    setup = Setup(max_iterations=3, method=Rounded(3))
    save_xlsx(_run(setup), 1, path)
    head, *rows = _cells(path)
    columns = {name: column for column, name in head.items()}
    assert {row[columns["method"]] for row in rows} == {"3s"}
    assert rows[0][columns["new_w2"]] == 0.538  # 0.5 + 0.9 · 0.0423, by hand
    assert read(path) == Experiment(setup, Position(1, 5))


def test_more_rows_than_a_sheet_has_are_refused_in_words(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("backprop_gui.export.spreadsheet.MOST_ROWS", 5)
    assert MOST_ROWS == 2**20 - 1
    with pytest.raises(OrderError, match="a spreadsheet holds 5 rows, and this table has 21"):
        save_xlsx(_run(Setup()), 1, tmp_path / "run.xlsx")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("failure", [InterruptedError(), OSError(errno.ENOSPC, "full")])
def test_one_that_is_ended_leaves_the_old_file_and_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, failure: Exception
) -> None:
    path, folder = tmp_path / "run.xlsx", tmp_path / "temporary"
    path.write_text("old")
    folder.mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(folder))

    def report(_done: int, _total: int) -> None:
        raise failure

    with pytest.raises(type(failure)):
        save_xlsx(_run(Setup()), 1, path, report)
    assert path.read_text() == "old"
    assert list(folder.iterdir()) == []


def test_libreoffice_reads_its_numbers(tmp_path: Path, tool: Tool) -> None:
    run = _run(Setup())
    save_xlsx(run, 3, tmp_path / "run.xlsx")
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    tool("soffice", home, "--headless", "--convert-to", "csv", "--outdir", tmp_path,
         tmp_path / "run.xlsx")  # fmt: skip
    if not (tmp_path / "run.csv").exists():
        pytest.skip("LibreOffice is installed without Calc")
    found = list(csv.reader(io.StringIO((tmp_path / "run.csv").read_text(encoding="utf-8"))))
    expected = _table(run, tmp_path / "expected.csv")
    assert found[0] == expected[0]
    for row, texts in zip(found[1:], expected[1:], strict=True):
        for cell, text in zip(row, texts, strict=True):
            assert float(cell) == pytest.approx(float(text), rel=1e-9)
