"""How the error over the weights is looked at."""

from enum import Enum
from typing import NamedTuple

from backprop_gui.lesson.surface import Layer, Region


class Beside(Enum):
    """What stands beside the map of the error."""

    NOTHING = "nothing"
    SLICES = "slices"
    RELIEF = "relief"


class SurfaceLook(NamedTuple):
    """How the error over the weights is looked at.

    `region` is the part that is shown, None for the usual one; one that `is_typed` is shown as it
    is, any other with equal units along both axes.
    """

    layer: Layer = Layer.ERROR
    is_linear: bool = False
    beside: Beside = Beside.NOTHING
    region: Region | None = None
    is_typed: bool = False

    @property
    def with_usual_region(self) -> "SurfaceLook":
        """The same, at the part of the plane that is shown where nobody chose."""
        return self._replace(region=None, is_typed=False)


USUAL_LOOK = SurfaceLook()
