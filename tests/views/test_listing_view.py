"""The card with the program."""

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QPushButton, QTableWidget
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.core.run import Run
from backprop_gui.drawing.shapes import Ink
from backprop_gui.lesson.listing import lines
from backprop_gui.lesson.moment import Moment, Position, moment_at
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.rounded import Rounded
from backprop_gui.paint.theme import DARK
from backprop_gui.views.listing_view import ListingView


def _moment(step: int, setup: Setup | None = None) -> Moment:
    return moment_at(Run(setup or Setup()), Position(1, step))


@pytest.fixture
def view(qtbot: QtBot) -> ListingView:
    made = ListingView(_moment(9))
    qtbot.addWidget(made)
    made.resize(420, 260)
    made.show()
    return made


def _table(view: ListingView) -> QTableWidget:
    return view.findChild(QTableWidget)


def _row(view: ListingView, start: str) -> int:
    rows = range(_table(view).rowCount())
    return next(row for row in rows if _code(view, row).startswith(start))


def _code(view: ListingView, row: int) -> str:
    """Return a line of the program as it was before it was broken, without the value behind it."""
    text = " ".join(_table(view).item(row, 1).text().split())
    return text.partition(" # ")[0]


def _centre(view: ListingView, row: int) -> QPoint:
    return _table(view).visualItemRect(_table(view).item(row, 1)).center()


def test_the_line_of_the_step_is_marked_by_sign_and_ground_and_has_its_value(
    view: ListingView,
) -> None:
    table = _table(view)
    marked = [r for r in range(table.rowCount()) if table.item(r, 0).text() == "▶"]
    assert [_code(view, row) for row in marked] == [
        "de_dw2 = de_dout_o * dout_o_dnet_o * dnet_o_dw2"
    ]
    assert table.item(marked[0], 2).text() == "−0.04239"
    assert table.item(marked[0], 1).background() != table.item(marked[0] + 1, 1).background()


def test_values_stand_beside_the_lines_that_are_done_and_no_others(view: ListingView) -> None:
    table = _table(view)
    for start, value in (("out_o", "0.5637"), ("dnet_o_dw2", "0.5125"), ("de_dw1", "")):
        assert table.item(_row(view, start), 2).text() == value


def test_the_marked_line_is_in_view_wherever_it_is(view: ListingView) -> None:
    for step in (15, 1, 9):
        view.show_moment(_moment(step))
        table = _table(view)
        row = next(r for r in range(table.rowCount()) if table.item(r, 0).text() == "▶")
        shown = table.viewport().rect()
        assert shown.contains(_centre(view, row).x(), _centre(view, row).y())


def test_another_setup_is_another_program(view: ListingView) -> None:
    view.show_moment(_moment(1, Setup(w2=1 / 3)))
    assert _row(view, "w1, w2 = 0.5, 0.3333333333333333") > 0


def test_pointing_at_a_line_tells_its_quantity(qtbot: QtBot, view: ListingView) -> None:
    row = _row(view, "dout_o_dnet_o")
    with qtbot.waitSignal(view.quantity_pointed) as pointed:
        qtbot.mouseMove(_table(view).viewport(), _centre(view, row))
    assert pointed.args == ["dout_o_dnet_o"]


def test_a_click_and_the_enter_key_choose_the_step(qtbot: QtBot, view: ListingView) -> None:
    row = _row(view, "dout_o_dnet_o")
    with qtbot.waitSignal(view.step_chosen) as chosen:
        qtbot.mouseClick(_table(view).viewport(), Qt.MouseButton.LeftButton, pos=_centre(view, row))
    assert chosen.args == [7]
    _table(view).setCurrentCell(_row(view, "w2 = w2"), 0)
    with qtbot.waitSignal(view.step_chosen) as chosen:
        qtbot.keyClick(_table(view), Qt.Key.Key_Return)
    assert chosen.args == [15]


def test_a_line_without_a_step_chooses_nothing(qtbot: QtBot, view: ListingView) -> None:
    _table(view).setCurrentCell(0, 0)
    with qtbot.assertNotEmitted(view.step_chosen):
        qtbot.keyClick(_table(view), Qt.Key.Key_Return)


def test_a_lit_quantity_lights_its_line(view: ListingView) -> None:
    row = _row(view, "out_h")
    plain = _table(view).item(row, 1).background()
    view.show_lit("out_h")
    assert _table(view).item(row, 1).background() != plain
    view.show_lit(None)
    assert _table(view).item(row, 1).background() == plain


def test_copying_gives_the_program_of_the_setup(qtbot: QtBot, view: ListingView) -> None:
    view.show_moment(_moment(1, Setup(eta=0.125)))
    with qtbot.waitSignal(view.copied) as copied:
        view.tools.findChild(QPushButton).click()
    assert copied.args[0].startswith("from math import")
    assert "eta = 0.1, 0.9, 0.125" in copied.args[0]


def test_earlier_values_stand_back_behind_the_one_of_the_step(view: ListingView) -> None:
    view.set_theme(DARK)
    table = _table(view)
    now, before = (table.item(_row(view, name), 2) for name in ("de_dw2", "out_o"))
    assert before.foreground().color() == DARK.ink(Ink.MUTED)
    assert now.foreground() != before.foreground()
    view.show_moment(_moment(4))
    assert before.foreground() != now.foreground()
    assert now.foreground().color() == DARK.ink(Ink.MUTED)


def test_a_new_setup_leaves_the_keyboard_on_its_line(view: ListingView) -> None:
    row = _row(view, "dout_h_dnet_h")
    _table(view).setCurrentCell(row, 0)
    view.show_moment(_moment(9, Setup(input=0.3)))
    assert _table(view).currentRow() == row
    assert _row(view, "input, target, eta = 0.3, 0.9, 0.9") > 0


def test_arrow_keys_walk_the_lines(qtbot: QtBot, view: ListingView) -> None:
    _table(view).setCurrentCell(_row(view, "out_h"), 0)
    qtbot.keyClick(_table(view), Qt.Key.Key_Down)
    with qtbot.waitSignal(view.step_chosen) as chosen:
        qtbot.keyClick(_table(view), Qt.Key.Key_Enter)
    assert chosen.args == [3]


@pytest.mark.parametrize("digits", [3, 17])
@pytest.mark.parametrize(
    "setup",
    [
        Setup(target=1e200),
        Setup(input=1e200, w1=1e200),
        Setup(1.0, 1e150, -700.0, 1e300, 1e300, 0.0, 2_000_000_000),
    ],
)
def test_values_without_end_are_shown_up_to_the_step_that_loses_them(
    view: ListingView, setup: Setup, digits: int
) -> None:
    moment = _moment(15, setup)
    view.show_moment(moment)
    view.show_numerals(Numerals(digits))
    table = _table(view)
    shown = [table.item(row, 2).text() for row in range(table.rowCount())]
    assert len([text for text in shown if text]) == moment.last_step
    assert [table.item(row, 0).text() for row in range(table.rowCount())].count("▶") == 1


def test_a_theme_changes_the_ground_of_the_mark(view: ListingView) -> None:
    row = _row(view, "de_dw2")
    light = _table(view).item(row, 1).background().color()
    view.set_theme(DARK)
    assert _table(view).item(row, 1).background().color() != light


@pytest.mark.parametrize("digits", [4, 17])
@pytest.mark.parametrize("width", [300, 343, 420, 700])
def test_no_line_and_no_value_is_cut_off_however_narrow_the_card(
    view: ListingView, width: int, digits: int
) -> None:
    view.resize(width, 260)
    view.show_numerals(Numerals(digits))
    QApplication.processEvents()
    table, metrics = _table(view), QFontMetrics(_table(view).font())
    for row, line in enumerate(lines(Setup())):
        parts = table.item(row, 1).text().split("\n")
        widest = max(map(metrics.horizontalAdvance, parts))
        assert widest < table.columnWidth(1)
        assert len(parts) * metrics.lineSpacing() <= table.rowHeight(row)
        assert _code(view, row) == " ".join(line.text.split())
        value = table.item(row, 2).text()
        shown = value if not table.isColumnHidden(2) else parts[-1]
        assert value in shown
        assert metrics.horizontalAdvance(value) < max(table.columnWidth(2), table.columnWidth(1))
    assert table.horizontalHeader().length() <= table.viewport().width()


def test_the_marked_line_is_in_view_after_its_card_became_narrow(view: ListingView) -> None:
    view.resize(900, 260)
    view.show_moment(_moment(15))
    view.resize(343, 260)
    QApplication.processEvents()
    place = _centre(view, _row(view, "w2 = w2"))
    assert _table(view).viewport().rect().contains(place)


def test_a_card_alone_has_the_same_text_whatever_was_shown_before(view: ListingView) -> None:
    sizes = set()
    for width in (300, 900):
        view.resize(width, 260)
        view.resize(1300, 640)
        view.set_alone(True)
        sizes.add(_table(view).font().pointSizeF())
        view.set_alone(False)
    assert len(sizes) == 1
    assert sizes.pop() >= 1.1 * view.font().pointSizeF()


@pytest.mark.parametrize("is_shown_before", [True, False])
def test_alone_the_program_is_as_large_as_all_of_it_can_be(
    qtbot: QtBot, is_shown_before: bool
) -> None:
    view = ListingView(_moment(9))
    qtbot.addWidget(view)
    view.resize(1300, 660)
    if is_shown_before:
        view.show()
    before = view.font().pointSizeF()
    view.set_alone(True)
    view.show()
    table = _table(view)
    size = table.font().pointSizeF()
    high = table.verticalHeader().length()
    wide = sum(map(table.sizeHintForColumn, range(table.columnCount())))
    assert size > before
    assert high <= table.viewport().height()
    assert wide <= table.viewport().width()
    larger = (size + 2) / size
    assert high * larger > view.height() or wide * larger > view.width()


def test_numbers_on_paper_have_room_for_all_their_digits(qtbot: QtBot) -> None:
    run = Run(Setup(method=Rounded(8)))
    view = ListingView(moment_at(run, Position(1, 15)))
    qtbot.addWidget(view)
    view.resize(900, 600)
    view.show()
    view.show_numerals(Numerals(3))
    view.show_moment(moment_at(run, Position(1, 14)))
    texts = view._table.texts(2)
    assert "−0.0010331839" in texts  # ∂E/∂w₁, by hand −0.00103318388
    metrics = QFontMetrics(view._table.font())
    assert max(map(metrics.horizontalAdvance, texts)) + 8 <= view._table.columnWidth(2)
