"""A card on the window's ground."""

from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget


class Card(QFrame):
    """A rounded frame around one content, with or without a heading and tools beside it."""

    def __init__(self, title: str, content: QWidget, tools: QWidget | None = None) -> None:
        super().__init__()
        self.setObjectName("card")
        layout = QVBoxLayout(self)
        layout.setContentsMargins(16, 10, 16, 10)
        layout.setSpacing(6)
        if title:
            heading = QLabel(title)
            heading.setObjectName("heading")
            header = QHBoxLayout()
            header.addWidget(heading)
            if tools:
                header.addWidget(tools, 1)
            layout.addLayout(header)
        layout.addWidget(content, 1)
