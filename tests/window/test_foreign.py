"""Texts from outside, such as the names of files: shown as they are, whatever they look like."""

import ast
import dataclasses
import os
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QAction, QPixmap, QTextDocument
from PySide6.QtGui import Qt as GuiQt
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLabel,
    QLineEdit,
    QMenu,
    QMessageBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

import backprop_gui
from backprop_gui.core.network import Setup
from backprop_gui.dialogs import question
from backprop_gui.dialogs.failure_dialog import FailureDialog
from backprop_gui.dialogs.file_dialog import ask_for_file, ask_for_name
from backprop_gui.lesson import numbers
from backprop_gui.storage import experiment_file
from backprop_gui.storage.experiment_file import Document
from backprop_gui.system import letters
from backprop_gui.system.foreign import MOST, shown
from backprop_gui.widgets.note import Note
from backprop_gui.widgets.progress import ProgressPanel
from backprop_gui.window.main_window import MainWindow
from tests.conftest import MakeWindow
from tests.dialogs_of import openings

PACKAGE = Path(backprop_gui.__file__).parent
PICTURE = "\N{OBJECT REPLACEMENT CHARACTER}"  # in the text of a document
IMAGE = '<img src="pixel.png"><h1>Big'
NAMES = {
    "html": IMAGE,
    "entity": "a&lt;b&amp;c",
    "mnemonic": "R&D & more",
    "tab": "a\tCtrl+Q",
    "lines": "first\nsecond\r\u2028third",
    "changed": "a[*]b",
    "changed twice": "[*]",
    "turned": "invoice\u202efdp.exe\u2066x",
    "bytes": os.fsdecode(b"bad\xffname"),
    "escape": "\x1b[31mred",
}


@pytest.fixture(params=NAMES)
def name(request: pytest.FixtureRequest) -> str:
    return f"{NAMES[request.param]}.backprop"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The working folder, in which there is a picture that HTML could load."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def as_seen(text: str, kind: Qt.TextFormat = Qt.TextFormat.AutoText) -> str:
    """Return the letters that Qt puts on the screen, a picture as one letter."""
    is_auto = kind is Qt.TextFormat.AutoText and GuiQt.mightBeRichText(text)
    if kind is Qt.TextFormat.RichText or is_auto:
        document = QTextDocument()
        document.setHtml(text)
        text = document.toPlainText()
    return text.replace("\u200b", "")


def everything_seen(parent: QWidget) -> Iterator[str]:
    for widget in (parent, *parent.findChildren(QWidget)):
        yield as_seen(widget.toolTip())
        yield as_seen(widget.whatsThis())
        if isinstance(widget, QLabel):
            yield as_seen(widget.text(), widget.textFormat())
        if isinstance(widget, QMessageBox):
            yield as_seen(widget.text(), widget.textFormat())


@pytest.mark.parametrize("letter", ["\n", "\t", "\x1b", "\x7f", "\u202e", "\u2067", "\u200f"])
def test_a_letter_that_is_not_seen_becomes_one_that_is(letter: str) -> None:
    text = shown(f"a{letter}b")
    assert letter not in text
    assert text.isprintable()
    assert len(text) > len("ab")
    assert text != shown("ab")


@pytest.mark.parametrize("code", [0x00, 0x08, 0x1B, 0x7F])
def test_a_control_has_one_picture_wherever_it_is_seen(code: int) -> None:
    image = unicodedata.lookup("SYMBOL FOR DELETE") if code == 0x7F else chr(0x2400 + code)
    text = f"a{chr(code)}b"
    assert {shown(text), letters.one_line(text), numbers.quoted(text)} == {f"a{image}b"}


def test_a_half_of_a_character_can_be_shown(qtbot: QtBot) -> None:
    text = shown(os.fsdecode(b"bad\xff"))
    text.encode("utf-8")
    label = QLabel(text)
    qtbot.addWidget(label)
    assert label.text() == text


def test_a_name_from_right_to_left_does_not_turn_the_sentence_around() -> None:
    sentence = f"Saved {shown('שלום.backprop')} (3)"
    first, last = sentence.index("\u2068"), sentence.index("\u2069")
    assert sentence[first + 1 : last] == "שלום.backprop"
    assert shown("ordinary ü 日本.backprop") == "ordinary ü 日本.backprop"


@pytest.mark.parametrize("length", [MOST - 1, MOST, MOST + 1, 5000])
def test_a_long_name_keeps_its_beginning_and_its_end(length: int) -> None:
    long = "begin" + "x" * (length - 10) + "enden"
    text = shown(long)
    assert len(text) == min(length, MOST)
    assert text.startswith("begin")
    assert text.endswith("enden")
    assert ("…" in text) == (length > MOST)


def test_the_parts_of_an_emoji_stay_together() -> None:
    family = "\U0001f469\u200d\U0001f467\ufe0f"
    assert shown(family) == family


def test_the_name_of_a_file_is_shown_as_it_is_wherever_it_stands(
    window: MainWindow, folder: Path, name: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / name
    path.write_bytes(experiment_file.encoded(Document(note=IMAGE)))
    asked: list[QMessageBox] = []
    seen: list[str] = []

    def look(box: QMessageBox) -> int:
        asked.append(box)
        seen.extend(everything_seen(box))
        return 0

    monkeypatch.setattr(QMessageBox, "exec", look)
    window.resize(700, 500)  # notes are too long for it, and have a tooltip
    window.documents.open(path)
    seen += everything_seen(window)
    assert IMAGE in seen  # the note, which is a text of its own
    window.session.set_setup(dataclasses.replace(window.session.setup, w1=0.75))
    window.documents.may_discard()
    path.write_bytes(b"other")
    window.documents.save()
    window.documents.open(path)
    seen += everything_seen(window)
    window.messages.say(f"Saved {shown(path)}")
    window.help_menu.explain()
    seen += everything_seen(window)
    assert len(asked) >= 2
    text = shown(path.name)
    assert len([each for each in seen if text in each.split("␤")[0]]) >= 4
    assert not [each for each in seen if PICTURE in each]
    for each in seen:
        assert not set(each) & set("\u202e\u2066\u2028\t\x1b\r")


def test_a_window_s_title_and_its_menu_have_the_name_as_it_is(
    window: MainWindow, folder: Path
) -> None:
    recent = next(m for m in window.findChildren(QMenu) if m.title() == "Open &recent")
    for path in (folder / f"{stem}.backprop" for stem in NAMES.values()):
        path.write_bytes(experiment_file.encoded(Document()))
        window.documents.open(path)
        for mark in ("", "*"):
            assert window.isWindowModified() == bool(mark)
            # What Qt makes of it: a pair of marks is a mark, a single one says what is unsaved.
            title = window.windowTitle().replace("[*][*]", "\0").replace("[*]", mark)
            assert title.replace("\0", "[*]").startswith(f"{shown(path.name)}{mark} – ")
            window.session.set_setup(Setup(w1=0.7))
        window.documents.save()
        recent.aboutToShow.emit()
        text = recent.actions()[0].text()
        assert "\t" not in text  # behind it Qt would write a key
        assert text.startswith("&1  ")
        text = text.removeprefix("&1  ")
        assert text.replace("&&", "") == text.replace("&", "")  # a single one would make a key
        assert text.replace("&&", "&").startswith(shown(path.name))
        assert len(text) < 200


@pytest.mark.parametrize("name", ["x" * 255, "<b>" + "y" * 5000])
def test_the_longest_name_leaves_a_menu_on_the_screen(make_window: MakeWindow, name: str) -> None:
    window = make_window()
    window.documents.recent = (f"/{'folder/' * 100}{name}",)
    recent = next(m for m in window.findChildren(QMenu) if m.title() == "Open &recent")
    recent.aboutToShow.emit()
    assert recent.sizeHint().width() < 1400
    window.documents.recent = ()  # no settings hold a path of this length


def test_the_bar_of_a_work_shows_the_name_of_a_file_as_it_is(qtbot: QtBot, folder: Path) -> None:
    QPixmap(8, 8).save(str(folder / "pixel.png"))
    over = QWidget()
    qtbot.addWidget(over)
    bar = ProgressPanel(over)
    bar.begin(f"Writing {IMAGE}")
    assert f"Writing {IMAGE}" in list(everything_seen(bar))


def test_a_failure_and_its_log_are_shown_as_they_are(qtbot: QtBot) -> None:
    dialog = FailureDialog(IMAGE, IMAGE, IMAGE, Path(IMAGE), None)
    qtbot.addWidget(dialog)
    dialog.show()
    dialog.resize(2000, 400)
    seen = list(everything_seen(dialog))
    assert seen.count(IMAGE) == 2
    assert not [each for each in seen if PICTURE in each]


def test_a_question_shows_both_of_its_texts_as_they_are(
    qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    parent = QWidget()
    qtbot.addWidget(parent)
    seen: list[str] = []
    monkeypatch.setattr(QMessageBox, "exec", lambda box: seen.extend(everything_seen(box)))
    question.ask(parent, "Title", f"{IMAGE}?", {"yes": "Yes"}, f"{IMAGE}!")
    assert {f"{IMAGE}?", f"{IMAGE}!", f"{IMAGE}? {IMAGE}!"} <= set(seen)


def test_qt_s_own_word_on_a_file_that_is_not_there_shows_its_name_as_it_is(
    qtbot: QtBot, folder: Path
) -> None:
    QPixmap(8, 8).save(str(folder / "pixel.png"))
    parent = QWidget()
    qtbot.addWidget(parent)
    seen: list[str] = []

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        dialog.findChild(QLineEdit).setText("<img src=pixel.png>.png")
        QTimer.singleShot(0, dialog, answer)
        dialog.accept()  # says that there is no such file
        dialog.reject()

    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.extend(everything_seen(box))
        box.reject()

    QTimer.singleShot(0, parent, choose)
    assert not ask_for_file(parent, "Open", str(folder), ["PNG (*.png)"])
    assert [each for each in seen if "<img src=pixel.png>" in each]
    assert not [each for each in seen if PICTURE in each]


def test_qt_s_own_question_on_a_file_shows_its_name_as_it_is(qtbot: QtBot, folder: Path) -> None:
    QPixmap(8, 8).save(str(folder / "pixel.png"))
    path = folder / "<img src=pixel.png>.png"  # Qt's dialog takes quotation marks for its own
    path.touch()
    parent = QWidget()
    qtbot.addWidget(parent)
    seen: list[str] = []

    def choose() -> None:
        dialog = QApplication.activeModalWidget()
        assert isinstance(dialog, QFileDialog)
        QTimer.singleShot(0, dialog, answer)
        dialog.accept()  # asks whether to replace the file
        dialog.reject()

    def answer() -> None:
        box = QApplication.activeModalWidget()
        assert isinstance(box, QMessageBox)
        seen.extend(everything_seen(box))
        box.reject()

    QTimer.singleShot(0, parent, choose)
    assert not ask_for_name(parent, "Export", str(folder), "PNG (*.png)", path.name, ".png")
    assert [each for each in seen if path.name in each]
    assert not [each for each in seen if PICTURE in each]


def test_no_label_guesses_whether_its_text_is_html(window: MainWindow) -> None:
    for ask in openings(window):
        QTimer.singleShot(0, window, lambda: QApplication.activeModalWidget().close())
        ask()
    window.help_menu.show_welcome()
    window.help_menu.show_help()
    window.messages.refuse("no")
    window.session.go_to_last()
    for row in window.setup_panel.boxes.values():
        row.lineEdit().setText("x")
    opened = [window, *QApplication.topLevelWidgets()]
    labels = {label for each in opened for label in each.findChildren(QLabel)}
    assert len(labels) > 100
    guessing = {each for each in labels if each.textFormat() == Qt.TextFormat.AutoText}
    assert {each.text() for each in guessing} <= {"Opacity"}  # pyqtgraph's, never shown


ALLOWED = {  # where one is made, and so has its texts' format
    "QLabel": {"widgets/plain.py"},
    "QMessageBox": {"widgets/plain.py", "window/help_menu.py"},
    "QFileDialog": {"dialogs/file_dialog.py"},
}


def test_labels_and_boxes_are_made_in_one_place() -> None:
    wrong = []
    for path in PACKAGE.rglob("*.py"):
        place = path.relative_to(PACKAGE).as_posix()
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name | ast.Attribute):
                # Or by one of its own functions, such as QFileDialog.getOpenFileName.
                made = getattr(getattr(node.func, "value", node.func), "id", "")
                if made in ALLOWED and place not in ALLOWED[made]:
                    wrong.append(f"{place}:{node.lineno} {made}")
    assert not wrong


def test_a_label_s_class_of_our_own_says_what_its_texts_are() -> None:
    found = []
    for path in PACKAGE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            bases = [base.id for base in getattr(node, "bases", []) if isinstance(base, ast.Name)]
            if "QLabel" in bases:
                found.append(node)
                assert "self.setTextFormat(Qt.TextFormat.PlainText)" in ast.unparse(node)
    assert len(found) >= 4


def test_no_action_s_text_has_a_tab(window: MainWindow) -> None:
    assert not [action for action in window.findChildren(QAction) if "\t" in action.text()]


def test_a_note_s_tooltip_shows_a_text_that_looks_like_html_as_it_is(window: MainWindow) -> None:
    note = window.findChild(Note)
    note.say(IMAGE * 40)
    assert IMAGE * 40 in as_seen(note.toolTip()).replace("\n", "")
