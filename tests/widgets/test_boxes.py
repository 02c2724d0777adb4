"""The manners of the boxes: whose the keys, the wheel and a click are."""

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractSpinBox, QLabel, QWidget
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.lesson.fields import FIELDS
from backprop_gui.widgets.boxes import NumberLine
from backprop_gui.widgets.iteration_box import IterationBox
from backprop_gui.widgets.number_box import NumberBox
from backprop_gui.widgets.problem_label import ProblemLabel

LEFT = Qt.MouseButton.LeftButton


@pytest.mark.parametrize("kind", ["number", "iteration"])
def test_a_click_elsewhere_gives_the_keys_back_though_nothing_was_typed(
    qtbot: QtBot, kind: str
) -> None:
    holder = QWidget()
    qtbot.addWidget(holder)
    box = NumberBox(FIELDS[0], Setup(), holder) if kind == "number" else IterationBox(holder)
    blank = QLabel(holder)
    holder.show()
    box.setFocus()
    qtbot.waitUntil(box.hasFocus)
    ends: list[QAbstractSpinBox] = []
    box.edit_ended.connect(lambda: ends.append(box))
    box.edit_ended.connect(holder.setFocus)
    qtbot.mouseClick(box.lineEdit(), LEFT)
    assert not ends
    qtbot.mouseClick(blank, LEFT)
    assert ends == [box]
    qtbot.mouseClick(blank, LEFT)
    assert ends == [box]


def test_the_head_of_a_number_is_in_sight_after_a_longer_text(qtbot: QtBot) -> None:
    line = NumberLine()
    qtbot.addWidget(line)
    line.setFixedWidth(90)
    line.show()
    line.setText("3" * 40)
    qtbot.waitUntil(lambda: line.cursorRect().right() <= line.width() + 5)
    line.setText("0.3333333333333333")
    line.home(False)
    qtbot.waitUntil(lambda: 0 <= line.cursorRect().center().x() < 10)


@pytest.mark.parametrize("text", ["", "abc", "1,000", "1/0"])
def test_what_is_wrong_is_told_in_one_sentence(qtbot: QtBot, text: str) -> None:
    box, label = NumberBox(FIELDS[0], Setup()), ProblemLabel()
    for widget in (box, label):
        qtbot.addWidget(widget)
    box.problem_changed.connect(label.show_problem)
    box.lineEdit().setText(text)
    box.commit()
    assert re.fullmatch(r"⚠ [A-Z“].*[^.]\.", label.text())
    assert label.accessibleName()[0] == label.text()[2]
