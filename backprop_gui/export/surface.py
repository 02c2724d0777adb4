"""Pictures of the error surface: the run of a moment, where it is on it, and what is drawn."""

from collections.abc import Callable, Iterable
from functools import lru_cache

from backprop_gui.core.kept_run import KeptRun
from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run, Trace
from backprop_gui.core.start_map import Ends, end_from
from backprop_gui.drawing.landscape import Path, Scene, aspect_of, draw_landscape
from backprop_gui.drawing.relief import draw_relief
from backprop_gui.drawing.run_style import PRESENT_STYLE
from backprop_gui.drawing.scene import kept_paths
from backprop_gui.drawing.shapes import Drawing
from backprop_gui.drawing.slices import draw_slices
from backprop_gui.export.contents import What
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.start_map import StartMap, limit_of, starts_in, without_start
from backprop_gui.lesson.surface import Layer, Region, usual_region

MOST_COMPUTED = 100_000  # iterations of a run that a picture shows
_SIDE, _MOST_FOLLOWED = 128, 20_000  # starts side by side, and iterations of each of their runs
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


@lru_cache(maxsize=4)
def known_map(setup: Setup, region: Region) -> StartMap:
    """Return the map of starts in a region, as far as a picture shows it."""
    starts, ends = starts_in(region, _SIDE, _SIDE), Ends()
    limit = limit_of(setup, _MOST_FOLLOWED)
    for w1, w2 in starts.some(range(starts.total)):
        ends.append(end_from(setup, w1, w2, limit))
    return StartMap(setup, region, _SIDE, _SIDE, ends, limit)


def scene_of(
    moment: Moment,
    size: tuple[float, float],
    text: float,
    *,
    region: Region | None = None,
    layer: Layer = Layer.ERROR,
    is_linear: bool = False,
    numerals: Numerals,
    kept: Iterable[KeptRun] = (),
    start_map: StartMap | None = None,
) -> Scene:
    """Return the scene of a moment: its run, and what a person has chosen, or the usual region.

    `kept` are runs beside it. A layer other than the error's shows `start_map`, or computes it.
    """
    trace = known_trace(moment.setup)
    shown = region or usual_region(moment.setup, trace, aspect_of(size, text))
    path = Path(trace, *PRESENT_STYLE, upto=trace.iterations[-1])
    if layer is not Layer.ERROR and start_map is None:
        start_map = known_map(without_start(moment.setup), shown)
    paths = path, *kept_paths(kept)
    return Scene(moment.setup, shown, layer, is_linear, paths, moment, numerals, text, start_map)


def surface_drawing(what: What, scene: Scene, size: tuple[float, float]) -> Drawing:
    """Return the drawing of a scene. Raises KeyError for what is no picture of the surface."""
    return _DRAWN[what](scene, size)
