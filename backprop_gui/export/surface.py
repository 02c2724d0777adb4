"""Pictures of the error surface: the run of a moment, where it is on it, and what is drawn."""

from collections.abc import Callable
from functools import lru_cache

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run, Trace
from backprop_gui.drawing.landscape import Path, Scene, aspect_of, draw_landscape
from backprop_gui.drawing.relief import draw_relief
from backprop_gui.drawing.shapes import Drawing, Ink
from backprop_gui.drawing.slices import draw_slices
from backprop_gui.export.contents import What
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.surface import Layer, Region, usual_region

MOST_COMPUTED = 100_000  # iterations of a run that a picture shows
_DRAWN: dict[What, Callable[[Scene, tuple[float, float]], Drawing]] = {
    What.LANDSCAPE: draw_landscape,
    What.SLICES: draw_slices,
    What.RELIEF: draw_relief,
}


@lru_cache(maxsize=4)
def known_trace(setup: Setup) -> Trace:
    """Return the trace of a setup's run, as far as a picture shows it."""
    run = Run(setup)
    run.advance(MOST_COMPUTED)
    return run.trace()


def scene_of(
    moment: Moment,
    size: tuple[float, float],
    text: float,
    *,
    region: Region | None = None,
    layer: Layer = Layer.ERROR,
    is_linear: bool = False,
    numerals: Numerals,
) -> Scene:
    """Return the scene of a moment: its run, and what a person has chosen, or the usual region."""
    trace = known_trace(moment.setup)
    shown = region or usual_region(moment.setup, trace, aspect_of(size, text))
    path = Path(trace, Ink.FORWARD, upto=trace.iterations[-1])
    return Scene(moment.setup, shown, layer, is_linear, (path,), moment, numerals, text)


def surface_drawing(what: What, scene: Scene, size: tuple[float, float]) -> Drawing:
    """Return the drawing of a scene. Raises KeyError for what is no picture of the surface."""
    return _DRAWN[what](scene, size)
