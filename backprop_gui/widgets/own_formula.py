"""A line of a person's working, typeset, with the wrong part marked."""

from PySide6.QtCore import QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtSvgWidgets import QSvgWidget
from PySide6.QtWidgets import QSizePolicy

from backprop_gui.drawing.shapes import Ink
from backprop_gui.lesson.own_line import Marked
from backprop_gui.lesson.spoken import aloud
from backprop_gui.paint.theme import LIGHT, Theme
from backprop_gui.paint.typesetting import Setting, fit
from backprop_gui.system.texts import _

_LARGEST, _LEAST = 1.5, 1.05  # of the text's size
_ANY_HEIGHT = 10_000.0
_LEAST_WIDTH = 220


class OwnFormula(QSvgWidget):
    """A formula as wide as there is room, in as many lines as it takes."""

    def __init__(self) -> None:
        super().__init__()
        self._marked: Marked | None = None
        self._theme = LIGHT
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumWidth(_LEAST_WIDTH)

    def show_formula(self, marked: Marked, theme: Theme) -> None:
        """Show a formula, its marked pieces in the colour of a mistake and on a ground."""
        self._marked, self._theme = marked, theme
        pieces = marked.formula.pieces
        wrong = " ".join(pieces[place].text for place in sorted(marked.marks))
        self.setAccessibleName(aloud(marked.formula.text))
        words = _("Marked: {pieces}").format(pieces=aloud(wrong)) if wrong else ""
        self.setAccessibleDescription(words)
        self._draw()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have the formula set for the new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._draw()

    def sizeHint(self) -> QSize:
        """Return the room that the formula takes in the width of now."""
        setting = self._setting()
        return QSize(_LEAST_WIDTH, round(setting.height) if setting else 0)

    def _setting(self) -> Setting | None:
        if not self._marked:
            return None
        px = self.fontInfo().pixelSize()
        sizes = _LARGEST * px, _LEAST * px
        return fit(self._marked.formula, max(self.width(), _LEAST_WIDTH), _ANY_HEIGHT, *sizes)

    def _draw(self) -> None:
        setting = self._setting()
        if not (setting and self._marked):
            return
        height = round(setting.height)
        self.setFixedHeight(height)
        bad = self._theme.bad
        room = (float(max(self.width(), _LEAST_WIDTH)), float(height))
        marks = dict.fromkeys(self._marked.marks, bad)
        colours: dict[str | None, str] = {None: self._theme.inks[Ink.TEXT]}
        self.load(setting.svg(colours, self._theme.bad_soft, None, room, marks))
