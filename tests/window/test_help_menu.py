"""The welcome, the help and "What's this?"."""

import re
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QAccessible, QDesktopServices, QTextDocument
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QDialog,
    QLabel,
    QLineEdit,
    QMessageBox,
    QPlainTextEdit,
    QPushButton,
    QScrollBar,
    QTextEdit,
    QWhatsThis,
    QWidget,
)
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.dialogs import question
from backprop_gui.dialogs.failure_dialog import FailureDialog
from backprop_gui.dialogs.help_dialog import HelpDialog
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.notation import plain
from backprop_gui.lesson.samples import SAMPLE_BY_NAME
from backprop_gui.views.about import about_text
from backprop_gui.views.check_panel import CheckPanel
from backprop_gui.widgets.card import Card
from backprop_gui.widgets.welcome import Welcome
from backprop_gui.window.main_window import MainWindow
from tests.dialogs_of import openings

CONTROLS = (
    QAbstractButton,
    QAbstractSpinBox,
    QAbstractSlider,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QTextEdit,
)


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
    window.help_menu.explain()
    for page in (
        window.panels.values,
        window.panels.listing,
        window.panels.check,
    ):
        window.arrangement.enlarge(page)
        assert unexplained(window) == []
        window.arrangement.restore()


def unnamed(parent: QWidget) -> list[QWidget]:
    """Return the controls that a screen reader has no name for."""
    return [
        widget
        for widget in parent.findChildren(QWidget)
        if isinstance(widget, CONTROLS)
        and widget.isVisibleTo(parent)
        and not widget.objectName().startswith("qt_")
        and not isinstance(widget, QScrollBar)
        and not isinstance(widget.parentWidget(), QAbstractSpinBox | QComboBox | QLineEdit)
        and not QAccessible.queryAccessibleInterface(widget).text(QAccessible.Text.Name).strip()
    ]


def letters(dialog: QWidget) -> list[str]:
    """Return the letters that lead to a control together with Alt."""
    parts = [*dialog.findChildren(QLabel), *dialog.findChildren(QAbstractButton)]
    texts = [part.text() for part in parts if "href" not in part.text()]
    return [found[1].lower() for text in texts if (found := re.search("&([^&])", text))]


def assert_is_complete(dialog: QWidget) -> None:
    assert unexplained(dialog) == []
    assert unnamed(dialog) == []
    assert len(letters(dialog)) == len(set(letters(dialog))), sorted(letters(dialog))


def test_every_dialog_has_an_answer_a_name_and_a_letter_of_its_own_for_each_control(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    shown: list[QDialog] = []

    def look(dialog: QDialog) -> int:
        dialog.show()
        shown.append(dialog)
        assert_is_complete(dialog)
        dialog.hide()
        return 0

    monkeypatch.setattr(QDialog, "exec", look)
    monkeypatch.setattr(QMessageBox, "exec", look)
    for ask in (*openings(window), window.help_menu.show_about):
        ask()
    assert len({type(dialog) for dialog in shown}) == 9
    question.ask(window, "Title", "Question?", {"yes": "&Yes"}, "Detail")
    assert len(shown) == 10


def test_a_tab_and_a_label_tell_what_their_page_and_their_box_are_for(window: MainWindow) -> None:
    label = QLabel("Weight", window)
    label.setBuddy(window.setup_panel.boxes["w1"])
    window.help_menu.explain()
    card = next(
        card for card in window.findChildren(Card) if card.place_of(window.panels.check) is not None
    )
    tab = next(b for b in card.findChildren(QPushButton, "tab") if b.text() == "Check")
    assert tab.whatsThis() == window.panels.check.whatsThis()
    assert "finite differences" in tab.whatsThis()
    assert label.whatsThis() == window.setup_panel.boxes["w1"].toolTip()


@pytest.mark.window
def test_what_s_this_opens_by_its_key(window: MainWindow, qtbot: QtBot) -> None:
    action = next(a for a in window.actions() if a.text() == "What's &this?")
    assert action.shortcut().toString() == "Shift+F1"
    action.trigger()
    assert QWhatsThis.inWhatsThisMode()
    QWhatsThis.leaveWhatsThisMode()


def help_of(qtbot: QtBot, window: MainWindow) -> HelpDialog:
    window.help_menu.show_help()
    dialog = window.findChild(HelpDialog)
    qtbot.waitUntil(lambda: not dialog._typesetting.isActive(), timeout=20_000)
    return dialog


def test_the_help_has_the_vocabulary_the_keys_and_the_fifteen_formulas(
    qtbot: QtBot, window: MainWindow
) -> None:
    dialog = help_of(qtbot, window)
    text = dialog._page.toPlainText()
    for quantity in ARTICLE.quantities.values():
        assert quantity.title in text
        assert quantity.name in text
    shown = {
        "Right": "→",
        "Left": "←",
        "PgUp": "Page Up",
        "PgDown": "Page Down",
        "Ctrl+-": "Ctrl+−",
    }
    for action in window.actions():
        for key in action.shortcuts():
            modifiers, plus, last = key.toString().rpartition("+")
            name = shown.get(key.toString()) or modifiers + plus + shown.get(last, last)
            assert name in text, action.text()
    document = dialog._page.document()
    kind = QTextDocument.ResourceType.ImageResource.value
    widths = {document.resource(kind, QUrl(f"step:{s.number}")).width() for s in ARTICLE.steps}
    assert len(widths) > 8
    assert min(widths) > 30
    for step in ARTICLE.steps:
        assert step.why in text
    assert plain("w_1") in text


def test_the_article_is_named_by_title_and_date_where_a_person_meets_it(
    qtbot: QtBot, window: MainWindow, welcome: Welcome
) -> None:
    shown = {
        "help": help_of(qtbot, window)._page.toPlainText(),
        "about": about_text(),
        "welcome": _labels(welcome),
        "check": _labels(window.findChild(CheckPanel)),
    }
    article = "“Simplified Neural Network Backpropagation Example Python” (27 July 2016)"
    assert [where for where, text in shown.items() if article not in text] == []


def _labels(parent: QWidget) -> str:
    return "\n".join(each.text() for each in parent.findChildren(QLabel))


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


@pytest.mark.window
def test_control_f_leads_to_the_search_and_a_word_that_is_not_there_moves_nothing(
    qtbot: QtBot, window: MainWindow
) -> None:
    dialog = help_of(qtbot, window)
    qtbot.waitUntil(dialog._page.hasFocus)
    qtbot.keyClick(dialog._page, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert dialog._search.hasFocus()
    dialog._search.setText("tolerance")
    place = dialog._page.verticalScrollBar().value()
    assert place > 0
    dialog._search.setText("tolerancex")
    assert dialog._page.verticalScrollBar().value() == place
    assert dialog._page.textCursor().selectedText() == "tolerance"
    assert dialog._missed.text() == "Not found"
    dialog._search.setText("step")
    assert dialog._missed.text() == ""


def test_the_help_lists_each_key_once_and_the_words_of_a_run(
    qtbot: QtBot, window: MainWindow
) -> None:
    text = help_of(qtbot, window)._page.toPlainText()
    assert text.count("Shift+F1") == 1
    keys = text.split("Keys")[1]
    main, *others = (keys.index(f"\n{key}\n") for key in ("Space", "Ctrl+N", "Ctrl+1", "F1"))
    assert main < min(others), "the keys of the main job come first"
    assert keys.index("→, Page Down") < min(others)
    vocabulary = text.split("Vocabulary")[1].split("The formulas")[0].splitlines()
    assert {"tolerance", "iteration", "step"} <= set(vocabulary)


def test_the_help_follows_the_theme(qtbot: QtBot, window: MainWindow) -> None:
    dialog = help_of(qtbot, window)
    kind = QTextDocument.ResourceType.ImageResource.value
    before = dialog._page.document().resource(kind, QUrl("step:1"))
    window.appearance._themes["dark"].trigger()
    qtbot.waitUntil(lambda: not dialog._typesetting.isActive(), timeout=20_000)
    assert dialog._page.document().resource(kind, QUrl("step:1")) != before


@pytest.fixture
def welcome(window: MainWindow) -> Welcome:
    window.help_menu.show_welcome()
    return window.findChild(Welcome)


def test_the_welcome_has_three_things_to_try_and_says_what_each_shows(
    qtbot: QtBot, window: MainWindow, welcome: Welcome
) -> None:
    step, change, sample = welcome.findChildren(QPushButton, "thing")
    said = {_labels(welcome)}
    qtbot.mouseClick(step, Qt.MouseButton.LeftButton)
    assert window.session.moment.position == (1, 6)
    said.add(_labels(welcome))
    qtbot.mouseClick(change, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(window.setup_panel.boxes["w1"].hasFocus)
    said.add(_labels(welcome))
    qtbot.mouseClick(sample, Qt.MouseButton.LeftButton)
    assert window.session.setup == SAMPLE_BY_NAME["overshooting-rate"].setup != Setup()
    assert welcome.isVisible()
    assert len(said | {_labels(welcome)}) == 4


def test_the_welcome_takes_neither_the_keys_nor_what_it_speaks_of(
    window: MainWindow, welcome: Welcome
) -> None:
    assert QApplication.focusWidget() is window.network
    for size in ((1440, 900), (1366, 700), (1024, 768), (1024, 600), (660, 600)):
        window.resize(*size)
        for _each in range(4):
            QApplication.processEvents()
        run = next(b for b in window.transport.findChildren(QPushButton) if b.text() == "Run")
        for part in (welcome, run, window.transport):
            assert part.visibleRegion().boundingRect() == part.rect(), (size, part)
        if window.setup_panel.isVisible():  # else it is behind a tab, with or without a welcome
            box = window.setup_panel.boxes["w1"]
            assert box.visibleRegion().boundingRect() == box.rect(), size


def test_the_welcome_makes_room_for_the_lecture_and_for_a_card_alone(
    window: MainWindow, welcome: Welcome
) -> None:
    for begin in (window.lecture.toggle, lambda: window.arrangement.enlarge(window.network)):
        begin()
        assert not welcome.isVisible()
        window.lecture.leave()
        assert welcome.isVisible()
    next(b for b in welcome.findChildren(QPushButton) if b.text() == "✕").click()
    window.lecture.toggle()
    window.lecture.leave()
    assert not welcome.isVisible(), "who has closed it has read it"


@pytest.mark.window
def test_the_space_bar_still_ticks_the_welcome_s_box(
    qtbot: QtBot, window: MainWindow, welcome: Welcome
) -> None:
    welcome.again.setFocus()
    qtbot.keyClick(welcome.again, Qt.Key.Key_Space)
    assert welcome.again.isChecked()
    assert not window.session.is_running


def test_the_welcome_is_as_large_as_its_text(window: MainWindow, welcome: Welcome) -> None:
    font = QApplication.font()
    for percent in (120, 150):
        window.appearance.choose(replace(window.appearance.choices, text_percent=percent))
        for width in (1024, 1366):
            window.resize(width, 768)
            for _each in range(9):
                QApplication.processEvents()
            lacking = [
                part.text()
                for part in welcome.findChildren(QLabel)
                if part.text() and part.height() < part.heightForWidth(part.width())
            ]
            assert lacking == []
            assert welcome.width() <= width
            assert welcome.height() <= 768 // 5
    QApplication.setFont(font)


def test_the_welcome_comes_once_unless_it_is_wanted_again(
    window: MainWindow,
) -> None:
    assert window.settings().is_welcome_wanted
    window.help_menu.show_welcome()
    welcome = window.findChild(Welcome)
    assert not welcome.again.isChecked()
    assert not window.settings().is_welcome_wanted
    welcome.again.setChecked(True)
    assert window.settings().is_welcome_wanted
    window.help_menu.is_welcome_wanted = False  # as the preferences do
    assert not welcome.again.isChecked()
    welcome.again.setChecked(True)
    next(b for b in welcome.findChildren(QPushButton) if b.text() == "✕").click()
    assert not welcome.isVisible()
    assert window.settings().is_welcome_wanted


def test_the_welcome_the_help_and_a_failure_are_explained(
    window: MainWindow, qtbot: QtBot, tmp_path
) -> None:
    window.help_menu.show_welcome()
    failure = FailureDialog("a", "b", "c", tmp_path, window)
    for dialog in (window.findChild(Welcome), help_of(qtbot, window), failure):
        assert_is_complete(dialog)


def test_the_log_s_folder_is_shown_and_its_path_is_said(
    window: MainWindow, monkeypatch: pytest.MonkeyPatch, tmp_path
) -> None:
    opened, said, refused = [], [], []
    window.help_menu._log_folder = tmp_path / "log"
    window.help_menu.said.connect(said.append)
    window.help_menu.refused.connect(refused.append)
    for is_opened in (True, False):
        monkeypatch.setattr(
            QDesktopServices,
            "openUrl",
            lambda url, is_opened=is_opened: opened.append(url) or is_opened,
        )
        window.help_menu.show_log()
    assert [url.toLocalFile() for url in opened] == [str(tmp_path / "log")] * 2
    assert said == refused == [f"The log is in {tmp_path / 'log'}."]
    assert QApplication.activeModalWidget() is None
