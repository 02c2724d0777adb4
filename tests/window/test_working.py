"""A person's own numbers in the window: whatever way the person goes on, what is typed counts."""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.lesson.own_working import Help
from backprop_gui.widgets.working_field import WorkingField
from backprop_gui.window.main_window import MainWindow
from tests.lesson.pencil import RIGHT
from tests.lesson.test_working import GIVEN, exact

pytestmark = pytest.mark.window


@pytest.fixture
def field(window: MainWindow) -> WorkingField:
    """The first line's field, in the card that is alone."""
    window.commands["working"].trigger()
    found = window.panels.working.findChild(WorkingField)
    found.setFocus()
    return found


def _texts(window: MainWindow) -> dict[str, str]:
    return window.session.state.working.texts


WAYS: dict[str, Callable[[MainWindow], object]] = {
    "a step": lambda w: w.commands["step"].trigger(),
    "a run": lambda w: w.commands["run"].trigger(),
    "another card": lambda w: w.commands["values"].trigger(),
    "a step of the timeline": lambda w: w.timeline.step_chosen.emit(3),
    "help": lambda w: w.panels.working.help_asked.emit("net_h", Help.WHERE),
    "a test": lambda w: w.panels.working.test_chosen.emit(True),
}


@pytest.mark.parametrize("way", WAYS)
def test_what_is_typed_counts_however_the_person_goes_on(
    qtbot: QtBot, window: MainWindow, field: WorkingField, way: str
) -> None:
    qtbot.keyClicks(field, "0.05")
    assert _texts(window) == {}
    WAYS[way](window)
    window.session.pause()
    assert _texts(window) == {"net_h": "0.05"}


def test_the_card_alone_waits_for_the_first_line_that_is_empty(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.commands["working"].trigger()
    for text in ("0.05", "0.5125"):
        field = window.focusWidget()
        qtbot.keyClicks(field, text)
        qtbot.keyClick(field, Qt.Key.Key_Return)
    window.commands["values"].trigger()
    window.commands["working"].trigger()
    qtbot.keyClicks(window.focusWidget(), "0.2562")
    window.panels.commit()
    assert _texts(window) == {"net_h": "0.05", "out_h": "0.5125", "net_o": "0.2562"}


def test_what_is_being_typed_is_unsaved_work(
    qtbot: QtBot, window: MainWindow, field: WorkingField
) -> None:
    assert window.unsaved is None
    qtbot.keyClicks(field, "0.05")
    assert window.unsaved.document.working.texts == {"net_h": "0.05"}
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.documents.is_changed
    assert window.unsaved.document.working == window.session.state.working


def test_undoing_takes_a_number_back_and_the_menu_says_whose(
    qtbot: QtBot, window: MainWindow, field: WorkingField
) -> None:
    qtbot.keyClicks(field, "0.05")
    qtbot.keyClick(field, Qt.Key.Key_Return)
    assert window.commands["undo"].text() == "&Undo: Your netₕ"
    window.commands["undo"].trigger()
    assert (_texts(window), field.text()) == ({}, "")


def test_a_column_that_is_pasted_stands_in_the_lines(
    qtbot: QtBot, window: MainWindow, field: WorkingField
) -> None:
    QGuiApplication.clipboard().setText("0.05\r\n0.5124\r\n0.2562\r\n")
    qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert _texts(window) == {"net_h": "0.05", "out_h": "0.5124", "net_o": "0.2562"}


def test_a_line_with_a_name_that_there_is_not_is_told_and_nothing_else_changes(
    qtbot: QtBot, window: MainWindow, field: WorkingField
) -> None:
    window.session.set_working_text("out_h", "0.5")
    window.panels.working.pasted.emit("net_q = 1\nnet_h = 2", "net_h")
    assert _texts(window) == {"net_h": "2", "out_h": "0.5"}
    problems = [each.text() for each in window.panels.working.findChildren(QLabel)]
    assert any("net_q" in text for text in problems)


def test_a_single_text_that_is_no_number_stays_and_is_marked(
    window: MainWindow, field: WorkingField
) -> None:
    window.panels.working.pasted.emit("what = ever", "net_h")
    assert _texts(window) == {"net_h": "what = ever"}
    assert field.problem


def test_what_is_opened_again_has_the_working_and_is_saved(window: MainWindow) -> None:
    window.session.set_working_text("net_h", "0.05")
    document = window.documents.document()
    window.documents._begin(document)
    assert _texts(window) == {"net_h": "0.05"}
    assert not window.documents.is_changed


def test_numbers_that_hide_a_mistake_can_be_left_for_the_nearest_that_show_it(
    window: MainWindow,
) -> None:
    session = window.session
    window.commands["working"].trigger()
    session.paste_working(
        {name: repr(value) for name, value in exact(GIVEN).items() if name in RIGHT}
    )
    (button,) = (
        each
        for each in window.panels.working.findChildren(QPushButton)
        if each.text() == "Try w₂ = 0.6" and each.isVisible()
    )
    button.click()
    assert session.setup == Setup(w2=0.6)
    assert not button.isVisible()
    session.undo()
    assert button.isVisible()
