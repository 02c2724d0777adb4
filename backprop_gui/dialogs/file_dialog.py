"""The dialog that asks under which name something is saved."""

from pathlib import Path

from PySide6.QtCore import QChildEvent, QEvent, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget


def ask_for_name(
    parent: QWidget, title: str, folder: str, kind: str, name: str, suffix: str
) -> Path | None:
    """Return the file that the person names, which gets the suffix, or None.

    `kind` is the filter of the names that are shown, `name` is proposed. Whether a file that is
    there already may be replaced, is asked, too.
    """
    dialog = _SaveDialog(parent, title, folder, kind)
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix[1:])
    dialog.selectFile(name)
    is_chosen = dialog.exec()
    dialog.deleteLater()
    return Path(dialog.selectedFiles()[0]) if is_chosen else None


class _SaveDialog(QFileDialog):
    """Qt's dialog, whose questions on a file show its name as it is, not as HTML."""

    def childEvent(self, event: QChildEvent) -> None:
        """Let a question that comes up have plain text."""
        super().childEvent(event)
        child = event.child()
        if event.type() == QEvent.Type.ChildPolished and isinstance(child, QMessageBox):
            child.setTextFormat(Qt.TextFormat.PlainText)
