"""A widget that shows a drawing, made for its size when it is painted."""

from collections.abc import Callable, Container

from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QAccessible, QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QAccessibleWidget, QWidget

from backprop_gui.drawing.shapes import Drawing
from backprop_gui.paint.kept_picture import KeptPicture
from backprop_gui.paint.theme import LIGHT, Theme
from backprop_gui.system.exceptions import handed_on

Size = tuple[float, float]


class DrawingCanvas(QWidget):
    """Shows what `draw` makes for a size in pixels, in the colours of the theme.

    `redraw` says that it would be another drawing from now on.
    """

    def __init__(self, draw: Callable[[Size], Drawing], name: str) -> None:
        super().__init__()
        self._draw = draw
        self._drawn: tuple[Size, Drawing] | None = None
        self._picture = KeptPicture()
        self._theme = LIGHT
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self.setAccessibleName(name)

    def redraw(self) -> None:
        """Have the drawing made again, before it is painted next."""
        self._drawn = None
        self.update()

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        self._theme = theme
        self.update()

    @property
    def ground(self) -> Size:
        """The size for which it is drawn, in pixels."""
        return float(max(1, self.width())), float(max(1, self.height()))

    @property
    def drawing(self) -> Drawing:
        """The drawing for the size as it is now."""
        if self._drawn is None or self._drawn[0] != self.ground:
            self._drawn = self.ground, self._draw(self.ground)
        return self._drawn[1]

    def accessible_interface(self) -> QAccessibleWidget:
        """Return what assistive technology asks."""
        return QAccessibleWidget(self, QAccessible.Role.Chart)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the drawing."""
        with handed_on(), QPainter(self) as painter:
            self._picture.paint(painter, self.drawing, self.rect(), self._theme, self.font())


def is_own_key(event: QEvent, keys: Container[int]) -> bool:
    """Say whether an event asks for one of these keys, alone, which commands have elsewhere."""
    return (
        event.type() == QEvent.Type.ShortcutOverride
        and isinstance(event, QKeyEvent)
        and event.key() in keys
        and not event.modifiers()
    )
