"""A sentence on what went wrong, above everything, until it is read."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QAccessibleWidget, QFrame, QHBoxLayout, QWidget

from backprop_gui.lesson.spoken import aloud
from backprop_gui.system.texts import _
from backprop_gui.widgets.accessible import announce, tell
from backprop_gui.widgets.breakable import breakable
from backprop_gui.widgets.buttons import tool
from backprop_gui.widgets.plain import label


class Banner(QFrame):
    """A sentence across the window, in as many lines as it takes; hidden while there is none."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("banner")
        self._text = ""
        self._label = label()
        self._label.setWordWrap(True)
        self._close = tool("✕", _("Close this message"))
        self._close.clicked.connect(self.end)
        row = QHBoxLayout(self)
        row.setContentsMargins(12, 6, 6, 6)
        row.setSpacing(8)
        row.addWidget(self._label, 1)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()

    @property
    def text(self) -> str:
        """The sentence that is shown, or ""."""
        return self._text

    def show_problem(self, text: str, *, is_large: bool) -> None:
        """Show a sentence; large where it is read from afar."""
        self._text = text
        self._label.setText(breakable(f"⚠ {text}"))
        self._label.setAccessibleName(aloud(text))
        self.setAccessibleName(aloud(text))
        self.setProperty("isLarge", is_large)
        for part in (self, self._label):
            part.style().polish(part)
        self.show()
        tell(self, QAccessible.Event.Alert)
        announce(self, aloud(text), is_urgent=True)

    def accessible_interface(self) -> QAccessibleWidget:
        """Return what assistive technology asks."""
        return QAccessibleWidget(self, QAccessible.Role.AlertMessage)

    def end(self) -> None:
        """Take the sentence away."""
        self._text = ""
        self.hide()
