"""The box in which the iteration stands and is typed."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from backprop_gui.widgets.iteration_box import IterationBox


@pytest.fixture
def holder(qtbot: QtBot) -> QWidget:
    made = QWidget()
    qtbot.addWidget(made)
    return made


@pytest.fixture
def box(holder: QWidget) -> IterationBox:
    made = IterationBox(holder)
    QLineEdit(holder).setObjectName("elsewhere")
    made.show_place(5, 813)
    holder.show()
    made.setFocus()
    made.selectAll()
    return made


@pytest.mark.parametrize(
    ("text", "iteration"), [("1", 1), ("813", 813), (" 400 ", 400), ("5e2", 500), ("801/3", 267)]
)
def test_what_a_number_box_reads_is_read_here(
    qtbot: QtBot, box: IterationBox, text: str, iteration: int
) -> None:
    qtbot.keyClicks(box, text)
    told: list[object] = []
    box.chosen.connect(told.append)
    box.edit_ended.connect(lambda: told.append("ended"))
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert told == [iteration, "ended"]
    assert box.lineEdit().text() == str(iteration)


@pytest.mark.parametrize("text", ["0", "814", "-3", "1e400", "2.5", "abc", "1,000"])
def test_what_is_no_known_iteration_is_refused_in_a_sentence_and_leads_nowhere(
    qtbot: QtBot, box: IterationBox, text: str
) -> None:
    qtbot.keyClicks(box, text)
    with qtbot.assertNotEmitted(box.chosen), qtbot.assertNotEmitted(box.edit_ended):
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.problem
    assert box.lineEdit().text() == text
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert (box.problem, box.lineEdit().text()) == ("", "5")


def test_the_sentence_says_which_iterations_there_are(qtbot: QtBot, box: IterationBox) -> None:
    qtbot.keyClicks(box, "9999")
    qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.problem == "Type an iteration from 1 to 813"


def test_a_text_that_is_being_typed_stays_while_the_run_goes_on(
    qtbot: QtBot, box: IterationBox
) -> None:
    qtbot.keyClicks(box, "80")
    box.show_place(6, 814)
    assert box.lineEdit().text() == "80"
    qtbot.keyClicks(box, "0")
    with qtbot.waitSignal(box.chosen) as chosen:
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert chosen.args == [800]
    box.show_place(801, 815)
    assert box.lineEdit().text() == "801"


def test_the_arrow_keys_go_on_and_back_as_far_as_iterations_are_known(
    qtbot: QtBot, box: IterationBox
) -> None:
    seen: list[int] = []
    box.chosen.connect(seen.append)
    for key in (Qt.Key.Key_Down, Qt.Key.Key_Up, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown):
        qtbot.keyClick(box, key)
    assert seen == [4, 5, 15, 5]
    box.show_place(813, 813)
    qtbot.keyClick(box, Qt.Key.Key_Up)
    assert seen[4:] == []


def test_who_leaves_takes_what_is_known_and_gives_up_what_is_not(
    qtbot: QtBot, box: IterationBox
) -> None:
    elsewhere = box.parentWidget().findChild(QLineEdit, "elsewhere")
    qtbot.waitUntil(box.hasFocus)
    qtbot.keyClicks(box, "12")
    with qtbot.waitSignal(box.chosen) as chosen:
        elsewhere.setFocus()
    assert chosen.args == [12]
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "9999")
    elsewhere.setFocus()
    assert (box.problem, box.lineEdit().text()) == ("", "12")
