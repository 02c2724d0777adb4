"""Texts that are shown as they are: Qt takes a text that looks like HTML for HTML.

Labels, hints and boxes are made here; where a text of our own needs HTML, that is said.
"""

from PySide6.QtCore import Qt
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import QLabel, QMessageBox, QWidget

from backprop_gui.lesson.spoken import aloud
from backprop_gui.widgets.breakable import breakable

TEXT_PX = 13.0  # of the usual letters: pictures beside a text are measured for these


def label(text: str = "", style: str = "", *, is_rich: bool = False) -> QLabel:
    """Return a label; `is_rich` says that its texts are HTML of our own."""
    made = QLabel()
    made.setTextFormat(Qt.TextFormat.RichText if is_rich else Qt.TextFormat.PlainText)
    made.setObjectName(style)
    made.setText(text)
    if not is_rich and aloud(text) != text:
        made.setAccessibleName(aloud(text))
    return made


def say(part: QLabel, text: str) -> None:
    """Put a text into a label, whose long words may be broken, and which is read aloud as words."""
    part.setText(breakable(text))
    part.setAccessibleName(aloud(text))


def hint(text: str) -> str:
    """Return a text for a tooltip or "What's this?", where it would be taken for HTML otherwise."""
    if not GuiQt.mightBeRichText(text):
        return text
    from html import escape  # seldom needed, and large

    return f'<div style="white-space: pre-wrap">{escape(breakable(text))}</div>'


def message_box(parent: QWidget, title: str, text: str, detail: str = "") -> QMessageBox:
    """Return a box with a question; what follows from the answer is up to who asks."""
    box = QMessageBox(parent)
    box.setIcon(QMessageBox.Icon.Question)
    box.setWindowTitle(title)
    box.setTextFormat(Qt.TextFormat.PlainText)
    box.setText(breakable(text))
    box.setInformativeText(breakable(detail))
    box.setWhatsThis(hint(f"{text} {detail}".strip()))
    return box
