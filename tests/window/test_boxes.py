"""Whose the wheel, the keys and the room are, in everything that can be typed into or turned."""

import dataclasses
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QPointF, QSizeF, Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QScrollArea,
    QScrollBar,
    QStyle,
    QStyleOptionSpinBox,
    QVBoxLayout,
    QWidget,
)
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.dialogs.export.data_dialog import DataDialog
from backprop_gui.dialogs.export.handout_dialog import ExampleDialog
from backprop_gui.dialogs.export.picture_dialog import PictureDialog
from backprop_gui.dialogs.export.slides_dialog import SlidesDialog
from backprop_gui.dialogs.form import Choice
from backprop_gui.dialogs.note_dialog import NoteDialog
from backprop_gui.dialogs.preferences_dialog import Preferences, PreferencesDialog
from backprop_gui.export.orders import PictureOrder
from backprop_gui.export.picture import What, moment_picture
from backprop_gui.lesson import numbers
from backprop_gui.lesson.moment import Position, moment_at
from backprop_gui.lesson.numbers import FILES
from backprop_gui.paint.theme import interface_font
from backprop_gui.storage.settings import Settings
from backprop_gui.window.main_window import MainWindow

pytestmark = pytest.mark.window

CONTROL, NONE = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.NoModifier
THIRD = Setup(w2=1 / 3)


def turn(widget: QWidget, notches: int) -> None:
    """Turn the wheel over the middle of a widget, as the desktop reports it."""
    window = widget.window()
    place = widget.mapTo(window, widget.rect().center())
    assert window.rect().contains(place)
    QTest.wheelEvent(window.windowHandle(), QPointF(place), QPoint(0, 120 * notches))
    QApplication.processEvents()


def state(widget: QWidget) -> object:
    if isinstance(widget, QAbstractSpinBox):
        return widget.text()
    return widget.value() if isinstance(widget, QAbstractSlider) else widget.currentIndex()


def turned(widget: QWidget) -> Iterator[QWidget]:
    """Yield all in a widget that a wheel may change; scroll bars are the page's own."""
    for kind in (QAbstractSpinBox, QAbstractSlider, QComboBox):
        for found in widget.findChildren(kind):
            if not isinstance(found, QScrollBar):
                yield found


def _picture(order: PictureOrder):
    moment = moment_at(Run(Setup()), Position(1, 9))
    what = What.NETWORK if order.what in (What.ERROR, What.WINDOW) else order.what
    return moment_picture(what, moment, order.size, order.look, interface_font())


@pytest.fixture(params=["picture", "slides", "example", "data", "preferences"])
def dialog(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[QWidget]:
    parent = QWidget()
    qtbot.addWidget(parent)
    moment = moment_at(Run(Setup()), Position(1, 9))
    now = Preferences("light", 100, 4, numbers.POINT, True, False, False)
    make = {
        "picture": lambda: PictureDialog(
            _picture, dict.fromkeys(What, QSizeF(960, 600)), FILES, parent
        ),
        "slides": lambda: SlidesDialog(moment, FILES, parent),
        "example": lambda: ExampleDialog(moment, parent),
        "data": lambda: DataDialog(813, parent),
        "preferences": lambda: PreferencesDialog(now, parent),
    }
    made = make[request.param]()
    made.show()
    qtbot.waitExposed(made)
    yield made
    made.done(0)
    assert parent  # it goes last


def test_the_wheel_changes_nothing_in_the_window_that_has_not_the_focus(
    window: MainWindow,
) -> None:
    window.session.go_to_last()
    window.session.go_to_iteration(400)
    window.session.set_speed(100)
    window.transport.show_speed(100)
    found = list(turned(window))
    run, focused = window.session.run, QApplication.focusWidget()
    before = [state(widget) for widget in found]
    for notches in (1, -1, -3):
        for widget in found:
            turn(widget, notches)
    assert [state(widget) for widget in found] == before
    assert window.session.run is run
    assert QApplication.focusWidget() is focused
    assert len(found) == 11  # seven numbers, digits, iteration, scrubber and speed


def test_the_wheel_changes_nothing_in_a_dialog_that_has_not_the_focus(dialog: QWidget) -> None:
    found = [each for each in turned(dialog) if each.isVisible()]
    before = [state(widget) for widget in found]
    for widget in found:
        if not widget.hasFocus():
            turn(widget, -1)
            turn(widget, 2)
    assert found
    assert [state(widget) for widget in found] == before
    assert not [each for each in found if each.focusPolicy() == Qt.FocusPolicy.WheelFocus]


def test_the_wheel_changes_what_has_the_focus(qtbot: QtBot, window: MainWindow) -> None:
    box = window.setup_panel.boxes["w1"]
    box.setFocus()
    turn(box, 1)
    assert window.session.setup.w1 == 0.6
    speed = window.transport._speed
    speed.setFocus()
    before = speed.value()
    turn(speed, 1)
    assert speed.value() != before


def test_the_wheel_over_a_box_scrolls_the_page(qtbot: QtBot, make_window) -> None:
    window = make_window(size=(1000, 420))
    box = window.setup_panel.boxes["w1"]
    bar = window.arrangement._side.verticalScrollBar()
    assert bar.maximum() > 0
    bar.setValue(0)
    turn(box, -1)
    assert bar.value() > 0
    assert window.session.setup == Setup()


def test_the_wheel_over_a_list_scrolls_the_page(qtbot: QtBot) -> None:
    page, area = QWidget(), QScrollArea()
    column = QVBoxLayout(page)
    choices = [Choice({"a": "A", "b": "B"}, "some") for _each in range(30)]
    for choice in choices:
        column.addWidget(choice)
    area.setWidget(page)
    area.resize(200, 200)
    qtbot.addWidget(area)
    area.show()
    qtbot.waitExposed(area)
    turn(choices[1], -1)
    assert choices[1].chosen == "a"
    assert area.verticalScrollBar().value() > 0


def test_every_character_typed_into_a_box_is_the_text_s(qtbot: QtBot, window: MainWindow) -> None:
    box = window.setup_panel.boxes["w2"]
    box.setFocus()
    for text in ("1 / 3", " 0.25", "0.25 ", "5 e-1"):
        box.select_all()
        qtbot.keyClicks(box, text)
        assert box.lineEdit().text() == text
        assert not window.session.is_running


def test_no_character_that_is_typed_into_a_box_is_a_command(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.session.go_to_last()
    run, position = window.session.run, window.session.moment.position
    every = "".join(map(chr, range(32, 127)))
    for box in window.setup_panel.boxes.values():
        box.setFocus()
        box.select_all()
        qtbot.keyClicks(box, every)
        assert box.lineEdit().text() == every
        box.discard_edit()
    digits = window.panels.values._digits_box
    digits.setFocus()
    qtbot.keyClicks(digits, every)
    assert not window.session.is_running
    assert (window.session.run, window.session.moment.position) == (run, position)


def test_keys_that_move_in_a_text_move_in_it_and_not_in_the_run(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.session.go_to_last()
    position = window.session.moment.position
    digits = window.panels.values._digits_box
    for box in (window.setup_panel.boxes["w2"], digits):
        box.setFocus()
        for key in (Qt.Key.Key_Home, Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_End):
            for held in (NONE, Qt.KeyboardModifier.ShiftModifier):
                qtbot.keyClick(box, key, held)
                assert window.session.moment.position == position, (box, key, held)
    box = window.setup_panel.boxes["w2"]
    line = box.lineEdit()
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_Home)
    assert line.cursorPosition() == 0
    qtbot.keyClick(box, Qt.Key.Key_End)
    assert line.cursorPosition() == len(line.text())


def test_a_command_s_keys_with_ctrl_work_wherever_the_focus_is(
    qtbot: QtBot, window: MainWindow
) -> None:
    """All but those of editing a text, in a text."""
    places: dict[str, QWidget] = {
        "box": window.setup_panel.boxes["w2"],
        "digits": window.panels.values._digits_box,
        "table": window.panels.values._table,
        "plot": window.error_plot,
        "scrubber": window.transport._scrubber,
        "pip": window.timeline._pips[3],
    }
    # What a key does is another test's: here it is only counted whether the key arrives.
    met: list[QAction] = []
    wanted = {}
    for action in window.actions():
        keys = {key.toString(): (key, action) for key in action.shortcuts()}
        if found := {name: each for name, each in keys.items() if "Ctrl+" in name}:
            wanted |= found
            action.setEnabled(True)
            action.triggered.disconnect()
            action.triggered.connect(lambda _checked=False, action=action: met.append(action))
    assert {"Ctrl+E", "Ctrl+S", "Ctrl+Shift+E", "Ctrl+Shift+A", "Ctrl+L", "Ctrl+0"} <= set(wanted)
    assert {"Ctrl+Left", "Ctrl+Right"} <= set(wanted)
    window.session.go_to_last()
    for where, focused in places.items():
        for key, action in wanted.values():
            focused.setFocus()
            if isinstance(focused, QAbstractSpinBox):
                focused.findChild(QLineEdit).deselect()
            combination = QKeySequence(key)[0]
            QTest.keyClick(focused, combination.key(), combination.keyboardModifiers())
            assert met.pop() is action, where
            assert not met


def test_copying_in_a_box_copies_what_is_selected_there(qtbot: QtBot, window: MainWindow) -> None:
    box = window.setup_panel.boxes["w2"]
    box.setFocus()
    box.select_all()
    qtbot.keyClick(box, Qt.Key.Key_C, CONTROL)
    assert QApplication.clipboard().text() == "0.5"
    assert QApplication.clipboard().image().isNull()
    box.lineEdit().deselect()
    qtbot.keyClick(box, Qt.Key.Key_C, CONTROL)
    assert not QApplication.clipboard().image().isNull()  # the window's own: the network
    QApplication.clipboard().clear()


def test_the_space_bar_runs_when_a_number_is_typed_to_its_end(
    qtbot: QtBot, window: MainWindow
) -> None:
    box = window.setup_panel.boxes["w2"]
    for key in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Escape):
        window.session.set_setup(Setup())
        assert not window.session.is_running
        box.setFocus()
        box.select_all()
        qtbot.keyClicks(box, "1 / 3")
        qtbot.keyClick(box, key)
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
        assert window.session.is_running, key
        assert window.session.setup.w2 == (0.5 if key == Qt.Key.Key_Escape else 1 / 3)


def test_the_space_bar_runs_after_a_click_on_an_arrow(qtbot: QtBot, window: MainWindow) -> None:
    box = window.setup_panel.boxes["w2"]
    shape = QStyleOptionSpinBox()
    box.initStyleOption(shape)
    parts = QStyle.ComplexControl.CC_SpinBox, QStyle.SubControl.SC_SpinBoxUp
    arrow = box.style().subControlRect(parts[0], shape, parts[1], box).center()
    qtbot.mouseClick(box, Qt.MouseButton.LeftButton, pos=arrow)
    assert window.session.setup == Setup(w2=0.6)
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Space)
    assert window.session.is_running


def test_a_note_takes_every_character(qtbot: QtBot, window: MainWindow) -> None:
    dialog = NoteDialog("", window)
    dialog.open()
    every = "".join(map(chr, range(32, 127)))
    qtbot.keyClicks(dialog.findChild(QPlainTextEdit), every)
    assert dialog.note == every
    assert not window.session.is_running
    dialog.done(0)


def is_head_shown(line: QLineEdit) -> bool:
    """Say whether the first character of a text that is too long is in sight."""
    is_too_long = line.fontMetrics().horizontalAdvance(line.text()) > line.width()
    line.grab()  # which scrolls the text to its place
    return is_too_long and line.cursorPositionAt(QPoint(line.width() // 8, line.height() // 2)) < 6


def test_a_long_number_shows_its_head_unless_it_is_being_typed(qtbot: QtBot, make_window) -> None:
    window = make_window(Settings(setup=Setup(w2=-1 / 3 * 1e-300)))
    box = window.setup_panel.boxes["w2"]
    line = box.lineEdit()
    assert is_head_shown(line)
    box.setFocus()
    qtbot.keyClick(box, Qt.Key.Key_End)
    assert not is_head_shown(line)
    window.network.setFocus()
    assert is_head_shown(line)
    box.setFocus(Qt.FocusReason.TabFocusReason)
    assert is_head_shown(line)
    assert line.selectedText() == line.text()
    window.network.setFocus()
    window.session.set_setup(Setup(w2=1 / 7 * 1e-300))
    window.resize(900, 700)
    window.resize(1440, 900)
    assert is_head_shown(line)
    choices = window.appearance.choices
    window.appearance.choose(dataclasses.replace(choices, text_percent=150))
    assert is_head_shown(line)
    window.appearance.choose(choices)
    assert is_head_shown(line)


@pytest.mark.parametrize("how", ["typed", "stepped", "begun", "opened"])
def test_a_long_number_shows_its_head_however_it_came(qtbot: QtBot, make_window, how: str) -> None:
    window = make_window()
    box = window.setup_panel.boxes["w2"]
    line = box.lineEdit()
    long = 1 / 3 * 1e-300
    box.setFocus()
    if how == "typed":
        box.select_all()
        qtbot.keyClicks(box, repr(long))
        qtbot.keyClick(box, Qt.Key.Key_Return)
    else:
        window.session.set_setup(Setup(w2=long, eta=long))
        if how == "begun":
            window.setup_panel.begin_edit("w2")
        elif how == "stepped":
            box = window.setup_panel.boxes["tolerance"]
            window.session.set_setup(Setup(tolerance=1 / 3 * 1e-10))
            line = box.lineEdit()
            box.setFocus()
            qtbot.keyClick(box, Qt.Key.Key_PageUp)
            assert window.session.setup.tolerance == pytest.approx(1 / 3 * 1e-9)
        else:
            window.network.setFocus()
    assert is_head_shown(line)
