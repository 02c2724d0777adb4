"""The error along each weight alone, below or beside the map."""

from backprop_gui.drawing.shapes import Drawing
from backprop_gui.drawing.slices import draw_slices
from backprop_gui.state.state import State
from backprop_gui.system.texts import _
from backprop_gui.widgets.drawing_canvas import DrawingCanvas, Size
from backprop_gui.widgets.landscape_map import LandscapeMap


class SlicesPicture(DrawingCanvas):
    """E along w1 and along w2 through the point where the run is, over the map's ranges."""

    def __init__(self, surface: LandscapeMap) -> None:
        super().__init__(self._drawn_for, _("Slices"))
        self._surface = surface
        self.setWhatsThis(
            _(
                "The error along each weight alone. Each kept run has a curve through the point "
                "where it ends."
            )
        )
        self.setObjectName("slices")
        self.setMinimumSize(200, 84)

    def show_state(self, _state: State) -> None:
        """Show the moment."""
        if self.isVisible():
            self.redraw()

    def _drawn_for(self, size: Size) -> Drawing:
        return draw_slices(self._surface.scene(self._surface.ground), size)
