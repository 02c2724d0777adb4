"""The command compare: the runs of all combinations, each as `train` has it."""

import csv
import itertools
import json
from pathlib import Path
from types import ModuleType

import pytest
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QApplication

from backprop_gui.cli import compare as cli_compare
from backprop_gui.cli import map as cli_map
from backprop_gui.cli import train as cli_train
from backprop_gui.cli.main import main


def said(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    assert main(words) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    return captured.out


def refusal(capsys: pytest.CaptureFixture[str], *words: str) -> str:
    with pytest.raises(SystemExit) as end:
        main(["compare", *words])
    captured = capsys.readouterr()
    assert (end.value.code, captured.out, len(captured.err.splitlines())) == (2, "", 1)
    return captured.err.removeprefix("backprop-gui compare: ").rstrip("\n")


@pytest.mark.parametrize("options", [("--eta", "--w1"), ("--w1", "--eta")])
def test_json_has_what_train_says_of_each_combination_the_last_option_changing_first(
    capsys: pytest.CaptureFixture[str], options: tuple[str, str]
) -> None:
    lists = {"--eta": ("0.1", "0.9", "5"), "--w1": ("-3", "0.5")}
    words = [word for name in options for word in (name, ",".join(lists[name]))]
    found = json.loads(said(capsys, "compare", "--json", *words, "--max-iterations", "900"))
    expected = []
    for values in itertools.product(*(lists[name] for name in options)):
        single = [word for pair in zip(options, values, strict=True) for word in pair]
        output = said(capsys, "train", "--json", *single, "--max-iterations", "900")
        expected.append(json.loads(output))
    assert found == expected
    assert [list(each) for each in found] == [list(each) for each in expected]


def test_exact_and_paper_runs_stand_side_by_side_in_the_order_of_the_options(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "ends.csv"
    words = ("compare", "--paper", "exact,4d", "--eta", "0.9,5", "--csv", str(path))
    head, *rows = said(capsys, *words).splitlines()
    assert head.split()[:4] == ["method", "eta", "iterations", "stopped"]
    assert [row.split()[:2] for row in rows] == [
        ["exact", "0.9"], ["exact", "5"], ["4d", "0.9"], ["4d", "5"],
    ]  # fmt: skip
    with path.open(newline="") as stream:
        assert [row["method"] for row in csv.DictReader(stream)] == ["", "", "4d", "4d"]


def test_the_table_has_the_same_numbers(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    words = ["compare", "--json", "--target", "0.9,1.5", "--eta", "1e308,0.9"]
    path = tmp_path / "ends.csv"
    found = json.loads(said(capsys, *words, "--max-iterations", "50", "--csv", str(path)))
    with path.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [list(row) for row in rows] == [list(each) for each in found]
    for row, each in zip(rows, found, strict=True):
        for name, value in each.items():
            if value is None:
                assert row[name] == "nan"
            else:
                assert type(value)(row[name]) == value


def test_the_report_names_what_differs_and_the_article_s_end(
    capsys: pytest.CaptureFixture[str],
) -> None:
    head, *rows = said(capsys, "compare", "--eta", "0.9,5").splitlines()
    assert head.split()[:4] == ["eta", "iterations", "stopped", "E"]
    assert [row.split()[:3] for row in rows] == [
        ["0.9", "813", "tolerance"],
        ["5", "146", "tolerance"],
    ]
    assert rows[0].split()[-2:] == ["0.8800250148952212", "4.005620243943087"]


@pytest.mark.parametrize("suffix", ["png", "svg", "pdf"])
def test_a_picture_needs_no_display(
    capsys: pytest.CaptureFixture[str], tmp_path: Path, qapp: QApplication, suffix: str
) -> None:
    path = tmp_path / f"curves.{suffix}"
    said(capsys, "compare", "--eta", "0.1,0.9,5", "--picture", str(path))
    head = {"png": b"\x89PNG", "svg": b"<?xml", "pdf": b"%PDF"}[suffix]
    assert path.read_bytes().startswith(head)
    if suffix == "png":
        assert QImage(str(path)).width() == 1920


@pytest.mark.parametrize(
    ("words", "sentence"),
    [
        (["--eta", ","], "argument --eta: there is no value"),
        (["--eta", "1,,2"], "argument --eta: a value is missing between two separators"),
        (["--eta", "1,x"], "argument --eta: “x” is not a number"),
        (["--eta", "1,-1"], "argument --eta: Learning rate η must be 0 or more, not -1"),
        (
            ["--eta", ",".join(map(str, range(10_000)))],
            "argument --eta: at most 1,000 values can be compared, not 10,000",
        ),
        (
            ["--eta", ",".join(map(str, range(900))), "--w1", "1,2"],
            "argument --w1: makes 1,800 combinations; at most 1,000 can be compared",
        ),
        (
            ["--eta", ",".join(map(str, range(1000))), "--w1", ",".join(map(str, range(1000)))],
            "argument --w1: makes 1,000,000 combinations; at most 1,000 can be compared",
        ),
        (["--decimal", ","], "argument --decimal: has an effect with --csv only"),
        (
            ["--csv", "a.png", "--picture", "a.png"],
            "arguments --csv and --picture: both name a.png",
        ),
        (
            ["--picture", "a.gif"],
            "argument --picture: “a.gif” does not end in one of .png, .svg, .pdf",
        ),
        (
            ["--eta", ",".join(map(str, range(99))), "--picture", "a.png"],
            "argument --picture: shows at most",
        ),
    ],
)
def test_what_cannot_be_compared_is_one_line_and_nothing_is_done(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    words: list[str],
    sentence: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert refusal(capsys, *words).startswith(sentence)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("command", "module"),
    [("train", cli_train), ("compare", cli_compare)],
    ids=["train", "compare"],
)
def test_nothing_is_computed_or_written_where_one_of_two_files_cannot_be(
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    command: str,
    module: ModuleType,
) -> None:
    monkeypatch.setattr(module, "Run", lambda _setup: pytest.fail("a run was begun"))
    files = ("--csv", str(tmp_path / "a.csv"), "--picture", str(tmp_path / "no" / "a.png"))
    with pytest.raises(SystemExit) as end:
        main([command, *files])
    said = capsys.readouterr()
    assert (end.value.code, said.out, said.err.count("\n")) == (2, "", 1)
    assert said.err.endswith("a.png: No such file or directory\n")
    assert list(tmp_path.iterdir()) == []


def test_a_map_that_cannot_be_written_is_refused_before_it_is_computed(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(cli_map, "_whole", lambda *_words: pytest.fail("it was computed"))
    with pytest.raises(SystemExit):
        main(["map", str(tmp_path / "no" / "a.png")])
    assert capsys.readouterr().err.endswith("a.png: No such file or directory\n")


MISTAKES = "none,de_dw1.sign_lost,dout_o_dnet_o.slope_forgotten"


def test_mistakes_are_compared_as_another_list(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """How many iterations each takes was found by another program."""
    path = tmp_path / "ends.csv"
    words = ("compare", "--eta", "0.9,5", "--mistake", MISTAKES)
    found = json.loads(said(capsys, *words, "--json", "--csv", str(path)))
    assert [each.get("method", "none") for each in found] == [
        *MISTAKES.split(","),
        *MISTAKES.split(","),
    ]
    assert [each["iterations"] for each in found[:3]] == [813, 913, 104]
    with path.open(newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["method"] for row in rows] == [each.get("method", "") for each in found]
    table = said(capsys, *words).splitlines()
    assert table[0].split()[:2] == ["method", "eta"]
    words = MISTAKES.replace("none", "exact").split(",")
    assert [line.split()[0] for line in table[1:]] == 2 * words


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("new_w1.sign", "new_w1 has no mistake “sign”; it has sign_lost,"),
        ("new_w1", "new_w1 has no mistake “”; it has sign_lost,"),
        ("none,,none", "“” is not LINE.KIND; LINE is one of net_h, out_h,"),
        ("nonsense", "“nonsense” is not LINE.KIND; LINE is one of net_h, out_h,"),
    ],
)
def test_an_unknown_mistake_is_refused_with_those_that_there_are(
    capsys: pytest.CaptureFixture[str], text: str, words: str
) -> None:
    assert refusal(capsys, "--mistake", text).startswith(f"argument --mistake: {words}")


def test_a_run_with_a_mistake_says_so(capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    mistake = ("--mistake", "de_dw1.sign_lost")
    assert said(capsys, "train", *mistake).startswith("With a mistake in dE/dw1: the sign is")
    assert json.loads(said(capsys, "train", "--json", *mistake))["method"] == mistake[1]
    with pytest.raises(SystemExit):
        main(["train", *mistake, "--picture", str(tmp_path / "end.png")])
    assert "shows no run with a mistake" in capsys.readouterr().err
    assert not list(tmp_path.iterdir())
