"""The card with the values."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QMenu, QSpinBox, QTableWidget
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.lesson.moment import Moment, Position, moment_at
from backprop_gui.views.values_table import ValuesTable
from tests.core.article import iteration

VALUES = iteration(Setup(), 0.5, 0.5)


def _moment(step: int, setup: Setup | None = None) -> Moment:
    return moment_at(Run(setup or Setup()), Position(1, step))


@pytest.fixture
def view(qtbot: QtBot) -> ValuesTable:
    made = ValuesTable(_moment(9))
    qtbot.addWidget(made)
    qtbot.addWidget(made.tools)
    made.resize(420, 380)
    made.show()
    return made


def _table(view: ValuesTable) -> QTableWidget:
    return view.findChild(QTableWidget)


def _action(view: ValuesTable, words: str) -> QAction:
    menu = view.findChild(QMenu)
    return next(a for a in menu.actions() if words in a.text().replace("&", ""))


def _centre(view: ValuesTable, row: int) -> QPoint:
    return _table(view).visualItemRect(_table(view).item(row, 1)).center()


def test_known_values_are_shown_and_the_others_are_blank(view: ValuesTable) -> None:
    texts = view.shown_values()
    assert [t.replace("−", "-") for t in texts[:9]] == [
        f"{v:#.4g}" for v in list(VALUES.values())[:9]
    ]
    assert texts[9:] == [""] * 6


def test_the_row_of_the_step_is_marked_by_sign_and_ground(view: ValuesTable) -> None:
    table = _table(view)
    assert [table.item(row, 0).text() for row in range(15)] == [""] * 8 + ["▶"] + [""] * 6
    assert table.item(8, 1).background() != table.item(7, 1).background()


def test_a_click_and_the_enter_key_choose_the_step(qtbot: QtBot, view: ValuesTable) -> None:
    with qtbot.waitSignal(view.step_chosen) as chosen:
        qtbot.mouseClick(_table(view).viewport(), Qt.MouseButton.LeftButton, pos=_centre(view, 3))
    assert chosen.args == [4]
    _table(view).setCurrentCell(12, 1)
    with qtbot.waitSignal(view.step_chosen) as chosen:
        qtbot.keyClick(_table(view), Qt.Key.Key_Return)
    assert chosen.args == [13]


def test_digits_are_chosen_from_three_to_seventeen(qtbot: QtBot, view: ValuesTable) -> None:
    box = view.tools.findChild(QSpinBox)
    assert (box.minimum(), box.maximum(), box.value()) == (3, 17, 4)
    with qtbot.waitSignal(view.digits_chosen) as chosen:
        box.setValue(17)
    assert chosen.args == [17]
    with qtbot.assertNotEmitted(view.digits_chosen):
        view.show_digits(12)
    assert box.value() == 12
    assert view.shown_values()[3] == f"{VALUES['out_o']:.12g}"


def test_numbers_of_seventeen_digits_are_whole_in_a_narrow_view(view: ValuesTable) -> None:
    view.resize(380, 380)
    view.show_digits(17)
    table = _table(view)
    for row in range(9):
        item = table.item(row, 3)
        needed = table.fontMetrics().horizontalAdvance(item.text())
        assert table.visualItemRect(item).width() >= needed
        assert table.visualItemRect(item).right() <= table.viewport().width()


def test_a_value_is_copied_with_all_of_its_digits(qtbot: QtBot, view: ValuesTable) -> None:
    _table(view).selectRow(8)
    with qtbot.waitSignal(view.copied) as copied:
        _action(view, "Copy the value").trigger()
    assert float(copied.args[0]) == VALUES["de_dw2"]


def test_rows_are_copied_as_selected(qtbot: QtBot, view: ValuesTable) -> None:
    _table(view).selectRow(2)
    with qtbot.waitSignal(view.copied) as copied:
        view.copy_selection()
    assert copied.args[0].splitlines() == ["netₒ  outₕ · w₂  0.2562"]
    assert copied.args[1] == "Copied 1 row as Text"


@pytest.mark.parametrize("kind", ["Text", "CSV", "Markdown", "LaTeX"])
def test_all_rows_are_copied_in_every_format(qtbot: QtBot, view: ValuesTable, kind: str) -> None:
    with qtbot.waitSignal(view.copied) as copied:
        _action(view, f"Copy all as {kind}").trigger()
    assert len(copied.args[0].splitlines()) >= 15
    assert "15 rows" in copied.args[1]


@pytest.mark.parametrize("words", ["Copy the value", "Copy the selected rows"])
def test_copying_with_nothing_selected_says_so_and_copies_nothing(
    qtbot: QtBot, view: ValuesTable, words: str
) -> None:
    _table(view).clearSelection()
    with qtbot.waitSignal(view.copied) as copied:
        _action(view, words).trigger()
    assert copied.args[0] == ""
    assert "nothing is copied" in copied.args[1]


def test_copying_a_value_that_is_not_known_yet_copies_nothing(
    qtbot: QtBot, view: ValuesTable
) -> None:
    _table(view).selectRow(14)
    with qtbot.waitSignal(view.copied) as copied:
        view.copy_value()
    assert copied.args[0] == ""


def test_pointing_and_lighting_go_by_rows(qtbot: QtBot, view: ValuesTable) -> None:
    with qtbot.waitSignal(view.quantity_pointed) as pointed:
        qtbot.mouseMove(_table(view).viewport(), _centre(view, 4))
    assert pointed.args == ["error"]
    plain = _table(view).item(4, 1).background()
    view.show_lit("error")
    assert _table(view).item(4, 1).background() != plain


@pytest.mark.parametrize("value", [1e300, -1e-300])
def test_extreme_values_raise_nothing(view: ValuesTable, value: float) -> None:
    view.show_digits(17)
    setup = Setup(input=value, w1=value, w2=value, target=value)
    for step in range(1, 16):
        view.show_moment(_moment(step, setup))
    assert view.shown_values()[0]
