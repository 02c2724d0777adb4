"""The command check: verdicts as text and as JSON, and an exit code that tells them."""

import io
import json
import sys
from pathlib import Path

import pytest

from backprop_gui.cli.main import main
from backprop_gui.lesson.article import ARTICLE
from tests.lesson.pencil import WRONG, Person, work

VALUES = {"input": 0.7, "target": 0.8, "w1": -0.6, "w2": 1.3, "eta": 0.5}
OPTIONS = [word for name, value in VALUES.items() for word in (f"--{name}", str(value))]
KEYS = ["name", "written", "verdict", "expected", "causes"]


def written(folder: Path, texts: dict[str, str]) -> str:
    path = folder / "working.txt"
    path.write_text("".join(f"{name} = {text}\n" for name, text in texts.items()), "utf-8")
    return str(path)


def checked(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, dict[str, object], str]:
    code = main(["check", "--json", *words])
    captured = capsys.readouterr()
    return code, json.loads(captured.out), captured.err


def test_a_right_working_has_code_0_and_every_line_in_order(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    code, found, said = checked(capsys, written(tmp_path, work(VALUES, Person(5))), *OPTIONS)
    assert (code, said, found["first_wrong"]) == (0, "", None)
    lines: list[dict[str, object]] = found["lines"]  # type: ignore[assignment]
    assert [line["name"] for line in lines] == list(ARTICLE.step_of)
    assert all(list(line) == KEYS for line in lines)
    assert {line["verdict"] for line in lines} == {"right"}
    assert list(found) == ["setup", "first_wrong", "lines", "remarks"]


def test_a_wrong_line_has_code_1_its_cause_as_python_and_what_follows_is_from_yours(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    formula = WRONG["dout_o_dnet_o", "slope_squared"]
    texts = work(VALUES, Person(5), {"dout_o_dnet_o": formula})
    code, found, _said = checked(capsys, written(tmp_path, texts), *OPTIONS)
    assert (code, found["first_wrong"]) == (1, "dout_o_dnet_o")
    lines = {line["name"]: line for line in found["lines"]}  # type: ignore[attr-defined]
    line = lines["dout_o_dnet_o"]
    assert line["causes"][0]["formula"] == "out_o * out_o"
    out_o = float(texts["out_o"])
    assert line["expected"] == out_o * (1.0 - out_o)
    assert lines["de_dw2"]["verdict"] == "from_yours"


def test_the_report_names_the_first_wrong_line_and_the_cause(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    texts = work(VALUES, Person(5), {"new_w1": WRONG["new_w1", "plus_for_minus"]})
    assert main(["check", written(tmp_path, texts), *OPTIONS]) == 1
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("The first wrong line is w")
    assert any("plus in place of minus" in line and "w1 + eta * de_dw1" in line for line in lines)


def test_what_cannot_be_read_is_shown_short_and_without_what_turns_the_line(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    texts = {"net_h": "nan", "out_h": "9" * 400, "net_o": "\u202e0.25", "out_o": "0.5637"}
    assert main(["check", written(tmp_path, texts)]) == 0
    out = capsys.readouterr().out
    assert out.startswith("No line is wrong, but 3 cannot be read\n")
    assert "\u202e" not in out
    assert max(map(len, out.splitlines())) < 120


def test_an_iteration_is_checked_from_its_own_weights(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    first = work(VALUES, Person(17))
    later = VALUES | {"w1": float(first["new_w1"]), "w2": float(first["new_w2"])}
    path = written(tmp_path, work(later, Person(5)))
    assert checked(capsys, path, *OPTIONS, "--iteration", "2")[0] == 0
    code, found, said = checked(capsys, path, *OPTIONS)
    assert code == 1
    assert "These look like the numbers of iteration 2" in said
    assert found["remarks"] == ["These look like the numbers of iteration 2"]


def test_the_standard_input_is_read(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stream = io.TextIOWrapper(io.BytesIO(b"neth = .05\nfoo = 3\n"), encoding="utf-8")
    monkeypatch.setattr(sys, "stdin", stream)
    code, found, said = checked(capsys, "-")
    assert (code, found["first_wrong"]) == (0, None)
    assert "foo is no quantity of this lesson" in said


@pytest.mark.parametrize(
    ("content", "words", "said"),
    [
        (None, [], "No such file"),
        (b"", [], "has no line of a working"),
        (b"# nothing\n", [], "has no line of a working"),
        (b"\xff\xfe\x00\x01", [], "has no line of a working"),
        (b"net_h = 0.05", ["--iteration", "0"], "must be 1 or more"),
        (b"net_h = 0.05", ["--iteration", "5000"], "the run ends with iteration 813"),
        (b"net_h = 0.05", ["--w1", "x"], "“x” is not a number"),
    ],
)
def test_what_cannot_be_checked_is_code_2_and_nothing_is_printed(
    capsys: pytest.CaptureFixture[str],
    tmp_path: Path,
    content: bytes | None,
    words: list[str],
    said: str,
) -> None:
    path = tmp_path / "working.txt"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(SystemExit) as end:
        main(["check", str(path), *words])
    captured = capsys.readouterr()
    assert (end.value.code, captured.out) == (2, "")
    assert said in captured.err.splitlines()[-1]


def test_a_million_lines_are_read_at_once_and_told(
    capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    path = tmp_path / "working.txt"
    path.write_text("net_h = 0.05\n" + "\n" * 1_000_000, "utf-8")
    code, _found, said = checked(capsys, str(path))
    assert code == 0
    assert "Only the first 1,000 lines were read" in said
