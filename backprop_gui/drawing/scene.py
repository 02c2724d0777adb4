"""What a landscape is drawn of, and where each pair of weights is in it."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, NamedTuple

from backprop_gui.core.kept_run import KeptRun
from backprop_gui.core.network import Setup
from backprop_gui.core.run import Trace
from backprop_gui.drawing.clipping import Frame, Point
from backprop_gui.drawing.run_style import PRESENT_STYLE, style
from backprop_gui.drawing.shapes import Ink
from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.start_map import StartMap
from backprop_gui.lesson.surface import Layer, Region

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

TEXT = 12.0  # the usual size of letters: 9 points
BORDER = 8.0  # from every text to the border
_LEFT, _TOP, _RIGHT, _BOTTOM = 3.9, 3.5, 0.6, 1.7  # margins of the plot, in letters
_LEAST = 24.0  # of the plot's sides
_FINE = 14.0  # beyond this size of the letters lines grow with it


def thickness_with(text: float) -> float:
    """Return how many times as thick lines are with letters of this size as with small ones."""
    return max(1.0, text / _FINE)


class Path(NamedTuple):
    """A run in a landscape: up to iteration `upto`, in a colour and a dash of its own."""

    trace: Trace
    colour: Ink
    dash: tuple[float, ...] = ()
    name: str = ""
    upto: int = 1


def kept_paths(kept: Iterable[KeptRun]) -> tuple[Path, ...]:
    """Return the paths of the runs that are shown, as far as they are known."""
    return tuple(
        Path(run.trace, *style(run.colour), run.name, run.trace.last)
        for run in kept
        if run.trace and run.is_shown
    )


class Scene(NamedTuple):
    """All that a landscape shows.

    The moment has a point, and an arrow at the steps that compute a gradient or take a step.
    `text` is the size of letters in units of the drawing. `start_map` is what the layers other
    than the error's show.
    """

    setup: Setup
    region: Region
    layer: Layer = Layer.ERROR
    is_linear: bool = False
    paths: tuple[Path, ...] = ()
    moment: Moment | None = None
    numerals: Numerals = FILES
    text: float = TEXT
    start_map: StartMap | None = None

    @property
    def ink(self) -> Ink:
        """The colour of the run that the moment is of: the first path's."""
        return self.paths[0].colour if self.paths else PRESENT_STYLE[0]

    @property
    def thickness(self) -> float:
        """How many times as thick lines are as with small letters."""
        return thickness_with(self.text)


class Plane(NamedTuple):
    """Where weights are in a drawing: `region` fills `frame`, w1 to the right and w2 up."""

    region: Region
    frame: Frame

    def place(self, w1: float, w2: float) -> Point:
        """Return where the weights are, in units of the drawing."""
        x = self.frame.left + (w1 - self.region.w1_low) * self.units_per_w1
        return x, self.frame.bottom - (w2 - self.region.w2_low) * self.units_per_w2

    def places(
        self, w1s: "NDArray[np.float64]", w2s: "NDArray[np.float64]"
    ) -> tuple["NDArray[np.float64]", "NDArray[np.float64]"]:
        """Return where many weights are: the x of all and the y of all."""
        x = self.frame.left + (w1s - self.region.w1_low) * self.units_per_w1
        return x, self.frame.bottom - (w2s - self.region.w2_low) * self.units_per_w2

    def weights(self, x: float, y: float) -> Point:
        """Return the (w1, w2) that are at a point of the drawing."""
        w1 = self.region.w1_low + (x - self.frame.left) / self.units_per_w1
        return w1, self.region.w2_low + (self.frame.bottom - y) / self.units_per_w2

    def contains(self, x: float, y: float) -> bool:
        """Say whether a point of the drawing is on the plane."""
        return self.frame.contains(x, y)

    @property
    def units_per_w1(self) -> float:
        """Units of the drawing for a difference of 1 in w1."""
        return self.frame.width / self.region.w1_span

    @property
    def units_per_w2(self) -> float:
        """Units of the drawing for a difference of 1 in w2."""
        return self.frame.height / self.region.w2_span


def frame_of(size: tuple[float, float], text: float = TEXT) -> Frame:
    """Return the rectangle of the plot in a drawing of this size with letters of this size."""
    left, top = BORDER + _LEFT * text, 0.5 * BORDER + _TOP * text
    right, bottom = size[0] - BORDER - _RIGHT * text, size[1] - BORDER - _BOTTOM * text
    return Frame(left, top, max(right, left + _LEAST), max(bottom, top + _LEAST))


def aspect_of(size: tuple[float, float], text: float = TEXT) -> float:
    """Return how many times as wide as high the plot is, for a region with equal units."""
    frame = frame_of(size, text)
    return frame.width / frame.height


def size_of(region: Region, room: tuple[float, float], text: float = TEXT) -> tuple[float, float]:
    """Return the size of a drawing within a room that shows a region in equal units."""
    frame, aspect = frame_of(room, text), region.w1_span / region.w2_span
    width = min(frame.width, frame.height * aspect)
    return room[0] - (frame.width - width), room[1] - (frame.height - width / aspect)


def plane_of(scene: Scene, size: tuple[float, float]) -> Plane:
    """Return the plane of the drawing that `draw_landscape` makes of a scene."""
    return Plane(scene.region, frame_of(size, scene.text))
