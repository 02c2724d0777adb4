"""The list of runs as a file."""

import csv
import io
import xml.etree.ElementTree as ET
import zipfile
from pathlib import Path

import pytest

from backprop_gui.core.kept_run import KeptRun
from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.export import formats
from backprop_gui.export.runs_table import COLUMNS, computed, save_runs
from backprop_gui.lesson.dialect import PROGRAMS, SHEETS
from backprop_gui.lesson.mistaken import Mistaken
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.run_table import RunRow
from backprop_gui.storage.opening import read
from backprop_gui.system.job import unheard
from tests.core.article import article_program

NS = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
NAMES = ("η = 5", "=1+1", "a|b & c_d, 50 %")


@pytest.fixture
def rows() -> tuple[RunRow, ...]:
    setups = (Setup(eta=5.0), Setup(w1=-1 / 3), Setup())
    kept = [
        KeptRun(n, name, "run-1", setup, 10_000)
        for n, (name, setup) in enumerate(zip(NAMES, setups, strict=True), start=1)
    ]
    return computed(Setup(), 100, kept, unheard)


def _cells(data: bytes, separator: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig")), delimiter=separator))


def test_the_table_has_each_run_to_the_last_bit(tmp_path: Path, rows) -> None:
    path = tmp_path / "runs.csv"
    save_runs(rows, formats.CSV, path, PROGRAMS, Numerals())
    head, *body = _cells(path.read_bytes(), ",")
    assert tuple(head) == COLUMNS
    assert [row[0] for row in body] == ["This run", NAMES[0], "'=1+1", NAMES[2]]
    for cells, made in zip(body, rows, strict=True):
        run = Run(made.setup)
        run.advance(made.iterations - 1)
        found = dict(zip(head, cells, strict=True))
        assert float(found["w1"]) == run.w1
        assert float(found["w2"]) == run.w2
        assert found["stopped"] == (run.stop.value if run.stop else "")
        assert int(found["iterations"]) == run.iteration
    assert body[0][8] == "100"


def test_a_sheet_with_a_decimal_comma_gets_one(tmp_path: Path, rows) -> None:
    path = tmp_path / "runs.csv"
    save_runs(rows, formats.CSV, path, SHEETS, Numerals())
    assert path.read_bytes().startswith(b"\xef\xbb\xbf"), "it would take η for two letters"
    assert _cells(path.read_bytes(), ";")[1][1] == "0,1"


def test_a_spreadsheet_has_names_as_texts_and_numbers_as_numbers(tmp_path: Path, rows) -> None:
    path = tmp_path / "runs.xlsx"
    save_runs(rows, formats.XLSX, path, PROGRAMS, Numerals())
    with zipfile.ZipFile(path) as parts:
        sheet = ET.fromstring(parts.read("xl/worksheets/sheet1.xml"))
    table = [
        [(cell.get("t"), "".join(cell.itertext())) for cell in row]
        for row in sheet.iter(f"{NS}row")
    ]
    assert not list(sheet.iter(f"{NS}f")), "a name is a formula"
    assert [text for _kind, text in table[0]] == list(COLUMNS)
    assert [row[0] for row in table[1:]] == [("inlineStr", n) for n in ("This run", *NAMES)]
    for cells, row in zip(table[1:], rows, strict=True):
        kind, text = cells[12]
        assert (kind, float(text)) == (None, row.end.w1)


@pytest.mark.parametrize("kind", [formats.MARKDOWN, formats.LATEX, formats.XLSX])
def test_the_file_carries_the_present_run(tmp_path: Path, rows, kind) -> None:
    path = tmp_path / f"runs{kind.suffix}"
    save_runs(rows, kind, path, PROGRAMS, Numerals())
    assert read(path).setup == Setup()


def test_markdown_keeps_a_name_within_its_cell(tmp_path: Path, rows) -> None:
    path = tmp_path / "runs.md"
    save_runs(rows, formats.MARKDOWN, path, PROGRAMS, Numerals())
    table = path.read_text(encoding="utf-8").splitlines()[2:]
    assert len({line.replace(r"\|", "").count("|") for line in table}) == 1
    assert table[2].startswith("| This run | 0.1 | 0.9 |")


def test_the_article_s_run_ends_in_the_table_as_in_its_program(rows) -> None:
    error, w1, w2 = rows[3].values
    assert rows[3].iterations == 813
    errors, _output, last_w1, last_w2, _count = article_program()
    assert (w1, w2) == (last_w1, last_w2)
    assert error == pytest.approx(errors[-1], rel=1e-12)


@pytest.mark.parametrize("kind", [formats.CSV, formats.XLSX, formats.MARKDOWN, formats.LATEX])
def test_a_run_with_a_mistake_is_told_from_the_others(tmp_path: Path, kind) -> None:
    """Whatever a person calls it."""
    mistaken = Mistaken("de_dw1", "sign_lost")
    kept = [KeptRun(1, "Mine", "run-1", Setup(method=mistaken), 10)]
    path = tmp_path / f"runs{kind.suffix}"
    save_runs(computed(Setup(), 10, kept, unheard), kind, path, PROGRAMS, Numerals())
    text = path.read_bytes().decode("utf-8", "replace")
    if kind is formats.XLSX:
        with zipfile.ZipFile(path) as parts:
            text = parts.read("xl/worksheets/sheet1.xml").decode()
    words = [line for line in text.splitlines() if "Mine" in line]
    if kind in (formats.CSV, formats.XLSX):
        assert "de_dw1.sign_lost" in words[0]
    else:
        assert "the sign is the other one" in words[0]
    if kind is formats.CSV:
        head, *rows = _cells(path.read_bytes(), ",")
        assert head == [*COLUMNS, "method"]
        assert [row[-1] for row in rows] == ["", mistaken.code]
