"""The command line."""

import ast
import csv
import io
import json
import os
import re
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from PySide6.QtWidgets import QApplication

import backprop_gui
from backprop_gui.cli.arguments import joined
from backprop_gui.cli.main import main
from backprop_gui.lesson import notation, numbers
from backprop_gui.lesson.numbers import NumberError
from backprop_gui.system import terminal
from tests.extent import extent

# What the article's program prints, in Python 3.
ARTICLE = {
    "target": "0.9",
    "output": "0.8900135432882583",
    "E": "4.9864658827745406e-5",
    "w1": "0.8800250148952212",
    "w2": "4.005620243943087",
    "iterations": "813",
}
PROGRAM = [sys.executable, "-m", "backprop_gui"]


@pytest.fixture
def alone(tmp_path: Path) -> dict[str, str]:
    """The environment of a process that has no display."""
    names = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM", "PYTHONIOENCODING")
    kept = {name: value for name, value in os.environ.items() if name not in names}
    return {**kept, "PYTHONPATH": str(Path(backprop_gui.__file__).parents[1])}


def run(
    command: list[str], folder: Path, environment: dict[str, str], **streams: object
) -> subprocess.CompletedProcess[str]:
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE} | streams
    return subprocess.run(
        command, cwd=folder, env=environment, text=True, check=False, timeout=60, **pipes
    )


def refusal(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    """Return the one line that the program says before it ends with code 2."""
    with pytest.raises(SystemExit) as end:
        main(arguments)
    captured = capsys.readouterr()
    assert (end.value.code, captured.out) == (2, "")
    assert captured.err.startswith("backprop-gui")
    assert captured.err.endswith("\n")
    assert len(captured.err.splitlines()) == 1
    return captured.err


def trained(capsys: pytest.CaptureFixture[str], *arguments: str) -> dict[str, object]:
    assert main(["train", "--json", *arguments]) == 0
    captured = capsys.readouterr()
    assert captured.err == ""
    values: dict[str, object] = json.loads(captured.out)
    return values


def test_train_prints_the_numbers_of_the_article_s_program(
    tmp_path: Path, alone: dict[str, str]
) -> None:
    done = run([*PROGRAM, "train"], tmp_path, alone)
    headline, *lines = done.stdout.splitlines()
    assert headline == "E is below the tolerance of 5·10⁻⁵"
    assert dict(line.split() for line in lines) == ARTICLE
    assert (done.returncode, done.stderr, list(tmp_path.iterdir())) == (0, "", [])


def test_train_prints_the_remarks_on_a_run_that_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["train", "--target", "1.5", "--max-iterations", "1e3"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "The maximum of 1,000 iterations is reached"
    assert lines[-1].startswith("The target 1.5 cannot be reached")


def test_a_run_on_paper_prints_the_paper_numbers_and_says_so_in_json(
    capsys: pytest.CaptureFixture[str],
) -> None:
    values = trained(capsys, "--paper", "3s", "--max-iterations", "2")
    # By hand: new w₁ = 0.5 − 0.9 · (−0.00103) = 0.501, new w₂ = 0.5 − 0.9 · (−0.0423) = 0.538.
    assert (values["method"], values["w1"], values["w2"]) == ("3s", 0.501, 0.538)
    assert (values["exact_iterations"], values["exact_stopped"]) == (2, "max_iterations")
    assert values["w2_off_after_1"] == pytest.approx(0.538 - 0.5381475, abs=1e-6)  # by hand
    assert values["w2_off_after_10"] is None
    assert trained(capsys, "--paper", "exact") == trained(capsys)
    assert main(["train", "--paper", "4d"]) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "On paper the run reaches the tolerance at iteration 818.",
        "The exact run reaches the tolerance at iteration 813.",
    ]


def test_json_has_exactly_these_keys(capsys: pytest.CaptureFixture[str]) -> None:
    values = trained(capsys)
    setup = ["input", "target", "eta", "tolerance", "max_iterations", "initial_w1", "initial_w2"]
    assert list(values) == [*setup, "iterations", "stopped", "output", "error", "w1", "w2"]
    assert [str(values[name]) for name in ("output", "w1", "w2", "iterations")] == [
        ARTICLE[name] for name in ("output", "w1", "w2", "iterations")
    ]


@pytest.mark.parametrize(
    ("option", "key"),
    [
        ("--input", "input"),
        ("--target", "target"),
        ("--w1", "initial_w1"),
        ("--w2", "initial_w2"),
        ("--eta", "eta"),
        ("--tolerance", "tolerance"),
    ],
)
@pytest.mark.parametrize(
    ("text", "value"), [("0.25", 0.25), ("0,25", 0.25), ("1/3", 1 / 3), ("5e-5", 5e-5)]
)
def test_every_option_sets_its_value(
    capsys: pytest.CaptureFixture[str], option: str, key: str, text: str, value: float
) -> None:
    assert trained(capsys, option, text, "--max-iterations", "2")[key] == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("-5e-5", -5e-5), ("-1/3", -1 / 3), ("-.5", -0.5), ("-,5", -0.5), ("−2", -2.0), ("-3", -3.0)],
)
@pytest.mark.parametrize("joint", ["", "="])
def test_a_negative_number_may_be_a_word_of_its_own(
    capsys: pytest.CaptureFixture[str], text: str, value: float, joint: str
) -> None:
    words = [f"--w1={text}"] if joint else ["--w1", text]
    values = trained(capsys, *words, "--max-iterations", "2", "--w2", "-1")
    assert (values["initial_w1"], values["initial_w2"]) == (value, -1.0)


@given(
    before=st.text("\u200b\u200e\u2060\ufe0f", max_size=2),
    number=st.from_regex(r"[-0-9.,½⅓/eE'·٣٫４．，² ()$]{0,6}", fullmatch=True),
)
@example(before="", number="½")
@example(before="", number="1½")
@example(before="\u200b", number="5")
@example(before="", number="٫٥")
@example(before="", number="．５")
@settings(max_examples=extent(300, 100), deadline=None)
def test_what_is_read_as_a_negative_number_is_taken_as_a_word_of_its_own(
    before: str, number: str
) -> None:
    text = f"-{before}{number}"
    try:
        numbers.parse(text)
    except NumberError:
        return
    assert joined(["--w1", text]) == [f"--w1={text}"]


def test_csv_has_every_nth_iteration_and_the_json_s_last_numbers(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    values = trained(capsys, "--csv", str(tmp_path / "run.csv"), "--every", "200")
    with (tmp_path / "run.csv").open(newline="") as file:
        table = list(csv.DictReader(file))
    assert [row["iteration"] for row in table] == ["1", "201", "401", "601", "801", "813"]
    assert (float(table[-1]["w1"]), float(table[-1]["w2"])) == (values["w1"], values["w2"])
    assert (table[-1]["de_dout_o"], table[-1]["new_w2"]) == ("nan", "nan")


@pytest.mark.parametrize(
    ("words", "dialect"),
    [
        ([], (",", ".")),
        (["--separator", ";"], (";", ".")),
        (["--separator", "tab"], ("\t", ".")),
        (["--separator", "\t", "--decimal", ","], ("\t", ",")),
        (["--separator", r"\t"], ("\t", ".")),
        (["--decimal", ","], (";", ",")),
        (["--decimal=comma", "--separator=semicolon"], (";", ",")),
    ],
)
@pytest.mark.parametrize("command", ["train", "export"])
def test_a_table_has_the_separator_and_the_decimal_sign_that_are_asked_for(
    tmp_path: Path, command: str, words: list[str], dialect: tuple[str, str]
) -> None:
    path, separator = tmp_path / "run.csv", dialect[0]
    start = ["export", str(path)] if command == "export" else ["train", "--csv", str(path)]
    assert main([*start, "--max-iterations", "3", "--w1", "-1/3", *words]) == 0
    table = [line.split(separator) for line in path.read_text().splitlines()]
    assert table[0][:4] == ["iteration", "input", "target", "w1"]
    assert {len(row) for row in table} == {23}
    assert table[1][3] == repr(-1 / 3).replace(".", dialect[1])


def test_csv_has_every_iteration_where_nothing_else_is_asked_for(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    trained(capsys, "--csv", str(tmp_path / "run.csv"), "--max-iterations", "7")
    assert len((tmp_path / "run.csv").read_text().splitlines()) == 8


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--nonsense"], "--nonsense"),
        (["--nonsense", "train"], "--nonsense"),
        (["train", "more\nwords"], "“more words” follows no option"),
        (["train", "--w1", "1", "2"], "“2” follows no option"),
        (["export", "a.png", "b.png"], "“b.png” is one too many"),
        (["export", "a.png", "--nonsense", "b.png"], "“--nonsense” is not an option"),
        (["train", "--w1"], "--w1: expected one argument"),
        (["train", "--tol", "1"], "--tol"),
        (["train", "--w1", ""], "argument --w1: a number is missing"),
        (["train", "--w1", "half"], "argument --w1: “half” is not a number"),
        (["train", "--w1", "1\n2"], "argument --w1: “1 2” is not a number"),
        (["train", "--w1", "nan"], "argument --w1: “nan” is not a number"),
        (["train", "--w1=-inf"], "argument --w1: “-inf” is not a number"),
        (["train", "--input", "1e400"], "argument --input: “1e400” is too large"),
        (["train", "--eta", "1/0"], "argument --eta: “1/0” divides by zero"),
        (["train", "--eta", "-1"], "argument --eta: Learning rate η must be 0 or more"),
        (["train", "--tolerance", "-1e-9"], "must be 0 or more, not -1e-9"),
        (["train", "--paper", "9s"], "argument --paper: must have 1 to 8 digits, not 9"),
        (["train", "--paper", "3"], "argument --paper: must be digits as 3s (significant), 4d"),
        (["train", "--paper", "de_dw1.sign_lost"], "not “de_dw1.sign_lost”"),
        (["train", "--paper=--"], "argument --paper: expected one argument"),
        (["train", "--max-iterations", "0"], "whole number from 1 to 2,000,000,000"),
        (["train", "--max-iterations", "1.5"], "“1.5” is not a whole number"),
        (["train", "--max-iterations", "3e9"], "2,000,000,000, not 3e9"),
        (["train", "--every", "2"], "argument --every: has an effect with --csv only"),
        (["train", "--decimal", ","], "argument --decimal: has an effect with --csv only"),
        (["train", "--separator", ";"], "argument --separator: has an effect with --csv only"),
        (["train", "--csv", "never.csv", "--separator", "x"], "“x” is not one of ,"),
        (["train", "--csv", "never.csv", "--separator", ""], "argument --separator: “” is not one"),
        (
            ["train", "--csv", "never.csv", "--separator", ",", "--decimal", ","],
            "a comma cannot be both",
        ),
        (["train", "--csv", "never.csv", "--every", "0"], "argument --every: must be 1 or more"),
        (["train", "--csv", "never.csv", "--every", "x"], "argument --every: “x” is not a number"),
        (["train", "--picture", "network.jpg"], "“network.jpg” does not end in .png"),
        (["train", "--picture", "two\nlines"], "“two lines” does not end in .png"),
    ],
)
def test_a_wrong_argument_is_one_line_and_code_2_and_nothing_is_done(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    arguments: list[str],
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    assert said in refusal(capsys, *arguments)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(("option", "name"), [("--csv", "a.csv"), ("--picture", "a.png")])
def test_a_file_that_cannot_be_written_is_named_in_one_line_with_code_2(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    qapp: QApplication,
    option: str,
    name: str,
) -> None:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    folder, nowhere = tmp_path / name, tmp_path / "nowhere" / name
    folder.mkdir()
    assert refusal(capsys, "train", option, str(nowhere)).endswith(
        f": {nowhere}: No such file or directory\n"
    )
    assert refusal(capsys, "train", option, str(folder)).endswith(f": {folder}: Is a directory\n")
    assert list(tmp_path.iterdir()) == [folder]


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.png b.png", None, "“a.png” is not a command (train, export, compare, map, check)"),
        ("fly", None, "“fly” is neither a file nor a command; the commands are: train, "),
        ("two\nlines", None, "“two lines” is neither a file"),
        ("foreign.txt", b"hello", "foreign.txt cannot be opened: there is no experiment"),
        ("empty.png", b"", "empty.png is empty."),
    ],
)
def test_a_file_that_cannot_be_opened_is_named_in_one_line_with_code_2(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    name: str,
    content: bytes | None,
    said: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    if content is not None:
        Path(name).write_bytes(content)
    assert main(name.split(" ")) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.startswith(f"backprop-gui: {said}")
    assert len(captured.err.splitlines()) == 1


def test_a_file_without_a_display_is_one_line(tmp_path: Path, alone: dict[str, str]) -> None:
    assert run([*PROGRAM, "export", "p.svg"], tmp_path, alone).returncode == 0
    done = run([*PROGRAM, "p.svg"], tmp_path, alone)
    assert done.returncode == 1
    assert re.fullmatch(r"There is no display .*\n", done.stderr)


def test_version_and_help_are_printed(capsys: pytest.CaptureFixture[str]) -> None:
    for arguments, said in (
        (["--version"], f"backprop-gui {backprop_gui.__version__}"),
        (["--help"], "train"),
        (["train", "--help"], "--max-iterations N"),
    ):
        with pytest.raises(SystemExit) as end:
            main(arguments)
        captured = capsys.readouterr()
        assert (end.value.code, captured.err) == (0, "")
        assert said in captured.out


def test_training_loads_no_window_library(tmp_path: Path, alone: dict[str, str]) -> None:
    code = """
import sys
from backprop_gui.cli.main import main
assert main(["train", "--csv", "run.csv", "--json"]) == 0
print(*{name.partition(".")[0] for name in sys.modules}, file=sys.stderr)
"""
    done = run([sys.executable, "-c", code], tmp_path, alone)
    loaded = set(done.stderr.split())
    assert done.returncode == 0
    assert "backprop_gui" in loaded
    assert not {"PySide6", "shiboken6", "pyqtgraph", "numpy"} & loaded


def is_png(path: Path) -> bool:
    data = path.read_bytes()
    whole = data.startswith(b"\x89PNG\r\n\x1a\n") and data.endswith(b"IEND\xaeB`\x82")
    size = tuple(int.from_bytes(data[start : start + 4]) for start in (16, 20))
    return whole and size == (2000, 1250)


def test_a_picture_needs_no_display(tmp_path: Path, alone: dict[str, str]) -> None:
    done = run([*PROGRAM, "train", "--picture", "Network.PNG", "--json"], tmp_path, alone)
    assert (done.returncode, done.stderr) == (0, "")
    assert json.loads(done.stdout)["iterations"] == 813
    assert is_png(tmp_path / "Network.PNG")


def test_without_a_display_there_is_one_line_a_report_and_a_picture(
    tmp_path: Path, alone: dict[str, str]
) -> None:
    done = run(PROGRAM, tmp_path, alone)
    assert done.returncode == 0
    assert re.fullmatch(r"There is no display .*backprop\.png\.\n", done.stderr)
    assert dict(line.split() for line in done.stdout.splitlines()[1:]) == ARTICLE
    assert [path.name for path in tmp_path.iterdir()] == ["backprop.png"]
    assert is_png(tmp_path / "backprop.png")


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="only Linux has such a folder")
def test_without_a_display_a_picture_that_cannot_be_written_is_one_more_line(
    alone: dict[str, str],
) -> None:
    done = run(PROGRAM, Path("/proc"), alone)  # where not even root can make a file
    assert done.returncode == 1
    assert done.stderr.splitlines()[1:] == ["backprop.png: No such file or directory"]
    assert ARTICLE["output"] in done.stdout


def test_without_a_display_no_file_is_replaced_that_nobody_named(
    tmp_path: Path, alone: dict[str, str]
) -> None:
    (tmp_path / "backprop.png").write_text("mine")
    (tmp_path / "backprop-2.png").symlink_to("nowhere")
    done = run(PROGRAM, tmp_path, alone)
    assert done.returncode == 0
    assert "backprop-3.png" in done.stderr
    assert (tmp_path / "backprop.png").read_text() == "mine"
    assert (tmp_path / "backprop-2.png").is_symlink()
    assert is_png(tmp_path / "backprop-3.png")


INTERRUPTED = """
import signal, sys
from backprop_gui.cli import main
signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job ignores it
advance = main.Run.advance
def announced(run, count):
    print("running", flush=True)
    advance(run, count)
main.Run.advance = announced
sys.exit(main.main(["train", "--target", "1.5", "--max-iterations", "2e9"]))
"""


def test_an_interrupt_ends_a_long_run_at_once_in_silence_with_code_130(
    tmp_path: Path, alone: dict[str, str]
) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", INTERRUPTED],
        cwd=tmp_path,
        env=alone,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "running\n"
        process.send_signal(signal.SIGINT)
        assert process.communicate(timeout=5) == ("", "")
        assert process.returncode == 130


def test_a_reader_that_leaves_is_no_reason_for_a_traceback(
    tmp_path: Path, alone: dict[str, str]
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as stream:
        done = run([*PROGRAM, "train"], tmp_path, alone, stdout=stream)
    assert (done.returncode, done.stderr) == (1, "")


def test_train_can_print_where_the_terminal_knows_ascii_only(
    tmp_path: Path, alone: dict[str, str]
) -> None:
    done = run([*PROGRAM, "train"], tmp_path, alone | {"PYTHONIOENCODING": "ascii"})
    assert (done.returncode, done.stderr) == (0, "")
    assert ARTICLE["output"] in done.stdout


ENCODINGS = ["ascii", "latin-1", "cp437", "cp850", "cp1252", "koi8-r", "shift_jis", "utf-8"]
TOO_LOUD = ["--eta", "600", "--max-iterations", "500"]
UNREACHABLE = ["--target", "1.5", "--max-iterations", "1e3", "--input", "0", "--eta", "0"]
SPOKEN = [
    ["--version"],
    ["--help"],
    ["train", "--help"],
    ["export", "--help"],
    ["train"],
    ["train", "--json"],
    ["train", *TOO_LOUD],
    ["train", *UNREACHABLE],
    ["train", "--input", "1e308", "--w1", "1e308"],
    ["train", "--eta", "-1"],
    ["train", "--w1", "−½"],
    ["train", "--every", "2"],
    ["export", "p.gif", "--transparent"],
    ["export", "p.png", "--positions", "1–2000:…"],
    ["export", "p.png", "--size", "19999×19999"],
    ["fly"],
    ["--desktop", "łódź\x1b[2J\udcff"],
]


def spoken(monkeypatch: pytest.MonkeyPatch, encoding: str, arguments: list[str]) -> tuple[str, str]:
    """Return what both outputs of a terminal get that has this encoding."""
    streams = [io.TextIOWrapper(io.BytesIO(), encoding=encoding) for _ in range(2)]
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", streams[0])
        patch.setattr(sys, "stderr", streams[1])
        patch.setattr("backprop_gui.cli.main.missing_display", lambda: "There is no display.")
        with suppress(SystemExit):
            main(arguments)
    for stream in streams:
        stream.flush()
    out, err = (stream.buffer.getvalue().decode(encoding) for stream in streams)
    return out, err


@pytest.mark.parametrize("encoding", ENCODINGS)
@pytest.mark.parametrize("arguments", SPOKEN, ids=" ".join)
def test_a_terminal_that_lacks_a_letter_gets_a_plain_one_and_no_question_mark(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, encoding: str, arguments: list[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    said, whole = spoken(monkeypatch, encoding, arguments), spoken(monkeypatch, "utf-8", arguments)
    for plain, text in zip(said, whole, strict=True):
        assert plain.count("?") == text.count("?") == 0
        assert len(plain.splitlines()) == len(text.splitlines())
        assert len(plain.split()) == len(text.split())
        if arguments != SPOKEN[-1]:
            assert plain.count("\\") == text.count("\\")
            assert digits_of(text) == digits_of(plain)


def digits_of(text: str) -> list[str]:
    raised = re.sub(r"(?<=10)[⁻⁰¹²³⁴-⁹]+", r" \g<0>", text.replace("½", "1/2"))
    return re.findall(r"\d+", raised.translate(DIGITS))


DIGITS = str.maketrans("₁₂⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "12-0123456789")


@pytest.mark.parametrize(
    ("encoding", "power"),
    [("ascii", "5*10^-5"), *((each, "5·10^-5") for each in ("cp437", "latin-1", "cp1252"))],
)
def test_a_minus_becomes_a_hyphen_where_the_terminal_has_no_other(
    monkeypatch: pytest.MonkeyPatch, encoding: str, power: str
) -> None:
    said = spoken(monkeypatch, encoding, ["train"])[0]
    assert said.startswith(f"E is below the tolerance of {power}\n")
    said = spoken(monkeypatch, encoding, ["train", "--eta", "-1"])[1]
    assert said.endswith("Learning rate eta must be 0 or more, not -1\n")
    assert "w2 from 0.5" in spoken(monkeypatch, encoding, ["train", *TOO_LOUD])[0]
    assert "dE/dw1 is 0" in spoken(monkeypatch, encoding, ["train", *UNREACHABLE])[0]


def test_every_letter_of_the_program_s_own_sentences_has_a_plain_form() -> None:
    package = Path(backprop_gui.__file__).parent
    sentences = [
        node.args[0].value
        for path in package.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "_"
        if isinstance(node.args[0], ast.Constant)
    ]
    assert len(sentences) > 500
    for sentence in [*sentences, *map(notation.plain, ("net_h", "out_o", "w_1", "∂E/∂w_2", "η"))]:
        assert terminal.plain(sentence).isascii()
        assert terminal.plain(sentence).count("\\") == sentence.count("\\")
    assert terminal.plain("½(t − outₒ)² ≈ 4.99·10⁻⁵ → ∞") == "1/2(t - out_o)^2 ~ 4.99*10^-5 -> inf"


def test_a_foreign_letter_is_escaped_and_never_another_one(monkeypatch: pytest.MonkeyPatch) -> None:
    said = spoken(monkeypatch, "ascii", ["łódź\x1b[2J\u202e\udcff"])[1]
    expected = r'"\u0142\xf3d\u017a\x1b[2J\u202e\udcff" is neither a file nor a command'
    assert said.startswith(f"backprop-gui: {expected}")


@pytest.mark.parametrize("arguments", SPOKEN, ids=" ".join)
@pytest.mark.parametrize("without", ["stdout", "stderr", "both"])
def test_a_program_without_a_console_says_nothing_and_ends_alike(
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    arguments: list[str],
    without: str,
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("backprop_gui.cli.main.missing_display", lambda: "There is no display.")
    codes = []
    for _attempt in range(2):
        try:
            codes.append(main(arguments))
        except SystemExit as end:
            codes.append(end.code)
        for name in ("stdout", "stderr"):
            if without in (name, "both"):
                monkeypatch.setattr(sys, name, None)
    # Where nobody reads what is wrong with a file, the window would say it; there is none.
    assert codes[0] == codes[1] or (arguments, codes) == (["fly"], [2, 1])


@pytest.mark.parametrize(
    "arguments", [["--help"], ["export", "--help"], ["--version"], ["train"], ["train", "--json"]]
)
def test_a_reader_that_leaves_is_left_in_silence_whatever_was_printed(
    tmp_path: Path, alone: dict[str, str], arguments: list[str]
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as stream:
        done = run([*PROGRAM, *arguments], tmp_path, alone, stdout=stream)
        silent = run([*PROGRAM, *arguments], tmp_path, alone, stdout=stream, stderr=stream)
        refused = run([*PROGRAM, "train", "--x"], tmp_path, alone, stdout=stream, stderr=stream)
    assert (done.returncode, done.stderr, silent.returncode, refused.returncode) == (1, "", 1, 2)


@pytest.mark.parametrize("command", [["train", "--picture", "p.png"], ["export", "p.svg"]])
def test_a_command_names_a_library_that_the_system_lacks_in_one_sentence(
    tmp_path: Path, alone: dict[str, str], command: list[str]
) -> None:
    code = """
import sys
class Lacking:
    def find_spec(self, name, *rest):
        if name == "PySide6.QtGui":
            raise ImportError("libEGL.so.1: cannot open shared object file: No such file")
sys.meta_path.insert(0, Lacking())
from backprop_gui.cli.main import main
sys.exit(main(sys.argv[1:]))
"""
    done = run([sys.executable, "-c", code, *command], tmp_path, alone)
    expected = "Backprop needs the library libEGL.so.1, which is not installed on this system.\n"
    assert (done.returncode, done.stderr, list(tmp_path.iterdir())) == (1, expected, [])


def test_a_library_that_the_system_lacks_is_named_in_one_sentence(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    reason = "libEGL.so.1: cannot open shared object file: No such file or directory"
    monkeypatch.setattr("backprop_gui.cli.main.missing_display", lambda: None)
    monkeypatch.setattr("backprop_gui.system.collection.postpone", lambda: None)
    monkeypatch.setitem(sys.modules, "backprop_gui.app.application", _Unimportable(reason))
    assert main([]) == 1
    expected = "Backprop needs the library libEGL.so.1, which is not installed on this system.\n"
    assert capsys.readouterr().err == expected


class _Unimportable(ModuleType):
    """A module from which nothing can be imported."""

    def __getattr__(self, _name: str) -> Any:
        raise ImportError(self.__name__)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="only Linux has a disk always full")
def test_output_that_cannot_be_written_is_one_line(tmp_path: Path, alone: dict[str, str]) -> None:
    with Path("/dev/full").open("w") as full:
        done = run([*PROGRAM, "train"], tmp_path, alone, stdout=full)
    assert done.returncode != 0
    assert len(done.stderr.splitlines()) == 1


def test_a_closed_output_is_no_reason_for_a_traceback(
    tmp_path: Path, alone: dict[str, str]
) -> None:
    closing = "import os, sys; os.close(1); os.execv(sys.argv[1], sys.argv[1:])"
    done = run([sys.executable, "-c", closing, *PROGRAM, "train"], tmp_path, alone)
    assert "Traceback" not in done.stderr
