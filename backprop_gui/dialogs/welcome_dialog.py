"""The welcome of the first start: three things to try."""

from typing import NamedTuple

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QIcon
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from backprop_gui.assets import resource
from backprop_gui.i18n import _

_WIDTH = 460


class _Thing(NamedTuple):
    name: str
    title: str
    text: str
    button: str


_THINGS = (
    _Thing(
        "step",
        _("Take one step"),
        _("Each press of → computes one number, and ← takes it back. Space runs to the end."),
        _("Next step"),
    ),
    _Thing(
        "change",
        _("Change a number"),
        _("Type another weight or learning rate at the left: everything follows at once."),
        _("Go to w₁"),
    ),
    _Thing(
        "sample",
        _("Watch it go wrong"),
        _("Open a learning rate that overshoots, and see the error zigzag."),
        _("Open the sample"),
    ),
)


class WelcomeDialog(QDialog):
    """Stays beside the window, which can be used meanwhile.

    Signals:
        tried(str): "step", "change" or "sample": the person wants to try it.
        wanted_changed(bool): whether it is to come again at the next start.
    """

    tried = Signal(str)
    wanted_changed = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Welcome to Backprop"))
        self.setModal(False)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(14)
        layout.addLayout(_opening())
        for thing in _THINGS:
            layout.addLayout(self._row(thing))
        self.again = QCheckBox(_("Show this at the &start"))
        self.again.setChecked(True)
        self.again.setWhatsThis(_("The Help menu has the welcome in any case."))
        self.again.toggled.connect(self.wanted_changed)
        close = QPushButton(_("Close"))
        close.clicked.connect(self.close)
        end = QHBoxLayout()
        end.addWidget(self.again, 1)
        end.addWidget(close)
        layout.addLayout(end)
        self.setFixedWidth(_WIDTH)

    def _row(self, thing: _Thing) -> QHBoxLayout:
        text = _wrapped(f"<b>{thing.title}</b><br>{thing.text}")
        button = QPushButton(thing.button)
        button.setMinimumWidth(_WIDTH // 4)
        button.setWhatsThis(thing.text)
        button.setAutoDefault(False)
        button.clicked.connect(lambda: self.tried.emit(thing.name))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(text, 1)
        row.addWidget(button, 0, Qt.AlignmentFlag.AlignVCenter)
        return row


def _opening() -> QHBoxLayout:
    picture = QLabel()
    icon = QIcon(str(resource("icons/backprop-gui.svg")))
    picture.setPixmap(icon.pixmap(QSize(56, 56)))
    row = QHBoxLayout()
    row.setSpacing(14)
    row.addWidget(picture)
    row.addWidget(
        _wrapped(
            _(
                "The smallest network with a hidden layer learns, and you see every number of it. "
                "Three things to try:"
            )
        ),
        1,
    )
    return row


def _wrapped(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    return label
