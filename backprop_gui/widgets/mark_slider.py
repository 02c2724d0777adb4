"""Sliders, of which one has marks that stand for values of their own, such as 1, 2, 5, 10."""

import math
from collections.abc import Callable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleValueInterface, QWheelEvent
from PySide6.QtWidgets import QAccessibleWidget, QSlider
from shiboken6 import VoidPtr

from backprop_gui.widgets import accessible  # noqa: F401 - it has Qt ask for our interfaces
from backprop_gui.widgets.boxes import is_wheel_for, leave_wheel_to_page


class Slider(QSlider):
    """A level slider that the wheel moves where it has the focus."""

    def __init__(self) -> None:
        super().__init__(Qt.Orientation.Horizontal)
        leave_wheel_to_page(self)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Move, where the person is at this slider."""
        if is_wheel_for(self, event):
            super().wheelEvent(event)


class MarkSlider(Slider):
    """Goes from mark to mark; `said` returns the text of a mark's value, which a label shows.

    Its own value is the place of the mark; assistive technology is told the value there.
    """

    def __init__(self, marks: Sequence[float], said: Callable[[float], str]) -> None:
        super().__init__()
        self.marks = tuple(marks)
        self._said = said
        self.setRange(0, len(marks) - 1)

    @property
    def marked(self) -> float:
        """The value at the present mark."""
        return self.marks[self.value()]

    @property
    def text(self) -> str:
        """The text of the value at the present mark."""
        return self._said(self.marked)

    def accessible_interface(self) -> QAccessibleWidget:
        """Return what assistive technology asks."""
        return _Marked(self)


class _Marked(QAccessibleWidget):
    """A slider with the values of its marks."""

    def __init__(self, slider: MarkSlider) -> None:
        super().__init__(slider, QAccessible.Role.Slider)
        self._slider = slider
        self._value = _Value(slider)

    def text(self, kind: QAccessible.Text) -> str:
        """Return the value as the label beside the slider has it."""
        is_endless = math.isinf(self._slider.marked)  # of which no number tells
        if kind == QAccessible.Text.Value or (kind == QAccessible.Text.Description and is_endless):
            return self._slider.text
        return super().text(kind)

    def interface_cast(self, kind: QAccessible.InterfaceType) -> object:  # type: ignore[override]
        """Have the values of the marks as the value."""
        if kind == QAccessible.InterfaceType.ValueInterface:
            return self._value
        made: object = super().interface_cast(kind)
        return VoidPtr(0) if made is None else made  # None is no pointer for PySide: it crashes


class _Value(QAccessibleValueInterface):
    def __init__(self, slider: MarkSlider) -> None:
        super().__init__()
        self._slider = slider

    def currentValue(self) -> float:
        """Return the value at the mark."""
        return self._finite(self._slider.marked)

    def setCurrentValue(self, value: float) -> None:
        """Go to the mark whose value is nearest."""
        distances = [abs(self._finite(mark) - value) for mark in self._slider.marks]
        self._slider.setValue(distances.index(min(distances)))

    def minimumValue(self) -> float:
        """Return the first mark's value."""
        return self._slider.marks[0]

    def maximumValue(self) -> float:
        """Return the last mark's value."""
        return self._finite(self._slider.marks[-1])

    def minimumStepSize(self) -> float:
        """Return how far it is to the next mark."""
        marks, place = self._slider.marks, self._slider.value()
        return self._finite(marks[min(place + 1, len(marks) - 1)]) - self._finite(marks[place])

    def _finite(self, value: float) -> float:
        """Return a number that can be computed with: endless is the next decade."""
        return 10.0 * self._slider.marks[-2] if math.isinf(value) else float(value)
