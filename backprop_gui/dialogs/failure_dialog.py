"""The dialog that tells of an error of the program's own."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from backprop_gui.i18n import _, ngettext

_Role = QDialogButtonBox.ButtonRole


class FailureDialog(QDialog):
    """Says what happened in plain words, and has the report at hand.

    Signals:
        log_requested(): the person wants to see the folder of the log.
    """

    log_requested = Signal()

    def __init__(self, summary: str, kept: str, report: str, parent: QWidget | None) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Something went wrong"))
        self.setMinimumWidth(520)
        headline = _line(summary)
        headline.setObjectName("headline")
        self._more = _line("")
        self._more.hide()
        self._report = QPlainTextEdit(report)
        self._report.setReadOnly(True)
        self._report.setAccessibleName(_("Report"))
        self._report.setWhatsThis(_("What the program was doing, for whoever mends it."))
        self._report.setFont(QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont))
        self._report.setMinimumHeight(160)
        buttons = QDialogButtonBox()
        copy = buttons.addButton(_("&Copy the report"), _Role.ActionRole)
        log = buttons.addButton(_("Show the &log"), _Role.ActionRole)
        close = buttons.addButton(_("Go &on"), _Role.RejectRole)
        close.setDefault(True)
        copy.clicked.connect(self._on_copy)
        log.clicked.connect(self.log_requested)
        buttons.rejected.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        for line in (headline, _line(kept), self._more):
            layout.addWidget(line)
        layout.addWidget(self._report, 1)
        layout.addWidget(buttons)

    def show_more(self, count: int) -> None:
        """Say that so many further errors came meanwhile, which the log has."""
        text = ngettext(
            "{count} further error came meanwhile; the log has it.",
            "{count} further errors came meanwhile; the log has them.",
            count,
        )
        self._more.setText(text.format(count=count))
        self._more.show()

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report.toPlainText())


def _line(text: str) -> QLabel:
    label = QLabel(text)
    label.setWordWrap(True)
    return label
