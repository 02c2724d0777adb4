"""The dialog for the note."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtWidgets import QApplication, QDialogButtonBox, QWidget
from pytestqt.qtbot import QtBot

from backprop_gui.dialogs import note_dialog
from backprop_gui.dialogs.note_dialog import NoteDialog
from backprop_gui.dialogs.question import CANCEL
from backprop_gui.storage import experiment_file
from backprop_gui.storage.experiment_file import LONGEST_NOTE

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def dialog(qtbot: QtBot) -> Iterator[NoteDialog]:
    parent = QWidget()
    qtbot.addWidget(parent)
    made = NoteDialog("Mine", parent)
    made.show()
    with qtbot.waitActive(made):
        made.activateWindow()
    qtbot.waitUntil(made.text.hasFocus)
    yield made
    made.text.setPlainText("Mine")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The questions; each is answered with what is first in the list `answers`."""
    asked: list[str] = []

    def reply(_parent, _title, question: str, _answers, **_options: bool) -> str:
        asked.append(question)
        return CANCEL if len(asked) == 1 else "discard"

    monkeypatch.setattr(note_dialog, "ask", reply)
    return asked


def test_what_is_typed_goes_on_where_the_note_ends_and_control_enter_takes_it(
    qtbot: QtBot, dialog: NoteDialog
) -> None:
    qtbot.keyClicks(dialog.text, " and")
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return)
    qtbot.keyClicks(dialog.text, "yours")
    assert dialog.isVisible()
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return, CONTROL)
    assert dialog.result() == NoteDialog.DialogCode.Accepted
    assert dialog.note == "Mine and\nyours"


def test_tab_leaves_the_box_and_long_lines_are_wrapped(qtbot: QtBot, dialog: NoteDialog) -> None:
    qtbot.keyClick(dialog.text, Qt.Key.Key_Tab)
    assert not dialog.text.hasFocus()
    assert dialog.note == "Mine"
    dialog.text.setPlainText("word " * 100)
    assert dialog.text.document().size().height() > 3
    assert not dialog.text.horizontalScrollBar().isVisible()


def test_escape_loses_nothing_without_a_question(
    qtbot: QtBot, dialog: NoteDialog, asked: list[str]
) -> None:
    qtbot.keyClicks(dialog.text, "!")
    qtbot.keyClick(dialog.text, Qt.Key.Key_Escape)
    assert asked == ["Discard the changes to the note?"]
    assert dialog.isVisible()
    assert dialog.note == "Mine!"
    dialog.close()
    assert len(asked) == 2
    assert not dialog.isVisible()


def test_escape_asks_nothing_where_nothing_was_changed(
    qtbot: QtBot, dialog: NoteDialog, asked: list[str]
) -> None:
    qtbot.keyClick(dialog.text, Qt.Key.Key_Escape)
    assert not dialog.isVisible()
    assert asked == []


def test_the_length_is_counted_and_a_note_that_is_too_long_is_not_taken(
    qtbot: QtBot, dialog: NoteDialog
) -> None:
    assert dialog._length.text() == "4 of 2,000 characters"
    dialog.text.setPlainText("x" * LONGEST_NOTE)
    assert dialog._take.isEnabled()
    dialog.text.appendPlainText("x")
    assert "2,002 characters" in dialog._length.text()
    assert not dialog._take.isEnabled()
    qtbot.keyClick(dialog.text, Qt.Key.Key_Return, CONTROL)
    assert dialog.isVisible()


@pytest.mark.parametrize(
    ("typed", "note"),
    [
        ("a\u00a0b\u3000c", "a\u00a0b\u3000c"),
        ("👩\u200d🔬 \U0001faea\u200c", "👩\u200d🔬 \U0001faea\u200c"),
        ("a\u202eb\x07\u2028c", "a\u202eb␇\nc"),
        ("a\vb\fc\u2029d", "a\nb\nc\nd"),
        ("a\tb\ufffe", "a\tb�"),
    ],
)
@pytest.mark.parametrize("is_pasted", [False, True])
def test_a_note_keeps_every_character_that_its_file_can_hold_and_shows_where_others_were(
    dialog: NoteDialog, typed: str, note: str, is_pasted: bool
) -> None:
    if is_pasted:
        data = QMimeData()
        data.setText(typed)
        dialog.text.clear()
        dialog.text.insertFromMimeData(data)
    else:
        dialog.text.setPlainText(typed)
    assert dialog.note == note
    document = experiment_file.Document(note=dialog.note)
    assert experiment_file.decoded(experiment_file.encoded(document)) == document


def test_no_button_has_a_picture(dialog: NoteDialog) -> None:
    buttons = dialog.findChild(QDialogButtonBox).buttons()
    assert [button.text() for button in buttons if button.icon().isNull()] == ["OK", "Cancel"]
    assert QApplication.focusWidget() is dialog.text
