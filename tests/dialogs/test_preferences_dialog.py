"""The dialog for the preferences."""

import pytest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from backprop_gui.dialogs.preferences_dialog import Preferences, PreferencesDialog
from backprop_gui.paint.theme import LIGHT


@pytest.fixture
def parent(qtbot: QtBot) -> QWidget:
    made = QWidget()
    made.setStyleSheet(LIGHT.style_sheet("window", "dialogs"))
    qtbot.addWidget(made)
    return made


@pytest.fixture
def dialog(qtbot: QtBot, parent: QWidget) -> PreferencesDialog:
    made = PreferencesDialog(Preferences("light", 100, 4, ".", True, False, False), parent)
    made.show()
    qtbot.waitExposed(made)
    return made


def test_the_boxes_have_room_for_text_that_gets_larger_and_smaller_while_they_are_shown(
    dialog: PreferencesDialog,
) -> None:
    before = dialog.size()
    usual = QApplication.font()
    for scale in (1.5, 1.0):
        font = QApplication.font()
        font.setPointSizeF(usual.pointSizeF() * scale)
        QApplication.setFont(font)
        sheet = LIGHT.style_sheet("window", "dialogs", scale=scale)
        dialog.parentWidget().setStyleSheet(sheet)
        for _each in range(9):
            QApplication.processEvents()
        for box in dialog.findChildren(QComboBox):
            assert box.height() >= box.sizeHint().height()
    assert dialog.size() == before


def test_a_label_says_what_its_box_is_for(dialog: PreferencesDialog) -> None:
    labels = [label for label in dialog.findChildren(QLabel) if label.text()]
    assert len(labels) == 5
    for label in labels:
        assert label.whatsThis() == label.buddy().whatsThis() != ""


def test_the_hint_on_digits_promises_only_what_is_so(dialog: PreferencesDialog) -> None:
    assert "fewer where the drawing has no room" in dialog.digits.whatsThis()
