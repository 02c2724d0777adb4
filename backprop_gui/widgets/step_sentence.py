"""The sentence above a formula, and the switch beside it."""

from collections.abc import Iterable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QTextDocument
from PySide6.QtWidgets import QHBoxLayout, QWidget

from backprop_gui.system.texts import _
from backprop_gui.widgets.buttons import command_button
from backprop_gui.widgets.plain import label


class StepSentence(QWidget):
    """A sentence with room for the longest one, so that nothing moves from step to step.

    Signals:
        predicting_chosen(bool): the person wants to be asked before steps, or not.
    """

    predicting_chosen = Signal(bool)

    def __init__(self) -> None:
        super().__init__()
        self._left = self._corner = 0
        self._text = label(style="sentence", is_rich=True)
        self._text.setWordWrap(True)
        self._text.setAlignment(Qt.AlignmentFlag.AlignTop)
        self._switch = command_button("predict", _("Predict"), "tool")
        self._switch.setCheckable(True)
        self._switch.clicked.connect(self.predicting_chosen)
        self._row = QHBoxLayout(self)
        self._row.setSpacing(8)
        self._row.addWidget(self._text, 1)
        self._row.addWidget(self._switch, 0, Qt.AlignmentFlag.AlignTop)
        self.indent(0)

    def show_text(self, text: str, spoken: str) -> None:
        """Show a sentence, which is HTML, and have it read aloud like this."""
        self._text.setText(text)
        self._text.setAccessibleName(spoken)

    def show_switch(self, *, is_on: bool) -> None:
        """Show whether the person is asked."""
        self._switch.setChecked(is_on)

    def set_large(self, text_px: int | None) -> None:
        """Have text to be read from the last row, and no switch; None is for a desk."""
        self._text.setStyleSheet(f"font-size: {text_px}px" if text_px else "")
        self._switch.setVisible(not text_px)

    def indent(self, left: int) -> None:
        """Have the sentence begin so many pixels from the left."""
        self._left = left
        self._row.setContentsMargins(left, 0, self._corner, 0)

    def yield_corner(self, width: int) -> None:
        """Leave so many pixels at the right to something else."""
        self._corner = width
        self.indent(self._left)

    def room(self, width: int) -> tuple[int, str]:
        """Return the width of the text where the whole has this one, and its font."""
        beside = 0 if self._switch.isHidden() else self._switch.sizeHint().width() + 8
        return width - self._left - self._corner - beside, self._text.font().key()

    def reserve(self, texts: Iterable[str], width: int) -> None:
        """Have room for each of these texts, where the whole has this width."""
        document = QTextDocument()
        document.setDefaultFont(self._text.font())
        document.setDocumentMargin(0)
        heights = []
        for text in texts:
            document.setHtml(text)
            document.setTextWidth(self.room(width)[0])
            heights.append(document.size().height())
        self._text.setMinimumHeight(round(max(heights)))
