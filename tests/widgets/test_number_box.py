"""The spin box for exact numbers."""

import pytest
from PySide6.QtCore import QPoint, Qt
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.lesson import numbers
from backprop_gui.lesson.fields import FIELDS
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.widgets.number_box import NumberBox

FIELD = {field.name: field for field in FIELDS}

BAD = ("", "abc", "nan", "inf", "1e400", "1,000", "1/0", "--1", "9" * 900)


def _box(qtbot: QtBot, name: str, setup: Setup | None = None) -> NumberBox:
    box = NumberBox(FIELD[name], setup or Setup())
    qtbot.addWidget(box)
    box.show()
    return box


def _type(qtbot: QtBot, box: NumberBox, text: str) -> None:
    box.lineEdit().setText("")
    if len(text) < 100 and text.isascii():
        qtbot.keyClicks(box, text)
    else:
        box.lineEdit().setText(text)
    qtbot.keyClick(box, Qt.Key.Key_Return)


@pytest.mark.parametrize(
    ("text", "value"),
    [("0.7", 0.7), ("0,7", 0.7), ("5e-5", 5e-5), ("1/3", 1 / 3), ("-2", -2.0), ("−2", -2.0)],
)
def test_what_is_typed_becomes_the_exact_double(qtbot: QtBot, text: str, value: float) -> None:
    box = _box(qtbot, "w1")
    with qtbot.waitSignal(box.setup_edited) as edited:
        _type(qtbot, box, text)
    assert edited.args[0] == Setup(w1=value)
    assert numbers.parse(box.lineEdit().text()) == value


def test_a_quotient_stays_as_it_was_typed_as_long_as_the_value_is_that_one(qtbot: QtBot) -> None:
    box = _box(qtbot, "w1")
    _type(qtbot, box, "-1/3")
    assert (box.lineEdit().text(), box.value) == ("-1/3", -1 / 3)
    with qtbot.assertNotEmitted(box.setup_edited):
        box.commit()
    box.show_setup(Setup(w1=-1 / 3, eta=2.0))
    assert box.lineEdit().text() == "-1/3"
    box.show_setup(Setup(w1=0.25))
    assert box.lineEdit().text() == "0.25"
    box.show_setup(Setup(w1=-1 / 3))
    assert box.lineEdit().text() == "-1/3"
    for typed, with_comma in (("-1/3", "-1/3"), ("1/4", "1/4"), ("0.5/2", "0,25")):
        _type(qtbot, box, typed)
        box.show_numerals(Numerals(digits=6))
        assert box.lineEdit().text() == typed
        box.show_numerals(Numerals(decimal_sign=numbers.COMMA))
        assert box.lineEdit().text() == with_comma
        box.show_numerals(Numerals())
        assert box.lineEdit().text() == typed


@pytest.mark.parametrize("width", [60, 110, 160])
def test_a_box_that_is_given_a_long_number_shows_its_head(qtbot: QtBot, width: int) -> None:
    box = _box(qtbot, "w1")
    box.resize(width, box.height())
    box.lineEdit().setFocus()
    for value in (-1 / 3, 1 / 7):
        box.show_setup(Setup(w1=value))
        box.grab()
        assert box.lineEdit().cursorPosition() == 0
        assert box.lineEdit().cursorRect().center().x() >= 0


@pytest.mark.parametrize("value", [0.5, -0.25, 5e-05, 1 / 3])
def test_a_double_click_selects_the_whole_number(qtbot: QtBot, value: float) -> None:
    box = _box(qtbot, "w1", Setup(w1=value))
    line = box.lineEdit()
    place = QPoint(line.cursorRect().right() + 8, line.height() // 2)
    qtbot.mouseDClick(line, Qt.MouseButton.LeftButton, pos=place)
    assert line.selectedText() == line.text()


def test_a_count_is_taken_as_the_window_writes_it(qtbot: QtBot) -> None:
    box = _box(qtbot, "max_iterations")
    with qtbot.waitSignal(box.setup_edited):
        _type(qtbot, box, "100,000")
    assert (box.value, box.lineEdit().text()) == (100_000, "100000")


@pytest.mark.parametrize("text", BAD)
@pytest.mark.parametrize("name", ["input", "eta", "tolerance", "max_iterations"])
def test_what_cannot_be_used_is_marked_and_changes_nothing(
    qtbot: QtBot, name: str, text: str
) -> None:
    box = _box(qtbot, name)
    if FIELD[name].is_whole and text == "1,000":
        text = "1.000"  # where commas part thousands, that is a count
    with qtbot.assertNotEmitted(box.setup_edited):
        _type(qtbot, box, text)
    assert box.value == getattr(Setup(), name)
    assert ". The value is still " in box.problem
    assert box.lineEdit().text() == text[:1000]


@pytest.mark.parametrize(
    ("name", "text"),
    [("eta", "-0.1"), ("tolerance", "-1"), ("max_iterations", "0"), ("max_iterations", "2.5")],
)
def test_what_a_value_may_not_be_is_said_with_what_stays(
    qtbot: QtBot, name: str, text: str
) -> None:
    box = _box(qtbot, name)
    _type(qtbot, box, text)
    assert FIELD[name].text(getattr(Setup(), name)) in box.problem


def test_escape_and_a_good_number_both_end_the_complaint(qtbot: QtBot) -> None:
    box = _box(qtbot, "w1")
    _type(qtbot, box, "abc")
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert (box.problem, box.lineEdit().text()) == ("", "0.5")
    _type(qtbot, box, "abc")
    _type(qtbot, box, "0.25")
    assert (box.problem, box.value) == ("", 0.25)


def test_looking_at_a_value_does_not_round_it(qtbot: QtBot) -> None:
    setup = Setup(w1=0.1 + 0.2)
    box = _box(qtbot, "w1", setup)
    with qtbot.assertNotEmitted(box.setup_edited):
        qtbot.keyClick(box, Qt.Key.Key_Return)
    assert box.value == 0.1 + 0.2


@pytest.mark.parametrize(
    ("name", "key", "value"),
    [
        ("w1", Qt.Key.Key_Up, 0.6),
        ("w1", Qt.Key.Key_PageDown, -0.5),
        ("eta", Qt.Key.Key_Up, 1.0),
        ("eta", Qt.Key.Key_Down, 0.5),
        ("eta", Qt.Key.Key_PageUp, 9.0),
        ("tolerance", Qt.Key.Key_PageDown, 5e-6),
        ("max_iterations", Qt.Key.Key_Down, 5_000_000),
    ],
)
def test_keys_change_a_value_by_its_own_amounts(
    qtbot: QtBot, name: str, key: Qt.Key, value: float
) -> None:
    box = _box(qtbot, name)
    qtbot.keyClick(box, key)
    assert box.value == value


def test_another_setup_does_not_wipe_out_what_is_marked_as_wrong(qtbot: QtBot) -> None:
    box = _box(qtbot, "w1")
    _type(qtbot, box, "abc")
    box.show_setup(Setup(eta=2.0))
    assert box.lineEdit().text() == "abc"
    box.show_setup(Setup(w1=0.75))
    assert (box.lineEdit().text(), box.problem) == ("0.75", "")


def test_with_a_comma_an_arrow_key_steps_to_what_a_point_would_leave_open(qtbot: QtBot) -> None:
    box = _box(qtbot, "w1", Setup(w1=1.025))
    box.show_numerals(Numerals(decimal_sign=numbers.COMMA))
    box.stepBy(1)
    assert (box.lineEdit().text(), box.problem, box.value) == ("1,125", "", 1.125)
