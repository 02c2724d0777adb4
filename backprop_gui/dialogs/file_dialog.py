"""The dialogs that ask for a file: under which name something is saved, and which one is opened.

They are the system's own where it has some: Qt has those for its own class alone, not for one that
is derived from it.
"""

from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QChildEvent, QEvent, QObject, Qt
from PySide6.QtWidgets import QFileDialog, QMessageBox, QWidget


def ask_for_name(
    parent: QWidget, title: str, folder: str, kind: str, name: str, suffix: str
) -> Path | None:
    """Return the file that the person names, which gets the suffix, or None.

    `kind` is the filter of the names that are shown, `name` is proposed. Whether a file that is
    there already may be replaced, is asked, too.
    """
    dialog = _made(parent, title, folder, [kind])
    dialog.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
    dialog.setDefaultSuffix(suffix[1:])
    dialog.selectFile(name)
    return _answer(dialog)


def ask_for_file(parent: QWidget, title: str, folder: str, kinds: Iterable[str]) -> Path | None:
    """Return a file that is there, which the person chooses, or None.

    `kinds` are filters of the names that are shown.
    """
    dialog = _made(parent, title, folder, kinds)
    dialog.setFileMode(QFileDialog.FileMode.ExistingFile)
    return _answer(dialog)


def _made(parent: QWidget, title: str, folder: str, kinds: Iterable[str]) -> QFileDialog:
    dialog = QFileDialog(parent, title, folder)
    dialog.setNameFilters(list(kinds))
    dialog.installEventFilter(_PlainBoxes(dialog))
    return dialog


def _answer(dialog: QFileDialog) -> Path | None:
    is_chosen = dialog.exec()
    dialog.deleteLater()
    return Path(dialog.selectedFiles()[0]) if is_chosen else None


class _PlainBoxes(QObject):
    """Lets a dialog's own questions on a file show its name as it is, not as HTML."""

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Give a box that comes up plain text."""
        if event.type() == QEvent.Type.ChildPolished and isinstance(event, QChildEvent):
            child = event.child()
            if isinstance(child, QMessageBox):
                child.setTextFormat(Qt.TextFormat.PlainText)
        return False
