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
        self.setText(f"⚠ {problem}." if problem else "")
        self.setAccessibleName(aloud(problem))
        self.setVisible(bool(problem))
