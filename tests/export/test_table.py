"""A run as a table of iterations, and its end as one JSON object."""

import csv
import errno
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_gui.core.network import Setup, backward, forward, update
from backprop_gui.core.run import Run, Stop
from backprop_gui.export.table import as_json, save_csv, save_json
from backprop_gui.lesson.dialect import Dialect
from backprop_gui.lesson.moment import Position
from backprop_gui.storage.opening import read
from backprop_gui.storage.restore_line import Experiment, find
from tests.core.setups import wild

BACKWARD = (
    "de_dout_o",
    "dout_o_dnet_o",
    "dnet_o_dw2",
    "de_dw2",
    "dnet_o_dout_h",
    "dout_h_dnet_h",
    "dnet_h_dw1",
    "de_dw1",
    "new_w1",
    "new_w2",
)
FORWARD = ("net_h", "out_h", "net_o", "out_o", "error")
COLUMNS = ("iteration", "input", "target", "w1", "w2", "eta", *FORWARD, *BACKWARD)
CONSTANTS = ("tolerance", "max_iterations")
DIALECTS = [(a, b) for a in ",;\t" for b in ".," if a != b]
ODD = [
    Setup(max_iterations=1),
    Setup(max_iterations=7, w1=-1 / 3, tolerance=5e-324),
    Setup(target=1e200),  # infinite at once
    Setup(input=1e200, w1=1e200),
    Setup(input=1e3, target=-1e154, w1=-2.0, w2=1e3, eta=1e300, max_iterations=5),
    Setup(eta=0.0, tolerance=0.0, max_iterations=3),
]


def unrolled(setup: Setup) -> Run:
    run = Run(setup)
    run.advance(setup.max_iterations)
    return run


def rows(run: Run, path: Path, stride: int = 1) -> list[dict[str, str]]:
    save_csv(run, stride, path)
    with path.open(newline="", encoding="ascii") as file:
        return list(csv.DictReader(file))


@pytest.fixture(scope="module")
def article() -> Run:
    return unrolled(Setup())


def test_the_table_has_a_row_for_every_iteration_and_a_column_for_every_quantity(
    article: Run, tmp_path: Path
) -> None:
    table = rows(article, tmp_path / "run.csv")
    assert tuple(table[0]) == COLUMNS + CONSTANTS
    assert [row["iteration"] for row in table] == [str(k) for k in range(1, 814)]


@given(
    setup=st.builds(
        Setup,
        input=st.floats(-1e3, 1e3),
        target=st.floats(-2, 2),
        w1=st.floats(-1e3, 1e3),
        w2=st.floats(-1e3, 1e3),
        eta=st.floats(0, 1e3),
        tolerance=st.sampled_from([0.0, 0.01]),
        max_iterations=st.integers(1, 10),
    )
)
@settings(deadline=None, max_examples=30)
def test_every_number_of_the_table_is_the_run_s_to_the_last_bit(
    tmp_path_factory: pytest.TempPathFactory, setup: Setup
) -> None:
    run = unrolled(setup)
    for row in rows(run, tmp_path_factory.getbasetemp() / "run.csv"):
        w1, w2 = run.weights(int(row["iteration"]))
        seen = forward(setup, w1, w2)
        found = backward(setup, w2, seen)
        computed = [*seen, *found, *update(setup, w1, w2, found)]
        is_last = row["iteration"] == str(run.iteration)
        expected = [setup.input, setup.target, w1, w2, setup.eta, *computed][
            : 10 if is_last else 20
        ]
        texts = [row[name] for name in COLUMNS[1:]]
        assert [float(text).hex() for text in texts[: len(expected)]] == [
            value.hex() for value in expected
        ]


def test_the_iteration_of_the_stop_has_no_backward_pass(article: Run, tmp_path: Path) -> None:
    *_others, before, last = rows(article, tmp_path / "run.csv")
    assert {last[name] for name in BACKWARD} == {"nan"}
    assert "nan" not in {last[name] for name in FORWARD}
    assert "nan" not in {before[name] for name in COLUMNS}
    assert last["out_o"] == "0.8900135432882583"


@pytest.mark.parametrize(
    ("stride", "iterations"),
    [(100, [*range(1, 813, 100), 813]), (812, [1, 813]), (813, [1, 813]), (10**30, [1, 813])],
)
def test_a_stride_leaves_every_nth_row_from_the_first_and_the_last(
    article: Run, tmp_path: Path, stride: int, iterations: list[int]
) -> None:
    whole = rows(article, tmp_path / "whole.csv")
    assert rows(article, tmp_path / "run.csv", stride) == [whole[k - 1] for k in iterations]


@pytest.mark.parametrize(
    ("setup", "lost"),
    [
        (Setup(input=1e200, w1=1e200), "net_h"),
        (Setup(target=1e200), "error"),
        (Setup(input=1.0, w1=-700.0, w2=1e303, target=1e10), "de_dw1"),
        (Setup(target=1e150, eta=1e300), "new_w1"),
        (Setup(input=0.0, target=1e150, eta=1e300), "new_w2"),
    ],
)
def test_a_run_that_is_no_longer_finite_has_every_step_to_the_first_that_is_not(
    tmp_path: Path, setup: Setup, lost: str
) -> None:
    run = unrolled(setup)
    assert run.stop is Stop.NOT_FINITE
    *_others, row = rows(run, tmp_path / "run.csv")
    save_json(run, 1, tmp_path / "run.json")
    data = json.loads((tmp_path / "run.json").read_text(encoding="ascii"))["iterations"][-1]
    names = [*FORWARD, *BACKWARD]
    until = names.index(lost)
    assert row[lost] in ("inf", "-inf", "nan")
    assert all(
        np.isfinite(float(row[name])) and data[name] == float(row[name]) for name in names[:until]
    )
    assert {row[name] for name in names[until + 1 :]} <= {"nan"}
    assert {data[name] for name in names[until:]} == {None}


def test_what_is_not_finite_is_written_so_that_it_can_be_read_back(tmp_path: Path) -> None:
    (row,) = rows(unrolled(Setup(target=1e200)), tmp_path / "run.csv")
    assert row["error"] == "inf"
    assert row["target"] == "1e200"


def test_a_table_that_fails_midway_leaves_the_old_file_whole(
    article: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def failing(_run: Run, _stride: int) -> Iterator[tuple[int, float, float]]:
        yield 1, 0.5, 0.5
        raise OSError(errno.ENOSPC, "No space left on device")

    path = tmp_path / "run.csv"
    path.write_bytes(b"old")
    monkeypatch.setattr(Run, "every", failing)
    with pytest.raises(OSError, match="No space left"):
        save_csv(article, 1, path)
    assert (path.read_bytes(), list(tmp_path.iterdir())) == (b"old", [path])


def test_the_json_object_has_the_setup_and_the_end(article: Run) -> None:
    assert json.loads(as_json(article)) == {
        "input": 0.1,
        "target": 0.9,
        "eta": 0.9,
        "tolerance": 5e-5,
        "max_iterations": 10_000_000,
        "initial_w1": 0.5,
        "initial_w2": 0.5,
        "iterations": 813,
        "stopped": "tolerance",
        "output": 0.8900135432882583,
        "error": 4.9864658827745406e-05,
        "w1": 0.8800250148952212,
        "w2": 4.005620243943087,
    }


@pytest.mark.parametrize(
    ("setup", "stopped"),
    [
        (Setup(max_iterations=3), "max_iterations"),
        (Setup(target=1e200), "not_finite"),
        (Setup(input=1e200, w1=1e200), "not_finite"),
    ],
)
def test_the_json_object_is_strict_json_however_the_run_ended(setup: Setup, stopped: str) -> None:
    def refuse(constant: str) -> None:
        raise AssertionError(constant)

    values = json.loads(as_json(unrolled(setup)), parse_constant=refuse)
    assert values["stopped"] == stopped
    assert (values["error"] is None) == (setup.target == 1e200)


@given(setup=wild())
@settings(deadline=None, max_examples=30)
def test_the_json_has_the_numbers_of_the_csv_and_null_where_they_are_not_finite(
    tmp_path_factory: pytest.TempPathFactory, setup: Setup
) -> None:
    run, folder = unrolled(setup), tmp_path_factory.getbasetemp()
    save_json(run, 3, folder / "run.json")
    data = json.loads((folder / "run.json").read_text(encoding="ascii"))
    assert find(data["backprop"]) == Experiment(setup, Position(1, 5))
    assert Setup(**data["setup"]) == setup
    table = rows(run, folder / "run.csv", 3)
    assert len(data["iterations"]) == len(table)
    for row, cells in zip(data["iterations"], table, strict=True):
        for name in COLUMNS:
            finite = cells[name] not in ("", "inf", "-inf", "nan")
            assert row[name] == (float(cells[name]) if finite else None)


def cells(path: Path, dialect: tuple[str, str]) -> list[list[str]]:
    with path.open(newline="", encoding="ascii") as file:
        return list(csv.reader(file, delimiter=dialect[0], strict=True))


@pytest.mark.parametrize("stride", [1, 3, 10_000])
@pytest.mark.parametrize("setup", [Setup(), *ODD])
def test_numpy_reads_the_table_with_one_line_skipped(
    tmp_path: Path, setup: Setup, stride: int
) -> None:
    run, path = unrolled(setup), tmp_path / "run.csv"
    save_csv(run, stride, path)
    table = np.loadtxt(path, delimiter=",", skiprows=1, ndmin=2)
    expected = [float(cell).hex() for row in cells(path, (",", "."))[1:] for cell in row]
    assert [float(value).hex() for value in table.ravel()] == expected
    assert table.shape == (len(list(run.every(stride))), len(COLUMNS + CONSTANTS))
    for name, value in (("w1", setup.w1), ("w2", setup.w2), ("tolerance", setup.tolerance)):
        assert table[0, (*COLUMNS, *CONSTANTS).index(name)] == value


@pytest.mark.parametrize("setup", [Setup(), *ODD])
def test_pandas_reads_a_column_of_numbers_for_each_name_and_no_other(
    tmp_path: Path, setup: Setup
) -> None:
    run, path = unrolled(setup), tmp_path / "run.csv"
    save_csv(run, 1, path)
    table = pd.read_csv(path)
    assert tuple(table.columns) == COLUMNS + CONSTANTS
    assert len(table) == run.iteration
    assert {kind.kind for kind in table.dtypes} <= {"i", "f"}
    save_csv(run, 1, path, dialect=Dialect(";", ","))
    sheet = pd.read_csv(path, sep=";", decimal=",")
    pd.testing.assert_frame_equal(sheet, table, rtol=1e-15, check_dtype=False)


@pytest.mark.parametrize("dialect", DIALECTS)
@pytest.mark.parametrize("setup", [Setup(), *ODD])
def test_every_row_has_as_many_cells_as_the_header_and_each_gives_its_double_back(
    tmp_path: Path, setup: Setup, dialect: tuple[str, str]
) -> None:
    run = unrolled(setup)
    save_csv(run, 1, tmp_path / "plain.csv")
    save_csv(run, 1, tmp_path / "run.csv", dialect=Dialect(*dialect))
    plain, table = cells(tmp_path / "plain.csv", (",", ".")), cells(tmp_path / "run.csv", dialect)
    assert {len(row) for row in table} == {len(COLUMNS + CONSTANTS)}
    assert table[0] == plain[0]
    missing = "" if dialect[1] == "," else "nan"
    for expected, found in zip(plain[1:], table[1:], strict=True):
        for one, other in zip(expected, found, strict=True):
            assert dialect[0] not in other
            if other != missing:
                assert float(other.replace(dialect[1], ".")).hex() == float(one).hex()
            else:
                assert one == "nan"


@given(setup=wild())
@settings(deadline=None, max_examples=60)
def test_the_table_opens_as_the_experiment_it_came_from_in_every_dialect(
    tmp_path_factory: pytest.TempPathFactory, setup: Setup
) -> None:
    run, path = unrolled(setup), tmp_path_factory.getbasetemp() / "run.csv"
    for dialect in DIALECTS:
        save_csv(run, 2, path, dialect=Dialect(*dialect))
        assert read(path) == Experiment(setup, Position(1, 5))


@pytest.mark.parametrize("save", [save_csv, save_json])
def test_an_export_that_is_ended_leaves_the_old_file(tmp_path: Path, save, article: Run) -> None:
    path = tmp_path / "old"
    path.write_text("old")

    def report(_done: int, _total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        save(article, 1, path, report)
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == ["old"]
