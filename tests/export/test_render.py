"""Pictures as PNG, SVG and PDF, opened by programs that are not ours."""

import io
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from PIL import Image, ImageChops
from PySide6.QtCore import QSize, QSizeF
from PySide6.QtGui import QImage, QTransform
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.drawing.network import draw
from backprop_gui.drawing.shapes import Text
from backprop_gui.export import render
from backprop_gui.export.contents import What
from backprop_gui.export.picture import Look, moment_picture, room_within
from backprop_gui.export.widget_picture import plot_picture, run_plot
from backprop_gui.lesson import notation
from backprop_gui.lesson.moment import Position, moment_at
from backprop_gui.paint.painter import fit
from backprop_gui.paint.theme import LIGHT, interface_font
from backprop_gui.storage.restore_line import Experiment, line
from tests.export.conftest import Tool

RUN = Run(Setup())
RUN.advance(1000)
MOMENT = moment_at(RUN, Position(1, 15))
LINE = line(Experiment(MOMENT.setup, MOMENT.position))
SIZE = QSizeF(960, 540)
TITLE = 'a < b & "c" 😀 שלום'
SVG = "{http://www.w3.org/2000/svg}"


def _picture(what: What = What.NETWORK, look: Look | None = None):
    return moment_picture(what, MOMENT, SIZE, look or Look(), interface_font())


def _pil(image: QImage) -> Image.Image:
    return Image.open(io.BytesIO(render.png(image, "", LINE))).convert("RGB")


def _opened(path: Path) -> Image.Image:
    with Image.open(path) as image:
        return image.convert("RGB")


def _difference(one: Image.Image, other: Image.Image) -> float:
    """The share of pixels that are clearly other ones."""
    difference = ImageChops.difference(one.convert("L"), other.convert("L"))
    histogram = difference.histogram()
    return sum(histogram[96:]) / sum(histogram)


def test_a_png_has_the_pixels_and_the_line_for_who_reads_it(qtbot: QtBot, tmp_path: Path) -> None:
    image = render.image(_picture(), 2.0, LIGHT.ground)
    read = Image.open(io.BytesIO(render.png(image, TITLE, LINE)))
    assert (read.format, read.size) == ("PNG", (1920, 1080))
    assert read.text == {"Backprop": LINE, "Title": TITLE}
    for x, y in ((0, 0), (600, 300), (1000, 400)):
        assert read.convert("RGB").getpixel((x, y)) == image.pixelColor(x, y).getRgb()[:3]


def test_an_exact_size_is_met_to_the_pixel(qtbot: QtBot) -> None:
    image = render.image(_picture(), 1.9999, LIGHT.ground, QSize(1919, 1081))
    assert image.size() == QSize(1919, 1081)


def test_without_a_ground_the_corners_can_be_seen_through(qtbot: QtBot) -> None:
    read = Image.open(io.BytesIO(render.png(render.image(_picture(), 1.0, None), "", LINE)))
    assert read.mode == "RGBA"
    assert read.getpixel((0, 0))[3] == 0
    assert read.getextrema()[3] == (0, 255)


@pytest.mark.parametrize("what", [What.NETWORK, What.FORMULA, What.BOTH, What.VALUES])
@pytest.mark.parametrize("outlines", [True, False])
def test_svg_and_pdf_look_as_the_png_does(
    qtbot: QtBot, tmp_path: Path, tool: Tool, what: What, outlines: bool
) -> None:
    picture = _picture(what)
    png = _pil(render.image(picture, 2.0, LIGHT.ground))
    svg, pdf = (
        make(picture, LIGHT.ground, "", LINE, outlines=outlines)
        for make in (render.svg, render.pdf)
    )
    (tmp_path / "p.svg").write_bytes(svg)
    (tmp_path / "p.pdf").write_bytes(pdf)
    tool("rsvg-convert", "-w", 1920, "p.svg", "-o", "s.png", cwd=tmp_path)
    tool("pdftoppm", "-r", 192, "-png", "-singlefile", "p.pdf", "d", cwd=tmp_path)
    # As text, figures of one width depend on who sets them.
    most = 0.004 if outlines else 0.02
    assert _difference(png, _opened(tmp_path / "s.png")) < most
    assert _difference(png, _opened(tmp_path / "d.png")) < 0.009


def test_svg_and_pdf_hold_no_pixels(qtbot: QtBot) -> None:
    for what in (What.NETWORK, What.BOTH, What.VALUES):
        assert b"<image" not in render.svg(_picture(what), "#fff", "", LINE, outlines=False)
        pdf = render.pdf(_picture(what), "#fff", "", LINE, outlines=False)
        assert b"/Subtype /Image" not in pdf


def _expected_texts() -> dict[str, tuple[float, float, float]]:
    """The texts of the drawing that stand there once: centre, baseline's height and size."""
    room = room_within(SIZE, Look())
    drawing = draw(MOMENT, room.width() / room.height(), is_fitted=False)
    scale, offset = fit(drawing, room)
    found = {}
    for shape in drawing.shapes:
        if isinstance(shape, Text) and not shape.symbols:
            x, y = shape.x * scale + offset.x(), shape.y * scale + offset.y()
            found[shape.text] = (x, y, shape.size * scale)
    counts = [word for s in drawing.shapes if isinstance(s, Text) for word in s.text.split()]
    return {text: place for text, place in found.items() if counts.count(text) == 1}


def test_texts_in_svg_stand_where_the_drawing_has_them(qtbot: QtBot) -> None:
    root = ET.fromstring(render.svg(_picture(), LIGHT.ground, "", LINE, outlines=False))
    places = {}
    for text in root.iter(f"{SVG}text"):
        matrix = re.findall(r"-?[\d.]+(?:e-?\d+)?", text.get("transform"))
        transform = QTransform(*map(float, matrix))
        left = transform.map(float(text.get("x")), float(text.get("y")))
        width = float(text.get("textLength")) * float(matrix[0])
        places[text.text] = (left[0] + width / 2, left[1])
    expected = _expected_texts()
    assert len(expected) > 10
    for text, (x, y, size) in expected.items():
        middle, baseline = places[text]
        assert middle == pytest.approx(x, abs=0.5), text
        assert y < baseline < y + 0.5 * size, text


def test_texts_in_pdf_stand_where_the_drawing_has_them(
    qtbot: QtBot, tmp_path: Path, tool: Tool
) -> None:
    path = tmp_path / "p.pdf"
    path.write_bytes(render.pdf(_picture(), LIGHT.ground, "", LINE, outlines=False))
    boxes = tool("pdftotext", "-bbox", path, "-")
    words = {
        found[5]: ((float(found[1]) + float(found[3])) / 2, (float(found[2]) + float(found[4])) / 2)
        for found in re.finditer(
            r'xMin="([\d.]+)" yMin="([\d.]+)" xMax="([\d.]+)" yMax="([\d.]+)">([^<]*)<', boxes
        )
    }
    single = {t: p for t, p in _expected_texts().items() if " " not in t and t in words}
    assert len(single) > 8
    for text, (x, y, size) in single.items():
        assert words[text][0] * 96 / 72 == pytest.approx(x, abs=1.0), text
        assert words[text][1] * 96 / 72 == pytest.approx(y, abs=0.4 * size), text


def test_outlines_leave_no_text_and_texts_leave_them_whole(qtbot: QtBot) -> None:
    for what in (What.NETWORK, What.VALUES):
        outlined = ET.fromstring(render.svg(_picture(what), None, "", LINE, outlines=True))
        assert not list(outlined.iter(f"{SVG}text"))
        written = ET.fromstring(render.svg(_picture(what), None, "", LINE, outlines=False))
        texts = "".join(written.itertext())
        assert "0.5637" in texts
        assert "−0.04239" in texts


def test_title_and_line_are_in_the_metadata(qtbot: QtBot, tmp_path: Path, tool: Tool) -> None:
    root = ET.fromstring(render.svg(_picture(), None, TITLE, LINE, outlines=True))
    assert root.find(f"{SVG}title").text == TITLE
    assert root.find(f"{SVG}metadata").text == LINE
    path = tmp_path / "p.pdf"
    path.write_bytes(render.pdf(_picture(), None, TITLE, LINE, outlines=False))
    assert re.search(rf"Title: +{re.escape(TITLE)}", tool("pdfinfo", path))
    meta = ET.fromstring(tool("pdfinfo", "-meta", path))
    source = meta.find(".//{http://purl.org/dc/elements/1.1/}source")
    assert source is not None
    assert source.text == LINE


def test_a_pdf_s_page_is_as_large_as_the_picture(qtbot: QtBot, tmp_path: Path, tool: Tool) -> None:
    path = tmp_path / "p.pdf"
    path.write_bytes(render.pdf(_picture(), None, "", LINE, outlines=False))
    said = tool("pdfinfo", path)
    assert re.search(r"Pages: +1\n", said)
    assert re.search(r"Page size: +720 x 405 pts", said)


@pytest.mark.parametrize("is_large", [False, True])
def test_the_error_plot_is_the_same_in_all_formats(
    qtbot: QtBot, tmp_path: Path, tool: Tool, is_large: bool
) -> None:
    look = Look(is_large=is_large)
    plot = run_plot(RUN, MOMENT)
    qtbot.addWidget(plot)
    picture = plot_picture(plot, MOMENT, SIZE, look, interface_font())
    png = _pil(render.image(picture, 2.0, LIGHT.ground))
    svg = render.svg(picture, LIGHT.ground, "", LINE, outlines=True)
    assert b"<image" not in svg
    assert b"non-scaling-stroke" not in svg
    (tmp_path / "p.svg").write_bytes(svg)
    (tmp_path / "p.pdf").write_bytes(render.pdf(picture, LIGHT.ground, "", LINE, outlines=False))
    tool("rsvg-convert", "-w", 1920, "p.svg", "-o", "s.png", cwd=tmp_path)
    tool("pdftoppm", "-r", 192, "-png", "-singlefile", "p.pdf", "d", cwd=tmp_path)
    assert _difference(png, _opened(tmp_path / "s.png")) < 0.004
    assert _difference(png, _opened(tmp_path / "d.png")) < 0.004
    assert "iteration" in tool("pdftotext", tmp_path / "p.pdf", "-")


def test_the_plot_s_marker_is_in_the_svg(qtbot: QtBot) -> None:
    pictures = []
    for iteration in (1, 400):
        moment = moment_at(RUN, Position(iteration, 5))
        plot = run_plot(RUN, moment)
        qtbot.addWidget(plot)
        picture = plot_picture(plot, moment, SIZE, Look(), interface_font())
        pictures.append(render.svg(picture, None, "", LINE, outlines=True))
    assert pictures[0] != pictures[1]


def test_the_symbols_on_paper_are_those_of_the_lesson(
    qtbot: QtBot, tmp_path: Path, tool: Tool
) -> None:
    path = tmp_path / "p.pdf"
    path.write_bytes(render.pdf(_picture(What.VALUES), None, "", LINE, outlines=False))
    words = "".join(tool("pdftotext", path, "-").split())
    for symbol in ("net_h", "out_o", "∂E/∂w_2"):
        assert "".join(text for text, _lowered in notation.runs(symbol)) in words


@pytest.mark.parametrize(
    ("setup", "words"),
    [
        (Setup(target=1.0, eta=5000.0, tolerance=0.0, max_iterations=500), "E = 0"),
        (Setup(target=1.0, eta=5000.0, tolerance=0.0, max_iterations=500), "tolerance 0: no E"),
        (Setup(target=1e200), "E = ∞"),
    ],
)
def test_a_picture_of_the_plot_says_what_has_no_place_on_its_axes(
    qtbot: QtBot, tmp_path: Path, tool: Tool, setup: Setup, words: str
) -> None:
    run = Run(setup)
    run.advance(500)
    moment = moment_at(run, Position(1, 5))
    plot = run_plot(run, moment)
    qtbot.addWidget(plot)
    picture = plot_picture(plot, moment, SIZE, Look(), interface_font())
    path = tmp_path / "p.pdf"
    path.write_bytes(render.pdf(picture, LIGHT.ground, "", LINE, outlines=False))
    said = "".join(tool("pdftotext", path, "-").split())
    assert "".join(words.split()) in said
    assert b"<image" not in render.svg(picture, LIGHT.ground, "", LINE, outlines=True)
