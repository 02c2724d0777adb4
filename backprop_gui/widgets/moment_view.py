"""What the panels have in common that show a moment in words, numbers or formulas."""

from PySide6.QtCore import QEvent, Signal
from PySide6.QtGui import QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from backprop_gui.lesson.moment import Moment
from backprop_gui.lesson.numbers import FILES, Numerals
from backprop_gui.paint.theme import Theme


class MomentView(QWidget):
    """A panel that follows the moments while it is visible, and catches up when it becomes so.

    Subclasses implement `_refresh`, which shows `_moment` with its `_numerals`,
    `_show_lit`, which lights the quantity `_lit`, a code name or None, and `set_theme`.

    Signals:
        quantity_pointed(object): the pointer is on a quantity, a code name, or on None.
        number_clicked(str): the person clicked a number; its exact text.
    """

    quantity_pointed = Signal(object)
    number_clicked = Signal(str)

    def __init__(self, moment: Moment, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._moment = moment
        self._numerals = FILES
        self._lit: str | None = None
        self._is_alone = False

    def show_moment(self, moment: Moment) -> None:
        """Show what is known at a moment."""
        self._moment = moment
        if self.isVisible():
            self._refresh()

    def show_numerals(self, numerals: Numerals) -> None:
        """Show numbers like this from now on."""
        self._numerals = numerals
        if self.isVisible():
            self._refresh()

    def show_lit(self, name: str | None) -> None:
        """Light the quantity with this code name, or none."""
        if name != self._lit:
            self._lit = name
            self._show_lit()

    def set_theme(self, theme: Theme) -> None:
        """Paint in these colours from now on."""
        raise NotImplementedError

    def set_alone(self, is_alone: bool) -> None:
        """Have the window to itself, with text as large as there is room for, or not."""
        self._is_alone = is_alone
        self._grow()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have text for the new size, where all of it is this view's."""
        super().resizeEvent(event)
        if self._is_alone:
            self._grow()

    def changeEvent(self, event: QEvent) -> None:
        """Follow the text that the person has chosen."""
        super().changeEvent(event)
        if event.type() == QEvent.Type.FontChange:
            self._grow()

    def showEvent(self, event: QShowEvent) -> None:
        """Catch up with the moment, and with the size for what is shown now."""
        super().showEvent(event)
        self._refresh()
        if self._is_alone:
            self._grow()

    def _grow(self) -> None:
        """Give the text its size, where that is another one than the person's."""

    def _refresh(self) -> None:
        raise NotImplementedError

    def _show_lit(self) -> None:
        raise NotImplementedError
