"""A run as a table of iterations, and its end as one JSON object."""

import csv
import errno
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backprop_gui.core.network import Setup, backward, forward, update
from backprop_gui.core.run import Run
from backprop_gui.export.table import as_json, save_csv, save_json
from backprop_gui.lesson.moment import Position
from backprop_gui.lesson.remake import Experiment, find
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
    *columns, remake = table[0]
    assert tuple(columns) == COLUMNS
    assert find(remake) == Experiment(Setup(), Position(1, 5))
    assert {row[remake] for row in table} == {""}
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
    assert {last[name] for name in BACKWARD} == {""}
    assert "" not in {last[name] for name in FORWARD}
    assert "" not in {before[name] for name in COLUMNS}
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
