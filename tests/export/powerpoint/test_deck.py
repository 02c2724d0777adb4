"""The deck, opened by python-pptx and LibreOffice."""

import re
from pathlib import Path

import pytest
from pptx.enum.shapes import MSO_SHAPE_TYPE, PP_PLACEHOLDER
from pptx.util import Emu
from PySide6.QtCore import QRectF
from PySide6.QtGui import QFont, QFontMetricsF
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.drawing.layout import DESK, LECTURE
from backprop_gui.drawing.network import draw
from backprop_gui.drawing.shapes import Box, HalfRing, Line, Ring, Text, pieces
from backprop_gui.export.powerpoint.deck import NARROW, WIDE
from backprop_gui.lesson import notation, numbers
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.formula import formula
from backprop_gui.lesson.moment import Moment, Position, moment_at
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.spoken import spoken_step
from backprop_gui.lesson.steps import Phase
from backprop_gui.paint.painter import fit
from backprop_gui.paint.theme import DARK
from backprop_gui.storage.restore_line import Experiment, find
from tests.core.article import iteration
from tests.export.conftest import Tool
from tests.export.powerpoint.decks import MOMENTS, by_kind, network, read, written

PIXEL = 9525


@pytest.fixture(scope="module")
def deck(qapp):
    return read(written())


def _drawing(moment: Moment, *, is_large: bool = True):
    area: QRectF = WIDE.network
    measures = LECTURE if is_large else DESK
    numerals = Numerals(measures.digits)
    aspect = area.width() / area.height()
    return draw(moment, aspect, measures, numerals=numerals, is_fitted=False), area


def test_there_is_a_slide_for_each_moment_with_its_step_in_the_title(deck) -> None:
    assert len(deck.slides) == len(MOMENTS)
    for slide, moment in zip(deck.slides, MOMENTS, strict=True):
        title = slide.shapes.title.text_frame.text
        assert title.startswith(f"Iteration {moment.iteration} · ")
        assert f"{moment.step.number} of 15" in title


def test_every_shape_of_the_drawing_is_a_native_one_with_its_name(deck) -> None:
    for slide, moment in zip(deck.slides, MOMENTS, strict=True):
        drawing, _area = _drawing(moment)
        native = list(network(slide).shapes)
        assert [shape.name for shape in native] == [shape.name for shape in drawing.shapes]
        assert all(shape.name for shape in native)
        assert not any(shape.shape_type == MSO_SHAPE_TYPE.PICTURE for shape in native)


def test_texts_are_those_of_the_drawing_in_its_places(deck) -> None:
    for slide, moment in zip(deck.slides, MOMENTS, strict=True):
        drawing, area = _drawing(moment)
        scale, offset = fit(drawing, area)
        native = network(slide).shapes
        for shape, made in zip(drawing.shapes, native, strict=True):
            if isinstance(shape, Text):
                parts = pieces(shape.text, shape.symbols)
                text = "".join(part.text for part in parts)
                assert made.text_frame.text == text
                runs = made.text_frame.paragraphs[0].runs
                lowered = [run.text for run in runs if run.font._element.get("baseline")]
                assert lowered == [part.text for part in parts if part.is_lowered]
                slanted = [run.text for run in runs if run.font.name == "Times New Roman"]
                assert slanted == [part.text for part in parts if part.is_symbol]
                x, y = made.left + made.width / 2, made.top + made.height / 2
                assert x / PIXEL == pytest.approx(shape.x * scale + offset.x(), abs=1)
                assert y / PIXEL == pytest.approx(shape.y * scale + offset.y(), abs=1)


def test_circles_boxes_and_lines_stand_where_the_drawing_has_them(deck) -> None:
    seen = set()
    for slide, moment in zip(deck.slides, MOMENTS, strict=True):
        drawing, area = _drawing(moment)
        scale, offset = fit(drawing, area)
        for shape, made in zip(drawing.shapes, network(slide).shapes, strict=True):
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


def test_ghosts_are_dashed_and_rings_are_arcs(deck) -> None:
    kinds = set()
    for slide, moment in zip(deck.slides, MOMENTS, strict=True):
        drawing, _area = _drawing(moment)
        for shape, made in zip(drawing.shapes, network(slide).shapes, strict=True):
            if isinstance(shape, Box | Line | Ring):
                assert bool(made._element.findall(".//{*}prstDash")) == shape.is_dashed
                kinds.add(shape.is_dashed)
            if isinstance(shape, HalfRing):
                (geometry,) = made._element.findall(".//{*}prstGeom")
                assert geometry.get("prst") == ("arc" if shape.is_open else "chord")
                kinds.add(geometry.get("prst"))
    assert kinds == {True, False, "arc", "chord"}


def test_edges_are_connectors_that_are_glued_to_what_they_connect(deck) -> None:
    native = {shape.name: shape for shape in network(deck.slides[4]).shapes}
    ids = {shape.shape_id: name for name, shape in native.items()}
    edge = native["edge of w₁"]._element
    begin, end = (edge.find(f".//{{*}}{name}Cxn") for name in ("st", "end"))
    assert ids[int(begin.get("id"))] == "input"
    assert ids[int(end.get("id"))] == "hidden neuron h"


def test_negative_weights_are_dashed_and_positive_ones_not(qapp) -> None:
    run = Run(Setup(w1=-0.5))
    deck = read(written([moment_at(run, Position(1, 5))], run))
    edges = {s.name: s for s in network(deck.slides[0]).shapes if s.name.startswith("edge")}
    dashed = {name: bool(s._element.findall(".//{*}prstDash")) for name, s in edges.items()}
    assert dashed == {"edge of w₁": True, "edge of w₂": False}


def test_the_only_picture_is_the_formula_with_its_latex_and_pixels_for_print(deck) -> None:
    for slide, moment in zip(deck.slides, MOMENTS, strict=True):
        (picture,) = by_kind(slide, MSO_SHAPE_TYPE.PICTURE)
        described = picture._element.nvPicPr.cNvPr.get("descr")
        assert described == formula(moment, Numerals(LECTURE.digits)).latex
        assert picture.image.size[0] / Emu(picture.width).inches >= 299


def test_the_notes_have_every_known_value_to_the_last_bit(deck) -> None:
    notes = deck.slides[14].notes_slide.notes_text_frame.text
    oracle = iteration(Setup(), 0.5, 0.5)
    for step in ARTICLE.steps:
        symbol = notation.plain(step.quantity.symbol.removesuffix(" ←"))
        name = f"new {symbol}" if step.phase is Phase.UPDATE else symbol
        line = f"{name} = {numbers.exact(oracle[step.quantity.name])}"
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
    deck = read(written(MOMENTS[:1], title=title))
    assert deck.core_properties.title == " ".join(title.split())[:255]


def test_without_a_curve_the_network_has_the_width(qapp) -> None:
    slide = read(written(MOMENTS[:1], curve=None)).slides[0]
    assert not by_kind(slide, MSO_SHAPE_TYPE.CHART)
    group = network(slide)
    middle = group.left + group.width / 2
    assert middle / PIXEL == pytest.approx(WIDE.width / 2, abs=20)


def test_the_network_says_its_step_to_whoever_cannot_see_it(deck) -> None:
    for slide, moment in zip(deck.slides, MOMENTS, strict=True):
        said = network(slide)._element.nvGrpSpPr.cNvPr.get("descr")
        assert said == spoken_step(moment, Numerals(LECTURE.digits))


def test_an_update_is_called_a_new_weight(deck) -> None:
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles[13].endswith("14 of 15: new w₁")
    assert not any("←" in title for title in titles)


def test_a_title_has_a_slide_of_its_own_and_the_foot_of_the_others(qapp) -> None:
    opening, *others = read(written(MOMENTS[:3], title="Week 3")).slides
    assert opening.shapes.title.text_frame.text == "Week 3"
    assert "w₁ = 0.5" in opening.placeholders[1].text_frame.text
    for number, slide in enumerate(others, start=2):
        feet = {p.placeholder_format.type: p for p in slide.placeholders}
        assert feet[PP_PLACEHOLDER.FOOTER].text_frame.text == "Week 3"
        field = feet[PP_PLACEHOLDER.SLIDE_NUMBER]._element.find(".//{*}fld")
        assert (field.get("type"), field.find("{*}t").text) == ("slidenum", str(number))


def test_without_a_title_there_is_a_slide_for_each_moment_alone(deck) -> None:
    kinds = {p.placeholder_format.type for slide in deck.slides for p in slide.placeholders}
    assert kinds == {PP_PLACEHOLDER.TITLE}


@pytest.mark.parametrize("title", ["", "Week 3"])
@pytest.mark.parametrize("is_wide", [True, False])
def test_nothing_leaves_the_slide_and_nothing_overlaps(qapp, is_wide: bool, title: str) -> None:
    deck = read(written([MOMENTS[14]], is_wide=is_wide, title=title))
    places = WIDE if is_wide else NARROW
    assert (deck.slide_width, deck.slide_height) == (places.width * PIXEL, places.height * PIXEL)
    areas = [QRectF(s.left, s.top, s.width, s.height) for s in deck.slides[-1].shapes]
    slide = QRectF(0, 0, deck.slide_width, deck.slide_height)
    for place, area in enumerate(areas):
        assert slide.contains(area)
        for other in areas[place + 1 :]:
            common = area.intersected(other)
            assert min(common.width(), common.height()) < 6 * PIXEL


@pytest.mark.parametrize("is_wide", [True, False])
def test_each_title_has_one_line_in_a_wide_font(qapp, is_wide: bool) -> None:
    last = Moment(Setup(), Position(9_999_999, 11), 0.5, 0.5)
    for moments in (MOMENTS, [MOMENTS[0], last]):
        titles = [slide.shapes.title for slide in read(written(moments, is_wide=is_wide)).slides]
        (points,) = {title.text_frame.paragraphs[0].runs[0].font.size.pt for title in titles}
        font = QFont("DejaVu Sans")
        font.setBold(True)
        font.setPixelSize(100)
        for title in titles:
            px = QFontMetricsF(font).horizontalAdvance(title.text_frame.text) * points / 75
            assert px <= title.width / PIXEL
        assert points >= 18


def test_dark_slides_are_dark(qapp) -> None:
    deck = read(written(MOMENTS[:1], theme=DARK))
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
    assert len(read(written(moments, run)).slides) == 2


def test_it_ends_where_the_report_says_so(qapp) -> None:
    seen = []

    def report(done: int, total: int) -> None:
        seen.append((done, total))
        raise InterruptedError

    with pytest.raises(InterruptedError):
        written(report=report)
    assert seen == [(1, 16)]


def test_libreoffice_opens_it_and_has_every_page_and_word(
    qtbot: QtBot, tmp_path: Path, tool: Tool
) -> None:
    path = tmp_path / "deck.pptx"
    path.write_bytes(written())
    home = f"-env:UserInstallation=file://{tmp_path}/home"
    tool("soffice", home, "--headless", "--convert-to", "pdf", "--outdir", tmp_path, path)
    pdf = tmp_path / "deck.pdf"
    assert re.search(rf"Pages: +{len(MOMENTS)}\n", tool("pdfinfo", pdf))
    for page, moment in enumerate(MOMENTS, start=1):
        words = tool("pdftotext", "-f", page, "-l", page, pdf, "-")
        joined = " ".join(words.split())
        assert f"Iteration {moment.iteration} ·" in joined
        assert {"10⁻¹", "10⁻⁵"} <= set(words.split())  # the axis of the error
        assert " ".join(moment.step.why.split()[:4]) in joined
        assert moment.text(moment.step.quantity.name, Numerals(LECTURE.digits)) in joined


@pytest.mark.parametrize("digits", [3, 6, 12])
def test_the_drawing_on_a_slide_has_the_digits_of_its_formula(qapp, digits: int) -> None:
    moment = moment_at(Run(Setup(w1=1 / 3)), Position(1, 15))
    (slide,) = read(written((moment,), is_large=False, digits=digits)).slides
    texts = [s.text_frame.text for s in network(slide).shapes if s.has_text_frame]
    value = formula(moment, Numerals(digits)).pieces[-1].text
    assert value in texts
    assert moment.text("w1", Numerals(digits)) in texts
