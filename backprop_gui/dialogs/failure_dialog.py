"""The dialog that tells of an error of the program's own."""

from pathlib import Path

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QFontDatabase, QGuiApplication, QResizeEvent, QShowEvent
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QFormLayout,
    QLabel,
    QLineEdit,
    QPlainTextEdit,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from backprop_gui.system.foreign import shown
from backprop_gui.system.texts import _, ngettext
from backprop_gui.widgets.breakable import breakable
from backprop_gui.widgets.plain import label

WENT_WRONG = _(
    "Something went wrong inside Backprop. You can continue. If something looks wrong afterwards, "
    "save your work and start Backprop again."
)
_Role = QDialogButtonBox.ButtonRole
_WIDTH, _LINES = 64, 7  # average letters across; lines of the report that can be seen


class FailureDialog(QDialog):
    """Says what happened in plain words, and has the report at hand.

    `headline` says it in a sentence, `error` is what Python calls it, `kept` a sentence on what is
    not saved, `log` the file that has it all.

    Signals:
        log_requested(): the person wants to see the folder of the log.
    """

    log_requested = Signal()

    def __init__(
        self,
        error: str,
        kept: str,
        report: str,
        log: Path,
        parent: QWidget | None,
        *,
        headline: str = WENT_WRONG,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(_("Something went wrong"))
        first = _line(headline)
        first.setObjectName("headline")
        self._more = _line("")
        self._more.hide()
        self._report = QPlainTextEdit(report)
        self._report.setReadOnly(True)
        self._report.setTabChangesFocus(True)
        self._report.setAccessibleName(_("Report"))
        self._report.setWhatsThis(_("The technical report, for the developers of Backprop."))
        fixed = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        fixed.setPointSizeF(QGuiApplication.font().pointSizeF())
        self._report.setFont(fixed)
        path = QFormLayout()
        path.setHorizontalSpacing(12)
        path.addRow(label(_("Log")), _path(log))
        self._layout = layout = QVBoxLayout(self)
        layout.setContentsMargins(20, 16, 20, 16)
        layout.setSpacing(12)
        for line in (first, _Elided(shown(error)), _line(kept), self._more):
            layout.addWidget(line)
        layout.addWidget(self._report, 1)
        layout.addLayout(path)
        layout.addWidget(self._buttons())

    def show_more(self, count: int) -> None:
        """Say that so many further errors came meanwhile, which the log has."""
        text = ngettext(
            "{count} more error occurred; the log contains it.",
            "{count} more errors occurred; the log contains them.",
            count,
        )
        self._more.setText(text.format(count=count))
        self._more.show()

    def showEvent(self, event: QShowEvent) -> None:
        """Be as large as the text needs."""
        self.ensurePolished()
        letter = self.fontMetrics().averageCharWidth()
        self._report.setMinimumHeight(self._report.fontMetrics().lineSpacing() * _LINES)
        self.setMinimumWidth(min(_WIDTH * letter, self.screen().availableSize().width() // 2))
        self._fit()
        super().showEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Have room for every line, whatever the width is."""
        super().resizeEvent(event)
        self._fit()

    def event(self, event: QEvent) -> bool:
        """Have room for a line that is added, and for larger text."""
        is_done = super().event(event)
        if event.type() == QEvent.Type.LayoutRequest:
            self._fit()
        return is_done

    def _fit(self) -> None:
        # Labels that wrap have no say in the least size of a dialog; so the dialog grows here.
        self.setMinimumHeight(self._layout.totalMinimumHeightForWidth(self.width()))

    def _buttons(self) -> QDialogButtonBox:
        buttons = QDialogButtonBox()
        copy = buttons.addButton(_("&Copy the report"), _Role.ActionRole)
        copy.setWhatsThis(_("Copies the report to the clipboard."))
        copy.clicked.connect(self._on_copy)
        log = buttons.addButton(_("Show the &log"), _Role.ActionRole)
        log.setWhatsThis(_("Opens the folder of the log in the file manager."))
        log.clicked.connect(self.log_requested)
        close = buttons.addButton(_("Co&ntinue"), _Role.RejectRole)
        close.setWhatsThis(_("Closes this message. The window is not changed."))
        close.setDefault(True)
        buttons.rejected.connect(self.reject)
        return buttons

    def _on_copy(self) -> None:
        QGuiApplication.clipboard().setText(self._report.toPlainText())


class _Elided(QLabel):
    """One muted line, which ends with an ellipsis where it is too long."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.setObjectName("remark")
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(text)
        self._text = text

    def sizeHint(self) -> QSize:
        """As high as a line."""
        return QSize(0, self.fontMetrics().lineSpacing())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show as much as there is room for."""
        super().resizeEvent(event)
        elided = Qt.TextElideMode.ElideRight
        self.setText(self.fontMetrics().elidedText(self._text, elided, self.width()))


def _line(text: str) -> QLabel:
    made = label(breakable(text))
    made.setWordWrap(True)
    return made


def _path(path: Path) -> QLineEdit:
    """Return the path as text that can be selected, however long it is."""
    shown = QLineEdit(str(path))
    shown.setReadOnly(True)
    shown.setCursorPosition(0)
    shown.setAccessibleName(_("Log"))
    shown.setWhatsThis(_("The file with the reports of all errors."))
    return shown
