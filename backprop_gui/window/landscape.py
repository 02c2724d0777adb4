"""What the landscape's card asks for: starts, maps of starts, and ranges that are typed."""

from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.surface import Region
from backprop_gui.state.session import Session
from backprop_gui.state.start_maps import StartMaps
from backprop_gui.views.landscape_panel import LandscapePanel
from backprop_gui.widgets.command import Passing
from backprop_gui.window.gate import Gate


class Landscape(QObject):
    """Carries out what a person does in the landscape.

    Whoever has one calls `end` before it goes.
    """

    def __init__(
        self,
        session: Session,
        panel: LandscapePanel,
        gate: Gate,
        numerals: Callable[[], Numerals],
        window: QWidget,
    ) -> None:
        super().__init__(window)
        self._session, self._panel, self._window = session, panel, window
        self._numerals = numerals
        self.maps = StartMaps(self)
        self.maps.changed.connect(self._on_maps_changed)
        panel.map_wanted.connect(self.maps.want)
        panel.map_unwanted.connect(self.maps.stop)
        panel.look_chosen.connect(gate.before(session.set_look, Passing.GOES_ON))
        panel.start_chosen.connect(gate.before(self._on_start_chosen))
        panel.ranges_requested.connect(gate.before(self.ask_for_ranges, Passing.GOES_ON))

    def ask_for_ranges(self) -> None:
        """Ask which part of the plane of weights is shown."""
        from backprop_gui.dialogs.ranges_dialog import RangesDialog

        dialog = RangesDialog(self._panel.map.region, self._window, self._numerals())
        dialog.answered.connect(self._show_region)
        dialog.exec()
        dialog.deleteLater()

    def end(self) -> None:
        """Compute no more; when this returns no thread is left."""
        self.maps.stop()

    def _show_region(self, region: Region) -> None:
        look = self._session.state.look
        self._session.set_look(look._replace(region=region, is_typed=True))

    def _on_start_chosen(self, w1: float, w2: float, goes_on: bool) -> None:
        setup = replace(self._session.setup, w1=w1, w2=w2)
        self._session.set_setup(setup, goes_on=goes_on)

    def _on_maps_changed(self) -> None:
        self._panel.show_start_map(self.maps.map)
        self._panel.show_computing(self.maps.computing)
