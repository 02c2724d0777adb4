"""The deck, opened by python-pptx and LibreOffice."""

import io
import re
import zipfile
from pathlib import Path

import pytest
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from pptx.util import Emu
from pyqtgraph import TextItem
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.drawing.layout import DESK, LECTURE
from backprop_gui.drawing.network import draw
from backprop_gui.drawing.shapes import Box, Line, Ring, Text
from backprop_gui.export.powerpoint.deck import _NARROW, _WIDE, write_deck
from backprop_gui.export.widget_picture import run_plot
from backprop_gui.lesson import notation, numbers
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.formula import formula
from backprop_gui.lesson.moment import Moment, Position, moment_at
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.paint.painter import fit
from backprop_gui.paint.theme import DARK, LIGHT
from backprop_gui.storage.restore_line import Experiment, find
from backprop_gui.system.job import unheard
from tests.core.article import iteration
from tests.export.conftest import Tool

PIXEL = 9525
RUN = Run(Setup())
RUN.advance(1000)
MOMENTS = [
    *(moment_at(RUN, Position(1, n)) for n in range(1, 16)),
    moment_at(RUN, Position(813, 5)),
]


def _written(moments=None, run: Run = RUN, **options) -> bytes:
    stream = io.BytesIO()
    given = {
        "is_wide": True,
        "theme": LIGHT,
        "title": "",
        "digits": 4,
        "is_large": True,
        "report": unheard,
    }
    write_deck(stream, moments or MOMENTS, run.trace(), **given | options)
    return stream.getvalue()


def _read(data: bytes):
    return Presentation(io.BytesIO(data))


@pytest.fixture(scope="module")
def deck(qapp):
    return _read(_written())


def _network(slide):
    return next(s for s in slide.shapes if s.shape_type == MSO_SHAPE_TYPE.GROUP)


def _by_kind(slide, kind):
    return [shape for shape in slide.shapes if shape.shape_type == kind]


def _drawing(moment: Moment, *, is_large: bool = True):
    area: QRectF = _WIDE.network
    measures = LECTURE if is_large else DESK
    return draw(moment, area.width() / area.height(), measures), area


def test_there_is_a_slide_for_each_moment_with_its_step_in_the_title(deck) -> None:
    assert len(deck.slides) == len(MOMENTS)
    for slide, moment in zip(deck.slides, MOMENTS, strict=True):
        title = slide.shapes.title.text_frame.text
        assert title.startswith(f"Iteration {moment.iteration} · ")
        assert f"{moment.step.number} of 15" in title


def test_every_shape_of_the_drawing_is_a_native_one_with_its_name(deck) -> None:
    for slide, moment in zip(deck.slides, MOMENTS, strict=True):
        drawing, _area = _drawing(moment)
        native = list(_network(slide).shapes)
        assert [shape.name for shape in native] == [shape.name for shape in drawing.shapes]
        assert all(shape.name for shape in native)
        assert not any(shape.shape_type == MSO_SHAPE_TYPE.PICTURE for shape in native)


def test_texts_are_those_of_the_drawing_in_its_places(deck) -> None:
    for slide, moment in zip(deck.slides, MOMENTS, strict=True):
        drawing, area = _drawing(moment)
        scale, offset = fit(drawing, area)
        native = _network(slide).shapes
        for shape, made in zip(drawing.shapes, native, strict=True):
            if isinstance(shape, Text):
                text = "".join(text for text, _lowered in notation.runs(shape.text))
                assert made.text_frame.text == text
                lowered = [
                    run.text
                    for run in made.text_frame.paragraphs[0].runs
                    if run.font._element.get("baseline")
                ]
                assert lowered == [text for text, is_low in notation.runs(shape.text) if is_low]
                x, y = made.left + made.width / 2, made.top + made.height / 2
                assert x / PIXEL == pytest.approx(shape.x * scale + offset.x(), abs=1)
                assert y / PIXEL == pytest.approx(shape.y * scale + offset.y(), abs=1)


def test_circles_boxes_and_lines_stand_where_the_drawing_has_them(deck) -> None:
    seen = set()
    for slide, moment in zip(deck.slides, MOMENTS, strict=True):
        drawing, area = _drawing(moment)
        scale, offset = fit(drawing, area)
        for shape, made in zip(drawing.shapes, _network(slide).shapes, strict=True):
            sides = made.left, made.top, made.left + made.width, made.top + made.height
            if isinstance(shape, Ring):
                r = shape.radius
                expected = (shape.x - r, shape.y - r, shape.x + r, shape.y + r)
            elif isinstance(shape, Box):
                w, h = shape.width / 2, shape.height / 2
                expected = (shape.x - w, shape.y - h, shape.x + w, shape.y + h)
            elif isinstance(shape, Line):
                across, down = zip(*shape.points, strict=True)
                expected = (min(across), min(down), max(across), max(down))
            else:
                continue
            seen.add(type(shape))
            for side, place, start in zip(
                sides, expected, (offset.x(), offset.y()) * 2, strict=True
            ):
                assert side / PIXEL == pytest.approx(place * scale + start, abs=1.0)
    assert seen == {Ring, Box, Line}


def test_edges_are_connectors_that_are_glued_to_what_they_connect(deck) -> None:
    native = {shape.name: shape for shape in _network(deck.slides[4]).shapes}
    ids = {shape.shape_id: name for name, shape in native.items()}
    edge = native["edge of w₁"]._element
    begin, end = (edge.find(f".//{{*}}{name}Cxn") for name in ("st", "end"))
    assert ids[int(begin.get("id"))] == "input"
    assert ids[int(end.get("id"))] == "hidden neuron h"


def test_negative_weights_are_dashed_and_positive_ones_not(qapp) -> None:
    run = Run(Setup(w1=-0.5))
    deck = _read(_written([moment_at(run, Position(1, 5))], run))
    edges = {s.name: s for s in _network(deck.slides[0]).shapes if s.name.startswith("edge")}
    dashed = {name: bool(s._element.findall(".//{*}prstDash")) for name, s in edges.items()}
    assert dashed == {"edge of w₁": True, "edge of w₂": False}


def test_the_only_picture_is_the_formula_with_its_latex_and_pixels_for_print(deck) -> None:
    for slide, moment in zip(deck.slides, MOMENTS, strict=True):
        (picture,) = _by_kind(slide, MSO_SHAPE_TYPE.PICTURE)
        described = picture._element.nvPicPr.cNvPr.get("descr")
        assert described == formula(moment, Numerals(LECTURE.digits)).latex
        assert picture.image.size[0] / Emu(picture.width).inches >= 299


def test_the_chart_has_the_run_s_errors_the_tolerance_and_the_iteration(deck) -> None:
    for slide, moment in zip(deck.slides, MOMENTS, strict=True):
        (frame,) = _by_kind(slide, MSO_SHAPE_TYPE.CHART)
        error, tolerance, here = frame.chart.plots[0].series
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


def test_the_notes_have_every_known_value_to_the_last_bit(deck) -> None:
    notes = deck.slides[14].notes_slide.notes_text_frame.text
    oracle = iteration(Setup(), 0.5, 0.5)
    for step in ARTICLE.steps:
        symbol = notation.plain(step.quantity.symbol)
        value = oracle[step.quantity.name]
        relation = "" if symbol.endswith("←") else " ="
        line = f"{symbol}{relation} {numbers.exact(value)}"
        assert line in notes.splitlines(), line
    first = deck.slides[0].notes_slide.notes_text_frame.text
    assert "netₕ = 0.05\n" in first + "\n"
    assert "outₕ =" not in first
    assert MOMENTS[0].step.why in first


def test_ids_are_unique_on_each_slide(deck) -> None:
    for slide in deck.slides:
        ids = re.findall(r'<p:cNvPr id="(\d+)"', slide._element.xml)
        assert len(ids) == len(set(ids))


def test_what_remakes_it_is_in_the_properties(deck) -> None:
    for text in (deck.core_properties.keywords, deck.core_properties.comments):
        assert find(text) == Experiment(Setup(), Position(1, 1))


@pytest.mark.parametrize("title", ["a < b & c", "😀 week 3", "שלום עולם", "x\ny", "x" * 500])
def test_any_title_survives(qapp, title: str) -> None:
    deck = _read(_written(MOMENTS[:1], title=title))
    assert deck.core_properties.title == " ".join(title.split())[:255]


@pytest.mark.parametrize("is_wide", [True, False])
def test_nothing_leaves_the_slide_and_nothing_overlaps(qapp, is_wide: bool) -> None:
    deck = _read(_written([MOMENTS[14]], is_wide=is_wide))
    places = _WIDE if is_wide else _NARROW
    assert (deck.slide_width, deck.slide_height) == (places.width * PIXEL, places.height * PIXEL)
    areas = [QRectF(s.left, s.top, s.width, s.height) for s in deck.slides[0].shapes]
    slide = QRectF(0, 0, deck.slide_width, deck.slide_height)
    for place, area in enumerate(areas):
        assert slide.contains(area)
        for other in areas[place + 1 :]:
            common = area.intersected(other)
            assert min(common.width(), common.height()) < 6 * PIXEL


def test_dark_slides_are_dark(qapp) -> None:
    deck = _read(_written(MOMENTS[:1], theme=DARK))
    ground = deck.slides[0].background.fill.fore_color.rgb
    assert f"#{ground}".lower() == DARK.ground


@pytest.mark.parametrize(
    "setup", [Setup(input=1e308, w1=1e308), Setup(max_iterations=1), Setup(tolerance=0, target=0.5,
     input=0, w2=0), Setup(target=1.5, max_iterations=50)],
)  # fmt: skip
def test_odd_runs_become_slides_too(qapp, setup: Setup) -> None:
    run = Run(setup)
    run.advance(50)
    moments = [moment_at(run, Position(1, n)) for n in (1, 15)]
    assert len(_read(_written(moments, run)).slides) == 2


def test_it_ends_where_the_report_says_so(qapp) -> None:
    seen = []

    def report(done: int, total: int) -> None:
        seen.append((done, total))
        raise InterruptedError

    with pytest.raises(InterruptedError):
        _written(report=report)
    assert seen == [(1, 16)]


def test_libreoffice_opens_it_and_has_every_page_and_word(
    qtbot: QtBot, tmp_path: Path, tool: Tool
) -> None:
    path = tmp_path / "deck.pptx"
    path.write_bytes(_written())
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    tool("soffice", home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path)
    pdf = tmp_path / "deck.pdf"
    assert re.search(rf"Pages: +{len(MOMENTS)}\n", tool("pdfinfo", pdf))
    for page, moment in enumerate(MOMENTS, start=1):
        words = tool("pdftotext", "-f", page, "-l", page, pdf, "-")
        joined = " ".join(words.split())
        assert f"Iteration {moment.iteration} ·" in joined
        assert " ".join(moment.step.why.split()[:4]) in joined
        assert moment.text(moment.step.quantity.name, Numerals(LECTURE.digits)) in joined


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
LEAST_OF_OFFICE, MOST_OF_OFFICE = 2.2250738585072014e-308, 9.99999999999999e307


def _chart(slide):
    (frame,) = _by_kind(slide, MSO_SHAPE_TYPE.CHART)
    return frame.chart


def _odd_chart(name: str):
    run = Run(ODD_ERRORS[name])
    run.advance(100)
    return _chart(_read(_written([moment_at(run, Position(1, 5))], run)).slides[0])


def _said(chart) -> set[str]:
    """What is written in the chart beside its axes."""
    space = chart._chartSpace
    texts = [space.findall(f".//{{*}}{part}//{{*}}r/{{*}}t") for part in ("dLbl", "title")]
    return {t.text for some in texts for t in some} - {"iteration", "error E"}


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
        path.write_bytes(_written([moment_at(run, Position(1, 5))], run))
        tool("soffice", home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path)
        said = "".join(tool("pdftotext", path.with_suffix(".pdf"), "-").split())
        assert [words for words in WORDS[name] if "".join(words.split()) not in said] == []


@pytest.mark.parametrize("digits", [3, 6, 12])
def test_the_drawing_on_a_slide_has_the_digits_of_its_formula(qapp, digits: int) -> None:
    moment = moment_at(Run(Setup(w1=1 / 3)), Position(1, 15))
    (slide,) = _read(_written((moment,), is_large=False, digits=digits)).slides
    texts = [s.text_frame.text for s in _network(slide).shapes if s.has_text_frame]
    value = formula(moment, Numerals(digits)).pieces[-1].text
    assert f"→ {value}" in texts
    assert f"w1 ≈ {moment.text('w1', Numerals(digits))}" in texts
