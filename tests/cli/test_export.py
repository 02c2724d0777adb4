"""The command `export`: each kind of file by a process of its own that has no display."""

import csv
import errno
import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import IO

import pytest
from PIL import Image
from pptx import Presentation
from PySide6.QtWidgets import QApplication

import backprop_gui
from backprop_gui.core.network import Setup
from backprop_gui.lesson.moment import Position
from backprop_gui.lesson.rounded import Rounded
from backprop_gui.storage import files
from backprop_gui.storage.opening import opened, read
from tests.command_lines import run

PROGRAM = [sys.executable, "-m", "backprop_gui", "export"]
SETUP = ("--w1", "-1/3", "--eta", "2")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, qapp: QApplication) -> Path:
    monkeypatch.setenv("QT_QPA_PLATFORM", "offscreen")
    made = tmp_path / "folder"
    made.mkdir()
    return made


def _run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    code, out, err, complaints = run(["export", *words], folder)
    assert complaints == []
    return subprocess.CompletedProcess(words, code, out, err)


def _run_alone(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    hidden = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    kept = {name: value for name, value in os.environ.items() if name not in hidden}
    kept["PYTHONPATH"] = str(Path(backprop_gui.__file__).parents[1])
    return subprocess.run(
        [*PROGRAM, *words], cwd=folder, env=kept, capture_output=True, text=True, check=False
    )


def _export(folder: Path, *words: str) -> None:
    done = _run(folder, *words)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(
    "name", ["p.png", "p.svg", "p.pdf", "p.pptx", "p.gif", "p.webp", "p.apng", "p.mp4",
             "p.md", "p.tex", "p.html", "p.csv", "p.xlsx", "p.json"],
)  # fmt: skip
def test_each_kind_of_file_opens_as_the_experiment_that_it_came_from(
    folder: Path, name: str
) -> None:
    if name.endswith("mp4") and shutil.which("ffmpeg") is None:
        pytest.skip("ffmpeg is not installed")
    is_data = name.endswith(("csv", "xlsx", "json"))
    is_example = name.endswith(("md", "tex", "html"))
    where = [] if is_data else ["--positions", "7" if is_example else "7:9"]
    done = _run_alone(folder, name, *SETUP, *where)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert [path.name for path in folder.iterdir()] == [name]
    found = read(folder / name)
    assert found.setup == Setup(w1=-1 / 3, eta=2)
    if not is_data:
        assert found.position == Position(7, 15 if is_example else 9)


def test_a_picture_has_the_size_asked_for(folder: Path) -> None:
    _export(folder, "p.png", "--size", "801x456", "--what", "network+formula", "--large")
    with Image.open(folder / "p.png") as picture:
        assert picture.size == (801, 456)


def test_the_sheet_and_the_numbers_on_it_are_both_told_by_paper(folder: Path) -> None:
    _export(folder, "e.tex", "--paper", "3s", "--paper", "letter")
    text = (folder / "e.tex").read_text(encoding="utf-8")
    assert "letterpaper" in text
    assert "0.0564" in text  # ½ · 0.336², where exactly E is 0.0565
    assert "0.0565" not in text
    assert read(folder / "e.tex").setup == Setup(method=Rounded(3))


def test_a_handout_and_an_example_are_on_the_paper_asked_for(folder: Path) -> None:
    sheet = ("--paper", "letter", "--orientation", "landscape")
    done = _run(folder, "h.pdf", "--what", "values", "--per-page", "2", "--lines", *sheet)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("This paper holds 1 a page")
    _export(folder, "e.tex", *sheet)
    assert re.search(rb"/MediaBox \[0 0 792\S* 612", (folder / "h.pdf").read_bytes())
    assert "letterpaper,landscape" in (folder / "e.tex").read_text(encoding="utf-8")


def test_several_positions_are_numbered_pictures_of_that_many(folder: Path) -> None:
    _export(folder, "s.png", "--positions", "1:1-3,10,last", "--size", "480x270")
    names = [f"s-0{n}.png" for n in range(1, 6)]
    assert sorted(path.name for path in folder.iterdir()) == names
    steps = [read(folder / name).position for name in names]
    assert steps == [(1, 1), (1, 2), (1, 3), (10, 15), (813, 5)]


@pytest.mark.parametrize(
    "name", ["p.png", "p.svg", "p.pdf", "p.pptx", "p.gif", "p.md", "e.pdf", "p.csv"]
)
@pytest.mark.parametrize("last", [5, 1])
def test_a_run_that_ends_at_once_is_exported_where_nothing_else_is_asked_for(
    folder: Path, name: str, last: int
) -> None:
    setup = ["--tolerance", "1"] if last == 5 else ["--input", "1e308", "--w1", "1e308"]
    _export(folder, name, *setup, *(["--what", "example"] if name == "e.pdf" else []))
    assert read(folder / name).position.iteration == 1


def test_dark_transparent_titled_and_captioned_pictures_differ(folder: Path) -> None:
    variants = ([], ["--theme", "dark"], ["--transparent"], ["--title", "A"], ["--caption"])
    for place, words in enumerate(variants):
        _export(folder, f"{place}.png", "--size", "480x270", *words)
    pictures = {path.read_bytes() for path in folder.iterdir()}
    assert len(pictures) == len(variants)


def test_data_come_back_to_the_last_bit(folder: Path) -> None:
    _export(folder, "d.csv", "--every", "100")
    _export(folder, "d.json", "--every", "100")
    with (folder / "d.csv").open(newline="") as stream:
        table = list(csv.DictReader(stream))
    rows = json.loads((folder / "d.json").read_text())["iterations"]
    assert [row["iteration"] for row in rows] == [*range(1, 813, 100), 813]
    assert [float(row["w2"]) for row in table] == [row["w2"] for row in rows]
    assert rows[-1]["w2"] == 4.005620243943087


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["p"], "“p” has no ending"),
        (["p.bmp"], "“p.bmp” does not end in one of .png, .svg"),
        (["p\n.q"], "“p .q” does not end"),
        (["nowhere/p.png"], "nowhere/p.png: No such file or directory"),
        (["p.png", "--positions", "5000"], "iteration 5,000: this run stops at 813"),
        (["p.png", "--positions", "813:9"], "iteration 813 ends with step 5"),
        (["p.png", "--positions", "x"], "argument --positions: “x” is not a position"),
        (["p.png", "--size", "0x10"], "each side must be from 16 to 20,000 pixels, not 0"),
        (["p.png", "--size", "100000x100000"], "must be from 16 to 20,000 pixels, not 100,000"),
        (["p.png", "--size", "19999x19999"], "19,999 × 19,999 pixels are more than 80 million"),
        (["p.png", "--size", "big"], "argument --size: “big” is not a size"),
        (["p.png", "--size", "1e3x5"], "is not a size"),
        (["p.png", "--digits", "2"], "must be from 3 to 17"),
        (["p.png", "--w1", "half"], "argument --w1: “half” is not a number"),
        (["p.png", "--what", "cat"], "argument --what"),
        (["p.png", "--what", "error", "--positions", "1:1-3"], "of one position, as one picture"),
        (["p.png", "--every", "2"], "argument --every: has no effect on .png"),
        (["p.csv", "--size", "10x10"], "argument --size: has no effect on .csv"),
        (["p.json", "--separator", ";"], "argument --separator: has no effect on .json"),
        (["p.json", "--decimal", ","], "argument --decimal: has no effect on .json"),
        (["p.csv", "--separator", ",", "--decimal", ","], "a comma cannot be both"),
        (["p.csv", "--every", "0"], "argument --every: must be 1 or more"),
        (["p.png", "--blanked"], "argument --blanked: has no effect on .png"),
        (["p.pdf", "--blanked"], "has no effect on .pdf with --what network"),
        (["p.png", "--range-w1", "0:1"], "has no effect on .png with --what network"),
        (["p.png", "--what", "landscape", "--range-w1", "1:0"], "must go from a smaller"),
        (["p.png", "--what", "landscape", "--range-w2", "0:1e300"], "must stay between"),
        (["p.png", "--what", "landscape", "--range-w2", "4:4.0000000000001"], "at least"),
        (["p.png", "--what", "landscape", "--range-w1", "nan:1"], "argument --range-w1"),
        (["p.png", "--what", "landscape", "--range-w1", "5"], "is not a range"),
        (["p.png", "--what", "example"], ".png cannot show “example”"),
        (["p.gif", "--what", "error"], ".gif shows “error” of one position, as one picture"),
        (
            ["p.svg", "--size", "1280x720"],
            "argument --size: has no effect on .svg, which always has this",
        ),
        (["p.webp", "--loops", "2", "--positions", "1:9"], "one position alone does not move"),
        (["p.pdf", "--texts", "outlines", "--per-page", "2"], "several pages always has text"),
        (["p.svg", "--large", "--digits", "9"], "no effect on .svg: large pictures have few"),
        (["p.pptx", "--what", "values"], "a slide has the network, the formula and a chart"),
        (["p.md", "--what", "network"], ".md cannot show “network”"),
        (["p.md", "--positions", "1,2"], "one iteration"),
        (["p.md", "--positions", "1:3"], "one iteration"),
        (["p.png", "--positions", ""], "positions are missing"),
        (["p.png", "--positions", "1 000"], "“1 000” can be read in two ways"),
        (["p.png", "--paper", "letter"], "argument --paper: has no effect on .png"),
        (["p.md", "--orientation", "landscape"], "--orientation: has no effect on .md"),
        (["p.pdf", "--paper", "a4"], "--paper: has no effect on .pdf: only a handout of several"),
        (["p.pdf", "--lines", "--positions", "1:1-3"], "only a handout of several slides"),
        (["p.tex", "--lines"], "argument --lines: has no effect on .tex"),
        (
            ["p.pdf", "--per-page", "4", "--large"],
            "--large: has no effect on .pdf: a handout fills",
        ),
        (["p.pdf", "--per-page", "4", "--size", "1440x1080"], "a handout fills its paper"),
        (["p.xlsx", "--separator", ";"], "argument --separator: has no effect on .xlsx"),
        (["p.gif", "--seconds", "0"], "argument --seconds: must be from 0.02 to 600"),
        (["p.gif", "--loops", "x"], "argument --loops: “x” is not a number"),
    ],
)
def test_what_cannot_be_exported_is_one_line_with_code_2_and_nothing_is_written(
    folder: Path, words: list[str], said: str
) -> None:
    done = _run(folder, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.splitlines()) == 1
    assert done.stderr.startswith("backprop-gui export: ")
    assert said in done.stderr
    assert list(folder.iterdir()) == []


@pytest.mark.parametrize("name", ["p.png", "p.pdf", "p.gif", "p.pptx", "p.md", "p.csv"])
def test_a_read_only_file_stays_as_it_is(folder: Path, name: str) -> None:
    old = folder / name
    old.write_text("old")
    old.chmod(0o444)
    done = _run(folder, name)
    assert done.returncode == 2
    assert done.stderr == f"backprop-gui export: {name}: Permission denied\n"
    assert old.read_text() == "old"
    assert list(folder.iterdir()) == [old]


class Full:
    """A file on a disk that has room for a thousand bytes."""

    def __init__(self, stream: IO[bytes]) -> None:
        self.stream, self.left = stream, 1000

    def write(self, data: bytes) -> int:
        self.left -= len(data)
        if self.left < 0:
            raise OSError(errno.ENOSPC, "No space left on device")
        return self.stream.write(data)

    def __getattr__(self, name: str) -> object:
        return getattr(self.stream, name)

    def __enter__(self) -> "Full":
        return self

    def __exit__(self, *what: object) -> None:
        self.stream.__exit__(*what)


@pytest.mark.parametrize(
    "name",
    [
        "p.png",
        "p.svg",
        "p.pdf",
        "p.gif",
        "p.webp",
        "p.apng",
        "p.pptx",
        "p.md",
        "p.csv",
        "p.xlsx",
        "p.json",
    ],
)
def test_a_full_disk_leaves_the_old_file_and_nothing_beside_it(
    folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    old = folder / name
    old.write_text("old")
    temporary = files._temporary

    def full(path: Path) -> tuple[Path, Full]:
        made, stream = temporary(path)
        return made, Full(stream)

    monkeypatch.setattr(files, "_temporary", full)
    done = _run(folder, name)
    assert done.returncode == 2
    assert done.stderr == f"backprop-gui export: {name}: No space left on device\n"
    assert old.read_text() == "old"
    assert list(folder.iterdir()) == [old]


@pytest.mark.parametrize(
    ("module", "name"), [("pptx", "p.pptx"), ("PIL", "p.gif"), ("xlsxwriter", "p.xlsx")]
)
def test_a_missing_library_is_named_with_the_command_that_installs_it(
    folder: Path, module: str, name: str
) -> None:
    code = (
        "import sys, importlib.util as u; find = u.find_spec\n"
        f"u.find_spec = lambda name, *rest: None if name == {module!r} else find(name, *rest)\n"
        "from backprop_gui.cli.main import main; sys.exit(main(['export', sys.argv[1]]))"
    )
    environment = os.environ | {"PYTHONPATH": str(Path(backprop_gui.__file__).parents[1])}
    done = subprocess.run(
        [sys.executable, "-c", code, name],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert f"{sys.executable} -m pip install" in done.stderr
    assert len(done.stderr.splitlines()) == 1


RUNS = str(Path(__file__).parents[1] / "former" / "experiment-3.backprop")


def test_the_runs_of_an_experiment_are_listed(folder: Path) -> None:
    _export(folder, "runs.csv", "--what", "runs", "--runs", RUNS)
    with (folder / "runs.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    assert [row["name"] for row in rows] == ["This run", "η = 5", "Größer"]
    assert [row["iterations"] for row in rows] == ["7", "813", "300"]
    assert [row["stopped"] for row in rows] == ["", "tolerance", ""]
    _export(folder, "runs.md", "--runs", RUNS, "--digits", "6")
    assert "| 4.98647·10⁻⁵ |" in (folder / "runs.md").read_text(encoding="utf-8")


def test_the_runs_of_an_experiment_are_compared_in_a_deck(folder: Path) -> None:
    _export(folder, "c.pptx", "--what", "compare", "--runs", RUNS, "--title", "Mine")
    slides = Presentation(str(folder / "c.pptx")).slides
    tables = [shape.table for slide in slides for shape in slide.shapes if shape.has_table]
    names = [[row.cells[0].text for row in table.rows][1:] for table in tables]
    assert names == [["■ This run", "■ Größer"]] * 2  # the third one is hidden
    assert [cell.text for cell in tables[1].rows[1].cells][1:3] == ["7", "can go on"]


def test_the_same_comparison_is_a_pdf_that_opens_as_its_experiment(folder: Path) -> None:
    _export(folder, "c.pdf", "--runs", RUNS, "--title", "Mine", "--size", "1440x1080")
    assert read(folder / "c.pdf").setup == opened(Path(RUNS)).document.setup


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("c.pdf", "--what", "compare"), "no runs are known here; name a file with --runs FILE"),
        (("c.pdf", "--runs", RUNS, "--per-page", "4"), "argument --per-page: has no effect"),
        (("c.pdf", "--runs", RUNS, "--large"), "argument --large: has no effect"),
        (("c.pdf", "--runs", RUNS, "--size", "900x500"), "argument --size: has no effect on .pdf"),
        (("c.pptx", "--what", "compare"), "no runs are known here; name a file with --runs FILE"),
        (("c.pptx", "--what", "runs", "--runs", RUNS), "argument --what: has no effect on .pptx"),
        (("c.csv", "--what", "compare", "--runs", RUNS), ".csv cannot show “compare”"),
        (("c.png", "--what", "compare", "--runs", RUNS), "argument --runs: has no effect on .png"),
        (("c.pptx", "--runs", RUNS, "--positions", "1"), "argument --positions: has no effect"),
        (("r.csv", "--what", "runs"), "no runs are known here; name a file with --runs FILE"),
        (("r.csv", "--runs", "none.backprop"), "argument --runs: none.backprop: No such file"),
        (("r.csv", "--runs", RUNS, "--eta", "2"), "argument --eta: has no effect"),
        (("r.png", "--runs", RUNS), "argument --runs: has no effect on .png"),
        (("r.csv", "--runs", RUNS.replace("-3.", ".").replace("experiment", "sample"),
          "--every", "2"), "argument --every: has no effect"),
    ],
)  # fmt: skip
def test_runs_that_cannot_be_listed_are_refused_in_a_line(
    folder: Path, words: tuple[str, ...], said: str
) -> None:
    done = _run(folder, *words)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert done.stderr.count("\n") == 1
    assert not list(folder.iterdir())
