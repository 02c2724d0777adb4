"""The buttons that step and run, the scrubber and the speed."""

import math

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QLabel, QPushButton, QSlider, QWidget

from backprop_gui.i18n import _
from backprop_gui.lesson import numbers
from backprop_gui.lesson.moment import START, Moment

SPEEDS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 10_000, 100_000, 1_000_000, math.inf)


class Transport(QWidget):
    """Where the person is in the run, and how to get elsewhere.

    Signals:
        reset_requested(), back_requested(), step_requested(), run_toggled(): a button.
        iteration_chosen(int): the scrubber was moved to an iteration.
        speed_chosen(float): iterations per second, infinite for as fast as it goes.
    """

    reset_requested = Signal()
    back_requested = Signal()
    step_requested = Signal()
    run_toggled = Signal()
    iteration_chosen = Signal(int)
    speed_chosen = Signal(float)

    def __init__(self, moment: Moment, speed: float, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._known = 1
        self._is_running = False
        self._reset = _button(_("Reset"), _("Back to the first iteration (R)"))
        self._back = _button(_("◀  Back"), _("One iteration back (←)"))
        self._step = _button(_("Step  ▶"), _("One iteration on (→)"))
        self._run = _button(_("Run"), _("Run and pause (Space)"))
        self._run.setObjectName("primary")
        self._place = QLabel()
        self._place.setObjectName("place")
        self._scrubber = _slider(_("Iteration"), _("Go to any iteration done so far"))
        self._scrubber.setRange(1, 1)
        self._speed = _slider(_("Speed"), _("Iterations per second while running"))
        self._speed.setRange(0, len(SPEEDS) - 1)
        self._speed_label = QLabel()
        self._lay_out()
        self._connect()
        self.show_speed(speed)
        self.show_moment(moment)

    def show_moment(self, moment: Moment) -> None:
        """Show where the moment is in the run."""
        self._moment = moment
        self._update_place()

    def show_known(self, iterations: int) -> None:
        """Show how many iterations can be gone to."""
        self._known = iterations
        self._update_place()

    def show_running(self, is_running: bool) -> None:
        """Show whether the run goes on by itself."""
        self._is_running = is_running
        self._run.setText(_("Pause") if is_running else _("Run"))
        self._run.setProperty("isRunning", is_running)
        self._run.style().polish(self._run)
        self._update_place()

    def show_speed(self, speed: float) -> None:
        """Show the speed, at the nearest mark of the slider."""
        mark = min(range(len(SPEEDS)), key=lambda i: _distance(SPEEDS[i], speed))
        with QSignalBlocker(self._speed):
            self._speed.setValue(mark)
        self._show_speed_text(mark)

    def _lay_out(self) -> None:
        buttons = QHBoxLayout()
        buttons.setSpacing(8)
        for button in (self._reset, self._back, self._step, self._run):
            buttons.addWidget(button)
        speed_name = QLabel(_("Speed"))
        speed_name.setBuddy(self._speed)
        self._speed_label.setMinimumWidth(self._speed_label.fontMetrics().averageCharWidth() * 18)
        buttons.addSpacing(8)
        buttons.addWidget(speed_name)
        buttons.addWidget(self._speed, 1)
        buttons.addWidget(self._speed_label)
        layout = QGridLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setVerticalSpacing(8)
        layout.addWidget(self._place, 0, 0)
        layout.addWidget(self._scrubber, 0, 1)
        layout.addLayout(buttons, 1, 0, 1, 2)
        layout.setColumnStretch(1, 1)

    def _connect(self) -> None:
        self._reset.clicked.connect(self.reset_requested)
        self._back.clicked.connect(self.back_requested)
        self._step.clicked.connect(self.step_requested)
        self._run.clicked.connect(self.run_toggled)
        self._scrubber.valueChanged.connect(self.iteration_chosen)
        self._speed.valueChanged.connect(self._on_speed_moved)

    def _on_speed_moved(self, mark: int) -> None:
        self._show_speed_text(mark)
        self.speed_chosen.emit(float(SPEEDS[mark]))

    def _show_speed_text(self, mark: int) -> None:
        if math.isinf(SPEEDS[mark]):
            text = _("as fast as it goes")
        else:
            text = _("{count}/s").format(count=numbers.count(int(SPEEDS[mark])))
        self._speed_label.setText(text)

    def _update_place(self) -> None:
        iteration, stop = self._moment.iteration, self._moment.stop
        with QSignalBlocker(self._scrubber):
            self._scrubber.setMaximum(self._known)
            self._scrubber.setPageStep(max(1, self._known // 20))
            self._scrubber.setValue(iteration)
        self._scrubber.setEnabled(self._known > 1)
        width = len(numbers.count(self._known))
        place = _("Iteration {iteration} of {known}")
        self._place.setText(
            place.format(
                iteration=numbers.count(iteration).rjust(width, "\N{FIGURE SPACE}"),
                known=numbers.count(self._known),
            )
        )
        self._back.setEnabled(self._moment.position > START)
        self._step.setEnabled(stop is None)
        self._run.setEnabled(stop is None or self._is_running)


def _distance(mark: float, speed: float) -> float:
    return abs(math.log(min(mark, 1e9)) - math.log(min(max(speed, 1e-9), 1e9)))


def _button(text: str, hint: str) -> QPushButton:
    button = QPushButton(text)
    button.setToolTip(hint)
    # A click leaves the keyboard where it was, so that the space bar goes on running and pausing.
    button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
    return button


def _slider(name: str, hint: str) -> QSlider:
    slider = QSlider(Qt.Orientation.Horizontal)
    slider.setAccessibleName(name)
    slider.setToolTip(hint)
    return slider
