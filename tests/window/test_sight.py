"""What a person sees of the window on six screens: nothing is cut off, squeezed or too small."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import combinations, product

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSlider,
    QAbstractSpinBox,
    QApplication,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QScrollBar,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from backprop_gui.core.network import Setup
from backprop_gui.lesson.mistaken import Mistaken
from backprop_gui.lesson.rounded import Rounded
from backprop_gui.widgets.export_button import ExportButton
from backprop_gui.window.main_window import MainWindow

# Of 2560 × 1440 at a scale factor of 2, Qt sees half. A frame takes some pixels of each.
SCREENS = ((1024, 768), (1366, 768), (1366, 700), (1440, 900), (1920, 1080), (1280, 720))
FRAME = (8, 40)
LEAST_POINTS = 9.0
CONTROLS = (QAbstractButton, QAbstractSpinBox, QAbstractSlider)
WIDE = 1264  # from here on the main job is in sight at once


SIZES = tuple(QSize(width - FRAME[0], height - FRAME[1]) for width, height in SCREENS)


def looks(
    window: MainWindow,
    sizes: Iterable[QSize] = SIZES,
    percents: tuple[int, ...] = (100, 150),
    themes: tuple[str, ...] = ("light",),
) -> Iterator[str]:
    """Have the window of each size, in each theme, with text of each size."""
    for theme, percent in product(themes, percents):
        now = window.appearance.choices
        window.appearance.choose(replace(now, theme=theme, text_percent=percent))
        for size in sizes:
            window.resize(size)
            settle()
            assert window.size() == size, "no text makes the window larger than the screen"
            yield f"{size.width()} x {size.height()}, {theme}, {percent} %"


def settle() -> None:
    """Let the layouts come to rest: each tells the one around it by an event."""
    for _each in range(6):
        QApplication.processEvents()


def shown(window: MainWindow, *kinds: type[QWidget]) -> list[QWidget]:
    return [
        widget
        for kind in kinds
        for widget in window.findChildren(kind)
        if widget.isVisible() and not isinstance(widget, QScrollBar)
    ]


def scroller_of(widget: QWidget) -> QScrollArea | None:
    around = widget.parentWidget()
    while around and not isinstance(around, QScrollArea):
        around = around.parentWidget()
    return around


def seen(widget: QWidget) -> QRect:
    """Return the part of a widget that no widget around it cuts off, in its own coordinates."""
    part, around = widget.rect(), widget.parentWidget()
    while around:
        part &= QRect(widget.mapFrom(around, QPoint()), around.size())
        around = None if around.isWindow() else around.parentWidget()
    return part


def cut_off(window: MainWindow) -> list[str]:
    """Return the controls of which a part can be seen at most, and none can be scrolled to."""
    found = []
    for control in shown(window, *CONTROLS):
        scroller = scroller_of(control)
        if scroller is None:
            is_whole = seen(control) == control.rect()
        else:
            content = scroller.widget()
            left = control.mapTo(content, QPoint()).x()
            is_whole = left >= 0 and left + control.width() <= scroller.viewport().width()
        if not is_whole:
            found.append(f"{control.accessibleName()} {seen(control)} of {control.rect()}")
    return found


def lacking(widget: QWidget) -> bool:
    """Say whether a widget has less room than its text takes."""
    metrics = widget.fontMetrics()
    if isinstance(widget, QLabel):
        if widget.wordWrap():
            return widget.height() < widget.heightForWidth(widget.width())
        needed = widget.sizeHint() if widget.text() else QSize()
        return widget.width() < needed.width() or widget.height() < needed.height()
    if isinstance(widget, QPushButton):
        text = metrics.horizontalAdvance(widget.text().replace("&", ""))
        return widget.width() < text + 4 or widget.height() < metrics.height()
    if isinstance(widget, QSpinBox):
        line = widget.findChild(QLineEdit)
        return line.width() < metrics.horizontalAdvance(line.text())
    return False


def overlapping(window: MainWindow) -> list[str]:
    """Return the parts that stand on each other, but for a button in the corner of its card."""
    found = []
    parents = {widget.parentWidget() for widget in shown(window, *CONTROLS, QLabel)}
    for parent in parents:
        parts = [
            part
            for part in parent.children()
            if isinstance(part, QWidget) and part.isVisible() and not isinstance(part, ExportButton)
            if part.objectName() != "hint"  # which stands in the empty plot until one draws
            if not isinstance(part, QLabel) or part.text() or not part.pixmap().isNull()
        ]
        for one, other in combinations(parts, 2):
            if inked(one).intersects(inked(other)):
                found.append(f"{one} on {other}")
    return found


def inked(part: QWidget) -> QRect:
    """Return where a part can be seen: a label at the left of its place is as wide as its text."""
    place = part.geometry()
    is_at_left = isinstance(part, QLabel) and part.alignment() & Qt.AlignmentFlag.AlignLeft
    if is_at_left and not part.wordWrap():
        place.setWidth(min(part.sizeHint().width(), place.width()))
    return place


@pytest.mark.parametrize(
    "moment",
    ["start", "wrong", "end", "race", "paper", "asked", "told", "expecting", "kept"],
)
def test_nothing_is_cut_off_squeezed_overlapping_or_too_small(
    qtbot: QtBot, window: MainWindow, moment: str
) -> None:
    if moment == "paper":
        window.session.set_setup(Setup(method=Rounded(8, is_cut=True)))
        window.session.go_to_step(15)
    if moment == "wrong":
        box = window.setup_panel.boxes["target"]
        box.lineEdit().setText("much")
        box.commit()
    elif moment == "end":
        window.session.set_setup(Setup(w1=0.3))  # there is a kept run now
        window.session.go_to_last()
    elif moment == "race":
        window.session.race(Mistaken("de_dw1", "sign_lost"))
        window.arrangement.reveal(window.views.runs)
        qtbot.waitUntil(lambda: not window.session.state.missing)
    elif moment in ("asked", "told"):
        window.session.set_predicting(True)
        window.session.go_to_step(12)
        window.session.step_on()
        if moment == "told":
            window.session.predict(2)
            window.session.step_on()
    elif moment in ("expecting", "kept"):
        window.session.go_to_last()
        window.session.set_setup(Setup(w1=0.3))
        if moment == "expecting":
            window.session.set_drawing(True)
        else:
            window.session.reach_iteration(5)
    themes = ("light", "dark") if moment == "start" else ("light",)
    for look in looks(window, themes=themes):
        assert cut_off(window) == [], look
        assert overlapping(window) == [], look
        texts = shown(window, QLabel, QPushButton, QSpinBox)
        assert [each.text() for each in texts if lacking(each)] == [], look
        points = {QFontInfo(each.font()).pointSizeF() for each in texts}
        assert min(points) >= LEAST_POINTS - 0.2, look  # whole pixels come near it at best


def test_the_run_and_step_row_is_whole_whatever_else_there_is(window: MainWindow) -> None:
    sizes = [QSize(size.width(), height) for size in SIZES for height in (600, 420)]
    for look in looks(window, sizes):
        row = [each for each in shown(window, *CONTROLS) if window.transport.isAncestorOf(each)]
        assert len(row) > 20
        assert [each.accessibleName() for each in row if seen(each) != each.rect()] == [], look


def test_the_main_job_is_in_sight_without_a_tab(window: MainWindow) -> None:
    for look in looks(window, percents=(100,)):
        assert out_of_sight(window) == [], look
        assert window.error_plot.height() >= 120
        assert window.error_plot.width() >= 220
    low = [QSize(size.width(), 600) for size in SIZES if size.width() >= WIDE]
    for look in looks(window, low, percents=(100,)):
        assert out_of_sight(window) == [], look


def test_the_main_job_is_in_sight_at_the_first_start_on_a_small_screen(window: MainWindow) -> None:
    window.help_menu.show_welcome()
    sizes = [size for size in SIZES if size.height() >= 700]
    for look in looks(window, sizes, percents=(100,)):
        assert out_of_sight(window) == [], look
        assert window.error_plot.height() >= 120
        assert window.error_plot.width() >= 220


def test_nothing_is_scrolled_and_the_curve_of_a_sigmoid_stands_in_600_pixels(
    window: MainWindow,
) -> None:
    low = [QSize(width, height) for width, height in ((1016, 600), (1358, 600), (1272, 600))]
    for step in (2, 4, 7, 11):
        window.session.go_to_step(step)
        for look in looks(window, [*low, SIZES[1]]):
            assert scrolled(window) == [], look
            assert window.panels.formula.canvas.figure, look


def test_the_error_is_in_sight_in_larger_text_where_its_column_is_high_enough(
    window: MainWindow,
) -> None:
    for look in looks(window, [QSize(1432, 860), QSize(1912, 1040)], percents=(120, 150)):
        assert out_of_sight(window) == [], look
        assert window.error_plot.height() >= 120


def scrolled(window: MainWindow) -> list[int]:
    """Return how far network and formula can be scrolled, where they can."""
    bar = scroller_of(window.network).verticalScrollBar()
    return [bar.maximum()] if bar.maximum() else []


def out_of_sight(window: MainWindow) -> list[QWidget]:
    parts = [window.network, window.panels.formula.canvas, window.error_plot, window.transport]
    parts += window.setup_panel.boxes.values()
    return [part for part in parts if not part.isVisible() or seen(part) != part.rect()]


def test_every_letter_is_larger_with_larger_text(window: MainWindow) -> None:
    def heights() -> list[float]:
        panels = window.panels
        axis = window.error_plot._plot._plot.getPlotItem().getAxis("left")
        parts = (panels.values._table, panels.listing._table, panels.check, window.setup_panel)
        return [
            *(each.fontMetrics().height() for each in parts),
            panels.formula._plan.setting.size,
            QFontInfo(axis.style["tickFont"] or axis.font()).pixelSize(),
        ]

    window.resize(1440, 1000)
    small, large = ([], [])
    for percent, found in ((100, small), (150, large)):
        now = window.appearance.choices
        window.appearance.choose(replace(now, text_percent=percent))
        settle()
        found += heights()
    assert all(after >= 1.2 * before for before, after in zip(small, large, strict=True)), (
        small,
        large,
    )


@pytest.mark.parametrize("command", ["values", "program", "check", "error"])
def test_a_card_alone_has_larger_text_than_beside_the_others(
    window: MainWindow, command: str
) -> None:
    def size_of_text() -> int:
        panels = window.panels
        if command == "error":
            axis = window.error_plot._plot._plot.getPlotItem().getAxis("left")
            return QFontInfo(axis.style["tickFont"]).pixelSize()
        views = {"values": panels.values, "program": panels.listing, "check": panels.check}
        view = views[command]
        return max(label.fontMetrics().height() for label in view.findChildren(QWidget))

    window.resize(1440, 860)
    window.commands[command].trigger()
    window.commands["all"].trigger()
    before = size_of_text()
    window.commands[command].trigger()
    settle()
    assert size_of_text() >= 1.25 * before
    window.commands["all"].trigger()
    settle()
    assert size_of_text() == before
