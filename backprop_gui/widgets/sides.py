"""Two views beside each other where it is wide, and else one below the other."""

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QBoxLayout

_WIDE = 1.35  # times as wide as high, from where on they stand side by side


class Sides(QBoxLayout):
    """A layout of two views, which have room for both from a width on, or else from a height."""

    def __init__(self, least_width: int, least_height: int) -> None:
        super().__init__(QBoxLayout.Direction.LeftToRight)
        self._least = least_width, least_height
        self.setSpacing(8)

    @property
    def is_wide(self) -> bool:
        """Whether they stand side by side."""
        return self.direction() is QBoxLayout.Direction.LeftToRight

    def turn(self, size: QSize) -> bool:
        """Let them stand as is best in so many pixels, and say whether there is room for both."""
        width, height = size.width(), size.height()
        is_wide = width >= _WIDE * height
        directions = QBoxLayout.Direction
        self.setDirection(directions.LeftToRight if is_wide else directions.TopToBottom)
        return width >= self._least[0] if is_wide else height >= self._least[1]
