"""The welcome of the first start: three things to try, in a strip above the cards."""

from typing import NamedTuple

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QCheckBox, QFrame, QHBoxLayout, QWidget

from backprop_gui.lesson.article import TITLE
from backprop_gui.system.resources import resource
from backprop_gui.system.texts import _
from backprop_gui.widgets.buttons import button, tool
from backprop_gui.widgets.plain import label

_ICON = QSize(32, 32)
# Of an average width, across: the buttons stand beside the sentence; all of it is beside them.
_BESIDE, _ALL = 120, 180


class _Thing(NamedTuple):
    name: str
    title: str
    text: str


_THINGS = (
    _Thing(
        "step",
        _("Take one step"),
        _("Each press of → computes one number, and ← takes it back. Space runs to the end."),
    ),
    _Thing(
        "change",
        _("Change a number"),
        _("Type another weight or learning rate under Setup: all numbers change at once."),
    ),
    _Thing(
        "sample",
        _("Watch it go wrong"),
        _("Opens a learning rate that is too large: press Space, and watch the error zigzag."),
    ),
)


class Welcome(QFrame):
    """Stands above the cards and hides none of them; the window and its keys work as ever.

    It says what the program is for and, of what was tried, what it shows.

    Signals:
        tried(str): "step", "change" or "sample": the person wants to try it.
        wanted_changed(bool): whether it comes again at the next start.
        closed(): the person has read it.
    """

    tried = Signal(str)
    wanted_changed = Signal(bool)
    closed = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("welcome")
        self.setAccessibleName(_("Welcome to Backprop"))
        self.setWhatsThis(_("Three things to try. You can open it again from the Help menu."))
        self._sentence = label()
        self._sentence.setWordWrap(True)
        self.again = _CheckBox(_("Show at the next start"))
        self.again.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.again.setAccessibleName(_("Show the welcome at the next start"))
        self.again.setWhatsThis(_("You can also open it from the Help menu."))
        self.again.toggled.connect(self.wanted_changed)
        self._layout = QBoxLayout(QBoxLayout.Direction.LeftToRight, self)
        self._layout.setContentsMargins(16, 4, 8, 4)
        self._layout.setSpacing(8)
        self._layout.addLayout(self._made_opening(), 1)
        self._layout.addLayout(self._made_things())
        self._has_room = True
        self.begin()

    def begin(self) -> None:
        """Say what the program is for."""
        self._is_opening = True
        opening = _(
            "See every number of the smallest network with a hidden layer while it learns. "
            "The example is from the article {article}. Three things to try:"
        )
        short = _("See every number of a small network while it learns. Three things to try:")
        self._sentence.setText(opening.format(article=TITLE) if self._has_room else short)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Say less where there is little room, which the cards need; then go below the sentence."""
        super().resizeEvent(event)
        letters = self.width() // self.fontMetrics().averageCharWidth()
        directions = QBoxLayout.Direction
        is_beside = letters >= _BESIDE
        self._layout.setDirection(directions.LeftToRight if is_beside else directions.TopToBottom)
        self._has_room = letters >= _ALL
        if self._is_opening:
            self.begin()

    def _made_opening(self) -> QHBoxLayout:
        picture = label()
        icon = QIcon(str(resource("icons/backprop-gui.svg")))
        picture.setPixmap(icon.pixmap(_ICON))
        row = QHBoxLayout()
        row.setSpacing(12)
        row.addWidget(picture)
        row.addWidget(self._sentence, 1)
        return row

    def _made_things(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(4)
        for thing in _THINGS:
            row.addWidget(self._made_button(thing))
        row.addSpacing(8)
        row.addWidget(self.again)
        row.addStretch(1)
        close = tool("✕", _("Close the welcome"))
        close.setWhatsThis(_("Closes the welcome. You can open it again from the Help menu."))
        close.clicked.connect(self._on_closed)
        row.addWidget(close)
        return row

    def _made_button(self, thing: _Thing) -> QWidget:
        made = button(thing.title, thing.text, "thing")
        made.clicked.connect(lambda: self._on_tried(thing))
        return made

    def _on_tried(self, thing: _Thing) -> None:
        self._is_opening = False
        self._sentence.setText(thing.text)
        self.tried.emit(thing.name)

    def _on_closed(self) -> None:
        self.hide()
        self.closed.emit()


class _CheckBox(QCheckBox):
    """A check box for which the space bar is, although the window has a key of that name."""

    def event(self, event: QEvent) -> bool:
        """Keep the space bar."""
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space:
            event.accept()
            return True
        return super().event(event)
