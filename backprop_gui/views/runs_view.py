"""The list of runs: the present one, and those that are kept beside it."""

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint, QRectF, QSize, Qt, Signal, SignalInstance
from PySide6.QtGui import QPainter, QPixmap, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QMenu, QStackedLayout, QVBoxLayout, QWidget

from backprop_gui.drawing.run_style import PRESENT_STYLE, style
from backprop_gui.drawing.shapes import Drawing, Ink
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.lesson.run_names import LONGEST
from backprop_gui.lesson.run_table import PRESENT, RunRow, in_short, row_of, row_of_kept
from backprop_gui.lesson.spoken import aloud
from backprop_gui.paint.painter import paint
from backprop_gui.paint.theme import LIGHT, Theme
from backprop_gui.state.state import State
from backprop_gui.system.texts import _
from backprop_gui.widgets.buttons import button, command_button
from backprop_gui.widgets.card import Page
from backprop_gui.widgets.plain import TEXT_PX, label
from backprop_gui.widgets.run_legend import Named, swatch
from backprop_gui.widgets.run_list import RunCell, RunList
from backprop_gui.widgets.sides import Sides
from backprop_gui.widgets.sweep_picture import SweepPicture

if TYPE_CHECKING:
    from backprop_gui.widgets.race_reading import RaceLine, RaceReading

_ROOM = (520, 340)  # pixels for both
_RACE_ROOM = 22  # units of the text in height, for a list and all that is said of a mistake
_LEAST_SHARE = 0.3  # of the width for the plot
_SWATCH = (30, 16)  # in units of a text of 13 pixels
_LEAST_SIZE = (220, 84)
_HEADINGS = (_("Run"), "k", "E", _("Ended by"), "w₁", "w₂", _("Setup"))


class RunsView(QWidget):
    """Runs with their colour, name, setup and end. What a person does here, `state` is asked to do.

    Signals:
        keep_requested(): keep the present run.
        sweep_requested(): keep a run for each of several values.
        race_requested(): keep a run with a mistake.
        remove_requested(int), present_requested(int): remove a kept run, go on with it; its id.
        show_requested(int, bool): draw the curve of the kept run with this id, or do not.
        rename_requested(int, str): give it this name.
    """

    keep_requested = Signal()
    sweep_requested = Signal()
    race_requested = Signal()
    remove_requested = Signal(object)
    present_requested = Signal(object)
    show_requested = Signal(object, bool)
    rename_requested = Signal(object, str)

    def __init__(self, state: State, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._state = state
        self._numerals, self._theme = FILES, LIGHT
        self._rows: dict[object, list[RunCell]] = {}  # of kept runs, which seldom change
        self.setObjectName("runs")
        self.setAccessibleName(_("Runs"))
        self.setWhatsThis(
            _(
                "The runs to compare, in the colours of their curves. A check shows a curve, a "
                "double click renames a run, and Enter goes on with it."
            )
        )
        self._list = RunList(_HEADINGS, _("Runs"), LONGEST)
        self._list.checked.connect(self._on_checked)
        self._list.renamed.connect(self.rename_requested)
        self._list.chosen.connect(partial(self._ask, self.present_requested))
        self._list.removed.connect(partial(self._ask, self.remove_requested))
        self._list.toggled.connect(self._on_toggled)
        self._list.currentCellChanged.connect(self._on_current_changed)
        self._list.customContextMenuRequested.connect(self._on_menu_requested)
        keep = command_button("keep", _("Keep"), style="tool")
        keep.clicked.connect(self.keep_requested)
        sweep = command_button("sweep", _("Sweep…"), style="tool")
        sweep.clicked.connect(self.sweep_requested)
        race = command_button("race", _("Race…"), style="tool")
        race.clicked.connect(self.race_requested)
        self.page = Page(_("Runs"), self, _row(keep, sweep, race), has_picture=True)
        self._buttons = {
            "present": button(_("Go on with it"), _("Make this the present run (Enter)"), "tool"),
            "rename": button(_("Rename"), _("Rename this run (F2)"), "tool"),
            "remove": button(_("Remove"), _("Remove this run (Delete)"), "tool"),
        }
        for name, each in self._buttons.items():
            each.clicked.connect(partial(self._act, name))
        self._sweep = SweepPicture()
        self._sides = Sides(*_ROOM)
        # Made when a mistake is raced: all that is said of it, and the same in short.
        self._race: tuple[RaceReading, RaceLine] | None = None
        self._foot = QBoxLayout(QBoxLayout.Direction.LeftToRight)
        self._stack = QStackedLayout(self)
        self._stack.addWidget(self._made_empty())
        self._stack.addWidget(self._made_list())

    def minimumSizeHint(self) -> QSize:
        """Return the least size of the error plot beside it: the list can be scrolled."""
        return QSize(*_LEAST_SIZE)

    def _made_list(self) -> QWidget:
        page = QWidget()
        self._column = layout = QVBoxLayout(page)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self._sides.addWidget(self._list, 3)
        self._sides.addWidget(self._sweep, 2)
        layout.addLayout(self._sides, 1)
        self._foot.setContentsMargins(0, 0, 0, 0)
        self._foot.setSpacing(4)
        self._foot.addWidget(_row(*self._buttons.values()))
        layout.addLayout(self._foot)
        return page

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the plot beside the list, or below it."""
        super().resizeEvent(event)
        self._arrange()
        self._show_race()

    def _arrange(self) -> None:
        is_beside = self.width() >= _ROOM[0]
        directions = QBoxLayout.Direction
        self._foot.setDirection(directions.LeftToRight if is_beside else directions.BottomToTop)
        has_room = self._sides.turn(self.size())
        self._sweep.setVisible(self._sweep.has_runs and has_room)
        # What the columns leave, so that the setups can be read, too.
        left = self.width() - self._list.wide if self._sides.is_wide else self.width()
        self._sweep.setMaximumWidth(max(left, round(_LEAST_SHARE * self.width())))

    def _made_empty(self) -> QWidget:
        """Return what is there while no run is kept: what to do, and a button that does it."""
        page = QWidget()
        said = label(
            _(
                "No run is kept yet. Keep this run, then change a number and run again: both "
                "curves stay in the plot, each with a name."
            ),
            "said",
        )
        said.setWordWrap(True)
        said.setAlignment(Qt.AlignmentFlag.AlignCenter)
        keep = command_button("keep", style="primary")
        keep.clicked.connect(self.keep_requested)
        layout = QVBoxLayout(page)
        layout.addStretch(1)
        layout.addWidget(said)
        layout.addSpacing(8)
        layout.addWidget(keep, 0, Qt.AlignmentFlag.AlignHCenter)
        layout.addStretch(1)
        return page

    def show_state(self, state: State) -> None:
        """Show the run as far as it is known, and the kept ones."""
        self._state = state
        if self.isVisible():
            self._refresh()

    def show_numerals(self, numerals: Numerals) -> None:
        """Write numbers like this from now on."""
        self._numerals = numerals
        self._sweep.show_numerals(numerals)
        if self.isVisible():
            self._refresh()

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        self._theme = theme
        self._sweep.set_theme(theme)
        self._rows = {}
        self._list.forget_pictures()
        if self.isVisible():
            self._refresh()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with the state."""
        super().showEvent(event)
        self._refresh()

    def _refresh(self) -> None:
        kept = self._state.kept
        self._stack.setCurrentIndex(1 if kept else 0)
        if not kept:
            return
        known = {(run, run.trace, run.is_whole, self._numerals): run for run in kept}
        self._rows = {
            key: self._rows.get(key) or self._cells(row_of_kept(run)) for key, run in known.items()
        }
        ids = [PRESENT, *(run.id for run in kept)]
        self._list.show_rows(ids, [self._cells(row_of(self._state.run)), *self._rows.values()])
        self._sweep.show_state(self._state)
        self._arrange()
        self._on_current_changed()

    def _on_current_changed(self, *_cell: int) -> None:
        self._show_buttons()
        self._show_race()

    def _show_race(self) -> None:
        """Say what tells the current run, or the newest one, that has a mistake."""
        raced = [run for run in self._state.kept if run.setup.is_mistaken]
        current = [run for run in raced if run.id == self._list.current_id]
        run = next(iter(current or raced[-1:]), None)
        if run is None:
            if self._race:
                self._race[0].hide()
                self._race[1].hide()
            return
        # Imported where it is used: most comparisons do without.
        from backprop_gui.lesson.race import race_of
        from backprop_gui.widgets.race_reading import RaceLine, RaceReading

        if self._race is None:
            self._race = whole, line = RaceReading(), RaceLine()
            self._column.insertWidget(1, whole)
            self._foot.addWidget(line, 1)
        race = race_of(run, self._state.moment.iteration, self._numerals)
        has_room = self.height() >= _RACE_ROOM * self.fontInfo().pixelSize()
        whole, line = self._race
        whole.setVisible(has_room)
        line.setVisible(not has_room)
        shown: RaceReading | RaceLine = whole if has_room else line
        shown.show_race(run.name, race, self._numerals)

    def _cells(self, row: RunRow) -> list[RunCell]:
        numerals, kept = self._numerals, row.kept
        ink, dash = style(kept.colour) if kept else PRESENT_STYLE
        why = row.why(numerals)
        name = RunCell(
            row.name,
            hint=row.name,
            is_checked=kept.is_shown if kept else None,
            picture=(ink, dash),
            paint=self._swatch,
        )
        ended = RunCell(row.ended, f"{why}." if why else "")
        setup = in_short(row.setup, numerals)
        of_run = numerals.of(row.setup)
        values = row.values or (None, None, None)
        error, *weights = (_number(value, of_run) for value in values)
        return [
            name,
            RunCell(numerals.count(row.iterations) if row.end else "…", is_number=True),
            error,
            ended,
            *weights,
            RunCell(setup, hint=setup, spoken=aloud(setup)),
        ]

    def _swatch(self, look: tuple[Ink, tuple[float, ...]]) -> QPixmap:
        """Return a piece of a run's curve."""
        unit = self.fontInfo().pixelSize() / TEXT_PX
        width, height = (side * unit for side in _SWATCH)
        ratio = self.devicePixelRatioF()
        picture = QPixmap(round(width * ratio), round(height * ratio))
        picture.setDevicePixelRatio(ratio)
        picture.fill(Qt.GlobalColor.transparent)
        line = swatch(Named(*look, ""), 1.0, height / 2, width - 4, 2.2 * unit)
        with QPainter(picture) as painter:
            area = QRectF(0, 0, width, height)
            paint(painter, Drawing(width, height, (line,), ()), area, self._theme, self.font())
        return picture

    def _show_buttons(self) -> None:
        is_kept = self._list.current_id not in (None, PRESENT)
        for name, each in self._buttons.items():
            each.setEnabled(is_kept and (name != "present" or self._is_other))

    @property
    def _is_other(self) -> bool:
        """Whether the current row is of a run with another setup than the present one."""
        runs = {run.id: run.setup for run in self._state.kept}
        return runs.get(self._list.current_id or PRESENT) not in (None, self._state.run.setup)

    def _act(self, name: str) -> None:
        if name == "rename":
            self._list.begin_renaming()
        else:
            self._ask(self.present_requested if name == "present" else self.remove_requested)

    def _ask(self, signal: SignalInstance) -> None:
        """Ask for something to be done with the current kept run."""
        id = self._list.current_id
        if id not in (None, PRESENT):
            signal.emit(id)

    def _on_checked(self, id: int, is_checked: bool) -> None:
        self.show_requested.emit(id, is_checked)

    def _on_toggled(self) -> None:
        shown = {run.id: run.is_shown for run in self._state.kept}
        id = self._list.current_id
        if id in shown:
            self.show_requested.emit(id, not shown[id])

    def _on_menu_requested(self, place: QPoint) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        is_kept = self._list.current_id not in (None, PRESENT)
        for text, keys, act, is_enabled in (
            (_("&Go on with it"), "Return", partial(self._act, "present"), self._is_other),
            (_("Show or &hide the curve"), "H", self._on_toggled, is_kept),
            (_("Re&name"), "F2", partial(self._act, "rename"), is_kept),
            (_("&Remove"), "Del", partial(self._act, "remove"), is_kept),
        ):
            action = menu.addAction(text, act)
            action.setShortcut(keys)
            action.setShortcutVisibleInContextMenu(True)
            action.setEnabled(is_enabled)
        menu.popup(self._list.viewport().mapToGlobal(place))


def _number(value: float | None, numerals: Numerals) -> RunCell:
    if value is None:
        return RunCell("…", is_number=True)
    text = numerals.short(value)
    return RunCell(text, numerals.full(value), aloud(text), is_number=True)


def _row(*parts: QWidget) -> QWidget:
    holder = QWidget()
    layout = QHBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.setSpacing(2)
    for part in parts:
        layout.addWidget(part)
    layout.addStretch(1)
    return holder
