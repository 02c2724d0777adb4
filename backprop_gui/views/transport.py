"""The iteration, the scrubber, the buttons that step and run, and the speed."""

import math
from collections.abc import Iterable
from functools import partial
from typing import NamedTuple

from PySide6.QtCore import QEvent, QSignalBlocker, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QVBoxLayout, QWidget

from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.state.state import State
from backprop_gui.system.texts import _
from backprop_gui.widgets.buttons import command_button
from backprop_gui.widgets.command import bare
from backprop_gui.widgets.commands import COMMANDS
from backprop_gui.widgets.iteration_box import IterationBox
from backprop_gui.widgets.mark_slider import MarkSlider, Slider
from backprop_gui.widgets.plain import label
from backprop_gui.widgets.problem_label import ProblemLabel

SPEEDS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 10_000, 100_000, 1_000_000, math.inf)

_SCRUBBER_HEIGHT = 14  # of its handle
_TIMELINE_HEIGHT = 38  # kept free for it, so that nothing jumps when it comes
_SPEED_LETTERS = 11  # that have room


class _Pair(NamedTuple):
    """What takes a person back and on by the same distance: signs and commands."""

    label: str  # between the two
    back: str
    on: str
    back_command: str
    on_command: str


_PAIRS = {
    "step": _Pair(_("Step"), "◀", "▶", "step_back", "step"),
    "phase": _Pair(_("Phase"), "◀", "▶", "phase_back", "phase"),
    "iteration": _Pair(_("Iteration"), "◀", "▶", "iteration_back", "iteration"),
    "run": _Pair("", "|◀ " + _("Start"), _("End") + " ▶|", "first", "end"),
}


class _RunButton(QPushButton):
    """A button as wide as the widest of its texts, so that nothing moves when it has another."""

    def sizeHint(self) -> QSize:
        """Return the size for the widest text."""
        run, measured = COMMANDS["run"], self.fontMetrics().horizontalAdvance
        widest = max(measured(bare(text)) for text in (run.text, run.text_on, run.text_over))
        return super().sizeHint() + QSize(widest - measured(self.text()), 0)


class Transport(QWidget):
    """Where the person is in the run, and how to get elsewhere.

    Signals:
        run_toggled(bool): the button that said to run, True, or to pause, when it was pressed.
        back_requested(str), on_requested(str): a button that goes by "step", "phase",
            "iteration" or, to its ends, by "run".
        iteration_chosen(int): an iteration was typed, or the scrubber was moved to it.
        edit_ended(): the person is done with the box of the iteration; the keys may go elsewhere.
        speed_chosen(float): iterations per second, infinite for as fast as it goes.
    """

    back_requested = Signal(str)
    on_requested = Signal(str)
    run_toggled = Signal(bool)
    iteration_chosen = Signal(object)  # of any size: a Qt int ends at 2^31
    edit_ended = Signal()
    speed_chosen = Signal(float)

    def __init__(self, state: State, speed: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(_("Controls"))
        self.setWhatsThis(_("Shows where you are in the run, and moves you through it."))
        self._state = state
        self._numerals = FILES
        self._is_run_wanted = True
        self._run = command_button("run", style="primary", kind=_RunButton)
        self._backs = {
            by: command_button(pair.back_command, pair.back, "step") for by, pair in _PAIRS.items()
        }
        self._ons = {
            by: command_button(pair.on_command, pair.on, "step") for by, pair in _PAIRS.items()
        }
        self._iteration = IterationBox()
        self._known = label(style="place")
        self._problem = ProblemLabel()
        self._exports = _ExportsButton()
        self._scrubber = Slider()
        self._scrubber.setAccessibleName(_("Iteration"))
        self._scrubber.setToolTip(_("Go to any iteration that is computed already"))
        self._scrubber.setRange(1, 1)
        self._scrubber.setFixedHeight(_SCRUBBER_HEIGHT)
        self._speed = MarkSlider(SPEEDS, self._speed_text)
        self._speed.setAccessibleName(_("Speed"))
        self._speed.setToolTip(_("Iterations per second while running"))
        self._speed.setFixedWidth(88)
        self._speed_label = label()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(4)
        self._place_row = self._made_place_row()
        layout.addLayout(self._place_row)
        layout.addWidget(self._scrubber)
        self._middle = QVBoxLayout()
        self._middle.addSpacing(_TIMELINE_HEIGHT)
        layout.addLayout(self._middle)
        self._buttons = self._made_button_row()
        layout.addLayout(self._buttons)
        self._connect()
        self.show_speed(speed)
        self._show_place()

    def stops(self, timeline: Iterable[QWidget]) -> tuple[QWidget, ...]:
        """Return where the Tab key stops, in this order, with the stops of the timeline."""
        steps = [part for by in ("step", "phase", "iteration") for part in self._pair(by)]
        first, last = self._pair("run")
        place = (self._iteration, self._speed, self._scrubber)
        return (*place, *timeline, self._run, first, *steps, last, self._exports)

    def hold(self, timeline: QWidget) -> None:
        """Take the timeline in, between the scrubber and the buttons."""
        self._middle.takeAt(0)
        self._middle.addWidget(timeline)

    def offer_exports(self, menu: QMenu) -> None:
        """Have this menu on the button for exports."""
        self._exports.setMenu(menu)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Put the button for exports where there is room, with as many words."""
        super().resizeEvent(event)
        is_in_row = self._buttons.indexOf(self._exports) >= 0
        own = self._exports.sizeHint().width() if is_in_row else -self._buttons.spacing()
        is_beside = self._exports.fit(self.width() - self._buttons.sizeHint().width() + own)
        (self._buttons if is_beside else self._place_row).addWidget(self._exports)

    def changeEvent(self, event: QEvent) -> None:
        """Keep the room of the longest speed in larger text."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._reserve_speed()

    def _reserve_speed(self) -> None:
        # Not by the label's font, which follows this one's a moment later.
        width = self.fontMetrics().averageCharWidth() * _SPEED_LETTERS
        self._speed_label.setMinimumWidth(width)

    def show_state(self, state: State) -> None:
        """Show where the person is in the run, and whether it goes on by itself."""
        before, self._state = self._state, state
        text = bare(COMMANDS["run"].text_now(state.is_running, bool(state.moment.stop)))
        if text != self._run.text():
            self._run.setText(text)
            self._run.setAccessibleName(text)
        if state.is_running != before.is_running:
            self._run.setProperty("isRunning", state.is_running)
            self._run.style().polish(self._run)
        self._show_place()

    def begin_typing(self) -> None:
        """Let the person type the iteration to go to."""
        self._iteration.setFocus()
        self._iteration.selectAll()

    def show_numerals(self, numerals: Numerals) -> None:
        """Write numbers like this from now on."""
        self._numerals = numerals
        self._iteration.show_numerals(numerals)
        self._speed_label.setText(self._speed.text)
        self._show_place()

    def show_speed(self, speed: float) -> None:
        """Show the speed, at the nearest mark of the slider."""
        mark = SPEEDS.index(nearest_speed(speed))
        with QSignalBlocker(self._speed):
            self._speed.setValue(mark)
        self._speed_label.setText(self._speed.text)

    def _made_place_row(self) -> QHBoxLayout:
        """Where the person is, and how fast it goes on or, in its place, what is wrong there."""
        name, speed_name = label(_("Iteratio&n"), style="place"), label(_("&Speed"))
        name.setBuddy(self._iteration)
        speed_name.setBuddy(self._speed)
        self._reserve_speed()
        self._fast = QWidget()
        fast = QHBoxLayout(self._fast)
        fast.setContentsMargins(0, 0, 0, 0)
        fast.setSpacing(8)
        fast.addStretch(1)
        for widget in (speed_name, self._speed, self._speed_label):
            fast.addWidget(widget)
        row = QHBoxLayout()
        row.setSpacing(8)
        for part in (name, self._iteration, self._known):
            row.addWidget(part)
        row.addWidget(self._problem, 1)
        row.addWidget(self._fast, 1)
        return row

    def _made_button_row(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        row.addWidget(self._run)
        row.addSpacing(8)
        row.addWidget(self._backs["run"])
        row.addStretch(1)
        for by in ("step", "phase", "iteration"):
            name = label(_PAIRS[by].label)
            for widget in (self._backs[by], name, self._ons[by]):
                row.addWidget(widget)
            row.addStretch(1)
        row.addWidget(self._ons["run"])
        row.addSpacing(8)
        row.addWidget(self._exports)
        return row

    def _pair(self, by: str) -> tuple[QWidget, QWidget]:
        return self._backs[by], self._ons[by]

    def _connect(self) -> None:
        # The click itself may end a run: a number that is typed is taken then, and begins another.
        self._run.pressed.connect(self._on_run_pressed)
        self._run.clicked.connect(lambda: self.run_toggled.emit(self._is_run_wanted))
        for by in _PAIRS:
            self._backs[by].clicked.connect(partial(self.back_requested.emit, by))
            self._ons[by].clicked.connect(partial(self.on_requested.emit, by))
        self._iteration.chosen.connect(self.iteration_chosen)
        self._iteration.edit_ended.connect(self.edit_ended)
        self._iteration.problem_changed.connect(self._on_problem_changed)
        self._scrubber.valueChanged.connect(lambda value: self.iteration_chosen.emit(value))
        self._speed.valueChanged.connect(self._on_speed_moved)

    def _on_run_pressed(self) -> None:
        self._is_run_wanted = not self._state.is_running

    def _on_speed_moved(self, mark: int) -> None:
        self._speed_label.setText(self._speed.text)
        self.speed_chosen.emit(float(SPEEDS[mark]))

    def _on_problem_changed(self, problem: str) -> None:
        self._problem.show_problem(problem)
        self._fast.setVisible(not problem)

    def _show_place(self) -> None:
        moment, known = self._state.moment, self._state.run.iterations
        iteration = moment.iteration
        with QSignalBlocker(self._scrubber):
            self._scrubber.setMaximum(known)
            self._scrubber.setPageStep(max(1, known // 20))
            self._scrubber.setValue(iteration)
        self._scrubber.setEnabled(known > 1)
        self._iteration.show_place(iteration, self._state.run.reachable)
        self._known.setText(_("of {known}").format(known=self._numerals.count(known)))
        is_first = moment.position == (1, moment.lesson.first_step)
        is_last = bool(moment.stop) and moment.position.step == moment.last_step
        for by, back in self._backs.items():
            back.setEnabled(not is_first)
            self._ons[by].setEnabled(not is_last)
        self._run.setEnabled(known > 1 or not moment.stop)

    def _speed_text(self, speed: float) -> str:
        if math.isinf(speed):
            return _("full speed")
        return _("{count}/s").format(count=self._numerals.count(int(speed)))


class _ExportsButton(QPushButton):
    """Opens a menu of all that can be exported, and names as much of it as there is room for."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("exports")
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setAutoDefault(True)
        self.setToolTip(_("Slides, handouts, worked examples, pictures and data of this run"))
        self.setAccessibleDescription(self.toolTip())
        self.fit(0)

    def fit(self, width: int) -> bool:
        """Have the longest text that `width` pixels hold; say whether they hold any."""
        for text in (_("Slides, handout, example…"), _("Export…")):
            self.setText(text)
            if self.sizeHint().width() <= width:
                break
        self.setAccessibleName(self.text())
        is_held = self.sizeHint().width() <= width
        # 1 is none: the row may become narrower, and then the button goes elsewhere.
        self.setMinimumWidth(1 if is_held else self.sizeHint().width())
        return is_held


def nearest_speed(speed: float) -> float:
    """Return the mark of the slider that comes nearest to any positive speed."""
    return min(SPEEDS, key=lambda mark: _distance(mark, speed))


def _distance(mark: float, speed: float) -> float:
    return abs(math.log(min(mark, 1e9)) - math.log(min(max(speed, 1e-9), 1e9)))
