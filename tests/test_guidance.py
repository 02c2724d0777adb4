"""The welcome, the help and "What's this?"."""

import re

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollBar,
    QTextEdit,
    QWhatsThis,
    QWidget,
)
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.dialogs.failure_dialog import FailureDialog
from backprop_gui.dialogs.help_dialog import HelpDialog
from backprop_gui.dialogs.welcome_dialog import WelcomeDialog
from backprop_gui.lesson.notation import plain
from backprop_gui.lesson.scenarios import SCENARIO
from backprop_gui.lesson.steps import QUANTITIES, STEPS
from backprop_gui.window import MainWindow

pytestmark = pytest.mark.window

CONTROLS = (QAbstractButton, QAbstractSpinBox, QAbstractSlider, QComboBox, QLineEdit, QTextEdit)


def unexplained(parent: QWidget) -> list[QWidget]:
    """Return the controls that a person can use and that nothing is said about."""
    found = []
    for widget in parent.findChildren(QWidget):
        if not isinstance(widget, CONTROLS) and widget.focusPolicy() == Qt.FocusPolicy.NoFocus:
            continue
        is_inner = isinstance(widget, QScrollBar) or widget.objectName().startswith("qt_")
        inside = widget.parentWidget()
        is_part = isinstance(inside, QAbstractSpinBox | QComboBox | QLineEdit)
        if widget.isVisibleTo(parent) and not is_inner and not is_part:
            explained = widget
            while explained is not parent and not explained.whatsThis():
                explained = explained.parentWidget()
            if not explained.whatsThis():
                found.append(widget)
    return found


def test_what_s_this_has_an_answer_on_every_control(window: MainWindow) -> None:
    assert unexplained(window), "the explanations come when they are asked for"
    window.guidance.explain()
    for page in (window.readings.values, window.readings.listing, window.readings.check):
        window.arrangement.enlarge(page)
        assert unexplained(window) == []
        window.arrangement.restore()


def test_what_s_this_has_an_answer_in_every_dialog(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[QDialog] = []

    def look(dialog: QDialog) -> int:
        dialog.show()
        shown.append(dialog)
        closing = [b for b in dialog.findChildren(QPushButton) if b.text() in ("Cancel", "Close")]
        assert [w for w in unexplained(dialog) if w not in closing] == []
        dialog.hide()
        return 0

    monkeypatch.setattr(QDialog, "exec", look)
    exporting = window.exporting
    for ask in (
        exporting.export_picture,
        exporting.export_slides,
        exporting.export_example,
        exporting.export_data,
        window._on_preferences,
    ):
        ask()
    assert len({type(dialog) for dialog in shown}) == 5


def test_what_s_this_opens_by_its_key(window: MainWindow, qtbot: QtBot) -> None:
    action = next(a for a in window.actions() if a.text() == "What's &this?")
    assert action.shortcut().toString() == "Shift+F1"
    action.trigger()
    assert QWhatsThis.inWhatsThisMode()
    QWhatsThis.leaveWhatsThisMode()


def help_of(qtbot: QtBot, window: MainWindow) -> HelpDialog:
    window.guidance.show_help()
    dialog = window.findChild(HelpDialog)
    qtbot.waitUntil(lambda: not dialog._typesetting.isActive(), timeout=20_000)
    return dialog


def test_the_help_has_the_vocabulary_the_keys_and_the_fifteen_formulas(
    qtbot: QtBot, window: MainWindow
) -> None:
    dialog = help_of(qtbot, window)
    text = dialog._page.toPlainText()
    for quantity in QUANTITIES.values():
        assert quantity.title in text
        assert quantity.name in text
    for action in window.actions():
        for key in action.shortcuts():
            assert key.toString() in text, action.text()
    document = dialog._page.document()
    kind = QTextDocument.ResourceType.ImageResource.value
    widths = {document.resource(kind, QUrl(f"step:{s.number}")).width() for s in STEPS}
    assert len(widths) > 8
    assert min(widths) > 30
    for step in STEPS:
        assert step.why in text
    assert plain("w_1") in text


def test_the_help_can_be_searched_and_its_links_lead_somewhere(
    qtbot: QtBot, window: MainWindow
) -> None:
    dialog = help_of(qtbot, window)
    qtbot.keyClicks(dialog._search, "learning rate")
    assert dialog._page.textCursor().selectedText() == "learning rate"
    html = dialog._page.toHtml()
    shown = "".join(label.text() for label in dialog.findChildren(QLabel))
    links = re.findall(r'href="#(\w+)"', shown)
    assert len(links) == 5
    assert all(f'name="{link}"' in html for link in links)


def test_the_help_follows_the_theme(qtbot: QtBot, window: MainWindow) -> None:
    dialog = help_of(qtbot, window)
    kind = QTextDocument.ResourceType.ImageResource.value
    before = dialog._page.document().resource(kind, QUrl("step:1"))
    window.appearance._themes["dark"].trigger()
    qtbot.waitUntil(lambda: not dialog._typesetting.isActive(), timeout=20_000)
    assert dialog._page.document().resource(kind, QUrl("step:1")) != before


def test_the_welcome_has_three_things_to_try(qtbot: QtBot, window: MainWindow) -> None:
    window.guidance.show_welcome()
    welcome = window.findChild(WelcomeDialog)
    step, change, sample = (
        b for b in welcome.findChildren(QPushButton) if b.text() not in ("Close", "")
    )
    qtbot.mouseClick(step, Qt.MouseButton.LeftButton)
    assert window.session.moment.position == (1, 6)
    qtbot.mouseClick(change, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.setup_panel.boxes["w1"].hasFocus)
    qtbot.mouseClick(sample, Qt.MouseButton.LeftButton)
    assert window.session.setup == SCENARIO["overshooting-rate"].setup != Setup()
    assert welcome.isVisible()


def test_the_welcome_can_be_dismissed_for_ever(qtbot: QtBot, window: MainWindow) -> None:
    assert window.settings().is_welcome_wanted
    window.guidance.show_welcome()
    welcome = window.findChild(WelcomeDialog)
    welcome.again.setChecked(False)
    welcome.close()
    assert not window.settings().is_welcome_wanted


def test_the_welcome_and_the_help_are_explained(window: MainWindow, qtbot: QtBot) -> None:
    window.guidance.show_welcome()
    for dialog in (window.findChild(WelcomeDialog), help_of(qtbot, window)):
        closing = [b for b in dialog.findChildren(QPushButton) if b.text() == "Close"]
        assert [w for w in unexplained(dialog) if w not in closing] == []
    failure = FailureDialog("a", "b", "c", window)
    assert all(isinstance(widget, QPushButton) for widget in unexplained(failure))


def test_the_log_s_folder_is_shown_or_its_path_is_said(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    opened, told = [], []
    window.guidance._log_folder = tmp_path / "log"
    window.guidance.refused.connect(told.append)
    for is_opened in (True, False):
        monkeypatch.setattr(
            QDesktopServices,
            "openUrl",
            lambda url, is_opened=is_opened: opened.append(url) or is_opened,
        )
        window.guidance.show_log()
    assert [url.toLocalFile() for url in opened] == [str(tmp_path / "log")] * 2
    assert told == [f"The log is in {tmp_path / 'log'}."]
    assert QApplication.activeModalWidget() is None
