"""The welcome of the first start: three things to try."""

from typing import NamedTuple

from PySide6.QtCore import QEvent, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QIcon, QKeyEvent, QKeySequence, QShowEvent
from PySide6.QtWidgets import (
    QCheckBox,
    QDialog,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from backprop_gui.lesson.article import TITLE
from backprop_gui.lesson.spoken import aloud
from backprop_gui.system.resources import resource
from backprop_gui.system.texts import _
from backprop_gui.widgets.plain import label

_WIDTH = 36  # average letters: hardly wider than the sidebar, over which it may have to stand


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
        _("Type another weight or learning rate under Setup: all numbers change at once."),
        _("Go to w₁"),
    ),
    _Thing(
        "sample",
        _("Watch it go wrong"),
        _("Open a learning rate that is too large, press Space, and watch the error zigzag."),
        _("Open the sample"),
    ),
)


class WelcomeDialog(QDialog):
    """Stays beside the window, which can be used meanwhile, and whose keys work in it too.

    It comes without taking the focus: what it says about keys is true at once. It stands in the
    lower right corner of the window, or in the left one, `gap` pixels from it.

    Signals:
        tried(str): "step", "change" or "sample": the person wants to try it.
        wanted_changed(bool): whether it comes again at the next start.
    """

    tried = Signal(str)
    wanted_changed = Signal(bool)

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Welcome to Backprop"))
        self.setModal(False)
        self._window = parent
        self.is_at_left, self.gap = False, 0
        self.setAttribute(Qt.WidgetAttribute.WA_ShowWithoutActivating)
        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(14, 10, 14, 10)
        layout.setSpacing(9)
        layout.addLayout(_opening())
        for thing in _THINGS:
            layout.addLayout(self._row(thing))
        self.again = _CheckBox(_("&Show this again at the next start"))
        self.again.setAccessibleName(_("Show this again at the next start"))
        self.again.setWhatsThis(_("You can also open it from the Help menu."))
        self.again.toggled.connect(self.wanted_changed)
        close = QPushButton(_("Close"))
        close.setAccessibleName(_("Close"))
        close.setWhatsThis(_("Closes the welcome. You can open it again from the Help menu."))
        close.clicked.connect(self.close)
        end = QHBoxLayout()
        end.addWidget(self.again, 1)
        end.addWidget(close)
        layout.addLayout(end)
        self._take_keys(parent)

    def showEvent(self, event: QShowEvent) -> None:
        """Stand where the window needs the room least."""
        self._fit()
        self._place()
        super().showEvent(event)

    def event(self, event: QEvent) -> bool:
        """Be as large as the text needs, also after its size or the style has changed."""
        is_done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return is_done

    def _take_keys(self, parent: QWidget) -> None:
        """Let the keys of the window's actions work here too; Escape closes."""
        for action in parent.actions():
            keys = action.shortcuts()
            if keys and QKeySequence(Qt.Key.Key_Escape) not in keys:
                self.addAction(action)

    def _fit(self) -> None:
        layout = self._layout
        width = self.fontMetrics().averageCharWidth() * _WIDTH
        width = max(width, layout.totalMinimumSize().width())
        size = QSize(width, layout.totalHeightForWidth(width))
        if size != self.size():
            self.setFixedSize(size)
            self._move_to(self.pos())

    def _place(self) -> None:
        window = self._window.frameGeometry()
        right = window.right() - self.gap - self.width()
        bottom = window.bottom() - self.gap - self.height() - self._title_bar()
        self._move_to(QPoint(window.left() + self.gap if self.is_at_left else right, bottom))

    def _move_to(self, corner: QPoint) -> None:
        """Go there, as near as the screen allows."""
        space = self._window.screen().availableGeometry()
        room = QSize(space.width() - self.width(), space.height() - self.height())
        room -= QSize(0, self._title_bar())
        left = min(corner.x(), space.left() + room.width())
        top = min(corner.y(), space.top() + room.height())
        self.move(max(left, space.left()), max(top, space.top()))

    def _title_bar(self) -> int:
        """How high the title is that the desktop puts above us: as high as the window's."""
        return self._window.frameGeometry().height() - self._window.height()

    def _row(self, thing: _Thing) -> QVBoxLayout:
        title = label(thing.title, "heading")
        button = QPushButton(thing.button)
        button.setAccessibleName(aloud(f"{thing.title}: {thing.button}"))
        button.setWhatsThis(thing.text)
        button.clicked.connect(lambda: self.tried.emit(thing.name))
        head = QHBoxLayout()
        head.addWidget(title, 1)
        head.addWidget(button)
        row = QVBoxLayout()
        row.setSpacing(2)
        row.addLayout(head)
        row.addWidget(_wrapped(thing.text))
        return row


class _CheckBox(QCheckBox):
    """A check box for which the space bar is, although the window has a key of that name."""

    def event(self, event: QEvent) -> bool:
        """Keep the space bar."""
        is_override = event.type() == QEvent.Type.ShortcutOverride
        if is_override and isinstance(event, QKeyEvent) and event.key() == Qt.Key.Key_Space:
            event.accept()
            return True
        return super().event(event)


def _opening() -> QHBoxLayout:
    picture = label()
    icon = QIcon(str(resource("icons/backprop-gui.svg")))
    picture.setPixmap(icon.pixmap(QSize(40, 40)))
    row = QHBoxLayout()
    row.setSpacing(12)
    row.addWidget(picture)
    row.addWidget(
        _wrapped(
            _(
                "See every number of the smallest network with a hidden layer while it learns. "
                "The example is from the article {article}. Three things to try:"
            ).format(article=TITLE)
        ),
        1,
    )
    return row


def _wrapped(text: str) -> QLabel:
    made = label(text)
    made.setWordWrap(True)
    return made
