"""How far a work has got that goes on beside the window's own."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QWidget

from backprop_gui.system.texts import _
from backprop_gui.widgets.buttons import button
from backprop_gui.widgets.plain import label

_SOON_MS = 400  # what is done sooner needs no bar
_MARGIN = 8
_STEPS = 100  # per cent: assistive technology reads them


class ProgressPanel(QFrame):
    """A bar in the upper corner of a window, with a button that cancels the work.

    `cancel` is what the button says, `hint` what that means.

    Signals:
        cancelled(): the person does not want the result any more.
    """

    cancelled = Signal()

    def __init__(self, over: QWidget, cancel: str = "", hint: str = "") -> None:
        super().__init__(over)
        self.setObjectName("progress")
        self._over = over
        self._what = label()
        self._bar = QProgressBar()
        self._bar.setRange(0, _STEPS)
        self._bar.setTextVisible(False)
        self._bar.setFixedSize(180, 10)
        ends = button(cancel or _("Cancel"), hint or _("Stop, and do not change the existing file"))
        ends.clicked.connect(self.cancelled)
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 3, 4, 3)
        row.setSpacing(12)
        for widget in (self._what, self._bar, ends):
            row.addWidget(widget)
        self._soon = QTimer(self, singleShot=True, interval=_SOON_MS)
        self._soon.timeout.connect(self._appear)
        self.hide()

    @property
    def is_begun(self) -> bool:
        """Whether a work is shown, or will be soon."""
        return self._soon.isActive() or self.isVisible()

    def begin(self, what: str) -> None:
        """Show the work, described by a few words, unless it ends soon."""
        self.describe(what)
        self._bar.setValue(0)
        self._soon.start()

    def describe(self, what: str) -> None:
        """Describe the work by other words."""
        if what != self._what.text():
            self._what.setText(what)
            self._bar.setAccessibleName(what)
            self._place()

    def show_progress(self, done: int, total: int) -> None:
        """Show that so much is done, of so much."""
        self._bar.setValue(_STEPS * done // max(1, total))
        if self.isVisible():
            self._place()  # the window may have another size now

    def end(self) -> None:
        """Take the bar away."""
        self._soon.stop()
        self.hide()

    def _appear(self) -> None:
        self._place()
        self.raise_()
        self.show()

    def _place(self) -> None:
        """Go to the corner, or below what is there of another work."""
        self.adjustSize()
        others = (each for each in self._over.findChildren(ProgressPanel) if each is not self)
        below = max((each.geometry().bottom() for each in others if each.isVisible()), default=0)
        self.move(self._over.width() - self.width() - _MARGIN, below + _MARGIN // 2)
