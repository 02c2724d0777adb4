"""The chart of the error, opened by python-pptx and LibreOffice."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pyqtgraph import TextItem
from PySide6.QtCore import QSizeF
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.export.contents import What
from backprop_gui.export.making import Subject, carry_out
from backprop_gui.export.orders import PictureOrder, SlidesOrder
from backprop_gui.export.picture import Look
from backprop_gui.export.widget_picture import run_plot
from backprop_gui.lesson.moment import Position, moment_at
from tests.export.conftest import Tool
from tests.export.powerpoint.decks import MOMENTS, RUN, by_kind, read, written


@pytest.fixture(scope="module")
def deck(qapp):
    return read(written())


def test_the_chart_has_the_run_s_errors_the_tolerance_and_the_iteration(deck) -> None:
    for slide, moment in zip(deck.slides, MOMENTS, strict=True):
        (frame,) = by_kind(slide, MSO_SHAPE_TYPE.CHART)
        _axis, error, tolerance, here, _scale = frame.chart.plots[0].series
        points = dict(zip(error.iter_values(), range(1000), strict=False))
        assert len(points) > 50
        xs = [float(v.text) for v in error._element.findall(".//{*}xVal//{*}v")]
        ys = [float(v.text) for v in error._element.findall(".//{*}yVal//{*}v")]
        assert (xs[0], xs[-1]) == (1.0, 813.0)
        for x, y in zip(xs, ys, strict=True):
            assert y == moment_at(RUN, Position(int(x), 5)).values["error"]
        assert set(tolerance.values) == {5e-5}
        assert list(here.values) == [moment.values["error"]]
        assert frame._element.findall(".//{*}logBase") or "logBase" in frame.chart._chartSpace.xml


ODD_ERRORS = {
    "zero throughout": Setup(tolerance=0, target=0.5, input=0, w2=0, max_iterations=50),
    "zero after the first": Setup(tolerance=0, target=1.0, eta=5000.0, max_iterations=50),
    "infinite": Setup(target=1e200),
    "infinite and no tolerance": Setup(target=1e200, tolerance=0),
    "as large as can be": Setup(target=1.3e154, max_iterations=3, tolerance=1.7e308),
    "the least numbers": Setup(target=0, w2=-740, input=100, tolerance=5e-324, max_iterations=3),
    "a tolerance out of reach": Setup(tolerance=5e-324, max_iterations=50),
}
WORDS = {
    "zero throughout": {"E = 0", "tolerance 0: no E is below it"},
    "zero after the first": {"E = 0", "tolerance 0: no E is below it"},
    "infinite": {"E = ∞", "tolerance 5·10⁻⁵"},
    "infinite and no tolerance": {"E = ∞", "tolerance 0: no E is below it"},
    "as large as can be": {"tolerance 1.7·10³⁰⁸, above the axis"},
    "the least numbers": {"E = 0", "tolerance 5·10⁻³²⁴, below the axis"},
    "a tolerance out of reach": {"tolerance 5·10⁻³²⁴, below the axis"},
}
TICK = re.compile("10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)")
LEAST_OF_OFFICE, MOST_OF_OFFICE = 2.2250738585072014e-308, 9.99999999999999e307


def _chart(slide):
    (frame,) = by_kind(slide, MSO_SHAPE_TYPE.CHART)
    return frame.chart


def _odd_chart(name: str):
    run = Run(ODD_ERRORS[name])
    run.advance(100)
    return _chart(read(written([moment_at(run, Position(1, 5))], run)).slides[0])


def _said(chart) -> set[str]:
    """What is written in the chart beside its axes."""
    space = chart._chartSpace
    texts = [space.findall(f".//{{*}}{part}//{{*}}r/{{*}}t") for part in ("dLbl", "title")]
    said = {t.text for some in texts for t in some} - {"iteration k", "error E"}
    return {words for words in said if not TICK.fullmatch(words)}


@pytest.mark.parametrize("name", ODD_ERRORS)
def test_no_series_of_a_chart_is_empty_and_every_reference_runs_forwards(qapp, name: str) -> None:
    chart = _odd_chart(name)
    assert len(chart.plots[0].series) >= 1
    sheets = zipfile.ZipFile(io.BytesIO(chart.part.chart_workbook.xlsx_part.blob))
    cells = set(re.findall(rb'<c r="([A-Z]+\d+)"', sheets.read("xl/worksheets/sheet1.xml")))
    for reference in chart._chartSpace.findall(".//{*}ser//{*}numRef"):
        named = re.fullmatch(
            r"Sheet1!\$([A-Z]+)\$(\d+):\$([A-Z]+)\$(\d+)", reference.find("{*}f").text
        )
        column, first, same, last = named.groups()
        assert column == same
        assert 2 <= int(first) <= int(last)
        points = reference.findall(".//{*}v")
        assert len(points) == int(last) - int(first) + 1
        assert {f"{column}{row}".encode() for row in range(int(first), int(last) + 1)} <= cells


@pytest.mark.parametrize("name", ODD_ERRORS)
def test_what_a_chart_s_axis_cannot_hold_is_marked_at_its_edge_and_named(qapp, name: str) -> None:
    chart = _odd_chart(name)
    low, high = chart.value_axis.minimum_scale, chart.value_axis.maximum_scale
    assert LEAST_OF_OFFICE <= low < high <= MOST_OF_OFFICE
    for series in chart.plots[0].series:
        assert all(low <= y <= high for y in series.values)
    said = _said(chart)
    assert said >= WORDS[name]
    marks = {s.name: set(s.values) for s in chart.plots[0].series if s.name in said}
    for words, heights in marks.items():
        assert heights == {high if words == "E = ∞" else low}
    assert {words for words in WORDS[name] if words.startswith("E ")} <= set(marks)


@pytest.mark.parametrize("name", ["zero throughout", "zero after the first", "infinite"])
def test_chart_and_plot_mark_the_same_and_say_the_same(qtbot: QtBot, name: str) -> None:
    run = Run(ODD_ERRORS[name])
    run.advance(100)
    plot = run_plot(run, moment_at(run, Position(1, 5)))
    qtbot.addWidget(plot)
    items = plot._plot.getPlotItem().items
    words = {i.toPlainText() for i in items if isinstance(i, TextItem) and i.isVisible()}
    chart = _odd_chart(name)
    assert _said(chart) == words
    marked = {
        s.name: [float(v.text) for v in s._element.findall(".//{*}xVal//{*}v")]
        for s in chart.plots[0].series
    }
    for kind, marks in plot._line._marks.items():
        assert marked[kind.value] == list(marks.symbols.getData()[0])


def test_libreoffice_opens_decks_with_odd_errors(qtbot: QtBot, tmp_path: Path, tool: Tool) -> None:
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    for name, setup in ODD_ERRORS.items():
        path = tmp_path / f"{name}.pptx"
        run = Run(setup)
        run.advance(100)
        path.write_bytes(written([moment_at(run, Position(1, 5))], run))
        tool("soffice", home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path)
        said = "".join(tool("pdftotext", path.with_suffix(".pdf"), "-").split())
        assert [words for words in WORDS[name] if "".join(words.split()) not in said] == []


@pytest.mark.parametrize("digits", ["5e-5", "1e-9", "1e-30", "1e-300"])
def test_the_axis_of_the_error_has_its_powers_of_ten_where_they_are(qapp, digits: str) -> None:
    run = Run(Setup(tolerance=float(digits), max_iterations=100))
    run.advance(100)
    chart = _chart(read(written([moment_at(run, Position(1, 5))], run)).slides[0])
    scale = next(s for s in chart.plots[0].series if s.name == "scale")
    labels = scale._element.findall(".//{*}dLbl")
    heights = list(scale.values)
    assert len(labels) == len(heights) >= 2
    for label, height in zip(labels, heights, strict=True):
        power = TICK.fullmatch("".join(t.text for t in label.findall(".//{*}t")))
        exponent = power[1].translate(str.maketrans("⁻⁰¹²³⁴⁵⁶⁷⁸⁹", "-0123456789"))
        assert height == pytest.approx(float(f"1e{exponent}"), rel=1e-12)
    ends = chart.value_axis.minimum_scale, chart.value_axis.maximum_scale
    assert ends[0] == heights[0]
    assert heights[-1] <= ends[1]
    assert float(digits) > ends[0]


@pytest.mark.parametrize(
    ("setup", "place", "last"),
    [
        (Setup(), "1:1", 813),
        (Setup(tolerance=0.0), "1:1", None),
        (Setup(eta=1e-4), "150000:1", 150_000),
    ],
)
def test_the_error_of_a_run_that_soon_ends_is_computed_for_its_slides(
    qapp, tmp_path: Path, setup: Setup, place: str, last: int | None
) -> None:
    """Of another it is there as far as the slides go."""
    run, path = Run(setup), tmp_path / "deck.pptx"
    order = SlidesOrder(PictureOrder(What.BOTH, Look(), QSizeF(960, 540), 1.0), place)
    moment = moment_at(run, Position(1, 1))
    known = Run(setup).trace()  # of one iteration, such as the window begins with
    carry_out(order, Subject(run, moment, lambda *_: pytest.fail("no picture"), known), path)
    charts = by_kind(Presentation(str(path)).slides[0], MSO_SHAPE_TYPE.CHART)
    curves = [s for c in charts for s in c.chart.plots[0].series if s.name == "error E"]
    ends = [float(curve._element.findall(".//{*}xVal//{*}v")[-1].text) for curve in curves]
    assert ends == pytest.approx([] if last is None else [last], rel=1e-3)
