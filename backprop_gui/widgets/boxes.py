"""The manners of what a person types into or turns: whose the keys, the wheel and a click are."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QEvent, QObject, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence, QMouseEvent, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QAbstractSpinBox, QLineEdit, QWidget

_Keys = QKeySequence.StandardKey
_EDITING = (_Keys.Cut, _Keys.Paste, _Keys.SelectAll)
_UNDOING = (QKeySequence("Ctrl+Z"), QKeySequence("Ctrl+Shift+Z"), QKeySequence("Ctrl+Y"))
MOVING = (Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_Home, Qt.Key.Key_End)
_BY_ITERATION = (Qt.Key.Key_Left, Qt.Key.Key_Right)  # with Ctrl; a number has no words to go by
_NO_CHARACTER = 0x01000000  # from here on keys stand for no character
_CHOOSING = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier


def leave_wheel_to_page(widget: QWidget) -> None:
    """Let a turn of the wheel not bring the focus here; see `is_wheel_for`."""
    widget.setFocusPolicy(Qt.FocusPolicy.StrongFocus)


def is_wheel_for(widget: QWidget, event: QWheelEvent) -> bool:
    """Say whether a widget that the wheel would change has the focus; else the page scrolls."""
    if widget.hasFocus():
        return True
    event.ignore()
    return False


def is_command(event: QKeyEvent, line: QLineEdit) -> bool:
    """Say whether a key pressed in a line is none of the text's, but may be a command's.

    Qt takes some letters with Ctrl for moves in the line, such as Ctrl+E on X11; the window's
    commands come before them. Copying is the line's where something in it is selected.
    """
    if event.matches(_Keys.Copy):
        return not line.hasSelectedText()
    if any(event.matches(key) for key in _EDITING):
        return False
    if is_undoing(event):
        return False
    # With Alt, too, it may be a character: on some systems that is what AltGr amounts to.
    is_chosen = event.modifiers() & _CHOOSING == Qt.KeyboardModifier.ControlModifier
    return is_chosen and (event.key() < _NO_CHARACTER or event.key() in _BY_ITERATION)


def is_undoing(event: QKeyEvent) -> bool:
    """Say whether a key undoes or redoes: a text that is being typed, else a change."""
    return QKeySequence(event.keyCombination()) in _UNDOING


if TYPE_CHECKING:
    _SpinBox = QAbstractSpinBox
else:
    _SpinBox = object


class BoxKeys(_SpinBox):
    """What every spin box does with the keys and the wheel; a base beside Qt's own, before it."""

    kept_keys: tuple[Qt.Key, ...] = MOVING  # the text's or the number's, where Qt claims none

    @property
    def is_text_unfinished(self) -> bool:
        """Whether undoing is the text's: something was typed into it."""
        return self.lineEdit().isUndoAvailable() or self.lineEdit().isRedoAvailable()

    def event(self, event: QEvent) -> bool:
        """Leave the keys of commands to the window, and keep those of the text."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            is_change = is_undoing(event) and not self.is_text_unfinished
            if is_change or is_command(event, self.lineEdit()):
                event.ignore()
                return False
            if event.key() in self.kept_keys:
                event.accept()
                return True
        return super().event(event)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Change the number, where the person is at this box."""
        if is_wheel_for(self, event):
            super().wheelEvent(event)


class NumberLine(QLineEdit):
    """A line with one number in it, which a double click selects as a whole.

    Qt ends a word at the decimal sign. It also scrolls a line only as it paints it, and after a
    longer text not as far as the cursor: the head of a number would stay out of sight.
    """

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint once more where the cursor is out of sight."""
        super().paintEvent(event)
        if self.cursorRect().center().x() < 0:
            self.update()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Select the number."""
        super().mouseDoubleClickEvent(event)
        self.select_number()

    def select_number(self) -> None:
        """Select the text from its end, so that the head of a long number is in sight."""
        length = len(self.text())
        self.setSelection(length, -length)


class Leaving(QObject):
    """Watches for a click elsewhere: what is clicked may take no focus.

    It comes when the button is let go, so that nothing moves between the two parts of a click,
    and before the click does anything. `leave` is called then. The watch lasts while the person
    is at the box, and from `begin` to `end`, while what is typed waits there.
    """

    def __init__(self, box: QWidget, leave: Callable[[], None]) -> None:
        super().__init__(box)
        self._box = box
        self._leave = leave
        self._has_begun = False
        self._is_watching = False
        box.installEventFilter(self)

    def begin(self) -> None:
        """Watch until `end`, wherever the focus goes."""
        self._has_begun = True
        self._watch(True)

    def end(self) -> None:
        """Watch no longer than the focus is here."""
        self._has_begun = False
        self._watch(self._box.hasFocus())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Leave the box before a click elsewhere."""
        if watched is self._box and event.type() in (QEvent.Type.FocusIn, QEvent.Type.FocusOut):
            self._watch(self._has_begun or event.type() == QEvent.Type.FocusIn)
        elif event.type() == QEvent.Type.MouseButtonRelease and isinstance(watched, QWidget):
            part: QObject | None = watched  # the menu of the box is a part of it, too
            while part and part is not self._box:
                part = part.parent()
            if part is None:
                self._leave()
        return False

    def _watch(self, is_wanted: bool) -> None:
        # Each event of the program passes through here meanwhile: not longer than it must.
        app = QCoreApplication.instance()
        if app and is_wanted != self._is_watching:
            self._is_watching = is_wanted
            (app.installEventFilter if is_wanted else app.removeEventFilter)(self)
