"""The lecture mode, cards alone, motion, and what lights up together."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, QPointF, QRectF, Qt
from PySide6.QtGui import QCursor, QFontInfo, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QApplication,
    QGraphicsTextItem,
    QGraphicsView,
    QHeaderView,
    QLabel,
    QPushButton,
    QSplitter,
    QTableWidget,
    QWidget,
)
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.drawing.shapes import Disc, Text
from backprop_gui.paint.painter import fit
from backprop_gui.storage.settings import Settings
from backprop_gui.widgets.curtain import Curtain
from backprop_gui.widgets.plot_axis import Axis
from backprop_gui.widgets.welcome import Welcome
from backprop_gui.window.main_window import MainWindow
from backprop_gui.window.quiet_pointer import QuietPointer

POINTS_20 = 20 / 72 * 96


def _lecturing(qtbot: QtBot, make_window, width: int, height: int) -> MainWindow:
    """Return a window at the beginning of a run, as a projector of this size would show it."""
    window = make_window(size=(width, height))
    QTest.keyClick(window.network, Qt.Key.Key_F11)
    window.setWindowState(Qt.WindowState.WindowNoState)
    window.resize(width, height)
    qtbot.waitUntil(lambda: window.network.width() > width - 44)
    QTest.keyClick(window.network, Qt.Key.Key_Home)
    QApplication.sendPostedEvents()
    return window


@pytest.fixture
def lecture(qtbot: QtBot, make_window) -> Iterator[MainWindow]:
    window = _lecturing(qtbot, make_window, 1024, 768)
    window.session.go_to_step(5)
    yield window
    window.lecture.leave()


def _visible(window: MainWindow, kind: type[QWidget]) -> list[QWidget]:
    return [widget for widget in window.findChildren(kind) if widget.isVisible()]


@pytest.mark.window
@pytest.mark.parametrize("key", [Qt.Key.Key_F11, Qt.Key.Key_F5])
def test_a_key_begins_the_lecture_and_escape_ends_it(
    qtbot: QtBot, window: MainWindow, key: Qt.Key
) -> None:
    before = len(_visible(window, QPushButton))
    QTest.keyClick(window.network, key)
    qtbot.waitUntil(window.isFullScreen)
    assert not window.menuBar().isVisible()
    assert not _visible(window, QPushButton)
    QTest.keyClick(window.network, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.isFullScreen())
    assert window.menuBar().isVisible()
    qtbot.waitUntil(lambda: len(_visible(window, QPushButton)) == before)


@pytest.mark.window
def test_a_double_click_ends_the_lecture_too(qtbot: QtBot, window: MainWindow) -> None:
    QTest.keyClick(window.network, Qt.Key.Key_4, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_F5)  # from a card alone, too
    qtbot.waitUntil(window.isFullScreen)
    assert window.network.isVisible()
    qtbot.mouseDClick(window.network, Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    qtbot.waitUntil(lambda: not window.isFullScreen())
    assert window.menuBar().isVisible()
    assert window.panels.values.isVisible()
    assert window.arrangement.is_one_alone  # as it was before the lecture


@pytest.mark.window
def test_escape_goes_back_by_one_level_and_each_shows_what_it_showed(
    qtbot: QtBot, make_window
) -> None:
    window = make_window(size=(1024, 768))
    window.arrangement.reveal(window.panels.values)
    QTest.keyClick(window.network, Qt.Key.Key_6, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(window, Qt.Key.Key_F11)
    qtbot.waitUntil(window.isFullScreen)
    assert window.panels.formula.isVisible()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.isFullScreen())
    assert window.panels.check.isVisible()
    assert not window.network.isVisible()
    QTest.keyClick(window, Qt.Key.Key_Escape)
    assert window.panels.values.isVisible()
    assert window.network.isVisible()
    assert not window.arrangement.is_one_alone


@pytest.mark.window
def test_the_keys_go_on_working_in_a_lecture(lecture: MainWindow) -> None:
    QTest.keyClick(lecture.network, Qt.Key.Key_PageDown)
    assert lecture.session.moment.position == (1, 6)
    QTest.keyClick(lecture.network, Qt.Key.Key_End)
    assert lecture.session.moment.position == (813, 5)
    QTest.keyClick(lecture.network, Qt.Key.Key_PageDown)
    assert lecture.messages.note.isVisible()
    assert lecture.arrangement.isAncestorOf(lecture.messages.note)


def _sizes(window: MainWindow) -> dict[str, float]:
    """Return the size in pixels of every text that is seen, by what has it."""
    found: dict[str, float] = {}
    for widget in _visible(window, QWidget):
        if isinstance(widget, QLabel | QAbstractButton | QAbstractSpinBox | QHeaderView):
            found[f"{widget.objectName()} {widget!r}"] = widget.fontInfo().pixelSize()
        elif isinstance(widget, QAbstractItemView):
            found[repr(widget)] = widget.fontInfo().pixelSize()
        elif isinstance(widget, QGraphicsView):
            for item in widget.scene().items():
                if isinstance(item, QGraphicsTextItem) and item.isVisible():
                    found[item.toPlainText()] = QFontInfo(item.font()).pixelSize()
                elif isinstance(item, Axis):
                    found[repr(item)] = QFontInfo(item.style["tickFont"]).pixelSize()
    if window.network.isVisible():
        drawing = window.network._laid_out()
        scale, _offset = fit(drawing, QRectF(window.network.rect()))
        found |= {s.text: s.size * scale for s in drawing.shapes if isinstance(s, Text)}
    formula = window.panels.formula
    if formula.isVisible():
        found["formula"] = formula._plan.setting.size
        figures = [window.views.error_curve.drawing(), formula.canvas.figure]
        shapes = [shape for figure in figures if figure for shape in figure.shapes]
        found |= {f"curve {s.text}": s.size for s in shapes if isinstance(s, Text)}
    return found


@pytest.mark.parametrize("size", [(1024, 768), (1920, 1080)])
def test_nothing_in_a_lecture_is_below_twenty_points(
    qtbot: QtBot, make_window, size: tuple[int, int]
) -> None:
    window = _lecturing(qtbot, make_window, *size)
    least: dict[str, float] = {}
    for _each in range(15):
        least |= {name: px for name, px in _sizes(window).items() if px < POINTS_20 - 0.01}
        QTest.keyClick(window.network, Qt.Key.Key_Right)
    QTest.keyClick(window.network, Qt.Key.Key_P)  # from here on each iteration asks five times
    for _each in range(16):
        least |= {name: px for name, px in _sizes(window).items() if px < POINTS_20 - 0.01}
        QTest.keyClick(window.network, Qt.Key.Key_Right)
    assert window.session.state.predicted.seen
    for card in ("error", "values", "check"):
        window.commands[card].trigger()
        least |= {name: px for name, px in _sizes(window).items() if px < POINTS_20 - 0.01}
    window.lecture.leave()
    assert least == {}


@pytest.mark.parametrize("size", [(1024, 768), (1366, 768), (1920, 1080)])
def test_all_formulas_of_a_lecture_have_one_size_one_baseline_and_one_left_edge(
    qtbot: QtBot, make_window, size: tuple[int, int]
) -> None:
    window = _lecturing(qtbot, make_window, *size)
    formula = window.panels.formula
    sentence = formula.findChild(QLabel, "sentence")
    places = set()
    for _each in range(15):
        setting = formula._plan.setting
        first = setting.placed[0]
        baseline = formula.canvas.y() + first.y * setting.size
        places.add((round(setting.size, 3), round(baseline, 2)))
        letters = sentence.mapTo(formula, sentence.contentsRect().topLeft()).x()
        assert letters == pytest.approx(formula.canvas.x() + first.x * setting.size, abs=1)
        assert formula.canvas.y() + setting.height <= formula.height()
        QTest.keyClick(window.network, Qt.Key.Key_Right)
    window.lecture.leave()
    assert len(places) == 1


def test_leaving_a_lecture_gives_the_text_its_size_back(qtbot: QtBot, make_window) -> None:
    window = make_window(Settings(text_percent=120), size=(1024, 768))

    def seen() -> tuple[object, ...]:
        return (QApplication.font().pointSizeF(), window.styleSheet())

    before = seen()
    window.lecture.toggle()
    assert QApplication.font().pointSizeF() > before[0]
    window.lecture.toggle()
    assert seen() == before
    assert not window.views.error_curve.isVisible()


@pytest.mark.window
@pytest.mark.parametrize("key", [Qt.Key.Key_Period, Qt.Key.Key_B])
@pytest.mark.parametrize("back", [Qt.Key.Key_Right, Qt.Key.Key_Escape, Qt.Key.Key_B, None])
def test_a_key_blanks_the_screen_and_any_key_or_click_brings_it_back(
    qtbot: QtBot, lecture: MainWindow, key: Qt.Key, back: Qt.Key | None
) -> None:
    QTest.keyClick(lecture.network, key)
    curtain = lecture.findChild(Curtain)
    assert curtain.isVisible()
    assert curtain.geometry() == lecture.rect()
    QTest.keyClick(curtain, Qt.Key.Key_Shift)
    assert curtain.isVisible()
    if back is None:
        qtbot.mouseClick(curtain, Qt.MouseButton.LeftButton)
    else:
        QTest.keyClick(curtain, back)
    assert not curtain.isVisible()
    assert lecture.lecture.is_on
    assert lecture.session.moment.position == (1, 5)  # the key did nothing else
    assert not lecture.network._has_key_focus


@pytest.mark.window
def test_up_and_down_step_in_a_lecture_as_clickers_send_them(lecture: MainWindow) -> None:
    QTest.keyClick(lecture.network, Qt.Key.Key_Down)
    QTest.keyClick(lecture.network, Qt.Key.Key_Down)
    assert lecture.session.moment.position == (1, 7)
    QTest.keyClick(lecture.network, Qt.Key.Key_Up)
    assert lecture.session.moment.position == (1, 6)
    lecture.lecture.leave()
    QTest.keyClick(lecture.network, Qt.Key.Key_Down)
    assert lecture.session.moment.position == (1, 6)


def test_a_pointer_that_stands_still_hides_and_lights_nothing(lecture: MainWindow) -> None:
    pointer = lecture.findChild(QuietPointer)
    network = lecture.network
    drawing = network._laid_out()
    scale, offset = fit(drawing, QRectF(network.rect()))
    spot = next(spot for spot in drawing.spots if spot.quantity == "error")
    place = (QPointF(spot.x * scale, spot.y * scale) + offset).toPoint()
    QCursor.setPos(network.mapToGlobal(place))
    QTest.mouseMove(network, place)
    assert network._pointed_at == "error"
    for _each in range(30):
        pointer.look()
    assert pointer.is_hidden
    assert QApplication.overrideCursor().shape() == Qt.CursorShape.BlankCursor
    assert network._pointed_at is None
    assert not network.toolTip()
    QCursor.setPos(network.mapToGlobal(place - QPoint(60, 20)))
    pointer.look()
    assert QApplication.overrideCursor() is None
    for _each in range(30):
        pointer.look()
    lecture.lecture.leave()
    assert QApplication.overrideCursor() is None


def test_the_small_curve_has_the_whole_run_with_a_mark_where_the_lecture_is(
    lecture: MainWindow,
) -> None:
    curve = lecture.views.error_curve
    assert curve.isVisible()

    def here() -> Disc:
        return next(s for s in curve.drawing().shapes if isinstance(s, Disc))

    texts = [shape.text for shape in curve.drawing().shapes if isinstance(shape, Text)]
    assert "813" in texts
    first = here()
    QTest.keyClick(lecture.network, Qt.Key.Key_End)
    last = here()
    assert last.x > first.x + curve.width() / 2
    assert last.y > first.y
    tolerance = next(s for s in curve.drawing().shapes if s.name == "tolerance")
    assert last.y >= tolerance.points[0][1] - 1


@pytest.mark.window
def test_closing_in_a_lecture_remembers_the_window_as_it_was(qtbot: QtBot, make_window) -> None:
    window = make_window()
    QTest.keyClick(window.network, Qt.Key.Key_F11)
    with qtbot.waitSignal(window.closed) as closed:
        window.close()
    again = make_window(closed.args[0])
    assert not again.isFullScreen()
    assert again.menuBar().isVisible()


@pytest.mark.window
@pytest.mark.parametrize("number", range(1, 7))
def test_every_card_has_a_key_that_enlarges_it_and_puts_it_back(
    qtbot: QtBot, window: MainWindow, number: int
) -> None:
    views = [
        window.network,
        window.panels.formula,
        window.error_plot,
        window.panels.values,
    ]
    views += [window.panels.listing, window.panels.check]
    key = Qt.Key(Qt.Key.Key_0 + number)
    before = [view for view in views if view.isVisible()]
    QTest.keyClick(window.network, key, Qt.KeyboardModifier.ControlModifier)
    assert [view for view in views if view.isVisible()] == [views[number - 1]]
    QTest.keyClick(window, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: len([v for v in views if v.isVisible()]) == len(before))
    assert window.network.isVisible()


def test_everything_fits_a_window_of_1024_by_768(qtbot: QtBot, make_window) -> None:
    window = make_window(size=(1024, 700))
    for view in (window.network, window.panels.formula, window.transport):
        corner = view.mapTo(window, view.rect().bottomRight())
        assert window.rect().contains(corner)
        assert view.visibleRegion().boundingRect() == view.rect()


def test_a_step_moves_and_the_next_key_cuts_it_short(qtbot: QtBot, window: MainWindow) -> None:
    def pulses() -> int:
        return sum(isinstance(shape, Disc) for shape in window.network._laid_out().shapes)

    QTest.keyClick(window.network, Qt.Key.Key_Right)
    assert pulses()
    qtbot.waitUntil(lambda: not pulses(), timeout=2000)
    QTest.keyClick(window.network, Qt.Key.Key_Right)
    QTest.keyClick(window.network, Qt.Key.Key_Left)
    assert not pulses()  # going back is no motion of the lesson


def test_without_motion_a_step_is_there_at_once(make_window) -> None:
    window = make_window(Settings(is_moving=False))
    QTest.keyClick(window.network, Qt.Key.Key_Right)
    assert not [s for s in window.network._laid_out().shapes if isinstance(s, Disc)]
    assert window.settings().is_moving is False


def test_what_is_pointed_at_in_one_place_is_lit_everywhere_else(window: MainWindow) -> None:
    table = window.panels.values.findChild(QTableWidget)
    plain = len(window.network._laid_out().shapes)
    ground = table.item(3, 1).background()
    window.panels.formula.quantity_pointed.emit("out_o")
    assert len(window.network._laid_out().shapes) == plain + 1
    assert table.item(3, 1).background() != ground
    assert [p.text() for p in _visible(window, QPushButton) if p.property("isLit")] == ["4"]
    window.panels.formula.quantity_pointed.emit(None)
    assert len(window.network._laid_out().shapes) == plain
    assert table.item(3, 1).background() == ground


def test_digits_chosen_in_the_table_hold_for_the_formula_and_come_back(
    qtbot: QtBot, make_window
) -> None:
    window = make_window(Settings(digits=6))
    qtbot.waitUntil(lambda: window.panels.formula.canvas.is_painted)
    assert "0.563714" in window.panels.values.shown_values()
    window.panels.values.digits_chosen.emit(12)
    assert "0.563713916173" in window.panels.values.shown_values()
    assert "0.563713916173" in window.panels.formula.canvas.accessibleDescription()
    assert window.settings().digits == 12


@pytest.mark.window
def test_copying_in_the_table_copies_its_rows_and_elsewhere_the_picture(
    window: MainWindow,
) -> None:
    clipboard = QGuiApplication.clipboard()
    table = window.panels.values.findChild(QTableWidget)
    table.setFocus()
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text().startswith("netₕ")
    table.clearSelection()
    QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert clipboard.text().startswith("netₕ")
    assert "nothing is copied" in window.messages.note.text()
    window.network.setFocus()
    QTest.keyClick(window.network, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert not clipboard.image().isNull()


def test_the_step_in_which_a_setup_overflows_is_the_place_that_is_shown(
    window: MainWindow,
) -> None:
    window.session.set_setup(Setup(target=1e150, eta=1e300))
    QTest.keyClick(window.network, Qt.Key.Key_End)
    assert window.session.moment.position == (1, 14)
    assert "−∞" in window.panels.formula.canvas.accessibleDescription() or (
        "∞" in window.panels.formula.canvas.accessibleDescription()
    )
    QTest.keyClick(window.network, Qt.Key.Key_Right)
    assert "w₁ ← is no longer finite" in window.messages.note.text()


def test_extremes_with_seventeen_digits_in_a_narrow_window_raise_nothing(
    qtbot: QtBot, make_window
) -> None:
    window = make_window(Settings(digits=17), size=(1000, 640))
    for setup in (
        Setup(w1=1e300, w2=-1e300),
        Setup(input=1e-300, w1=-1e300, w2=1e300, target=-1e300),
        Setup(target=1e200),
    ):
        window.session.set_setup(setup)
        window.session.go_to_first()
        for _each in range(17):
            QTest.keyClick(window.network, Qt.Key.Key_Right)
            window.grab()
        setting = window.panels.formula._plan.setting
        assert setting
        canvas = window.panels.formula.canvas
        assert setting.width <= canvas.width()
        corner = window.network.mapTo(window, QPoint(0, 0))
        assert window.rect().contains(corner)


@pytest.mark.window
def test_escape_in_a_number_box_of_an_enlarged_card_brings_the_value_back_first(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.arrangement.enlarge(window.setup_panel)
    box = window.setup_panel.boxes["w1"]
    box.setFocus()
    box.selectAll()
    qtbot.keyClicks(box, "7")
    qtbot.keyClick(box, Qt.Key.Key_Escape)
    assert box.text() == "0.5"
    assert window.arrangement.is_one_alone
    window.network.setFocus()
    assert window.session.setup.w1 == 0.5


@pytest.mark.window
def test_a_double_click_on_a_number_leaves_the_cards_where_they_are(
    qtbot: QtBot, window: MainWindow
) -> None:
    drawing = window.network._laid_out()
    scale, offset = fit(drawing, QRectF(window.network.rect()))
    spot = next(spot for spot in drawing.spots if spot.quantity == "error")
    place = QPointF(spot.x * scale, spot.y * scale) + offset
    QTest.mouseDClick(window.network, Qt.MouseButton.LeftButton, pos=place.toPoint())
    assert not window.arrangement.is_one_alone
    QTest.mouseDClick(window.network, Qt.MouseButton.LeftButton, pos=QPoint(2, 2))
    assert window.arrangement.is_one_alone


def test_dividers_and_controls_stand_as_before_after_a_card_alone_and_a_lecture(
    window: MainWindow,
) -> None:
    def sizes() -> list[object]:
        for _each in range(4):  # each layout tells the one around it by an event
            QApplication.processEvents()
        dividers = [parts.sizes() for parts in window.findChildren(QSplitter)]
        return [*dividers, *(each.geometry() for each in window.transport.findChildren(QWidget))]

    for percent in (120, 100):  # so that the window has the text that the program begins with
        choices = replace(window.appearance.choices, text_percent=percent)
        window.appearance.choose(choices)
    before = sizes()
    window.commands["network"].trigger()
    window.commands["lecture"].trigger()
    window.commands["lecture"].trigger()
    window.lecture.leave()
    assert sizes() == before


def test_a_theme_that_is_chosen_in_a_lecture_holds_for_its_curve(window: MainWindow) -> None:
    window.lecture.toggle()
    for theme in ("dark", "light"):
        window.appearance.choose(replace(window.appearance.choices, theme=theme))
        assert window.views.error_curve._theme is window.appearance.theme
    window.lecture.toggle()


def test_the_welcome_that_is_asked_for_while_a_card_is_alone_waits(window: MainWindow) -> None:
    window.commands["network"].trigger()
    window.help_menu.show_welcome()
    assert not window.findChild(Welcome).isVisible()
    window.lecture.leave()
    assert window.findChild(Welcome).isVisible()
