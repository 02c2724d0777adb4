"""Predict, then see: what a person is asked in the formula's card, and how it is answered."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.widgets.prediction_box import PredictionBox
from backprop_gui.widgets.working_field import WorkingField
from backprop_gui.window.main_window import MainWindow

Key = Qt.Key


def press(window: MainWindow, *keys: Key) -> None:
    for key in keys:
        QTest.keyClick(QApplication.focusWidget() or window, key)


def sentence(window: MainWindow) -> str:
    return window.panels.formula.findChild(QLabel, "sentence").text()


def answers(window: MainWindow) -> list[QPushButton]:
    buttons = window.panels.formula.findChildren(QPushButton, "answer")
    return [each for each in buttons if each.isVisible()]


def field(window: MainWindow) -> WorkingField:
    fields = window.panels.formula.findChildren(WorkingField)
    (shown,) = [each for each in fields if each.isVisible()]
    return shown


@pytest.fixture
def asked(window: MainWindow) -> MainWindow:
    """Return a window that asks where the output lies."""
    press(window, Key.Key_Home, Key.Key_P, Key.Key_Right, Key.Key_Right, Key.Key_Right)
    return window


@pytest.mark.window
def test_keys_alone_ask_answer_and_show(asked: MainWindow) -> None:
    assert [each.text()[0] for each in answers(asked)] == ["1", "2", "3"]
    assert not asked.panels.formula.canvas.isVisible()
    press(asked, Key.Key_3, Key.Key_1)
    assert [each.isChecked() for each in answers(asked)] == [True, False, False]
    press(asked, Key.Key_Right)
    assert asked.session.moment.position == (1, 4)
    assert answers(asked) == []
    assert asked.panels.formula.canvas.isVisible()
    assert "✓ Right: below it." in sentence(asked)
    assert "0.5637" in sentence(asked)


@pytest.mark.window
def test_a_clicker_alone_goes_through_an_iteration(asked: MainWindow) -> None:
    while asked.session.moment.position != (2, 1):
        before = asked.session.state
        press(asked, Key.Key_PageDown)
        assert asked.session.state != before


@pytest.mark.window
def test_a_wrong_answer_is_told_with_the_right_one_and_counted_at_the_end(
    qtbot: QtBot, asked: MainWindow
) -> None:
    qtbot.mouseClick(answers(asked)[2], Qt.MouseButton.LeftButton)
    press(asked, Key.Key_Right)
    assert "✗ Not “above it”, but “below it”." in sentence(asked)
    while asked.session.moment.position.step < 15:
        press(asked, Key.Key_Right)
    assert "0 of 5 predictions right. 4 not answered." in sentence(asked)


@pytest.mark.window
def test_a_number_is_typed_with_its_digits_and_judged(qtbot: QtBot, asked: MainWindow) -> None:
    qtbot.mouseClick(field(asked), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(QApplication.focusWidget(), "0.213")  # 1, 2 and 3 are no answers here
    press(asked, Key.Key_Return)
    assert asked.session.state.predicted.answer == "0.213"
    assert asked.network.hasFocus()
    press(asked, Key.Key_Right)
    assert "✗ Not 0.213." in sentence(asked)


@pytest.mark.window
def test_a_typed_number_is_taken_by_the_step_that_shows_it(qtbot: QtBot, asked: MainWindow) -> None:
    qtbot.mouseClick(field(asked), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(QApplication.focusWidget(), "0.564")
    asked.commands["step"].trigger()
    assert "✓ Right: 0.564." in sentence(asked)


@pytest.mark.window
def test_what_cannot_be_read_is_told_beside_its_field_and_changes_nothing(
    qtbot: QtBot, asked: MainWindow
) -> None:
    press(asked, Key.Key_2)
    before = asked.session.state
    qtbot.mouseClick(field(asked), Qt.MouseButton.LeftButton)
    qtbot.keyClicks(QApplication.focusWidget(), "much")
    press(asked, Key.Key_Return)
    box = asked.panels.formula.findChild(PredictionBox)
    assert "“much” is not a number" in box.findChild(QLabel, "problem").text()
    assert asked.session.state is before
    assert field(asked).text() == "much"


def test_the_answers_are_commands_only_while_a_question_waits(asked: MainWindow) -> None:
    names = ("answer_1", "answer_2", "answer_3")
    assert all(asked.commands[name].isEnabled() for name in names)
    asked.session.step_back()
    assert not any(asked.commands[name].isEnabled() for name in names)
    assert asked.panels.formula.canvas.isVisible()


def test_switch_and_command_show_whether_the_person_is_asked(window: MainWindow) -> None:
    (switch,) = [
        each
        for each in window.panels.formula.findChildren(QPushButton, "tool")
        if each.text() == "Predict"
    ]
    for is_on in (True, False):
        switch.click()
        assert window.session.state.predicted.is_on is is_on
        assert window.commands["predict"].isChecked() is switch.isChecked() is is_on
    window.commands["predict"].trigger()
    assert switch.isChecked()
    assert "press 1, 2 or 3" in window.messages.note.text()
    assert window.session.state.predicted.is_on


def test_neither_question_nor_answer_moves_the_network(window: MainWindow) -> None:
    window.resize(1016, 728)
    window.session.go_to_first()
    window.session.set_predicting(True)
    found = set()
    for _each in range(19):
        for _turn in range(6):
            QApplication.processEvents()
        found.add((window.network.height(), window.panels.formula.height()))
        window.session.step_on()
    assert len(found) == 1


def test_nothing_of_it_is_in_the_settings_or_a_change_to_save(asked: MainWindow) -> None:
    before = asked.settings()
    asked.session.predict(1)
    asked.session.step_on()
    assert asked.unsaved is None
    asked.session.set_predicting(False)
    assert asked.settings() == before


def test_another_setup_while_a_question_waits_brings_the_formula_back(asked: MainWindow) -> None:
    asked.session.set_setup(Setup(w2=0.7))
    assert answers(asked) == []
    assert asked.panels.formula.canvas.isVisible()


@pytest.mark.parametrize("size", [(1024, 768), (1366, 768)])
def test_in_a_lecture_question_answers_and_reason_are_whole(
    make_window, size: tuple[int, int]
) -> None:
    window: MainWindow = make_window(size=size)
    press(window, Key.Key_F11)
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(*size)
    press(window, Key.Key_Home, Key.Key_P)
    for _each in range(19):
        for _turn in range(6):
            QApplication.processEvents()
        label = window.panels.formula.findChild(QLabel, "sentence")
        assert label.height() >= label.heightForWidth(label.width())
        for each in answers(window):
            assert each.height() >= each.sizeHint().height()
            assert each.width() >= each.sizeHint().width()
        curve = window.views.error_curve
        assert bool(answers(window)) != curve.isVisible()
        assert not curve.isVisible() or curve.height() >= curve.minimumSizeHint().height()
        press(window, Key.Key_2, Key.Key_Right)
    window.lecture.leave()
    assert window.session.moment.position == (1, 15)


def noted(window: MainWindow) -> str:
    return "" if window.messages.note.isHidden() else window.messages.note.text()


@pytest.mark.window
@pytest.mark.parametrize("size", [(1024, 768), (1366, 768)])
def test_where_the_card_is_not_seen_a_note_asks_and_tells(
    make_window, size: tuple[int, int]
) -> None:
    window: MainWindow = make_window(size=size)
    window.commands["network"].trigger()
    press(window, Key.Key_Home, Key.Key_P, Key.Key_Right, Key.Key_Right, Key.Key_Right)
    question = "Where does the output lie, compared with the target of 0.9?"
    assert noted(window) == f"{question} 1: below it. 2: on it: E ≈ 0. 3: above it."
    press(window, Key.Key_3)
    assert noted(window) == f"{question} Your answer: above it."
    press(window, Key.Key_Right)
    assert window.session.moment.position == (1, 4)
    assert noted(window).startswith("Not “above it”, but “below it”.")
    press(window, Key.Key_Right)
    assert noted(window) == ""
    window.session.go_to_last()
    press(window, Key.Key_Left)
    assert noted(window) == ""


def test_a_question_that_waits_is_in_its_card_or_in_a_note(asked: MainWindow) -> None:
    asked.show()
    asked.messages.note.end()
    for is_seen in (False, True):
        asked.commands["network"].trigger()
        assert asked.panels.formula.isVisible() is is_seen
        assert noted(asked).startswith("" if is_seen else "Where does the output lie")
        assert bool(noted(asked)) is not is_seen


def test_a_note_that_asks_ends_with_its_question(asked: MainWindow) -> None:
    asked.show()
    asked.commands["network"].trigger()
    assert noted(asked)
    asked.commands["predict"].trigger()
    assert noted(asked) == ""
    asked.commands["predict"].trigger()
    asked.session.step_on()
    assert noted(asked).startswith("Where does the output lie")
    asked.session.start()
    assert noted(asked) == ""
    asked.session.pause()
