"""The command `map`."""

import csv
import json
import os
import select
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

import backprop_gui
from backprop_gui.cli.main import main
from backprop_gui.core.network import Setup
from backprop_gui.core.start_map import Ends, Starts
from backprop_gui.state import map_processes
from backprop_gui.storage.opening import read
from backprop_gui.system import programs
from tests.core.article import unroll

HEADER = ["w1", "w2", "iterations", "stopped", "w1_end", "w2_end"]
SMALL = ("--range-w1", "-5:5", "--range-w2", "-1/3:2", "--size", "3x2")


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def rows(path: str) -> list[list[str]]:
    with Path(path).open(encoding="ascii", newline="") as stream:
        return list(csv.reader(stream))


def test_a_row_has_a_start_and_the_end_of_a_straight_loop_from_there() -> None:
    assert main(["map", "a.csv", *SMALL, "--eta", "2"]) == 0
    header, *found = rows("a.csv")
    assert header == HEADER
    assert [(float(row[0]), float(row[1])) for row in found] == [
        (w1, w2) for w2 in (-1 / 3, 2) for w1 in (-5, 0, 5)
    ]
    for w1, w2, *end in found:
        straight = unroll(Setup(w1=float(w1), w2=float(w2), eta=2))
        assert end[:2] == [str(len(straight.weights)), straight.stop]
        assert tuple(map(float, end[2:])) == straight.weights[-1]


@pytest.mark.parametrize(
    "setup",
    [
        (),
        ("--eta", "0", "--max-iterations", "2e9"),  # no weight ever changes
        ("--target", "1.5", "--max-iterations", "100"),
        ("--input", "1e308", "--max-iterations", "9"),  # net_h is not finite
        ("--tolerance", "1"),  # each run ends at once
    ],
    ids=" ".join,
)
def test_iterations_and_reasons_are_those_of_train(
    capsys: pytest.CaptureFixture[str], setup: tuple[str, ...]
) -> None:
    assert main(["map", "a.csv", *SMALL, *setup]) == 0
    for w1, w2, iterations, stopped, w1_end, w2_end in rows("a.csv")[1:]:
        assert main(["train", "--json", "--w1", w1, "--w2", w2, *setup]) == 0
        trained = json.loads(capsys.readouterr().out)
        ends = trained["iterations"], trained["stopped"], trained["w1"], trained["w2"]
        assert (int(iterations), stopped, float(w1_end), float(w2_end)) == ends


def test_json_has_the_rows_of_csv_and_opens_as_its_experiment(folder: Path) -> None:
    assert main(["map", "a.csv", *SMALL]) == 0
    assert main(["map", "a.json", *SMALL, "--w1", "2"]) == 0
    made = json.loads(Path("a.json").read_text("ascii"))
    assert [list(start) for start in made["starts"]] == [HEADER] * 6
    texts = [[str(value) for value in start.values()] for start in made["starts"]]
    as_numbers = [row[:2] + row[4:] for row in rows("a.csv")[1:]]
    assert [list(map(float, row[:2] + row[4:])) for row in texts] == [
        list(map(float, row)) for row in as_numbers
    ]
    assert [row[2:4] for row in texts] == [row[2:4] for row in rows("a.csv")[1:]]
    assert (made["range_w1"], made["size"], made["setup"]["w1"]) == ([-5, 5], [3, 2], 2)
    assert read(folder / "a.json").setup == Setup(w1=2)


def test_one_number_is_the_size_of_a_square_and_both_ends_of_a_range_are_starts() -> None:
    assert main(["map", "a.csv", "--range-w1=0.1:0.7", "--size", "4", "--tolerance", "1"]) == 0
    found = rows("a.csv")[1:]
    assert len(found) == 16
    assert [row[0] for row in found[:4]] == ["0.1", "0.3", "0.5", "0.7"]
    assert [row[1] for row in found[::15]] == ["-5", "5"]


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["--range-w1", "5:-5"], "argument --range-w1: must go from a smaller to a larger number"),
        (["--range-w2", "1:1"], "argument --range-w2: must go from a smaller to a larger number"),
        (["--range-w2", "nan:1"], "argument --range-w2: “nan” is not a number"),
        (["--range-w1=-inf:1"], "argument --range-w1: “-inf” is not a number"),
        (["--range-w1", "-1e300:1e300"], "argument --range-w1: must stay between"),
        (["--range-w1", "0.5:0.5000000000000001"], "argument --range-w1: must be at least"),
        (["--range-w1", "1e8:100000000.00000003"], "argument --range-w1: must be at least"),
        (["--range-w1", "5"], "“5” is not a range; write it like -5:5"),
        (["--range-w1", "1:2:3"], "“1:2:3” is not a range"),
        (["--range-w1", ":"], "argument --range-w1: a number is missing"),
        (["--range-w1="], "“” is not a range"),
        (["--range-w1"], "argument --range-w1: expected one argument"),
        (["--range-w1=--"], "argument --range-w1: expected one argument"),
        (["--size", "0"], "argument --size: must be 2 or more, not 0"),
        (["--size", "1"], "argument --size: must be 2 or more, not 1"),
        (["--size", "5x1"], "argument --size: must be 2 or more, not 1"),
        (["--size", "-3"], "argument --size: must be 2 or more"),
        (["--size", "100000"], "argument --size: must be 4,096 or less, not 100,000"),
        (["--size", "2x4097"], "argument --size: must be 4,096 or less, not 4,097"),
        (["--size", "9" * 50], "argument --size: must be 4,096 or less"),
        (["--size", "3x3x3"], "argument --size: “3x3” is not a"),
        (["--size", "x"], "argument --size: a number is missing"),
        (["--size", "2.5"], "“2.5” is not a whole number"),
        (["--w1", "3"], "argument --w1: has no effect on .csv, which has --range-w1"),
        (["--eta", "-1"], "argument --eta: Learning rate η must be 0 or more"),
        (["more"], "“more” is one too many"),
    ],
)
def test_a_wrong_argument_is_one_line_and_code_2_and_nothing_is_written(
    capsys: pytest.CaptureFixture[str], folder: Path, words: list[str], said: str
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["map", "never.csv", *words])
    captured = capsys.readouterr()
    assert (end.value.code, captured.out) == (2, "")
    assert said in captured.err
    assert captured.err.count("\n") == 1
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", ["a", "a.txt", "a.gif", "nowhere/a.csv"])
def test_a_file_that_cannot_be_is_named_in_one_line_with_code_2(
    capsys: pytest.CaptureFixture[str], folder: Path, name: str
) -> None:
    with pytest.raises(SystemExit) as end:
        main(["map", name, *SMALL])
    captured = capsys.readouterr()
    assert (end.value.code, captured.out, captured.err.count("\n")) == (2, "", 1)
    assert name.rpartition("/")[2] in captured.err
    assert list(folder.iterdir()) == []


def test_a_picture_has_equal_units_and_opens_as_its_experiment(
    folder: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    for suffix in ("png", "svg", "pdf"):
        words = ["--range-w1", "0:5", "--range-w2", "0:5", "--size", "4", "--w1", "2"]
        assert main(["map", f"a.{suffix}", *words]) == 0
        assert read(folder / f"a.{suffix}").setup == Setup(w1=2)
    shown = QImage("a.png")
    assert shown.height() == 1280
    assert "stretched" not in (folder / "a.svg").read_text("utf-8")


GRID = Starts(tuple(n / 10 for n in range(-30, 30)), tuple(n / 3 for n in range(-20, 20)))
QUICK = Setup(eta=20)


def together(processes: int) -> list[object]:
    return [end for ends in map_processes.pieces(QUICK, GRID, processes) for end in ends]


def test_several_processes_give_what_one_gives(monkeypatch: pytest.MonkeyPatch) -> None:
    alone = together(1)
    assert len(alone) == GRID.total
    monkeypatch.setattr(map_processes, "_ALONE_S", 0)
    refused: list[object] = []
    monkeypatch.setattr(map_processes, "ends_of", lambda *asked: refused.append(asked))
    assert together(3) == alone
    assert refused == []  # the others have done all of it


@pytest.mark.parametrize("words", [["/no/such/program"], [sys.executable, "-c", "pass"]])
def test_what_other_processes_cannot_do_is_done_without_them(
    monkeypatch: pytest.MonkeyPatch, words: list[str]
) -> None:
    alone = together(1)
    monkeypatch.setattr(map_processes, "_ALONE_S", 0)
    monkeypatch.setattr(programs, "ourselves", lambda: words)
    assert together(2) == alone


def test_a_process_computes_with_the_same_kernel_as_the_program(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    code = "import sys; from backprop_gui.core import kernel; sys.stdout.write(kernel.__file__)"
    begun = map_processes.started([*programs.ourselves()[:-1], "-c", code])
    assert begun is not None
    from backprop_gui.core import kernel

    assert begun.communicate(timeout=60)[0].decode() == kernel.__file__


ENDLESS = [{"target": 1.5, "max_iterations": 2_000_000_000}, [[0, 1], [0]]]


def test_a_process_ends_in_the_middle_of_its_work_when_nobody_waits_for_it() -> None:
    begun = map_processes.started()
    assert begun is not None
    assert begun.stdin is not None
    assert begun.stdout is not None
    with begun, begun.stdout:
        begun.stdin.write(json.dumps(ENDLESS).encode() + b"\n0 2\n")
        begun.stdin.close()
        assert begun.wait(60) == 0


INTERRUPTED = """
import signal, sys
from backprop_gui.cli import main
from backprop_gui.state import map_processes
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
map_processes._ALONE_S = 0
started = map_processes.started
def announced():
    process = started()
    print(process.pid, flush=True)
    return process
map_processes.started = announced
map_processes._cores = lambda: 2
sys.exit(main.main(["map", "never.csv", "--target", "1.5", "--size", "20"]))
"""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="only Linux waits for any process")
def test_an_interrupt_ends_all_processes_in_silence_with_code_130_and_writes_nothing(
    folder: Path,
) -> None:
    root = str(Path(backprop_gui.__file__).parents[1])
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED],
        env={**os.environ, "PYTHONPATH": root},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        others = [int(process.stdout.readline()) for _number in range(2)]
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=60) == ("", "")
        assert process.returncode == 130
    for other in others:
        with suppress(ProcessLookupError):  # it has ended, or does as its input does
            assert select.select([os.pidfd_open(other)], [], [], 60)[0]
    assert list(folder.iterdir()) == []


def test_ends_that_nobody_reads_on_are_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(map_processes, "_ALONE_S", 0)
    begun = []

    def started() -> object:
        begun.append(map_processes_started())
        return begun[-1]

    map_processes_started = map_processes.started
    monkeypatch.setattr(map_processes, "started", started)
    pieces = map_processes.pieces(QUICK, GRID, 2)
    assert isinstance(next(pieces), Ends)
    pieces.close()
    assert [process.returncode is not None for process in begun] == [True, True]
