"""The PDF that compares runs, opened by poppler: nothing is missing, small, or beyond a page."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QRectF
from PySide6.QtWidgets import QApplication

from backprop_gui.core.kept_run import COLOURS, KeptRun
from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.drawing.shapes import Drawing
from backprop_gui.export import comparison_pages
from backprop_gui.export.comparison import Compared
from backprop_gui.export.comparison_pages import comparison_pdf
from backprop_gui.export.picture import Look
from backprop_gui.lesson.run_table import row_of, row_of_kept
from backprop_gui.lesson.surface import Layer
from backprop_gui.paint.painter import fit, least_size
from backprop_gui.paint.theme import DARK, interface_font, print_font
from backprop_gui.state.worker import Cancelled
from backprop_gui.storage.opening import read
from backprop_gui.system.job import unheard
from tests.export.conftest import Tool

ETAS = {0.1: 7321, 5.0: 146, 20.0: 36}  # the iterations of each, by the article's program
NINE_POINTS = 12.0  # pixels
LONG = "a run from the third week, kept under a name as long as a name can be: 80 signs "


def _compared(names: list[str], setups: list[Setup]) -> Compared:
    present = Run(Setup())
    present.advance(10_000)
    rows = []
    for n, (name, setup) in enumerate(zip(names, setups, strict=True)):
        run = Run(setup)
        run.advance(10_000)
        stop, trace = run.stop, run.trace()
        rows.append(
            row_of_kept(KeptRun(n + 1, name, COLOURS[n], setup, run.iteration, stop, trace, True))
        )
    return Compared((row_of(present), *rows), present.trace())


FEW = _compared([f"η={eta:g}" for eta in ETAS], [Setup(eta=eta) for eta in ETAS])
NAMES = [f"{n}:{LONG}"[:80] for n in range(100, 124)]
MANY = _compared(NAMES, [Setup(eta=0.3 * (n + 1), w1=-1 / 3 - n % 3) for n in range(24)])


def _pages(tool: Tool, path: Path, compared: Compared, look: Look, *, is_wide: bool) -> list[str]:
    path.write_bytes(comparison_pdf(compared, look, unheard, is_wide=is_wide))
    return tool("pdftotext", "-layout", path, "-").split("\f")[:-1]


def test_a_pdf_has_the_pages_of_the_deck(qapp: QApplication, tmp_path: Path, tool: Tool) -> None:
    pages = _pages(tool, tmp_path / "c.pdf", FEW, Look(title="Rates"), is_wide=True)
    assert len(pages) == 5
    for number, words in enumerate(pages, start=1):
        assert "Rates" in words
        assert f"page {number} of 5" in words
    setups, curves, sweep, landscape, ends = pages
    for words in (setups, curves, landscape, ends):
        assert words.count("This run") == 1
        assert all(words.count(f"η={eta:g}") == 1 for eta in ETAS)
    assert "iterations over" in sweep
    rows = [re.split(r"\s{2,}", row.strip()) for row in ends.splitlines() if "tolerance" in row]
    counts = [row[1] for row in rows]
    assert counts == ["813", *(f"{iterations:,}" for iterations in ETAS.values())]


@pytest.mark.parametrize("is_wide", [True, False])
def test_all_that_24_long_names_and_all_digits_need_is_on_the_pages(
    qapp: QApplication, tmp_path: Path, tool: Tool, *, is_wide: bool
) -> None:
    path = tmp_path / "c.pdf"
    pages = _pages(tool, path, MANY, Look(theme=DARK, digits=17), is_wide=is_wide)
    tables = [page for page in pages if page.startswith(("The runs", "How the runs"))]
    assert len(tables) >= 4
    beside = [page for page in pages if page.startswith(("Error over", "The paths"))]
    for name in NAMES:
        said = name.split()[0]
        assert sum(said in page for page in tables) == 2
        assert all(said in page for page in beside)
    layout = tool("pdftotext", "-bbox", path, "-")
    width, height = (960, 540) if is_wide else (720, 540)
    words = re.findall(r'xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">\S', layout)
    assert len(words) > 500
    for left, top, right, bottom in (map(float, word) for word in words):
        assert left >= 0
        assert top >= 0
        assert right <= width
        assert bottom <= height


@pytest.mark.parametrize("is_wide", [True, False])
@pytest.mark.parametrize("compared", [FEW, MANY])
def test_no_text_is_smaller_than_9_points(
    qapp: QApplication, monkeypatch: pytest.MonkeyPatch, compared: Compared, *, is_wide: bool
) -> None:
    sizes = []

    def measure(_painter: object, drawing: Drawing, area: QRectF, *_how: object) -> None:
        scale, _offset = fit(drawing, area)
        sizes.append(scale * least_size(drawing, print_font(interface_font())))

    monkeypatch.setattr(comparison_pages, "paint", measure)
    comparison_pdf(compared, Look(digits=17), unheard, is_wide=is_wide)
    assert len(sizes) >= 7
    assert min(sizes) >= NINE_POINTS - 1e-9


def test_a_comparison_restores_the_present_run(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "c.pdf"
    path.write_bytes(comparison_pdf(FEW, Look(), unheard, is_wide=True))
    assert read(path).setup == Setup()


def test_a_comparison_ends_where_its_map_of_starts_is_not_waited_for(qapp: QApplication) -> None:
    def cancel(_done: int, _total: int) -> None:
        raise Cancelled

    look = replace(Look(), layer=Layer.ITERATIONS)
    with pytest.raises(Cancelled):
        comparison_pdf(FEW, look, cancel, is_wide=True)
