"""Maps of starts for files: computed, with progress, where the screen shows none."""

from contextlib import closing
from dataclasses import replace

from backprop_gui.core.network import Setup
from backprop_gui.core.start_map import Ends
from backprop_gui.drawing.shapes import Drawing
from backprop_gui.export.contents import What
from backprop_gui.export.formats import Can
from backprop_gui.export.orders import PictureOrder
from backprop_gui.export.picture import Look, region_of, room_within, surface_picture, text_px
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.start_map import StartMap, limit_of, starts_in, without_start
from backprop_gui.lesson.surface import Layer, Region
from backprop_gui.state.map_processes import pieces
from backprop_gui.system.job import Report

_SIDE, _MOST_FOLLOWED = 128, 20_000  # starts side by side, and iterations of each of their runs


def computed_map(setup: Setup, region: Region, report: Report) -> StartMap:
    """Return the map of starts in a region, as far as a picture shows it.

    `report` is called every few milliseconds with starts done and to do; it may raise to end this.
    """
    setup = without_start(setup)  # on which nothing depends
    starts, ends = starts_in(region, _SIDE, _SIDE), Ends()
    limit = limit_of(setup, _MOST_FOLLOWED)
    with closing(pieces(setup, starts, limit=limit, is_polite=True)) as parts:
        for part in parts:
            ends.extend(part)
            report(len(ends), starts.total)
    return StartMap(setup, region, _SIDE, _SIDE, ends, limit)


def with_map(
    what: What, moment: Moment, size: tuple[float, float], text: float, look: Look, report: Report
) -> Look:
    """Return a look with the map of starts that its picture shows; `report` as in `computed_map`.

    The picture is `size` wide and high, in letters of the size `text`.
    """
    if Can.LAYER not in what.can or look.layer is Layer.ERROR or look.start_map:
        return look
    region = region_of(moment, size, text, look)
    is_widened = look.is_widened or look.region is None
    known = computed_map(moment.setup, region, report)
    return replace(look, region=region, is_widened=is_widened, start_map=known)


def mapped(order: PictureOrder, moment: Moment, report: Report) -> PictureOrder:
    """Return an order of pictures with the map of starts that they show, or the same order."""
    area = room_within(order.size, order.look)
    size = area.width(), area.height()
    look = with_map(order.what, moment, size, text_px(order.look), order.look, report)
    return order if look is order.look else replace(order, look=look)


class MappedSurface:
    """Draws the error surface for slides; the map of starts that they show is computed once."""

    def __init__(self, what: What, look: Look, report: Report) -> None:
        self._what, self._look, self._report = what, look, report

    def __call__(self, moment: Moment, size: tuple[float, float], text: float) -> Drawing:
        """Return the drawing of a moment's run, as `surface_picture` does."""
        self._look = with_map(self._what, moment, size, text, self._look, self._report)
        return surface_picture(self._what, moment, size, text, self._look)
