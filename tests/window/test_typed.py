"""What is typed is what counts: it is taken before anything else, or that stops in words."""

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAction, QDesktopServices, QDropEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QDialog,
    QFileDialog,
    QLabel,
    QMenu,
    QMenuBar,
    QMessageBox,
    QPushButton,
    QWhatsThis,
    QWidget,
)
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.dialogs import question
from backprop_gui.dialogs.question import CANCEL
from backprop_gui.lesson.moment import Position
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.storage.experiment_file import Document, decoded, encoded
from backprop_gui.storage.settings import Settings
from backprop_gui.widgets.commands import COMMANDS
from backprop_gui.window import exporting, second_window
from backprop_gui.window.main_window import MainWindow
from tests.extent import spread

ENDLESS = Setup(target=1.5, max_iterations=2_000_000_000)
WRONG = "0.3.1"
CONTROL = Qt.KeyboardModifier.ControlModifier

# What a person may do whatever is typed: nothing of it depends on the number.
GOES_ON = {
    *("New window", "Note", "Quit", "Preferences", "Back", "Fit the plot"),
    *("Zoom in", "Zoom out", "Clear kept runs", "Animate steps"),
    *("Draw what you expect", "Clear what you expect"),
    *("Follow the system", "Light", "Dark", "Help", "What's this?", "Welcome", "Show the log"),
    *("About Backprop", "Reset to the article", "Blank screen"),
    *("Predict, then see", "Answer 1", "Answer 2", "Answer 3"),
}


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Answer all that would wait for a person; return what was opened or asked."""
    met: list[str] = []

    def note(what: str, answer: object) -> Callable[..., object]:
        def reply(*_values: object, **_names: object) -> object:
            met.append(what)
            return answer

        return reply

    monkeypatch.setattr(QDialog, "exec", note("dialog", 0))
    monkeypatch.setattr(QMessageBox, "exec", note("box", 0))
    monkeypatch.setattr(QFileDialog, "exec", note("file dialog", 0))
    monkeypatch.setattr(question, "ask", note("question", CANCEL))
    monkeypatch.setattr(exporting, "ask", note("question", CANCEL))
    monkeypatch.setattr(second_window, "start_another", note("window", None))
    monkeypatch.setattr(QDesktopServices, "openUrl", note("folder", True))
    return met


@pytest.fixture
def sample(tmp_path: Path) -> Path:
    path = tmp_path / "mine.backprop"
    path.write_bytes(encoded(Document(Setup(w1=0.25))))
    return path


def type_into(qtbot: QtBot, window: MainWindow, name: str, text: str) -> None:
    """Click into a box and type another text in place of the one that is there."""
    line = window.setup_panel.boxes[name].lineEdit()
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    qtbot.keyClick(line, Qt.Key.Key_A, CONTROL)
    qtbot.keyClicks(line, text)


def name_of(action: QAction) -> str:
    return action.text().replace("&", "").rstrip("…")


def commands(window: MainWindow) -> list[QAction]:
    """Return what can be done by menu or key, samples included."""
    menus = [menu.menuAction() for menu in window.menuBar().findChildren(QMenu)]
    return [
        action for action in window.actions() if not action.isSeparator() and action not in menus
    ]


def begin_anew(window: MainWindow) -> None:
    """Have the article's run at its third iteration, with nothing typed and nothing in the way."""
    QWhatsThis.leaveWhatsThisMode()
    window.lecture.leave()
    window.typed.reset_to_article()
    window.session.reset()
    window.session.go_to_last()
    window.session.go_to_iteration(3)


def is_told(window: MainWindow) -> bool:
    """Say whether the sentence on what is wrong can be read, and the box be typed into."""
    window.arrangement.grab()  # has all layouts done
    told = [
        label
        for label in window.setup_panel.findChildren(QLabel, "problem")
        if label.isVisible()
        and "The value is still" in label.text()
        and not label.visibleRegion().isEmpty()
    ]
    return bool(told) and QApplication.focusWidget() is window.setup_panel.wrong


def test_every_command_takes_the_typed_number_first(qtbot: QtBot, window: MainWindow) -> None:
    missed = []
    for action in commands(window):
        begin_anew(window)
        type_into(qtbot, window, "w2", "0.31")
        action.setEnabled(True)  # where everything is shown there is no way back to everything
        action.trigger()
        name = name_of(action)
        is_back = name == "Reset to the article" or name.startswith("Undo")
        expected = Setup() if is_back else Setup(w2=0.31)
        if window.session.setup != expected or window.setup_panel.wrong:
            missed.append(name_of(action))
    assert not missed
    assert len(commands(window)) > 40


def test_a_wrong_number_stops_every_command_that_needs_it_and_no_other(
    qtbot: QtBot, window: MainWindow, opened: list[str]
) -> None:
    for action in commands(window):
        begin_anew(window)
        run = window.session.run
        type_into(qtbot, window, "w2", WRONG)
        opened.clear()
        action.setEnabled(True)
        action.trigger()
        name = name_of(action)
        if name in GOES_ON:
            continue
        assert window.session.run is run, name
        assert window.session.moment.position == (3, 5), name
        assert not window.session.is_running, name
        assert not opened, name
        assert window.setup_panel.boxes["w2"].lineEdit().text() == WRONG, name
        assert is_told(window), name
        said = window.messages._banner.accessibleName()
        heard = next((c for c in COMMANDS if window.commands[c] is action), None)
        assert (COMMANDS[heard].name if heard else name) in said, "which key or menu was heard"
        assert f"“{WRONG}” is not a number" in said


def test_what_is_told_of_a_wrong_number_goes_with_it(qtbot: QtBot, window: MainWindow) -> None:
    type_into(qtbot, window, "w2", WRONG)
    window.commands["save"].trigger()
    banner = window.messages._banner
    assert banner.text.startswith("“Save” did nothing: “0.3.1” is not a number.")
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert not banner.isVisible()
    type_into(qtbot, window, "w2", WRONG)
    window.commands["save"].trigger()
    window.messages.refuse("Another problem.")
    window.setup_panel.discard_edits()
    assert banner.text == "Another problem."


def test_a_wrong_number_is_no_trap_for_what_does_without_it(
    qtbot: QtBot, window: MainWindow, opened: list[str]
) -> None:
    named = {name_of(action): action for action in commands(window)}
    for name in ("Help", "Preferences", "New window", "About Backprop", "Note"):
        begin_anew(window)
        type_into(qtbot, window, "w2", WRONG)
        opened.clear()
        named[name].trigger()
        shown = [dialog for dialog in window.findChildren(QDialog) if dialog.isVisible()]
        assert opened or shown, name
        for dialog in shown:
            dialog.close()


def clickable(window: MainWindow) -> Iterator[QWidget]:
    """Yield all that can be clicked outside of the boxes' panel; menus are commands."""
    for widget in window.findChildren(QWidget):
        is_menu = isinstance(widget, QMenu | QMenuBar)
        has_menu = isinstance(widget, QPushButton) and widget.menu()
        is_elsewhere = not window.setup_panel.isAncestorOf(widget)
        is_there = widget.isVisible() and widget.isEnabled() and widget.window() is window
        if is_there and is_elsewhere and not (is_menu or has_menu) and widget.width() > 2:
            yield widget


@pytest.mark.window
def test_a_click_anywhere_else_takes_the_typed_number_first(
    qtbot: QtBot, window: MainWindow
) -> None:
    begin_anew(window)
    found = [w for w in clickable(window) if w is not window.setup_panel]
    assert len(found) > 100
    kinds = [[w for w in found if type(w) is kind] for kind in dict.fromkeys(map(type, found))]
    widgets = [widget for kind in kinds for widget in spread(kind, 3)]
    missed = []
    for widget in widgets:
        begin_anew(window)
        type_into(qtbot, window, "w2", "0.31")
        if widget not in set(clickable(window)):
            continue
        qtbot.mouseClick(widget, Qt.MouseButton.LeftButton)
        is_reset = isinstance(widget, QAbstractButton) and widget.text() == "Reset to the article"
        if window.session.setup != (Setup() if is_reset else Setup(w2=0.31)):
            missed.append(widget)
    assert not missed


@pytest.mark.window
def test_after_a_click_elsewhere_the_space_bar_runs(qtbot: QtBot, window: MainWindow) -> None:
    type_into(qtbot, window, "w2", "0.31")
    qtbot.mouseClick(window.transport.findChild(QPushButton, "primary"), Qt.MouseButton.LeftButton)
    assert window.session.is_running
    assert window.session.setup == Setup(w2=0.31)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert not window.session.is_running


def test_run_does_not_run_while_a_wrong_number_is_typed(qtbot: QtBot, window: MainWindow) -> None:
    type_into(qtbot, window, "w2", WRONG)
    run = window.transport.findChild(QPushButton, "primary")
    qtbot.mouseClick(run, Qt.MouseButton.LeftButton)
    assert not window.session.is_running
    assert is_told(window)
    qtbot.keyClicks(QApplication.focusWidget(), "0.31")
    qtbot.mouseClick(run, Qt.MouseButton.LeftButton)
    assert window.session.is_running
    assert window.session.setup == Setup(w2=0.31)


def test_pause_pauses_whatever_is_typed(qtbot: QtBot, window: MainWindow) -> None:
    button = window.transport.findChild(QPushButton, "primary")
    for pause in (
        window.commands["run"].trigger,
        lambda: qtbot.mouseClick(button, Qt.MouseButton.LeftButton),
    ):
        for text in ("0.31", WRONG):
            begin_anew(window)
            window.session.set_setup(ENDLESS)
            window.session.start()
            type_into(qtbot, window, "w2", text)
            assert window.session.is_running
            pause()
            assert not window.session.is_running
            assert (window.session.setup.w2 == 0.31) is (text == "0.31")


@pytest.mark.parametrize(
    ("hidden", "size"),
    spread(
        list(
            itertools.product(
                ("", "network", "lecture", "values"),
                ((1440, 900), (1024, 700), (800, 480), (640, 400)),
            )
        ),
        6,
    ),
)
def test_a_wrong_number_is_brought_into_sight_wherever_it_is(
    qtbot: QtBot, make_window, size: tuple[int, int], hidden: str
) -> None:
    window = make_window(size=size)
    window.arrangement.reveal(window.setup_panel)
    box = window.setup_panel.boxes["max_iterations"]
    box.setFocus()
    box.select_all()
    qtbot.keyClicks(box, "many")
    if hidden == "lecture":
        window.lecture.toggle()
    elif hidden:
        window.commands[hidden].trigger()
    else:
        window.arrangement.reveal(window.error_plot)
    window.network.setFocus()
    qtbot.keyClick(window.network, Qt.Key.Key_Space)
    assert not window.session.is_running
    qtbot.waitUntil(lambda: is_told(window))
    assert not box.visibleRegion().isEmpty()


def test_a_scrubber_that_was_stopped_stands_where_the_run_is(
    qtbot: QtBot, window: MainWindow
) -> None:
    begin_anew(window)
    type_into(qtbot, window, "w2", WRONG)
    scrubber = window.transport._scrubber
    scrubber.setValue(200)
    assert window.session.moment.position == (3, 5)
    assert scrubber.value() == 3


@pytest.mark.window
def test_a_file_that_is_dropped_or_handed_over_does_not_replace_what_is_typed(
    qtbot: QtBot, window: MainWindow, sample: Path, opened: list[str]
) -> None:
    for text, setup in (("0.31", Setup(w2=0.31)), (WRONG, Setup(w2=0.31))):
        type_into(qtbot, window, "w2", text)
        mime = QMimeData()
        mime.setUrls([QUrl.fromLocalFile(str(sample))])
        actions, button = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
        none = Qt.KeyboardModifier.NoModifier
        asked = len(opened)
        window.dropEvent(QDropEvent(QPointF(5, 5), actions, mime, button, none))
        qtbot.waitUntil(lambda n=asked: len(opened) > n or bool(window.setup_panel.wrong))
        assert window.session.setup == setup
        assert window.arrivals.take(sample)
        QApplication.processEvents()
        assert window.session.setup == setup
    assert opened == ["question", "question"]  # whether to save 0.31; of what is wrong it is told
    assert is_told(window)


def test_closing_asks_whether_to_save_a_typed_number(
    qtbot: QtBot, window: MainWindow, opened: list[str]
) -> None:
    type_into(qtbot, window, "w2", "0.31")
    assert not window.close()
    assert opened == ["question"]
    assert window.session.setup == Setup(w2=0.31)


@pytest.mark.parametrize("answer", ["close", CANCEL])
def test_closing_asks_about_a_wrong_number_and_is_no_trap(
    qtbot: QtBot, window: MainWindow, monkeypatch: pytest.MonkeyPatch, answer: str
) -> None:
    asked = []

    def reply(_parent, _title, text: str, answers, detail: str = "") -> str:
        assert answer in (*answers, CANCEL)
        asked.append(f"{text} {detail}")
        return answer

    monkeypatch.setattr(question, "ask", reply)
    type_into(qtbot, window, "w2", WRONG)
    is_closed = window.close()
    assert is_closed is (answer == "close")
    assert len(asked) == 1
    assert "Weight w₂" in asked[0]
    assert WRONG in asked[0]
    if not is_closed:
        assert is_told(window)


@pytest.mark.parametrize("answer", ["save", "discard", CANCEL])
def test_closing_asks_one_question_about_changes_and_a_wrong_number(
    qtbot: QtBot,
    window: MainWindow,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    answer: str,
) -> None:
    asked = []

    def reply(_parent, _title, text: str, answers, detail: str = "") -> str:
        assert answer in (*answers, CANCEL)
        asked.append(f"{text} {detail}")
        return answer

    path = tmp_path / "typed.backprop"
    monkeypatch.setattr(QFileDialog, "exec", lambda _dialog: 1)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _dialog: [str(path)])
    monkeypatch.setattr(question, "ask", reply)
    type_into(qtbot, window, "eta", "2")
    type_into(qtbot, window, "w2", WRONG)
    assert window.close() is (answer != CANCEL)
    assert len(asked) == 1
    assert "Save the changes to Untitled?" in asked[0]
    assert "Weight w₂ cannot be saved: “0.3.1” is not a number" in asked[0]
    assert path.exists() is (answer == "save")
    if answer == "save":
        assert decoded(path.read_bytes()).setup == Setup(eta=2.0)
    if answer == CANCEL:
        assert is_told(window)
        assert window.setup_panel.boxes["w2"].lineEdit().text() == WRONG


def test_what_is_typed_is_kept_aside_and_goes_on_being_typed(
    qtbot: QtBot, window: MainWindow
) -> None:
    begin_anew(window)
    type_into(qtbot, window, "w2", "0.31")
    run = window.session.run
    kept = window.unsaved
    assert kept
    assert kept.document.setup == Setup(w2=0.31)
    assert kept.document.position == Position(1, 5)
    assert [(each.setup, each.iterations) for each in kept.document.kept] == [(Setup(), 813)]
    assert window.session.run is run
    assert window.setup_panel.boxes["w2"].hasFocus()
    assert decoded(encoded(kept.document)) == kept.document
    type_into(qtbot, window, "w2", "0.5")
    assert window.unsaved is None
    type_into(qtbot, window, "w2", WRONG)
    assert window.unsaved is None


def test_saving_saves_what_is_typed(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "typed.backprop"
    monkeypatch.setattr(QFileDialog, "exec", lambda _dialog: 1)
    monkeypatch.setattr(QFileDialog, "selectedFiles", lambda _dialog: [str(path)])
    type_into(qtbot, window, "w2", "0.31")
    qtbot.keyClick(window.setup_panel.boxes["w2"], Qt.Key.Key_S, CONTROL)
    assert decoded(path.read_bytes()).setup == Setup(w2=0.31)


def test_what_is_written_anew_leaves_what_is_being_typed(qtbot: QtBot, window: MainWindow) -> None:
    type_into(qtbot, window, "w2", "0.31")
    window.appearance.choose(replace(window.appearance.choices, decimal_sign=","))
    assert window.setup_panel.boxes["w2"].lineEdit().text() == "0.31"
    assert window.session.setup == Setup()


@pytest.mark.window
def test_a_typed_number_of_digits_is_taken_first_too(qtbot: QtBot, window: MainWindow) -> None:
    box = window.panels.values._digits_box
    for act in (
        window.commands["run"].trigger,
        lambda: qtbot.mouseClick(
            window.transport.findChild(QPushButton, "primary"), Qt.MouseButton.LeftButton
        ),
    ):
        window.panels.show_numerals(Numerals(4))
        box.setFocus()
        box.selectAll()
        qtbot.keyClicks(box, "12")
        act()
        assert window.appearance.choices.digits == 12
        assert QApplication.focusWidget() is window.network
        window.session.pause()
        window._on_digits_chosen(4)


@pytest.mark.window
def test_the_keys_stay_with_the_digits_that_they_change(qtbot: QtBot, window: MainWindow) -> None:
    box = window.panels.values._digits_box
    box.setFocus()
    for digits in (5, 6):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Up)
        assert window.appearance.choices.digits == digits


def test_reset_to_the_article_works_by_click_whatever_is_typed(
    qtbot: QtBot, window: MainWindow
) -> None:
    reset = next(
        button
        for button in window.setup_panel.findChildren(QPushButton)
        if button.text() == "Reset to the article"
    )
    for text in ("0.31", WRONG):
        type_into(qtbot, window, "eta", "2")
        type_into(qtbot, window, "w2", text)
        middle = reset.mapTo(window, reset.rect().center())
        qtbot.mousePress(reset, Qt.MouseButton.LeftButton)
        QApplication.processEvents()  # what a wrong number changes in the layout would be done now
        assert reset.mapTo(window, reset.rect().center()) == middle
        qtbot.mouseRelease(reset, Qt.MouseButton.LeftButton, pos=QPoint(5, 5))
        assert window.session.setup == Setup()
        assert window.setup_panel.wrong is None
        assert window.setup_panel.boxes["w2"].lineEdit().text() == "0.5"


def test_what_the_welcome_proposes_takes_what_is_typed_first(
    qtbot: QtBot, make_window, opened: list[str]
) -> None:
    window = make_window(Settings())
    type_into(qtbot, window, "w2", "0.31")
    window.help_menu.tried.emit("sample")
    assert opened == ["question"]
    assert window.session.setup == Setup(w2=0.31)
