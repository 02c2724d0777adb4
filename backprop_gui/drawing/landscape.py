"""The landscape: the error over both weights, with the run on it, as a drawing.

Only the colours are pixels. Contours, the curve of exact solutions and the band in which a run
stops are lines from their closed formula.
"""

from collections.abc import Iterator

from backprop_gui.drawing.axes import TICK, ticks_below, ticks_beside
from backprop_gui.drawing.clipping import clipped
from backprop_gui.drawing.contours import (
    band_lines,
    band_shapes,
    contour_shapes,
    valley_lines,
    valley_shapes,
    valley_text,
)
from backprop_gui.drawing.error_field import ErrorField, scale_of
from backprop_gui.drawing.legend import Legend, error_legend, flat_shapes, legend_shapes
from backprop_gui.drawing.room import Room
from backprop_gui.drawing.run_key import name_shapes
from backprop_gui.drawing.run_path import (
    arrow_shapes,
    dot_shapes,
    is_under,
    path_points,
    path_shapes,
    point_shapes,
)
from backprop_gui.drawing.scene import BORDER, Path, Plane, Scene, aspect_of, plane_of
from backprop_gui.drawing.shapes import ColourField, Drawing, Ink, Line, Raster, Shape, Text, Tint
from backprop_gui.drawing.start_ground import start_field, start_legend
from backprop_gui.drawing.ticks import Ticks, ticks
from backprop_gui.lesson.notation import plain
from backprop_gui.lesson.surface import Layer
from backprop_gui.system.texts import _

__all__ = ["Path", "Plane", "Scene", "aspect_of", "draw_landscape", "plane_of"]

_UNEQUAL = 1.05  # the units' ratio from which on the picture says so
_ACROSS, _UP = 5.5, 3.2  # letters from one tick to the next
_NAME_ROOM = (4.6, 3.3)  # letters that the name of a tick can have: below and beside the plot


def draw_landscape(scene: Scene, size: tuple[float, float]) -> Drawing:
    """Return the landscape of a scene, `size` wide and high, in letters of the scene's size."""
    return Drawing(*size, tuple(_Landscape(scene, size).shapes()), ())


class _Landscape:
    """A landscape being drawn."""

    def __init__(self, scene: Scene, size: tuple[float, float]) -> None:
        self._scene, self._size = scene, size
        self._plane = plane_of(scene, size)
        self._room = Room(self._plane.frame.inset(BORDER), scene.text)
        self._scale = scale_of(scene.setup, is_linear=scene.is_linear)
        self._field, self._legend = self._ground()

    def shapes(self) -> Iterator[Shape]:
        """Yield what is behind first.

        Names that matter more get room before others, and what belongs to the moment after them
        all: so nothing else moves while it does.
        """
        scene, plane, room, frame = self._scene, self._plane, self._room, self._plane.frame
        x, y = (frame.left + frame.right) / 2, (frame.top + frame.bottom) / 2
        yield Raster(x, y, frame.width, frame.height, self._field, _("colours"))
        paths = [(path, clipped(path_points(path, plane), frame)) for path in scene.paths]
        valley, band = valley_lines(scene, plane), band_lines(scene, plane)
        for line in (*valley, *(part for _path, parts in paths for part in parts)):
            room.take_line(line)
        names = list(self._names())
        for name in names:
            room.take(name)
        notes = list(self._notes())
        flats = list(flat_shapes(self._legend, scene, frame, room))
        named = name_shapes(paths, scene, frame, room)
        dots = [shape for path, _parts in paths for shape in dot_shapes(path, plane, scene, room)]
        said = valley_text(scene, valley, band, room)
        for line in band:
            room.take_line(line)
        if scene.layer is Layer.ERROR:
            yield from contour_shapes(scene, plane, self._scale, room)
        yield from band_shapes(scene, band)
        yield from valley_shapes(scene, valley)
        for path, parts in paths:
            yield from path_shapes(path, parts, scene)
        yield Line(frame.outline, Tint(Ink.LINE), 1.0, name=_("frame"))
        here: list[Shape] = []
        if scene.moment:
            here += point_shapes(scene.moment, plane, scene)
            here += arrow_shapes(scene.moment, plane, scene, room)
        yield from (each for each in (*dots, *named) if not is_under(each, here))
        yield from (*([said] if said else []), *names, *notes, *flats, *here)
        yield from self._axes()
        yield from legend_shapes(self._legend, scene, frame)

    def _ground(self) -> tuple[ColourField, Legend]:
        """Return the colours of the scene's layer, and what the legend says of them."""
        scene, setup = self._scene, self._scene.setup
        if scene.layer is not Layer.ERROR:
            return start_field(scene), start_legend(scene)
        field = ErrorField(setup.input, setup.target, scene.region, self._scale)
        return field, error_legend(scene, self._scale)

    def _ticks(self, *, is_w1: bool) -> Ticks:
        scene, frame, region = self._scene, self._plane.frame, self._scene.region
        if is_w1:
            most, room = frame.width / (_ACROSS * scene.text), _NAME_ROOM[0]
            return ticks("w_1", region.w1_low, region.w1_high, most, room, scene.numerals)
        most, room = frame.height / (_UP * scene.text), _NAME_ROOM[1]
        return ticks("w_2", region.w2_low, region.w2_high, most, room, scene.numerals)

    def _names(self) -> Iterator[Text]:
        """Yield the names of the axes."""
        frame, text = self._plane.frame, self._scene.text
        away = BORDER + 0.8 * text
        for is_w1, x, y in (
            (True, frame.right - away + 0.3 * text, frame.bottom - away),
            (False, frame.left + away - 0.3 * text, frame.top + away),
        ):
            name = self._ticks(is_w1=is_w1).name
            symbol = "w_1" if is_w1 else "w_2"
            yield Text(x, y, name, 1.15 * text, Ink.TEXT, 20 * text, name=plain(name),
                       align=float(is_w1), symbols=(symbol,), halo=True)  # fmt: skip

    def _notes(self) -> Iterator[Text]:
        """Yield what there is to say of the whole, at the top or, where that is full, elsewhere."""
        frame, text = self._plane.frame, self._scene.text
        middle, away = (frame.left + frame.right) / 2, BORDER + 0.8 * text
        rows = [frame.top + away + n * 1.6 * text for n in range(3)]
        rows += [frame.bottom - away - n * 1.6 * text for n in range(3)]
        # The arrows at the start want their room.
        x, y = self._plane.place(self._scene.setup.w1, self._scene.setup.w2)
        room, reach = self._room.copy(), 0.2 * min(frame.width, frame.height)
        for part in clipped([(x, y - reach), (x, y + reach)], frame):
            room.take_line(part)
        for choices in filter(None, (self._no_solution(), self._unequal())):
            made = [
                Text(middle, y, words, text, Ink.TEXT, frame.width, name=plain(words),
                     symbols=("w_1", "w_2", "E", "i"), halo=True)
                for words in choices
                for y in rows
            ]  # fmt: skip
            found = room.first(made) or made[-len(rows) + 1]
            self._room.take(found)
            yield found

    def _no_solution(self) -> tuple[str, ...]:
        setup, numerals = self._scene.setup, self._scene.numerals
        if not 0.0 < setup.target < 1.0:
            sentence = _("No exact solution: the output never reaches {target}")
            target = numerals.given(setup.target)
            return sentence.format(target=target), _("No exact solution")
        return (_("i = 0: E does not depend on w_1"),) if setup.input == 0.0 else ()

    def _unequal(self) -> tuple[str, ...]:
        plane, numerals = self._plane, self._scene.numerals
        ratio = plane.units_per_w2 / plane.units_per_w1
        if max(ratio, 1 / ratio) < _UNEQUAL:
            return ()
        symbol, factor = ("w_2", ratio) if ratio > 1 else ("w_1", 1 / ratio)
        sentence = _("{symbol} is stretched ×{factor}")
        return (sentence.format(symbol=symbol, factor=numerals.short(factor, 2)),)

    def _axes(self) -> Iterator[Shape]:
        frame, text, plane = self._plane.frame, self._scene.text, self._plane
        low1, low2 = plane.region.w1_low, plane.region.w2_low
        across = ((plane.place(w1, low2)[0], name) for w1, name in self._ticks(is_w1=True).marks)
        yield from ticks_below(frame, across, text, BORDER, self._size[0] - BORDER)
        up = ((plane.place(low1, w2)[1], name) for w2, name in self._ticks(is_w1=False).marks)
        yield from ticks_beside(frame, up, text, frame.left - TICK - BORDER)
