"""Pictures of the error surface: the run of a moment, where it is on it, and what is drawn."""

from collections.abc import Callable, Iterable
from functools import lru_cache

from backprop_gui.core.iteration import at_once
from backprop_gui.core.kept_run import KeptRun
from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run, Trace
from backprop_gui.drawing.landscape import Path, Scene, draw_landscape
from backprop_gui.drawing.relief import draw_relief
from backprop_gui.drawing.run_style import PRESENT_STYLE
from backprop_gui.drawing.scene import kept_paths
from backprop_gui.drawing.shapes import Drawing
from backprop_gui.drawing.slices import draw_slices
from backprop_gui.export.contents import What
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.start_map import StartMap
from backprop_gui.lesson.surface import Layer, Region

_TIMES_AT_ONCE = 10  # as many iterations as take no time: the window may wait for a copy
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
    run.advance(min(MOST_COMPUTED, _TIMES_AT_ONCE * at_once(setup)))
    return run.trace()


def scene_of(
    moment: Moment,
    text: float,
    *,
    region: Region,
    layer: Layer = Layer.ERROR,
    is_linear: bool = False,
    numerals: Numerals,
    kept: Iterable[KeptRun] = (),
    start_map: StartMap | None = None,
) -> Scene:
    """Return the scene of a moment: its run, in letters of a size, and what a person has chosen.

    `kept` are runs beside it. A layer other than the error's shows `start_map`, or that there is
    none: whoever paints a picture may be the window, which does not wait for it.
    """
    trace = known_trace(moment.setup)
    path = Path(trace, *PRESENT_STYLE, upto=trace.iterations[-1])
    paths = path, *kept_paths(kept)
    return Scene(moment.setup, region, layer, is_linear, paths, moment, numerals, text, start_map)


def surface_drawing(what: What, scene: Scene, size: tuple[float, float]) -> Drawing:
    """Return the drawing of a scene. Raises KeyError for what is no picture of the surface."""
    return _DRAWN[what](scene, size)
