"""The landscape's card: the map, how it is looked at, and what stands beside it."""

from functools import partial
from typing import Any

from PySide6.QtCore import QElapsedTimer, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QHBoxLayout,
    QMenu,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.start_map import StartMap
from backprop_gui.lesson.surface import Layer
from backprop_gui.lesson.surface_look import Beside
from backprop_gui.paint.theme import Theme
from backprop_gui.state.state import Computing, State
from backprop_gui.system.texts import _
from backprop_gui.widgets.buttons import tool
from backprop_gui.widgets.card import Page
from backprop_gui.widgets.landscape_map import LandscapeMap
from backprop_gui.widgets.relief_picture import ReliefPicture
from backprop_gui.widgets.sides import Sides
from backprop_gui.widgets.slices_picture import SlicesPicture

_LAYERS = {
    Layer.ERROR: (_("error"), _("Show the error of each pair of weights")),
    Layer.ITERATIONS: (
        _("iterations"),
        _("Show how many iterations a run from each start takes"),
    ),
    Layer.ENDS: (_("ends"), _("Show with which w₂ a run from each start ends")),
}
_BESIDE = {
    Beside.SLICES: (_("slices"), _("Show the error along each weight alone")),
    Beside.RELIEF: (_("relief"), _("Show the error as a hill that can be turned")),
}
_THIN = 4
_TABS = 55  # letters of what else stands in the heading
_ROOM = (520, 420)  # pixels for two pictures
_PACE_MS = 150  # while running: often enough for a point on its way, and the training has the time


class LandscapePanel(QWidget):
    """The map of the error, with tools in the card's heading.

    Signals:
        look_chosen(SurfaceLook): the person wants to look at it so.
        start_chosen(float, float, bool): see `LandscapeMap`.
        ranges_requested(): the person wants to type what is shown.
        map_wanted(object, object): a map of starts for this setup and region is seen.
        map_unwanted(): no map of starts is seen, or the person wants no more of it computed.
    """

    look_chosen = Signal(object)
    start_chosen = Signal(float, float, bool)
    ranges_requested = Signal()
    map_wanted = Signal(object, object)
    map_unwanted = Signal()

    def __init__(self, state: State) -> None:
        super().__init__()
        self._state = state
        self.setMinimumSize(220, 84)  # as the error plot beside it
        self.map = LandscapeMap(state)
        self.slices, self.relief = SlicesPicture(self.map), ReliefPicture(self.map)
        self._beside = {Beside.SLICES: self.slices, Beside.RELIEF: self.relief}
        self._layers = {layer: tool(*words, is_toggle=True) for layer, words in _LAYERS.items()}
        self._sides = {side: tool(*words, is_toggle=True) for side, words in _BESIDE.items()}
        self._linear = tool(_("linear"), _("Linear colours instead of logarithmic"), is_toggle=True)
        self._ranges = tool(_("Ranges…"), _("Type the ranges of w₁ and w₂"))
        self._fit = tool(_("Fit"), _("Show the start, the path and the nearest solutions (F)"))
        self._stop = tool("", "")
        self._menu = tool(_("View"), _("Choose what the landscape shows"))
        self._progress = QProgressBar(textVisible=False)
        self._progress.setMaximumHeight(_THIN)
        self._is_stopped = False
        self._since_shown = QElapsedTimer()
        self._since_shown.start()
        self.tools = self._made_tools()
        self.page = Page(_("Landscape"), self, self.tools, has_picture=True)
        self._pictures = Sides(*_ROOM)
        for view in (self.map, self.slices, self.relief):
            self._pictures.addWidget(view, 1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self._progress)
        layout.addLayout(self._pictures, 1)
        self._connect()
        self.show_computing(None)
        self._show_look()

    def _made_tools(self) -> QWidget:
        tools = QWidget()
        row = QHBoxLayout(tools)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(2)
        row.addStretch(1)
        self._menu.setMenu(QMenu(self._menu))
        self._menu.menu().aboutToShow.connect(self._fill_menu)
        for each in (self._stop, self._menu, *self._in_menu, self._fit):
            row.addWidget(each)
        return tools

    @property
    def _in_menu(self) -> tuple[QPushButton, ...]:
        """The buttons that become rows of a menu where the card is narrow."""
        return *self._layers.values(), self._linear, *self._sides.values(), self._ranges

    def _fill_menu(self) -> None:
        menu = self._menu.menu()
        menu.clear()
        for each in self._in_menu:
            if each in (self._linear, self._ranges, next(iter(self._sides.values()))):
                menu.addSeparator()
            action = menu.addAction(each.text(), each.click)
            action.setCheckable(each.isCheckable())
            action.setChecked(each.isChecked())
            action.setEnabled(each is not self._linear or self._is_of_error)
            action.setWhatsThis(each.toolTip())

    def _connect(self) -> None:
        for layer, button in self._layers.items():
            button.clicked.connect(partial(self._choose, layer=layer))
        for side, button in self._sides.items():
            button.clicked.connect(partial(self._toggle, side))
        self._linear.clicked.connect(lambda on: self._choose(is_linear=on))
        self._ranges.clicked.connect(self.ranges_requested)
        self._fit.clicked.connect(self.map.fit)
        self._stop.clicked.connect(self._on_stop_clicked)
        self.map.look_chosen.connect(self.look_chosen)
        self.map.start_chosen.connect(self.start_chosen)

    def show_state(self, state: State) -> None:
        """Show the run, its moment, the kept runs, and how the person looks at it.

        While the run goes on by itself the pictures follow at the pace of the eye.
        """
        before, self._state = self._state, state
        if state.look != before.look:
            self._is_stopped = False
            self._show_look()
        elif state.is_running and not self._since_shown.hasExpired(_PACE_MS):
            return
        self._since_shown.restart()
        for view in (self.map, self.slices, self.relief):
            view.show_state(state)
        self._want_map()

    def show_start_map(self, start_map: StartMap | None) -> None:
        """Have this map of starts, the finest so far."""
        self.map.show_start_map(start_map)

    def show_computing(self, computing: Computing | None) -> None:
        """Say how far a map of starts is computed, with a button that ends or continues that."""
        self._progress.setVisible(computing is not None)
        if computing:
            self._progress.setMaximum(computing.total)
            self._progress.setValue(computing.done)
        self._stop.setVisible(computing is not None or self._is_stopped)
        self._stop.setText(_("Continue") if self._is_stopped else _("Stop"))
        hint = _("Continue computing the map") if self._is_stopped else _("Compute no more")
        self._stop.setToolTip(hint)

    def show_numerals(self, numerals: Numerals) -> None:
        """Write numbers like this from now on."""
        self.map.show_numerals(numerals)
        for view in (self.slices, self.relief):
            view.redraw()

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        for view in (self.map, self.slices, self.relief):
            view.set_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have both pictures beside or below each other."""
        super().resizeEvent(event)
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Compute what is seen."""
        super().showEvent(event)
        self._want_map()

    def _show_look(self) -> None:
        look = self._state.look
        for layer, button in self._layers.items():
            button.setChecked(layer is look.layer)
        for side, button in self._sides.items():
            button.setChecked(side is look.beside)
        self._linear.setChecked(look.is_linear)
        self._arrange()

    def _arrange(self) -> None:
        has_room = self._pictures.turn(self.size())
        chosen = self._state.look.beside
        for side, view in self._beside.items():
            view.setVisible(side is chosen)
        self.map.setVisible(chosen is Beside.NOTHING or has_room)
        wide = sum(each.sizeHint().width() for each in self._in_menu)
        is_roomy = self.width() > wide + _TABS * self.fontMetrics().averageCharWidth()
        self._menu.setVisible(not is_roomy)
        for each in self._in_menu:
            each.setVisible(is_roomy and (each is not self._linear or self._is_of_error))

    @property
    def _is_of_error(self) -> bool:
        return self._state.look.layer is Layer.ERROR

    def _choose(self, _checked: bool = False, **changes: Any) -> None:
        self._show_look()  # as it is, until it is another one
        self.look_chosen.emit(self._state.look._replace(**changes))

    def _toggle(self, side: Beside) -> None:
        is_on = self._state.look.beside is side
        self._choose(beside=Beside.NOTHING if is_on else side)

    def _want_map(self) -> None:
        if self.isVisible() and self._state.look.layer is not Layer.ERROR:
            if not self._is_stopped:
                self.map_wanted.emit(self._state.run.setup, self.map.region)
        else:
            self.map_unwanted.emit()

    def _on_stop_clicked(self) -> None:
        self._is_stopped = not self._is_stopped
        if self._is_stopped:
            self.map_unwanted.emit()
        else:
            self._want_map()
