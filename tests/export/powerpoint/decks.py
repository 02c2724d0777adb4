"""Decks that the tests look at."""

import io

from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.export.powerpoint.deck import write_deck
from backprop_gui.lesson.moment import Position, moment_at
from backprop_gui.paint.theme import LIGHT
from backprop_gui.system.job import unheard

RUN = Run(Setup())
RUN.advance(1000)
MOMENTS = [
    *(moment_at(RUN, Position(1, n)) for n in range(1, 16)),
    moment_at(RUN, Position(813, 5)),
]


def written(moments=None, run: Run = RUN, **options) -> bytes:
    stream = io.BytesIO()
    given = {
        "is_wide": True,
        "theme": LIGHT,
        "title": "",
        "digits": 4,
        "is_large": True,
        "report": unheard,
    }
    curve = options.pop("curve", run.trace())
    write_deck(stream, moments or MOMENTS, curve, **given | options)
    return stream.getvalue()


def read(data: bytes):
    return Presentation(io.BytesIO(data))


def network(slide):
    return next(s for s in slide.shapes if s.shape_type == MSO_SHAPE_TYPE.GROUP)


def by_kind(slide, kind):
    return [shape for shape in slide.shapes if shape.shape_type == kind]
