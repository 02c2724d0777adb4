"""The table of values."""

import csv
import io
import re
from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, QItemSelectionModel, QObject, QPoint, QRect, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QGuiApplication,
    QPaintEvent,
    QRegion,
    QShortcut,
)
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QPushButton, QSpinBox, QTableWidget
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.drawing.shapes import Ink, Text
from backprop_gui.drawing.values import draw_table
from backprop_gui.lesson.article import ARTICLE
from backprop_gui.lesson.moment import Moment, Position
from backprop_gui.lesson.notation import plain
from backprop_gui.lesson.numbers import Numerals
from backprop_gui.lesson.value_table import FORMATS
from backprop_gui.paint.painter import width as width_of
from backprop_gui.paint.theme import DARK, LIGHT, Theme
from backprop_gui.views.values_table import ValuesTable
from tests.core.article import bits, iteration
from tests.extent import spread
from tests.shown import typed

WILD = Setup(input=1e300, w1=-1e300, w2=-1.23456789e-300, target=-1e300, tolerance=0.0)
EXPECTED = list(iteration(Setup(), 0.5, 0.5).values())
Copied = list[tuple[str, str]]


def _moment(step: int, setup: Setup | None = None) -> Moment:
    setup = setup or Setup()
    return Moment(setup, Position(1, step), setup.w1, setup.w2)


@pytest.fixture
def view(qtbot: QtBot) -> ValuesTable:
    made = ValuesTable(_moment(9))
    qtbot.addWidget(made)
    qtbot.addWidget(made.tools)
    made.setStyleSheet(LIGHT.style_sheet("window"))
    made.resize(640, 480)
    with qtbot.waitExposed(made):
        made.show()
    return made


@pytest.fixture
def table(view: ValuesTable) -> QTableWidget:
    return view.findChild(QTableWidget)


@pytest.fixture
def copied(view: ValuesTable) -> Copied:
    heard: Copied = []
    view.copied.connect(lambda text, note: heard.append((text, note)))
    return heard


@pytest.fixture
def choose(view: ValuesTable) -> Callable[[str], None]:
    """Return what chooses an entry of the Copy button's menu by the end of its text."""

    def chosen(ending: str) -> None:
        menu = view.tools.findChild(QPushButton).menu()
        assert isinstance(menu, QMenu)
        texts = [action.text().replace("&", "") for action in menu.actions()]
        found = [
            action
            for action, text in zip(menu.actions(), texts, strict=True)
            if text.endswith(ending)
        ]
        assert len(found) == 1, texts
        found[0].trigger()

    return chosen


def _column(table: QTableWidget, name: str) -> int:
    headings = [table.horizontalHeaderItem(n).text() for n in range(table.columnCount())]
    return headings.index(name)


def _texts(table: QTableWidget, name: str) -> list[str]:
    column = _column(table, name)
    return [table.item(row, column).text() for row in range(table.rowCount())]


def _painted(table: QTableWidget, row: int, column: str) -> list[Text]:
    place = _column(table, column)
    area = table.visualItemRect(table.item(row, place))
    shapes = table.itemDelegate().shapes(row, place, area.width(), area.height())
    return [shape for shape in shapes if isinstance(shape, Text)]


def _select(table: QTableWidget, *chosen: int) -> None:
    table.clearSelection()
    flags = QItemSelectionModel.SelectionFlag.Select | QItemSelectionModel.SelectionFlag.Rows
    for row in chosen:
        table.selectionModel().select(table.model().index(row, 0), flags)


def _centre(table: QTableWidget, row: int) -> QPoint:
    return table.visualItemRect(table.item(row, _column(table, "Symbol"))).center()


def test_values_up_to_the_position_are_the_oracle_s_and_the_others_blank(
    view: ValuesTable, table: QTableWidget
) -> None:
    for digits in (3, 6, 17):
        view.show_numerals(Numerals(digits))
        for step in (1, 5, 9, 15):
            view.show_moment(_moment(step))
            shown = [typed(text) for text in _texts(table, "Value")]
            assert [float(text) for text in shown[:step]] == [
                float(f"{value:.{digits}g}") for value in EXPECTED[:step]
            ]
            assert shown[step:] == [""] * (15 - step)
            assert all(_texts(table, "Symbol"))
            assert all(_texts(table, "Formula"))


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_one_row_has_the_sign_and_the_bold_value_of_the_step(
    view: ValuesTable, table: QTableWidget, theme: Theme
) -> None:
    view.set_theme(theme)
    value = _column(table, "Value")
    for step in (1, 8, 15, 3):
        view.show_moment(_moment(step))
        marked = [row for row in range(15) if table.item(row, 0).text()]
        bold = [row for row in range(15) if table.item(row, value).font().bold()]
        tinted = [
            row
            for row in range(15)
            if table.item(row, value).background().style() != Qt.BrushStyle.NoBrush
        ]
        assert marked == bold == tinted == [step - 1]


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "dark"])
def test_what_is_ahead_is_muted_in_both_themes_and_going_back_mutes_again(
    view: ValuesTable, table: QTableWidget, theme: Theme
) -> None:
    view.set_theme(theme)
    for step in (15, 4, 9):
        view.show_moment(_moment(step))
        for column in ("Symbol", "Formula", "Value"):
            inks = [{text.ink for text in _painted(table, row, column)} for row in range(15)]
            known, ahead = inks[:step], inks[step:]
            if column == "Symbol":
                assert known == [{Ink(each.phase.value)} for each in ARTICLE.steps[:step]]
            else:
                assert known == [{Ink.TEXT}] * step
            assert ahead == [set() if column == "Value" else {Ink.MUTED}] * (15 - step)


def test_a_click_on_a_row_chooses_its_step(
    qtbot: QtBot, view: ValuesTable, table: QTableWidget
) -> None:
    with qtbot.waitSignal(view.step_chosen) as chosen:
        qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=_centre(table, 12))
    assert chosen.args == [13]


@pytest.mark.parametrize("key", [Qt.Key.Key_Return, Qt.Key.Key_Enter])
def test_down_and_enter_choose_a_step_by_the_keyboard(
    qtbot: QtBot, view: ValuesTable, table: QTableWidget, key: Qt.Key
) -> None:
    table.setFocus()
    table.setCurrentCell(3, 1)
    qtbot.keyClick(table, Qt.Key.Key_Down)
    with qtbot.waitSignal(view.step_chosen) as chosen:
        qtbot.keyClick(table, key)
    assert chosen.args == [5]


def test_pointing_at_a_row_tells_its_quantity_and_leaving_lets_go(
    qtbot: QtBot, view: ValuesTable, table: QTableWidget
) -> None:
    with qtbot.waitSignal(view.quantity_pointed) as pointed:
        table.cellEntered.emit(6, 1)
    assert pointed.args == ["dout_o_dnet_o"]
    before = table.grab().toImage()
    view.show_lit("dout_o_dnet_o")
    assert table.grab().toImage() != before
    view.show_lit(None)
    assert table.grab().toImage() == before


def test_the_value_s_tooltip_has_all_seventeen_digits(
    view: ValuesTable, table: QTableWidget
) -> None:
    hint = table.item(8, _column(table, "Value")).toolTip()
    assert len(re.sub(r"\D", "", hint).lstrip("0")) == 17
    assert bits(float(typed(hint.splitlines()[0]))) == bits(EXPECTED[8])
    assert hint.splitlines()[1] == "∂E/∂w₂ = ∂E/∂outₒ · ∂outₒ/∂netₒ · ∂netₒ/∂w₂"
    assert "∂netₒ/∂w₂" in table.item(8, _column(table, "Formula")).toolTip()


def test_the_copied_value_and_rows_are_exact(
    table: QTableWidget, copied: Copied, choose: Callable[[str], None]
) -> None:
    _select(table, 8)
    choose("value")
    choose("selected rows")
    (value, note), (row, _note) = copied
    assert value == repr(EXPECTED[8])
    assert note == f"Copied ∂E/∂w₂ = {value.replace('-', '−')}"
    assert row.rstrip("\n").split("\t")[-1] == value


def test_the_note_on_an_update_has_its_arrow_for_the_relation(
    view: ValuesTable, table: QTableWidget, copied: Copied
) -> None:
    view.show_moment(_moment(15))
    _select(table, 13)
    view.copy_value()
    assert copied == [(repr(EXPECTED[13]), f"Copied w₁ ← {EXPECTED[13]!r}")]


@pytest.mark.parametrize("kind", FORMATS)
def test_all_is_copied_in_each_format_and_a_selection_of_several_rows_alone(
    table: QTableWidget, copied: Copied, choose: Callable[[str], None], kind: str
) -> None:
    formulas = {"Text": "σ(netₒ)", "CSV": "σ(netₒ)", "Markdown": "σ(netₒ)", "LaTeX": "1+e^"}
    _select(table, 8)
    choose(kind)
    _select(table, 3, 6)
    choose(kind)
    (whole, note), (part, part_note) = copied
    assert formulas[kind] in whole
    assert formulas[kind] in part
    assert len(whole.splitlines()) - len(part.splitlines()) == 13
    assert "15" in note
    assert "2" in part_note
    assert kind in note


def test_what_is_copied_for_a_sheet_has_the_decimal_sign_of_the_person(
    table: QTableWidget,
    view: ValuesTable,
    copied: Copied,
    choose: Callable[[str], None],
) -> None:
    view.show_numerals(Numerals(decimal_sign=","))
    view.show_moment(_moment(15))
    choose("CSV")
    _select(table, 3, 6)
    view.copy_selection()
    (text, _note), (cells, _other) = copied
    rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert rows[0] == ["name", "symbol", "formula", "value"]
    values = [row[-1] for row in rows[1:]] + [line.split("\t")[-1] for line in cells.splitlines()]
    expected = [*EXPECTED, EXPECTED[3], EXPECTED[6]]
    assert "." not in "".join(values)
    assert [float(value.replace(",", ".")) for value in values] == expected


def test_the_copied_csv_has_the_oracle_s_doubles(
    view: ValuesTable, copied: Copied, choose: Callable[[str], None]
) -> None:
    view.show_moment(_moment(15))
    view.show_numerals(Numerals(3))
    choose("CSV")
    parsed = list(csv.DictReader(io.StringIO(copied[0][0], newline="")))
    assert [bits(float(row["value"])) for row in parsed] == [bits(x) for x in EXPECTED]


def test_with_nothing_selected_or_known_the_note_says_so_and_no_text_is_copied(
    table: QTableWidget, copied: Copied, choose: Callable[[str], None]
) -> None:
    table.clearSelection()
    choose("value")
    choose("selected rows")
    _select(table, 14)
    choose("value")
    choose("selected rows")
    _select(table, 13, 14)
    choose("value")
    assert [text for text, _note in copied] == [""] * 5
    assert all("nothing is copied" in note for _text, note in copied)
    assert "w₂" in copied[2][1]


def test_ctrl_c_copies_the_rows_selected_by_the_keyboard_and_not_one_cell(
    qtbot: QtBot, table: QTableWidget, copied: Copied
) -> None:
    QGuiApplication.clipboard().setText("before")
    table.setFocus()
    table.setCurrentCell(0, 1)
    qtbot.keyClick(table, Qt.Key.Key_Down, Qt.KeyboardModifier.ShiftModifier)
    qtbot.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert len(copied) == 1
    lines = [line.split("\t") for line in copied[0][0].splitlines()]
    assert [bits(float(line[-1])) for line in lines] == [bits(x) for x in EXPECTED[:2]]
    assert QGuiApplication.clipboard().text() == "before"


def test_the_digits_box_tells_what_a_person_chose_but_not_what_it_was_told(
    qtbot: QtBot, view: ValuesTable
) -> None:
    box = view.tools.findChild(QSpinBox)
    assert (box.minimum(), box.maximum(), box.accessibleName()) == (3, 17, "Digits")
    with qtbot.assertNotEmitted(view.digits_chosen):
        view.show_numerals(Numerals(11))
    assert box.value() == 11
    with qtbot.waitSignal(view.digits_chosen) as chosen:
        box.stepUp()
    assert chosen.args == [12]


@pytest.mark.parametrize("size", [(380, 220), (520, 300), (1400, 800)])
@pytest.mark.parametrize("setup", [Setup(), WILD], ids=["article", "wild"])
def test_no_number_is_clipped_by_its_column_at_any_size(
    view: ValuesTable, table: QTableWidget, setup: Setup, size: tuple[int, int]
) -> None:
    view.resize(*size)
    value = _column(table, "Value")
    for digits in (17, *spread(range(3, 18), 4)):
        view.show_numerals(Numerals(digits))
        for step in range(1, 16):
            view.show_moment(_moment(step, setup).clipped())
            needed = [
                table.sizeHintForIndex(table.model().index(row, value)).width() for row in range(15)
            ]
            columns = (value - 1, value) if table.columnSpan(0, value - 1) > 1 else (value,)
            assert sum(map(table.columnWidth, columns)) >= max(needed), _texts(table, "Value")
    assert not view.grab().isNull()


@pytest.mark.parametrize("width", [300, 380, 520, 1400])
@pytest.mark.parametrize("digits", [4, 17])
def test_each_formula_is_there_whole_at_every_width(
    qtbot: QtBot, view: ValuesTable, table: QTableWidget, width: int, digits: int
) -> None:
    view.resize(width, 300)
    view.show_numerals(Numerals(digits))
    view.show_moment(_moment(15))

    def fits(row: int) -> bool:
        cell = table.visualItemRect(table.item(row, _column(table, "Formula")))
        lines = _painted(table, row, "Formula")
        edges = [line.y + sign * line.size / 2 for line in lines for sign in (-1, 1)]
        return min(edges) >= 0 and max(edges) <= cell.height()

    qtbot.waitUntil(lambda: all(map(fits, range(15))))
    for row in range(15):
        lines = _painted(table, row, "Formula")
        assert len({line.y for line in lines}) == len(lines)
        if table.columnSpan(row, _column(table, "Formula")) > 1:
            assert lines.pop().text == _texts(table, "Value")[row]
        assert plain(" ".join(line.text for line in lines)) == _texts(table, "Formula")[row]


@pytest.mark.parametrize("width", [300, 343, 420, 560])
@pytest.mark.parametrize("digits", [4, 9, 17])
def test_no_text_of_the_table_is_set_narrower_than_it_is(
    qtbot: QtBot, view: ValuesTable, table: QTableWidget, width: int, digits: int
) -> None:
    view.resize(width, 300)
    view.show_numerals(Numerals(digits))
    view.show_moment(_moment(15))

    def squeezed() -> list[str]:
        beside = table.columnSpan(0, _column(table, "Formula")) == 1
        columns = ("Symbol", "Formula", *(("Value",) if beside else ()))
        texts = [
            text for row in range(15) for name in columns for text in _painted(table, row, name)
        ]
        font = table.font().toString()
        return [text.text for text in texts if width_of(text, font) > text.max_width + 0.5]

    qtbot.waitUntil(lambda: squeezed() == [])


def test_values_stand_at_one_decimal_point(view: ValuesTable, table: QTableWidget) -> None:
    font = QFont(table.font())
    for numerals in (Numerals(), Numerals(7, ",")):
        view.show_numerals(numerals)
        for setup in (Setup(), Setup(input=1e-3, w1=123.4, eta=-0.0)):
            view.show_moment(_moment(15, setup))
            points = []
            for row in range(15):
                (value,) = _painted(table, row, "Value")
                font.setPixelSize(round(value.size))
                font.setBold(value.is_bold)
                width = QFontMetricsF(font).horizontalAdvance
                head = value.text.partition(numerals.decimal_sign)[0]
                points.append(value.x - value.align * width(value.text) + width(head))
            assert max(points) - min(points) < 1.5


def test_the_table_in_the_window_has_the_texts_and_inks_of_its_picture(
    qtbot: QtBot, view: ValuesTable, table: QTableWidget
) -> None:
    view.resize(1400, 800)
    for step in (1, 9, 15):
        view.show_moment(_moment(step))
        qtbot.waitUntil(lambda: len(_painted(table, 12, "Formula")) == 1)
        picture = [each for each in draw_table(_moment(step)).shapes if isinstance(each, Text)]
        expected = [(each.text, each.ink, each.is_bold) for each in picture[3:]]  # of the head
        columns = ("", "Symbol", "Formula", "Value")
        cells = [_painted(table, row, name) for row in range(15) for name in columns]
        assert [(each.text, each.ink, each.is_bold) for some in cells for each in some] == expected


def test_at_17_digits_and_380_pixels_the_article_s_table_needs_no_sideways_scrolling(
    view: ValuesTable, table: QTableWidget
) -> None:
    view.resize(380, 220)
    view.show_moment(_moment(15))
    view.show_numerals(Numerals(17))
    view.grab()
    widths = [table.columnWidth(column) for column in range(table.columnCount())]
    assert sum(widths) <= table.viewport().width()


def test_the_column_of_values_does_not_dance(view: ValuesTable, table: QTableWidget) -> None:
    view.show_moment(_moment(15))
    value = _column(table, "Value")
    width = table.columnWidth(value)
    for step in (1, 5, 15):
        view.show_moment(_moment(step))
        assert table.columnWidth(value) == width


def test_a_hidden_table_waits_and_then_catches_up(view: ValuesTable, table: QTableWidget) -> None:
    view.hide()
    view.show_moment(_moment(15))
    assert _texts(table, "Value")[14] == ""
    view.show()
    assert _texts(table, "Value")[14] != ""


def test_the_space_key_is_left_to_the_window(qtbot: QtBot) -> None:
    window = QMainWindow()
    qtbot.addWidget(window)
    made = ValuesTable(_moment(9))
    qtbot.addWidget(made.tools)
    window.setCentralWidget(made)
    shortcut = QShortcut(Qt.Key.Key_Space, window)
    with qtbot.waitActive(window):
        window.show()
        window.activateWindow()
    table = made.findChild(QTableWidget)
    table.setFocus()
    with qtbot.waitSignal(shortcut.activated):
        qtbot.keyClick(table, Qt.Key.Key_Space)
    assert not table.selectionModel().selectedRows()


class _Painted(QObject):
    """Gathers what of a widget is painted."""

    def __init__(self, widget: QObject) -> None:
        super().__init__(widget)
        self.region = QRegion()
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.Paint and isinstance(event, QPaintEvent):
            self.region += event.region()
        return False


def test_a_step_paints_each_cell_that_looks_otherwise_and_not_the_whole_table(
    qtbot: QtBot, view: ValuesTable, table: QTableWidget
) -> None:
    def look() -> dict[tuple[int, int], object]:
        places = [(row, column) for row in range(15) for column in range(4)]
        return {place: view._cells.shapes(*place, 100.0, 21.0) for place in places}

    whole = table.viewport().rect()
    for moment in (_moment(10), _moment(11), _moment(4), _moment(15), _moment(1, Setup(w1=0.7))):
        QApplication.processEvents()
        before, painted = look(), _Painted(table.viewport())
        view.show_moment(moment)
        qtbot.waitUntil(lambda painted=painted: not painted.region.isEmpty())
        QApplication.processEvents()
        after = look()
        for row, column in (place for place in after if after[place] != before[place]):
            cell = table.visualItemRect(table.item(row, column)).intersected(whole)
            assert QRegion(cell).subtracted(painted.region).isEmpty(), (row, column)
        rest = QRegion(QRect(whole)).subtracted(painted.region)
        is_one_step = moment.position.step in (10, 11)
        assert not (is_one_step and rest.isEmpty())
        table.viewport().removeEventFilter(painted)
