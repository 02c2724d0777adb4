"""The map of the error over the two weights: with the run on it, and every start at a click."""

import math
from dataclasses import replace
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QShowEvent, QWheelEvent

from backprop_gui.core.run import Trace
from backprop_gui.drawing.landscape import draw_landscape
from backprop_gui.drawing.run_style import PRESENT_STYLE
from backprop_gui.drawing.scene import Path, Plane, Scene, aspect_of, kept_paths, plane_of
from backprop_gui.drawing.shapes import Drawing, Ink
from backprop_gui.lesson.ahead import trace_ahead
from backprop_gui.lesson.fields import FIELDS
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.spoken import aloud
from backprop_gui.lesson.start_map import StartMap
from backprop_gui.lesson.start_words import start_words
from backprop_gui.lesson.surface import Region, region_problem, usual_region
from backprop_gui.lesson.surface_look import SurfaceLook
from backprop_gui.state.state import State
from backprop_gui.system.texts import _
from backprop_gui.widgets.drawing_canvas import DrawingCanvas, Size, is_own_key
from backprop_gui.widgets.plain import label, say

if TYPE_CHECKING:
    from backprop_gui.core.network import Setup

_ZOOM = 1.25  # for a notch of the wheel
_NOTCH = 120.0  # of a wheel, as Qt counts
_CLICK_PX = 4  # how far a click may move
_START_PX = 12.0  # from the start, where it can be taken hold of
_WEIGHTS = tuple(field for field in FIELDS if field.name in ("w1", "w2"))
_MOVES = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Down: (0, -1),
    Qt.Key.Key_Up: (0, 1),
}
_OWN_KEYS = (
    *_MOVES,
    *(Qt.Key.Key_Plus, Qt.Key.Key_Equal, Qt.Key.Key_Minus, Qt.Key.Key_F, Qt.Key.Key_0),
    *(Qt.Key.Key_Return, Qt.Key.Key_Enter),
)


class LandscapeMap(DrawingCanvas):
    """The error over the weights, as the state says how to look at it.

    The wheel zooms, dragging moves the map, or the start where it is taken hold of. A click, or
    the Enter key where the pointer is, starts a run there. With the focus, the arrow keys move the
    start by a box's step; + and − zoom, F shows everything.

    Signals:
        start_chosen(float, float, bool): begin a run with these w1 and w2; True: it goes on with
            the change before.
        look_chosen(SurfaceLook): the person wants to look at it so.
    """

    start_chosen = Signal(float, float, bool)
    look_chosen = Signal(object)

    def __init__(self, state: State) -> None:
        super().__init__(self._drawn_for, _("Landscape"))
        self.setWhatsThis(
            _(
                "The error over the two weights. Click to start a run there; drag the map or the "
                "start; the wheel zooms."
            )
        )
        self.setObjectName("landscape")
        self._state = state
        self._numerals = FILES
        self._fitted: Region | None = None  # what is shown where nobody chose
        self._fitted_for: tuple[Setup, float] | None = None
        self._start_map: StartMap | None = None
        self._pressed: QPointF | None = None
        self._held: Region | None = None  # the map as it was when it was taken hold of
        self._is_start_held = self._is_dragged = False
        self._pointer: QPointF | None = None
        self._reading = label(style="reading")
        self._reading.setParent(self)
        self._reading.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._reading.hide()
        self._soon = QTimer(self, singleShot=True, interval=0)
        self._soon.timeout.connect(self._read)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setMinimumSize(220, 84)

    def show_state(self, state: State) -> None:
        """Show the run, its moment and the kept runs."""
        self._state = state
        if self.isVisible():
            self.redraw()
            if self._pointer:
                self._soon.start()

    def show_start_map(self, start_map: StartMap | None) -> None:
        """Have this map of starts for the layers that show one."""
        if start_map is not self._start_map:  # it is told of more often than there is another
            self._start_map = start_map
            self.redraw()

    def show_numerals(self, numerals: Numerals) -> None:
        """Write numbers like this from now on."""
        self._numerals = numerals
        self.redraw()

    def fit(self) -> None:
        """Show the start, the path and the nearest part of the valley."""
        self._fitted_for = None
        self.look_chosen.emit(self._look.with_usual_region)
        self.redraw()

    def zoom(self, factor: float, around: QPointF | None = None) -> None:
        """Show a part `factor` times as wide, around a point in pixels or around the middle."""
        plane = self.plane
        x, y = around.toTuple() if around else plane.frame.centre
        w1, w2 = plane.weights(x, y)
        region = plane.region
        self._look_at(
            Region(
                w1 + (region.w1_low - w1) * factor,
                w1 + (region.w1_high - w1) * factor,
                w2 + (region.w2_low - w2) * factor,
                w2 + (region.w2_high - w2) * factor,
            )
        )

    @property
    def plane(self) -> Plane:
        """Where each pair of weights is, in pixels."""
        return plane_of(self.scene(self.ground), self.ground)

    @property
    def region(self) -> Region:
        """The part of the plane of weights that is shown."""
        return self._region(self.ground)

    def scene(self, size: Size) -> Scene:
        """Return what is drawn on a ground of this size, in pixels."""
        state, look = self._state, self._look
        return Scene(
            state.run.setup,
            self._region(size),
            look.layer,
            look.is_linear,
            self._paths(),
            state.moment,
            self._numerals,
            self._text,
            self._start_map,
        )

    @property
    def start_map(self) -> StartMap | None:
        """The map of starts, the finest so far."""
        return self._start_map

    @property
    def _look(self) -> SurfaceLook:
        return self._state.look

    @property
    def _text(self) -> float:
        return self.fontInfo().pixelSize() * 1.0

    def _drawn_for(self, size: Size) -> Drawing:
        return draw_landscape(self.scene(size), size)

    def _paths(self) -> tuple[Path, ...]:
        run = self._state.run
        paths = [Path(run.trace, *PRESENT_STYLE, upto=run.iterations)]
        ahead = self._ahead
        if ahead and ahead.last > run.iterations:
            paths.append(Path(ahead, Ink.MUTED, (3.0, 4.0), upto=ahead.last))
        return *paths, *kept_paths(self._state.kept)

    @property
    def _ahead(self) -> Trace | None:
        """The path that the run takes from here, where that is soon computed."""
        return None if self._state.run.stop else trace_ahead(self._state.run.setup)

    def _region(self, size: Size) -> Region:
        look, aspect = self._look, aspect_of(size, self._text)
        if look.region:
            return look.region if look.is_typed else look.region.widened(aspect)
        setup, moment = self._state.run.setup, self._state.moment
        key = replace(setup, w1=0.0, w2=0.0, eta=0.0, tolerance=0.0, max_iterations=1), aspect
        fitted = self._fitted
        is_inside = fitted and fitted.contains(moment.w1, moment.w2)
        if fitted is None or key != self._fitted_for or not (is_inside or self._is_start_held):
            trace = self._ahead or self._state.run.trace
            self._fitted, self._fitted_for = usual_region(setup, trace, aspect), key
        return self._fitted or usual_region(setup, None, aspect)

    def _look_at(self, region: Region) -> None:
        if region_problem(region) is None:
            self.look_chosen.emit(self._look._replace(region=region))

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Zoom around the pointer."""
        notches = event.angleDelta().y() / _NOTCH
        if notches and self.plane.contains(*event.position().toTuple()):
            self.zoom(_ZOOM**-notches, event.position())
            event.accept()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take hold of the start, where it is, or of the map."""
        point = event.position()
        plane = self.plane
        if event.button() != Qt.MouseButton.LeftButton or not plane.contains(*point.toTuple()):
            event.ignore()
            return
        self._pressed, self._held, self._is_dragged = point, plane.region, False
        start = self._state.run.setup.w1, self._state.run.setup.w2
        self._is_start_held = math.dist(plane.place(*start), point.toTuple()) <= _START_PX

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Move what is held; else read what is pointed at."""
        self._pointer = event.position()
        if self._pressed is None:
            self._point()
            return
        away = self._pointer - self._pressed
        if not self._is_dragged and away.manhattanLength() <= _CLICK_PX:
            return
        goes_on, self._is_dragged = self._is_dragged, True
        self._reading.hide()
        if self._is_start_held:
            self.start_chosen.emit(*self._weights(self._pointer), goes_on)
        elif self._held:
            plane = self.plane
            w1, w2 = away.x() / plane.units_per_w1, -away.y() / plane.units_per_w2
            low1, high1, low2, high2 = self._held
            self._look_at(Region(low1 - w1, high1 - w1, low2 - w2, high2 - w2))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Start where a click was."""
        pressed, self._pressed = self._pressed, None
        is_click = pressed is not None and not self._is_dragged and not self._is_start_held
        self._is_start_held = self._is_dragged = False
        if is_click and event.button() == Qt.MouseButton.LeftButton:
            self.start_chosen.emit(*self._weights(event.position()), False)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Keep a double click on the map from the card, which it would enlarge."""
        event.setAccepted(self.plane.contains(*event.position().toTuple()))

    def event(self, event: QEvent) -> bool:
        """Keep the keys that are the map's while it has the focus."""
        if is_own_key(event, _OWN_KEYS):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Move the start, zoom, fit, and start where the pointer is."""
        key = Qt.Key(event.key())
        if key in _MOVES:
            setup = self._state.run.setup
            steps = zip(_WEIGHTS, _MOVES[key], strict=True)
            moved = [
                f.stepped(getattr(setup, f.name), n) if n else getattr(setup, f.name)
                for f, n in steps
            ]
            self.start_chosen.emit(*moved, True)
        elif key in (Qt.Key.Key_Plus, Qt.Key.Key_Equal):
            self.zoom(1 / _ZOOM)
        elif key == Qt.Key.Key_Minus:
            self.zoom(_ZOOM)
        elif key in (Qt.Key.Key_F, Qt.Key.Key_0):
            self.fit()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self._pointer:
            self.start_chosen.emit(*self._weights(self._pointer), False)
        else:
            super().keyPressEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Read nothing where nothing is pointed at."""
        self._pointer = None
        self._reading.hide()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with the state."""
        super().showEvent(event)
        self.redraw()

    def hideEvent(self, event: QHideEvent) -> None:
        """Let go of what was held."""
        super().hideEvent(event)
        self._pressed = None
        self._is_start_held = self._is_dragged = False

    def _weights(self, point: QPointF) -> tuple[float, float]:
        """Return the weights at a point, as short as pixels tell them apart."""
        plane = self.plane
        w1, w2 = plane.weights(*point.toTuple())
        return _rounded(w1, 1 / plane.units_per_w1), _rounded(w2, 1 / plane.units_per_w2)

    def _point(self) -> None:
        if self._pointer and self.plane.contains(*self._pointer.toTuple()):
            self.setCursor(Qt.CursorShape.CrossCursor)
            self._soon.start()
        else:
            self.unsetCursor()
            self._reading.hide()

    def _read(self) -> None:
        """Say in a corner what a run that starts at the pointer would have."""
        if self._pointer is None or self._pressed is not None:
            return
        weights = self._weights(self._pointer)
        setup = replace(self._state.run.setup, w1=weights[0], w2=weights[1])
        say(self._reading, start_words(setup, self._numerals))
        self._reading.adjustSize()
        frame = self.plane.frame
        is_right = self._pointer.x() > frame.centre[0]
        x = frame.left + 6 if is_right else frame.right - self._reading.width() - 6
        self._reading.move(QPoint(round(x), round(frame.bottom - self._reading.height() - 6)))
        self._reading.show()
        self.setAccessibleDescription(aloud(self._reading.text()))


def _rounded(weight: float, pixel: float) -> float:
    """Return the shortest number within half a pixel of a weight."""
    return round(weight, max(0, math.ceil(-math.log10(pixel)))) + 0.0
