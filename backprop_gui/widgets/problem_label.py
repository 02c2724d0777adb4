"""A sentence on what is wrong, where it is wrong."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from backprop_gui.lesson.spoken import aloud


class ProblemLabel(QLabel):
    """A sentence in the colour of a mistake, with a sign so that it is not the colour alone."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("problem")
        self.setWordWrap(True)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.hide()

    def show_problem(self, problem: str) -> None:
        """Show the sentence; none when it is empty."""
        sentence = problem[:1].upper() + problem[1:]  # one that ends a line of a terminal has none
        self.setText(f"⚠ {sentence}." if sentence else "")
        self.setAccessibleName(aloud(sentence))
        self.setVisible(bool(problem))
