"""How many columns of cards a window of some size has, and what such columns are made of."""

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QScrollArea, QSplitter, QVBoxLayout, QWidget

from backprop_gui.system.texts import _

GAP = 8
_WIDE = 1264  # what a screen of 1280 pixels leaves of a window with a frame
_NARROW = 900
_TALL, _TALLER = 656, 345  # and so much more for text of twice the size
_HEADED = 684
_LEAST_CURVE, _LOW_CURVE = 170, 162  # the height of a card with a small curve, which is 120 high
_CURVE_GROWTH = 0.75  # of that, with larger text: its words grow, its curve need not
_SIDE_SHARE, _MOST_SIDE_SURPLUS = 0.12, 48
_RIGHT_SHARE, _LEAST_RIGHT = 0.28, 340


class _Kind(NamedTuple):
    name: str  # under which a layout is remembered
    side: int  # the width of the column at the left, 0 for none


class Columns(Enum):
    """Where the error plot, the details and what stands at the side have their places."""

    WIDE = _Kind("wide", 232)  # three columns: plot and details at the right
    CURVE = _Kind("curve", 264)  # two columns: the plot at the left, the details as tabs
    NARROW = _Kind("narrow", 264)  # two columns, too low for that: the plot is a tab as well
    SLIM = _Kind("slim", 0)  # one column: what stands at the side is tabs, too

    @classmethod
    def of(cls, size: QSize, scale: float) -> "Columns":
        """Return the form for a size in pixels and text `scale` times as large as usual."""
        if size.width() >= _WIDE * scale:
            return cls.WIDE
        if size.width() < _NARROW * scale:
            return cls.SLIM
        is_tall = size.height() >= _TALL + _TALLER * (scale - 1)
        return cls.CURVE if is_tall else cls.NARROW

    def side(self, width: int, scale: float) -> int:
        """Return the width in pixels of the column at the left, of so much for all columns."""
        least = (self.value.side or Columns.NARROW.value.side) * scale
        surplus = max(0.0, width - _WIDE * scale)
        return round(least + min(_SIDE_SHARE * surplus, _MOST_SIDE_SURPLUS * scale))


def is_low(size: QSize, scale: float) -> bool:
    """Say whether the cards have to save height: space around the cards goes first."""
    return size.height() < _HEADED * scale


def least_curve(size: QSize, scale: float) -> int:
    """Return the least height in pixels of a card with a small curve."""
    least = _LOW_CURVE if is_low(size, scale) else _LEAST_CURVE
    return round(least * (1 + _CURVE_GROWTH * (scale - 1)))


def right_width(width: int, scale: float) -> int:
    """Return the usual width of the column at the right, of so much for all columns."""
    return max(round(_RIGHT_SHARE * width), round(_LEAST_RIGHT * scale))


class Shares(QSplitter):
    """Parts beside or below each other, which a person can size.

    Each has its share of whatever room there is: what it could not have in a small window it has
    in the next larger one.
    """

    def __init__(self, orientation: Qt.Orientation, *parts: QWidget) -> None:
        super().__init__(orientation)
        self._shares: list[int] = []
        self.setHandleWidth(GAP)
        self.setChildrenCollapsible(False)
        for part in parts:
            self.addWidget(part)
        for place in range(self.count()):
            self.handle(place).setAccessibleName(_("Divider"))
        self.splitterMoved.connect(self._on_moved)

    def _on_moved(self) -> None:
        self._shares = self.sizes()

    def share(self, shares: Sequence[int]) -> None:
        """Give the parts these shares of the room, as far as they fit into theirs."""
        self._shares = list(shares)
        self.setSizes(self._shares)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Share out the new room."""
        super().resizeEvent(event)
        if self._shares:
            self.setSizes(self._shares)


def column(holder: QWidget) -> QVBoxLayout:
    """Return a column of cards, without a margin around it."""
    made = QVBoxLayout(holder)
    made.setContentsMargins(0, 0, 0, 0)
    made.setSpacing(GAP)
    return made


def scrolled(content: QWidget | None = None) -> QScrollArea:
    """Return a frame in which the content can be scrolled where the window is too low for it."""
    scroller = QScrollArea()
    scroller.setWidgetResizable(True)
    scroller.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if content:
        scroller.setWidget(content)
    return scroller
