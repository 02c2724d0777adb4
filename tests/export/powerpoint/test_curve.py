"""The curve of a sigmoid on slides: PowerPoint's own shapes, beside the formula."""

from io import BytesIO

import pytest
from pptx import Presentation
from pptx.util import Pt

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.export.powerpoint.deck import write_deck
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.moment import Position, moment_at
from backprop_gui.paint.theme import LIGHT
from backprop_gui.system.job import unheard

CURVED = {"out_h", "out_o", "dout_h_dnet_h", "dout_o_dnet_o"}

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.mark.parametrize(("is_wide", "is_large"), [(True, False), (True, True), (False, False)])
def test_the_four_slides_of_the_sigmoid_have_its_curve_as_native_shapes(
    is_wide: bool, is_large: bool
) -> None:
    run, stream = Run(Setup()), BytesIO()
    write_deck(
        stream,
        [moment_at(run, Position(1, step.number)) for step in ARTICLE.steps],
        run.trace(),
        is_wide=is_wide,
        theme=LIGHT,
        title="",
        digits=4,
        is_large=is_large,
        report=unheard,
    )
    places = set()
    for step, slide in zip(ARTICLE.steps, Presentation(stream).slides, strict=True):
        shapes = {shape.name: shape for shape in slide.shapes}
        formula = shapes["Formula"]
        places.add((formula.left, formula.top))
        assert ("Curve of the sigmoid" in shapes) == (step.quantity.name in CURVED)
        if step.quantity.name not in CURVED:
            continue
        group = shapes["Curve of the sigmoid"]
        assert group.left >= formula.left + formula.width
        names = [shape.name for shape in group.shapes]
        assert "curve of σ" in names
        assert "where the neuron is" in names
        assert ("tangent" in names) == step.quantity.name.startswith("d")
        texts = [shape for shape in group.shapes if shape.has_text_frame and shape.text_frame.text]
        sizes = [
            part.font.size
            for shape in texts
            for paragraph in shape.text_frame.paragraphs
            for part in paragraph.runs
        ]
        assert min(sizes) >= Pt(9)
    assert len(places) == 1  # nothing jumps from slide to slide
