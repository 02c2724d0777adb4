"""The landscape in files: lines where the formula has them, colours as one picture below."""

import dataclasses
import io
import re
import xml.etree.ElementTree as ET

import pytest
from PIL import Image
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE
from PySide6.QtCore import QSizeF
from PySide6.QtGui import QFont
from pytestqt.qtbot import QtBot

from backprop_gui.core.kept_run import COLOURS, KeptRun
from backprop_gui.core.network import Setup, forward
from backprop_gui.core.run import Run
from backprop_gui.core.start_map import Ends, end_from
from backprop_gui.drawing.landscape import plane_of
from backprop_gui.drawing.run_style import style
from backprop_gui.drawing.scene import TEXT
from backprop_gui.drawing.shapes import Disc, Drawing, Line, Raster, Text
from backprop_gui.export import render
from backprop_gui.export.contents import What
from backprop_gui.export.picture import Look, moment_picture, room_within, surface_picture
from backprop_gui.export.powerpoint.deck import write_deck
from backprop_gui.export.surface import scene_of
from backprop_gui.lesson.moment import Position, moment_at
from backprop_gui.lesson.numbers import FILES
from backprop_gui.lesson.start_map import StartMap, starts_in
from backprop_gui.lesson.surface import Layer, Region
from backprop_gui.paint.theme import LIGHT
from backprop_gui.system.job import unheard

SIZE = QSizeF(960, 540)
REGION = Region(-5.0, 5.0, -5.0, 5.0)
MOMENT = moment_at(Run(Setup()), Position(1, 9))
_SVG = "{http://www.w3.org/2000/svg}"


def _numbers(text: str | None) -> list[float]:
    return [float(n) for n in re.findall(r"-?[\d.]+(?:e[-+]?\d+)?", text or "")]


def _svg() -> ET.Element:
    picture = moment_picture(What.LANDSCAPE, MOMENT, SIZE, Look(region=REGION), QFont())
    return ET.fromstring(render.svg(picture, LIGHT.ground, "", "x", outlines=True))


def test_the_solutions_in_an_svg_have_no_error_by_the_core(qtbot: QtBot) -> None:
    room = room_within(SIZE, Look())
    scene = scene_of(MOMENT, TEXT, region=REGION, numerals=FILES)
    plane = plane_of(scene, (room.width(), room.height()))
    seen = 0
    for line in _svg().iter(f"{_SVG}polyline"):
        numbers, (a, _b, _c, d, e, f) = (
            _numbers(line.get("points")),
            _numbers(line.get("transform")),
        )
        points = [(a * x + e, d * y + f) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
        weights = [plane.weights(x - room.x(), y - room.y()) for x, y in points]
        errors = [forward(Setup(), *each).error for each in weights]
        seen += len(points) > 2 and max(errors) < 1e-9
    assert seen == 2  # the line, and the halo below it


def test_an_svg_has_its_colours_as_images_and_its_contours_as_lines(qtbot: QtBot) -> None:
    root = _svg()
    images, lines = ([*root.iter(f"{_SVG}{kind}")] for kind in ("image", "polyline"))
    assert len(images) == 3  # the plane, the legend, and in it what is below the tolerance
    assert len(lines) > 20


@pytest.mark.parametrize("outlines", [False, True])
def test_a_pdf_has_lines_and_the_texts_of_the_landscape(qtbot: QtBot, *, outlines: bool) -> None:
    picture = moment_picture(What.LANDSCAPE, MOMENT, SIZE, Look(), QFont())
    data = render.pdf(picture, LIGHT.ground, "", "x", outlines=outlines)
    assert data.startswith(b"%PDF")
    assert data.count(b"/Subtype /Image") >= 2


def test_a_slide_has_the_colours_as_a_picture_below_shapes_that_can_be_edited(
    qtbot: QtBot,
) -> None:
    stream = io.BytesIO()
    write_deck(
        stream, [MOMENT], None, is_wide=True, theme=LIGHT, title="", digits=4, is_large=False,
        report=unheard,
        surface=lambda moment, size, text: surface_picture(
            What.LANDSCAPE, moment, size, text, Look()
        ),
    )  # fmt: skip
    (slide,) = Presentation(stream).slides
    (group,) = [each for each in slide.shapes if each.shape_type == MSO_SHAPE_TYPE.GROUP]
    kinds = [shape.shape_type for shape in group.shapes]
    assert kinds[0] == MSO_SHAPE_TYPE.PICTURE
    assert kinds.count(MSO_SHAPE_TYPE.FREEFORM) > 20
    plane = Image.open(io.BytesIO(group.shapes[0].image.blob))
    assert min(plane.size) > 900
    texts = {shape.text_frame.text for shape in group.shapes if shape.has_text_frame}
    assert {"tolerance 5·10⁻⁵", "0.05"} <= texts
    assert any(text.startswith("∂E/∂w2 (×") for text in texts)


def _kept(count: int = 3, *, is_shown: bool = True) -> tuple[KeptRun, ...]:
    made = []
    for n in range(count):
        setup = Setup(w1=n - 2.0, eta=5.0)
        run = Run(setup)
        run.advance(100_000)
        one = KeptRun(
            n + 1, f"run_{n}", COLOURS[n], setup, run.iteration, run.stop, run.trace(), True
        )
        made.append(dataclasses.replace(one, is_shown=is_shown))
    return tuple(made)


def _looks(drawing: Drawing, run: KeptRun) -> set[tuple[object, object]]:
    lines = (each for each in drawing.shapes if isinstance(each, Line) and each.name == run.name)
    return {(line.stroke.ink, line.dash) for line in lines}


@pytest.mark.parametrize("what", [What.LANDSCAPE, What.SLICES, What.RELIEF])
def test_pictures_show_all_kept_runs_in_their_colours_and_dashes_with_names(what: What) -> None:
    kept = _kept()
    drawing = surface_picture(what, MOMENT, (960.0, 540.0), TEXT, Look(region=REGION, kept=kept))
    texts = [each.text for each in drawing.shapes if isinstance(each, Text)]
    for run in kept:
        assert _looks(drawing, run) == {style(run.colour)}, run
        assert texts.count(run.name.replace("_", "__")) == 1, texts


@pytest.mark.parametrize("what", [What.LANDSCAPE, What.SLICES, What.RELIEF])
def test_a_run_that_is_hidden_is_in_no_picture(what: What) -> None:
    look = Look(region=REGION, kept=_kept(is_shown=False))
    drawing = surface_picture(what, MOMENT, (960.0, 540.0), TEXT, look)
    assert not any("run_" in shape.name for shape in drawing.shapes)


def test_the_slice_of_a_kept_run_goes_through_its_end_as_the_core_has_it() -> None:
    (run,) = _kept(1)
    assert run.trace
    drawing = surface_picture(
        What.SLICES, MOMENT, (960.0, 540.0), TEXT, Look(region=REGION, kept=(run,))
    )
    ends = [each for each in drawing.shapes if isinstance(each, Disc) and each.name == run.name]
    lines = [each for each in drawing.shapes if isinstance(each, Line) and each.name == run.name]
    assert len(ends) == 2  # along each weight
    for end in ends:
        assert any((end.x, end.y) in line.points for line in lines)
    assert forward(run.setup, run.trace.w1[-1], run.trace.w2[-1]).error < run.setup.tolerance


def test_a_part_that_is_widened_has_equal_units_and_shows_all_of_the_part() -> None:
    size = 960.0, 540.0
    look = Look(region=Region(-1.0, 1.0, 0.0, 5.0), is_widened=True)
    drawing = surface_picture(What.LANDSCAPE, MOMENT, size, TEXT, look)
    ground = next(each for each in drawing.shapes if isinstance(each, Raster))
    region = ground.field.region
    assert ground.width / region.w1_span == pytest.approx(ground.height / region.w2_span)
    assert region.w1_low <= -1.0
    assert region.w1_high >= 1.0
    assert (region.w2_low, region.w2_high) == pytest.approx((0.0, 5.0))


def test_a_map_of_starts_that_is_known_is_shown_as_it_is_in_its_shape() -> None:
    ends, region = Ends(), Region(-1.0, 1.0, 0.0, 5.0)
    for w1, w2 in starts_in(region, 8, 8).some(range(64)):
        ends.append(end_from(Setup(), w1, w2, 9))
    known = StartMap(Setup(), region, 8, 8, ends, 9)
    look = Look(region=region, is_widened=True, layer=Layer.ITERATIONS, start_map=known)
    drawing = surface_picture(What.LANDSCAPE, MOMENT, (960.0, 540.0), TEXT, look)
    ground = next(each for each in drawing.shapes if isinstance(each, Raster))
    assert ground.field.start_map is known
    assert ground.height / ground.width == pytest.approx(5 / 2)
