"""The error over both weights as a hill that can be turned, made of flat patches.

Its height is what the colours of the landscape show: E, logarithmic or linear. The nearer patches
cover those behind them; of lines on the hill, the parts that it hides are left out.
"""

import math
from collections.abc import Callable, Iterable, Iterator
from functools import lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from backprop_gui.core.kernel import sigmoid
from backprop_gui.core.network import Setup, forward
from backprop_gui.drawing.clipping import Frame, Point, clipped
from backprop_gui.drawing.error_field import LAST, ErrorScale, errors_at, scale_of
from backprop_gui.drawing.room import Room
from backprop_gui.drawing.run_key import name_shapes
from backprop_gui.drawing.run_path import path_points, point_at
from backprop_gui.drawing.scene import BORDER, Path, Plane, Scene
from backprop_gui.drawing.shapes import Disc, Drawing, Ink, Line, Patch, Ring, Shape, Text, Tint
from backprop_gui.drawing.ticks import ticks
from backprop_gui.lesson.notation import plain
from backprop_gui.lesson.surface import Region, branches, contour, contour_points
from backprop_gui.system.texts import _

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

USUAL_TURN, USUAL_TILT = 35.0, 38.0  # degrees
TILTS = (10.0, 85.0)
_COLUMNS = 40  # patches along w1
_ROWS, _BAND_ROWS = 24, 3  # along w2: to each side of the valley, and within its band
_COARSE = 2  # times fewer, along both
_SHADE = 0.55
_HIGH = 0.8  # of the hill, in units of half its width
_LIGHT = (-0.45, -0.35, 0.82)  # where the light comes from
_STEPS = 48  # on the way to the eye, in which a point may be hidden
_REACH = 2.9  # of that way: across the whole ground
_LIFT = 0.012  # of lines above the patches
_HALF = 500.0  # of the ground, in the units in which lines on it are measured
_GROUND_SIZE = (2 * _HALF, 2 * _HALF)
_GROUND = Frame(-_HALF, -_HALF, _HALF, _HALF)

_Number = TypeVar("_Number", float, "NDArray[np.float64]")
Place = tuple[float, float, float]  # along w1 and w2 from -1 to 1, and height from 0


class Viewpoint(NamedTuple):
    """From where the hill is seen: turned around its middle, and from how high, in degrees."""

    turn: float = USUAL_TURN
    tilt: float = USUAL_TILT


def draw_relief(
    scene: Scene,
    size: tuple[float, float],
    view: Viewpoint | None = None,
    *,
    is_coarse: bool = False,
) -> Drawing:
    """Return the scene's landscape as a hill, `size` wide and high, seen from somewhere.

    A coarse one has fewer patches: it is sooner painted, for a hill that turns.
    """
    relief = _Relief(scene, size, view or Viewpoint(), _COARSE if is_coarse else 1)
    return Drawing(*size, tuple(relief.shapes()), ())


class _Relief:
    def __init__(
        self, scene: Scene, size: tuple[float, float], view: Viewpoint, coarse: int
    ) -> None:
        self._scene, self._view, self._coarse = scene, view, coarse
        self._hill = _Hill(
            scene.setup, scene.region, scale_of(scene.setup, is_linear=scene.is_linear)
        )
        self._plane = Plane(scene.region, _GROUND)
        turn, tilt = math.radians(view.turn), math.radians(view.tilt)
        self._cos, self._sin = math.cos(turn), math.sin(turn)
        self._up, self._back = math.cos(tilt), math.sin(tilt)
        self._scale, self._middle = 1.0, (0.0, 0.0)
        self._room = Room(Frame(0.0, 0.0, *size).inset(BORDER), scene.text)
        self._fit(size)

    def _fit(self, size: tuple[float, float]) -> None:
        """Fill the ground, with room for what is written around the hill."""
        text = self._scene.text
        corners = [(u, v, h) for u in (-1, 1) for v in (-1, 1) for h in (0.0, _HIGH)]
        flat = [self._flat(corner) for corner in corners]
        (low_x, high_x), (low_y, high_y) = ((min(a), max(a)) for a in zip(*flat, strict=True))
        wide, high = size[0] - 2 * BORDER - 5.0 * text, size[1] - 2 * BORDER - 4.6 * text
        self._scale = max(1.0, min(wide / (high_x - low_x), high / (high_y - low_y)))
        x = size[0] / 2 - self._scale * (low_x + high_x) / 2
        y = (size[1] - 1.4 * text) / 2 - self._scale * (low_y + high_y) / 2
        self._middle = x, y

    def _depth(self, u: _Number, v: _Number) -> _Number:
        return u * self._sin + v * self._cos

    def _flat(self, place: tuple[_Number, _Number, _Number]) -> tuple[_Number, _Number]:
        u, v, height = place
        return u * self._cos - v * self._sin, -(height * self._up + self._depth(u, v) * self._back)

    def _seen(self, place: Place) -> Point:
        x, y = self._flat(place)
        return self._middle[0] + self._scale * x, self._middle[1] + self._scale * y

    def shapes(self) -> Iterator[Shape]:
        """Yield what is behind first."""
        yield from self._walls()
        yield from self._patches()
        yield from self._skirt()
        yield from self._valley()
        weight = self._scene.thickness
        paths = [(path, list(self._lines(path))) for path in self._scene.paths]
        for path, lines in paths:
            for line in lines:
                self._room.take_line(line)
                yield Line(line, Tint(path.colour), 2.2 * weight, dash=path.dash, halo=True,
                           name=path.name or _("path of the run"))  # fmt: skip
        for shape in self._point():
            self._room.take_disc(shape.x, shape.y, shape.radius)
            yield shape
        yield from name_shapes(paths, self._scene, self._room.frame, self._room)
        yield from self._axes()

    def _lines(self, path: Path) -> Iterator[tuple[Point, ...]]:
        """Yield the parts of a path that can be seen."""
        for part in clipped(path_points(path, self._plane), _GROUND):
            yield from self._visible(_denser(part))

    def _patches(self) -> Iterator[Shape]:
        import numpy as np

        cells = self._hill.cells(self._coarse)
        u, v, height = np.moveaxis(cells.corners, 2, 0)
        x, y = self._flat((u, v, height))
        xs, ys = (self._middle[0] + self._scale * x), (self._middle[1] + self._scale * y)
        corners = np.stack([xs, ys], axis=-1).tolist()
        order = np.argsort(-self._depth(*cells.middles.T), kind="stable")
        for cell in order.tolist():
            yield Patch(tuple(map(tuple, corners[cell])), cells.places[cell], cells.shades[cell])

    def _walls(self) -> Iterator[Shape]:
        """Yield the ground's outline and the edges behind the hill."""
        ground: list[Place] = [(-1, -1, 0), (1, -1, 0), (1, 1, 0), (-1, 1, 0), (-1, -1, 0)]
        yield Line(tuple(map(self._seen, ground)), Tint(Ink.LINE), 1.0, name=_("frame"))
        for u, v, _h in ground[:4]:
            ends = self._seen((u, v, 0.0)), self._seen((u, v, _HIGH))
            yield Line(ends, Tint(Ink.LINE, 0.6), 1.0, name=_("frame"))

    def _skirt(self) -> Iterator[Shape]:
        """Yield the sides of the hill that are towards the eye."""
        near_u, near_v = self._near
        steps = [2 * n / _COLUMNS - 1 for n in range(_COLUMNS + 1)]
        for side in ([(s, near_v) for s in steps], [(near_u, s) for s in steps]):
            top = [(u, v, self._hill.height(u, v)) for u, v in side]
            foot = [(u, v, 0.0) for u, v in (side[-1], side[0])]
            yield Patch(tuple(map(self._seen, top + foot)), fill=Tint(Ink.LINE, 0.35))

    @property
    def _near(self) -> Point:
        """The two sides of the ground that are nearest to the eye."""
        return (-1.0 if self._sin > 0 else 1.0), (-1.0 if self._cos > 0 else 1.0)

    def _valley(self) -> Iterator[Shape]:
        scene = self._scene
        weight = scene.thickness
        for level, width, name in (
            (scene.setup.tolerance, 1.0, _("E = tolerance")),
            (0.0, 2.4, _("E = 0")),
        ):
            for out_o in branches(scene.setup, level):
                points = contour_points(scene.setup, out_o, scene.region, _GROUND_SIZE)
                for part in clipped((self._plane.place(*p) for p in points), _GROUND):
                    for line in self._visible(_denser(part)):
                        yield Line(
                            line, Tint(Ink.UPDATE), width * weight, name=name, halo=level == 0.0
                        )

    def _visible(self, part: Iterable[Point]) -> Iterator[tuple[Point, ...]]:
        """Yield the parts of a line on the hill that are not behind it."""
        line: list[Point] = []
        ground = [(x / _HALF, -down / _HALF) for x, down in part]
        places = [(u, v, self._hill.height(u, v) + _LIFT) for u, v in ground]
        for place, is_hidden in zip(places, self._are_hidden(places), strict=True):
            if is_hidden:
                if len(line) > 1:
                    yield tuple(line)
                line = []
            else:
                line.append(self._seen(place))
        if len(line) > 1:
            yield tuple(line)

    def _are_hidden(self, places: list[Place]) -> list[bool]:
        """Say of each place whether the hill is higher somewhere on the way to the eye."""
        import numpy as np

        u, v, height = np.array(places).T[:, :, np.newaxis]
        away = _REACH * (np.arange(1, _STEPS) / _STEPS) ** 1.5
        nearer_u, nearer_v = u - away * self._sin, v - away * self._cos
        above = height + away * self._back / max(self._up, 1e-6)
        is_over = (np.abs(nearer_u) <= 1) & (np.abs(nearer_v) <= 1) & (above <= _HIGH)
        is_over[is_over] = self._hill.heights(nearer_u[is_over], nearer_v[is_over]) > (
            above[is_over] + _LIFT
        )
        found: list[bool] = is_over.any(axis=1).tolist()
        return found

    def _point(self) -> Iterator[Disc | Ring]:
        moment = self._scene.moment
        if moment is None:
            return
        along, down = self._plane.place(moment.w1, moment.w2)
        if not _GROUND.contains(along, down):
            return
        u, v = along / _HALF, -down / _HALF
        yield from point_at(self._seen((u, v, self._hill.height(u, v) + _LIFT)), self._scene)

    def _axes(self) -> Iterator[Shape]:
        """Yield ticks along the two sides of the ground that are nearest to the eye."""
        scene, text = self._scene, self._scene.text
        region = scene.region
        near_u, near_v = self._near
        most = 1.2 * self._scale / (4.5 * text)
        for symbol, low, high, at in (
            ("w_1", region.w1_low, region.w1_high, lambda s: (s, near_v, 0.0)),
            ("w_2", region.w2_low, region.w2_high, lambda s: (near_u, s, 0.0)),
        ):
            made = ticks(symbol, low, high, max(2.0, most), 4.6, scene.numerals)
            out = self._outward(at)
            for value, number in made.marks:
                x, y = self._seen(at(2 * (value - low) / (high - low) - 1))
                if abs(2 * (value - low) / (high - low) - 1) > 0.93:
                    continue  # a corner is the other axis's, too
                tip = x + 4 * out[0], y + 4 * out[1]
                yield Line(((x, y), tip), Tint(Ink.MUTED), 1.0, name=number)
                yield Text(tip[0] + text * out[0], tip[1] + 0.8 * text * out[1], number, text,
                           Ink.MUTED, 4.6 * text, name=number)  # fmt: skip
            x, y = self._seen(at(0.0))
            yield Text(x + 3.0 * text * out[0], y + 2.5 * text * out[1], made.name, 1.15 * text,
                       Ink.TEXT, 20 * text, name=plain(made.name), symbols=(symbol,))  # fmt: skip

    def _outward(self, at: Callable[[float], Place]) -> Point:
        """Return the direction on the ground away from a side, one unit long."""
        (x0, y0), (x1, y1) = self._seen(at(-1.0)), self._seen(at(1.0))
        across = y1 - y0, x0 - x1
        length = math.hypot(*across) or 1.0
        middle = self._seen((0.0, 0.0, 0.0))
        is_inward = across[0] * (middle[0] - x0) + across[1] * (middle[1] - y0) > 0
        sign = -1 if is_inward else 1
        return sign * across[0] / length, sign * across[1] / length


class _Cells(NamedTuple):
    """The patches of the hill: their corners, (n, 4, 3), and their middles on the ground, (n, 2).

    The colour and the light of each are plain numbers.
    """

    corners: "NDArray[np.float64]"
    middles: "NDArray[np.float64]"
    places: list[int]
    shades: list[float]


class _Hill:
    """E over a region as heights from 0 to _HIGH."""

    def __init__(self, setup: Setup, region: Region, scale: ErrorScale) -> None:
        self._setup, self._region, self._scale = setup, region, scale

    def height(self, u: float, v: float) -> float:
        """Return the height above a place of the ground."""
        low1, high1, low2, high2 = self._region
        w1, w2 = low1 + (u + 1) / 2 * (high1 - low1), low2 + (v + 1) / 2 * (high2 - low2)
        error = forward(self._setup, w1, w2).error
        return _HIGH * self._scale.share(error) if math.isfinite(error) else 0.0

    def heights(self, u: "NDArray[np.float64]", v: "NDArray[np.float64]") -> "NDArray[np.float64]":
        """Return the heights above many places, to the last bits."""
        import numpy as np

        region, setup = self._region, self._setup
        w1, w2 = (
            low + (along + 1) / 2 * (high - low)
            for along, low, high in ((u, *region[:2]), (v, *region[2:]))
        )
        with np.errstate(all="ignore"):
            out_h = 1 / (1 + np.exp(-setup.input * w1))
            found = errors_at(setup.target, out_h * w2)
        return _HIGH * np.where(np.isfinite(found), self._scale.shares(found), 0.0)

    def cells(self, coarse: int) -> _Cells:
        """Return the patches, or so many times fewer to each side."""
        # On the start of a run nothing here depends.
        setup = Setup(self._setup.input, self._setup.target)
        return _cells(setup, self._region, self._scale, self._setup.tolerance, coarse)


@lru_cache(maxsize=4)
def _cells(
    setup: Setup, region: Region, scale: ErrorScale, tolerance: float, coarse: int
) -> _Cells:
    import numpy as np

    columns = _COLUMNS // coarse
    along = np.linspace(-1, 1, columns + 1)
    w1s = region.w1_low + (along + 1) / 2 * region.w1_span
    rows = np.array([_rows(setup, region, tolerance, float(w1), coarse) for w1 in w1s]).T
    out_hs = np.array([sigmoid(setup.input * float(w1)) for w1 in w1s])
    with np.errstate(all="ignore"):
        vs = 2 * (rows - region.w2_low) / region.w2_span - 1
    shares = scale.shares(errors_at(setup.target, rows * out_hs))
    nodes = np.stack([np.broadcast_to(along, vs.shape), vs, _HIGH * shares], axis=-1)
    made, middles, places, shades = [], [], [], []
    for row, column in np.ndindex(nodes.shape[0] - 1, columns):
        corners = nodes[row : row + 2, column : column + 2].reshape(4, 3)[[0, 1, 3, 2]]
        across = np.cross(corners[2] - corners[0], corners[3] - corners[1])
        length = float(np.linalg.norm(across))
        if length < 1e-12:
            continue  # of no height, where the valley has left the region
        light = float(across @ _LIGHT) / length
        share = float(shares[row : row + 2, column : column + 2].mean())
        made.append(corners)
        middles.append(corners.mean(axis=0)[:2])
        places.append(round(1 + (LAST - 1) * share))
        shades.append(_SHADE * (light - _LIGHT[2]))
    return _Cells(np.reshape(made, (-1, 4, 3)), np.reshape(middles, (-1, 2)), places, shades)


def _rows(setup: Setup, region: Region, tolerance: float, w1: float, coarse: int) -> list[float]:
    """Return the w2 of the patches' corners along one w1, dense where the valley is.

    They follow the valley and the band around it: so no edge of it is jagged.
    """
    low, high = region.w2_low, region.w2_high
    breaks = [low, *(min(max(w2, low), high) for w2 in _valley_at(setup, tolerance, w1)), high]
    made = [low]
    for place, (start, end) in enumerate(pairwise(breaks)):
        is_first, is_last = place == 0, place == len(breaks) - 2
        count = _ROWS // coarse if is_first or is_last else _BAND_ROWS
        for n in range(1, count + 1):
            share = n / count
            if len(breaks) > 2 and is_first:
                share = 1 - (1 - share) ** 1.6
            elif len(breaks) > 2 and is_last:
                share = share**1.6
            made.append(start + (end - start) * share)
    return made


def _valley_at(setup: Setup, tolerance: float, w1: float) -> list[float]:
    """Return the w2 of the band's edges, and of the valley between them, at one w1."""
    outs = sorted({*branches(setup, tolerance), *branches(setup, 0.0)})
    return sorted(contour(setup, out_o, [w1])[0] for out_o in outs)


def _denser(part: tuple[Point, ...], most: float = 12.0) -> Iterator[Point]:
    """Yield a line's points with others between that are far apart."""
    yield part[0]
    for (x0, y0), (x1, y1) in pairwise(part):
        steps = max(1, math.ceil(math.hypot(x1 - x0, y1 - y0) / most))
        for n in range(1, steps + 1):
            yield x0 + (x1 - x0) * n / steps, y0 + (y1 - y0) * n / steps
