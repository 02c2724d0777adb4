"""The deck that compares runs, opened by python-pptx and LibreOffice."""

import io
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from PySide6.QtWidgets import QApplication

from backprop_gui.core.kept_run import COLOURS, KeptRun
from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.drawing.run_style import style
from backprop_gui.drawing.shapes import Ink
from backprop_gui.export.comparison import Compared
from backprop_gui.export.picture import Look
from backprop_gui.export.powerpoint.comparison import write_comparison
from backprop_gui.lesson.mistaken import Mistaken
from backprop_gui.lesson.run_table import row_of, row_of_kept
from backprop_gui.paint.theme import DARK, LIGHT, Theme
from backprop_gui.storage.opening import read as opened
from backprop_gui.system.job import unheard
from tests.export.conftest import Tool
from tests.export.powerpoint.decks import by_kind

ETAS = {0.1: 7321, 5.0: 146, 20.0: 36}  # the iterations of each, by the article's program


def _compared(setups: list[Setup]) -> Compared:
    present = Run(Setup())
    present.advance(1_000)
    rows = []
    for n, setup in enumerate(setups):
        run = Run(setup)
        run.advance(10_000)
        kept = KeptRun(
            n + 1, f"run {n}", COLOURS[n], setup, run.iteration, run.stop, run.trace(), True
        )
        rows.append(row_of_kept(kept))
    return Compared((row_of(present), *rows), present.trace())


def _written(compared: Compared, theme: Theme = LIGHT, *, is_wide: bool = True) -> bytes:
    stream = io.BytesIO()
    write_comparison(stream, compared, Look(theme=theme), unheard, is_wide=is_wide)
    return stream.getvalue()


COMPARED = _compared([Setup(eta=eta) for eta in ETAS])


@pytest.fixture(scope="module")
def deck(qapp: QApplication):
    return Presentation(io.BytesIO(_written(COMPARED)))


def _tables(deck) -> list[list[list[str]]]:
    frames = (shape for slide in deck.slides for shape in slide.shapes if shape.has_table)
    return [[[cell.text for cell in row.cells] for row in f.table.rows] for f in frames]


def test_a_run_with_a_mistake_says_so_whatever_its_name(qapp: QApplication) -> None:
    mistaken = Mistaken("de_dw1", "sign_lost")
    deck = Presentation(io.BytesIO(_written(_compared([Setup(method=mistaken)]))))
    for table in _tables(deck):
        assert table[2][0].removeprefix("■ ") == f"run 0 ({mistaken.title})"


def test_a_comparison_has_setups_curves_landscape_and_ends(deck) -> None:
    setups, ends = _tables(deck)
    names = ["This run", *(f"run {n}" for n in range(len(ETAS)))]
    for table in (setups, ends):
        assert [row[0].removeprefix("■ ") for row in table[1:]] == names
    assert [row[5] for row in setups[1:]] == ["0.9", "0.1", "5", "20"]
    assert [row[1] for row in ends[1:]] == ["813", *(f"{n:,}" for n in ETAS.values())]
    assert {row[2] for row in ends[1:]} == {"tolerance"}
    groups = [shape.name for slide in deck.slides for shape in by_kind(slide, MSO_SHAPE_TYPE.GROUP)]
    names = "Names of the runs"
    assert groups == [names, "How many iterations the runs take", names, "Landscape"]
    assert len(deck.slides) == 5


def _charts(deck):
    return [s.chart for slide in deck.slides for s in by_kind(slide, MSO_SHAPE_TYPE.CHART)]


@pytest.mark.parametrize("theme", [LIGHT, DARK])
def test_each_curve_has_its_run_s_errors_and_the_colour_that_it_has_elsewhere(
    qapp: QApplication, theme: Theme
) -> None:
    (chart,) = _charts(Presentation(io.BytesIO(_written(COMPARED, theme))))
    series = {each.name: each for each in chart.plots[0].series}
    for row in COMPARED.rows[1:]:
        assert row.kept
        assert row.kept.trace
        drawn = series[row.name]
        ink, dash = style(row.kept.colour)
        assert str(drawn.format.line.color.rgb) == theme.inks[ink].removeprefix("#").upper()
        assert (drawn.format.line.dash_style is not None) == bool(dash)
        xs = [int(float(v.text)) for v in drawn._element.findall(".//{*}xVal//{*}v")]
        assert (xs[0], xs[-1]) == (1, row.iterations)
        errors = dict(zip(row.kept.trace.iterations, row.kept.trace.errors, strict=True))
        assert list(drawn.values) == [errors[x] for x in xs]
    assert str(series["error E"].format.line.color.rgb).lower() == theme.inks[Ink.FORWARD][1:]


def test_runs_that_differ_in_more_than_one_value_have_no_plot_over_one(qapp: QApplication) -> None:
    compared = _compared([Setup(eta=5.0, w1=1.0), Setup(w2=-1.0, w1=2.0)])
    titles = [s.shapes.title.text for s in Presentation(io.BytesIO(_written(compared))).slides]
    assert "How many iterations the runs take" not in titles
    assert len(titles) == 4


def test_tables_of_many_runs_go_on_on_the_next_slide_and_stay_on_each(qapp: QApplication) -> None:
    compared = _compared([Setup(eta=5.0, w1=n / 8, max_iterations=9) for n in range(24)])
    deck = Presentation(io.BytesIO(_written(compared, is_wide=False)))
    tables = _tables(deck)
    assert sum(len(table) - 1 for table in tables) == 2 * 25
    for slide in deck.slides:
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + shape.height <= deck.slide_height
            if shape.has_table:
                assert sum(column.width for column in shape.table.columns) <= shape.width + 99
                assert sum(row.height for row in shape.table.rows) <= shape.height + 99


def test_a_comparison_restores_the_present_run(qapp: QApplication, tmp_path: Path) -> None:
    path = tmp_path / "c.pptx"
    path.write_bytes(_written(COMPARED))
    assert opened(path).setup == Setup()


def test_libreoffice_shows_every_run_of_a_comparison(
    qapp: QApplication, tmp_path: Path, tool: Tool
) -> None:
    path = tmp_path / "c.pptx"
    path.write_bytes(_written(COMPARED))
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    tool("soffice", home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path)
    said = tool("pdftotext", "-layout", path.with_suffix(".pdf"), "-")
    assert said.count("run 2") >= 3
    assert "4.678·10⁻⁵" in said
